"""`newsgen build --verify`: compares an output with a clean build of the same sources in another folder."""

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
"""How many characters of a line are shown."""


def verify(options: BuildOptions, progress: Progress = quiet) -> tuple[Problem, ...]:
    """Build the site again, clean, into a temporary folder; gives a problem of the first output that differs.

    Raises:
        ConfigError, ContentError, MachineError: as a build does.
    """
    with TemporaryDirectory(prefix="newsgen-verify-") as folder:
        aside = Path(folder, options.output.name)
        build(replace(options, output=aside, clean=True, profile=False, addresses="read"), progress)
        differing = sorted(_find_differences(options.output, aside), key=lambda output: (output == BUILD_INFO, output))
        return (_describe_first(options, aside, differing[0], len(differing)),) if differing else ()


def _find_differences(left: Path, right: Path) -> Iterator[str]:
    """The paths of the files that only one of two folders has, or that differ."""
    here, there = _list_files(left), _list_files(right)
    yield from here ^ there
    _, other, unread = filecmp.cmpfiles(left, right, here & there, shallow=False)
    yield from (*other, *unread)


def _list_files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _describe_first(options: BuildOptions, aside: Path, output: str, count: int) -> Problem:
    """The problem of the first output that differs, at the source of its page."""
    traces = load(Traces, find_state_folder(options.site, options.output) / "traces")
    entry = traces.entries.get(output) if traces is not None else None
    shown = entry.source if entry is not None else ""
    place = Location(shown or os.path.relpath(options.output / output, options.site))
    values = {"output": output, "how": _describe_difference(options.output / output, aside / output), "count": count}
    what = say("a clean build of the same files makes another {output}: {how}", **values)
    if count > 1:
        what = say("a clean build of the same files makes {count} other files, the first is {output}: {how}", **values)
    fix = say("let no template, extension or plugin depend on time, chance or the net; then `newsgen build --clean`")
    return Problem(place, "not-repeatable", what, fix)


def _describe_difference(published: Path, clean: Path) -> Message:
    """The first line in which two files differ, in words."""
    if not clean.is_file():
        return say("it makes none")
    if not published.is_file():
        return say("it is not there")
    lines = [path.read_bytes().splitlines() for path in (published, clean)]
    for number, (here, there) in enumerate(zip_longest(*lines, fillvalue=b""), 1):
        if here != there:
            values = {"here": _excerpt(here, there), "there": _excerpt(there, here)}
            return say("line {number} is “{here}”, and “{there}” in the clean build", number=number, **values)
    return say("the ends of its lines are others")


def _excerpt(line: bytes, other: bytes) -> str:
    """A part of a line, from a little before the first difference from another."""
    same = next((at for at, pair in enumerate(zip(line, other, strict=False)) if pair[0] != pair[1]), 0)
    at = max(same - SHOWN // 4, 0)
    return line[at : at + SHOWN].decode("utf-8", "replace").strip()
