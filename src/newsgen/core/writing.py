"""Write files whole or not at all, and never through a link.

They are written beside their place and renamed, so that a reader, or the run after a killed one, finds the old file or
the new one.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

BESIDE = ".part"
"""The ending of a file that is still being written."""

STANDARD_OUTPUT = Path("-")
"""The file of an option that means standard output."""


def replace_file(path: Path, data: bytes, *, lasting: bool = False) -> None:
    """Replace the file at a path by these bytes in one step; a `lasting` one is on the disk when this returns.

    Raises:
        OSError: when the machine refuses it; the file stays as it was.
    """
    part = path.with_name(f".{path.name.removeprefix('.')}{BESIDE}")
    _write_new(part, data, lasting=lasting)
    try:
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def create_file(path: Path, data: bytes) -> None:
    """Write a file that does not exist yet.

    Raises:
        FileExistsError: when something has that name; it stays as it was.
        OSError: when the machine refuses it; then nothing has that name.
    """
    part = path.with_name(f".{path.name}{BESIDE}")
    _write_new(part, data)
    try:
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if os.path.lexists(path):
                raise FileExistsError(str(path)) from None
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def clear_place(path: Path) -> None:
    """Remove a link or a folder from the path of a file. What a link leads to stays."""
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)


def _write_new(path: Path, data: bytes, *, lasting: bool = False) -> None:
    """Write a new file; what an earlier run left there is removed."""
    clear_place(path)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            if lasting:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
