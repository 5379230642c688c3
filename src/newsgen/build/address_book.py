"""The promise of addresses: none that was published vanishes, and no published story changes without a word.

A build of the real moment checks urls.lock, and brings it forward after it has published; `newsgen init` begins the
file, or `newsgen urls accept`. A build of a site without it says so, unless the rule `no-urls-lock` is off.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsgen.content.address_file import has_address_file, write_address_file
from newsgen.content.reader import Reading
from newsgen.core.digests import digest_of
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.site_files import ADDRESSES
from newsgen.core.urls import to_path
from newsgen.model.content import PublishedAddress
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pages import Page
from newsgen.model.stories import Article
from newsgen.site.redirects import RedirectTable

PROMISED = ("article", "page", "section", "notice")
"""The kinds of pages whose addresses are promises. Other lists come and go with their stories."""

NOTICEABLE_SENTENCES = 3
LIKENESS = 0.8


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What the ledger keeps of a story as it was published, as short digests.

    `notes` is of what tells readers of changes, `words` are the sentences in base64, `shown` is of all that readers
    see but `updated`; "" in one written by an earlier version.
    """

    notes: str
    words: str = ""
    shown: str = ""

    @classmethod
    def read(cls, text: str) -> "Fingerprint":
        """From its line in the file."""
        return cls(*text.split(":")[:3])

    @classmethod
    def of(cls, m: Manuscript) -> "Fingerprint":
        """Of a story as it is now."""
        image, authors = m.image, [ref.text for ref in m.authors]
        picture = (*(ref.text for ref in image.references), image.alt, image.caption, image.credit) if image else ()
        shown = (m.title, m.summary, m.kicker, authors, picture, m.extra, m.corrections, m.text_digest)
        return cls(
            digest_of((m.updated, m.corrections))[:8], b64encode(m.sentence_digests).decode(), digest_of(shown)[:8]
        )

    def __str__(self) -> str:
        return f"{self.notes}:{self.words}:{self.shown}"

    @property
    def sentences(self) -> set[bytes]:
        """The digests of the sentences; none where the file was meddled with."""
        try:
            raw = b64decode(self.words, validate=True)
        except ValueError:
            return set()
        return {raw[i : i + 4] for i in range(0, len(raw), 4)}


@dataclass(frozen=True, slots=True)
class Promises:
    """The addresses that one build keeps, and what it says where it does not."""

    reading: Reading
    pages: Sequence[Page]
    old: RedirectTable

    @property
    def _here(self) -> dict[str, Page]:
        return stands_at(self.pages, self.reading.config.base)

    def problems(self) -> list[Problem]:
        """An error for each address that would vanish, a warning for each story that does not say what it does."""
        if not has_address_file(self.reading.site):
            what = say("the addresses of this paper are not kept: a deleted or renamed story breaks its address")
            fix = say("run `newsgen urls accept` and keep urls.lock in git, or set `rules: {no-urls-lock: off}`")
            return [Problem(Location(ADDRESSES), "no-urls-lock", what, fix, "warning")]
        ledger, here, unreadable = self.reading.inputs.published, self._here, self.reading.inputs.unreadable
        found = (
            (path, published)
            for path, published in lost(ledger, here, self.old, self.reading.config.base)
            if published.source.removeprefix("content/") not in unreadable.paths and not unreadable.may_have(path)
        )
        return [*lost_problems(found, self.reading.by_source), *untold(ledger, here, self.reading.by_source)]

    def keep(self) -> list[Problem]:
        """Bring the file forward, where the site keeps one; what keeps it from being written is a warning."""
        if not has_address_file(self.reading.site):
            return []
        try:
            forward = brought_forward(
                self.reading.inputs.published, self._here, self.reading.by_source, self.reading.config.base
            )
            write_address_file(self.reading.site, forward)
        except OSError as error:
            reason = error.strerror
            what = say("the site is published, and its addresses could not be noted: {reason}", reason=reason)
            return [Problem(Location(ADDRESSES), "urls-unwritten", what, say("mend it and build again"), "warning")]
        return []


