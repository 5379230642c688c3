"""The text of a body as readers search it: what its static form says, without markup."""

import re
from html import unescape

from newsgen.body.static_form import make_static
from newsgen.core.plain_text import INVISIBLE

_SKIPPED = re.compile(r"<(script|style|svg|template|noscript)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|small|span|strong|u|var|wbr)(?:\s[^<>]*)?>"
)
"""Tags inside which a word may go on."""

_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


def extract_searched_text(html: str) -> str:
    """The words of a body, those of neighbouring elements apart."""
    html = make_static(html)
    if "<s" in html or "<t" in html or "<n" in html:
        html = _SKIPPED.sub(" ", html)
    text = _TAG.sub(" ", _INLINE.sub("", html))
    if "&" in text:
        text = unescape(text)
    return _INVISIBLE.sub("", text)
