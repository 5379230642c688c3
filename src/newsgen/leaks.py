"""Traces of what must not be seen yet: all outputs, made or copied, are searched for words of drafts and later stories.

A *canary* is a run of words: a title, a slug, an address, a file's path, the beginning of a sentence. Outputs are cut
into words too (entities, escapes of JSON and of addresses are undone), so one search serves HTML, JSON, XML, text files
and names of files. Lines without a canary's rarest word are not looked at again: most lines of a page are those of
every page.

What is no leak: words that a published story has in its own title, slug, summary or topics; addresses that were public
once; and words that an editor typed into a published story (a quotation, an old address, an event with the same name).
The last does not excuse a long title, the slug or the address of an embargoed story.

Paths of files are reported apart from leaks: whether a file may be seen is known when all outputs are searched
(`newsgen.withholding`).
"""

import posixpath
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

import msgspec

from newsgen.content.assets import PICTURES, locate
from newsgen.content.life import SENTENCE
from newsgen.content.texts import read_source
from newsgen.digests import digest
from newsgen.errors import Problem
from newsgen.messages import Message, say
from newsgen.model import Manuscript, Status
from newsgen.text import nfc

WORD = re.compile(r"[^\W_]+")
BETWEEN = re.compile(r"[^\w\x00-\x7f]+")
TO_SPACES = bytes(code if code >= 128 or chr(code).isalnum() else 32 for code in range(256))
"""What of ASCII stands between words, as spaces."""

ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
BREAKS = "bfnrt"
NAMED = (
    re.compile(r"""[^\s"'`()<>\[\]{},|]+"""),
    re.compile(r"<([^<>\n]+)>"),
    re.compile(r"""["']([^"'\n]+)["']"""),
    re.compile(r"(?:: |- )(.+)"),
)
"""What can be the address of a file, however a story writes it: Markdown, HTML, front matter, with spaces in it."""

ASKED_UNNAMED = re.compile(
    r"\.well-known/|favicon[^/]*$|apple-touch-icon[^/]*$|[^/]+\.(txt|xml|webmanifest|html?|js|css)$"
)
"""Files that are asked for though no page names them. They are never withheld."""
MARKUP = frozenset("[]()*_<>{}|`\\#=~")
FEWEST_WORDS, FEWEST_LETTERS = 3, 14
"""Shorter titles and slugs are too common to be told from other words."""

LONG_TITLE = 6
"""From so many words on, the title of an embargoed story is no accident in another story."""

SENTENCE_WORDS = 8
SENTENCES = 50
LINES = 50_000
LINES_NEAR = 2
PROBE = 8192
PIXELS = tuple(suffix for suffix in PICTURES if suffix != ".svg")
NOUNS = {
    Status.DRAFT: say("a draft"),
    Status.SCHEDULED: say("not published yet"),
    Status.EMBARGOED: say("under embargo"),
    Status.WITHDRAWN: say("withdrawn"),
}


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


def plain_words(text: str) -> str:
    """The words of a text or of markup in lower case, with single spaces around them."""
    return f" {' '.join(WORD.findall(_folded(text)))} "


def all_words(text: str) -> str:
    """Its words as it stands, and in a line of their own as it reads where backslashes escape as JSON's do."""
    return f"{plain_words(text)}\n{plain_words(undo_escapes(text))}" if "\\" in text else plain_words(text)


def undo_escapes(text: str) -> str:
    """A text of JSON or of a script without its backslashes; in other texts they mean nothing."""
    return ESCAPE.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    code, letter = found.groups()
    return chr(int(code, 16)) if code else " " if letter in BREAKS else letter


def shows_file(text: str, output: str, file: str, base: str = "") -> bool:
    """Whether a text holds the address of a file, as an output writes it: from the root or from its own folder.

    Another file with the same name has another address.
    """
    own = posixpath.relpath(file, posixpath.dirname(output) or ".")
    addresses = "|".join(map(re.escape, (f"{base}/{file}", f"/{file}", own)))
    pattern = rf"(?<![\w./~-])(?:\./|(?:https?:)?//[^/\s\"'<>]+)?(?:{addresses})(?![\w-]|\.\w)"
    texts = (text, undo_escapes(text)) if "\\" in text else (text,)
    return any(re.search(pattern, nfc(unquote(unescape(each)))) for each in texts)


