"""Warnings about HTML entities in front matter. Its texts are not HTML, so readers see `&amp;` as it was typed."""

import re
from collections.abc import Collection, Iterator
from html import unescape

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.schema import replace_value
from newsgen.core.text import squeeze
from newsgen.core.yaml_hints import is_plain, quote
from newsgen.core.yaml_tree import Mapping, Node, Scalar, Sequence

SHOWN = (
    "title",
    "summary",
    "kicker",
    "authors",
    "author",
    "tags",
    "image",
    "notice",
    "sponsor",
    "series",
    "corrections",
)
"""The fields whose texts readers see."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def find_entities(tree: Mapping, source: str, further: Collection[str] = ()) -> Iterator[Problem]:
    """A warning for each text of the front matter that shows readers an entity; `further` are more fields to search."""
    for name in (*SHOWN, *further):
        if name in tree.entries:
            yield from _search(tree.entries[name][1], name, source)


def _search(node: Node, name: str, source: str) -> Iterator[Problem]:
    if isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            yield from _search(value, key, source)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _search(item, name, source)
    elif (found := _ENTITY.search(node.text)) and unescape(found[0]) != found[0]:
        yield _report(node, found[0], name, source)


def _report(node: Scalar, entity: str, name: str, source: str) -> Problem:
    text = squeeze(unescape(node.text))
    better = text if node.plain and is_plain(text) and not set(text) & set(",[]{}") else quote(text)
    edits = replace_value(node, better) if node.line == node.end[0] and text.isprintable() else ()
    what = say("`{name}` shows readers `{entity}` as it stands here", name=name, entity=entity)
    fix = say("write the character itself: {character}", character=unescape(entity))
    if edits:
        fix = say("write {better}", better=better)
    return Problem(Location(source, node.line, node.column), "html-entity", what, fix, "warning", edits)
