"""The styles of SVG drawings: addresses outside the file, imports and expressions are found and taken out."""

import re
from collections.abc import Callable

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_DATA = re.compile(r"data:(?:image/(?:png|jpeg|jpg|gif|webp|avif)|font/|application/(?:x-)?font)", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20]+")
_LOADED = re.compile(
    r"""(@import|image-set\(|cross-fade\(|expression\()|(?:url|src|image)\(\s*["']?\s*([^"')]*)""", re.IGNORECASE
)
_STRING = r"""(?:"(?:[^"\\\n]|\\.)*(?:"|\Z|(?=\n))|'(?:[^'\\\n]|\\.)*(?:'|\Z|(?=\n)))"""
_WORDS = re.compile(rf"(?P<string>{_STRING})|(?P<comment>/\*.*?(?:\*/|\Z))|(?P<escape>{_ESCAPE.pattern})", re.DOTALL)
_PARTS = re.compile(
    rf"(?P<string>{_STRING})"
    rf"|url\(\s*(?P<address>{_STRING}|(?:[^\\)]|\\.)*?)\s*(?:\)|\Z)"
    r"|(?P<function>(?:url|src|image|image-set|cross-fade|element|expression)\()"
    rf"|(?P<import>@import\b(?:{_STRING}|[^;])*;?)",
    re.DOTALL | re.IGNORECASE,
)
_NOWHERE = "url(#)"
_PASSES = 5
"""How often a style is cleaned at most, until nothing changes."""


def is_inside(address: str) -> bool:
    """Whether an address stays in the same file, or is the data of a picture or a font."""
    plain = _BLANK.sub("", address)
    return not plain or plain.startswith("#") or _DATA.match(plain) is not None


def find_loaded(css: str) -> str | None:
    """The first address outside the file that a style may load, if there is one."""
    if "(" not in css and "@" not in css and "\\" not in css:
        return None
    for text in dict.fromkeys((css, _COMMENT.sub("", css))):  # what looks like a comment may lie in a string
        for found in _LOADED.finditer(_ESCAPE.sub(_unescape, text)):
            address = found[1] or found[2]
            if found[1] or not is_inside(address):
                return address.strip()[:80]
    return None


def clean_style(css: str, clean_data: Callable[[str], str]) -> str:
    """A style in which no address leads out of the file; `clean_data` gives that of an embedded picture or font.

    It is empty where what is taken out always leaves something else to take out.
    """
    for _ in range(_PASSES):
        before, css = css, _clean_once(css, clean_data)
        if css == before:
            return css if find_loaded(css) is None else ""
    return ""


def _clean_once(css: str, clean_data: Callable[[str], str]) -> str:
    def settle(found: re.Match[str]) -> str:
        if found["import"] is not None or found["string"] is not None:
            return found["string"] or ""
        if found["function"] is not None:
            return "none("
        address = _BLANK.sub("", _ESCAPE.sub(_unescape, found["address"].strip("\"'")))
        if address.startswith("#"):
            return f"url({found['address']})" if re.fullmatch(r"[^\\()\"']+", address) else _NOWHERE
        data = clean_data(address) if is_inside(address) else ""
        return f"url({data})" if data and find_loaded(f"url({data})") is None else _NOWHERE

    plain = _WORDS.sub(_settle_word, css.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    return _PARTS.sub(settle, plain)


def _settle_word(found: re.Match[str]) -> str:
    """A string as it is, no comment, and an escaped letter of a name as that letter."""
    if found["escape"] is None:
        return found["string"] or " "
    letter = _ESCAPE.sub(_unescape, found["escape"])
    return letter if re.fullmatch(r"[\w-]", letter) and not letter.isdigit() else found["escape"]


def _unescape(found: re.Match[str]) -> str:
    if found[2]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
