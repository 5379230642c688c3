"""Have one tree share files of the other: by hard links, or as copies where the file system has none."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsgen.core.stamps import Stamp, make_stamp
from newsgen.core.urls import as_output
from newsgen.publish.tree import Tree
from newsgen.workers.pool import ordered_map

AT_ONCE = 250
"""Files of a folder that are shared in one go."""

LARGE = 20_000
"""More files are shared by several processes."""

FEW = 3
"""For so many files in a folder, opening the folder costs more than it saves."""


class Shared(NamedTuple):
    """A file that a tree now shares: its stamp, and the copy's stamp where it had to be copied."""

    output: str
    stamp: Stamp
    copy: Stamp | None


class Sharer(msgspec.Struct, frozen=True):
    """Puts files of the tree `origin` into the tree `target`."""

    origin: Tree
    target: Tree

    def share_all(self, outputs: Iterable[str], jobs: int) -> Iterator[Shared]:
        """Share the files at these outputs, which takes the place of what the target has there.

        Raises:
            OSError: when the machine refuses it.
        """
        parts = [*_divide(outputs)]
        if sum(len(inside) for _, inside in parts) <= LARGE:
            results: Iterable[list[Shared]] = map(self.share, parts)
        else:
            results = ordered_map(self.share, parts, jobs, lost=self.share)
        for shared in results:
            yield from shared

    def share(self, part: tuple[str, Sequence[str]]) -> list[Shared]:
        """Share some files of one folder: its path ("" or "a/b/") and the outputs in it."""
        above, outputs = part
        self.target.make_folder(f"{self.target.folder}/{above}".rstrip("/"))
        if len(outputs) <= FEW or os.link not in os.supports_dir_fd:
            return [self._share(output) for output in outputs]
        with _opened(f"{self.origin.folder}/{above}") as origin, _opened(f"{self.target.folder}/{above}") as target:
            return [self._share_in(output, output[len(above) :], origin, target) for output in outputs]

    def _share(self, output: str) -> Shared:
        source, path = self.origin.locate(output), self.target.locate(output)
        try:
            self.target.make_at(path, lambda: os.link(source, path))
        except OSError:
            return self._copy(output)
        return Shared(output, make_stamp(os.lstat(path)), None)

    def _share_in(self, output: str, name: str, origin: int, target: int) -> Shared:
        """As `_share`, of a file in open folders: the system need not find its way to each file."""
        path = self.target.locate(output)
        try:
            self.target.make_at(path, lambda: os.link(name, name, src_dir_fd=origin, dst_dir_fd=target))
        except OSError:
            return self._copy(output)
        return Shared(output, make_stamp(os.stat(name, dir_fd=origin)), None)

    def _copy(self, output: str) -> Shared:
        """Where the file system has no hard links, or no more of this file."""
        source = Path(self.origin.locate(output))
        copy = self.target.write_bytes(as_output(output), source.read_bytes())
        return Shared(output, make_stamp(source.stat()), copy)


@contextmanager
def _opened(folder: str) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _divide(outputs: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Outputs by folder, at most so many in a part."""
    folders: dict[str, list[str]] = {}
    for output in outputs:
        folders.setdefault(output[: output.rfind("/") + 1], []).append(output)
    for above, inside in folders.items():
        for start in range(0, len(inside), AT_ONCE):
            yield above, inside[start : start + AT_ONCE]
