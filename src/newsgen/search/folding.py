"""How words are compared when readers search: without case, Unicode form, diacritics and ligatures.

The script of the search page gets LETTERS and MARKS with the index, so that both fold with one table.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "đ": "d", "ð": "d", "ɖ": "d", "ɗ": "d", "ł": "l", "ƚ": "l", "ø": "o", "ɔ": "o", "ı": "i", "ɨ": "i", "ħ": "h",
        "ŧ": "t", "ƭ": "t", "ŋ": "n", "ɲ": "n", "ĸ": "k", "ƙ": "k", "ɓ": "b", "ƀ": "b", "ǝ": "e", "ə": "e", "ɛ": "e",
        "ǥ": "g", "ʉ": "u", "ƴ": "y", "ƶ": "z", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ς": "σ",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, and what readers type for them; all are lower case."""

MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
)
"""A character class: the marks of Latin, Greek, Cyrillic, Hebrew and Arabic letters, without which words are found."""

_MARKS = re.compile(f"[{MARKS}]+")
_LETTERS = str.maketrans(dict(LETTERS))
_SIGNS = re.compile(
    "[!-/:-@\\[-`{-~\u00a0-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2010-\u2027\u2030-\u205e]+"
)
"""Nearly all signs of texts in Latin letters; with them taken out, nearly all texts are words and spaces."""

_QUICK = 1 << 16


def make_exact(text: str) -> str:
    """The text in lower case and NFKC: the form in which words with the same diacritics are equal."""
    text = unicodedata.normalize("NFKC", text).lower()
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def split_exact(text: str) -> list[str]:
    """The words of a text in their exact form: runs of letters, digits and marks."""
    text = make_exact(text)
    words = _SIGNS.sub(" ", text).split()
    return words if "".join(words).isalnum() else _compile_word().findall(text.replace("_", " "))


@lru_cache(maxsize=_QUICK)
def fold(word: str) -> str:
    """A word in its exact form without what readers leave out: `đường` as `duong`, `straße` as `strasse`."""
    if word.isascii():
        return word
    return _MARKS.sub("", unicodedata.normalize("NFKD", word)).translate(_LETTERS)


@cache
def _compile_word() -> re.Pattern[str]:
    return re.compile(f"[\\w{''.join(_list_all_marks())}]+")


def _list_all_marks() -> Iterator[str]:
    """The ranges of all combining marks, of any script."""
    first = last = 0
    for code in (*range(0x300, 0x3130), *range(0xA66F, 0xAC00), *range(0xFB1E, 0xFE30), *range(0x101FD, 0x1E95F)):
        if unicodedata.category(chr(code))[0] == "M":
            if code != last + 1:
                if first:
                    yield f"{chr(first)}-{chr(last)}"
                first = code
            last = code
    yield f"{chr(first)}-{chr(last)}"
