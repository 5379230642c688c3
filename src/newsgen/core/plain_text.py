"""What readers see of a text in any format: without tags and invisible characters, entities and escapes decoded.

A text can be read in several ways: a backslash is an escape in JSON and none in a story; an attribute is shown as a
tooltip; markup can be escaped within markup, as in feeds. `iter_readings` gives every reading. Removed markup leaves a
GAP, so that `bà<b>n</b> giao` reads as "bàn giao", and `<td>bàn</td><td>giao</td>` does too.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from typing import TypeAlias
from urllib.parse import unquote

import msgspec

from newsgen.core.text import nfc

GAP = "\0"
"""Marks removed markup: the letters around it may be one word or two."""

STOP = "\x1e"
"""Marks the beginning or end of a block, which no sentence crosses."""

READINGS = 40
"""How many readings of one text are tried at most. Pages have five or six."""

INVISIBLE = "\xad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
"""A character class: characters that browsers do not draw."""

TAG = r"""<(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|<[^<>]*>"""
COMMENT = r"<!--(?:[^<]|<(?!!--))*?-->|<!\[CDATA\[|\]\]>"
TEMPLATE = r"\{%[^{}]*%\}|\{#[^{}]*#\}"
MARKDOWN = r"\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|\[\^[^\[\]\n]*\]|\{[:.#][^{}\n]*\}|[*~`]+"
MARKUP = re.compile(f"{COMMENT}|{TAG}|{TEMPLATE}|{MARKDOWN}|[{INVISIBLE}]+")
ASIDE = re.compile(
    r"<(script|style|template|noscript)\b[^<>]*>(?:[^<]|<(?!/?\1\b))*</\1\s*>|<(su[bp]|r[tp])\b[^<>]*>[^<]{0,60}</\2\s*>",
    re.IGNORECASE,
)
"""Elements that are not read as part of the sentence around them."""

BLOCK = re.compile(
    r"</?(?:p|h[1-6]|li|[uod]l|d[td]|t[dhr]|table|div|section|article|main|nav|aside|header|footer|blockquote|figure"
    r"|figcaption|title|item|entry|description|summary|link|meta|body)(?:\s([^<>]*))?/?>",
    re.IGNORECASE,
)
"""Tags that end a sentence, in HTML and in feeds."""

ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,5})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
BREAKS = "bfnrt\n"
STYLE_ESCAPE = re.compile(r"\\([0-9a-fA-F]{2,5})[ \n]?")
CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)

Change: TypeAlias = Callable[[re.Match[str]], str]


class Reading(msgspec.Struct, frozen=True):
    """One way of reading a text. `places` has, for each character, the index of its source in the text."""

    text: str
    places: Sequence[int] | None = None

    def substitute(self, pattern: re.Pattern[str], change: Change) -> "Reading":
        """The reading with each match replaced."""
        if self.places is None:
            return Reading(pattern.sub(change, self.text))
        parts: list[str] = []
        places: list[int] = []
        end = 0
        for match in pattern.finditer(self.text):
            new = change(match)
            parts += (self.text[end : match.start()], new)
            places += self.places[end : match.start()]
            places += [self.places[match.start()]] * len(new)
            end = match.end()
        return Reading("".join((*parts, self.text[end:])), [*places, *self.places[end:]])

    def decode(self) -> "Reading":
        """The reading with entities and percent escapes decoded."""
        if self.places is None:
            return Reading(unquote(unescape(self.text)))
        decoded = self.substitute(ENTITY, lambda match: unescape(match[0]))
        return decoded.substitute(PERCENT, lambda match: unquote(match[0]))

    def unescape(self) -> Iterator["Reading"]:
        """The reading with backslash escapes replaced, first as in JSON, then as in style sheets."""
        if "\\" in self.text:
            yield self.substitute(ESCAPE, _unescape)
            yield self.substitute(STYLE_ESCAPE, lambda match: chr(int(match[1], 16)))

    def folded(self) -> "Reading":
        """The reading in NFC and lower case, in which words are compared."""
        if self.places is None:
            return Reading(nfc(self.text).casefold())
        return self.substitute(CLUSTER, lambda match: nfc(match[0]).casefold())


def iter_readings(text: str, *, placed: bool = False) -> Iterator[Reading]:
    """Each way of reading a text, the text itself first; only with `placed` have they `places`."""
    queue = deque([Reading(text, range(len(text)) if placed else None)])
    seen: set[str] = set()
    while queue and len(seen) < READINGS:
        reading = queue.popleft()
        if reading.text in seen:
            continue
        seen.add(reading.text)
        yield reading
        decoded = reading.decode()
        queue.extend((decoded, *decoded.unescape()))
        queue.append(reading.substitute(MARKUP, _remove))
        if "<" in reading.text:
            queue.append(reading.substitute(ASIDE, _remove).substitute(MARKUP, _remove))


def iter_decoded(text: str) -> Iterator[str]:
    """A text, and what it is with its escapes replaced, in every order; its markup stays."""
    queue, seen = deque([Reading(text)]), set[str]()
    while queue and len(seen) < READINGS:
        reading = queue.popleft()
        if reading.text not in seen:
            seen.add(reading.text)
            yield reading.text
            decoded = reading.decode()
            queue.extend((decoded, *decoded.unescape()))


def find_words(words: str, text: str) -> int | None:
    """The index at which a run of words begins in one of the readings of a text."""
    pattern = _pattern(words)
    if not contains_words(fold_readings(text), words):
        return None
    for reading in iter_readings(text, placed=True):
        folded = reading.folded()
        if (match := pattern.search(folded.text)) is not None and folded.places is not None:
            return folded.places[match.start()]
    return None


def contains_words(texts: Sequence[str], words: str) -> bool:
    """Whether one of the readings of a text, as from `fold_readings`, has a run of words."""
    pattern = _pattern(words)
    return any(pattern.search(text) is not None for text in texts)


def fold_readings(text: str) -> tuple[str, ...]:
    """Each way of reading a text, in lower case."""
    return tuple(reading.folded().text for reading in iter_readings(text))


@lru_cache(maxsize=2048)
def _pattern(words: str) -> re.Pattern[str]:
    """A pattern of a run of words: between them may be anything but letters, digits and a STOP, within them GAPs."""
    whole = rf"(?:_|[^\w{STOP}])+".join(f"{GAP}*".join(map(re.escape, word)) for word in words.split())
    first = re.escape(words.split()[0][0])
    # A literal letter first: the engine finds it quickly, and then checks what is before it.
    return re.compile(rf"{first}(?<![^\W_]{first}){whole.removeprefix(first)}(?![^\W_])")


def _remove(match: re.Match[str]) -> str:
    return _gap_or_stop(match[0])


@lru_cache(maxsize=4096)
def _gap_or_stop(markup: str) -> str:
    return STOP if BLOCK.fullmatch(markup) else GAP


def _unescape(match: re.Match[str]) -> str:
    wide, four, two, letter = match.groups()
    if letter is not None:
        return " " if letter in BREAKS else letter
    return chr(int(wide or four or two, 16))
