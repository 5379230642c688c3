"""Vietnamese text: one form (NFC), slugs from base letters, cuts at a word."""

import re
import unicodedata
from functools import lru_cache

from newsgen.core.digests import digest

SLUG_BYTES = 120
"""The longest slug, in bytes (common systems limit file names to 255)."""

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows reserves for devices, with any ending."""

FORBIDDEN = '<>:"|?*\\'
"""Characters that Windows allows in no file name."""

_FORBIDDEN = frozenset(FORBIDDEN)

INVISIBLE = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
"""A character class: controls and Unicode's noncharacters, most of which XML and HTML refuse.

Those above U+FFFF, which both accept, are left out: they would make the pattern ten times slower.
"""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_UNSURE = bytes(byte in (*range(9), 11, 12, *range(14, 32), 127, 0xC2, 0xED, 0xEF) for byte in range(256))
"""1 for each byte that in UTF-8 is a control, or begins another such character and hardly any other in Vietnamese."""

_SIGNS = re.compile(r"[^0-9A-Za-z]+")
_PLAIN = re.compile(r"[0-9A-Za-z ]*")
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""Combining diacritical marks, those of Vietnamese among them; U+034F is none."""
_LETTERS = str.maketrans({"₫": " dong ", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u303f\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20\uff61-\uff9f\U00020000-\U0003ffff]+"
)
"""Scripts without spaces between words, with their punctuation."""

_SPACED = bytes({*range(256)} - {0xE0, *range(0xE3, 0xEB), 0xEF, 0xF0})
_UNSPACED_TOO = (b"\xe1\x80", b"\xe1\x81", b"\xe1\x82", b"\xe1\x9e", b"\xe1\x9f")
"""Bytes that begin no letter of these scripts in UTF-8, and the beginnings of Burmese and Khmer letters."""

_FLAG = "\U0001f1e6", "\U0001f1ff"
_JOINED = frozenset(
    ["\u200c", "\u200d", "\u0e33", "\u0eb3", *map(chr, range(0x1F3FB, 0x1F400)), *map(chr, range(0xE0020, 0xE0080))]
)
"""What belongs to the character before it, besides combining marks: joiners, Thai and Lao vowels, skin tones, tags."""

_JOINING = frozenset(["\u200d", *map(chr, range(0x0E40, 0x0E45)), *map(chr, range(0x0EC0, 0x0EC5)), "\u1039", "\u17d2"])
"""What belongs to the character after it: the emoji joiner, vowels before their letter, signs of stacked letters."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def nfc(text: str) -> str:
    """The text in NFC (Unicode Annex 15), in which newsgen compares and writes text."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def find_invisible(text: str, encoded: bytes) -> re.Match[str] | None:
    """The first INVISIBLE character in a text; `encoded` is the text in UTF-8, which is faster to search."""
    return _INVISIBLE.search(text) if b"\1" in encoded.translate(_UNSURE) else None


def remove_invisible(text: str) -> str:
    """The text without INVISIBLE characters."""
    return _INVISIBLE.sub("", text)


@lru_cache(maxsize=4096)
def slugify(text: str) -> str:
    """The text as `[a-z0-9-]`: base letters, `đ` as `d`, signs as `-`; may be empty.

    So `8,2%` is `8-2`, `l’été` is `l-ete`, and `40°C` is `40-c`. A long slug is cut at a word and ends in 8 hexadecimal
    digits of the digest of the whole, so that two long titles differ; so does one that some systems reserve (`con`).
    """
    return _limit_slug(_without_signs(strip_marks(text)))


def make_former_slug(text: str) -> str:
    """The slug of earlier versions, before signs became `-`: decimals run together, some signs are spelled out."""
    return _limit_slug(strip_marks(text))


def _limit_slug(text: str) -> str:
    slug = _join_words(text)
    if slug in RESERVED:
        return f"{slug}-{digest(slug.encode())[:8]}"
    if len(slug) <= SLUG_BYTES:
        return slug
    head = slug[: SLUG_BYTES - 9]
    return f"{head.rpartition('-')[0] or head}-{digest(slug.encode())[:8]}"


def _join_words(text: str) -> str:
    """The words of a text in base letters, with `-` between them."""
    if _PLAIN.fullmatch(text):  # as nearly always
        return "-".join(text.lower().split())
    from slugify import slugify as slugify_letters  # start-up: few texts need it

    slug: str = slugify_letters(text, entities=False, decimal=False, hexadecimal=False)
    return slug


