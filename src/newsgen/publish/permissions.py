"""The permissions and the group that the files and folders of an output get.

The output's own folder keeps the permissions and the group that somebody gave it, though another takes its place in
each build. Where it has the setgid bit it is shared by its group, and everything in it gets the same group and
permissions; elsewhere the umask decides, as for every new file.
"""

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_ISGID
from typing import NamedTuple


class Permissions(NamedTuple):
    """The modes of an output's root, of the folders and of the files in it; its group where it is shared.

    `is_shared` says that the umask does not decide.
    """

    root: int
    folder: int
    file: int
    group: int = -1
    is_shared: bool = False

    def apply_to_root(self, path: Path) -> None:
        """Set the mode and the group of a tree's root, as far as the system lets this user."""
        status = path.stat()
        if self.group not in (-1, status.st_gid):
            with suppress(PermissionError):
                os.chown(path, -1, self.group)
        if S_IMODE(path.stat().st_mode) != self.root:
            path.chmod(self.root)

    def apply_to_folder(self, path: str) -> None:
        """Set the mode and the group of a folder in a tree."""
        if self.is_shared:
            with suppress(PermissionError):
                os.chown(path, -1, self.group)
        os.chmod(path, self.folder)  # noqa: PTH101 - as in trees


def read_permissions(output: Path) -> Permissions:
    """The permissions of an output, or those that a new one in its place gets."""
    mask = os.umask(0)
    os.umask(mask)
    folder, file = 0o777 & ~mask, 0o666 & ~mask
    for place in (output, output.parent):
        with suppress(FileNotFoundError):
            status = place.stat()
            root = S_IMODE(status.st_mode) if place == output else folder | status.st_mode & S_ISGID
            if not root & S_ISGID:
                return Permissions(root, folder, file)
            return Permissions(root, root | 0o700, root & 0o666 | 0o600, status.st_gid, is_shared=True)
    return Permissions(folder, folder, file)
