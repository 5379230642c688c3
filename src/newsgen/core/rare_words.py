"""Find the lines that may have one of some rare words, fast where there are none.

A word counts only before one of its followers, or before markup or the end of the line, after which a follower may
come. Ordinary lines are searched by their bytes, all at once. Odd lines (`newsgen.core.words`) are decoded first, and
where markup splits a word in them, its parts are joined.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from newsgen.core.plain_text import ASIDE, GAP, INVISIBLE, MARKUP, iter_decoded
from newsgen.core.text import nfc
from newsgen.core.words import (
    BETWEEN,
    COARSE,
    LETTER,
    SIGN,
    find_glued_markup,
    has_glued_markdown,
    has_glued_markup,
    is_ordinary,
    join_parts,
    remove_punctuation,
)

COARSE_LINES = COARSE[:10] + b"\n" + COARSE[11:30] + SIGN + COARSE[31:]
"""COARSE, but lines stay lines, and a STOP is a SIGN."""

COARSE_GAPS = SIGN + COARSE[1:].replace(SIGN, b" ")
"""COARSE, but only gaps are SIGNs."""

LAST_WORD = re.compile(rb"[" + LETTER + rb"]+\Z")
UNSEEN = re.compile(rf"[\0{INVISIBLE}]")
TAG_END = (
    r"""(?!!|(?i:script|style|template|noscript|su[bp]|r[tp])\b)"""
    r"""[^<>"'\n]*(?:"[^"<\n]*"[^<>"'\n]*|'[^'<\n]*'[^<>"'\n]*)*>"""
)
"""The rest of a tag that ends in its line and whose element readers see."""

OPEN_MARKUP = re.compile(
    rf"<(?<=[A-Za-z0-9*~`\]}}\x80-\U0010ffff].)(?:{TAG_END}<)*(?!{TAG_END})|\{{(?<=[A-Za-z0-9\x80-\U0010ffff].)[%#]",
    re.DOTALL,  # with IGNORECASE each of a million characters would be looked at when it is compiled
)
"""Markup behind a letter that may end in a later line, or whose element readers do not see."""


class RareWords:
    """Words to find in many texts, each with those that may follow it, all in the form of `coarse_words`."""

    def __init__(self, followers: Mapping[bytes, Collection[bytes]]) -> None:
        self.words = frozenset(followers)
        self._longest = max(map(len, followers), default=0)
        self._beginnings = {word[:size] for word in followers for size in range(1, len(word))}
        self._followers = {word: _compile_followers(after) for word, after in followers.items()}

    def find_lines(self, lines: list[bytes]) -> list[bytes]:
        """Those of some lines without odd ones that may have a word."""
        text = remove_punctuation(b"\n".join(lines)).translate(COARSE_LINES)
        return [lines[number] for number in {text.count(b"\n", 0, at) for at in self._find(text)}]

    def find_odd_lines(self, lines: list[bytes]) -> list[bytes]:
        """Those of some odd lines that may have a word, or a part of one.

        Words that markup splits are looked for in each line alone: among others, a comment could begin in one of them
        and end in another that is far away in the output.
        """
        if not lines or not any(self._has_word(text) or self._may_split(text) for text in _decode(b"\n".join(lines))):
            return []
        return [line for line in lines if any(map(self._may_be_in, _decode(line)))]

    def find_splits(self, data: bytes) -> Iterator[int]:
        """The indexes of tags between letters of which those before the tag are the beginning of a word."""
        for at in find_glued_markup(data):
            before = LAST_WORD.search(remove_punctuation(data[max(at - self._longest - 3, 0) : at]))
            if before and before[0].translate(COARSE) in self._beginnings:
                yield at

    def _find(self, text: bytes) -> Iterator[int]:
        for word in self.words.intersection(text.replace(SIGN, b" ").split()):
            at = -1
            while (at := text.find(word, at + 1)) >= 0:
                if self._followers[word].match(text, at + len(word)):
                    yield at

    def _may_be_in(self, text: str) -> bool:
        if self._has_word(text):
            return True
        return self._may_split(text) and (OPEN_MARKUP.search(text) is not None or self._is_split_in(text))

    def _has_word(self, text: str) -> bool:
        data = text.encode("utf-8", "surrogatepass")
        words = remove_punctuation(data) if is_ordinary(data) else _fold(UNSEEN.sub("<", text))
        return next(self._find(words.translate(COARSE_LINES)), None) is not None

    def _may_split(self, text: str) -> bool:
        """Whether markup is in a text where it may split a word."""
        data = text.encode("utf-8", "surrogatepass")
        if is_ordinary(data):
            return next(self.find_splits(data), None) is not None or has_glued_markdown(data)
        return has_glued_markup(data) or UNSEEN.search(text) is not None

    def _is_split_in(self, text: str) -> bool:
        for each in {text, ASIDE.sub(GAP, text)}:
            words = _fold(MARKUP.sub(GAP, each)).translate(COARSE_GAPS).split()
            parts = ([part for part in word.split(SIGN) if part] for word in words if SIGN in word)
            if any(not self.words.isdisjoint(join_parts(each, self._longest)) for each in parts):
                return True
        return False


def _compile_followers(words: Collection[bytes]) -> re.Pattern[bytes]:
    """A pattern of any of the words, or the beginning of one before markup; or of markup, or a line's end."""
    parts = [word[:size] + SIGN for word in words for size in range(1, len(word))]
    return re.compile(rb" *(?:[<\n]|\Z)| +(?:" + b"|".join(map(re.escape, (*words, *parts))) + rb")")


def _decode(data: bytes) -> Iterator[str]:
    return iter_decoded(data.decode("utf-8", "replace"))


def _fold(text: str) -> bytes:
    return BETWEEN.sub(" ", nfc(text).casefold()).encode("utf-8", "surrogatepass")
