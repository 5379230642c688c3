"""Plain front matter, which needs no parser of YAML: lines `name: text`, `name: "text"` and `name: [text, text]`.

Most is so. The grammar is strict: where a text has anything else, `yaml_tree` reads it, with the same result.
tests/core/test_plain_yaml.py holds both ways side by side.
"""

import re
import unicodedata

from newsgen.core.text import INVISIBLE
from newsgen.core.yaml_tree import MAX_NODES, Mapping, Node, Scalar, Sequence

_NEVER = rf"\n\r\t\x85\u2028\u2029\ufeff{INVISIBLE}"
_PLAIN = rf"[^\W_](?:[^:#{_NEVER}]|:(?=[^\s]))*+(?<!\s)"
_ITEM = rf"[^\W_][^:#?,\[\]{{}}{_NEVER}]*+(?<!\s)"
_LINE = re.compile(
    rf"([A-Za-z_]{{1,60}}+): (?:({_PLAIN})|\"([^\"\\{_NEVER}]*+)\"|'([^'{_NEVER}]*+)'|\[({_ITEM}(?:, {_ITEM})*+)?+\])\n"
)


def read_plain(text: str, first_line: int) -> Mapping | None:
    """The tree of plain front matter that begins in that line of its file; None of any other text."""
    if not unicodedata.is_normalized("NFC", text):
        return None
    entries: dict[str, tuple[Scalar, Node]] = {}
    at, line, size, left = 0, first_line, len(text), MAX_NODES
    while at < size:
        if (found := _LINE.match(text, at)) is None:
            return None
        name, plain, double, single, items = found.groups()
        end, column = found.end(), len(name) + 3
        behind = line, end - at
        value: Node
        if plain is not None:
            value = Scalar(plain, True, line, column, behind)
        elif double is not None or single is not None:
            value = Scalar(single if double is None else double, False, line, column, behind)
        else:
            value = Sequence(_read_items(items, line, column + 1) if items else [], line, column, behind)
            left -= len(value.items)
        if name in entries or (left := left - 2) < 1:
            return None
        entries[name] = Scalar(name, True, line, 1, (line, len(name) + 1)), value
        at, line = end, line + 1
    return Mapping(entries, first_line, 1) if entries else None


def _read_items(items: str, line: int, column: int) -> list[Node]:
    found: list[Node] = []
    for item in items.split(", "):
        found.append(Scalar(item, True, line, column, (line, column + len(item))))
        column += len(item) + 2
    return found
