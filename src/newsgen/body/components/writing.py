"""What built-in components share: titles, and lists whose items begin with a label and a colon."""

import re
from collections.abc import Iterator
from html import escape, unescape

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.components.contract import ComponentContext
from newsgen.core.errors import Location
from newsgen.core.messages import Message

LONGEST_LABEL = 80
"""How many characters a label has at most."""

_LABEL = re.compile(rf"\s*([^\n]{{1,{LONGEST_LABEL}}}?)\s*[:：](?=\s|$)\s*")
_PIECE = re.compile(r"(<[^>]*>|&(?:#\w+|\w+);)")
_EMPTY = re.compile(r"<(strong|em|b|i|del|code)>\s*</\1>\s*")
_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")


class Item(msgspec.Struct, frozen=True):
    """An item of a list: its label as text, and what follows the colon as HTML."""

    label: str
    html: str


def write_title(title: str) -> str:
    """The HTML of a block's title, "" where it has none."""
    return f'<p class="box-title">{escape(title, quote=False)}</p>' if title else ""


def parse_parts(html: str) -> list[LexborNode]:
    """The elements of which the HTML in a block consists."""
    root = LexborHTMLParser(html, is_fragment=True).root
    return list(root.iter()) if root is not None else []


def read_items(html: str, context: ComponentContext, what: Message, fix: Message) -> list[Item]:
    """The items of the lists in a block, each of which begins with a label; one without is told, as `what` with `fix`.

    So is anything that stands outside a list.
    """
    found, places = [], locate_items(context)
    for part in parse_parts(html):
        if part.tag not in ("ul", "ol"):
            context.tell(what, fix)
            return []
        for node in part.iter():
            place, item = next(places, None), split_label(node.inner_html or "")
            if item is None:
                context.tell(what, fix, place)
            else:
                found.append(item)
    if not found and not html.strip():
        context.tell(what, fix)
    return found


def split_label(html: str) -> Item | None:
    """The label of an item and what follows it; None where it has no colon behind which a space stands."""
    text = unescape(re.sub(r"<[^>]*>", "", html))
    label = _LABEL.match(text)
    return Item(label[1].strip(), cut_text(html, label.end())) if label else None


def cut_text(html: str, length: int) -> str:
    """HTML without the first characters of its text; its tags stay, but for those that are empty then."""
    kept = []
    for piece in _PIECE.split(html):
        if piece.startswith("<"):
            kept.append(piece)
            continue
        size = len(unescape(piece))
        kept.append("" if size <= length else piece[length:] if length else piece)
        length = max(0, length - size)
    return _EMPTY.sub("", "".join(kept), count=1).strip()


def locate_items(context: ComponentContext) -> Iterator[Location]:
    """The places of the items that stand at the left edge of a block's text."""
    for number, line in enumerate(context.text.split("\n"), 1):
        if _ITEM.match(line):
            yield Location(context.source, context.line + number)
