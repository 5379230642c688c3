"""Warnings about footnotes of one name, and about rows of tables that Markdown reads in another way than meant."""

import re
from collections.abc import Iterator
from html import escape
from itertools import accumulate, islice

from selectolax.lexbor import LexborHTMLParser

from newsgen.body.footnotes import NOTE
from newsgen.body.source_positions import Mentions
from newsgen.core.errors import Edit, Location, Problem
from newsgen.core.messages import say

MOST = 50
"""How many problems of a kind are reported for one body."""

_RULER = re.compile(r"[ >\t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BEGINS = re.compile(r"[ \t]*(?:[-*+#>`~<{:]|\d+[.)])")
"""The beginning of a line that ends a table."""


def find_misread(tree: LexborHTMLParser, html: str, mentions: Mentions) -> Iterator[Problem]:
    """The warnings about a body; `html` is the text of the tree."""
    if mentions.text.count("]:") > 1:
        yield from islice(_find_repeated_notes(html, mentions), MOST)
    if "<table" in html:
        yield from islice(_find_rows(tree, mentions), MOST)


def _find_repeated_notes(html: str, mentions: Mentions) -> Iterator[Problem]:
    """A warning for each footnote whose name another one above has, except in code."""
    names: set[str] = set()
    for found in NOTE.finditer(mentions.text):
        name = found[1].casefold()
        if name in names and escape(f"[^{found[1]}]:", quote=False) not in html:
            place = mentions.locate_index(found.start(1) - 2)
            what = say(
                "the note `[^{name}]` stands above already: the number in the text leads to that one", name=found[1]
            )
            fix = say("give this note another name, here and where the text mentions it")
            yield Problem(place, "duplicate-anchor", what, fix, "warning")
        names.add(name)


def _find_rows(tree: LexborHTMLParser, mentions: Mentions) -> Iterator[Problem]:
    """A warning for each row whose last cells nobody sees, and for each line below a table that became a row of it."""
    code = "\n".join(node.text() for node in tree.css("pre"))
    lines = mentions.text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    end = 0
    for number, line in enumerate(lines):
        if number <= end or "|" not in line or not _RULER.fullmatch(line):
            continue
        if (most := len(_split_cells(line))) == len(_split_cells(lines[number - 1])):
            rows = enumerate(islice(lines, number + 1, None), start=number + 1)
            for end, row in rows:
                if not row.strip(" >\t") or ("|" not in row and _BEGINS.match(row)):
                    break
                if row.strip() not in code and (problem := _judge_row(row, most, mentions.locate_index(starts[end]))):
                    yield problem


def _judge_row(row: str, most: int, place: Location) -> Problem | None:
    """The problem of a row in a table of `most` columns."""
    over = [cell.strip() for cell in _split_cells(row)[most:] if cell.strip()]
    if over:
        what = say("this row has more cells than the head of its table: “{text}” is not shown", text=over[0])
        fix = say("give the head as many cells, or write `\\|` for a bar that is no border")
        return Problem(place, "unread-markdown", what, fix, "warning")
    if "|" not in row and most > 1:
        what = say("this line is shown as a row of the table above it")
        edit = Edit(place.line, 1, place.line, 1, "\n")
        return Problem(place, "unread-markdown", what, say("leave an empty line above it"), "warning", (edit,))
    return None


def _split_cells(row: str) -> list[str]:
    """What stands between the bars of a row."""
    inner = row.strip(" >\t").removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return re.split(r"(?<!\\)\|", inner)
