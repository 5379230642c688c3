"""Components: blocks of a text, from `:::name argument` to `:::`, that a function turns into HTML.

A block begins and ends in lines of their own, at the left edge. A longer row of colons holds blocks with shorter ones.
Only the name of a component begins a block. Blocks inside code fences are text.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from html import escape
from typing import Protocol

import msgspec

from newsgen.core.digests import digest
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say

NAME = re.compile(r"[a-z][a-z0-9-]*")
"""The form of a component's name."""

_OPENING = re.compile(rf"(:{{3,}}) ?({NAME.pattern})(?:[ \t]+(.*))?")
_CODE = re.compile(r" {0,3}(`{3,}|~{3,})")


class Component(Protocol):
    """Makes the HTML of a block. Its result is sanitised as every text is."""

    def __call__(self, html: str, argument: str, /) -> str:
        """The HTML of a block: `html` is what stands in it, rendered; `argument` what follows its name."""


class Block(msgspec.Struct, frozen=True):
    """A block of a text. `source` is all of it as typed, `text` what stands in it; `line` is its first, from 0."""

    name: str
    argument: str
    source: str
    text: str
    line: int


@dataclass(slots=True)
class Split:
    """A text without its blocks, and those. `unclosed` are the first lines, from 0, of blocks without an end.

    In place of each block the text has a paragraph with `token` and the block's number.
    """

    text: str
    token: str = ""
    blocks: list[Block] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)


def split_blocks(text: str, names: Collection[str]) -> Split:
    """Take the outermost blocks of these components out of a text."""
    if ":::" not in text:
        return Split(text)
    lines, kept = text.split("\n"), list[str]()
    found = Split("", f"component-{digest(text.encode('utf-8', 'surrogatepass'))[:12]}-")
    number, fence, endless = 0, "", set[int]()
    while number < len(lines):
        line = lines[number]
        fence = _follow_fence(line, fence)
        opening = None if fence else _OPENING.fullmatch(line)
        if opening is None or opening[2] not in names:
            kept.append(line)
            number += 1
            continue
        colons = len(opening[1])
        end = None if colons in endless else _find_end(lines, number, colons)
        if end is None:
            endless.add(colons)
            found.unclosed.append(number)
            kept.append(line)
            number += 1
            continue
        source, inner = "\n".join(lines[number : end + 1]), "\n".join(lines[number + 1 : end])
        kept += ["", f"{found.token}{len(found.blocks)}", ""]
        found.blocks.append(Block(opening[2], (opening[3] or "").strip(), source, inner, number))
        number = end + 1
    found.text = "\n".join(kept)
    return found


def fill_blocks(html: str, split: Split, make: Callable[[Block], str]) -> str:
    """Replace each block by the HTML from `make`. Inside an element such as `<pre>` a block is text as typed."""
    if not split.blocks:
        return html

    def fill(place: re.Match[str]) -> str:
        if place[1] is not None:
            return make(split.blocks[int(place[1])])
        return escape(split.blocks[int(place[2])].source, quote=False)

    return re.sub(rf"<p>{split.token}(\d+)</p>|\n?{split.token}(\d+)\n?", fill, html)


def find_unclosed(split: Split, source: str, first_line: int, *, is_inside: bool) -> list[Problem]:
    """An error for each block without an end, at its first line. `is_inside` says that another holds the text."""
    what, fix = say("this block has no end"), say("write `:::` alone in a line below it")
    if is_inside:
        fix = say("begin and end the block around it with more colons than this one has, and end this one too")
    return [Problem(Location(source, first_line + line), "open-block", what, fix) for line in split.unclosed]


def _find_end(lines: list[str], start: int, colons: int) -> int | None:
    """The line that ends the block which begins in `start`, None where none does."""
    fence = ""
    for number in range(start + 1, len(lines)):
        fence = _follow_fence(lines[number], fence)
        row = lines[number].rstrip()
        if not fence and len(row) == colons and row.count(":") == colons:
            return number
    return None


def _follow_fence(line: str, fence: str) -> str:
    """The code fence that is open behind a line, "" where none is."""
    mark = _CODE.match(line)
    if mark is None:
        return fence
    if not fence:
        return mark[1]
    closes = mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and not line.strip(" \t" + fence[0])
    return "" if closes else fence
