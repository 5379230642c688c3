"""What readers see of a text of any format: without tags and invisible characters, with entities and escapes undone.

A text can be read in several ways: a backslash is an escape in JSON and none in a story; an attribute is seen as a
tooltip; markup can be escaped within markup, as stories are in feeds. `iter_readings` gives every reading. What is cut
out leaves a GAP, so that `bà<b>n</b> giao` reads as "bàn giao", and `<td>bàn</td><td>giao</td>` does too.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TypeAlias
from urllib.parse import unquote

from newsgen.core.text import nfc

GAP = "\0"
"""Stands where markup was taken out: the letters around it may be one word or two."""

STOP = "\x1e"
"""Stands where a block begins or ends: no sentence goes on behind it."""

READINGS = 40
"""How many ways of reading one text are tried at most. Pages have five or six."""

INVISIBLE = "\xad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
"""Inside a pattern's brackets: characters that browsers do not draw."""

TAG = r"""<(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|<[^<>]*>"""
COMMENT = r"<!--(?:[^<]|<(?!!--))*?-->|<!\[CDATA\[|\]\]>"
TEMPLATE = r"\{%[^{}]*%\}|\{#[^{}]*#\}"
MARKDOWN = r"\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|\[\^[^\[\]\n]*\]|\{[:.#][^{}\n]*\}|[*~`]+"
MARKUP = re.compile(f"{COMMENT}|{TAG}|{TEMPLATE}|{MARKDOWN}|[{INVISIBLE}]+")
ASIDE = re.compile(
    r"<(script|style|template|noscript)\b[^<>]*>(?:[^<]|<(?!/?\1\b))*</\1\s*>|<(su[bp]|r[tp])\b[^<>]*>[^<]{0,60}</\2\s*>",
    re.IGNORECASE,
)
"""Elements that readers do not read as a part of the sentence in which they stand."""

BLOCK = re.compile(
    r"</?(?:p|h[1-6]|li|[uod]l|d[td]|t[dhr]|table|div|section|article|main|nav|aside|header|footer|blockquote|figure"
    r"|figcaption|title|item|entry|description|summary|link|meta|body)(?:\s([^<>]*))?/?>",
    re.IGNORECASE,
)
"""Tags between which a sentence does not go on, in HTML and in feeds."""

ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,5})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
BREAKS = "bfnrt\n"
STYLE_ESCAPE = re.compile(r"\\([0-9a-fA-F]{2,5})[ \n]?")
CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)

Change: TypeAlias = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a text. `places` holds, for each character, where its source begins in the text."""

    text: str
    places: Sequence[int] | None = None

    def without(self, pattern: re.Pattern[str], change: Change) -> "Reading":
        """The reading with each match changed."""
        if self.places is None:
            return Reading(pattern.sub(change, self.text))
        parts: list[str] = []
        places: list[int] = []
        end = 0
        for found in pattern.finditer(self.text):
            new = change(found)
            parts += (self.text[end : found.start()], new)
            places += self.places[end : found.start()]
            places += [self.places[found.start()]] * len(new)
            end = found.end()
        return Reading("".join((*parts, self.text[end:])), [*places, *self.places[end:]])

    def folded(self) -> "Reading":
        """The reading in composed form and lower case, in which words are compared."""
        if self.places is None:
            return Reading(nfc(self.text).casefold())
        return self.without(CLUSTER, lambda found: nfc(found[0]).casefold())


def iter_readings(text: str, *, placed: bool = False) -> Iterator[Reading]:
    """Each way of reading a text, the text as it stands first.

    Only those that are `placed` know where their characters come from.
    """
    coming, met = deque([Reading(text, range(len(text)) if placed else None)]), set[str]()
    while coming and len(met) < READINGS:
        one = coming.popleft()
        if one.text in met:
            continue
        met.add(one.text)
        yield one
        decoded = one.without(ENTITY, _undo_entity).without(PERCENT, _undo_percent)
        coming.append(decoded)
        if "\\" in decoded.text:
            coming.append(decoded.without(ESCAPE, _undo_escape))
            coming.append(decoded.without(STYLE_ESCAPE, _undo_style_escape))
        coming.append(one.without(MARKUP, _take_out))
        if "<" in one.text:
            coming.append(one.without(ASIDE, _take_out).without(MARKUP, _take_out))


def find_words(words: str, text: str) -> int | None:
    """Where a run of words begins in a text, however it is written there."""
    pattern = _pattern(words)
    if not any(pattern.search(one.folded().text) for one in iter_readings(text)):
        return None
    for one in iter_readings(text, placed=True):
        folded = one.folded()
        if (found := pattern.search(folded.text)) is not None and folded.places is not None:
            return folded.places[found.start()]
    return None


def contains_words(texts: Sequence[str], words: str) -> bool:
    """Whether one of the readings of a text, as `fold_readings` gives them, holds a run of words."""
    pattern = _pattern(words)
    return any(pattern.search(text) is not None for text in texts)


def fold_readings(text: str) -> tuple[str, ...]:
    """Each way of reading a text, in lower case."""
    return tuple(one.folded().text for one in iter_readings(text))


@lru_cache(maxsize=2048)
def _pattern(words: str) -> re.Pattern[str]:
    """Finds a run of words: anything but letters, digits and a STOP may stand between them, GAPs within them too."""
    whole = rf"(?:_|[^\w{STOP}])+".join(f"{GAP}*".join(map(re.escape, word)) for word in words.split())
    first = re.escape(words.split()[0][0])
    # The literal letter comes first, for which the engine looks quickly; then what stands before it.
    return re.compile(rf"{first}(?<![^\W_]{first}){whole.removeprefix(first)}(?![^\W_])")


def _take_out(found: re.Match[str]) -> str:
    return _gap_or_stop(found[0])


@lru_cache(maxsize=4096)
def _gap_or_stop(markup: str) -> str:
    return STOP if BLOCK.fullmatch(markup) else GAP


def _undo_entity(found: re.Match[str]) -> str:
    return unescape(found[0])


def _undo_percent(found: re.Match[str]) -> str:
    return unquote(found[0])


def _undo_escape(found: re.Match[str]) -> str:
    wide, four, two, letter = found.groups()
    if letter is not None:
        return " " if letter in BREAKS else letter
    return _character(wide or four or two)


def _undo_style_escape(found: re.Match[str]) -> str:
    return _character(found[1])


def _character(code: str) -> str:
    return chr(int(code, 16))
