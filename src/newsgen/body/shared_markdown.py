"""Markdown that both engines render alike, by a grammar of what most stories are made of, and its rendering.

Such a text is rendered by the native `comrak`, whichever engine the site names, in a fraction of the time. The HTML is
that of the default engine to the byte. The grammar is strict: where a text has anything else, it is not shared.
tests/body/test_shared_markdown.py holds both ways side by side.
"""

import re

from comrak import ExtensionOptions, RenderOptions, render_markdown  # type: ignore[import-not-found, unused-ignore]

_OTHER = ("\\", "`", "~", "<", "{", "}", "\t", "\r", "\x02", "\x03", "\x0b", "\x0c")
"""Characters that no shared text has: they begin what is not in the grammar, or the engines read them in two ways."""

_BEGIN = r"(?:[^\s\d#=\-_*+>:|\ufeff]|\d++(?![.)](?:\s|$))|\*{1,2}+(?=[^\W_]))"
"""The beginning of a line that is text and nothing else."""
_LINE = rf"{_BEGIN}[^\n]*+(?<!\s)\n"
_HEADING = r"#{1,6}+ [^\s#][^\n]*+(?<![\s#])\n"
_PARAGRAPH = rf"(?:{_LINE})++(?![0-9])"
_QUOTE = rf"(?:> {_LINE})++(?:>\n(?:> {_LINE})++)*+(?=\n|\Z)"
_ITEMS = "|".join(rf"(?:{mark} {_LINE})++" for mark in ("-", r"\*", r"\+", r"[0-9]{1,9}+\.", r"[0-9]{1,9}+\)"))
_LIST = rf"(?:{_ITEMS})(?:\Z|\n++(?![-*+] |[0-9]))"
_BLOCKS = re.compile(rf"(?:{_PARAGRAPH}|\n++|{_HEADING}|{_LIST}|{_QUOTE})*+", re.MULTILINE)
"""Paragraphs, headings with `#`, quotations of paragraphs, and lists of one level whose items are one line each.

A list ends with the text or before a blank line, below which no other list begins.
"""

_SPAN_MARKS = ("*", "[", "]", "_", "@")
"""What may begin or end a span; so may a bare address, which has `://` or begins with `www.`."""


def _between(mark: str) -> str:
    """Words between marks that stand at the borders of words, so that each can only open or only close."""
    before = rf"""{mark}(?<![^ (“"]{mark})([^\W_][^*\[\]\n]*)"""
    return rf"""{before}(?:(?<=[^\W_]){mark}(?![^ .,;:!?)”"])|(?<=[.,;:!?)”"]){mark}(?![^ ]))"""


_TARGET = r'\]\([A-Za-z0-9/.:?=#+,;%@_&-]++(?: "[^"\n]*")?\)'
_SPANS = re.compile(
    rf"{_between(re.escape('**'))}|{_between(re.escape('*'))}"
    rf'|\[(?<!!\[)([^\s\[\]*^][^\[\]*\n]*)(?<!\s){_TARGET}|!\[([^\[\]*"\n]*){_TARGET}'
)
"""Bold and slanted words, links and pictures."""

_EXTENSIONS, _RENDERING = ExtensionOptions(), RenderOptions()
_RENDERING.unsafe_ = True  # addresses are checked later, with those of the default engine
_PICTURE = re.compile(r'<img( src="[^"]*")( alt="[^"]*")( title="[^"]*")? />')


def render_shared(text: str) -> str | None:
    """The HTML that the default engine makes of a shared text; None of any other."""
    html = render_without_extensions(text if text.endswith("\n") else f"{text}\n")
    if html is None:
        return None
    if '"' in text:
        html = html.replace("&quot;", '"')
    if "![" in text:
        html = _PICTURE.sub(r"<img\2\1\3>", html)
    return html.strip("\n")


def render_without_extensions(text: str) -> str | None:
    """The HTML that `comrak` makes of a shared text, whose last line ends; none of its extensions changes it."""
    if not is_shared(text):
        return None
    try:
        html: str = render_markdown(text, _EXTENSIONS, None, _RENDERING)
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    return None if "\ufffd" in html else html  # it may have been a NUL


def is_shared(text: str) -> bool:
    """Whether the grammar proves that both engines render a text, whose last line ends, alike."""
    if any(map(text.__contains__, _OTHER)) or ("&" in text and ";" in text):
        return False
    if not _BLOCKS.fullmatch(text):
        return False
    rest = text
    if any(map(text.__contains__, _SPAN_MARKS)):
        rest = "\n".join([_remove_spans(line) if "*" in line or "[" in line else line for line in text.split("\n")])
    if any(map(rest.__contains__, _SPAN_MARKS)):
        return False
    return not ("/" in rest and "://" in rest) and not ("w" in rest and "www." in rest)


def _remove_spans(line: str) -> str:
    """A line without the mark of its item, the marks of its spans, and addresses of links."""
    return _SPANS.sub(lambda found: found[found.lastindex or 0], line.removeprefix("* "))
