"""The second engine: the same dialect with the native `comrak`, many times as fast as the default engine."""

import re
from functools import cached_property
from html import escape, unescape
from urllib.parse import quote, unquote

from comrak import ExtensionOptions, RenderOptions, render_markdown  # type: ignore[import-not-found, unused-ignore]

from newsgen.body.alerts import alert_titles
from newsgen.body.attributes import read_code_attributes, write_attributes
from newsgen.body.bare_addresses import strip_trailing
from newsgen.body.comrak_additions import add_attributes_and_abbreviations, is_balanced
from newsgen.body.comrak_preparation import Preparation, may_need
from newsgen.body.footnotes import BEGIN, find_unmentioned, mention_notes, remove_mentions, rename_repeated, sort_notes
from newsgen.body.shared_markdown import render_without_extensions

_REF = " data-footnote-ref>"
_BACK = re.compile(r' data-footnote-backref data-footnote-backref-idx="([^"]*)" aria-label="[^"]*"')
_BELOW_MARK = re.compile(r"^((?:[ \t>]*(?:[-*+]|\d{1,9}[.)]))+[ \t]*\n(?:[ \t]*>)*)[ \t]+$", re.MULTILINE)
"""A blank line below the mark of an empty item, which it ends; the engine wants nothing in it."""
_MAY_NEST = ("://", "www.", "@")
_LINK = re.compile(r"<(/?)a\b", re.IGNORECASE)
_NESTED = re.compile(r'(<a\b[^<>]*>(?:(?!</?a\b).)*)<a href="([^"]*)">([^<]*)</a>', re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(
    r'(markdown-alert-(\w+)">\n<p class="markdown-alert-title">)(?:Note|Tip|Important|Warning|Caution)<'
)
_TASK = re.compile(r'(<input type="checkbox"[^<>]*/> )(\n<p>)')
_CODE = re.compile(r'<pre><code((?: (?:class|data-meta)="[^"]*"){1,2})>')  # in either order
_INFO = re.compile(r' class="language-([^"]*)"| data-meta="([^"]*)"')
_QUOTED = ("”", "’", "»", "…")
_ADDRESS = re.compile(r'<a href="([^"]*)">([^<]*[”’»…])</a>')
_TERMS = re.compile(r"<dt>((?:(?!</?dt>)[^\n])*\n(?:(?!</?dt>).)*)</dt>", re.DOTALL)
_EXTENSIONS = ("table", "footnotes", "strikethrough", "tasklist", "autolink", "alerts", "description_lists")


class CommonMark:
    """The dialect of docs/markdown.md.

    Raw HTML passes, and only typed ids are given to headings: `body` sanitises the HTML and adds the anchors.
    """

    is_ours = True
    """It takes no extensions."""

    def __init__(self, back: str, language: str = "vi") -> None:
        """`back` is the title of a footnote's link back to the text, with `{}` for its number."""
        self._extensions = ExtensionOptions()
        for name in _EXTENSIONS:
            setattr(self._extensions, name, True)
        self._rendering = RenderOptions()
        self._rendering.unsafe_ = True
        self._rendering.full_info_string = True
        self._preparation = Preparation(language, reads_html=True)
        self._back, self._language = back, language
        self._titles = alert_titles(language)

    @cached_property
    def escaping(self) -> "CommonMark":
        """The same engine, but raw HTML comes out as the text that was typed."""
        other = CommonMark(self._back, self._language)
        other._rendering.escape = True
        other._preparation = Preparation(self._language, reads_html=False)
        return other

    def convert(self, text: str) -> str:
        """The HTML of a Markdown text."""
        text = text if text.endswith("\n") else f"{text}\n"  # it reads a last line without an end as something else
        html = render_without_extensions(text)
        return self.convert_with_extensions(text) if html is None else html

    def convert_with_extensions(self, text: str) -> str:
        """The HTML of a Markdown text whose last line ends, shared or not, by `comrak` with all that we add to it."""
        if " \n" in text or "\t\n" in text:
            text = _BELOW_MARK.sub(r"\1", text)
        known, abbreviations = self._preparation.read(text) if may_need(text) else (text, {})
        html = self._render(known)
        if "<dd>" in html and known == text:
            known, abbreviations = self._preparation.read(text)
            html = self._render(known) if known != text else html
        if "checkbox" in html:
            html = _TASK.sub(r"\2\1", html)
        if "<pre><code " in html:
            html = _CODE.sub(_write_code, html)
        if '"markdown-alert ' in html:
            html = _TITLE.sub(lambda found: f"{found[1]}{escape(self._titles[found[2]])}<", html)
        if "<dt>" in html:
            html = _TERMS.sub(_split_terms, html)
        if "<a" in text or ("[" in text and any(sign in text for sign in _MAY_NEST)):
            html = _remove_nested(html)
        if any(said.endswith(_QUOTED) for said in html.split("</a>")):
            html = _ADDRESS.sub(_strip_quotes, html)
        if "{" in html or abbreviations:
            html = add_attributes_and_abbreviations(html, abbreviations)
        return html

    def _render(self, text: str) -> str:
        return self._render_notes(text) if "[^" in text else self._render_plain(text)

    def _render_plain(self, text: str) -> str:
        return render_markdown(text, self._extensions, None, self._rendering)  # type: ignore[no-any-return, unused-ignore]

    def _render_notes(self, text: str) -> str:
        """The HTML with all footnotes, mentioned or not, as the default engine writes them."""
        text = rename_repeated(text)
        html = self._render_plain(text)
        names = find_unmentioned(text, html)
        if names:
            html = remove_mentions(self._render_plain(mention_notes(text, names)), names)
        if BEGIN not in html:
            return html
        # The classes by which themes know the default engine's notes, and a way back in the site's language.
        html = (
            sort_notes(html, is_numbered=not names)
            .replace(BEGIN, '<section class="footnote">')
            .replace(_REF, ' class="footnote-ref">')
        )
        return _BACK.sub(lambda way: f' title="{self._back.format(way[1].partition("-")[0])}"', html)


def _write_code(found: re.Match[str]) -> str:
    """A block of code with the attributes that its fence names."""
    words = sorted(_INFO.findall(found[1]), key=lambda word: not word[0])
    info = unescape(" ".join(language or rest for language, rest in words)).strip()
    return f"<pre><code{write_attributes(read_code_attributes(info))}>"


def _split_terms(found: re.Match[str]) -> str:
    """Each line of what is explained is a term of its own, unless an element goes on over the line's end."""
    lines = found[1].replace("<br />\n", "\n").split("\n")
    if not all(map(is_balanced, lines)):
        return found[0]
    return "".join(f"<dt>{line}</dt>\n" for line in lines)[:-1]


def _is_nested(html: str) -> bool:
    """Whether a link stands in another."""
    depth = 0
    for found in _LINK.finditer(html):
        depth = 0 if found[1] else depth + 1
        if depth > 1:
            return True
    return False


def _remove_nested(html: str) -> str:
    """The HTML without bare addresses that are links in a link."""
    while _is_nested(html) and (less := _NESTED.sub(_unlink, html)) != html:
        html = less
    return html


def _is_bare(address: str, shown: str) -> bool:
    """Whether a link is an address that was typed without anything around it."""
    leads, says = unquote(unescape(address)), unquote(unescape(shown))
    return leads in (says, f"http://{says}", f"mailto:{says}")


def _unlink(found: re.Match[str]) -> str:
    """A bare address inside a link that was typed as HTML is its text."""
    return f"{found[1]}{found[3]}" if _is_bare(found[2], found[3]) else found[0]


def _strip_quotes(found: re.Match[str]) -> str:
    """A bare address without the quotation marks that end what it stands in."""
    address, shown = found[1], found[2]
    if not _is_bare(address, shown):
        return found[0]
    kept = strip_trailing(shown)
    for character in reversed(shown[len(kept) :]):
        address = address.removesuffix(character if character.isascii() else quote(character))
    return f'<a href="{address}">{kept}</a>{shown[len(kept) :]}'