def text_of(data: bytes) -> bytes:
    """A text file in UTF-8, which UTF-16 begins with a mark of its own."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data


def is_text(output: str, data: bytes) -> bool:
    """Whether a file can be searched: pictures and what has zero bytes are compressed or binary."""
    if output.casefold().endswith(PIXELS):
        return False
    return data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" not in data[:PROBE]


def loose_words(text: str) -> list[bytes]:
    """All words of a text in UTF-8, in half the time that `all_words` takes."""
    folded = _folded(f"{text}\n{undo_escapes(text)}" if "\\" in text else text)
    apart = folded if folded.isascii() else BETWEEN.sub(" ", folded)
    return apart.encode("utf-8", "surrogatepass").translate(TO_SPACES).split()


def _folded(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    if "%" in text:
        text = unquote(text)
    return nfc(text).casefold()


class Scanner:
    """Finds canaries in outputs. `typed` gives the words of a source, to excuse what an editor wrote.

    `base` is the path under which the site lies.
    """

    def __init__(
        self,
        canaries: Iterable[Canary] = (),
        typed: Callable[[str], str] = str,
        public: tuple[str, ...] = (),
        base: str = "",
    ) -> None:
        self.canaries = tuple(canaries)
        self.typed, self.public, self.base = typed, public, base
        self._by_anchor: dict[bytes, list[tuple[bytes, Canary]]] = {}
        for canary in self.canaries:
            words = canary.words.encode("utf-8", "surrogatepass")
            self._by_anchor.setdefault(max(words.split(), key=len), []).append((words, canary))
        self._reach = max((canary.words.count(" ") for canary in self.canaries), default=0)
        self._clean: set[bytes] = set()
        self._searched: set[str] = set()
        self._said: dict[Canary, bool] = {}

    def among(self, known: Iterable[str]) -> "Scanner":
        """A scanner for those canaries that are not among the known keys."""
        old = set(known)
        return Scanner((c for c in self.canaries if c.key not in old), self.typed, self.public, self.base)

    def search(self, output: str, data: bytes, source: str = "") -> Found:
        """What an output shows, in its name and its bytes; `source` is the story whose page it is."""
        if not self._by_anchor:
            return Found()
        lines = [output.encode(), b"", b"", *data.split(b"\n")]
        words = {line: loose_words(line.decode("utf-8", "replace")) for line in {*lines} - self._clean}
        met = {line for line, cut in words.items() if not self._by_anchor.keys().isdisjoint(cut)}
        if len(self._clean) < LINES:
            self._clean.update(words.keys() - met)
        hits: dict[Canary, None] = {}
        for place, line in enumerate(lines) if met else ():
            if line in met:
                hits.update(dict.fromkeys(self._around(output, lines, place, words)))
        files = Files(*(tuple(sorted({c.file for c in hits if c.what == what})) for what in ("file", "picture")))
        others = [canary for canary in hits if not canary.file]
        leaks = tuple(canary for canary in others if not self._is_excused(canary, source))
        return Found(leaks, files, len(leaks) < len(others))

    def _around(
        self, output: str, lines: Sequence[bytes], place: int, words: dict[bytes, list[bytes]]
    ) -> Iterator[Canary]:
        """The canaries of a line that go on into its neighbours at most: a title may be broken into lines.

        `words` are those of lines, by line.
        """
        start = max(0, place - LINES_NEAR)
        near = lines[start : place + LINES_NEAR + 1]
        joined = b"\n".join(near)
        if (key := digest(joined)) in self._searched:
            return
        text, own = joined.decode("utf-8", "replace"), _cut(lines[place], words)
        if b"\\" in joined:
            said = all_words(text).encode("utf-8", "surrogatepass")
        else:
            before = [word for line in near[: place - start] for word in _cut(line, words)][-self._reach :]
            after = [word for line in near[place - start + 1 :] for word in _cut(line, words)][: self._reach]
            said = b" ".join((b"", *before, *own, *after, b""))
        met = self._by_anchor.keys() & set(own)
        found = [canary for anchor in met for run, canary in self._by_anchor[anchor] if run in said]
        if not found and len(self._searched) < LINES:
            self._searched.add(key)
        for canary in found:
            if canary.what != "picture" or shows_file(text, output, canary.file, self.base):
                yield canary

    def _is_excused(self, canary: Canary, source: str) -> bool:
        if canary.is_strict:
            return False
        if source and canary.words in self.typed(source):
            return True
        if canary not in self._said:
            self._said[canary] = any(canary.words in self.typed(s) for s in self.public)
        return self._said[canary]


def _cut(line: bytes, known: dict[bytes, list[bytes]]) -> list[bytes]:
    """The words of a line, which are known from then on."""
    if line not in known:
        known[line] = loose_words(line.decode("utf-8", "replace"))
    return known[line]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What canaries are made from: the stories, their addresses by source, and the files that they may name.

    `files` are the sources of files by their outputs; `promised` the addresses that were public once;
    `base` is the path under which the site lies.
    """

    site: Path
    manuscripts: tuple[Manuscript, ...]
    addresses: Callable[[Manuscript], str]
    files: Mapping[str, str]
    promised: Iterable[str]
    now: datetime
    base: str = ""
    drafts: bool = False

    def scanner(self) -> Scanner:
        """The scanner for all that must not be seen; it finds nothing where there is nothing to hide."""
        hidden = [m for m in self.manuscripts if self._is_hidden(m)]
        withdrawn = [m for m in self.manuscripts if m.status(self.now) is Status.WITHDRAWN]
        files = [c for m in (*hidden, *withdrawn) for c in self._named(m)]
        if not hidden:
            return Scanner(files, base=self.base)
        open_ones = [m for m in self.manuscripts if not self._is_hidden(m)]
        promised = " . ".join(self.promised)
        common = " ".join((*map(self._card_words, open_ones), plain_words(promised)))
        titles = plain_words(
            " . ".join((promised, *(f"{m.title} . {m.slug} . {self.addresses(m)}" for m in open_ones)))
        )
        found = (canary for m in hidden for canary in self._canaries(m))
        kept = [c for c in found if c.words not in (titles if c.is_strict or c.what == "address" else common)]
        return Scanner([*kept, *files], self.typed, tuple(m.source for m in open_ones), self.base)

    def _is_hidden(self, m: Manuscript) -> bool:
        status = m.status(self.now)
        return status is Status.EMBARGOED if self.drafts else status.is_secret

    def _card_words(self, m: Manuscript) -> str:
        names = " . ".join(ref.text for ref in (*chain(*m.terms.values()), *m.authors))
        return plain_words(f"{m.title} . {m.slug} . {m.summary} . {m.kicker} . {names}")

    def typed(self, source: str) -> str:
        """The words of a source as its editor typed them."""
        found = read_source(self.site, source)
        return "" if isinstance(found, Problem) else all_words(found.text)

    def _canaries(self, m: Manuscript) -> Iterator[Canary]:
        status = m.status(self.now)
        state, is_embargoed = NOUNS[status], status is Status.EMBARGOED
        for what, text in (("title", m.title), ("slug", m.slug)):
            words = plain_words(text)
            if words.count(" ") > FEWEST_WORDS and len(words.replace(" ", "")) >= FEWEST_LETTERS:
                is_strict = is_embargoed and words.count(" ") > LONG_TITLE
                yield Canary(words, what, m.source, state, is_strict=is_strict)
        address = plain_words(self.addresses(m))
        if address.count(" ") > FEWEST_WORDS:
            yield Canary(address, "address", m.source, state, is_strict=is_embargoed)
        found = read_source(self.site, m.source)
        body = "" if isinstance(found, Problem) else found.body
        sentences = [plain_words(s) for s in SENTENCE.split(f"{m.summary}\n{body}") if not MARKUP & set(s)]
        for words in [s for s in dict.fromkeys(sentences) if s.count(" ") > SENTENCE_WORDS][:SENTENCES]:
            yield Canary(f" {' '.join(words.split()[:SENTENCE_WORDS])} ", "text", m.source, state)

    def _named(self, m: Manuscript) -> Iterator[Canary]:
        """The paths of the files that a story names, as words; of static files the names too, in addresses."""
        found = read_source(self.site, m.source)
        text = "" if isinstance(found, Problem) else unescape(found.text)
        folder, status = m.path.rpartition("/")[0], m.status(self.now)
        lead = [ref.text for ref in m.image.named] if m.image else []
        written = {*lead, *(name for pattern in NAMED for name in pattern.findall(text))}
        outputs = {output for name in written if (output := locate(name, folder)) is not None}
        for output in sorted(outputs & self.files.keys()):
            if ASKED_UNNAMED.match(output):
                continue
            words, name = plain_words(output), plain_words(output.rpartition("/")[2])
            is_static = self.files[output].startswith("static/")
            is_secret = status is Status.EMBARGOED or (not is_static and status is not Status.WITHDRAWN)
            if is_secret and words.count(" ") > FEWEST_WORDS:
                yield Canary(words, "file", m.source, NOUNS[status], file=output)
            if is_static and name.strip():
                yield Canary(name, "picture", m.source, NOUNS[status], file=output)
