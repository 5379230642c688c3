"""The prose of a body: its first paragraph, which is the default summary, and its length."""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.embeds.registry import KNOWN
from newsgen.body.engine import Engine
from newsgen.body.nodes import get_classes, walk_up
from newsgen.body.paragraphs import PROSE
from newsgen.body.word_count import count_words
from newsgen.core.text import remove_invisible, squeeze

_UNSURE = re.compile(r"[\\`*_\[\]<&{}|~•●▪◦‣∙·\uf0b7\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that a plain paragraph does not have."""

_HEAD = re.compile(r"(?:\#{1,6} [^\n]+|!\[[^\[\]\\`<*_&~\n]*\]\([^\s()<>\\]+(?: \"[^\"\\\n]*\")?\))\n\n+")
"""A heading or a picture, whatever follows it."""

_UNSURE_NEXT = frozenset(":[* ")
"""The first characters of a line that may turn the paragraph above it into a term."""

_FIRST_PART = 400
"""Characters that are rendered for a summary at first; where they hold no paragraph, four times as many."""

_NO_PROSE = frozenset({
    "aside", "audio", "blockquote", "button", "caption", "dl", "figure", "footer", "iframe", "nav", "object", "ol",
    "pre", "summary", "table", "template", "ul", "video",
})  # fmt: skip
"""Elements whose paragraphs are not prose."""

_ADDED = frozenset({"footnote", "footnotes", "markdown-alert", "markdown-alert-title", "toc"})
"""Classes of such elements."""

_UNREAD = frozenset({"script", "style", "template", "noscript", "rp", "rt"})
_MARKS = frozenset({"footnote-ref", "footnote-backref"})
_TEMPLATE = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\[/?(?:gallery|caption|embed|playlist)(?:\s[^\]\n]*)?\]", re.DOTALL
)
"""Markup of other programs, which readers see as it was typed until somebody looks at the warning."""

_SLIP = re.compile(r"##|[|•●▪◦‣∙·\uf0b7]")
"""The beginning of a paragraph that was meant as a heading, a table or a list."""

_TOC = "[TOC]"
_NOTES = re.compile(r'<(?:div|section) class="footnote">')
_NOTE = re.compile(r"<sup\b[^<>]*><a\b[^<>]*footnote-ref[^<>]*>[^<]*</a></sup>")
_UNCOUNTED = re.compile(
    r"<!--(?:(?!-->).)*+|<(script|style)\b(?:(?!</\1\b).)*+|<p>\[TOC\]</p>", re.DOTALL | re.IGNORECASE
)
_UNSURE_WORDS = re.compile(
    r"</(?:[pd]|t[dhr]|li|h[1-6]|summary|figcaption|caption)[^<>]*>[^\s]|<br ?/?>[^\s]"
    r"|<(?:!|[Ss][CcTt][RrYy][IiLl])|footnote|\[TOC|<(?<=[^\s>]<)(?:pre|[uod]l|blockquote|table|div)\b"
)
"""HTML whose words the text of the tree runs together, or that has text which is not counted."""

_REST_OF_TAG = r"""(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?>"""
_INLINE = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|"
    rf"sub|sup|time|tt|u|var|wbr){_REST_OF_TAG}"
)
"""Tags inside which a word may go on."""

_ANY_TAG = re.compile(rf"</?[A-Za-z][^\s<>/]*{_REST_OF_TAG.replace(')?>', ')?/?>')}")
_CODE = "\ufffc"


def find_first_paragraph(text: str, engine: Engine, clean: Callable[[str], str]) -> str:
    """The text of the first paragraph of prose in a rendered body, on one line; "" if there is none.

    `clean` makes the engine's HTML fit for the page. Most stories begin with plain words, which are the paragraph; of
    the others as much is rendered as tells that the paragraph is whole and not changed by what follows.
    May raise RecursionError on hostile nesting.
    """
    text = f"{text.strip(chr(10))}\n"
    if engine.is_ours:
        plain = PROSE.match(text, _skip_head(text))
        if plain and text[plain.end() : plain.end() + 1] not in _UNSURE_NEXT:
            if not _UNSURE.search(plain["text"]) and not _is_player(plain["text"]):
                return squeeze(plain["text"])
            parts: Iterator[str] = iter([f"{plain['text']}\n\n---"])
        else:
            parts = _split_parts(text)
        for part in parts:
            prose = _find_first(clean(engine.convert(part)))
            if prose is not None and "[" not in prose:  # it may lead to a note or an address that comes later
                return prose
    html = clean(engine.convert(text))
    return _find_first(html, is_whole=True) or ""


