"""The `markdown` package without the work that has no effect: the same HTML to the byte, in less time.

A plain instance asks every processor about every block and every pattern about every string. Here each shortcut is one
small rule, with the reason why it cannot change the output. It holds only for the fixed list of extensions: with a
site's own extensions, or with a release of the package that was not compared (a bug fix changes the HTML too), the
engine is plain. tests/body/test_fast_markdown.py holds both side by side.
"""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import HTML_EMPTY, Element

import markdown
from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP, to_html_string  # type: ignore[attr-defined]

from newsgen.body.dialect import normalise_text

_WRITTEN_AS_IS = {"script", "style"}


class QuickMarkdown(markdown.Markdown):
    """A `markdown.Markdown` for HTML output and the fixed extensions."""

    def __init__(self, extensions: list[Any]) -> None:
        super().__init__(extensions=extensions, output_format="html")
        # Nothing registers a tag later, so a set answers as the list does.
        self._blocks = frozenset(self.block_level_elements)
        self.serializer = write_html
        blocks: Any = self.parser
        blocks.is_quick = True
        # A registry sorts and copies itself for each block; a list has the same items in the same order.
        self._trees = list(self.treeprocessors)

    def is_block_level(self, tag: object) -> bool:
        """Whether a tag is a block's: as in the package, by a set."""
        return isinstance(tag, str) and tag.lower().rstrip("/") in self._blocks

    def convert(self, source: str) -> str:
        """The HTML of a Markdown text."""
        if not source.strip():
            return ""
        text = normalise_text(source)
        root: Any = Element("div")
        self.parser.parseChunk(root, text)
        # An attribute list needs its "{". Only a backslash makes the marks that `unescape` removes.
        needs = {"attr_list": "{", "unescape": "\\"}
        idle = {self.treeprocessors[name] for name, character in needs.items() if character not in text}
        for processor in self._trees:
            if processor not in idle:
                fresh = processor.run(root)
                root = root if fresh is None else fresh
        output = self.serializer(root)
        start, end = output.index("<div>") + len("<div>"), output.rindex("</div")
        output = output[start:end].strip()
        for postprocessor in self.postprocessors:
            output = postprocessor.run(output)
        return output.strip()


def write_html(element: Element) -> str:
    """The HTML of an element, as the package's serializer writes it."""
    pieces: list[str] = []
    try:
        _write(element, pieces.append)
    except RecursionError:  # the package's needs no stack
        return to_html_string(element)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag: str = element.tag
    write(f"<{tag}{_write_attributes(element)}>" if element.attrib else f"<{tag}>")
    lower = tag.lower()
    if text := element.text:
        write(text if lower in _WRITTEN_AS_IS else _escape(text))
    for child in element:
        _write(child, write)
    if lower not in HTML_EMPTY:
        write(f"</{tag}>")
    if tail := element.tail:
        write(_escape(tail))


def _write_attributes(element: Element) -> str:
    """The attributes in the order of their names; those of HTML that are either there or not, without a value."""
    written = []
    items: list[tuple[str, Any]] = sorted(element.items())  # an attribute list may give None
    for name, value in items:
        if value is None or (name == value and name in BOOLEAN_ATTRIBUTES["html"]):
            written.append(f" {name}")
        else:
            written.append(f' {name}="{_escape(value).replace(chr(34), "&quot;")}"')
    return "".join(written)


def _escape(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")