def stands_at(pages: Sequence[Page], base: str) -> dict[str, Page]:
    """The pages whose addresses are promises, by path."""
    return {to_path(page.url, base): page for page in pages if page.kind in PROMISED}


def lost(
    ledger: Mapping[str, PublishedAddress], here: Mapping[str, Page], old: RedirectTable, base: str
) -> Iterator[tuple[str, PublishedAddress]]:
    """The addresses that were published and lead nowhere now."""
    covered = {*(r.path for r in old.redirects), *old.gone}
    for path, published in ledger.items():
        if not published.is_gone and path not in here and f"{base}{path}" not in covered:
            yield path, published


def lost_problems(
    found: Iterator[tuple[str, PublishedAddress]], sources: Mapping[str, Manuscript]
) -> Iterator[Problem]:
    """What to say of lost addresses: a story that is not public any more, or is not there at all."""
    for path, published in found:
        place = Location(ADDRESSES, published.line)
        fix = say("add `aliases: [{path}]` to the story that takes its place, or run `newsgen urls accept`", path=path)
        was = published.source or say("a page")
        what = say("the published address {path} would vanish; it was {source}", path=path, source=was)
        if published.source in sources:
            place = Location(published.source)
            what = say(
                "the published address {path} would vanish, because this story is not public any more", path=path
            )
            fix = say("write `status: withdrawn` or `expires:`, or run `newsgen urls accept`")
        yield Problem(place, "lost-address", what, fix)


def brought_forward(
    ledger: Mapping[str, PublishedAddress], here: Mapping[str, Page], sources: Mapping[str, Manuscript], base: str
) -> dict[str, PublishedAddress]:
    """The ledger with all that is published now; what was there before keeps its words until they are noted."""
    forward = dict(ledger)
    for path, page in here.items():
        source = page.source
        fingerprint, first, known = "", "", ledger.get(path)
        if isinstance(page.subject, Article):
            first = to_path(page.subject.first_url, base) if page.subject.first_url else ""
            m, now = sources[page.source], Fingerprint.of(sources[page.source])
            fingerprint = str(now)
            if known is not None and known.source == source and known.fingerprint:
                before = Fingerprint.read(known.fingerprint)
                fingerprint = (
                    known.fingerprint if before.notes == now.notes or _is_empty(before, now, m) else fingerprint
                )
        forward[path] = PublishedAddress(source, is_gone=False, fingerprint=fingerprint, first=first)
    return forward


def untold(
    ledger: Mapping[str, PublishedAddress], here: Mapping[str, Page], sources: Mapping[str, Manuscript]
) -> Iterator[Problem]:
    """A warning for each published story that changed noticeably and does not say so, or says so and did not."""
    for path, page in here.items():
        known = ledger.get(path)
        if page.kind != "article" or known is None or known.source != page.source or not known.fingerprint:
            continue
        m, before = sources[page.source], Fingerprint.read(known.fingerprint)
        now = Fingerprint.of(m)
        if now.notes == before.notes and _is_noticeable(before.sentences, now.sentences):
            what = say("the text is other than the one that was published, and readers are not told")
            fix = say("write `updated:` or an entry of `corrections:`")
            yield Problem(Location(m.source), "silent-change", what, fix, "warning")
        if _is_empty(before, now, m):
            what = say("`updated` tells readers of a change, and the story is the one that was published")
            fix = say("leave out `updated` until the story changes, or say in `corrections:` what is other")
            yield Problem(Location(m.source, *m.updated_place), "empty-update", what, fix, "warning")


def _is_empty(before: Fingerprint, now: Fingerprint, m: Manuscript) -> bool:
    """Whether nothing but `updated` is other than what was published."""
    return m.updated is not None and before.notes != now.notes and before.shown == now.shown


def _is_noticeable(old: set[bytes], new: set[bytes]) -> bool:
    """Whether two texts differ by more than a slip: in three sentences at least, and a fifth of all."""
    if not old or not new:
        return False
    size = min(max(len(old), len(new)), 16)
    among = set(sorted(old | new)[:size])
    return len(old ^ new) >= NOTICEABLE_SENTENCES and len(among & old & new) < LIKENESS * len(among)
