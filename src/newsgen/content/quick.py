"""The `markdown` package's own work with the idle parts left out: the same HTML to the byte, in less time.

A plain instance asks every processor about every block and every pattern about every string. Here each shortcut is one
small rule, with the reason why it cannot change the output, and holds only for the fixed list of extensions: with a
site's own extensions, or with a release of the package that was not compared (a bug fix changes the HTML too), the
engine is plain. tests/content/test_markup_quick.py holds both side by side.
"""

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import HTML_EMPTY, Element

import markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP, to_html_string  # type: ignore[attr-defined]
from markdown.util import ETX, STX

from newsgen.content.spans import Emphasis, Spans

# A line's beginning that opens no block: a word, bold or slanted words, a number that is not a list's.
_BEGIN = r"(?:[^\s\d#=\-_*+>:\[|\x02]|[*_]{1,3}+[^\W_]|\d++(?!\. ))"
_PROSE = re.compile(rf"{_BEGIN}[^\n]*+(?:\n{_BEGIN}[^\n]*+)*+\n?")
_SPACES = re.compile(r"(?<=\n) +\n")
_WRITTEN_AS_IS = {"script", "style"}


class QuickMarkdown(markdown.Markdown):
    """A `markdown.Markdown` for HTML output and the fixed extensions."""

    def __init__(self, extensions: list[Any]) -> None:
        super().__init__(extensions=extensions, output_format="html")
        # Nothing registers a tag later, so a set answers as the list does.
        self._blocks = frozenset(self.block_level_elements)
        self.serializer = to_html
        self.inlinePatterns.register(Emphasis(self), "em_strong", 60)
        self._spans = Spans(self)
        self.treeprocessors.register(self._spans, "inline", 20)
        # A registry sorts and copies itself for each block; a list has the same items in the same order.
        self.parser.blockprocessors = [_Prose(self.parser), *self.parser.blockprocessors]  # type: ignore[assignment]
        self._trees = list(self.treeprocessors)
        self._toc: Any = self.treeprocessors["toc"]

    def is_block_level(self, tag: object) -> bool:
        """Whether a tag is a block's: as in the package, by a set."""
        return isinstance(tag, str) and tag.lower().rstrip("/") in self._blocks

    def convert(self, source: str) -> str:
        """The HTML of a Markdown text."""
        if not source.strip():
            return ""
        text = self._normalised(source)
        root: Any = self.parser.parseDocument(self._extracted(text)).getroot()
        self._spans.source = text
        self._toc.is_wanted = "TOC" in text
        idle = self._idle(text)
        for processor in self._trees:
            if processor not in idle:
                fresh = processor.run(root)
                root = root if fresh is None else fresh
        return self._finished(root)

    def _normalised(self, source: str) -> str:
        """The text without the package's own marks, tabs and spaces on blank lines, and with one kind of line end.

        What `normalize_whitespace` does, but the search for blank lines waits for a line that begins with a space.
        """
        text = source.replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n")
        text = f"{text}\n\n".expandtabs(self.tab_length)
        return _SPACES.sub("\n", text) if "\n " in text else text

    def _extracted(self, text: str) -> list[str]:
        """The lines without raw HTML and fenced code.

        A fence begins with three of a kind. The HTML parser changes nothing before its first tag, comment, declaration
        (all begin with "<") or numeric reference ("&#"); any other "&" it hands on as it is.
        """
        lines = text.split("\n")
        if "```" in text or "~~~" in text:
            lines = self.preprocessors["fenced_code_block"].run(lines)
        if "<" in text or "&#" in text:
            lines = self.preprocessors["html_block"].run(lines)
        return lines

    def _idle(self, text: str) -> set[Any]:
        """The tree processors that have nothing to do.

        An attribute list needs its "{". Only a backslash makes the marks that `unescape` takes away.
        """
        names = {"attr_list": "{", "unescape": "\\"}
        return {self.treeprocessors[name] for name, character in names.items() if character not in text}

    def _finished(self, root: Element) -> str:
        """The HTML inside the root, with what was stashed put back."""
        output = self.serializer(root)
        start, end = output.index("<div>") + len("<div>"), output.rindex("</div")
        output = output[start:end].strip()
        for processor in self.postprocessors:
            output = processor.run(output)
        return output.strip()


class _Prose(ParagraphProcessor):
    """Takes the blocks that only the last processor would: paragraphs.

    Every other processor needs a line that begins with a space, a mark (# = - + > : [ |), stars or underscores that no
    word follows, a number with ". " or a stashed piece; a table does in its second line.
    """

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - the package's signature
        return _PROSE.fullmatch(block) is not None


class QuickToc(TocExtension):
    """The table of contents, built only where `[TOC]` asks for it; anchors of headings as ever."""

    class TreeProcessorClass(TocTreeprocessor):
        """Looks for the mark in the whole tree only if the text has it."""

        is_wanted = True

        def build_toc_div(self, toc_list: list[Any]) -> Element:
            """The list, or an empty element that nobody will see."""
            return super().build_toc_div(toc_list) if self.is_wanted else Element("div")

        def replace_marker(self, root: Element, elem: Element) -> None:
            """Put the list in the mark's place."""
            if self.is_wanted:
                super().replace_marker(root, elem)


def to_html(element: Element) -> str:
    """The HTML of an element, as the package's serializer writes it."""
    pieces: list[str] = []
    try:
        _write(element, pieces.append)
    except RecursionError:  # the package's needs no stack
        return to_html_string(element)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag: str = element.tag
    write(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
    lower = tag.lower()
    if text := element.text:
        write(text if lower in _WRITTEN_AS_IS else _escaped(text))
    for child in element:
        _write(child, write)
    if lower not in HTML_EMPTY:
        write(f"</{tag}>")
    if tail := element.tail:
        write(_escaped(tail))


def _attributes(element: Element) -> str:
    """The attributes in the order of their names; those of HTML that are either there or not, without a value."""
    written = []
    items: list[tuple[str, Any]] = sorted(element.items())  # an attribute list may give None
    for name, value in items:
        if value is None or (name == value and name in BOOLEAN_ATTRIBUTES["html"]):
            written.append(f" {name}")
        else:
            written.append(f' {name}="{_escaped(value).replace(chr(34), "&quot;")}"')
    return "".join(written)


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")
