"""Rewrites the lines of a text that the native engine does not support, which our block parser finds.

They are rare, so few texts are parsed twice.
"""

import re
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import markdown

from newsgen.body.blocks import APART, OPEN, open_tag
from newsgen.body.dialect import Dialect, make_plain, normalise_text

_BELOW_REFERENCE = re.compile(r"^[ >]*\[[^\]\n]+\]:[^\n]*\n[ >]*(?:[-=]|[^\n]*\|)", re.MULTILINE)
_NO_QUOTE = re.compile(r"[^>\t ]")


def may_need(text: str) -> bool:
    """Whether the text may have such lines. Definition lists are noticed in the HTML instead."""
    return "*[" in text or "markdown" in text or ("]:" in text and _BELOW_REFERENCE.search(text) is not None)


class Preparation:
    """Reads texts as the default engine would."""

    def __init__(self, language: str, *, reads_html: bool) -> None:
        self._language, self._reads_html = language, reads_html

    @cached_property
    def _markdown(self) -> markdown.Markdown:
        return make_plain((), Dialect(self._language, "", reads_html=self._reads_html))

    def read(self, text: str) -> tuple[str, dict[str, str]]:
        """The text that the native engine reads the same way, and its abbreviations with their meanings."""
        text = normalise_text(text)
        parser: Any = self._markdown.reset().parser
        try:
            parser.parseChunk(Element("div"), text)
        except RecursionError:
            return text, {}
        return _rewrite(text, parser.unshared), dict(parser.abbreviations)


def _rewrite(text: str, unshared: list[tuple[str, int, int]]) -> str:
    lines = text.split("\n")
    for kind, number, rest in sorted(unshared, key=lambda one: -one[1]):
        line = lines[number - 1]
        before, above = line[: len(line) - rest], lines[number - 2] if number > 1 else ""
        blank = _NO_QUOTE.sub(" ", before).rstrip()
        if kind == OPEN:
            lines[number - 1 : number] = [before + open_tag(line[len(before) :]), blank]
        elif kind == APART:
            lines.insert(number - 1, blank)
        elif before.strip(" >\t") or (">" in before and ">" not in above[: len(before)]):
            lines[number - 1] = before  # an item or quotation that begins with it stays
        else:
            del lines[number - 1]
    return "\n".join(lines)
