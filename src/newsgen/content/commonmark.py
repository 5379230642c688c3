"""The second engine: the same dialect by the native `comrak`, many times as fast as the default."""

import re
from functools import cached_property
from html import escape

from comrak import ExtensionOptions, RenderOptions, render_markdown  # type: ignore[import-not-found, unused-ignore]

from newsgen.content.additions import add_attributes_and_abbreviations
from newsgen.content.alerts import alert_titles
from newsgen.content.blocks import open_html

_NOTES = '<section class="footnotes" data-footnotes>'
_REF = " data-footnote-ref>"
_BACK = re.compile(r' data-footnote-backref data-footnote-backref-idx="([^"]*)" aria-label="[^"]*"')
_NESTED = re.compile(r'(<a\b[^<>]*>(?:(?!</?a\b).)*)<a href="[^"]*">([^<]*)</a>', re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(
    r'(markdown-alert-(\w+)">\n<p class="markdown-alert-title">)(?:Note|Tip|Important|Warning|Caution)<'
)
_TERMS = re.compile(r"<dt>[^<]*\n[^<]*</dt>")
_EXTENSIONS = ("table", "footnotes", "strikethrough", "tasklist", "autolink", "alerts", "description_lists")


class CommonMark:
    """The dialect of docs/markdown.md.

    Raw HTML passes, and headings get no ids but those that were typed: `bodies` sanitises and gives the anchors.
    """

    def __init__(self, back: str, language: str = "vi") -> None:
        """`back` is what a footnote's way back is called, with `{}` for the note's number."""
        self._extensions = ExtensionOptions()
        for name in _EXTENSIONS:
            setattr(self._extensions, name, True)
        self._rendering = RenderOptions()
        self._rendering.unsafe_ = True
        self._back, self._language = back, language
        self._titles = alert_titles(language)

    @property
    def is_ours(self) -> bool:
        """There are no extensions for it."""
        return True

    @cached_property
    def escaping(self) -> "CommonMark":
        """The same engine, but raw HTML comes out as the text that was typed."""
        other = CommonMark(self._back, self._language)
        other._rendering.escape = True
        return other

    def convert(self, text: str) -> str:
        """The HTML of a Markdown text."""
        if "markdown" in text and not self._rendering.escape:
            text = open_html(text)
        html: str = render_markdown(text, self._extensions, None, self._rendering)
        if _NOTES in html:
            # The classes by which themes know the default engine's notes, and a way back in the site's language.
            html = html.replace(_NOTES, '<section class="footnote">').replace(_REF, ' class="footnote-ref">')
            html = _BACK.sub(lambda way: f' title="{self._back.format(way[1].partition("-")[0])}"', html)
        if '"markdown-alert ' in html:
            html = _TITLE.sub(lambda found: f"{found[1]}{escape(self._titles[found[2]])}<", html)
        if "<dt>" in html:
            html = _TERMS.sub(lambda found: found[0].replace("\n", "</dt>\n<dt>"), html)
        if "<a" in text:
            html = _NESTED.sub(r"\1\2", html)  # an address inside a link that was typed as HTML is its text
        if "{" in html or "*[" in html:
            html = add_attributes_and_abbreviations(html)
        return html
