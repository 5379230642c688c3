"""Two whole trees take turns as the output: one is live, the other is brought forward and then takes its place.

A tree's manifest says what newsgen put there. A file is trusted by its stamp (size, times, inode); when the stamp
differs it is read and its digest taken. So a file that somebody changed in the output is found, and made again.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from stat import S_IFDIR, S_IFREG, S_ISDIR
from typing import NamedTuple, TypeVar

import msgspec

from newsgen.core.digests import digest
from newsgen.core.stamps import Stamp, stamp
from newsgen.core.urls import NotAnOutput, Output, as_output, leads_out
from newsgen.publish.mark import MARK, tree_digest
from newsgen.publish.rights import Rights, rights_of

Files = dict[str, tuple[str, Stamp]]
Made = TypeVar("Made")


class Manifest(msgspec.Struct):
    """The files of one tree: output → digest and stamp."""

    files: Files = {}


class Found(NamedTuple):
    """What a look at a tree's folder found: `files` of newsgen, None for all that were known, each as it was known.

    `foreign` are the entries that newsgen did not put there, `skewed` the folders with other permissions than a new
    one's.
    """

    files: Files | None
    foreign: list[str]
    skewed: list[str]


def look_through(folder: Path, known: Files, rights: Rights) -> Found:
    """Look at every entry of a folder, and read the files that do not bear the stamps they were known by."""
    files: Files = {}
    found = Found(files, [], [])
    file_mode, folder_mode, group = S_IFREG | rights.file, S_IFDIR | rights.folder, rights.group
    pending = [("", str(folder))] if folder.is_dir() else []
    while pending:  # an archive has many files: what is done for each is kept short
        above, place = pending.pop()
        is_empty = True
        with os.scandir(place) as entries:
            for entry in entries:
                is_empty, output, status = False, above + entry.name, entry.stat(follow_symlinks=False)
                mode, is_others = status.st_mode, group not in (-1, status.st_gid)
                if mode == file_mode and not is_others:
                    own = _own(entry.path, stamp(status), known.get(output))
                    if own is not None:
                        files[output] = own
                    elif output != MARK:
                        found.foreign.append(output)
                elif S_ISDIR(mode):
                    pending.append((f"{output}/", entry.path))
                    if mode != folder_mode or is_others:
                        found.skewed.append(f"{output}/")
                else:
                    found.foreign.append(output)
        if is_empty and above:
            found.foreign.append(above)
    return found if files != known else found._replace(files=None)


def _own(path: str, seen: Stamp, known: tuple[str, Stamp] | None) -> tuple[str, Stamp] | None:
    """What is known of a file with what is seen of it; None where the bytes are not newsgen's."""
    if known is None or known[1] == seen:
        return known
    return (known[0], seen) if digest(Path(path).read_bytes()) == known[0] else None


class Tree:
    """A folder and what is known to be in it: `foreign` and `skewed` as they were `Found`.

    `is_whole` says that nothing is foreign or skewed, and nothing missing either.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, rights: Rights | None = None, found: Found | None = None
    ) -> None:
        self.folder, self.rights = folder, rights or rights_of(folder)
        self._root = f"{folder}/"
        files, self.foreign, self.skewed = found or look_through(folder, manifest.files, self.rights)
        self.files = manifest.files.copy() if files is None else files
        self.is_whole = not self.foreign and not self.skewed and len(self.files) == len(manifest.files)

    def has(self, output: str, made: str) -> bool:
        """Whether the tree holds these very bytes at `output`."""
        return output in self.files and self.files[output][0] == made

    def holds(self, output: str, made: str) -> bool:
        """Whether these very bytes are at `output`, though newsgen may not know that it put them there."""
        if self.has(output, made):
            return True
        path = self.folder / output
        return path.is_file() and digest(path.read_bytes()) == made

    def straighten(self) -> None:
        """Give folders the permissions of new ones."""
        for folder in self.skewed:
            path = self._path(folder)
            if os.path.isdir(path):
                self.rights.give_folder(path)
        self.skewed.clear()

    def mark(self) -> str:
        """The digest that the tree's mark should hold."""
        return tree_digest((output, made) for output, (made, _) in self.files.items())

    def put(self, output: Output, data: bytes, made: str) -> Stamp:
        """Write a file, never into one that another tree shares; its stamp.

        Raises:
            NotAnOutput: when the path does not name a file below the tree's folder.
        """
        path = self._path(as_output(output))  # checked again here, whatever the caller's types say
        descriptor = self._free(path, lambda: os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            if self.rights.is_shared:
                os.fchmod(descriptor, self.rights.file)
            found = stamp(os.fstat(descriptor))
        finally:
            os.close(descriptor)
        self.files[output] = (made, found)
        return found

    def take(self, output: str, other: "Tree") -> None:
        """Have the other tree's file here too, without copying it."""
        made, path, source = other.files[output][0], self._path(output), other._path(output)
        try:
            self._free(path, lambda: os.link(source, path))
        except OSError:
            self.put(as_output(output), Path(source).read_bytes(), made)
            return
        self.files[output] = other.files[output] = (made, stamp(os.stat(path)))

    def look_again(self, other: "Tree") -> bool:
        """Take the stamps anew of files that the other tree may have shared, and shares no more; whether any is other.

        One link less changes nothing but their change time; where more is different, the file is left to be read.
        """
        is_other = False
        for output, (made, known) in self.files.items():
            if output not in other.files or other.files[output][1][3] != known[3]:
                try:
                    now = stamp(os.stat(self._path(output)))
                except FileNotFoundError:
                    continue
                if now != known and (now[:2], now[3]) == (known[:2], known[3]):
                    self.files[output], is_other = (made, now), True
        return is_other

    def drop(self, output: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        path = self._path(output)
        if output.endswith("/"):
            os.rmdir(path)
        else:
            with suppress(FileNotFoundError):
                os.unlink(path)
        self.files.pop(output, None)
        above = output.rstrip("/").rpartition("/")[0]
        while above:
            try:
                os.rmdir(self._path(above))
            except OSError:
                break
            above = above.rpartition("/")[0]

    def _path(self, output: str) -> str:
        """Where an output lies on the disk.

        Raises:
            NotAnOutput: for a path that leads out of the tree, whoever asks.
        """
        if leads_out(output):
            raise NotAnOutput(output)
        return f"{self._root}{output}"

    def _free(self, path: str, make: Callable[[], Made]) -> Made:
        """Make a file at a path, after its folder, or after what stands there is gone, where that is needed."""
        try:
            return make()
        except FileNotFoundError:
            self._make_folder(path.rpartition("/")[0])
        except FileExistsError:
            try:
                os.unlink(path)
            except (IsADirectoryError, PermissionError):
                os.rmdir(path)
        return make()

    def _make_folder(self, folder: str) -> None:
        """Make a folder, whose own folder is mostly there, unless another process has just made it."""
        try:
            os.mkdir(folder)
        except FileExistsError:
            return
        except FileNotFoundError:
            self._make_folder(folder.rpartition("/")[0])
            self._make_folder(folder)
            return
        if self.rights.is_shared:
            self.rights.give_folder(folder)
