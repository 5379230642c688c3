"""Elements of a body's HTML tree: what stands around one, and how one is replaced, renamed or removed."""

from collections.abc import Iterator
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode


def walk_up(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around a node, the innermost first."""
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def is_inside(node: LexborNode, tag: str) -> bool:
    """Whether a node stands in an element of this name."""
    return any(around.tag == tag for around in walk_up(node))


def get_classes(node: LexborNode) -> list[str]:
    """The classes of an element."""
    return (node.attrs.get("class") or "").split()


def write_attributes_but(node: LexborNode, omitted: str) -> str:
    """The attributes of an element as HTML, without the one of this name."""
    given = ((name, value) for name, value in node.attrs.items() if name != omitted)
    return "".join(f' {name}="{escape(value or "")}"' for name, value in given)


def replace_html(node: LexborNode, html: str) -> None:
    """Replace a node by an element of this HTML."""
    fresh = LexborHTMLParser(html, is_fragment=True).root
    if fresh is not None:
        node.replace_with(fresh)


def rename(node: LexborNode, tag: str) -> None:
    """Give an element another name; its attributes and its content stay."""
    replace_html(node, f"<{tag}{write_attributes_but(node, '')}>{node.inner_html}</{tag}>")


def remove(node: LexborNode) -> None:
    """Remove an element from its tree, and with it the paragraph or link that holds nothing else."""
    parent = node.parent
    node.decompose()
    if parent is not None and parent.tag in ("p", "a") and not parent.text().strip() and len(parent.css("*")) == 1:
        remove(parent)
