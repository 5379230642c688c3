"""Stamps of files: size, times and inode, by which a change is noticed without reading the file."""

import os

RACY_NS = 2_000_000_000
"""Nanoseconds after a change in which another one may leave the same stamp."""

Stamp = tuple[int, int, int, int]
"""Size in bytes, modification and change time in nanoseconds, inode."""


def make_stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file with this status."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def read_stamp(path: str) -> Stamp | None:
    """The stamp of the file at a path; None where there is none."""
    try:
        return make_stamp(os.stat(path))  # noqa: PTH116 - for each file of an archive a Path costs more than the call
    except OSError:
        return None


def encode_if_settled(seen: Stamp | None, now: int) -> str:
    """A stamp as text; "" for a missing file, or one changed too shortly before `now` (nanoseconds) to be trusted."""
    if seen is None or not is_settled(max(seen[1], seen[2]), now):
        return ""
    return ":".join(map(str, seen))


def is_settled(changed: int, now: int) -> bool:
    """Whether a change lies so long before `now`, both in nanoseconds, that another one has left another stamp."""
    return changed <= now - RACY_NS
