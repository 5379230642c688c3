"""The preview's pages: each is drawn from the newest version when it is requested; its last good copy is kept."""

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from newsgen.core.errors import Problem, SourceMoved, wrap_os_error
from newsgen.model.stories import Body
from newsgen.preview.incremental_reader import open_read_cache
from newsgen.preview.published_files import PublishedFile, find_source, make_published
from newsgen.preview.versions import Version, Versions
from newsgen.render.renderer import DrawnPage, PageDrawer

KEPT = 400
"""How many pages are kept at most."""

TRIES = 3


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page as it was drawn from the version with this serial."""

    serial: int
    data: bytes
    body: Body | None
    warnings: tuple[Problem, ...]


class PageCache:
    """Draws and keeps pages of the newest version. All methods but `problems` belong to one thread.

    `faults` are, by output, what keeps pages of the newest version from being drawn, and files from being served;
    `faulty` are the bodies of those pages.
    """

    def __init__(self, versions: Versions) -> None:
        self.versions = versions
        self.faults: dict[str, tuple[Problem, ...]] = {}
        self.faulty: dict[str, Body] = {}
        self._kept: OrderedDict[str, CachedPage] = OrderedDict()
        self._loaded: Version | None = None
        self._drawer: PageDrawer | None = None
        self._open = ExitStack()

    def problems(self) -> list[Problem]:
        """The problems of the pages that were drawn, one for each location and rule."""
        problems = {(p.location, p.rule): p for faults in list(self.faults.values()) for p in faults}
        return list(problems.values())

    def draw(self, output: str) -> CachedPage | None:
        """The page, or its last good copy if it cannot be drawn now; None where there is neither."""
        for _ in range(TRIES):
            version = self.versions.newest
            if version is None or output not in version.pages:
                self.faults.pop(output, None)
                self.faulty.pop(output, None)
                return None
            kept = self._kept.get(output)
            if kept is not None and kept.serial == version.serial:
                self._kept.move_to_end(output)
                return kept
            try:
                drawn = self._get_drawer(version).draw(version.pages[output])
            except SourceMoved as moved:
                self.versions.look(frozenset({str(moved)}))
                continue
            except OSError as error:
                drawn = DrawnPage(faults=wrap_os_error(error, output).problems)
            return self._keep(output, version, drawn)
        return self._kept.get(output)

    def examine(self, output: str) -> None:
        """Find out whether a build would refuse the file that is published at an output (see `faults`)."""
        reading = self.versions.newest.reading if self.versions.newest else None
        source = find_source(reading, output) if reading else ""
        made = make_published(reading, source) if reading and source else PublishedFile()
        self.take_problems(output, made.problems)

    def take_problems(self, output: str, problems: tuple[Problem, ...]) -> None:
        """Note what keeps a file from being served, if anything does."""
        self.faults.pop(output, None)
        if problems:
            self.faults[output] = problems

    def recheck(self, outputs: Iterable[str]) -> None:
        """Draw these pages and all that had faults, so that `faults` are those of the newest version."""
        version = self.versions.newest
        for output in {*outputs, *self.faults}:
            if version is not None and output not in version.pages and find_source(version.reading, output):
                self.examine(output)
            else:
                self.draw(output)

    def close(self) -> None:
        """Close the read cache."""
        self._open.close()

    def _keep(self, output: str, version: Version, drawn: DrawnPage) -> CachedPage | None:
        self.faulty.pop(output, None)
        if drawn.faults:
            self.faults[output] = drawn.faults
            if drawn.body is not None:
                self.faulty[output] = drawn.body
            return self._kept.get(output)
        self.faults.pop(output, None)
        if drawn.remembered is not None and self._drawer is not None:
            self._drawer.cache.put_bodies([drawn.remembered])
        copy = self._kept[output] = CachedPage(version.serial, drawn.data, drawn.body, drawn.warnings)
        self._kept.move_to_end(output)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return copy

    def _get_drawer(self, version: Version) -> PageDrawer:
        if self._drawer is None or self._loaded is not version:
            before = self._loaded
            if self._drawer is None or before is None or before.epoch != version.epoch:
                self._open.close()
                cache = self._open.enter_context(
                    open_read_cache(self.versions.options.site, version.config, version.epoch)
                )
            else:
                cache = self._drawer.cache
            self._drawer = PageDrawer(version.reading, version.answers, version.planned.recorder, cache)
            self._loaded = version
        return self._drawer
