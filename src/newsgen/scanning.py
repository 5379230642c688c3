"""The search of outputs for runs of words, however they are written there, that costs little where there are none.

A *canary* is a run of words: a title, a slug, an address, a file's path, the beginning of a sentence. An output can
hold one only where a line has its rarest word between the same words, markup or the line's ends. So each line is cut
into words once, and most lines of a page are those of every page; only an output in which such a place was found is
read in every way (`newsgen.plaintext`). Cutting is quick for lines of Vietnamese letters, ASCII and common marks.
"""

import posixpath
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType
from urllib.parse import unquote

import msgspec

from newsgen.content.assets import PICTURES
from newsgen.digests import digest
from newsgen.messages import Message
from newsgen.plaintext import BLOCK, ENTITY, GAP, INVISIBLE, MARKUP, PERCENT, STOP, folded_texts, plain_texts, says
from newsgen.text import nfc

VIETNAMESE = "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
MARKS = "–—‘’“”…"
"""What stands between words in Vietnamese text, besides ASCII: all of them begin with the same two bytes in UTF-8."""

UNUSUAL = re.compile(rf"[^\0-\x7f{VIETNAMESE}{VIETNAMESE.upper()}{MARKS}]|[&%\\\0]")
"""What the quick way of cutting a line into words does not know."""

MANY_WAYS = re.compile(rf"[\\\0{INVISIBLE}]|<!")
"""What lines are read in every way for."""

WHOLE_TAG = r"""[^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*>"""
GLUED = re.compile(rf"<(?<=\w<)(?!{WHOLE_TAG}(?:<{WHOLE_TAG})*(?:[^\w<]|_|$))|(?<=\w)[*~`]+(?=\w)")
"""A tag, or what is none, between letters of what may be one word."""

BARE = re.compile(r"</?(?!(?:script|style|template|noscript|su[bp]|r[tp])>)[a-zA-Z][\w:-]*>", re.IGNORECASE)
"""Tags without attributes."""

BROKEN = rf" {STOP} \1 {STOP} "

OPEN = re.compile(r"\w<[^>]*$")
"""A tag that goes on in the next line, in the middle of what may be a word."""

CLOSING_LINES = 20
MARK = re.compile(rb"\xe2\x80[\x93-\xa6]")


def _coarse() -> bytes:
    """Bytes as those of words: brackets and gaps are `<`, other signs of ASCII are spaces.

    Upper and lower case of Vietnamese letters are the same.
    """
    table = bytearray(range(256))
    for code in range(128):
        table[code] = ord(chr(code).lower()) if chr(code).isalnum() else 32
    table[30] = 30  # STOP
    for sign in (*map(ord, "<>()[]{}*~`"), 0):
        table[sign] = ord("<")
    for code in range(0x80, 0xC0):
        table[code] = code & 0xFE | 0x20
    table[0xAF] = table[0xB0] = table[0xB1] = table[0xAE]  # Ư and ư
    return bytes(table)


COARSE = _coarse()
BETWEEN = re.compile(r"[^\w\0-\x7f]+")
PARTS = re.compile(rf"[^\W_]+(?:{GAP}+[^\W_]+)+")
LONGEST = 30
UNENDED = frozenset({-1})
NOTHING: frozenset[int] = frozenset()
SIGN = b"<"

LINES, LONG_LINE = 50_000, 2000
NEAR = 12
"""How many lines before and after the rarest word the others are looked for."""

KEPT = 2000
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
    return set(coarse(words)).issubset(coarse_words(text)) and says(folded_texts(text), words)


def coarse(words: str) -> list[bytes]:
    """Words that were cut already, in the form of `coarse_words`."""
    return [word.encode("utf-8", "surrogatepass").translate(COARSE) for word in words.split()]


def coarse_words(text: str, longest: int = LONGEST) -> list[bytes]:
    """The words of a text in every way of reading it, and a SIGN where markup can stand.

    Words that are spelled nearly alike are the same. Of letters between which markup stands, words of at most `longest`
    letters are put together.
    """
    is_glued = any(map(text.__contains__, "<*~`")) and GLUED.search(text) is not None
    if is_glued or UNUSUAL.search(text):
        texts = _ways(text, is_glued=is_glued)
        joined = (word for each in texts for word in _joined(each, longest))
        text = BETWEEN.sub(" ", "<".join((*texts, *joined)))
    if "<" in text:
        text = BARE.sub(" ", BLOCK.sub(BROKEN, text))
    data = text.encode("utf-8", "surrogatepass")
    coarsened = (MARK.sub(b" ", data) if b"\xe2" in data else data).translate(COARSE)
    return coarsened.replace(SIGN, b" < ").split()


def _ways(text: str, *, is_glued: bool) -> tuple[str, ...]:
    """The ways of reading a line: only two where it has nothing but entities and addresses of an ordinary kind."""
    decoded = unquote(unescape(text))
    again = decoded != text and (
        ENTITY.search(decoded) or PERCENT.search(decoded) or decoded.count("<") > text.count("<")
    )
    if again or MANY_WAYS.search(decoded):
        return folded_texts(text)
    texts = [text] if decoded == text else [text, decoded]
    if is_glued:
        texts += [MARKUP.sub(GAP, each) for each in texts]
    return tuple(nfc(each).casefold() for each in texts)


