"""What the preview shows of stories: the facts of a page, the rows of the list, problems with their lines."""

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
from newsgen.core.urls import to_output
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.pages import Page
from newsgen.model.stories import Article, Body
from newsgen.preview.page_cache import CachedPage, PageCache
from newsgen.preview.story_list import MOST_LISTED, Row, StorySearch
from newsgen.preview.versions import Version, Versions
from newsgen.search.matching import WordQuery, make_head

EXCERPT = 200
"""How many characters of a line an excerpt shows."""


class ShownProblem(msgspec.Struct, frozen=True):
    """A problem as a browser shows it; `excerpt` is its line of the source, "" for none."""

    place: str
    rule: str
    what: str
    fix: str
    column: int
    excerpt: str


class StateMessage(msgspec.Struct, frozen=True):
    """What is sent to browsers: the number of the state, its problems, the changed files, the story to open or ""."""

    number: int
    problems: list[ShownProblem]
    files: list[str]
    follow: str


class PageState(msgspec.Struct, frozen=True):
    """A page's source; of a story also its state, and when it is published (`2026-12-24 08:00`)."""

    source: str = ""
    state: str = ""
    at: str = ""


class PageFacts(msgspec.Struct, frozen=True):
    """What the bar shows of a page and of all stories. `hidden` says that readers cannot see the page yet.

    `picture` is the url of a story's lead picture that can be cut, "" where there is none.
    """

    standing: PageState
    drafts: int
    scheduled: int
    words: int = 0
    minutes: int = 0
    warnings: list[str] = []
    hidden: bool = False
    picture: str = ""


def show_problem(site: Path, problem: Problem) -> ShownProblem:
    """A problem with its excerpt."""
    place = problem.location
    fix, what = escape_unprintable(problem.fix), escape_unprintable(problem.what)
    return ShownProblem(str(place), problem.rule, what, fix, place.column, _excerpt(site, place))


def _excerpt(site: Path, place: Location) -> str:
    try:
        with open_inside(site, site / place.path) as file:
            lines = io.TextIOWrapper(file, "utf-8", "replace")
            text = next((line for number, line in enumerate(lines, 1) if number == place.line), "")
    except (OSError, ValueError):
        return ""
    return escape_unprintable(text.rstrip("\r\n"))[:EXCERPT]


def describe_page(versions: Versions, cache: PageCache, path: str, translate: Translate) -> PageFacts:
    """What the bar shows of the page at a path. Called in the thread of the cache."""
    version = versions.newest
    if version is None:
        return PageFacts(PageState(), 0, 0)
    now = versions.options.moment(version.config)
    stories = list(versions.manuscripts.values())
    states = [m.status(now) for m in stories]
    drafts, scheduled = states.count(Status.DRAFT), states.count(Status.SCHEDULED)
    page = version.pages.get(to_output(path.removeprefix(version.config.base)))
    if not isinstance(page, Page):
        return PageFacts(PageState(), drafts, scheduled)
    copy = cache.draw(page.output)
    shown = cache.faulty.get(page.output) or (copy.body if copy else None)
    body = shown or Body("")
    manuscript = versions.manuscripts.get(page.source)
    warnings = _find_warnings(versions, version, copy, page.source, shown) if manuscript else []
    template = version.answers.templates[page.tree].loader.shown(page.template)
    return PageFacts(
        _describe_state(manuscript, version.config, now) if manuscript else PageState(template),
        drafts,
        scheduled,
        body.words,
        body.minutes,
        [warning.line(translate) for warning in warnings],
        hidden=page.source in version.unseen,
        picture=_find_picture(page),
    )


def _find_picture(page: Page) -> str:
    """The url of the lead picture of a story, if it can be cut."""
    image = page.subject.image if isinstance(page.subject, Article) else None
    return image.src if image is not None and image.file is not None else ""


def _find_warnings(
    versions: Versions, version: Version, copy: CachedPage | None, source: str, body: Body | None
) -> list[Problem]:
    """What `newsgen check` tells of one story and the overlay does not show."""
    planned = version.planned
    reading = replace(version.reading, by_source=versions.manuscripts)
    problems = Problems(version.config.rules)
    problems.extend(problem for problem in versions.problems if problem.level == "warning")
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
        problems.extend(problem for story in paper.stories for problem in examine_story(planned.checks, story))
    return [problem for problem in sorted(problems.found) if problem.location.path == source]


def _describe_state(manuscript: Manuscript, config: Config, now: datetime) -> PageState:
    status = manuscript.status(now)
    at = manuscript.embargo if status is Status.EMBARGOED else manuscript.date
    return PageState(manuscript.source, status.word, _format_moment(at, config))


def _format_moment(at: datetime | None, config: Config) -> str:
    """A moment as an editor types it, whatever the language of the paper and of the preview."""
    return f"{at.astimezone(config.zone):%Y-%m-%d %H:%M}" if at else ""


def list_rows(versions: Versions, search: StorySearch) -> tuple[list[Row], int]:
    """The rows of the stories that have all words of a search, newest edits first, and how many there are.

    Accents and case do not matter; at most MOST_LISTED rows are given.
    """
    version = versions.newest
    if version is None:
        return [], 0
    now, query, rows = versions.options.moment(version.config), WordQuery(search.query), []
    for manuscript in list(versions.manuscripts.values()):
        state = manuscript.status(now).word
        head = make_head(manuscript.title, (manuscript.path, *(author.text for author in manuscript.authors)))
        if (search.state and state != search.state) or query.match(head) is None:
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
            title=m.title or m.path,
            source=m.source,
            url=_find_url(version, m),
            state=state,
            date=_format_moment(m.date, config),
            edited=_format_moment(datetime.fromtimestamp(edited, config.zone), config),
        )
        for edited, m, state in rows[:MOST_LISTED]
    ]
    return listed, len(rows)


def _find_url(version: Version, m: Manuscript) -> str:
    """The url of a story in the preview; "" where it has none."""
    unseen = version.unseen.get(m.source)
    return unseen.url if unseen else version.planned.newspaper.urls.get(m.path) or ""
