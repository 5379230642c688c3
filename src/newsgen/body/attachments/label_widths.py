"""How wide a text is at most, in the sans-serif fonts of readers' systems: labels of drawings must not overlap.

A drawing is laid out once for the narrowest phone. Where there is more room only the spaces between labels grow.
"""

from functools import lru_cache
from unicodedata import category, east_asian_width, normalize

FONT = 13
"""The size of the text in drawings, in pixels."""

LINE = 17
"""The height of a line of it."""

ELLIPSIS = "…"

_NARROW = frozenset("iljtfrI!|'.,:;()[]/-‐ ")
_WIDE = frozenset("mwMWGOQ%@&—…₫")


@lru_cache(maxsize=4096)
def measure_text(text: str) -> float:
    """The width of a text in pixels, rounded up: that of DejaVu Sans, the widest of the usual fonts."""
    return FONT * sum(map(_measure_character, normalize("NFC", text)))


@lru_cache(maxsize=1024)
def _measure_character(character: str) -> float:
    kind = category(character)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    base = normalize("NFD", character)[0]
    if east_asian_width(character) in "WF":
        return 1.05
    if base in _NARROW:
        return 0.42
    if base in _WIDE:
        return 1.03
    if kind == "Lu":
        return 0.79
    return 0.66 if ord(base) < 0x250 or character in "ơưƠƯđĐ" else 0.9


def cut_text(text: str, width: float) -> str:
    """A text that fits into a width, cut where it does not."""
    if measure_text(text) <= width:
        return text
    room = width - measure_text(ELLIPSIS)
    kept = ""
    for character in text:
        if measure_text(kept + character) > room:
            break
        kept += character
    return kept.rstrip() + ELLIPSIS


def wrap_text(text: str, width: float, most: int) -> list[str]:
    """A text in lines of a width, at most so many; what is left is cut."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and measure_text(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(cut_text(line, width))
    return [*lines, cut_text(" ".join(words), width)] if words else lines


def fits(text: str, width: float, most: int) -> bool:
    """Whether a text fits into so many lines of a width without being cut."""
    return " ".join(wrap_text(text, width, most)) == " ".join(text.split())
