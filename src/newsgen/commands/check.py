"""`newsgen check`: all that a build would say, and an editor's warnings, with nothing published."""

import posixpath
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgen.body.lint import notes_on_head
from newsgen.build.options import BuildOptions, Progress, quiet
from newsgen.build.pipeline import check_places
from newsgen.build.stages import Planned, Rendered, decide, join, plan, read, render, verify
from newsgen.build.workspace import Workspace, until_steady
from newsgen.config.reading import read_config, setting_place
from newsgen.content.reader import Reading
from newsgen.content.sources import TEXT_ENDINGS
from newsgen.content.toml_fixes import said_in_toml
from newsgen.core.errors import Location, Problem, Problems, SourceMoved
from newsgen.core.messages import say
from newsgen.core.opening import read_inside
from newsgen.core.sealed import load, save
from newsgen.core.text import fold, nfc
from newsgen.model.manuscripts import Manuscript, Reference
from newsgen.model.pictures import Picture
from newsgen.model.stories import Body
from newsgen.publish.publication import find_state_folder

HINTS = ("ledger", "reading.sqlite", "manifests")
"""What a build remembers and a check may start from, in a copy."""

FAR = timedelta(days=366)
"""How long before its date a story is told to be far ahead."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: problems in order of place, how many stories and pages it looked at.

    `links` are the addresses of other sites with the places that name them.
    """

    problems: tuple[Problem, ...]
    stories: int
    links: Mapping[str, tuple[Location, ...]]


def check(options: BuildOptions, progress: Progress = quiet) -> CheckReport:
    """Everything that a build with these options would refuse or warn of, and the notes on each public story.

    Nothing is written but in a folder of its own, which is gone afterwards.

    Raises:
        ConfigError: when there is nothing to check, or newsgen.yaml is wrong.
        ContentError: when a link leads out of templates/.
        MachineError: when the site keeps changing.
    """
    read_config(options.site)
    check_places(options)
    return until_steady(partial(_opened, options, progress), _examine)


def _examine(workspace: Workspace) -> CheckReport:
    """What a check finds in an open site: all that a build does, but it publishes nothing.

    Raises:
        SourceMoved: when there are errors, and the site was changed since it was opened.
    """
    content = read(workspace)
    paper = join(workspace, content)
    outputs = plan(workspace, content, paper)
    rendered = render(workspace, outputs, decide(workspace, outputs))
    verify(workspace, outputs, rendered)
    links = _take_notes(workspace, outputs, rendered)
    if workspace.problems.errors and workspace.has_moved():
        raise SourceMoved("")
    stories = sum(len(one.articles) + len(one.pages) for one in paper.trees)
    return CheckReport(tuple(sorted(set(workspace.problems.found))), stories, links)


@contextmanager
def _opened(options: BuildOptions, progress: Progress) -> Iterator[Workspace]:
    """The site as a build opens it, with a folder of its own for what it leaves."""
    with TemporaryDirectory(prefix="newsgen-check-") as folder:
        _borrow(find_state_folder(options.site, options.output), Path(folder))
        with Workspace(options, Path(folder), progress) as workspace:
            yield workspace


def story_warnings(
    manuscript: Manuscript, lead: Picture | None, body: Body | None, levels: Mapping[str, str]
) -> tuple[Problem, ...]:
    """All warnings of one story, those of a build and an editor's, as the levels of newsgen.yaml want them.

    `lead` is its picture as found, `body` its text as rendered, None where it could not be.
    """
    problems = Problems(levels)
    notes = notes_on_head(manuscript, lead)
    problems.extend((*manuscript.warnings, *(map(said_in_toml, notes) if manuscript.is_toml else notes)))
    if body is not None:
        problems.extend(_body_warnings(body, is_intro=manuscript.is_intro))
    return tuple(sorted(set(problems.found)))


def _body_warnings(body: Body, *, is_intro: bool) -> Iterator[Problem]:
    found = (problem for problem in (*body.problems, *body.notes) if problem.level == "warning")
    return (problem for problem in found if problem.rule != "empty-story" or not is_intro)


def same_titles(manuscripts: Iterable[Manuscript]) -> Iterator[Problem]:
    """A warning for each story that has the title of an earlier one of its day in its language."""
    first: dict[tuple[str, str, date], Manuscript] = {}
    dated = [(m.date, m.source, m) for m in manuscripts if m.date is not None]
    for at, _, manuscript in sorted(dated, key=lambda one: one[:2]):
        earlier = first.setdefault((manuscript.lang, fold(manuscript.title), at.date()), manuscript)
        if earlier is not manuscript:
            what = say("the story {source} of the same day has the same title", source=earlier.source)
            place = Location(manuscript.source, *manuscript.title_place)
            yield Problem(place, "same-title", what, say("remove one of the two, or tell them apart"), "warning")


