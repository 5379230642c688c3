"""Vietnamese text: one form (NFC), slugs from base letters, cuts at a word."""

import re
import unicodedata
from functools import lru_cache

from slugify import slugify as _slugify

from newsgen.digests import digest

SLUG_BYTES = 120
"""The longest slug, in bytes (file names end at 255 on common systems)."""

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows keeps for devices, whatever ending follows."""

FORBIDDEN = '<>:"|?*\\'
"""What no file's name may hold there."""

_FORBIDDEN = frozenset(FORBIDDEN)

INVISIBLE = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
"""Inside a pattern's brackets: controls and what Unicode calls no characters. XML and HTML refuse most of them.

Those above U+FFFF, which both accept, are left out: they would make the pattern ten times as slow.
"""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_OTHERS = (b"\xc2", b"\xed", b"\xef")
"""What the others begin with in UTF-8, and in Vietnamese hardly anything else."""

_LETTERS = str.maketrans({"₫": " dong ", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def nfc(text: str) -> str:
    """The text in Unicode's composed form (Annex 15), in which newsgen compares and writes."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def invisible(text: str, encoded: bytes) -> re.Match[str] | None:
    """The first of the INVISIBLE in a text; `encoded` is the text in UTF-8, which tells faster that there is none."""
    plain = len(encoded.translate(None, _CONTROLS)) == len(encoded) and not any(map(encoded.__contains__, _OTHERS))
    return None if plain else _INVISIBLE.search(text)


def without_invisible(text: str) -> str:
    """The text without any of the INVISIBLE."""
    return _INVISIBLE.sub("", text)


@lru_cache(maxsize=4096)
def slugify(text: str) -> str:
    """The text as `[a-z0-9-]`: base letters, `đ` as `d`; may be empty. Long ones are cut at a word.

    A cut slug ends in 8 hexadecimal digits of the whole's digest, so that two long titles stay apart; so does one that
    some systems reserve, such as `con`.
    """
    slug: str = _slugify(base_letters(text), entities=False, decimal=False, hexadecimal=False)
    if slug in RESERVED:
        return f"{slug}-{digest(slug.encode())[:8]}"
    if len(slug) <= SLUG_BYTES:
        return slug
    head = slug[: SLUG_BYTES - 9]
    return f"{head.rpartition('-')[0] or head}-{digest(slug.encode())[:8]}"


def is_slug(text: str) -> bool:
    """Whether the text can stand in an address as it is."""
    return len(text) <= SLUG_BYTES and text not in RESERVED and _SLUG.fullmatch(text) is not None


def is_reserved(name: str) -> bool:
    """Whether some system refuses a file or folder of this name."""
    device = name.partition(".")[0].rstrip().casefold() in RESERVED
    return device or name.endswith((".", " ")) or not _FORBIDDEN.isdisjoint(name)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A key under which spellings that a reader takes for the same word meet (case and Unicode form)."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def turns(text: str) -> bool:
    """Whether a text runs from right to left somewhere, so that it could reorder what stands around it (Annex 9)."""
    return not text.isascii() and _TURNING.search(text) is not None


def cut(text: str, length: int) -> str:
    """At most `length` characters of the text, ended at a word with "…" where it is longer."""
    if len(text) <= length:
        return text
    if length < 2:
        return "…"
    head = text[: length - 1]
    if not text[len(head)].isspace():
        head = head.rpartition(" ")[0] or head
    return head.rstrip(" ,.;:-–—…") + "…"


def squeeze(text: str) -> str:
    """The text on one line with single spaces."""
    return " ".join(text.split())


def base_letters(text: str) -> str:
    """The text with letters without their marks, `đ` as `d`: any order of combining marks gives one."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
