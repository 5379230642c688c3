"""Adds to the native engine's HTML what it does not support: attributes in braces and abbreviations.

It passes once over the tags and texts of the HTML.
"""

import re
from dataclasses import dataclass, field
from html import escape, unescape

from newsgen.body.attributes import AT_END, IN_A_LINE_OF_ITS_OWN, LIST, SPANS, join_attributes, write_attributes

_TOKEN = re.compile(r"""<!--(?:(?!<!--|-->).)*+-->|</?[A-Za-z](?:[^"'<>]|"[^"<]*+"|'[^'<]*+')*+>|[^<]+|<""", re.DOTALL)
_TAG = re.compile("(<[^<>]*>)")
TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_GIVEN = re.compile(r"""\s([A-Za-z_:@][\w:.@-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_ANY_BRACES = re.compile(r"\{[^{}\n]*\}")
_LAST = re.compile(r"(?:^|[ \n])[ \n]*(\{[^{}\n]*\}) *$")
_OWN_LINE = re.compile(r"\n *(\{[^{}\n]*\}) *\n?\Z")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+[ \t]*$")
"""The signs that may close a heading, which the engine takes for its text where attributes follow."""
BRACES = re.compile(LIST)
_TABLE = re.compile(r"<table>\n<thead>.*?</table>", re.DOTALL)
_ROW = re.compile(r"""<tr>\n<td(?: align="\w+")?>(\{[^{}\n]*\})</td>\n(?:<td(?: align="\w+")?></td>\n)*+</tr>\n""")
_OPENED = re.compile(r"<[A-Za-z](?:[^<>]*[^<>/])?>")
_HAS_UNTOUCHED = re.compile(r"<(?:code|pre|script|style|textarea|abbr)\b", re.IGNORECASE)
_UNTOUCHED = frozenset({"code", "pre", "script", "style", "textarea", "abbr"})
VOID = frozenset({"img", "br", "hr", "input"})


def add_attributes_and_abbreviations(html: str, abbreviations: dict[str, str]) -> str:
    """The HTML with the attributes from its braces and with its abbreviations explained."""
    if "{" not in html and not _HAS_UNTOUCHED.search(html):
        return _explain_in_all(html, abbreviations)
    return _add_to_tokens(html, abbreviations)


def _add_to_tokens(html: str, abbreviations: dict[str, str]) -> str:
    if "<td" in html:
        html = _TABLE.sub(_give_table, html)
    row = _Tokens(_TOKEN.findall(html), abbreviations)
    row.walk()
    row.explain()
    return "".join(row.tokens)


def _give_table(found: re.Match[str]) -> str:
    """A table with the attributes of the rows that hold nothing else, and without these rows."""
    tag = "<table>"

    def give(row: re.Match[str]) -> str:
        nonlocal tag
        written = unescape(row[1])
        if not BRACES.fullmatch(written):
            return row[0]
        tag = add_attributes(tag, written)
        return ""

    rest = _ROW.sub(give, found[0]).removeprefix("<table>")
    return tag + rest.replace("<tbody>\n</tbody>\n", "") if tag != "<table>" else found[0]


def _explain_in_all(html: str, abbreviations: dict[str, str]) -> str:
    """The HTML with its abbreviations explained, if all of its text may hold some: in one search, not tag by tag."""
    if not abbreviations:
        return html

    def explain(found: re.Match[str]) -> str:
        is_part = re.match(r"\w", found.string[found.start() - 1]) if found.start() else None
        return found[0] if is_part else _write_abbreviation(abbreviations[found[0]], found[0])

    names = sorted(map(re.escape, abbreviations), key=len, reverse=True)
    pieces = _TAG.split(html)
    said = "\0".join(pieces[::2])  # a tag stood between each two texts
    if "<" in said:
        return _add_to_tokens(html, abbreviations)
    pieces[::2] = re.sub(rf"(?:{'|'.join(names)})\b", explain, said).split("\0")
    return "".join(pieces)


def is_balanced(html: str) -> bool:
    """Whether as many elements begin as end."""
    return len(_OPENED.findall(html)) == html.count("</")


def _write_abbreviation(title: str, word: str) -> str:
    return f'<abbr title="{escape(title)}">{word}</abbr>'


@dataclass(slots=True)
class _Tokens:
    """Tags and texts in their order."""

    tokens: list[str]
    abbreviations: dict[str, str]
    texts: list[int] = field(default_factory=list)

    def walk(self) -> None:  # noqa: C901 - one case a kind of token
        """Give each element its attributes, and note which tokens are text."""
        opened: list[tuple[str, int]] = []
        untouched, last = 0, -1
        for index, token in enumerate(self.tokens):
            named = TAG_NAME.match(token)
            if named is None:
                if untouched or token.startswith("<"):
                    continue
                if last >= 0:
                    self._after_element(index, last)
                self.texts.append(index)
                last = -1
                continue
            name = named[1].lower()
            if token.startswith("</"):
                while opened and opened[-1][0] != name and name in (other for other, _ in opened[-8:]):
                    opened.pop()
                last = -1
                if opened and opened[-1][0] == name:
                    place = opened.pop()[1]
                    untouched -= name in _UNTOUCHED
                    last = place if name in SPANS else -1
                    if not untouched:
                        self._at_end(index, name, place)
            elif name in VOID:
                last = index if name == "img" else -1
            else:
                if name in ("ul", "ol") and opened and opened[-1][0] == "li" and not untouched:
                    self._at_end(index, "li", opened[-1][1])
                if name == "a" and opened and opened[-1][0] == "p" and 'class="footnote-backref"' in token:
                    self._at_end(index, "p", opened[-1][1])
                opened.append((name, index))
                untouched += name in _UNTOUCHED
                last = -1

    def explain(self) -> None:
        """Explain the abbreviations in each text that the walk passed."""
        if not self.abbreviations:
            return
        names = sorted(map(re.escape, self.abbreviations), key=len, reverse=True)
        words = re.compile(rf"\b(?:{'|'.join(names)})\b")
        for index in self.texts:
            self.tokens[index] = words.sub(self._explain, self.tokens[index])

    def _explain(self, found: re.Match[str]) -> str:
        return _write_abbreviation(self.abbreviations[found[0]], found[0])

    def _after_element(self, index: int, place: int) -> None:
        found = _ANY_BRACES.match(self.tokens[index])
        if found and self._give(place, found[0]):
            self.tokens[index] = self.tokens[index][found.end() :]

    def _at_end(self, index: int, name: str, place: int) -> None:
        """The attributes that stand at the end of a block."""
        pattern = _LAST if name in AT_END else _OWN_LINE if name in IN_A_LINE_OF_ITS_OWN else None
        text = self.tokens[index - 1]
        if pattern is None or "}" not in text or text.startswith("<"):
            return
        found = pattern.search(text)
        if found is None or (found[0].startswith("{") and index - 2 != place):  # behind an element, and not its own
            return
        if self._give(place, found[1]):
            rest = text[: found.start()]
            self.tokens[index - 1] = _CLOSING_MARKS.sub("", rest) if name.startswith("h") else rest

    def _give(self, place: int, braces: str) -> bool:
        written = unescape(braces)
        if not BRACES.fullmatch(written):
            return False
        self.tokens[place] = add_attributes(self.tokens[place], written)
        return True


def add_attributes(tag: str, written: str) -> str:
    """A tag with the attributes of a list as it was typed."""
    named = TAG_NAME.match(tag)
    start = named.end() if named else 0
    old = {name: unescape(value.strip("\"'")) for name, value in _GIVEN.findall(tag[start:])}
    end = " />" if tag.endswith("/>") else ">"
    return f"{tag[:start]}{write_attributes(join_attributes(old, written))}{end}"
