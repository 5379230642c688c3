"""The commonest slips of YAML, explained with the line to paste: a colon, a sign or a quote in a headline."""

import re
from collections.abc import Sequence

from newsgen.errors import Location, Problem

_ENTRY = re.compile(r"(\s*(?:- +)?)([\w-]+):\s+(\S.*)")
_SIGNS = "%@`[]{}&*!|>'\"-?,#:"
"""What a value may not begin with, unless YAML's own meaning of it is meant."""


def explain(place: Location, lines: Sequence[str], line: int, message: str) -> Problem:
    """What is wrong at a place, in a line (from 0) of a text that YAML refuses with this message."""
    source = lines[line] if line < len(lines) else ""
    if "\\t" in message or "\t" in source[: place.column]:
        return Problem(place, "yaml-tab", "a tab where YAML wants spaces", "indent with spaces")
    better = quoted(lines, line)
    if "mapping values are not allowed" in message:
        what = "a colon followed by a space inside an unquoted value"
        fix = f"put it in quotes: {better}" if better else "put the whole value in quotes"
        return Problem(place, "yaml-colon", what, fix)
    entry = _ENTRY.fullmatch(source)
    if entry and entry[3][0] in _SIGNS:
        sign = entry[3][0]
        if sign in "[{" and (closed := _closed(entry[3])):
            what = f"the list or mapping of `{entry[2]}` is not closed"
            return Problem(place, "yaml-syntax", what, f"write: {source.strip()}{closed}")
        what = f"the value of `{entry[2]}` begins with `{sign}`, which means something else to YAML"
        return Problem(place, "yaml-quotes", what, f"put it in quotes: {better}")
    what, fix = f"the YAML cannot be read: {message}", "check the quotes, brackets and indentation of this line"
    return Problem(place, "yaml-syntax", what, fix)


def quoted(lines: Sequence[str], line: int) -> str:
    """The entry that stands in a line, or is continued there, with its value in quotes; "" where there is none."""
    if line >= len(lines):
        return ""
    first = _first_line(lines, line)
    entry = _ENTRY.fullmatch(lines[first].rstrip())
    if entry is None:
        return ""
    head, key, value = entry.groups()
    text = " ".join([value, *(part.strip() for part in lines[first + 1 : line + 1])]).strip()
    if text[0] in "'\"" and text.count(text[0]) == 1:
        text = text[1:]
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'{head.strip()}{" " if head.strip() else ""}{key}: "{escaped}"'


def _first_line(lines: Sequence[str], line: int) -> int:
    """The line in which the value began that a deeper line goes on with."""
    depth = _depth(lines[line])
    for above in range(line - 1, -1, -1):
        if lines[above].strip() and _depth(lines[above]) < depth:
            entry = _ENTRY.fullmatch(lines[above].rstrip())
            return above if entry and entry[3][0] not in "|>[{&*!" else line
    return line


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _closed(value: str) -> str:
    """What is missing at the end of a list or mapping; "" when it is closed."""
    missing = {"[": "]", "{": "}"}[value[0]]
    return missing if missing not in value else ""
