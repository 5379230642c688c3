"""Captions of films and transcripts (WebVTT, W3C): whether browsers show each of their cues, and where they do not."""

import re
from collections.abc import Iterator
from itertools import islice

from newsgen.core.errors import Edit, Location, Problem
from newsgen.core.messages import Message, say

MOST_TOLD = 10
"""How many faults are told of a file."""

SAMPLE = "00:01.000 --> 00:04.000"
_HEAD = re.compile(r"WEBVTT(?:[ \t].*)?")
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?", re.ASCII)
_MEANT_TIME = r"(?:(\d+)\s*:\s*)?(\d{1,2})\s*:\s*(\d{1,2})(?:\s*[.,]\s*(\d{1,3}))?"
_MEANT = re.compile(rf"\s*{_MEANT_TIME}\s*(?:-+>|–+>|—+>|→)\s*{_MEANT_TIME}(\s.*)?", re.ASCII)
"""Times as other programs and people type them: SubRip has a comma before thousandths."""

_ARROW = "-->"
_NOTES = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
"""The first lines of blocks that are no cues."""

Line = tuple[int, str]
"""A line with its number, from 1."""


def find_caption_faults(text: str, source: str) -> list[Problem]:
    """What keeps browsers from showing all captions of a text, in its order. Lines end in LF."""
    return list(islice(_find_faults(text, source), MOST_TOLD))


def _find_faults(text: str, source: str) -> Iterator[Problem]:
    lines, began = text.split("\n"), 0
    if not (has_head := _HEAD.fullmatch(lines[0]) is not None):
        yield _report_head(lines[0], source)
        has_head = _is_meant_as_head(lines[0])
    for at, block in enumerate(_split(lines)):
        if at == 0 and has_head:
            yield from _check_head(block, source)
        elif not _NOTES.fullmatch(block[0][1]):
            fault, began = _check_cue(block, source, began)
            yield from fault


def _is_meant_as_head(line: str) -> bool:
    return line.strip().casefold().startswith("webvtt")


def _report_head(line: str, source: str) -> Problem:
    """The problem of a text that does not begin as captions do."""
    what = say("captions begin with the line `{head}`", head="WEBVTT")
    if _is_meant_as_head(line):
        edit = Edit(1, 1, 1, len(line) + 1, "WEBVTT")
        return _report(Location(source, 1, 1), what, say("write `{name}`", name="WEBVTT"), edit)
    fix = say("write `{head}` and an empty line above it", head="WEBVTT")
    return _report(Location(source, 1, 1), what, fix, Edit(1, 1, 1, 1, "WEBVTT\n\n"))


def _report(place: Location, what: Message, fix: Message, *edits: Edit) -> Problem:
    return Problem(place, "bad-captions", what, fix, edits=edits)


def _split(lines: list[str]) -> Iterator[list[Line]]:
    """The blocks of a text, which empty lines part. A line of spaces is none, as browsers read it."""
    block: list[Line] = []
    for number, line in enumerate(lines, 1):
        if line:
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _check_head(block: list[Line], source: str) -> Iterator[Problem]:
    """A head in which a cue stands."""
    for number, line in block[1:]:
        if _ARROW in line:
            what, fix = say("no empty line stands before the first captions"), say("write an empty line before it")
            yield _report(Location(source, number, 1), what, fix, Edit(number, 1, number, 1, "\n"))
            return


def _check_cue(block: list[Line], source: str, began: int) -> tuple[list[Problem], int]:
    """What is wrong with a cue, and when it begins, in thousandths of a second; `began` is when that before it does."""
    at = next((at for at, (_, line) in enumerate(block[:2]) if _MEANT.fullmatch(line) or _ARROW in line), None)
    if at is None:
        number, line = block[0]
        what = say("browsers do not show “{text}”: no times stand above it", text=line.strip()[:40])
        fix = say("write its times above it, such as `{sample}`, or delete the empty line before it", sample=SAMPLE)
        return [_report(Location(source, number, 1), what, fix)], began
    number, line = block[at]
    place = Location(source, number, 1)
    found = _TIMES.fullmatch(line)
    if found is None:
        return [_report_times(place, line)], began
    start, end = _count(found.groups()[:4]), _count(found.groups()[4:])
    if end <= start:
        what = say("these captions end before they begin")
        return [_report(place, what, say("write an end that is later than `{start}`", start=line.split()[0]))], start
    if start < began:
        what = say("these captions begin before those above them")
        return [_report(place, what, say("put captions into the order in which they begin"))], began
    for below, words in block[at + 1 :]:
        if _ARROW in words:
            what, fix = say("no empty line stands before these captions"), say("write an empty line before it")
            edit = Edit(below, 1, below, 1, "\n")
            return [_report(Location(source, below, 1), what, fix, edit)], start
    return [], start


def _report_times(place: Location, line: str) -> Problem:
    """The problem of times that browsers do not read, with the line to write where it is known."""
    what = say("“{text}” are no times of captions", text=line.strip()[:60])
    meant = _MEANT.fullmatch(line)
    better = (
        f"{_write(meant.groups()[:4])} --> {_write(meant.groups()[4:8])}{(meant[9] or '').rstrip()}" if meant else ""
    )
    if not _TIMES.fullmatch(better):
        return _report(place, what, say("write them as `{sample}`", sample=SAMPLE))
    edit = Edit(place.line or 1, 1, place.line or 1, len(line) + 1, better)
    return _report(place, what, say("write `{name}`", name=better), edit)


def _write(parts: tuple[str | None, ...]) -> str:
    """A time of these hours, minutes, seconds and thousandths as WebVTT has it."""
    hours, minutes, seconds, rest = parts
    head = f"{int(hours):02}:" if hours else ""
    return f"{head}{int(minutes or 0):02}:{int(seconds or 0):02}.{(rest or '').ljust(3, '0')}"


def _count(parts: tuple[str | None, ...]) -> int:
    """Thousandths of a second."""
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
