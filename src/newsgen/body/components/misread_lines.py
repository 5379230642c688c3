"""Lines that were meant to begin or end a block and do not: each with how it has to be written."""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

import msgspec

from newsgen.body.components.blocks import SIGN, Outline, is_opening, list_text_lines

_SIGNS = ("::", "：：", ": :", ":\xa0:")

_BLANK = r"[ \t\xa0\u200b\u2060\ufeff\u3000]"
_LETTERS = r"[^\W\d_][\w\u0300-\u036f-]*"
_LINE = re.compile(
    rf"(?P<before>(?:{_BLANK}|>|[-+*•–](?={_BLANK})|\d{{1,9}}[.)](?={_BLANK})|\#{{1,6}}(?={_BLANK})|\*\*|__)*)"
    rf"(?P<row>[:：](?:{_BLANK}*[:：])+){_BLANK}*(?P<rest>.*)"
)
"""A row of two colons or more, behind marks of lists, quotations, headings and of bold text."""

_HIDDEN = str.maketrans({"\xa0": " ", "\u3000": " ", "\u200b": "", "\u2060": "", "\ufeff": ""})
_CLASS = re.compile(rf"\{{\.({_LETTERS})\}}(.*)")
_BRACKETS = re.compile(rf"({_LETTERS})[ ]?\[([^][]*)\](.*)")
_JOINED = re.compile(rf"({_LETTERS})(?:[ ]?[:：]{_BLANK}*|(?=\{{))(?![:：])(.*)")
_DASHED = re.compile(rf"({_LETTERS})[ ]?[‐‑‒–—][ ]?({_LETTERS})(.*)")
_CLOSED = re.compile(r"(.*\S)[ ]:{3,}")
_WITHIN = re.compile(rf"(?<=\S)[ \t\xa0]+(:{{3,}}{_LETTERS}.*)")
_TRAILING = re.compile(r"(.*[^\s:\\])[ \t\xa0]*:{3,}[ \t\xa0]*")


_UNSEEN = re.compile("[\u200b\u2060\ufeff]")


class Kind(StrEnum):
    """What a line was meant to be: the beginning of a block, all of it, its end, or its end behind its last words."""

    BEGINNING = "beginning"
    WHOLE = "whole"
    END = "end"
    LAST_WORDS = "last words"


class MisreadLine(msgspec.Struct, frozen=True):
    """A line of a text, from 0, and what has to stand there in place of it."""

    line: int
    kind: Kind
    written: str
    is_idle: bool = False
    """Whether it is a row that would end a block, if one were open."""


class Misread(msgspec.Struct, frozen=True):
    """What was misread in a text: `told` readers see, `ends` are meant to end blocks without an end, by their lines."""

    told: list[MisreadLine]
    ends: dict[int, MisreadLine]
    idle: list[int]
    """Rows that no block needs."""


def may_have_lines_of_blocks(text: str) -> bool:
    """Whether a text has a sign of a block, or of a line that was meant as one of a block; nearly no text has."""
    return any(sign in text for sign in _SIGNS)


def has_unseen(line: str) -> bool:
    """Whether a line has characters without a width, as copied texts have."""
    return _UNSEEN.search(line) is not None


def find_misread(found: Outline, is_known: Callable[[str], bool]) -> Misread:
    """The lines of a text that were meant as those of blocks."""
    told, spare, open_beginnings = [], [], 0
    for one in _list_misread(found, is_known):
        if one.kind in (Kind.BEGINNING, Kind.WHOLE):
            told.append(one)
            open_beginnings += one.kind is Kind.BEGINNING
        elif open_beginnings and one.kind is Kind.END:
            open_beginnings -= 1
            told += [] if one.is_idle else [one]
        else:
            spare.append(one)
    ends = {}
    for block in reversed(found.open):
        end = next((one for one in spare if one.line > block.line), None)
        if end is not None:
            spare.remove(end)
            row = found.lines[block.line]
            colons = ":" * (len(row) - len(row.lstrip(":")))
            ends[block.line] = msgspec.structs.replace(end, written=f"{end.written.rstrip(':')}{colons}")
    has_blocks = bool(found.blocks or told)
    return Misread(told, ends, [one.line for one in spare if one.kind is Kind.END and has_blocks])


def _list_misread(found: Outline, is_known: Callable[[str], bool]) -> Iterator[MisreadLine]:
    """The misread lines in their order, and the rows that end no block."""
    taken = {line for one in (*found.blocks, *found.unknown) for line in (one.line, one.end)}
    taken.update(one.line for one in found.open)
    idle = set(found.idle)
    for number, line in list_text_lines(found.lines):
        if number in idle:
            yield MisreadLine(number, Kind.END, SIGN, is_idle=True)
        elif number not in taken and (":" in line or "：" in line):
            meant = _read_line(line, is_known)
            if meant is not None:
                yield MisreadLine(number, *meant)


def _read_line(line: str, is_known: Callable[[str], bool]) -> tuple[Kind, str] | None:
    """What a line was meant to be, and how it has to be written; None for any other."""
    row = _LINE.fullmatch(line)
    if row is not None:
        rest = row["rest"].translate(_HIDDEN).strip(" \t*_" if "*" in row["before"] or "_" in row["before"] else " \t")
        colons = ":" * max(3, row["row"].count(":") + row["row"].count("："))
        if not rest:
            return Kind.END, colons
        written = f"{colons}{correct_name(rest, is_known)}"
        closed = _CLOSED.fullmatch(written)
        begun = closed[1] if closed else written
        if not is_opening(begun, is_known) or (begun.endswith(SIGN)):
            return None
        if closed is None:
            return Kind.BEGINNING, written
        name, _, words = begun.partition(" ")
        return (Kind.WHOLE, f"{name}\n{words}\n{colons}") if words else None
    inner = _WITHIN.search(line)
    if inner is not None and line.count("`", 0, inner.start()) % 2 == 0 and is_opening(inner[1].rstrip(), is_known):
        return Kind.BEGINNING, f"{line[: inner.start()]}\n{inner[1]}"
    last = _TRAILING.fullmatch(line)
    return (Kind.LAST_WORDS, f"{last[1]}\n{SIGN}") if last and line.count("`") % 2 == 0 else None


def correct_name(rest: str, is_known: Callable[[str], bool]) -> str:
    """What follows a row of colons, with the name of the block as it has to be typed."""
    for form in (_CLASS, _BRACKETS, _JOINED):
        if (found := form.fullmatch(rest)) is not None and is_known(found[1]):
            return " ".join(filter(None, (part.strip() for part in found.groups())))
    dashed = _DASHED.fullmatch(rest)
    if dashed is not None and is_known(f"{dashed[1]}-{dashed[2]}"):
        return f"{dashed[1]}-{dashed[2]}{dashed[3]}"
    return rest
