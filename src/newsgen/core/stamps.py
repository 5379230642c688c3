"""Stamps of files: size, times and inode, which tell a file from itself after a change without reading it."""

import os

RACY_NS = 2_000_000_000
"""How long after a change, in nanoseconds, another one may leave the same stamp: until then none is trusted."""

Stamp = tuple[int, int, int, int]
"""Size in bytes, modification and change time in nanoseconds, inode."""


def make_stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file of this status."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def read_stamp(path: str) -> Stamp | None:
    """The stamp of the file at a path; None where there is none."""
    try:
        return make_stamp(os.stat(path))  # noqa: PTH116 - a Path for each of an archive's files costs more than the look
    except OSError:
        return None


def encode_if_settled(seen: Stamp | None, now: int) -> str:
    """A stamp as text; "" of a file that is gone, or changed too lately before `now` (nanoseconds) to be trusted."""
    if seen is None or max(seen[1], seen[2]) > now - RACY_NS:
        return ""
    return ":".join(map(str, seen))
