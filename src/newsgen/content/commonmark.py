"""The second engine: CommonMark 0.31 and GitHub's tables by the native `comrak`, many times as fast as the default."""

import re
from functools import cached_property

from comrak import ExtensionOptions, RenderOptions, render_markdown  # type: ignore[import-not-found, unused-ignore]

_NOTES = '<section class="footnotes" data-footnotes>'
_REF = " data-footnote-ref>"
_BACK = re.compile(r' data-footnote-backref data-footnote-backref-idx="([^"]*)" aria-label="[^"]*"')

_NAMED = re.compile(r'<h([1-6])>((?:(?!</?h).)*)\s\{:? *#([^\s{}<>"&]+) *\}</h\1>', re.DOTALL)


class CommonMark:
    """CommonMark with tables, footnotes, strikethrough and lists of terms.

    A heading may name its anchor (`## Vì sao? {#vi-sao}`), since other stories link to it.
    Raw HTML passes, bare addresses stay text and headings get no ids: `bodies` sanitises and gives the anchors, as it
    does behind every engine.
    """

    def __init__(self, back: str) -> None:
        """`back` is what a footnote's way back is called, with `{}` for the note's number."""
        self._extensions = ExtensionOptions()
        self._extensions.table = True
        self._extensions.footnotes = True
        self._extensions.strikethrough = True
        self._extensions.description_lists = True
        self._rendering = RenderOptions()
        self._rendering.unsafe_ = True
        self._back = back

    @cached_property
    def escaping(self) -> "CommonMark":
        """The same engine, but raw HTML comes out as the text that was typed."""
        other = CommonMark(self._back)
        other._rendering.escape = True
        return other

    def convert(self, text: str) -> str:
        """The HTML of a Markdown text."""
        html: str = render_markdown(text, self._extensions, None, self._rendering)
        if _NOTES in html:
            # The classes by which themes know the default engine's notes, and a way back in the site's language.
            html = html.replace(_NOTES, '<section class="footnote">').replace(_REF, ' class="footnote-ref">')
            html = _BACK.sub(lambda way: f' title="{self._back.format(way[1])}"', html)
        if "}</h" in html:
            html = _NAMED.sub(r'<h\1 id="\3">\2</h\1>', html)
        return html