def _without_signs(text: str) -> str:
    """The text with spaces in place of punctuation and signs, which slugify would spell out or drop."""
    if text.isascii():
        return _SIGNS.sub(" ", text)
    return "".join(" " if unicodedata.category(c)[0] in "PSZ" else c for c in text)


def is_slug(text: str) -> bool:
    """Whether the text is a valid slug."""
    return len(text) <= SLUG_BYTES and text not in RESERVED and _SLUG.fullmatch(text) is not None


def is_reserved(name: str) -> bool:
    """Whether some system refuses this name for a file or folder."""
    device = name.partition(".")[0].rstrip().casefold() in RESERVED
    return device or name.endswith((".", " ")) or not _FORBIDDEN.isdisjoint(name)


CURLY = "“”„‟‘’«»"
"""Quotation marks of word processors, which YAML takes as part of a text."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A key that is the same for spellings that differ only in case or Unicode form."""
    if text.isascii():
        return text if text.islower() else text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def has_right_to_left(text: str) -> bool:
    """Whether a text has right-to-left characters, which could reorder the text around them (Unicode Annex 9)."""
    return not text.isascii() and _TURNING.search(text) is not None


def shorten(text: str, length: int) -> str:
    """At most `length` characters of the text, cut at a word and ended with "…" where it is longer.

    In scripts without spaces, such as Chinese or Thai, it is cut between letters.
    """
    if len(text) <= length:
        return text
    if length < 2:
        return "…"
    end = _letter_start(text, length - 1)
    if end and not text[end].isspace() and not (is_unspaced(text[end]) or is_unspaced(text[end - 1])):
        end = next((at for at in range(end, 0, -1) if text[at].isspace() or is_unspaced(text[at - 1])), end)
    return text[:end].rstrip(" ,.;:-–—…、，。；：") + "…"


def _letter_start(text: str, at: int) -> int:
    """The last index up to `at` at which a grapheme cluster begins (after Unicode Annex 29)."""
    while at > 0 and _is_inside(text, at):
        at -= 1
    return at


def _is_inside(text: str, at: int) -> bool:
    """Whether the character at an index belongs to the grapheme cluster of the one before it."""
    here, before = text[at], text[at - 1]
    if here < "\u0300":
        return False
    if unicodedata.category(here)[0] == "M" or here in _JOINED or before in _JOINING:
        return True
    if not _FLAG[0] <= here <= _FLAG[1]:
        return "\u1160" <= here <= "\u11ff" and "\u1100" <= before <= "\u11ff"
    first = at
    while first and _FLAG[0] <= text[first - 1] <= _FLAG[1]:
        first -= 1
    return (at - first) % 2 == 1


def split_letters(text: str) -> list[str]:
    """The grapheme clusters of a text: letters with their marks, emoji of several characters."""
    starts = [at for at in range(len(text)) if at == 0 or not _is_inside(text, at)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def is_unspaced(character: str) -> bool:
    """Whether a character is of Chinese, Japanese, Thai, Lao, Khmer or Burmese, which have no spaces between words."""
    return _UNSPACED.match(character) is not None


def count_unspaced(text: str) -> tuple[int, str]:
    """How many letters of scripts without spaces a text has, and the text without them."""
    if text.isascii() or not _may_be_unspaced(text) or not _UNSPACED.search(text):
        return 0, text
    letters = sum(unicodedata.category(c)[0] in "LN" for run in _UNSPACED.findall(text) for c in run)
    return letters, _UNSPACED.sub(" ", text)


def _may_be_unspaced(text: str) -> bool:
    """Whether a text may have a script without spaces: bytes that Vietnamese lacks are found faster."""
    data = text.encode("utf-8", "surrogatepass")
    return bool(data.translate(None, _SPACED)) or any(begin in data for begin in _UNSPACED_TOO)


def squeeze(text: str) -> str:
    """The text on one line with single spaces."""
    return " ".join(text.split())


def tidy_line(text: str) -> str:
    """The text on one line, in NFC, without INVISIBLE characters."""
    return squeeze(nfc(remove_invisible(text)))


def strip_marks(text: str) -> str:
    """The text without the diacritics of its letters, `đ` as `d`."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    if (plain := _MARKS.sub("", decomposed)).isascii():
        return plain
    return "".join(c for c in decomposed if not unicodedata.combining(c))
