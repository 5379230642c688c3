"""Emphasis, links and the other spans: only the patterns that can match, in only the strings where one can.

The shortcuts of `quick` inside paragraphs, each with the reason why it cannot change the output.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import DelimiterProcessor
from markdown.treeprocessors import InlineProcessor

_MARK = re.compile(r"[\\`*_\[<&]")


class Spans(InlineProcessor):
    """The walk over the tree that applies the patterns. `source` is the whole text, to be set before each."""

    source = ""

    def _patterns(self) -> list[Any]:
        """The patterns whose characters the source has.

        What a pattern sees are pieces of the source with stashed pieces between, so it never meets a character that
        the source has not. The reference patterns leave everything alone that is not defined, and all definitions are
        known by now, those inside footnotes too.
        """
        text, has_references = self.source, bool(self.md.references)
        opens, tag = "[" in text, "<" in text
        chosen = {
            "backtick": "`" in text,
            "escape": "\\" in text,
            "footnote": opens and "^" in text,
            "reference": has_references,
            "link": opens and "(" in text,
            "image_link": opens and "(" in text and "!" in text,
            "image_reference": has_references,
            "short_reference": has_references,
            "short_image_ref": has_references,
            "autolink": tag and ":" in text,
            "automail": tag and "@" in text,
            # Raw HTML is cut out of the text, so what stood around it may come together.
            "linebreak": "  \n" in text or tag,
            "html": tag,
            "entity": "&" in text,
            "em_strong": "*" in text or "_" in text,
        }
        return [self.md.inlinePatterns[name] for name, is_used in chosen.items() if is_used]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns, with the strings that hold no mark put aside meanwhile.

        The walk passes over an element without text, and a string without a mark comes back from it as it was.
        """
        texts: list[tuple[Element, str]] = []
        tails: list[tuple[Element, str]] = []
        marked = False
        for element in tree.iter():
            if text := element.text:
                if _has_mark(text):
                    marked = True
                else:
                    texts.append((element, text))
                    element.text = None
            if tail := element.tail:
                if _has_mark(tail):
                    marked = True
                else:
                    tails.append((element, tail))
                    element.tail = None
        if marked:
            self.inlinePatterns = self._patterns()  # type: ignore[assignment] # a list serves
            super().run(tree, ancestors)
        for element, text in texts:
            element.text = text
        for element, tail in tails:
            element.tail = tail
        return tree


def _has_mark(text: str) -> bool:
    return _MARK.search(text) is not None or "  \n" in text


class Emphasis(DelimiterProcessor):
    """Emphasis: goes from one `*` or `_` to the next, where the package looks at every character between."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", tags="strong,em", smart=True)

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """The next run of marks that may open or, where one is open, close."""
        for found in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[found[0]]
            run = delimiter.boundary.match(data, found.start())
            if run is not None and (delimiter.stack or run.lastgroup != "end"):
                return run
        return None
