"""How the law tests judge: how much of it a tier does, what a tree is, and what a clean build makes of the sources.

A *census* says of everything below a folder what it is: a file with its mode and digest, a folder with its mode, a
link. Two equal censuses are two equal trees.
"""

import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory
from typing import Literal, TypeVar
from unittest import mock

from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.core.errors import NewsgenError, Problem
from newsgen.core.messages import LANGUAGES, translate_to
from newsgen.workers import pool

T = TypeVar("T")
Census = dict[str, str]
Keeping = Literal["read", "check", "keep"]
LOCK = "urls.lock"

DEEP = os.environ.get("NEWSGEN_LAW") == "deep"
"""Whether this is the deep tier: `make law`, `make crash`."""

SEED = int(os.environ.setdefault("NEWSGEN_LAW_SEED", str(SystemRandom().randrange(10**9) if DEEP else 0)))
"""What all chance in these tests comes from: 0 in the quick tier, new in every deep run unless it is given."""

NOT_SOURCES = ("build", ".newsgen")
AN_HOUR = 3600
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None  # noqa: S108
"""Where folders of tests lie: in memory where the system has such a place, so that a busy disk does not matter."""


def tier(quick: T, deep: T) -> T:
    """What the running tier takes of the two."""
    return deep if DEEP else quick


def chance(part: str) -> Random:
    """The random numbers of one part of the tests."""
    print(f"NEWSGEN_LAW_SEED={SEED}")  # noqa: T201 - shown when the test fails
    return Random(f"{SEED} {part}")  # noqa: S311


def census(folder: Path) -> Census:
    """Everything below a folder by its path in it; empty for a folder that is not there."""
    found: Census = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        mode = f"{stat.S_IMODE(status.st_mode):o}"
        if stat.S_ISREG(status.st_mode):
            said = f"file {mode} {sha256(path.read_bytes()).hexdigest()}"
        elif stat.S_ISDIR(status.st_mode):
            said = f"folder {mode}"
        else:
            said = f"link {path.readlink()}" if path.is_symlink() else "neither file nor folder"
        found[path.relative_to(folder).as_posix()] = said
    return found


def contents(found: Census) -> Census:
    """A census that does not look at modes."""
    return {path: " ".join(said.split()[::2]) for path, said in found.items()}


def differences(expected: Census, found: Census) -> dict[str, tuple[str, str]]:
    """Where two trees differ: path → what is expected there and what is found."""
    return {
        path: (expected.get(path, "nothing"), found.get(path, "nothing"))
        for path in sorted(expected.keys() | found.keys())
        if expected.get(path) != found.get(path)
    }


@dataclass(frozen=True)
class Outcome:
    """How a build ended: its exit code, all that it said, the tree after it, and urls.lock or None."""

    exit: int
    problems: tuple[str, ...]
    tree: Census
    lock: bytes | None = None


def build_here(
    site: Path, now: datetime, *, jobs: int = 1, ledger: Keeping = "read", is_guarded: bool = False
) -> Outcome:
    """Build a site's folder as it is, with what earlier builds left. A fault of newsgen's own is not caught.

    Small work is done in this process, which keeps the code of templates, or in a child where it `is_guarded`.
    """
    try:
        with mock.patch.object(pool, "GUARDS_SMALL", is_guarded):
            problems = build(BuildOptions(site, site / "build", now, jobs=jobs, addresses=ledger)).warnings
        code = 0
    except NewsgenError as error:
        problems, code = list(error.problems), error.exit_code
    return Outcome(code, tuple(sorted(map(_told, problems))), census(site / "build"), lock_of(site))


def build_clean(site: Path, now: datetime, *, jobs: int = 1) -> Outcome:
    """What a clean build makes of the same sources: copied elsewhere, with nothing that earlier builds left."""
    return build_before(site, now, lock_of(site), jobs=jobs)


def build_before(site: Path, now: datetime, lock: bytes | None, *, jobs: int = 1, ledger: Keeping = "read") -> Outcome:
    """What a clean build makes of the same sources with the urls.lock that was there before a build changed it."""
    with TemporaryDirectory(prefix="clean-", dir=IN_MEMORY) as folder:
        copied = copy_sources(site, Path(folder, "báo"))
        (copied / LOCK).unlink(missing_ok=True)
        if lock is not None:
            (copied / LOCK).write_bytes(lock)
        return build_here(copied, now, jobs=jobs, ledger=ledger)


def lock_of(site: Path) -> bytes | None:
    """The bytes of a site's urls.lock; None where it keeps none."""
    path = site / LOCK
    return path.read_bytes() if path.exists() else None


def copy_sources(site: Path, target: Path) -> Path:
    """A site's sources in another folder, with new times and modes."""
    left_out = [entry for entry in NOT_SOURCES if (site / entry).exists()]
    shutil.copytree(site, target, ignore=_ignore(site, left_out), copy_function=shutil.copyfile)
    return target


def sources(site: Path) -> dict[str, bytes]:
    """Every source of a site, as its path and bytes."""
    paths = (path for path in site.rglob("*") if path.is_file())
    found = {path.relative_to(site).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(NOT_SOURCES)}


@contextmanager
def settled_clock() -> Iterator[None]:
    """Let the clock run an hour ahead, so that no file looks as if it could still be changing.

    Whoever remembers files by their times may trust those times only when they are old enough; without this every file
    of a test is too young, and what happens to old ones would never be tried.
    """
    tell, tell_exactly = time.time, time.time_ns
    with (
        mock.patch.object(time, "time", lambda: tell() + AN_HOUR),
        mock.patch.object(time, "time_ns", lambda: tell_exactly() + AN_HOUR * 10**9),
    ):
        yield


def _told(problem: Problem) -> str:
    """A problem in each language. Where endless including ends depends on how deep the stack was before."""
    if problem.rule == "template-error" and "recursion" in problem.what:
        return f"{problem.location.path}: {problem.rule}: recursion"
    return "\n".join(problem.line(translate_to(language)) for language in LANGUAGES)


def _ignore(site: Path, names: list[str]):
    return lambda folder, _entries: names if Path(folder) == site else []
