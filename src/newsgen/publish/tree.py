"""The files of a tree: the live one that readers see, and the staged one that will replace it.

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

from newsgen.core.digests import hash_bytes
from newsgen.core.stamps import Stamp, make_stamp
from newsgen.core.urls import NotAnOutput, Output, as_output, leads_out
from newsgen.publish.build_info import BUILD_INFO, digest_tree
from newsgen.publish.permissions import Permissions, read_permissions

Files = dict[str, tuple[str, Stamp]]
Made = TypeVar("Made")


class Manifest(msgspec.Struct):
    """The files of one tree: output → digest and stamp."""

    files: Files = {}


class Scan(NamedTuple):
    """What is in a tree's folder: `files` of newsgen, None for all that the manifest has, each as it is there.

    `foreign` are files that newsgen did not put there, and folders ("a/") that are empty or lack their permissions.
    """

    files: Files | None
    foreign: list[str]


def scan_folder(folder: Path, recorded: Files, permissions: Permissions) -> Scan:
    """Look at every entry of a folder, and read the files whose stamps are not the recorded ones."""
    files: Files = {}
    foreign: list[str] = []
    file_mode, folder_mode, group = S_IFREG | permissions.file, S_IFDIR | permissions.folder, permissions.group
    pending = [("", str(folder), True)] if folder.is_dir() else []
    while pending:  # an archive has many files: what is done for each is kept short
        above, place, is_permitted = pending.pop()
        is_empty = True
        with os.scandir(place) as entries:
            for entry in entries:
                is_empty, output, status = False, above + entry.name, entry.stat(follow_symlinks=False)
                mode, is_in_group = status.st_mode, group in (-1, status.st_gid)
                if mode == file_mode and is_in_group:
                    file = _check_file(entry.path, make_stamp(status), recorded.get(output))
                    if file is not None:
                        files[output] = file
                    elif output != BUILD_INFO:
                        foreign.append(output)
                elif S_ISDIR(mode):
                    pending.append((f"{output}/", entry.path, mode == folder_mode and is_in_group))
                else:
                    foreign.append(output)
        if above and (is_empty or not is_permitted):
            foreign.append(above)
    return Scan(files if files != recorded else None, foreign)


def _check_file(path: str, seen: Stamp, recorded: tuple[str, Stamp] | None) -> tuple[str, Stamp] | None:
    """The record of a file with the stamp that it has now; None where its bytes are not the recorded ones."""
    if recorded is None or recorded[1] == seen:
        return recorded
    return (recorded[0], seen) if hash_bytes(Path(path).read_bytes()) == recorded[0] else None


class Tree:
    """A folder and its files (output → digest and stamp), as a `Scan` found them or `write` put them there.

    `is_whole` says that nothing was foreign, and no file of the manifest missing.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, permissions: Permissions | None = None, scan: Scan | None = None
    ) -> None:
        self.folder, self.permissions = folder, permissions or read_permissions(folder)
        self._root = f"{folder}/"
        files, self.foreign = scan or scan_folder(folder, manifest.files, self.permissions)
        self.files = manifest.files.copy() if files is None else files
        self.is_whole = not self.foreign and len(self.files) == len(manifest.files)

    def has(self, output: str, made: str) -> bool:
        """Whether newsgen put a file of this digest at `output`."""
        return output in self.files and self.files[output][0] == made

    def holds(self, output: str, made: str) -> bool:
        """Whether a file of this digest is at `output`, though newsgen may not know that it put it there."""
        if self.has(output, made):
            return True
        path = self.folder / output
        return path.is_file() and hash_bytes(path.read_bytes()) == made

    def digest(self) -> str:
        """The digest that belongs in the tree's newsgen.json."""
        return digest_tree((output, made) for output, (made, _) in self.files.items())

    def write(self, output: Output, data: bytes, made: str) -> Stamp:
        """Write a file, never into one that another tree shares; its stamp.

        Raises:
            NotAnOutput: when the path does not name a file below the tree's folder.
        """
        path = self._path(as_output(output))  # checked again here, whatever the caller's types say
        descriptor = self._make_at(path, lambda: os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            if self.permissions.is_shared:
                os.fchmod(descriptor, self.permissions.file)
            found = make_stamp(os.fstat(descriptor))
        finally:
            os.close(descriptor)
        self.files[output] = (made, found)
        return found

    def link_from(self, output: str, other: "Tree") -> None:
        """Link to the other tree's file, or copy it where the file system has no hard links."""
        made, path, source = other.files[output][0], self._path(output), other._path(output)
        try:
            self._make_at(path, lambda: os.link(source, path))
        except OSError:
            self.write(as_output(output), Path(source).read_bytes(), made)
            return
        self.files[output] = other.files[output] = (made, make_stamp(os.stat(path)))

    def refresh_stamps(self, other: "Tree") -> bool:
        """Update the stamps of files that the other tree no longer shares; whether any has changed.

        One link less changes nothing but the change time; a file of which more is different is read at the next scan.
        """
        has_changed = False
        for output, (made, recorded) in self.files.items():
            if output not in other.files or other.files[output][1][3] != recorded[3]:
                try:
                    now = make_stamp(os.stat(self._path(output)))
                except FileNotFoundError:
                    continue
                if now != recorded and (now[:2], now[3]) == (recorded[:2], recorded[3]):
                    self.files[output] = (made, now)
                    has_changed = True
        return has_changed

    def remove(self, output: str) -> None:
        """Remove a file or an empty folder ("a/"), and the folders left empty; a full one gets its permissions."""
        path = self._path(output)
        with suppress(FileNotFoundError):
            if not output.endswith("/"):
                os.unlink(path)
            elif os.listdir(path):
                self.permissions.apply_to_folder(path)
                return
            else:
                os.rmdir(path)
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

    def _make_at(self, path: str, make: Callable[[], Made]) -> Made:
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
        if self.permissions.is_shared:
            self.permissions.apply_to_folder(folder)
