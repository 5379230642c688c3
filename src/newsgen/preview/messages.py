"""What the preview says of stories: the bar's facts, the list's rows, problems with the line they stand in."""

import io
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from newsgen.checks.check import Examined
from newsgen.checks.registry import examine_story
from newsgen.config.settings import Config
from newsgen.core.errors import Location, Problem, Problems, SourceMoved, escape_unprintable
from newsgen.core.messages import Translate
from newsgen.core.opening import open_inside
from newsgen.core.text import strip_marks
from newsgen.core.urls import to_output
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.pages import Page
from newsgen.model.stories import Body
from newsgen.preview.page_cache import Copy, Press
from newsgen.preview.story_list import LISTED, Asked, Row
from newsgen.preview.strings import words
from newsgen.preview.versions import Version, Versions
from newsgen.render.theme import PACKAGED

EXCERPT = 200
"""How many characters of a line an excerpt shows."""


class ToldProblem(msgspec.Struct, frozen=True):
    """A problem as a browser shows it; `excerpt` is the line it stands in, "" where there is none."""

    place: str
    rule: str
    what: str
    fix: str
    column: int
    excerpt: str


class Told(msgspec.Struct, frozen=True):
    """What browsers are told: the state's number, its problems, the files that changed, the story to open or ""."""

    number: int
    problems: list[ToldProblem]
    files: list[str]
    follow: str


class Standing(msgspec.Struct, frozen=True):
    """Where a page stands: its source; for a story its state, and when it is published (`2026-12-24 08:00`)."""

    source: str = ""
    state: str = ""
    at: str = ""


class Facts(msgspec.Struct, frozen=True):
    """What the bar says of a page, and of the newsroom. `hidden` tells that readers cannot see the page yet."""

    standing: Standing
    drafts: int
    scheduled: int
    words: int = 0
    minutes: int = 0
    warnings: list[str] = []
    hidden: bool = False


def wordlist(language: str) -> dict[str, str]:
    """What the preview says, in a language."""
    return words(PACKAGED.translations(language).gettext)


def told_problem(site: Path, problem: Problem) -> ToldProblem:
    """A problem with its excerpt."""
    place = problem.location
    fix, what = escape_unprintable(problem.fix), escape_unprintable(problem.what)
    return ToldProblem(str(place), problem.rule, what, fix, place.column, _excerpt(site, place))


def _excerpt(site: Path, place: Location) -> str:
    try:
        with open_inside(site, site / place.path) as file:
            lines = io.TextIOWrapper(file, "utf-8", "replace")
            text = next((line for number, line in enumerate(lines, 1) if number == place.line), "")
    except (OSError, ValueError):
        return ""
    return escape_unprintable(text.rstrip("\r\n"))[:EXCERPT]


def facts_of(versions: Versions, press: Press, path: str, translate: Translate) -> Facts:
    """What the bar says of the page at a path. Belongs to the press's thread."""
    version = versions.newest
    if version is None:
        return Facts(Standing(), 0, 0)
    now = versions.options.moment(version.config)
    stories = list(versions.manuscripts.values())
    states = [m.status(now) for m in stories]
    drafts, scheduled = states.count(Status.DRAFT), states.count(Status.SCHEDULED)
    page = version.pages.get(to_output(path.removeprefix(version.config.base)))
    if not isinstance(page, Page):
        return Facts(Standing(), drafts, scheduled)
    copy = press.draw(page.output)
    shown = press.faulty.get(page.output) or (copy.body if copy else None)
    body = shown or Body("")
    manuscript = versions.manuscripts.get(page.source)
    warnings = _warnings(versions, version, copy, page.source, shown) if manuscript else []
    template = version.answers.templates[page.tree].loader.shown(page.template)
    return Facts(
        _standing(manuscript, version.config, now) if manuscript else Standing(template),
        drafts,
        scheduled,
        body.words,
        body.minutes,
        [warning.line(translate) for warning in warnings],
        hidden=page.source in version.unseen,
    )


def _warnings(versions: Versions, version: Version, copy: Copy | None, source: str, body: Body | None) -> list[Problem]:
    """What `newsgen check` says of one story and the overlay does not tell."""
    planned = version.planned
    reading = replace(version.reading, by_source=versions.manuscripts)
    told = Problems(version.config.rules)
    told.extend(problem for problem in versions.problems if problem.level == "warning")
    paper = Examined(
        reading,
        planned.newspaper,
        planned.outputs,
        planned.theme,
        {source: body},
        lambda _source: body.html if body else "",
        lambda _output: copy.data if copy else None,
    )
    with suppress(SourceMoved):
        told.extend(problem for story in paper.stories for problem in examine_story(planned.checks, story))
    return [problem for problem in sorted(told.found) if problem.location.path == source]


def _standing(manuscript: Manuscript, config: Config, now: datetime) -> Standing:
    status = manuscript.status(now)
    at = manuscript.embargo if status is Status.EMBARGOED else manuscript.date
    return Standing(manuscript.source, status.word, _stamp(at, config))


def _stamp(at: datetime | None, config: Config) -> str:
    """A moment as an editor types it, whatever the language of the paper and of the preview."""
    return f"{at.astimezone(config.zone):%Y-%m-%d %H:%M}" if at else ""


def rows_of(versions: Versions, asked: Asked) -> tuple[list[Row], int]:
    """The stories in which every asked word stands, newest edits first, as many as are listed, and how many there are.

    Accents and case do not matter.
    """
    version = versions.newest
    if version is None:
        return [], 0
    now, wanted, rows = versions.options.moment(version.config), _plain(asked.query).split(), []
    for manuscript in list(versions.manuscripts.values()):
        state = manuscript.status(now).word
        text = _plain(f"{manuscript.title} {manuscript.path} {' '.join(a.text for a in manuscript.authors)}")
        if (asked.state and state != asked.state) or not all(word in text for word in wanted):
            continue
        try:
            edited = (versions.options.site / manuscript.source).stat().st_mtime
        except OSError:
            continue
        rows.append((edited, manuscript, state))
    rows.sort(key=lambda row: (-row[0], row[1].source))
    config = version.config
    listed = [
        Row(
            m.title or m.path,
            m.source,
            _url_of(version, m),
            state,
            _stamp(m.date, config),
            _stamp(datetime.fromtimestamp(edited, config.zone), config),
        )
        for edited, m, state in rows[:LISTED]
    ]
    return listed, len(rows)


def _url_of(version: Version, m: Manuscript) -> str:
    """Where the preview shows a story, "" where it does not."""
    unseen = version.unseen.get(m.source)
    return unseen.url if unseen else version.planned.newspaper.urls.get(m.path) or ""


def _plain(text: str) -> str:
    return strip_marks(text).casefold()
