"""Traces of what must not be seen yet: every made output is searched for words of drafts and of stories to come.

A *canary* is a run of words: a title, a slug, an address, a picture's path, the beginning of a sentence. Outputs are
cut into words too (entities, escapes of JSON and of addresses are undone), so one search serves HTML, JSON, XML and
names of files. Lines that were clean once are not looked at again: most lines of a page are those of every page.

What is no leak: words that a published story has in its own title, slug, summary, topics or lead picture; and words
that its editor typed into the very story whose page shows them (a quotation, an event with the same name). The second
does not excuse a long title, the slug or the address of an embargoed story.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from newsgen.content.assets import PICTURES, locate
from newsgen.content.life import SENTENCE
from newsgen.content.texts import read_source
from newsgen.digests import digest
from newsgen.errors import Location, Problem
from newsgen.model import Manuscript, Status
from newsgen.text import nfc

WORD = re.compile(r"\w+")
BETWEEN = re.compile(r"[^\w\x00-\x7f]+")
TO_SPACES = bytes(code if code >= 128 or chr(code).isalnum() else 32 for code in range(256))
"""What of ASCII stands between words, as spaces."""

JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
LINKED = re.compile(r"\]\(\s*<?([^)\s>]+)")
MARKUP = frozenset("[]()*_<>{}|`\\#=~")
FEWEST_WORDS, FEWEST_LETTERS = 3, 14
"""Shorter titles and slugs are too common to be told from other words."""

LONG_TITLE = 6
"""From so many words on, the title of an embargoed story is no accident in another story."""

SENTENCE_WORDS = 8
SENTENCES = 50
LINES = 50_000
NOUNS = {Status.DRAFT: "a draft", Status.SCHEDULED: "not published yet", Status.EMBARGOED: "under embargo"}


@dataclass(frozen=True, slots=True)
class Canary:
    """A run of words with a space before, between and after. `also` excuses it where an editor typed that."""

    words: str
    what: str
    source: str
    state: str
    also: str = ""
    is_strict: bool = False

    @property
    def key(self) -> str:
        """What tells it from others, from one run to the next."""
        return digest(self.words.encode(), self.source.encode(), b"strict" if self.is_strict else b"")


def leak_problems(found: Iterable[tuple[Canary, str]]) -> Iterator[Problem]:
    """One problem for each canary, naming the first of the outputs that show it."""
    outputs: dict[Canary, list[str]] = {}
    for canary, output in found:
        outputs.setdefault(canary, []).append(output)
    for canary, names in outputs.items():
        others = f" and {len(names) - 1} other outputs" if len(names) > 1 else ""
        what = f"/{min(names)}{others} shows the {canary.what} of this story, which is {canary.state}"
        fix = "take it out of the template, data file or story that brings it there, or publish the story"
        yield Problem(Location(canary.source), "leak", what, fix)


def plain_words(text: str) -> str:
    """The words of a text or of markup in lower case, with single spaces around them."""
    return f" {' '.join(WORD.findall(_folded(text)))} ".replace("_", " ")


def loose_words(text: str) -> list[bytes]:
    """The same words in UTF-8, in half the time that `plain_words` takes."""
    folded = _folded(text)
    apart = folded if folded.isascii() else BETWEEN.sub(" ", folded)
    return apart.encode("utf-8", "surrogatepass").translate(TO_SPACES).split()


def _folded(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    if "\\u" in text:
        text = JSON_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    if "%" in text:
        text = unquote(text)
    return nfc(text).casefold()


class Scanner:
    """Finds canaries in outputs. `typed` gives the words of a source, to excuse what its editor wrote.

    `excused` are the outputs that show a canary which is no leak only because a public story says the same. When that
    story no longer does it is one, though nothing in the output has changed.
    """

    def __init__(self, canaries: Iterable[Canary], typed: Callable[[str], str], public: tuple[str, ...]) -> None:
        self.canaries = tuple(canaries)
        self.typed, self.public = typed, public
        self._by_anchor: dict[bytes, list[Canary]] = {}
        for canary in self.canaries:
            self._by_anchor.setdefault(max(canary.words.split(), key=len).encode(), []).append(canary)
        self._clean: set[bytes] = set()
        self._said: dict[Canary, bool] = {}
        self.excused: set[str] = set()

    def among(self, known: Iterable[str]) -> "Scanner":
        """A scanner for those canaries that are not among the known keys."""
        old = set(known)
        return Scanner((c for c in self.canaries if c.key not in old), self.typed, self.public)

    def search(self, output: str, data: bytes, source: str = "") -> list[Canary]:
        """The canaries in an output; `source` is the story whose page it is."""
        if not self._by_anchor:
            return []
        found: dict[Canary, None] = {}
        for line in {*data.split(b"\n"), output.encode()} - self._clean:
            hits = list(self._in(line))
            leaks = [canary for canary in hits if not self._is_excused(canary, source)]
            found.update(dict.fromkeys(leaks))
            if len(leaks) < len(hits):
                self.excused.add(output)
            if not hits and len(self._clean) < LINES:
                self._clean.add(line)
        return list(found)

    def _in(self, line: bytes) -> Iterator[Canary]:
        text = line.decode("utf-8", "replace")
        met = self._by_anchor.keys() & loose_words(text)
        words = plain_words(text) if met else ""
        for anchor in met:
            yield from (canary for canary in self._by_anchor[anchor] if canary.words in words)

    def _is_excused(self, canary: Canary, source: str) -> bool:
        if canary.is_strict:
            return False
        if source:
            own = self.typed(source)
            return canary.words in own or bool(canary.also and canary.also in own)
        if canary not in self._said:
            self._said[canary] = canary.what == "text" and any(canary.words in self.typed(s) for s in self.public)
        return self._said[canary]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What canaries are made from: the stories, their addresses by source, and the lead pictures by source."""

    site: Path
    manuscripts: tuple[Manuscript, ...]
    addresses: Callable[[Manuscript], str]
    pictures: Mapping[str, tuple[str, ...]]
    now: datetime
    drafts: bool = False

    def scanner(self) -> Scanner:
        """The scanner for all that must not be seen yet; it finds nothing where there is nothing to hide."""
        hidden = [m for m in self.manuscripts if self._is_hidden(m)]
        if not hidden:
            return Scanner((), self._typed, ())
        open_ones = [m for m in self.manuscripts if not self._is_hidden(m)]
        common = " ".join(map(self._card_words, open_ones))
        shared = {picture for m in open_ones for picture in self.pictures.get(m.source, ())}
        titles = plain_words(" . ".join(f"{m.title} . {m.slug} . {self.addresses(m)}" for m in open_ones))
        found = (canary for m in hidden for canary in self._canaries(m, shared))
        kept = [c for c in found if c.words not in (titles if c.is_strict or c.what == "address" else common)]
        return Scanner(kept, self._typed, tuple(m.source for m in open_ones))

    def _is_hidden(self, m: Manuscript) -> bool:
        status = m.status(self.now)
        return status is Status.EMBARGOED if self.drafts else status.is_secret

    def _card_words(self, m: Manuscript) -> str:
        names = " . ".join(ref.text for ref in (*m.tags, *m.authors))
        return plain_words(f"{m.title} . {m.slug} . {m.summary} . {m.kicker} . {names}")

    def _typed(self, source: str) -> str:
        found = read_source(self.site, source)
        return "" if isinstance(found, Problem) else plain_words(found.text)

    def _canaries(self, m: Manuscript, shared: set[str]) -> Iterator[Canary]:
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
        yield from self._pictures(m, body, shared, state)
        sentences = [plain_words(s) for s in SENTENCE.split(f"{m.summary}\n{body}") if not MARKUP & set(s)]
        for words in [s for s in dict.fromkeys(sentences) if s.count(" ") > SENTENCE_WORDS][:SENTENCES]:
            yield Canary(f" {' '.join(words.split()[:SENTENCE_WORDS])} ", "text", m.source, state)

    def _pictures(self, m: Manuscript, body: str, shared: set[str], state: str) -> Iterator[Canary]:
        named = [ref.text for ref in m.image.named] if m.image else []
        named += [name for name in LINKED.findall(body) if name.casefold().endswith(PICTURES)]
        folder = m.path.rpartition("/")[0]
        for name in named:
            output = None if name.startswith(("https:", "http:")) else locate(name, folder)
            words = plain_words(output or "")
            if output and f"content/{output}" not in shared and words.count(" ") > FEWEST_WORDS:
                yield Canary(words, "picture", m.source, state, also=plain_words(output.rpartition("/")[2]))
