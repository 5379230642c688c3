"""Open files only inside a site: the open file is checked, not its path.

A walk refuses links that leave the site (`link-outside`). Between the walk and the reading somebody may put such a link
in the place of a file or of a folder above it; so the path of the open descriptor is checked.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

PRIVATE_ENDINGS = ("~", ".swp", ".swo", ".bak", ".orig", ".tmp", ".env")
KEY_ENDINGS = (".pem", ".key", ".p12", ".pfx", ".ppk", ".jks", ".keystore", ".kdbx")
KEYS = ("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519")

MAX_FOLDERS = 64
"""How many folders deep a file may lie below a folder of the site."""

OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How files are opened: without waiting for the other end of a pipe, to which a link may lead."""


class OutsideSite(OSError):
    """The path of a file in the site leads elsewhere: out of the site, to a hidden file, or to no regular file."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.ELOOP, "its name leads out of the site, or to no file", path)

    def __reduce__(self) -> tuple[type["OutsideSite"], tuple[str]]:
        return OutsideSite, (self.filename,)


def open_inside(site: Path, path: Path) -> BinaryIO:
    """The file at `path`, opened for reading; the caller closes it.

    Raises:
        OutsideSite: when the open file does not lie in `site`.
        OSError: when there is none.
    """
    return open(path, "rb", opener=lambda name, _flags: open_descriptor(site, name)[0])


def open_descriptor(site: Path, path: str) -> tuple[int, os.stat_result]:
    """The same as a bare descriptor with its status, which is faster for the many articles."""
    descriptor = os.open(path, OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or not _lies_inside(descriptor, site, path):
            raise OutsideSite(path)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, status


def read_inside(site: Path, path: Path) -> bytes:
    """The bytes of the file at `path`.

    Raises:
        OutsideSite, OSError: as `open_inside` does.
    """
    with open_inside(site, path) as file:
        return file.read()


def is_private(name: str) -> bool:
    """Whether a file or folder of this name is hidden, a backup or a key, and so never published."""
    hidden = name.startswith((".", "#")) and name != ".well-known"
    known = name in ("Thumbs.db", "desktop.ini") or name in KEYS
    return hidden or known or name.casefold().endswith((*PRIVATE_ENDINGS, *KEY_ENDINGS))


def is_inside(path: str, site: str) -> bool:
    """Whether a real path lies in the site, with no private step below it."""
    real = Path(path)
    return real.is_relative_to(site) and not any(map(is_private, real.relative_to(site).parts))


def is_loop(path: str) -> bool:
    """Whether a path leads to links that lead back to each other, and so to nothing."""
    try:
        os.stat(path)  # noqa: PTH116 - the walk has the path as a text
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def _lies_inside(descriptor: int, site: Path, path: str) -> bool:
    open_path = _find_path(descriptor)
    if open_path == path:  # no link on the way to it
        return True
    real_site = os.path.realpath(site)
    if open_path and is_inside(open_path, real_site):
        return True
    real = os.path.realpath(path)
    return is_inside(real, real_site) and os.path.samestat(Path(real).stat(), os.fstat(descriptor))


def _find_path(descriptor: int) -> str:
    """The path of the open file, "" where the system does not say."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 - pathlib takes three times as long
    except OSError:
        return ""
