"""`newsgen build --verify`: hold what a build left to a clean build of the same sources, made aside."""

import filecmp
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgen.build.options import BuildOptions, Progress, quiet
from newsgen.build.pipeline import build
from newsgen.build.traces import Traces
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.sealed import load
from newsgen.publish.build_info import BUILD_INFO
from newsgen.publish.publication import find_state_folder

SHOWN = 80
"""Characters of a line that are told."""


def verify(options: BuildOptions, progress: Progress = quiet) -> tuple[Problem, ...]:
    """Build the site again, clean, into a folder that is gone afterwards; the first output that differs, if one does.

    Raises:
        ConfigError, ContentError, MachineError: as a build does.
    """
    with TemporaryDirectory(prefix="newsgen-verify-") as folder:
        aside = Path(folder, options.output.name)
        build(replace(options, output=aside, clean=True, profile=False, ledger="read"), progress)
        differing = sorted(_differing(options.output, aside), key=lambda output: (output == BUILD_INFO, output))
        return (_problem(options, aside, differing[0], len(differing)),) if differing else ()


def _differing(left: Path, right: Path) -> Iterator[str]:
    """The paths of the files that only one of two folders has, or that have other bytes in them."""
    here, there = _files(left), _files(right)
    yield from here ^ there
    _, other, unread = filecmp.cmpfiles(left, right, here & there, shallow=False)
    yield from (*other, *unread)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _problem(options: BuildOptions, aside: Path, output: str, count: int) -> Problem:
    """What is told of the first output that differs, at the file that its page shows."""
    traces = load(Traces, find_state_folder(options.site, options.output) / "traces")
    entry = traces.entries.get(output) if traces is not None else None
    shown = entry.source if entry is not None else ""
    place = Location(shown or os.path.relpath(options.output / output, options.site))
    values = {"output": output, "how": _how(options.output / output, aside / output), "count": count}
    what = say("a clean build of the same files makes another {output}: {how}", **values)
    if count > 1:
        what = say("a clean build of the same files makes {count} other files, the first is {output}: {how}", **values)
    fix = say("let no template, extension or plugin depend on time, chance or the net; then `newsgen build --clean`")
    return Problem(place, "not-repeatable", what, fix)


def _how(published: Path, clean: Path) -> Message:
    """The first line in which two files differ, in words."""
    if not clean.is_file():
        return say("it makes none")
    if not published.is_file():
        return say("it is not there")
    lines = [path.read_bytes().splitlines() for path in (published, clean)]
    for number, (here, there) in enumerate(zip_longest(*lines, fillvalue=b""), 1):
        if here != there:
            values = {"here": _shown(here, there), "there": _shown(there, here)}
            return say("line {number} is “{here}”, and “{there}” in the clean build", number=number, **values)
    return say("the ends of its lines are others")


def _shown(line: bytes, other: bytes) -> str:
    """A part of a line, from a little before where another one begins to differ."""
    same = next((at for at, pair in enumerate(zip(line, other, strict=False)) if pair[0] != pair[1]), 0)
    at = max(same - SHOWN // 4, 0)
    return line[at : at + SHOWN].decode("utf-8", "replace").strip()