def _skip_head(text: str) -> int:
    """Where the headings and pictures end with which a text begins."""
    at = 0
    while found := _HEAD.match(text, at):
        at = found.end()
    return at


def _split_parts(text: str) -> Iterator[str]:
    """Beginnings of the text up to a blank line, each longer than the one before and shorter than all of it."""
    end = text.find("\n\n", _FIRST_PART)
    while end >= 0:
        yield text[:end]
        end = text.find("\n\n", 4 * end)


def _find_first(html: str, *, is_whole: bool = False) -> str | None:
    """The first paragraph of prose; of a part of a body None where it may not be whole yet."""
    tree = LexborHTMLParser(html, is_fragment=True)
    paragraphs = tree.css("p") if tree.root is not None else []
    for paragraph in paragraphs:
        if (text := _get_prose(paragraph)) and not _is_apart(paragraph):
            return text if is_whole or _is_followed(paragraph) else None
    if not is_whole:
        return None
    # Without any prose the first caption or quotation serves.
    quotes = (paragraph for paragraph in paragraphs if not _is_apart(paragraph, _NO_PROSE - {"blockquote"}))
    return next(filter(None, map(extract_text, quotes)), "")


def _get_prose(paragraph: LexborNode) -> str:
    """What a reader takes for a sentence of the story in a paragraph."""
    first = paragraph.child
    if first is not None and (first.tag == "img" or (first.tag == "a" and not first.text().strip())):
        return ""  # what follows a picture in its paragraph is its caption
    text = extract_text(paragraph)
    if first is not None and first.tag == "a" and text == extract_text(first):
        text = "" if KNOWN.knows(first.attrs.get("href") or "") else text
    return "" if _SLIP.match(text) else text


def _is_player(text: str) -> bool:
    """Whether a paragraph is nothing but the address of a video, post, sound or map."""
    return text.startswith("http") and not any(map(str.isspace, text.strip())) and KNOWN.knows(text)


def measure(tree: LexborHTMLParser, html: str) -> tuple[int, int]:
    """How many words a body has, and how many minutes they take to read; `html` is the text of the tree.

    Notes at the end and their numbers do not count.
    """
    text = _get_counted(html) if _UNSURE_WORDS.search(html) else tree.text()
    return count_words(text, text.encode("utf-8", "surrogatepass"))


def _get_counted(html: str) -> str:
    """The text whose words count, those of neighbouring blocks apart."""
    if notes := _NOTES.search(html):
        html = _NOTE.sub("", html[: notes.start()])
    html = _UNCOUNTED.sub(" ", html)
    return _ANY_TAG.sub(" ", _INLINE.sub("", html)).replace("&nbsp;", " ")


def extract_text(node: LexborNode) -> str:
    """The text of an element on one line, without notes' numbers and markup of templates; "" where it is code alone."""
    said = "".join(_CODE if is_code else word for word, is_code in _iter_words(node))
    text = squeeze(_TEMPLATE.sub(" ", remove_invisible(said)))
    if text == _TOC or not text.replace(_CODE, "").strip():
        return ""
    for word, is_code in _iter_words(node):
        text = text.replace(_CODE, word, 1) if is_code else text
    return squeeze(text)


def _iter_words(node: LexborNode) -> Iterator[tuple[str, bool]]:
    """The texts inside an element as they are read, and whether each is code."""
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if child.is_text_node:
            yield (child.text_content or "").replace(_CODE, ""), False
        elif tag == "br":
            yield " ", False
        elif tag in ("code", "kbd", "samp"):
            yield child.text(), True
        elif child.is_element_node and tag not in _UNREAD and _MARKS.isdisjoint(get_classes(child)):
            yield from _iter_words(child)


def _is_apart(paragraph: LexborNode, tags: frozenset[str] = _NO_PROSE) -> bool:
    """Whether a paragraph stands in a quotation, a list, a table, a note or the like, or is hidden."""
    return any(
        node.tag in tags or "hidden" in node.attrs or not _ADDED.isdisjoint(get_classes(node))
        for node in (paragraph, *walk_up(paragraph))
    )


def _is_followed(paragraph: LexborNode) -> bool:
    """Whether an element follows, so that the paragraph cannot be the beginning of something else."""
    for node in (paragraph, *walk_up(paragraph)):
        while (following := node.next) is not None:
            if following.is_element_node and _ADDED.isdisjoint(get_classes(following)):
                return True
            node = following
    return False
