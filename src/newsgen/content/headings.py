"""Headings of a body: one anchor each, unique on the page, and none above the second level."""

from html import escape

from selectolax.lexbor import LexborHTMLParser

from newsgen.content.figures import replace_html
from newsgen.content.markup import heading_id
from newsgen.model import Heading
from newsgen.text import squeeze

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def anchor_headings(tree: LexborHTMLParser) -> tuple[Heading, ...]:
    """Give every heading its anchor, an editor's own kept; the title is the page's h1, so an h1 becomes an h2."""
    headings = tree.css(", ".join(HEADINGS))
    taken = {node.attrs.get("id") or "" for node in tree.css("[id]") if node.tag not in HEADINGS}
    named = ["-".join((node.attrs.get("id") or "").split()) for node in headings]
    named = [anchor and _unique(anchor, taken) for anchor in named]  # before any that is made from a text
    found = []
    for node, own in zip(headings, named, strict=True):
        text = squeeze(node.text())
        anchor = own or _unique(heading_id(text), taken)
        node.attrs["id"] = anchor
        found.append(Heading(max(2, int((node.tag or "h2")[1])), anchor, text))
        if node.tag == "h1":
            replace_html(node, f'<h2 id="{escape(anchor)}">{node.inner_html}</h2>')
    return tuple(found)


def _unique(anchor: str, taken: set[str]) -> str:
    """The anchor, with the lowest number that sets it apart from those taken, which it joins."""
    number, unique = 0, anchor
    while unique in taken:
        number += 1
        unique = f"{anchor}_{number}"
    taken.add(unique)
    return unique
