"""One run of a command, measured: seconds, processor seconds, memory, files written."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.02
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run cost. `cpu` is of all processes together; `largest` is the peak MB of the largest one.

    `together` is the peak MB of all processes at one time, a page that they share counted once, and never less than
    `largest`, for a page may be shared with strangers too; None where it was not watched or the system does not tell.
    """

    wall: float
    cpu: float
    largest: float
    together: float | None = None


class CommandFailed(Exception):
    """A generator did not end well; the message holds the end of what it printed."""


def measure(
    command: list[str], site: Path, env: Mapping[str, str], *, watched: bool = False, every: float = EVERY
) -> Run:
    """Run a command in a folder; a `watched` one's memory is looked at `every` so many seconds.

    Looking at the memory often slows a run down, so the seconds of such a run are not to be used.

    Raises:
        CommandFailed: when its status is not 0.
    """
    log = site.with_suffix(".log")
    os.sync()  # what an earlier run left to be written is not this one's work
    with log.open("wb") as file:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=site, env=dict(env), stdout=file, stderr=file, start_new_session=True)
        watch = _Watch(process.pid, every) if watched and sys.platform == "linux" else None
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:  # an interrupted comparison leaves nothing running
            os.killpg(process.pid, signal.SIGKILL)
            raise
        wall = time.perf_counter() - start
    together = watch.stop() if watch else None
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise CommandFailed(f"{site.name}: status {process.returncode}\n{log.read_text('utf-8', 'replace')[-3000:]}")
    largest = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    return Run(wall, usage.ru_utime + usage.ru_stime, largest, max(largest, together) if together else None)


class _Watch:
    """Adds up the memory of a session's processes, again and again, in a thread of its own."""

    def __init__(self, session: int, every: float) -> None:
        self._session, self._every = session, every
        self._peak, self._ended = 0, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The peak in MB."""
        self._ended.set()
        self._thread.join()
        return self._peak / 1024

    def _run(self) -> None:
        while not self._ended.wait(self._every):
            self._peak = max(self._peak, sum(_kilobytes(pid) for pid in _session(self._session)))


def _session(leader: int) -> list[str]:
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            try:
                # After the name, which may hold blanks: state, parent, group, session.
                fields = Path(entry.path, "stat").read_text("ascii", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            if fields[3] == str(leader):
                found.append(entry.name)
    return found


def _kilobytes(pid: str) -> int:
    """A process's share of the memory: a page that three processes have is a third of a page in each."""
    try:
        for line in Path("/proc", pid, "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


Snapshot = dict[str, tuple[int, int]]


def snapshot(folder: Path) -> Snapshot:
    """Which file is which, and when it was written: path → (inode, nanoseconds)."""
    found: Snapshot = {}
    for root, _folders, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)  # noqa: PTH118 - a hundred thousand Paths take as long as a build
            facts = os.stat(path)  # noqa: PTH116
            found[path] = (facts.st_ino, facts.st_mtime_ns)
    return found


def written(before: Snapshot, after: Snapshot) -> int:
    """How many files were written, whether their bytes changed or not."""
    return sum(before.get(path) != facts for path, facts in after.items())
