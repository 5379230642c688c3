"""Reads a site over and over: after a change, only what it touches is read again."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from datetime import datetime
from pathlib import Path

from newsgen.build.memory import compute_epoch
from newsgen.config.settings import Config
from newsgen.content.read_cache import ReadCache
from newsgen.content.reader import Read, Reading, Remembered, SiteReader
from newsgen.content.sources import Sources, add_story, find_sources
from newsgen.core.errors import Problem, Problems
from newsgen.core.site_files import OUTPUT
from newsgen.model.manuscripts import Manuscript
from newsgen.plugins.registry import Plugins
from newsgen.publish.publication import find_state_folder


def open_read_cache(site: Path, config: Config, basis: str) -> AbstractContextManager[ReadCache]:
    """The read cache of builds and previews, for one thread; in memory where the disk refuses it.

    `basis` is the epoch of the settings.
    """
    folder = find_state_folder(site, site / OUTPUT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "reading.sqlite"
    except OSError:
        path = Path(":memory:")
    return closing(ReadCache(path, basis, config.zone))


class IncrementalReader:
    """Reads one site over and over. `manuscripts` are by source; a broken story keeps its last good one.

    `known` are manuscripts that were read with earlier settings. `processes` may read at the start.
    """

    def __init__(
        self, site: Path, config: Config, plugins: Plugins, processes: int, known: Mapping[str, Manuscript]
    ) -> None:
        self.site, self.config, self.processes, self.plugins = site, config, processes, plugins
        self.epoch = compute_epoch(config, plugins)
        self.manuscripts = dict(known)
        self.reader: SiteReader | None = None
        self._read: dict[str, Read] = {}
        self._faults: dict[str, Sequence[Problem]] = {}
        self._walked: tuple[Problem, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the sources, in no order."""
        return [*self._walked, *(fault for faults in self._faults.values() for fault in faults)]

    def assemble(self, now: datetime, problems: Problems) -> Reading:
        """The whole reading of the last look, for the paper of a moment; what is wrong goes to `problems`."""
        assert self.reader is not None  # noqa: S101 - there is one since the first look
        known, sources = self.manuscripts, self.reader.sources.articles
        return self.reader.assemble({source: known[source] for source in sources if source in known}, now, problems)

    def look(self, touched: frozenset[str]) -> bool:
        """Read what changed; whether nothing but the texts of stories differs."""
        sources, reader = self._find_sources(touched), self.reader
        if reader is None:
            self.reader = SiteReader(self.site, self.config, sources)
            self._read_all(self.reader)
            return False
        stay, again = True, touched & self._read.keys()
        if sources is not reader.sources:
            assets, reader = reader.assets, SiteReader(self.site, self.config, sources)
            reader.assets.reuse(assets, touched)
            self.reader, here = reader, frozenset(sources.articles)
            stay, again = here == self._read.keys(), here & (touched | (here - self._read.keys()))
            for gone in self._read.keys() - here:
                self._forget(gone)
        for source in sorted(again):
            before, now = self.manuscripts.get(source), self._read_one(reader, source)
            stay = stay and now is not None and before is not None and now.differs_in_text_only(before)
        return stay

    def _find_sources(self, touched: frozenset[str]) -> Sources:
        """The files of the site; searched again unless all changes are edits of stories and new stories."""
        sources = self.reader.sources if self.reader is not None else None
        for name in sorted(touched):
            if sources is not None and name not in self._read:
                sources = add_story(self.site, sources, name) if not self._walked else None
            elif not (self.site / name).is_file():
                sources = None
        if sources is not None:
            return sources
        problems = Problems()
        sources = find_sources(self.site, problems)
        self._walked = tuple(problems.found)
        return sources

    def _read_one(self, reader: SiteReader, source: str) -> Manuscript | None:
        manuscript, faults = self._read[source] = reader.read(source)
        self._faults.pop(source, None)
        if faults:
            self._faults[source] = faults
        if manuscript is not None:
            self.manuscripts[source] = manuscript
        return manuscript

    def _forget(self, source: str) -> None:
        del self._read[source]
        self._faults.pop(source, None)
        self.manuscripts.pop(source, None)

    def _read_all(self, reader: SiteReader) -> None:
        """Read every source, with the read cache."""
        with open_read_cache(self.site, self.config, self.epoch) as cache:
            self._read = reader.read_manuscripts(Remembered(cache, self.processes))
        self._faults = {source: faults for source, (_, faults) in self._read.items() if faults}
        read = {source: m for source, (m, _) in self._read.items() if m is not None}
        kept = {source: m for source, m in self.manuscripts.items() if source in self._read}
        self.manuscripts = kept | read
