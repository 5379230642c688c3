"""Attributes that a text gives its elements: `{: .rong }`, `{#vi-sao .lop}`, `{width=100}`; other braces are text."""

import re
from html import escape

_NAME = r"[A-Za-z_:@][\w:.@-]*+"
_VALUE = r"""(?:"[^"\n]*+"|'[^'\n]*+'|[^\s"'={}<>]++)"""
_ONE = rf"""(?:[#.][^\s"'={{}}<>#]++|{_NAME}={_VALUE})"""
LIST = rf"\{{(?:: *(?:(?:{_ONE}|{_NAME})(?: +|(?=\}})))*+| *{_ONE}(?: +{_ONE})*+ *)\}}"
"""A whole attribute list. A bare word is an attribute only in a list with a colon."""

JOINED = frozenset({"class", "rel"})
"""Attributes of several words: a list adds words to them."""
SPANS = frozenset({"a", "em", "strong", "code", "del", "sup", "abbr", "img"})
"""Elements whose attributes follow them directly."""
AT_END = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt"})
"""Elements whose attributes are the end of their text."""
IN_A_LINE_OF_ITS_OWN = frozenset({"p", "li", "dd"})
"""Elements whose attributes are the last line of their text."""

_PIECE = re.compile(rf"""([#.])([^\s"'={{}}<>#]++)|({_NAME})(?:=({_VALUE}))?""")
_WORD = re.compile(r"\S+")


def read_attributes(written: str) -> list[tuple[str, str]]:
    """The attributes of a list in their order, with a `class` for each class."""
    found = []
    for mark, word, name, value in _PIECE.findall(written.strip("{}").removeprefix(":")):
        if mark:
            found.append(("id" if mark == "#" else "class", word))
        else:
            found.append((name, value[1:-1] if value[:1] in ("'", '"') else value))
    return found


def join_attributes(old: dict[str, str], written: str) -> dict[str, str]:
    """The attributes of an element with those of a list: classes and `rel` are joined, others replaced."""
    new = dict(old)
    for name, value in read_attributes(written):
        new[name] = f"{new[name]} {value}" if name in JOINED and new.get(name) else value
    return new


def write_attributes(given: dict[str, str]) -> str:
    """The attributes as HTML, each after a space."""
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items())


def read_code_attributes(info: str) -> dict[str, str]:
    """The attributes of a block of code whose fence says `python` or `{.python #id}`."""
    if re.fullmatch(LIST, info):
        given = join_attributes({}, info)
        if language := given.get("class"):
            given["class"] = f"language-{language}"
        return given
    word = _WORD.match(info)
    return {"class": f"language-{word[0]}"} if word else {}
