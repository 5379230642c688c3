"""What the native engine does not know, added to its HTML: attributes in braces and abbreviations.

It works on the row of tags and texts that the HTML is, once through.
"""

import re
from dataclasses import dataclass, field
from html import escape, unescape

from newsgen.content.attributes import LIST, join_attributes

_TOKEN = re.compile(r"""<!--(?:(?!<!--|-->).)*+-->|</?[A-Za-z](?:[^"'<>]|"[^"<]*+"|'[^'<]*+')*+>|[^<]+|<""", re.DOTALL)
_TAG = re.compile("(<[^<>]*>)")
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_GIVEN = re.compile(r"""\s([A-Za-z_:@][\w:.@-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_BRACES = re.compile(r"\{[^{}\n]*\}")
_LAST = re.compile(r"(?:^|[ \n])[ \n]*(\{[^{}\n]*\}) *$")
_OWN_LINE = re.compile(r"\n *(\{[^{}\n]*\}) *\n?\Z")
_LIST = re.compile(LIST)
_DEFINITION = re.compile(r"(?:^|(?<=\n))\*\[([^\\\]\n]+)\] ?: *(\S[^\n]*)(?:\n|$)")
# The fixed characters stand first, so that the search for them is fast; what precedes them is asked afterwards.
_DEFINITION_IN_HTML = re.compile(
    r"\*\[(?:(?<=\n\*\[)|(?<=<p>\*\[)|(?<=<li>\*\[)|(?<=<dd>\*\[))"
    r"([^\\\]\n]+)\] ?: *([^\s<][^\n<]*)(?:\n|(?=</(?:p|li|dd)>))"
)
_HAS_UNTOUCHED = re.compile(r"<(?:code|pre|script|style|textarea|abbr)\b", re.IGNORECASE)
_INLINE = frozenset({"a", "em", "strong", "code", "del", "sup", "abbr"})
_AT_END = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt"})
_IN_LINE_OF_ITS_OWN = frozenset({"p", "li", "dd"})
_UNTOUCHED = frozenset({"code", "pre", "script", "style", "textarea", "abbr"})
_VOID = frozenset({"img", "br", "hr", "input"})


def add_attributes_and_abbreviations(html: str) -> str:
    """The HTML with what its text says in braces, and with the abbreviations that it defines explained."""
    if "{" not in html and not _HAS_UNTOUCHED.search(html):
        return _explain_in_all(html)
    row = _Row(_TOKEN.findall(html))
    if "*[" in html:
        row.define()
    row.walk()
    return "".join(row.tokens)


def _explain_in_all(html: str) -> str:
    """The HTML with its abbreviations explained, if all of its text may hold some: in two searches, not tag by tag."""
    abbreviations: dict[str, str] = {}

    def define(found: re.Match[str]) -> str:
        abbreviations[found[1].strip()] = unescape(found[2].strip())
        return ""

    def explain(found: re.Match[str]) -> str:
        is_part = re.match(r"\w", found.string[found.start() - 1]) if found.start() else None
        return found[0] if is_part else _abbreviation(abbreviations[found[0]], found[0])

    html = _DEFINITION_IN_HTML.sub(define, html).replace("<p></p>", "")
    if not abbreviations:
        return html
    names = sorted(map(re.escape, abbreviations), key=len, reverse=True)
    pieces = _TAG.split(html)
    said = re.sub(rf"(?:{'|'.join(names)})\b", explain, "\0".join(pieces[::2]))  # a tag between each two texts
    pieces[::2] = said.split("\0")
    return "".join(pieces)


def _abbreviation(title: str, word: str) -> str:
    return f'<abbr title="{escape(title)}">{word}</abbr>'


@dataclass(slots=True)
class _Row:
    """Tags and texts in their order."""

    tokens: list[str]
    abbreviations: dict[str, str] = field(default_factory=dict)

    def define(self) -> None:
        """Take the definitions of abbreviations out of the text."""
        for index, token in enumerate(self.tokens):
            if not token.startswith("*[") and "\n*[" not in token:
                continue
            before = self.tokens[index - 1] if index else ""
            if not token.startswith("*[") or before in ("<p>", "<li>", "<dd>"):
                self.tokens[index] = _DEFINITION.sub(self._define, token)
            if not self.tokens[index] and before == "<p>" and self.tokens[index + 1] == "</p>":
                self.tokens[index - 1] = self.tokens[index + 1] = ""

    def _define(self, found: re.Match[str]) -> str:
        self.abbreviations[found[1].strip()] = unescape(found[2].strip())
        return ""

    def walk(self) -> None:  # noqa: C901 - one case a kind of token
        """Give each element its attributes, and explain the abbreviations."""
        opened: list[tuple[str, int]] = []
        names = sorted(map(re.escape, self.abbreviations), key=len, reverse=True)
        words = re.compile(rf"\b(?:{'|'.join(names)})\b") if names else None
        untouched, last = 0, -1
        for index, token in enumerate(self.tokens):
            named = _NAME.match(token)
            if named is None:
                if untouched or token.startswith("<"):
                    continue
                if last >= 0:
                    self._after_element(index, last)
                if words is not None:
                    self.tokens[index] = words.sub(self._explain, self.tokens[index])
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
                    last = place if name in _INLINE else -1
                    if not untouched:
                        self._at_end(index, name, place)
            elif name in _VOID:
                last = index if name == "img" else -1
            else:
                if name in ("ul", "ol") and opened and opened[-1][0] == "li" and not untouched:
                    self._at_end(index, "li", opened[-1][1])
                opened.append((name, index))
                untouched += name in _UNTOUCHED
                last = -1

    def _explain(self, found: re.Match[str]) -> str:
        return _abbreviation(self.abbreviations[found[0]], found[0])

    def _after_element(self, index: int, place: int) -> None:
        found = _BRACES.match(self.tokens[index])
        if found and self._give(place, found[0]):
            self.tokens[index] = self.tokens[index][found.end() :]

    def _at_end(self, index: int, name: str, place: int) -> None:
        """The attributes that stand at the end of a block."""
        pattern = _LAST if name in _AT_END else _OWN_LINE if name in _IN_LINE_OF_ITS_OWN else None
        text = self.tokens[index - 1]
        if pattern is None or "}" not in text or text.startswith("<"):
            return
        if (found := pattern.search(text)) and self._give(place, found[1]):
            self.tokens[index - 1] = text[: found.start()]

    def _give(self, place: int, braces: str) -> bool:
        written = unescape(braces)
        if not _LIST.fullmatch(written):
            return False
        tag = self.tokens[place]
        named = _NAME.match(tag)
        start = named.end() if named else 0
        old = {name: unescape(value.strip("\"'")) for name, value in _GIVEN.findall(tag[start:])}
        new = join_attributes(old, written)
        end = " />" if tag.endswith("/>") else ">"
        self.tokens[place] = tag[:start] + "".join(f' {name}="{escape(value)}"' for name, value in new.items()) + end
        return True
