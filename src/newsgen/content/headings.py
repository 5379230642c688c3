"""Headings of a body: one anchor each, unique on the page, none above the second level; and the list of them."""

from collections.abc import Iterator, Sequence
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.content.figures import rename, replace_html
from newsgen.content.markup import heading_id
from newsgen.model import Heading
from newsgen.text import squeeze

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTENTS = "[TOC]"
"""Alone in a paragraph it stands for the list of the headings."""


def anchor_headings(tree: LexborHTMLParser) -> tuple[Heading, ...]:
    """Give every heading its anchor, an editor's own kept; the title is the page's h1, so an h1 becomes an h2."""
    headings = tree.css(", ".join(HEADINGS))
    taken = {node.attrs.get("id") or "" for node in tree.css("[id]") if node.tag not in HEADINGS}
    named = ["-".join((node.attrs.get("id") or "").split()) for node in headings]
    named = [anchor and _unique(anchor, taken) for anchor in named]  # before any that is made from a text
    found = []
    for node, own in zip(headings, named, strict=True):
        text = squeeze(_said(node))
        anchor = own or _unique(heading_id(text), taken)
        node.attrs["id"] = anchor
        found.append(Heading(max(2, int((node.tag or "h2")[1])), anchor, text))
        if node.tag == "h1":
            rename(node, "h2")
    return tuple(found)


def _unique(anchor: str, taken: set[str]) -> str:
    """The anchor, with the lowest number that sets it apart from those taken, which it joins."""
    number, unique = 0, anchor
    while unique in taken:
        number += 1
        unique = f"{anchor}_{number}"
    taken.add(unique)
    return unique


def _said(heading: LexborNode) -> str:
    """The words of a heading without the numbers of its notes."""
    if heading.css_first("a.footnote-ref") is None:
        return heading.text()
    texts = (node for node in heading.traverse(include_text=True) if node.tag == "-text")
    return "".join(node.text() for node in texts if not _is_note(node.parent))


def _is_note(node: LexborNode | None) -> bool:
    return node is not None and "footnote-ref" in (node.attrs.get("class") or "").split()


def list_headings(tree: LexborHTMLParser, headings: Sequence[Heading]) -> None:
    """Put the list of the headings into the place of each paragraph that asks for it."""
    for paragraph in tree.css("p"):
        if paragraph.text(strip=True) == CONTENTS and not paragraph.css("p > *"):
            replace_html(paragraph, f'<div class="toc">{"".join(_items(headings))}</div>')


def _items(headings: Sequence[Heading]) -> Iterator[str]:
    """The HTML of nested lists; a level that nobody uses makes none."""
    levels: list[int] = []
    for heading in headings:
        while len(levels) > 1 and levels[-2] >= heading.level:
            levels.pop()
            yield "</li></ul>"
        if levels and levels[-1] >= heading.level:
            levels[-1] = heading.level
            yield "</li>"
        else:
            levels.append(heading.level)
            yield "<ul>"
        yield f'<li><a href="#{escape(heading.id)}">{escape(heading.text)}</a>'
    yield "</li></ul>" * len(levels)
