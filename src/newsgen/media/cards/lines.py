"""Set a headline into a few lines of one size: as large as it fits, the lines about as long as each other."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import bidirectional

from newsgen.core.text import is_unspaced, nfc, split_letters

SIZES = range(64, 39, -4)
"""The sizes of a headline in pixels, the largest first."""

MOST_LINES = 3

LONGEST = 600
"""More characters than any card has room for; what follows them is not looked at."""

SURE = 0.98
"""The part of a line that is filled where letters are too many to be measured together."""

Measure = Callable[[str, int], float]
"""The width in pixels of a text at a size."""

_SPACE = re.compile(r"[ \t\n\r\f\v\u2028\u2029\u3000]+")
"""Where a line may end; a space that joins two words is no such place."""

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\ufe0e\ufe0f\u20e3]")
"""What has no shape of its own: soft hyphens, empty spaces and joiners, marks of emoji."""

_JOINERS = re.compile("[\u200c\u200d]")
_PICTURES = "\U0001f000", "\U0001faff"

_ALIKE = {"\u202f": "\u00a0", "\u2007": "\u00a0", "\u2009": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2212": "–"}
"""Characters that many fonts lack, and others that look like them."""

_CUT = " ,.;:-–—…、，。；：/"
"""Signs that do not stand before the mark of a cut."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place for a headline: its width and height in pixels; `line_height` gives the height of a line of a size."""

    width: float
    height: float
    line_height: Callable[[int], float]

    def count_lines(self, size: int) -> int:
        """How many lines of a size there may be, at least one."""
        return max(1, min(MOST_LINES, int(self.height // self.line_height(size))))


@dataclass(frozen=True, slots=True)
class Word:
    """What no line is broken in, with its width in the largest size; `is_apart` says that a space stands before it."""

    text: str
    is_apart: bool
    width: float


def clean_text(text: str, characters: frozenset[int]) -> str:
    """A text as it is drawn with a font of these characters: on one line, in NFC, without pictures that it lacks."""
    drawn = _UNSEEN.sub("", nfc(text))
    if not characters.issuperset(map(ord, drawn)):
        drawn = "".join(_replace(letter, characters) for letter in split_letters(drawn))
    return _SPACE.sub(" ", drawn).strip(" ")


def find_missing(text: str, characters: frozenset[int]) -> list[str]:
    """The letters of a cleaned text that a font lacks."""
    if characters.issuperset(map(ord, text)):
        return []
    return sorted({character for character in text if ord(character) not in characters})


def needs_shaping(letter: str) -> bool:
    """Whether a letter may be joined, reordered or written from right to left: the basic layout draws it wrong."""
    return letter >= "\u0300" and (bidirectional(letter) in ("R", "AL") or unicodedata.category(letter)[0] == "M")


def _replace(letter: str, characters: frozenset[int]) -> str:
    """A letter as it is drawn: another that looks like it, nothing for an emoji or sign that the font lacks."""
    if characters.issuperset(map(ord, letter)):
        return letter
    if (alike := _ALIKE.get(letter, "")) and ord(alike) in characters:
        return alike
    if _SPACE.fullmatch(letter):
        return " "
    if characters.issuperset(map(ord, bare := _JOINERS.sub("", letter))):
        return bare
    is_picture = unicodedata.category(letter[0]) in ("So", "Sk", "Cf") or _PICTURES[0] <= letter[0] <= _PICTURES[1]
    return "" if is_picture else letter


def fit(text: str, place: Place, measure: Measure, ellipsis: str = "…") -> tuple[int, list[str]]:
    """The size and the lines of a headline: the largest in which it fits, else cut at a word.

    Words are measured in the largest size; smaller ones are nearly as much narrower as they are lower.
    """
    words, space = list(_split_words(text[:LONGEST], measure)), measure(" ", SIZES[0])
    widest = max((word.width for word in words), default=0)
    for size in SIZES:
        width, most = place.width * SIZES[0] / size, place.count_lines(size)
        if widest <= width and len(lines := _fill(words, width, space)) <= most:
            shown = list(map(_join, _balance(words, width, space, len(lines))))
            if all(measure(line, size) <= place.width for line in shown):
                return size, shown
    width = place.width * SIZES[0] / size * SURE
    lines = _fill(list(_break_long(words, width, measure)), width, space)
    shown = list(map(_join, lines[:most]))
    if len(lines) > most:
        shown[-1] = cut(_join([*lines[most - 1], *lines[most]]), place.width * SURE, size, measure, ellipsis)
    return size, shown


def cut(text: str, width: float, size: int, measure: Measure, ellipsis: str = "…") -> str:
    """A text in one line of a width; a longer one is cut at a word and ends in `ellipsis`."""
    text = text[:LONGEST]
    if measure(text, size) <= width:
        return text
    words = [f" {word.text}" if word.is_apart else word.text for word in _split_words(text, measure)]
    for count in range(len(words) - 1, 0, -1):
        head = "".join(words[:count]).strip(" ").rstrip(_CUT)
        if head and measure(f"{head}{ellipsis}", size) <= width:
            return f"{head}{ellipsis}"
    letters = split_letters(words[0].strip(" "))
    while letters and measure(f"{''.join(letters)}{ellipsis}", size) > width:
        letters.pop()
    return f"{''.join(letters)}{ellipsis}"


def _split_words(text: str, measure: Measure) -> Iterator[Word]:
    for spaced in filter(None, _SPACE.split(text)):
        parts = _split_unspaced(spaced) if any(map(is_unspaced, spaced)) else [spaced]
        yield from (Word(part, number == 0, measure(part, SIZES[0])) for number, part in enumerate(parts))


def _split_unspaced(word: str) -> list[str]:
    """The letters of scripts without spaces one by one; signs stay with the letter that they belong to."""
    parts: list[str] = []
    for letter in split_letters(word):
        is_sign = unicodedata.category(letter[0])[0] == "P"
        is_closing = is_sign and unicodedata.category(letter[0]) not in ("Ps", "Pi")
        before = parts[-1][-1] if parts else ""
        is_opened = bool(before) and unicodedata.category(before) in ("Ps", "Pi")
        is_inside = bool(before) and not is_unspaced(letter[0]) and not is_unspaced(before)
        if parts and (is_closing or is_opened or is_inside):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _break_long(words: Sequence[Word], width: float, measure: Measure) -> Iterator[Word]:
    """The words, those that are wider than a line in pieces."""
    for word in words:
        if word.width <= width:
            yield word
            continue
        letters = [Word(letter, False, measure(letter, SIZES[0])) for letter in split_letters(word.text)]
        for number, piece in enumerate(_fill(letters, width, 0)):
            yield Word(_join(piece), word.is_apart and number == 0, sum(letter.width for letter in piece))


def _fill(words: Sequence[Word], width: float, space: float) -> list[list[Word]]:
    """The words in lines, each as full as it can be."""
    lines: list[list[Word]] = []
    taken = 0.0
    for word in words:
        more = word.width + (space if word.is_apart else 0)
        if lines and taken + more <= width:
            lines[-1].append(word)
            taken += more
        else:
            lines.append([word])
            taken = word.width
    return lines


def _balance(words: Sequence[Word], width: float, space: float, count: int) -> list[list[Word]]:
    """The words in so many lines, which are as short as they can be."""
    low, high = width / 3, width
    while high - low > 4:
        middle = (low + high) / 2
        if len(_fill(words, middle, space)) <= count and all(word.width <= middle for word in words):
            high = middle
        else:
            low = middle
    return _fill(words, high, space)


def _join(words: Sequence[Word]) -> str:
    first, *_ = words
    return first.text + "".join(f" {word.text}" if word.is_apart else word.text for _, word in pairwise(words))
