"""How many words a text has, and how many minutes they take to read."""

import re

from newsgen.core.text import count_unspaced

WORDS_A_MINUTE, LETTERS_A_MINUTE = 220, 500
"""Reading speed. Letters are counted in scripts without spaces between words."""

SIGNS = frozenset(["--", "---", "...", "&amp;", "&lt;", "&gt;", *"-–—−―/\\&+|·•…*=<>~#@%.,:;!?()[]{}\"'“”‘’«»"])
"""Signs between spaces that are not words."""

_SPACE, _LETTER, _SIGN, _RARE = b" a-?"
_UNLIKE_LETTERS = re.compile(rb"\xe1[\x80-\x82\x9a\x9e\x9f]")
_UNLIKE_SIGNS = re.compile(rb"\xe2(?:\x80[\x80-\x8a\xa8\xa9\xaf]|\x81\x9f)")
"""What begins in UTF-8 like Vietnamese letters and signs, but is Burmese, Khmer, or a space that few texts have."""


def _name_kind(byte: int) -> int:
    if byte in b"\t\n\r ":
        return _SPACE
    if byte < 0x20 or byte in (0x7F, 0xC2, 0xE0, 0xED, 0xEF, 0xF0) or byte in range(0xE3, 0xEB):
        return _RARE
    return _SIGN if byte == 0xE2 or (byte < 0x80 and chr(byte) in SIGNS) else _LETTER


_KINDS = bytes(map(_name_kind, range(256)))
"""What each byte of a text in UTF-8 may begin: a space, a letter, one of SIGNS, or what Vietnamese has none of."""


def count_words(text: str, encoded: bytes) -> tuple[int, int]:
    """How many words a text, here in UTF-8 too, has, and how many minutes they take to read, at least one.

    Each letter of a script without spaces between words counts as a word, and signs alone as none.
    """
    words = count_ordinary(encoded)
    letters = 0
    if words is None:
        letters, text = count_unspaced(text)
        words = sum(token not in SIGNS for token in text.split())
    return words + letters, count_minutes(words, letters)


def count_minutes(words: int, letters: int = 0) -> int:
    """How many minutes words take to read, and letters of scripts without spaces; at least one."""
    return max(1, round(words / WORDS_A_MINUTE + letters / LETTERS_A_MINUTE))


def count_ordinary(data: bytes) -> int | None:
    """The words of a text in UTF-8, found without making each.

    None where it may have spaces or scripts that few texts have, or invisible characters (`core.text`).
    """
    data = b" %b " % data
    kinds = data.translate(_KINDS)
    if b"?" in kinds or _UNLIKE_LETTERS.search(data) or (b"\xe2" in data and _UNLIKE_SIGNS.search(data)):
        return None
    words = kinds.count(b" a")
    at = kinds.find(b" -")
    while at >= 0:
        end = kinds.index(b" ", at + 1)
        words += data[at + 1 : end].decode("utf-8", "surrogatepass") not in SIGNS
        at = kinds.find(b" -", end)
    return words
