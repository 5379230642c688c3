"""CSV → cells with their places, for files of spreadsheets in any country: commas, semicolons or tabs between cells."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

import msgspec

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say

DELIMITERS = "\t;,"
"""What may stand between cells. Of two that fit, the first counts: a comma may also stand in a number or a text."""

SAMPLE = 20
"""How many lines tell what stands between cells."""

_SEPARATOR_LINE = re.compile(r"sep=(.)[ \t]*(?:\n|\Z)", re.IGNORECASE)
"""The line with which Excel tells what stands between cells."""


class Cell(msgspec.Struct, frozen=True, gc=False):
    """The text of a cell, and where it begins; lines and columns are 1-based."""

    text: str
    line: int
    column: int


Row = tuple[Cell, ...]


class BadCsv(ValueError):
    """A cell that cannot be read, and the problem with it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


def find_delimiter(text: str) -> tuple[str, int]:
    """What stands between the cells of a text, and the index at which its first row begins.

    That is what parts each of the first lines into as many cells, or else what parts the first line at all.
    """
    if (told := _SEPARATOR_LINE.match(text)) is not None:
        return told[1], told.end()
    best, most = ",", 0
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in islice(read_rows(text, "", delimiter), SAMPLE)]
        except BadCsv:
            continue
        if not widths or widths[0] == 1:
            continue
        rating = 2 if len(set(widths)) == 1 else 1
        if rating > most:
            best, most = delimiter, rating
    return best, 0


def read_rows(text: str, source: str, delimiter: str = ",", start: int = 0) -> Iterator[Row]:
    """The rows of a text from an index on, without those that are blank. Lines end in LF.

    Raises:
        BadCsv: at a quote that is not closed, or that is closed too early.
    """
    pattern, at = _make_pattern(delimiter), start
    line = text.count("\n", 0, start) + 1
    begin, length = start, len(text)
    row: list[Cell] = []
    while at < length:
        found = pattern.match(text, at)
        if found is None:
            raise BadCsv(_report_quote(text, source, at, line, begin))
        quoted, plain, end = found.groups()
        row.append(Cell(plain if quoted is None else quoted.replace('""', '"'), line, at - begin + 1))
        if quoted is not None and "\n" in quoted:
            line += quoted.count("\n")
            begin = text.rfind("\n", at, found.end(1)) + 1
        at = found.end()
        if end == delimiter:
            if at == length:
                row.append(Cell("", line, at - begin + 1))
            continue
        if len(row) > 1 or row[0].text or quoted is not None:
            yield tuple(row)
        row, line, begin = [], line + 1, at
    if len(row) > 1:
        yield tuple(row)


@cache
def _make_pattern(delimiter: str) -> re.Pattern[str]:
    """A cell and what follows it: between quotes, in which they are doubled (RFC 4180), or without."""
    end = re.escape(delimiter)
    return re.compile(rf'(?:"((?:[^"]|"")*+)"|((?!")[^\n{end}]*+))({end}|\n|\Z)')


def _report_quote(text: str, source: str, at: int, line: int, begin: int) -> Problem:
    """The problem of a cell that begins with a quote and does not end with one."""
    closed = re.compile(r'"(?:[^"]|"")*+"').match(text, at)
    if closed is None:
        place, what = Location(source, line, at - begin + 1), say("the quote that begins this cell is never closed")
        return Problem(place, "csv-syntax", what, say('close it with `"`, or leave it out'))
    end = closed.end()
    place = Location(source, line + text.count("\n", at, end), end - text.rfind("\n", 0, end))
    what = say("text follows the quote that ends this cell")
    return Problem(place, "csv-syntax", what, say('write each quote inside a cell twice, `""`'))