def _joined(text: str, longest: int) -> Iterator[str]:
    """The words that parts with markup between them can be read as."""
    for found in PARTS.finditer(text) if GAP in text else ():
        parts = found[0].replace(GAP, " ").split()
        for start in range(len(parts)):
            word = parts[start]
            for part in parts[start + 1 :]:
                word += part
                if len(word) > longest:
                    break
                yield word


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
        for number, canary in enumerate(self.canaries):
            words = coarse(canary.words)
            at = min(range(len(words)), key=lambda at: (common.get(words[at], 0), -len(words[at]), at))
            self._by_rarest.setdefault(words[at], []).append((number, words[:at][::-1], words[at + 1 :]))
        self._rare = set(self._by_rarest)
        self._longest = max((len(word) for canary in self.canaries for word in canary.words.split()), default=0)
        self._lines: dict[bytes, frozenset[int]] = {}
        self._cut_lately: dict[bytes, frozenset[bytes]] = {}
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
        hits = self._hits(output, [output.encode(), b"", *data.split(b"\n")])
        files = Files(*(tuple(sorted({c.file for c in hits if c.what == what})) for what in ("file", "picture")))
        others = [canary for canary in hits if not canary.file]
        excused = self._excused(others, source)
        leaks = tuple(canary for canary in others if canary not in excused)
        return Found(leaks, files, len(leaks) < len(others))

    def _hits(self, output: str, lines: Sequence[bytes]) -> list[Canary]:
        """The canaries that lines hold, each where its rarest word stands."""
        hits: set[int] = set()
        for place, line in enumerate(lines):
            here = self._lines.get(line)
            if here is None:
                here = self._cut(line)
            if here:
                if here is UNENDED:
                    line = _to_its_end(lines, place)
                    here = self._cut(line)
                near = lines[max(0, place - NEAR) : place + NEAR + 1]
                likely = [number for number in here - hits if self._is_likely(number, near, line)]
                hits.update(self._held_near(output, near, likely) if likely else ())
        return [self.canaries[number] for number in sorted(hits)]

    def _is_likely(self, number: int, near: Sequence[bytes], line: bytes) -> bool:
        """Whether all words of a canary stand in a line or those near it."""
        missing = set(coarse(self.canaries[number].words)) - self._words(line)
        for other in near if missing else ():
            missing -= self._words(other)
        return not missing

    def _held_near(self, output: str, near: Sequence[bytes], numbers: Iterable[int]) -> Iterator[int]:
        """The canaries that a part of an output holds."""
        readings = [one.text for one in plain_texts(b"\n".join(near).decode("utf-8", "replace"))]
        folded = [nfc(text).casefold() for text in readings]
        for number in numbers:
            canary = self.canaries[number]
            is_shown = canary.what != "picture" or shows_file(readings, output, canary.file, self.base)
            if is_shown and says(folded, canary.words):
                yield number

    def _words(self, line: bytes) -> frozenset[bytes]:
        """The words of a line. Those of the last few are kept."""
        known = self._cut_lately.get(line)
        if known is None:
            if len(self._cut_lately) >= KEPT:
                self._cut_lately.clear()
            words = coarse_words(line.decode("utf-8", "replace"), self._longest)
            known = self._cut_lately[line] = frozenset(words)
        return known

    def _cut(self, line: bytes) -> frozenset[int]:
        """The canaries that a line may hold; UNENDED where a tag goes on in the next line amid what may be a word."""
        known = self._lines.get(line)
        if known is not None:
            return known
        text = line.decode("utf-8", "replace")
        if line.rfind(b"<") > line.rfind(b">") and OPEN.search(text) and b"\n" not in line:
            found = UNENDED
        else:
            words = coarse_words(text, self._longest)
            met = self._rare.intersection(words)
            found = frozenset(self._placed(met, [SIGN, *words, SIGN])) if met else NOTHING
        if len(line) < LONG_LINE and len(self._lines) < LINES:
            self._lines[line] = found or NOTHING
        return found

    def _placed(self, met: set[bytes], words: Sequence[bytes]) -> Iterator[int]:
        """The canaries whose rarest word stands among the others, as far as the next sign."""
        for rare in met:
            at = 0
            for _ in range(words.count(rare)):
                at = words.index(rare, at + 1)
                for number, before, after in self._by_rarest[rare]:
                    if _goes_on(before, words, at, -1) and _goes_on(after, words, at, 1):
                        yield number

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
    likely = [canary for canary in canaries if words.issuperset(coarse(canary.words))]
    texts = folded_texts(text) if likely else ()
    return {canary for canary in likely if says(texts, canary.words)}


def _to_its_end(lines: Sequence[bytes], place: int) -> bytes:
    """A line with those after it to the end of the tag that is open in it."""
    chunk = [lines[place]]
    for line in lines[place + 1 : place + CLOSING_LINES]:
        chunk.append(line)
        if b">" in line:
            break
    return b"\n".join((*chunk, b""))