def far_dates(manuscripts: Iterable[Manuscript], now: datetime) -> Iterator[Problem]:
    """A warning for each story that is to appear in more than a year: mostly a slip in the year."""
    for manuscript in manuscripts:
        if manuscript.date is not None and not manuscript.is_draft and manuscript.date - now > FAR:
            what = say("the story is not shown before {day}", day=manuscript.date.date())
            place = Location(manuscript.source, *manuscript.date_place)
            far = Problem(place, "far-date", what, say("correct the year, or write `status: draft`"), "warning")
            yield said_in_toml(far) if manuscript.is_toml else far


def unread_texts(reading: Reading, shown: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """A warning for each text in the folder of a section that is no article and that no story names.

    `shown` are the files that stories link to, by their sources; of the other sources the texts are asked.
    """
    used = {file for files in shown.values() for file in files}
    own = {posixpath.dirname(source) for source in reading.sources.articles if source.endswith("/index.md")}
    found = [
        source
        for source in sorted({*reading.sources.assets.values()} - used)
        if posixpath.splitext(source)[1].casefold() in TEXT_ENDINGS and posixpath.dirname(source) not in own
    ]
    others = (
        [_text(reading.site, source) for source in reading.sources.articles if source not in shown] if found else []
    )
    for source in found:
        name = posixpath.basename(source)
        if not any(nfc(name) in text for text in others):
            what = say("this is not read as an article, since its name does not end in `.md`, and no story links to it")
            fix = say("save its text as `{name}.md` with front matter, or link to it", name=posixpath.splitext(name)[0])
            yield Problem(Location(source), "odd-ending", what, fix, "warning")


def _text(site: Path, source: str) -> str:
    try:
        return nfc(read_inside(site, site / source).decode("utf-8", "replace"))
    except OSError:
        return ""


def _borrow(known: Path, state: Path) -> None:
    """Copy what builds remember, so that only what changed since is made; without it everything is."""
    for name in HINTS:
        with suppress(OSError):
            if (known / name).is_dir():
                shutil.copytree(known / name, state / name)
            else:
                shutil.copyfile(known / name, state / name)


def _take_notes(workspace: Workspace, outputs: Planned, rendered: Rendered) -> dict[str, tuple[Location, ...]]:
    """Add the notes on all public stories; the addresses of other sites that they lead to."""
    paper, reading, problems = outputs.site, outputs.reading, workspace.problems
    public = {article.source for one in paper.trees for article in one.articles}
    public |= {page.source for one in paper.trees for page in one.pages}
    public |= {intro.source for one in paper.trees for intro in one.intros.values()}
    pictures = reading.inputs.pictures
    links: dict[str, list[Location]] = {}
    shown: dict[str, tuple[str, ...]] = {}
    for manuscript in reading.by_source.values():
        if manuscript.source not in public:
            continue
        known = workspace.cache.body(manuscript.source, manuscript.text_basis)
        body = rendered.faulty.get(manuscript.source) or (known[1] if known is not None else None)
        if body is not None:
            shown[manuscript.source] = body.files
        problems.extend(story_warnings(manuscript, pictures.get(manuscript.source), body, reading.config.rules))
        for link in body.links if body is not None else ():
            links.setdefault(link.text.partition("#")[0], []).append(_place(manuscript, link))
    for source in rendered.faulty.keys() - reading.by_source.keys():
        problems.extend(
            _body_warnings(rendered.faulty[source], is_intro=posixpath.basename(source).startswith("_index."))
        )
    problems.extend(same_titles(m for m in reading.inputs.manuscripts if m.source in public))
    problems.extend(_unused_sections(outputs))
    problems.extend(far_dates(reading.inputs.manuscripts, workspace.options.now))
    problems.extend(unread_texts(reading, shown))
    return {url: tuple(places) for url, places in links.items()}


def _place(manuscript: Manuscript, link: Reference) -> Location:
    return Location(manuscript.source, link.line, link.column)


def _unused_sections(outputs: Planned) -> Iterator[Problem]:
    for site in outputs.site.trees:
        above = ("languages", site.config.language) if site is not outputs.site else ()
        for name in (name for name in site.config.sections if not site.by_section.get(name)):
            place = setting_place(outputs.reading.site, *above, "sections", name)
            what = say("the section `{name}` has no story", name=name)
            yield Problem(place, "unused-section", what, say("write one"), "warning")


def ask_other_sites(options: BuildOptions, report: CheckReport) -> tuple[Problem, ...]:
    """The report's problems and one for each dead link to another site; what was heard is remembered for a while."""
    import time  # start-up: only where other sites are asked

    from newsgen.commands.external_links import (  # start-up: only where other sites are asked
        KnownLinks,
        Manners,
        ask_all,
        dead_links,
    )

    path = find_state_folder(options.site, options.output) / "links"
    known = load(KnownLinks, path) or KnownLinks()
    verdicts = ask_all(report.links, known, Manners(), time.time())
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        save(known, path)
    problems = Problems(read_config(options.site).rules)
    problems.extend(dead_links(report.links, verdicts))
    return tuple(sorted({*report.problems, *problems.found}))
