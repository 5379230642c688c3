"""Find text that a `#` hides: after a space it begins a comment in YAML, also in the middle of a headline."""

import re
from collections.abc import Collection, Iterator, Sequence

from newsgen.core.errors import Edit, Location, Problem
from newsgen.core.messages import say
from newsgen.core.yaml_hints import quote
from newsgen.core.yaml_tree import Mapping, Node, Scalar
from newsgen.core.yaml_tree import Sequence as ListNode

TYPED = frozenset({"date", "updated", "expires", "status", "pin", "lang"})
"""Fields whose values a comment cannot cut short."""

# Two spaces before the sign and one behind are how a comment is meant; a headline has one, or none behind.
_COMMENT = re.compile(r"\s+#(?=\S)|\s#")
_TAG_LIKE = re.compile(r"\s+#(?=\S)")
_HEAD = re.compile(r"\s*(?:- +)*(?:[^\s\[{,][^\[{,]*:\s+)?")
"""What may be before a value in block style."""


def find_hidden_texts(tree: Mapping, text: str, source: str, typed: Collection[str]) -> Iterator[Problem]:
    """A warning for each text of a YAML head that a `#` cuts short. `typed` are the site's fields of other types."""
    lines = text.split("\n")
    for name, (_, node) in tree.entries.items():
        if name not in TYPED and name not in typed:
            yield from _find_below(node, lines, source)


def _find_below(node: Node, lines: Sequence[str], source: str) -> Iterator[Problem]:
    if isinstance(node, Mapping):
        for _, value in node.entries.values():
            yield from _find_below(value, lines, source)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _find_below(item, lines, source)
    elif node.plain and (found := _find(node, lines)):
        yield _make_warning(node, lines, source, found)


def _find(node: Scalar, lines: Sequence[str]) -> int:
    """The column (from 0) of the `#` right after a plain value, 0 where there is none."""
    line, column = node.end
    match = (_COMMENT if node.text else _TAG_LIKE).match(lines[line - 1], column - 1)
    return match.end() - 1 if match else 0


def _make_warning(node: Scalar, lines: Sequence[str], source: str, sign: int) -> Problem:
    """The warning, with an edit that quotes the value and its comment where nothing else is in the line."""
    what = say("what stands behind this `#` is a comment, so it is not published")
    place = Location(source, node.end[0], sign + 1)
    line, first = lines[node.end[0] - 1].rstrip(), lines[node.line - 1]
    begin = node.column - 1 if node.text else sign
    head = first[:begin]
    if not _HEAD.fullmatch(head):
        return Problem(place, "yaml-comment", what, say("put this text in quotes"), "warning")
    text = line[begin:] if node.line == node.end[0] else f"{node.text}{line[node.end[1] - 1 :]}"
    better = quote(text)
    edit = Edit(node.line, begin + 1, node.end[0], len(line) + 1, better)
    fix = say("put it in quotes: {line}", line=f"{head.lstrip()}{better}")
    return Problem(place, "yaml-comment", what, fix, "warning", (edit,))
