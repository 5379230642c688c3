"""Copy static files, and those beside the content that a public page shows, into the staged tree."""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsgen.build.leak_search import LeakSearch
from newsgen.build.plan import SitePlan
from newsgen.build.workspace import Workspace
from newsgen.core.digests import hash_bytes
from newsgen.core.errors import Problem
from newsgen.core.opening import read_inside
from newsgen.core.stamps import encode_if_settled, read_stamp
from newsgen.core.urls import as_output
from newsgen.render.scanning import Found, text_of

CopyRecord = tuple[str, str, str]
"""A copied file: its source, the source's stamp, the digest of its bytes."""


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """One file that is copied. `source` is its name in messages; `found` is None where it was not searched."""

    output: str
    record: CopyRecord
    source: str
    found: Found | None

    @property
    def digest(self) -> str:
        """The digest of its bytes."""
        return self.record[2]


@dataclass(frozen=True, slots=True)
class Copier:
    """Copies files into the staged tree, and searches their bytes and names for leaks."""

    workspace: Workspace
    outputs: SitePlan
    search: LeakSearch

    def copy_all(self, shown: Collection[str]) -> Iterator[CopiedFile]:
        """Copy every file of static/ and of the theme, and those beside the content that pages show."""
        site, assets = self.outputs.reading.site, self.outputs.reading.sources.assets
        beside = {output: site / source for output, source in assets.items() if source in shown}
        self.workspace.problems.extend(self._find_scripts(assets[output] for output in beside))
        for output, path in {**self.outputs.sources, **beside}.items():
            yield self._copy(output, path)

    def _copy(self, output: str, path: Path) -> CopiedFile:
        """Copy one file, unless the record of the last build says that it is the one that is there."""
        publication, known = self.workspace.publication, self.workspace.last.copied.get(output, ("", "", ""))
        stamp = encode_if_settled(read_stamp(str(path)), time.time_ns())
        digest, data = known[2], None
        if not (stamp and known[:2] == (str(path), stamp) and publication.has(output, digest)):
            data = self._read(path)
            digest = hash_bytes(data)
            if not publication.has(output, digest):
                publication.staged.write(as_output(output), data, digest)
        found = self._search(output, path, data) if self.search.scanner.canaries else None
        return CopiedFile(output, (str(path), stamp, digest), self._name(output, path), found)

    def _search(self, output: str, path: Path, data: bytes | None) -> Found | None:
        """What a search finds in a file; `data` is None where the file is that of the last build."""
        if data is not None:
            return self.search.new(output, text_of(output, data))
        if not self.search.must_read(output):
            return None
        return self.search.again(output, text_of(output, self._read(path)))

    def _name(self, output: str, path: Path) -> str:
        """The name of a file in messages."""
        site = self.outputs.reading.site
        return str(path.relative_to(site)) if path.is_relative_to(site) else f"theme/static/{output}"

    def _find_scripts(self, sources: Iterable[str]) -> Iterator[Problem]:
        """A problem for each part of a file beside the content that would run code, unless its folder is trusted."""
        reading = self.outputs.reading
        for source in filter(reading.must_examine, sources):
            yield from reading.running_parts(source, read_inside(reading.site, reading.site / source))

    def _read(self, path: Path) -> bytes:
        return read_inside(self.outputs.theme.root(path) or self.outputs.reading.site, path)
