"""Search outputs for words of hidden stories, however they are written there.

A *canary* is a run of words: a title, a slug, an address, a file's path, the beginning of a sentence. The search has
three steps, each slower and more exact than the one before, and each for the few outputs that pass it:

1. Lines that may have the rarest word of a canary (`newsgen.core.rare_words`). Most lines are the same on every page,
   so each different line is searched once.
2. Around that word, the other words of the canary, as far as markup lets them be seen.
3. Every way of reading the whole output (`newsgen.core.plain_text`). This alone decides, so the result does not depend
   on which word is the rarest.
"""

import posixpath
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from newsgen.render.hidden_files import Files

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


class Canary(msgspec.Struct, frozen=True):
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
        """A digest that identifies it from one build to the next."""
        kind = b"strict" if self.is_strict else self.what.encode()
        return digest(self.words.encode(), self.source.encode(), kind, self.file.encode())


class Found(msgspec.Struct, frozen=True):
    """What one output shows: leaks, and files of hidden stories.

    `is_excused`: it shows a canary that is no leak only because a published story says the same. When that story no
    longer does, it is one, though nothing in the output has changed.
    """

    leaks: tuple[Canary, ...] = ()
    files: Files = Files()
    is_excused: bool = False


def has_no_text(output: str) -> bool:
    """Whether a file is a picture by its name, in which no text is searched."""
    return output.casefold().endswith(PIXELS)


def text_of(output: str, data: bytes) -> bytes:
    """A file in UTF-8 as it can be searched; empty for pictures and what is compressed or binary.

    UTF-16 and UTF-32 are recognized by their byte order marks, or by their zero bytes.
    """
    if has_no_text(output):
        return b""
    known = next((name for mark, name in BEGINNINGS.items() if data.startswith(mark)), "")
    if not known and b"\0" not in data[:PROBE]:
        return data
    encoding = known or _wide_encoding(data[:PROBE])
    return data.decode(encoding, "replace").encode("utf-8", "replace") if encoding else b""


