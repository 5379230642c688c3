"""Where in a text something is mentioned: the tree of its HTML does not know lines, the text does."""

import re
from collections.abc import Iterator
from html import escape
from itertools import islice

from newsgen.errors import Location

_BEFORE, _AFTER = frozenset("(<\"'=:"), frozenset(")>\"'")
"""What stands around an address, besides spaces."""


class Mentions:
    """The mentions in one body's text, which starts in `first_line` of its source."""

    def __init__(self, text: str, source: str, first_line: int) -> None:
        self.text, self.source, self.first_line = text, source, first_line
        self._seen: dict[str, int] = {}

    def see(self, written: str) -> int:
        """Count a mention, so that the place of each is found in turn; how many there were with it."""
        count = self._seen[written] = self._seen.get(written, 0) + 1
        return count

    def of(self, written: str) -> Location:
        """Where the text names an address for as many times as it was seen."""
        number = self._seen.get(written, 1)
        starts = sorted(
            start for form in {written, escape(written, quote=False)} for start in islice(self._starts(form), number)
        )
        return self.at(starts[min(number, len(starts)) - 1]) if starts else Location(self.source, self.first_line)

    def _starts(self, form: str) -> Iterator[int]:
        """Where the text has an address of this form, and not as a part of a longer one."""
        text, start = self.text, -1
        while (start := text.find(form, start + 1)) >= 0:
            end = start + len(form)
            if start and _is(text[start - 1], _BEFORE) and (end == len(text) or _is(text[end], _AFTER)):
                yield start

    def nth(self, pattern: re.Pattern[str], number: int) -> Location:
        """The place of the match of that number, from 1; of the last where there are fewer, else the first line."""
        found = [match.start() for match in pattern.finditer(self.text)]
        return self.at(found[min(number, len(found)) - 1]) if found else Location(self.source, self.first_line)

    def at(self, index: int) -> Location:
        """The place of an index in the text."""
        line = self.text.count("\n", 0, index)
        return Location(self.source, self.first_line + line, index - self.text.rfind("\n", 0, index))


def _is(character: str, marks: frozenset[str]) -> bool:
    return character in marks or character.isspace()
