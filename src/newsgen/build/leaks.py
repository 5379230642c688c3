"""Traces of what must not be seen yet: all outputs, made or copied, are searched for words of drafts and later stories.

Each story that must not be seen gives canaries (`newsgen.render.scanning`): its title, slug, address, the paths of its
files and the beginnings of its sentences.

What is no leak: words that a published story has in its own title, slug, summary or topics; addresses that were public
once; and words that an editor typed into a published story (a quotation, an old address, an event with the same name).
The last does not excuse a long title, the slug or the address of an embargoed story.

Paths of files are reported apart from leaks: whether a file may be seen is known when all outputs are searched
(`newsgen.build.withholding`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

import msgspec

from newsgen.build.file_copies import FileCopies
from newsgen.build.leak_search import LeakSearch, read_typed
from newsgen.build.memory import LastBuild
from newsgen.build.options import BuildOptions
from newsgen.build.plan import SitePlan
from newsgen.content.fields import SENTENCE
from newsgen.content.source_text import read_source
from newsgen.core.errors import Problem
from newsgen.core.messages import say
from newsgen.core.text import nfc
from newsgen.core.words import coarse_words, split_words
from newsgen.media.assets import locate
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.render.scanning import Canary, Scanner

WORD = re.compile(r"[^\W_]+")
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
SAMPLE = 100
"""How many stories tell common words from rare ones."""

SENTENCES = 50
NOUNS = {
    Status.DRAFT: say("a draft"),
    Status.SCHEDULED: say("not published yet"),
    Status.EMBARGOED: say("under embargo"),
    Status.EXPIRED: say("expired"),
    Status.WITHDRAWN: say("withdrawn"),
}


def plain_words(text: str) -> str:
    """The words of a text or of markup in lower case, with single spaces around them."""
    return f" {' '.join(WORD.findall(nfc(unquote(unescape(text))).casefold()))} "


class Secrets(msgspec.Struct, frozen=True):
    """What canaries are made from: the stories, their addresses by source, and the files that they may name.

    `files` are the sources of files by their outputs, and `copies` finds those with the same bytes; `promised` are the
    addresses that were public once; `base` is the path under which the site lies.
    """

    site: Path
    manuscripts: tuple[Manuscript, ...]
    addresses: Callable[[Manuscript], str]
    files: Mapping[str, str]
    copies: FileCopies
    promised: Iterable[str]
    now: datetime
    base: str = ""
    drafts: bool = False

    def scanner(self) -> Scanner:
        """The scanner for all that must not be seen; it finds nothing where there is nothing to hide."""
        hidden = [m for m in self.manuscripts if self._is_hidden(m)]
        ended = [m for m in self.manuscripts if self._is_ended(m)]
        files = [c for m in (*hidden, *ended) for c in self._named(m)]
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
        often = Counter(chain(coarse_words(f"{common} {titles}"), self._sample_words(open_ones)))
        return Scanner([*kept, *files], self.typed, tuple(m.source for m in open_ones), self.base, often)

    def _is_hidden(self, m: Manuscript) -> bool:
        status = m.status(self.now)
        return status is Status.EMBARGOED if self.drafts else status.is_secret

    def _is_ended(self, m: Manuscript) -> bool:
        """Whether readers saw a story, and no longer do."""
        status = m.status(self.now)
        return status is Status.WITHDRAWN or (status is Status.EXPIRED and m.replacement != "unlist")

    def _card_words(self, m: Manuscript) -> str:
        names = " . ".join(ref.text for ref in (*chain(*m.terms.values()), *m.authors))
        return plain_words(f"{m.title} . {m.slug} . {m.summary} . {m.kicker} . {names}")

    def _sample_words(self, stories: Sequence[Manuscript]) -> Iterator[bytes]:
        """The words of some of the stories, which show how common a word is."""
        for m in stories[:: len(stories) // SAMPLE + 1]:
            yield from split_words(self.typed(m.source).encode())

    def typed(self, source: str) -> str:
        """The text of a source as its editor typed it."""
        return read_typed(self.site, source)

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
        """The paths of the files that a story names, as words; of static files, and of copies there, the names too."""
        found = read_source(self.site, m.source)
        text = "" if isinstance(found, Problem) else unescape(found.text)
        folder, status = m.path.rpartition("/")[0], m.status(self.now)
        lead = [ref.text for ref in m.image.references] if m.image else []
        written = {*lead, *(name for pattern in NAMED for name in pattern.findall(text))}
        outputs = {output for name in written if (output := locate(name, folder)) is not None}
        for output in sorted(outputs & self.files.keys()):
            if ASKED_UNNAMED.match(output):
                continue
            words, name = plain_words(output), plain_words(output.rpartition("/")[2])
            is_static = self.files[output].startswith("static/")
            is_secret = status is Status.EMBARGOED or (not is_static and status.is_secret)
            if is_secret and words.count(" ") > FEWEST_WORDS:
                yield Canary(words, "file", m.source, NOUNS[status], file=output)
            if is_static and name.strip():
                yield Canary(name, "picture", m.source, NOUNS[status], file=output)
        for output in sorted(self.copies.find(outputs)):
            name = plain_words(output.rpartition("/")[2])
            if name.strip() and not ASKED_UNNAMED.match(output):
                yield Canary(name, "picture", m.source, NOUNS[status], file=output)


def search_for(options: BuildOptions, outputs: SitePlan, last: LastBuild) -> LeakSearch:
    """The search for all stories that must not be seen yet; `last` is what the last build left."""
    reading, url = outputs.reading, outputs.newspaper.links.of
    secrets = Secrets(
        options.site,
        reading.inputs.manuscripts,
        lambda m: url(m).url,
        reading.assets.files,
        FileCopies(options.site, reading.assets.files),
        reading.inputs.published,
        options.now,
        outputs.newspaper.config.base,
        drafts=options.drafts,
    )
    return LeakSearch(secrets.scanner(), last)
