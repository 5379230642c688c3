"""Attributes that a text gives its elements: `{: .rong }`, `{#vi-sao .lop}`, `{width=100}`; other braces are text."""

import re
from html import escape

_NAME = r"[A-Za-z_:@][\w:.@-]*+"
_VALUE = r"""(?:"[^"\n]*+"|'[^'\n]*+'|[^\s"'={}<>]++)"""
_ONE = rf"""(?:[#.][^\s"'={{}}<>#]++|{_NAME}={_VALUE})"""
LIST = rf"\{{(?:: *(?:(?:{_ONE}|{_NAME})(?: +|(?=\}})))*+| *{_ONE}(?: +{_ONE})*+ *)\}}"
"""A whole attribute list. With the colon a bare word is an attribute too; without it, it is not."""

JOINED = frozenset({"class", "rel"})
"""Attributes that hold several words, to which a list adds."""
SPANS = frozenset({"a", "em", "strong", "code", "del", "sup", "abbr", "img"})
"""Elements whose attributes stand directly behind them."""
AT_END = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt"})
"""Elements whose attributes stand at their end."""
IN_A_LINE_OF_ITS_OWN = frozenset({"p", "li", "dd"})
"""Elements whose attributes stand in a line of their own below their text."""

_PIECE = re.compile(rf"""([#.])([^\s"'={{}}<>#]++)|({_NAME})(?:=({_VALUE}))?""")
_WORD = re.compile(r"\S+")


def read_attributes(written: str) -> list[tuple[str, str]]:
    """The attributes of a list as it was typed, in its order; several classes come as several `class`."""
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
    """Attributes as they stand in a tag, each with a space before it."""
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
