"""The search of outputs for runs of words, however they are written there, that costs little where there are none.

A *canary* is a run of words: a title, a slug, an address, a file's path, the beginning of a sentence. An output can
hold one only where a line has its rarest word between the same words, markup or the line's ends. Each line is searched
for the rarest words once, for most lines of a page are those of every page (`newsgen.core.rare_words`); lines that may
have one are split into words and looked at more closely. An output with such a place is read whole and in every way
(`newsgen.core.plain_text`), so what is found does not depend on which word is the rarest.
"""

import posixpath
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import msgspec

from newsgen.core.digests import digest
from newsgen.core.media_types import PICTURES
from newsgen.core.messages import Message
from newsgen.core.plain_text import contains_words, fold_readings, iter_readings
from newsgen.core.rare_words import RareWords
from newsgen.core.text import nfc
from newsgen.core.words import (
    PLAIN_WORDS,
    SIGN,
    coarse_words,
    coarsen,
    find_chunks,
    separate_odd_lines,
    split_words,
    strip_tags,
)

LINES, LONG_LINE = 50_000, 2000
PROBE = 8192
PIXELS = tuple(suffix for suffix in PICTURES if suffix != ".svg")
BEGINNINGS = {
    BOM_UTF8: "utf-8-sig",
    BOM_UTF32_LE: "utf-32",
    BOM_UTF32_BE: "utf-32",
    BOM_UTF16_LE: "utf-16",
    BOM_UTF16_BE: "utf-16",
}
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
NO_TEXT = re.compile(r"[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Canary:
    """A run of words with a space before, between and after.

    `what` they are: title, slug, address, text; the path of a `file`, or the name of a file in static/ (`picture`),
    which is looked at again as an address. `file` is the output of that file.
    """

    words: str
    what: str
    source: str
    state: Message
    file: str = ""
    is_strict: bool = False

    @property
    def key(self) -> str:
        """What tells it from others, from one run to the next."""
        kind = b"strict" if self.is_strict else self.what.encode()
        return digest(self.words.encode(), self.source.encode(), kind, self.file.encode())


class Files(msgspec.Struct, frozen=True):
    """Hidden stories' files in one output: those whose paths it says, and those to which it holds the address."""

    said: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    def with_those(self, more: "Files") -> "Files":
        """These and more of the same output."""
        return Files(tuple(sorted({*self.said, *more.said})), tuple(sorted({*self.shown, *more.shown})))


class Found(msgspec.Struct, frozen=True):
    """What one output shows: leaks, and files that hidden stories name.

    `is_excused`: it shows a canary that is no leak only because a published story says the same. When that story no
    longer does, it is one, though nothing in the output has changed.
    """

    leaks: tuple[Canary, ...] = ()
    files: Files = Files()
    is_excused: bool = False


def text_of(output: str, data: bytes) -> bytes:
    """A file in UTF-8 as it can be searched; empty for pictures and what is compressed or binary.

    UTF-16 and UTF-32 begin with a mark of their own, or are told by their zero bytes.
    """
    if output.casefold().endswith(PIXELS):
        return b""
    known = next((name for mark, name in BEGINNINGS.items() if data.startswith(mark)), "")
    if not known and b"\0" not in data[:PROBE]:
        return data
    encoding = known or _wide_encoding(data[:PROBE])
    return data.decode(encoding, "replace").encode("utf-8", "replace") if encoding else b""


def _wide_encoding(head: bytes) -> str:
    """The encoding of text with zero bytes: the one that gives no odd character, and a quarter of ASCII."""
    for encoding in WIDE:
        text = head[: len(head) // 4 * 4 or len(head)].decode(encoding, "replace")
        if "\ufffd" not in text[:-1] and not NO_TEXT.search(text) and len(text) <= 4 * sum(map(str.isascii, text)):
            return encoding
    return ""


def shows_file(texts: Iterable[str], output: str, file: str, base: str = "") -> bool:
    """Whether one of the readings of a text holds the address of a file, from the root or from the output's own folder.

    Another file with the same name has another address.
    """
    own = posixpath.relpath(file, posixpath.dirname(output) or ".")
    addresses = "|".join(map(re.escape, (f"{base}/{file}", f"/{file}", own)))
    pattern = re.compile(rf"(?<![\w./~-])(?:\./|(?:https?:)?//[^/\s\"'<>]+)?(?:{addresses})(?![\w-]|\.\w)")
    return any(pattern.search(nfc(text)) for text in texts)


def holds(text: str, words: str) -> bool:
    """Whether a text says a run of words, however they are written there."""
    return set(coarsen(words)).issubset(coarse_words(text)) and contains_words(fold_readings(text), words)


class Scanner:
    """Finds canaries in outputs. `typed` gives the text of a source, to excuse what an editor wrote.

    `common` tells how often words stand in the paper, `public` are the sources of published stories, `base` is the path
    under which the site lies.
    """

    def __init__(
        self,
        canaries: Iterable[Canary] = (),
        typed: Callable[[str], str] = str,
        public: tuple[str, ...] = (),
        base: str = "",
        common: Mapping[bytes, int] = MappingProxyType({}),
    ) -> None:
        self.canaries = tuple(canaries)
        self.typed, self.public, self.base, self.common = typed, public, base, common
        self._by_rarest: dict[bytes, list[tuple[int, list[bytes], list[bytes]]]] = {}
        self._is_plain = all(PLAIN_WORDS.fullmatch(canary.words) for canary in self.canaries)
        for number, canary in enumerate(self.canaries):
            words = coarsen(canary.words)
            at = min(range(len(words) - 1), default=0, key=lambda at: (common.get(words[at], 0), -len(words[at]), at))
            self._by_rarest.setdefault(words[at], []).append((number, words[:at][::-1], words[at + 1 :]))
        followers = {word: {b"".join(run[:1]) for _, _, run in runs} for word, runs in self._by_rarest.items()}
        self._rare = RareWords(followers)
        self._longest = max((len(word) for canary in self.canaries for word in canary.words.split()), default=0)
        self._clean: set[bytes] = set()
        self._unclean: dict[bytes, set[int]] = {}
        self._said: dict[Canary, bool] = {}

    def among(self, known: Iterable[str]) -> "Scanner":
        """A scanner for those canaries that are not among the known keys."""
        old = set(known)
        left = (canary for canary in self.canaries if canary.key not in old)
        return Scanner(left, self.typed, self.public, self.base, self.common)

    def search(self, output: str, data: bytes, source: str = "") -> Found:
        """What an output shows, in its name and its bytes; `source` is the story whose page it is."""
        if not self._by_rarest:
            return Found()
        hits = self._hits(output, b"\n\n".join((output.encode(), data)))
        files = Files(*(tuple(sorted({c.file for c in hits if c.what == what})) for what in ("file", "picture")))
        others = [canary for canary in hits if not canary.file]
        excused = self._excused(others, source)
        leaks = tuple(canary for canary in others if canary not in excused)
        return Found(leaks, files, len(leaks) < len(others))

    def _hits(self, output: str, data: bytes) -> list[Canary]:
        """The canaries that an output holds."""
        likely = self._likely(data)
        if likely:
            likely &= self._in_order(data)
        return [self.canaries[number] for number in sorted(self._held(output, data, likely) if likely else ())]

    def _in_order(self, data: bytes) -> set[int]:
        """The canaries that an output may hold by the order of its lines, and by which of its words are neighbours."""
        lines = data.split(b"\n")
        odd, _ = separate_odd_lines(list(set(lines)), is_plain=self._is_plain)
        among = set(odd)
        cuts = [
            coarse_words(chunk.decode("utf-8", "replace"), self._longest)
            for line in odd
            for chunk in find_chunks(line, data)
        ]
        text = b"\n".join(SIGN if line in among else line for line in lines)
        cuts.append(split_words(strip_tags(text)))
        words = {word for each in cuts for word in each}
        pairs = {pair for each in cuts for pair in pairwise((SIGN, *each, SIGN))}
        numbers = {number for each in cuts for number in self._numbers(each)}
        return {number for number in numbers if _may_stand(coarsen(self.canaries[number].words), words, pairs)}

    def _held(self, output: str, data: bytes, numbers: Iterable[int]) -> Iterator[int]:
        """Those of the canaries that an output holds, which is read in every way."""
        readings = [one.text for one in iter_readings(data.decode("utf-8", "replace"))]
        folded = [nfc(text).casefold() for text in readings]
        for number in numbers:
            canary = self.canaries[number]
            is_shown = canary.what != "picture" or shows_file(readings, output, canary.file, self.base)
            if is_shown and contains_words(folded, canary.words):
                yield number

    def _likely(self, data: bytes) -> set[int]:
        """The canaries whose rarest word stands somewhere between the words, or the markup, that it needs."""
        lines = set(data.split(b"\n"))
        found = {number for line in self._unclean.keys() & lines for number in self._unclean[line]}
        fresh = list(lines - self._clean - self._unclean.keys())
        odd, plain = separate_odd_lines(fresh, self._rare.find_splits, is_plain=self._is_plain)
        suspects = [*self._rare.find_lines(plain), *self._rare.find_odd_lines(odd)]
        odd, plain = separate_odd_lines(suspects, is_plain=self._is_plain)
        for line in plain:
            found |= self._note(line, split_words(strip_tags(line)))
        for line in odd:
            parts = find_chunks(line, data)
            for chunk in parts:
                words = coarse_words(chunk.decode("utf-8", "replace"), self._longest)
                found |= self._note(line, words) if chunk == line else self._numbers(words)
            if parts != [line]:
                fresh.remove(line)
        self._clean.update(line for line in fresh if line not in self._unclean and len(line) < LONG_LINE)
        if len(self._clean) > LINES:
            self._clean.clear()
        if len(self._unclean) > LINES:
            self._unclean.clear()
        return found

    def _note(self, line: bytes, words: list[bytes]) -> set[int]:
        """Keep which canaries a line may hold, and give them."""
        found = self._numbers(words)
        if found:
            self._unclean[line] = found
        return found

    def _numbers(self, words: Iterable[bytes]) -> set[int]:
        """The canaries whose rarest word stands among words, with the others around it as far as the next sign."""
        words, rare = [SIGN, *words, SIGN], self._by_rarest
        return {
            number
            for at in [at for at, word in enumerate(words) if word in rare]
            for number, before, after in rare[words[at]]
            if _goes_on(before, words, at, -1) and _goes_on(after, words, at, 1)
        }

    def _excused(self, canaries: Iterable[Canary], source: str) -> set[Canary]:
        """Those of the canaries that the story itself says, or any published one."""
        lax = {canary for canary in canaries if not canary.is_strict}
        own = _held(self.typed(source), lax) if source and lax else set()
        asked = lax - own - self._said.keys()
        said: set[Canary] = set()
        for public in self.public if asked else ():
            said |= _held(self.typed(public), asked - said)
        self._said.update((canary, canary in said) for canary in asked)
        return own | {canary for canary in lax - own if self._said[canary]}


def _may_stand(run: Sequence[bytes], words: set[bytes], pairs: set[tuple[bytes, bytes]]) -> bool:
    """Whether each word of a run is among the words, before the next or before markup, and the next behind such."""
    return words.issuperset(run) and all(
        (first, second) in pairs or (_has_end(first, second, pairs) and _has_start(first, second, pairs))
        for first, second in pairwise(run)
    )


def _has_end(first: bytes, second: bytes, pairs: set[tuple[bytes, bytes]]) -> bool:
    """Whether markup stands behind a word, or in the word behind it."""
    parts = (second[:size] for size in range(1, len(second)))
    return (first, SIGN) in pairs or any((first, part) in pairs and (part, SIGN) in pairs for part in parts)


def _has_start(first: bytes, second: bytes, pairs: set[tuple[bytes, bytes]]) -> bool:
    """Whether markup stands before a word, or in the word before it."""
    parts = (first[size:] for size in range(1, len(first)))
    return (SIGN, second) in pairs or any((SIGN, part) in pairs and (part, second) in pairs for part in parts)


def _goes_on(run: Sequence[bytes], words: Sequence[bytes], at: int, step: int) -> bool:
    """Whether the words after a place, or before it, are those of a run, as far as the next sign."""
    for word in run:
        at += step
        if words[at] != word:
            is_part = word.startswith(words[at]) if step > 0 else word.endswith(words[at])
            return words[at] == SIGN or (is_part and words[at + step] == SIGN)
    return True


def _held(text: str, canaries: Iterable[Canary]) -> set[Canary]:
    """Those of the canaries that a text says."""
    words = set(coarse_words(text))
    likely = [canary for canary in canaries if words.issuperset(coarsen(canary.words))]
    texts = fold_readings(text) if likely else ()
    return {canary for canary in likely if contains_words(texts, canary.words)}
