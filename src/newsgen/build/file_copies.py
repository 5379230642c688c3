"""Files of static/ with the same bytes as another file of the site, under other names."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from newsgen.core.digests import hash_bytes
from newsgen.core.opening import OutsideSite, read_inside
from newsgen.core.site_files import STATIC


class FileCopies:
    """Finds copies among the files of a site: `files` are their sources by output. Few files have the same size."""

    def __init__(self, site: Path, files: Mapping[str, str]) -> None:
        self.site, self.files = site, files
        self._digests: dict[str, str] = {}

    def find(self, outputs: Iterable[str]) -> set[str]:
        """The outputs of files in static/ that are copies of one of these, but for these themselves."""
        known = {output for output in outputs if output in self.files}
        found = {copy for output in known for copy in self._find_copies(output)}
        return found - known

    def _find_copies(self, output: str) -> list[str]:
        source = self.files[output]
        alike = self._static_by_size.get(self._measure(source), ()) if self._measure(source) else ()
        return [copy for copy in alike if copy != output and self._digest(self.files[copy]) == self._digest(source)]

    @cached_property
    def _static_by_size(self) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = {}
        for output, source in self.files.items():
            if source.startswith(f"{STATIC}/"):
                found.setdefault(self._measure(source), []).append(output)
        return found

    def _measure(self, source: str) -> int:
        """The size of a file in bytes; 0 for one that cannot be read."""
        try:
            return (self.site / source).stat().st_size
        except OSError:
            return 0

    def _digest(self, source: str) -> str:
        """The digest of a file; its own name for one that cannot be read."""
        if source not in self._digests:
            try:
                self._digests[source] = hash_bytes(read_inside(self.site, self.site / source))
            except (OSError, OutsideSite):
                self._digests[source] = source
        return self._digests[source]