def _wide_encoding(head: bytes) -> str:
    """The encoding of text with zero bytes: the first that gives printable characters, a quarter of them ASCII."""
    for encoding in WIDE:
        text = head[: len(head) // 4 * 4 or len(head)].decode(encoding, "replace")
        if "\ufffd" not in text[:-1] and not NO_TEXT.search(text) and len(text) <= 4 * sum(map(str.isascii, text)):
            return encoding
    return ""


def shows_file(texts: Iterable[str], output: str, file: str, base: str = "") -> bool:
    """Whether one of the readings of a text has the address of a file, from the root or from the output's own folder.

    Another file with the same name has another address.
    """
    own = posixpath.relpath(file, posixpath.dirname(output) or ".")
    addresses = "|".join(map(re.escape, (f"{base}/{file}", f"/{file}", own)))
    pattern = re.compile(rf"(?<![\w./~-])(?:\./|(?:https?:)?//[^/\s\"'<>]+)?(?:{addresses})(?![\w-]|\.\w)")
    return any(pattern.search(nfc(text)) for text in texts)


def says_words(text: str, words: str) -> bool:
    """Whether a text has a run of words, however they are written there."""
    return set(coarsen(words)).issubset(coarse_words(text)) and contains_words(fold_readings(text), words)


class Scanner:
    """Finds canaries in outputs.

    `typed` gives the text of a source, and `public` are the sources of the published stories: words that an editor
    typed into one are excused. `common` counts words of the paper, to tell rare ones. `base` is the path of the site.
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
        hits = self._find_hits(output, b"\n\n".join((output.encode(), data)))
        files = Files(*(tuple(sorted({c.file for c in hits if c.what == what})) for what in ("file", "picture")))
        others = [canary for canary in hits if not canary.file]
        excused = self._find_excused(others, source)
        leaks = tuple(canary for canary in others if canary not in excused)
        return Found(leaks, files, len(leaks) < len(others))

    def _find_hits(self, output: str, data: bytes) -> list[Canary]:
        """The canaries in an output."""
        likely = self._find_likely(data)
        if likely:
            likely &= self._find_ordered(data)
        return [self.canaries[number] for number in sorted(self._confirm(output, data, likely) if likely else ())]

    def _find_ordered(self, data: bytes) -> set[int]:
        """The canaries whose words all occur in an output, each next to the following one, or separated by markup."""
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
        numbers = {number for each in cuts for number in self._find_numbers(each)}
        return {number for number in numbers if _may_contain(coarsen(self.canaries[number].words), words, pairs)}

    def _confirm(self, output: str, data: bytes, numbers: Iterable[int]) -> Iterator[int]:
        """Those of the canaries that are in one of the readings of an output."""
        readings = [one.text for one in iter_readings(data.decode("utf-8", "replace"))]
        folded = [nfc(text).casefold() for text in readings]
        for number in numbers:
            canary = self.canaries[number]
            is_shown = canary.what != "picture" or shows_file(readings, output, canary.file, self.base)
            if is_shown and contains_words(folded, canary.words):
                yield number

    def _find_likely(self, data: bytes) -> set[int]:
        """The canaries whose rarest word is somewhere in the output, among its neighbours as far as markup."""
        lines = set(data.split(b"\n"))
        found = {number for line in self._unclean.keys() & lines for number in self._unclean[line]}
        fresh = list(lines - self._clean - self._unclean.keys())
        odd, plain = separate_odd_lines(fresh, self._rare.find_splits, is_plain=self._is_plain)
        suspects = [*self._rare.find_lines(plain), *self._rare.find_odd_lines(odd)]
        odd, plain = separate_odd_lines(suspects, is_plain=self._is_plain)
        for line in plain:
            found |= self._remember(line, split_words(strip_tags(line)))
        for line in odd:
            parts = find_chunks(line, data)
            for chunk in parts:
                words = coarse_words(chunk.decode("utf-8", "replace"), self._longest)
                found |= self._remember(line, words) if chunk == line else self._find_numbers(words)
            if parts != [line]:
                fresh.remove(line)
        self._clean.update(line for line in fresh if line not in self._unclean and len(line) < LONG_LINE)
        if len(self._clean) > LINES:
            self._clean.clear()
        if len(self._unclean) > LINES:
            self._unclean.clear()
        return found

    def _remember(self, line: bytes, words: list[bytes]) -> set[int]:
        """The canaries that a line may have, kept for the next output with this line."""
        found = self._find_numbers(words)
        if found:
            self._unclean[line] = found
        return found

    def _find_numbers(self, words: Iterable[bytes]) -> set[int]:
        """The canaries whose rarest word is among words, with the others around it as far as the next SIGN."""
        words, rare = [SIGN, *words, SIGN], self._by_rarest
        return {
            number
            for at in [at for at, word in enumerate(words) if word in rare]
            for number, before, after in rare[words[at]]
            if _matches_run(before, words, at, -1) and _matches_run(after, words, at, 1)
        }

    def _find_excused(self, canaries: Iterable[Canary], source: str) -> set[Canary]:
        """Those of the canaries whose words an editor typed into the story itself or into any published one."""
        lax = {canary for canary in canaries if not canary.is_strict}
        own = _find_said(self.typed(source), lax) if source and lax else set()
        asked = lax - own - self._said.keys()
        said: set[Canary] = set()
        for public in self.public if asked else ():
            said |= _find_said(self.typed(public), asked - said)
        self._said.update((canary, canary in said) for canary in asked)
        return own | {canary for canary in lax - own if self._said[canary]}


def _may_contain(run: Sequence[bytes], words: set[bytes], pairs: set[tuple[bytes, bytes]]) -> bool:
    """Whether each word of a run may be followed by the next: as its neighbour, or with markup between or in them."""
    return words.issuperset(run) and all(
        (first, second) in pairs or (_is_cut_after(first, second, pairs) and _is_cut_before(first, second, pairs))
        for first, second in pairwise(run)
    )


def _is_cut_after(first: bytes, second: bytes, pairs: set[tuple[bytes, bytes]]) -> bool:
    """Whether markup follows the first of two words, or splits the second behind it."""
    parts = (second[:size] for size in range(1, len(second)))
    return (first, SIGN) in pairs or any((first, part) in pairs and (part, SIGN) in pairs for part in parts)


def _is_cut_before(first: bytes, second: bytes, pairs: set[tuple[bytes, bytes]]) -> bool:
    """Whether markup precedes the second of two words, or splits the first before it."""
    parts = (first[size:] for size in range(1, len(first)))
    return (SIGN, second) in pairs or any((SIGN, part) in pairs and (part, second) in pairs for part in parts)


def _matches_run(run: Sequence[bytes], words: Sequence[bytes], at: int, step: int) -> bool:
    """Whether the words after an index (`step` 1), or before it (-1), are those of a run, as far as the next SIGN."""
    for word in run:
        at += step
        if words[at] != word:
            is_part = word.startswith(words[at]) if step > 0 else word.endswith(words[at])
            return words[at] == SIGN or (is_part and words[at + step] == SIGN)
    return True


def _find_said(text: str, canaries: Iterable[Canary]) -> set[Canary]:
    """Those of the canaries whose words are in a text."""
    words = set(coarse_words(text))
    likely = [canary for canary in canaries if words.issuperset(coarsen(canary.words))]
    texts = fold_readings(text) if likely else ()
    return {canary for canary in likely if contains_words(texts, canary.words)}
