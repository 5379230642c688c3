"""Finds the place in the source of what stands in the HTML, whose tree has no line numbers."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from itertools import islice
from urllib.parse import unquote

from newsgen.core.errors import Edit, Location

_BEFORE, _AFTER = frozenset("(<\"'=:"), frozenset(")>\"'")
"""Characters around an address, besides spaces."""

_NO_ADDRESS = re.compile(r"\]\(\s*\)|=\s*(?:\"\"|'')")
"""The place of an address that is empty."""
_ESCAPE = re.compile(
    r"\\([!-/:-@\[-`{-~])|((?:%[0-9A-Fa-f]{2})+)|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
"""The ways to write a character of an address other than as itself: Markdown's, that of addresses, and HTML's."""


_ADDED = re.compile(r"http://(?=www\.)|mailto:", re.IGNORECASE)
"""What is put before a bare address in a text."""


class Mentions:
    """The mentions in one body's text, which starts in `first_line` of its source.

    An address may be spelled in other ways than the HTML spells it: without its escapes it is the same.
    """

    def __init__(self, text: str, source: str, first_line: int) -> None:
        self.text, self.source, self.first_line = text, source, first_line
        self._seen: dict[str, int] = {}

    @property
    def beginning(self) -> Location:
        """Where the text begins."""
        return Location(self.source, self.first_line)

    def count(self, written: str) -> int:
        """Count a mention, so that `locate` finds the place of each in turn; gives the count."""
        spelled = _remove_escapes(written)
        count = self._seen[spelled] = self._seen.get(spelled, 0) + 1
        return count

    def locate(self, written: str) -> Location:
        """The place of the mention of an address that was counted last."""
        span = self._find_span(written)
        return self.locate_index(span[0]) if span else self.beginning

    def get_spelling(self, written: str) -> str:
        """The address as the text spells it at that place."""
        span = self._find_span(written)
        return self.text[slice(*span)] if span else written

    def _find_span(self, written: str) -> tuple[int, int] | None:
        spelled = _remove_escapes(written)
        count = self._seen.get(spelled, 1)
        spans = list(islice(self._find_spans(spelled), count))
        if not spans and (bare := _ADDED.match(spelled)):  # `www.a.example` leads to `http://www.a.example`
            spans = list(islice(self._find_spans(spelled[bare.end() :]), count))
        return spans[-1] if spans else None

    def _find_spans(self, form: str) -> Iterator[tuple[int, int]]:
        """Where the text has an address that reads so without escapes, and not as a part of a longer one."""
        if not form:
            yield from ((found.end() - 1, found.end() - 1) for found in _NO_ADDRESS.finditer(self.text))
            return
        text, start = self._plain.text, -1
        while (start := text.find(form, start + 1)) >= 0:
            end = start + len(form)
            is_end = end == len(text) or _is_boundary(text[end], _AFTER)
            if start and is_end and _is_boundary(text[start - 1], _BEFORE):
                yield self._plain.index(start), self._plain.index(end)

    @cached_property
    def _plain(self) -> "_Plain":
        return _Plain(self.text)

    def locate_match(self, pattern: re.Pattern[str], number: int) -> Location:
        """The place of the match, or its group, of that number: the last if there are fewer, else the first line."""
        found = [match.start(pattern.groups) for match in pattern.finditer(self.text)]
        return self.locate_index(found[min(number, len(found)) - 1]) if found else self.beginning

    def locate_index(self, index: int) -> Location:
        """The place of an index in the text."""
        line = self.text.count("\n", 0, index)
        return Location(self.source, self.first_line + line, index - self.text.rfind("\n", 0, index))

    def make_edit(self, start: int, end: int, text: str) -> Edit:
        """The edit that replaces a range of the text."""
        first, behind = self.locate_index(start), self.locate_index(end)
        return Edit(first.line, first.column, behind.line, behind.column, text)


class _Plain:
    """A text without the escapes that addresses may have, and where in the whole text its characters stand."""

    def __init__(self, whole: str) -> None:
        pieces, self._starts, self._shifts = [], [0], [0]
        at = length = 0
        for escape in _ESCAPE.finditer(whole) if _may_have_escapes(whole) else ():
            written = _decode(escape)
            pieces += [whole[at : escape.start()], written]
            length += escape.start() - at + len(written)
            at = escape.end()
            self._starts.append(length)
            self._shifts.append(at - length)
        self.text = "".join([*pieces, whole[at:]])

    def index(self, index: int) -> int:
        """The index in the whole text of one in this."""
        return index + self._shifts[bisect_right(self._starts, index) - 1]


def _decode(escape: re.Match[str]) -> str:
    """What an escape stands for."""
    return escape[1] or (unquote(escape[2]) if escape[2] else unescape(escape[3]))


def _remove_escapes(address: str) -> str:
    return _ESCAPE.sub(_decode, address) if _may_have_escapes(address) else address


def _may_have_escapes(text: str) -> bool:
    return "&" in text or "\\" in text or "%" in text  # each is faster to look for than `_ESCAPE`


def _is_boundary(character: str, marks: frozenset[str]) -> bool:
    return character in marks or character.isspace()
