"""Every system call by which a build touches its output and its memory; builds that fail at one of them (strace)."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from build_processes import AT
from clean_builds import DEEP
from papers import clean_environment

RENAMES = ("rename", "renameat", "renameat2")
CALLS = (*RENAMES, "link", "linkat", "unlink", "unlinkat", "openat", "write", "mkdir", "mkdirat", "rmdir", "ftruncate")
CALLS_AT_DISK = (*CALLS, "pwrite64", "copy_file_range", "sendfile", "fsync", "fdatasync", "syncfs", "chmod", "fchmod")
IN_ONE = "from newsgen.workers import pool; pool.GUARDS_SMALL = False; from newsgen.cli import main; main()"
"""A build in one process: strace counts each process's calls apart, and a fault meets whichever comes first."""

LINE = re.compile(r"^(\d+)\s+(\w+)\((.*)$")


class Point(NamedTuple):
    """The `number`th call of a name in a process, and what it was about."""

    call: str
    number: int
    about: str


def need_strace() -> None:
    """Skip where strace cannot work; in the deep tier it must."""
    works = shutil.which("strace") and not _strace("-e", "trace=none", "true").returncode
    if not works and DEEP:
        pytest.fail("the deep tier needs strace, and the right to trace")
    if not works:
        pytest.skip("strace is not here")


def points(site: Path) -> list[Point]:
    """Build once, and tell each call that names the output or what lies beside it."""
    log = site.parent / "strace.log"
    done = _build(site, "-y", "-o", str(log), "-e", f"trace={_known(CALLS_AT_DISK)}")
    assert 0 == done.returncode, done.stderr
    counts: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, int], Point] = {}
    places = (f"{site}/build", f"{site}/.")
    for line in log.read_text("utf-8", "replace").splitlines():
        match = LINE.match(line)
        if match is None:
            continue
        process, call, about = match.groups()
        counts[process, call] += 1
        if any(place in about for place in places):
            number = counts[process, call]
            found.setdefault((call, number), Point(call, number, about.replace(str(site), "")[:100]))
    return list(found.values())


def until_published(found: list[Point]) -> list[Point]:
    """The points up to the last renaming: after it the tree is the new one, and only leftovers are removed."""
    last = max(index for index, point in enumerate(found) if point.call in RENAMES)
    return found[: last + 1]


def build_with(site: Path, point: Point, fault: str) -> subprocess.CompletedProcess[str]:
    """Build with a fault at one call: `signal=SIGKILL` or `error=ENOSPC`.

    Without --seccomp-bpf, with which strace 6.1 kills nobody.
    """
    inject = f"inject={point.call}:{fault}:when={point.number}"
    return _build(site, "-o", "/dev/null", "-e", f"trace={point.call}", "-e", inject)


def _build(site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-B", "-c", IN_ONE, "build", "--site", str(site), *AT, "--jobs", "2")
    return _strace("-f", *options, *command)


def _strace(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["strace", *arguments],
        env={**clean_environment(), "PYTHONHASHSEED": "0"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _known(calls: tuple[str, ...]) -> str:
    """The calls with a `?` each, so that one that this processor lacks is no error."""
    return ",".join(f"?{call}" for call in calls)
