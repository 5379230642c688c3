"""The rows of tables, as GitHub reads them: a cell ends at every `|` that no backslash precedes, in code too.

https://github.github.com/gfm/#tables-extension-
"""

import re
from xml.etree.ElementTree import Element, SubElement

from newsgen.body.attributes import LIST, join_attributes

_DELIMITERS = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*+\|? *$")
_ATTRIBUTES = re.compile(LIST)
_PIPE = re.compile(r"(?<!\\)\|")


def read_delimiters(line: str) -> list[str] | None:
    """The alignment of each column (`left`, `center`, `right` or ""); None for a line that is no delimiter row."""
    if ("|" not in line and ":" not in line) or not _DELIMITERS.match(line):
        return None
    sides = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
    return [sides[cell.startswith(":"), cell.endswith(":")] for cell in split_cells(line)]


def split_cells(line: str) -> list[str]:
    """The cells of a row."""
    line = line.strip(" ")
    if line.startswith("|"):
        line = line[1:]
    cells = _PIPE.split(line)
    if len(cells) > 1 and not cells[-1].strip(" "):
        cells.pop()
    return [cell.strip(" ").replace("\\|", "|") for cell in cells]


def add_row(table: Element, line: str, sides: list[str]) -> None:
    """Add a row below the head; one that holds nothing but attributes in braces gives them to the table."""
    cells = split_cells(line)
    if _ATTRIBUTES.fullmatch(cells[0]) and not any(cells[1 : len(sides)]):
        table.attrib.update(join_attributes(dict(table.attrib), cells[0]))
    else:
        make_row(table, "td", cells, sides)


def make_row(part: Element, tag: str, cells: list[str], sides: list[str]) -> None:
    """Add a row with as many cells as the table has columns; `part` is the head, or the table, which gets a body."""
    if tag == "td":
        part = part[-1] if part[-1].tag == "tbody" else SubElement(part, "tbody")
    row = SubElement(part, "tr")
    for side, text in zip(sides, [*cells, *[""] * len(sides)], strict=False):
        SubElement(row, tag, {"align": side} if side else {}).text = text
