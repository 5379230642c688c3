"""The files of a tree: the live one that readers see, and the staged one that will replace it.

What newsgen put there stands in the record of both trees; `Tree.changes` says what differs from it.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from newsgen.core.stamps import Stamp, make_stamp
from newsgen.core.urls import NotAnOutput, Output, as_output, leads_out
from newsgen.publish.file_record import file_in, has_digest, make_file
from newsgen.publish.looking import Scan
from newsgen.publish.permissions import Permissions, read_permissions
from newsgen.publish.tree_record import TreeRecord

Made = TypeVar("Made")


class Tree:
    """A folder and its files: those of the record, one of whose two trees it is (`side`), but for `changes`.

    `changes` has the outputs that a `Scan` found to differ, or that were put here since: each as its file now (see
    file_record), None where there is none that newsgen knows. `foreign` is what newsgen did not put there.
    """

    def __init__(
        self, folder: Path, permissions: Permissions | None = None, record: TreeRecord | None = None, side: int = 0
    ) -> None:
        self.folder, self.permissions = folder, permissions or read_permissions(folder)
        self.record, self.side = record, side
        self.changes: dict[str, bytes | None] = {}
        self.foreign: list[str] = []

    def take_over(self, scan: Scan) -> None:
        """Take over what a scan of the folder found."""
        self.changes, self.foreign = scan.changes, scan.foreign
        if not scan.is_there:
            self.record, self.changes = None, {}

    @property
    def is_whole(self) -> bool:
        """Whether nothing is foreign, and no file of the record missing."""
        return self.record is not None and not self.foreign and all(self.changes.values())

    def find(self, output: str) -> bytes | None:
        """The file at an output, if newsgen put it there."""
        if output in self.changes or self.record is None:
            return self.changes.get(output)
        row = self.record.find(output)
        return None if row is None else file_in(row, self.side)

    def has(self, output: str, made: str) -> bool:
        """Whether newsgen put a file of this digest at `output`."""
        return has_digest(self.find(output), made)

    def write(self, output: Output, data: bytes, made: str) -> Stamp:
        """Write a file of this digest, never into one that another tree shares; its stamp.

        Raises:
            NotAnOutput: when the path does not name a file below the tree's folder.
        """
        found = self.write_bytes(output, data)
        self.take(output, made, found)
        return found

    def take(self, output: str, made: str, stamp: Stamp) -> None:
        """Take note of a file with this digest and stamp, which another process wrote here."""
        self.changes[output] = make_file(made, stamp)

    def write_bytes(self, output: Output, data: bytes) -> Stamp:
        """As `write`, of a file of which no note is taken here."""
        path = self.locate(as_output(output))  # checked again here, whatever the caller's types say
        descriptor = self.make_at(path, lambda: os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            if self.permissions.is_shared:
                os.fchmod(descriptor, self.permissions.file)
            return make_stamp(os.fstat(descriptor))
        finally:
            os.close(descriptor)

    def remove(self, output: str) -> None:
        """Remove a file or an empty folder ("a/"), and the folders left empty; a full one gets its permissions."""
        path = self.locate(output)
        with suppress(FileNotFoundError):
            if not output.endswith("/"):
                os.unlink(path)
            elif os.listdir(path):
                self.permissions.apply_to_folder(path)
                return
            else:
                os.rmdir(path)
        if self.find(output) is not None:
            self.changes[output] = None
        above = output.rstrip("/").rpartition("/")[0]
        while above:
            try:
                os.rmdir(self.locate(above))
            except OSError:
                break
            above = above.rpartition("/")[0]

    def locate(self, output: str) -> str:
        """Where an output lies on the disk.

        Raises:
            NotAnOutput: for a path that leads out of the tree, whoever asks.
        """
        if leads_out(output):
            raise NotAnOutput(output)
        return f"{self.folder}/{output}"

    def make_at(self, path: str, make: Callable[[], Made]) -> Made:
        """Make a file at a path, after its folder, or after what stands there is gone, where that is needed."""
        try:
            return make()
        except FileNotFoundError:
            self.make_folder(path.rpartition("/")[0])
        except FileExistsError:
            try:
                os.unlink(path)
            except (IsADirectoryError, PermissionError):
                os.rmdir(path)
        return make()

    def make_folder(self, folder: str) -> None:
        """Make a folder, whose own folder is mostly there, unless another process has just made it."""
        try:
            os.mkdir(folder)
        except FileExistsError:
            return
        except FileNotFoundError:
            self.make_folder(folder.rpartition("/")[0])
            self.make_folder(folder)
            return
        if self.permissions.is_shared:
            self.permissions.apply_to_folder(folder)
