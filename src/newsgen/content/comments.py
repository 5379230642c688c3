"""What a `#` hides: in YAML it begins a comment after a space, also in the middle of a headline."""

import re
from collections.abc import Collection, Iterator, Sequence

from newsgen.errors import Location, Problem
from newsgen.yamlslips import quoted
from newsgen.yamltree import Mapping, Node, Scalar
from newsgen.yamltree import Sequence as ListNode

TYPED = frozenset({"date", "updated", "expires", "status", "pin", "lang"})
"""Fields after whose value a comment takes nothing away."""

# Two spaces before the sign and one behind are how a comment is meant; a headline has one, or none behind.
_COMMENT = re.compile(r"(?<=\s)#(?=\S)|(?<=\S\s)#")
_TAG_LIKE = re.compile(r"(?<=\s)#(?=\S)")


def hidden_texts(tree: Mapping, text: str, source: str, typed: Collection[str]) -> Iterator[Problem]:
    """A warning for each text of a YAML head that a `#` cuts short. `typed` are the site's own fields without text."""
    lines = text.split("\n")
    for name, (key, node) in tree.entries.items():
        if name not in TYPED and name not in typed:
            yield from _below(key, node, lines, source)


def _below(key: Scalar, node: Node, lines: Sequence[str], source: str) -> Iterator[Problem]:
    if isinstance(node, Mapping):
        for inner, value in node.entries.values():
            yield from _below(inner, value, lines, source)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _below(key, item, lines, source)
    elif node.plain and (found := _find(key, node, lines)):
        line, column = found
        what = "what stands behind this `#` is a comment, so it is not published"
        # Quoting the line as it stands keeps the `#` and what follows.
        better = quoted(lines, line - 1)
        fix = f"put it in quotes: {better}" if better else "put the whole value in quotes"
        yield Problem(Location(source, line, column), "yaml-comment", what, fix, "warning")


def _find(key: Scalar, node: Scalar, lines: Sequence[str]) -> tuple[int, int] | None:
    """Line and column of the `#` that ends a plain value."""
    if not node.text:
        match = _TAG_LIKE.search(lines[key.line - 1], key.column)
        return (key.line, match.start() + 1) if match else None
    depth = len(lines[key.line - 1]) - len(lines[key.line - 1].lstrip())
    for number in range(node.line, len(lines) + 1):
        line = lines[number - 1]
        begin = node.column - 1 if number == node.line else 0
        if number > node.line and (len(line) - len(line.lstrip()) <= depth or line.lstrip().startswith("#")):
            return None
        if match := _COMMENT.search(line, begin):
            return number, match.start() + 1
    return None
