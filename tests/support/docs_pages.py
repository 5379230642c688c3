"""The pages of docs/ as the house tests read them: tables under their headings, fenced blocks, links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from source_modules import ROOT

DOCS = ROOT / "docs"
_CODE = re.compile(r"`([^`]+)`")
_FENCE = re.compile(r"^(`{3,})(.*?)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Block:
    """A fenced block: `language` and `use` are the words after the fence."""

    page: str
    line: int
    language: str
    use: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Row:
    """A row of a table: the heading it stands under, and its cells as typed."""

    heading: str
    cells: tuple[str, ...]

    def codes(self, column: int = 0) -> list[str]:
        """What stands in backticks in a cell."""
        return _CODE.findall(self.cells[column].replace("\\|", "|"))


@cache
def page(name: str) -> str:
    """The text of docs/<name>.md."""
    return (DOCS / f"{name}.md").read_text("utf-8")


def pages() -> list[str]:
    """The names of all pages."""
    return sorted(path.stem for path in DOCS.glob("*.md"))


def blocks(name: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    text = page(name)
    for match in _FENCE.finditer(text):
        language, _, use = match[2].partition(" ")
        yield Block(f"docs/{name}.md", text.count("\n", 0, match.start()) + 1, language, use, match[3])


def prose(name: str) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", page(name))


def headings(name: str) -> list[str]:
    """The headings of a page, as typed."""
    return [match[2] for match in _HEADING.finditer(prose(name))]


def rows(name: str, *under: str) -> list[Row]:
    """The rows of the tables of a page without their first two lines; those under some headings, or all."""
    found, heading, line_in_table = [], "", 0
    for line in prose(name).splitlines():
        if match := _HEADING.match(line):
            heading = match[2]
        line_in_table = line_in_table + 1 if line.startswith("|") else 0
        if line_in_table > 2 and (not under or heading in under):
            found.append(Row(heading, tuple(cell.strip() for cell in _CELL.split(line)[1:-1])))
    return found


def first_codes(name: str, *under: str) -> list[str]:
    """What stands in backticks in the first cells."""
    return [code for row in rows(name, *under) for code in row.codes()]
