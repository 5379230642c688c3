"""Verify before publishing: no output shows words of hidden stories, or files of theirs."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from newsgen.build.leak_places import Leak, LeakLocator, list_shared_sources
from newsgen.build.leak_search import NONE
from newsgen.build.making import Rendered
from newsgen.build.page_maker import find_story_source
from newsgen.build.plan import SitePlan
from newsgen.build.workspace import Workspace
from newsgen.render.hidden_files import Files
from newsgen.render.scanning import Canary, Found
from newsgen.workers.pool import ordered_map


def verify(workspace: Workspace, outputs: SitePlan, rendered: Rendered) -> "Findings":
    """Collect what the leak search found in all outputs; leaks are problems. Kept outputs are searched if needed."""
    with workspace.timed("render"):
        findings, site, search = Findings(), outputs.reading.site, rendered.search
        _search_kept(workspace, outputs, rendered, findings)
        for output, (found, source) in rendered.found.items():
            findings.add(output, found, source)
        if search.scanner.canaries:
            for copied in rendered.copied.values():
                if copied.found is None:
                    findings.add_files(copied.output, search.named(copied.output))
                else:
                    findings.add(copied.output, copied.found, copied.source, is_copy=True)
            _withhold(outputs, rendered, findings)
        sources = outputs.reading.sources
        shared = list_shared_sources(site, (*sources.data, *sources.sidecars))
        workspace.problems.extend(LeakLocator(site, shared, search.scanner.public).locate(findings.leaks))
        return findings


@dataclass(slots=True)
class Findings:
    """What the leak search of one build found, by output.

    `excused` are the outputs that the next build searches again; `files` the hidden stories' files that each output
    names or shows; `withheld` the files that are not published.
    """

    leaks: list[Leak] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)
    files: dict[str, Files] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    _places: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def add(self, output: str, found: Found, source: str = "", *, is_copy: bool = False) -> None:
        """Add what was found in an output; `source` is the story or the copied file."""
        self.leaks += [Leak(canary, output, source, is_copy) for canary in found.leaks]
        if found.is_excused:
            self.excused.add(output)
        self.add_files(output, found.files)
        self._places[output] = source, is_copy

    def add_files(self, output: str, files: Files) -> None:
        """Add the files that an output names or shows."""
        if files != NONE:
            self.files[output] = files

    def withhold(self, files: Collection[str]) -> None:
        """Withhold the static files of these whose address no published output has; they cannot leak anything."""
        kept = set(files)
        while public := {f for o, found in self.files.items() if o not in kept for f in found.shown if f != o} & kept:
            kept -= public
        self.withheld |= kept
        self.leaks = [leak for leak in self.leaks if not (leak.is_copy and leak.output in kept)]

    def find_paths(self, canaries: Iterable[Canary], hidden: Collection[str]) -> Iterator[Leak]:
        """A leak for each published output that names the path of a hidden file."""
        paths = {c.file: c for c in canaries if c.what == "file" and c.file in hidden}
        for output, found in self.files.items():
            if output not in hidden:
                place = self._places.get(output, ("", False))
                yield from (
                    Leak(paths[file], output, *place) for file in found.said if file in paths and file != output
                )


def _search_kept(workspace: Workspace, outputs: SitePlan, rendered: Rendered, findings: Findings) -> None:
    """Search kept outputs for stories that have become hidden since these were made."""
    search = rendered.search

    def find_source(output: str) -> str:
        made = outputs.by_output.get(output)
        return find_story_source(made) if made is not None else ""

    def search_output(output: str) -> Found:
        return search.again(output, workspace.publication.read(output), find_source(output))

    again = list(filter(search.must_read, rendered.kept))
    for output in rendered.kept:
        findings.add_files(output, search.named(output))
    for output, found in zip(again, ordered_map(search_output, again, workspace.options.processes), strict=True):
        findings.add(output, found, find_source(output))


def _withhold(outputs: SitePlan, rendered: Rendered, findings: Findings) -> None:
    """Withhold the static files that only hidden stories show; naming the path of a hidden file is a leak.

    Where a story could not be read or a page not made, its files are not known, and no path is a leak.
    """
    canaries, sources, shown = rendered.search.scanner.canaries, outputs.reading.sources, rendered.shown
    named = {canary.file for canary in canaries if canary.file}
    findings.withhold({f for f in named if f in sources.static and sources.static[f] not in shown})
    beside = {f for f in named if f in sources.assets and sources.assets[f] not in shown}
    if not rendered.has_failed and not outputs.reading.inputs.broken:
        findings.leaks += findings.find_paths(canaries, findings.withheld | beside)
