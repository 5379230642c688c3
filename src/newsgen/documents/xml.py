"""XML by a writer: whatever a title holds, the document stays well-formed (XML 1.0, fifth edition, section 2.2)."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

NO_CHARACTER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML document can hold, not even as a reference."""


def add_child(parent: Element, tag: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """A new last child; `tag` is written as it is, with the prefix that the root declares, such as "dc:creator"."""
    made = SubElement(parent, tag, {name: replace_invalid(value) for name, value in (attributes or {}).items()})
    if text:
        made.text = replace_invalid(text)
    return made


def replace_invalid(text: str) -> str:
    """The text with U+FFFD in place of what XML cannot hold."""
    return NO_CHARACTER.sub("\ufffd", text)


def serialize(root: Element) -> bytes:
    """The whole document in UTF-8, a line end after it."""
    body: str = ElementTree.tostring(root, encoding="unicode")  # as "utf-8" it would encode every piece by itself
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode("utf-8", "xmlcharrefreplace")
