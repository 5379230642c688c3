"""Who may do what with an output: the permissions and the group that its files and folders get.

The output's own folder keeps the permissions and the group that somebody gave it, though another takes its place in
each build. Where it has the setgid bit it is shared by its group, and all in it has the same rights as the folder;
elsewhere the umask decides, as for every new file.
"""

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_ISGID
from typing import NamedTuple


class Rights(NamedTuple):
    """The permissions of an output's root, of the folders and of the files in it; its group where it is shared.

    `is_shared` says that the umask does not decide.
    """

    root: int
    folder: int
    file: int
    group: int = -1
    is_shared: bool = False

    def give_root(self, path: Path) -> None:
        """Give the root of a tree its permissions and its group, as far as the system lets this user."""
        status = path.stat()
        if self.group not in (-1, status.st_gid):
            with suppress(PermissionError):
                os.chown(path, -1, self.group)
        if S_IMODE(path.stat().st_mode) != self.root:
            path.chmod(self.root)

    def give_folder(self, path: str) -> None:
        """Give a folder in a tree its permissions and its group."""
        if self.is_shared:
            with suppress(PermissionError):
                os.chown(path, -1, self.group)
        os.chmod(path, self.folder)  # noqa: PTH101 - as in trees


def rights_of(output: Path) -> Rights:
    """The rights of an output that is there, or that a new one in its place gets."""
    folder, file = _permitted(0o777), _permitted(0o666)
    for place in (output, output.parent):
        with suppress(FileNotFoundError):
            status = place.stat()
            root = S_IMODE(status.st_mode) if place == output else folder | status.st_mode & S_ISGID
            if not root & S_ISGID:
                return Rights(root, folder, file)
            return Rights(root, root | 0o700, root & 0o666 | 0o600, status.st_gid, is_shared=True)
    return Rights(folder, folder, file)


def _permitted(mode: int) -> int:
    """The permissions that a new file or folder gets here."""
    mask = os.umask(0)
    os.umask(mask)
    return mode & ~mask
