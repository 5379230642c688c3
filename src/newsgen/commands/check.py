"""`newsgen check`: the problems that a build would tell, and warnings for editors; nothing is published."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import structs

from newsgen.build.options import BuildOptions, Progress, quiet
from newsgen.build.pipeline import check_folders
from newsgen.build.stages import Rendered, SitePlan, decide, join, plan, read, render, verify
from newsgen.build.workspace import Workspace, retry_until_steady
from newsgen.checks.check import Examined
from newsgen.checks.registry import examine
from newsgen.config.reading import read_config
from newsgen.core.errors import Location, Problem, Problems, SourceMoved
from newsgen.core.sealed import load, save
from newsgen.model.stories import Body
from newsgen.publish.publication import find_state_folder

HINTS = ("traces", "reading.sqlite", "trees.sqlite")
"""The hints of a build that a check starts from, in a copy."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of a check: problems in order of place, and the number of stories and pages.

    `links` are the addresses of other sites, with the places that name them.
    """

    problems: tuple[Problem, ...]
    stories: int
    links: Mapping[str, tuple[Location, ...]]


def check(options: BuildOptions, progress: Progress = quiet) -> CheckReport:
    """Find everything that a build would refuse or warn of, and the warnings of checks on each public story.

    Files are written only into a temporary folder.

    Raises:
        ConfigError: when there is nothing to check, or newsgen.yaml is wrong.
        ContentError: when a link leads out of templates/.
        MachineError: when the site keeps changing.
    """
    read_config(options.site)
    check_folders(options)
    return retry_until_steady(partial(_open, replace(options, looks=True), progress), _examine)


def _examine(workspace: Workspace) -> CheckReport:
    """Check an open site: do what a build does, but publish nothing.

    Raises:
        SourceMoved: when there are errors, and the site was changed since it was opened.
    """
    content = read(workspace)
    paper = join(workspace, content)
    outputs = plan(workspace, content, paper)
    rendered = render(workspace, outputs, decide(workspace, outputs))
    verify(workspace, outputs, rendered)
    examined = _collect(workspace, outputs, rendered)
    workspace.problems.extend(examine(outputs.checks, examined))
    if workspace.problems.errors and workspace.has_moved():
        raise SourceMoved("")
    stories = sum(len(one.articles) + len(one.pages) for one in paper.editions.values())
    return CheckReport(tuple(sorted(set(workspace.problems.found))), stories, _collect_links(examined))


@contextmanager
def _open(options: BuildOptions, progress: Progress) -> Iterator[Workspace]:
    """The site as a build opens it, with a temporary folder for hints."""
    with TemporaryDirectory(prefix="newsgen-check-") as folder:
        _copy_hints(find_state_folder(options.site, options.output), Path(folder))
        with Workspace(options, Path(folder), progress) as workspace:
            yield workspace


def _copy_hints(known: Path, state: Path) -> None:
    """Copy the hints of builds, so that only what changed since is made."""
    for name in HINTS:
        with suppress(OSError):
            if (known / name).is_dir():
                shutil.copytree(known / name, state / name)
            else:
                shutil.copyfile(known / name, state / name)


def _collect(workspace: Workspace, outputs: SitePlan, rendered: Rendered) -> Examined:
    """What checks look at: all public stories with their bodies, and the bodies whose front matter is wrong."""
    public = set[str]()
    for edition in outputs.newspaper.editions.values():
        public.update(article.source for article in edition.articles)
        public.update(page.source for page in edition.pages)
        public.update(intro.source for intro in edition.intros.values())
    by_source, bodies = outputs.reading.by_source, dict[str, Body | None](rendered.faulty)

    def find_body(source: str) -> Body | None:
        known = workspace.cache.find_body(source, by_source[source].text_basis)
        return known[1] if known is not None else None

    def read_html(source: str) -> str:
        body = find_body(source) if source in by_source and source not in rendered.faulty else None
        return body.html if body is not None else ""

    def read_output(output: str) -> bytes | None:
        made = rendered.target.get(output)
        return workspace.publication.read_made(output, made) if made else None

    for source in by_source.keys() & public - bodies.keys():
        body = find_body(source)
        bodies[source] = structs.replace(body, html="") if body is not None else None
    return Examined(outputs.reading, outputs.newspaper, outputs.outputs, outputs.theme, bodies, read_html, read_output)


def _collect_links(paper: Examined) -> dict[str, tuple[Location, ...]]:
    """The addresses of other sites that stories link to, with their places."""
    links: dict[str, list[Location]] = {}
    for story in paper.stories:
        for link in story.body.links if story.body is not None else ():
            links.setdefault(link.text.partition("#")[0], []).append(Location(story.source, link.line, link.column))
    return {url: tuple(places) for url, places in links.items()}


def check_other_sites(options: BuildOptions, report: CheckReport) -> tuple[Problem, ...]:
    """The problems of a report, and those of dead links to other sites; answers are kept for a while."""
    import time  # start-up: only where other sites are asked

    from newsgen.commands.external_links import (  # start-up: only where other sites are asked
        KnownLinks,
        Politeness,
        ask_all,
        find_dead_links,
    )

    path = find_state_folder(options.site, options.output) / "links"
    known = load(KnownLinks, path) or KnownLinks()
    verdicts = ask_all(report.links, known, Politeness(), time.time())
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        save(known, path)
    problems = Problems(read_config(options.site).rules)
    problems.extend(find_dead_links(report.links, verdicts))
    return tuple(sorted({*report.problems, *problems.found}))
