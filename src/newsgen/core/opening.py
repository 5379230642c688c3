"""Files of a site are opened only inside it: what was opened is looked at, and not the name that was asked for.

A walk refuses links that leave the site (`link-outside`). Between that look and the reading somebody may put such a
link in a file's place, or in that of a folder above it; then the file that is open tells where it lies.
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
"""How many folders deep a file of a site may lie below one of its own folders."""

OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How files are opened: without waiting for a pipe's other end, which a link may lead to as well."""


class OutsideSite(OSError):
    """The name of a file of the site leads to something else: out of it, to a hidden file, or to what is no file."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.ELOOP, "its name leads out of the site, or to no file", path)

    def __reduce__(self) -> tuple[type["OutsideSite"], tuple[str]]:
        return OutsideSite, (self.filename,)


def open_inside(site: Path, path: Path) -> BinaryIO:
    """The file at `path`, opened for reading; the caller closes it.

    Raises:
        OutsideSite: when the file that is open then lies elsewhere than in `site`.
        OSError: when there is none.
    """
    descriptor, _ = open_descriptor(site, str(path))
    try:
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def open_descriptor(site: Path, path: str) -> tuple[int, os.stat_result]:
    """The same as a bare descriptor, with its status: for articles, of which there are many."""
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
    """Whether a file or folder of this name is hidden, an editor's backup or a key, and so never published."""
    hidden = name.startswith((".", "#")) and name != ".well-known"
    known = name in ("Thumbs.db", "desktop.ini") or name in KEYS
    return hidden or known or name.casefold().endswith((*PRIVATE_ENDINGS, *KEY_ENDINGS))


def is_inside(path: str, site: str) -> bool:
    """Whether a real path lies in the site, and none of its steps below it is private."""
    real = Path(path)
    return real.is_relative_to(site) and not any(map(is_private, real.relative_to(site).parts))


def is_loop(path: str) -> bool:
    """Whether the name is of links that lead back to each other, and so to nothing."""
    try:
        os.stat(path)  # noqa: PTH116 - as above
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def _lies_inside(descriptor: int, site: Path, path: str) -> bool:
    place = _find_path(descriptor)
    if place == path:  # no link on the way to it
        return True
    real_site = os.path.realpath(site)
    if place and is_inside(place, real_site):
        return True
    real = os.path.realpath(path)
    return is_inside(real, real_site) and os.path.samestat(Path(real).stat(), os.fstat(descriptor))


def _find_path(descriptor: int) -> str:
    """Where the open file lies, "" where the system does not say."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 - pathlib takes three times as long
    except OSError:
        return ""
