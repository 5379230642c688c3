"""Published addresses: none vanishes, and no published story changes without telling readers.

A build of the present moment checks urls.lock, and updates it after it has published. `newsgen init` or `newsgen urls
accept` begins the file. A build of a site without it says so, unless the rule `no-urls-lock` is off.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from newsgen.content.address_file import has_address_file, write_address_file
from newsgen.content.fields import digest_body
from newsgen.content.reader import Reading
from newsgen.content.source_text import read_body
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
"""The kinds of pages whose addresses must not vanish. Other lists come and go with their stories."""

NOTICEABLE_SENTENCES = 3
LIKENESS = 0.8


class Fingerprint(msgspec.Struct, frozen=True):
    """Short digests of a published story, as urls.lock keeps them.

    `notes` is of what tells readers of changes; `words` are those of the sentences in base64; `shown` is of all that
    readers see but `updated`, "" in one written by an earlier version.
    """

    notes: str
    words: str = ""
    shown: str = ""

    @classmethod
    def read(cls, text: str) -> "Fingerprint":
        """Read one from urls.lock."""
        return cls(*text.split(":")[:3])

    @classmethod
    def of(cls, m: Manuscript) -> "Fingerprint":
        """That of a story as it is now."""
        image, authors = m.image, [ref.text for ref in m.authors]
        words = (image.alt or "", image.caption or "", image.credit or "") if image else ()
        picture = (*(ref.text for ref in image.references), *words) if image else ()
        shown = (m.title, m.summary, m.kicker, authors, picture, m.extra, m.corrections, m.text_digest)
        return cls(
            digest_of((m.updated, m.corrections))[:8], b64encode(m.sentence_digests).decode(), digest_of(shown)[:8]
        )

    def __str__(self) -> str:
        return f"{self.notes}:{self.words}:{self.shown}"

    @property
    def sentences(self) -> set[bytes]:
        """The digests of the sentences; none where the file was edited by hand."""
        try:
            raw = b64decode(self.words, validate=True)
        except ValueError:
            return set()
        return {raw[i : i + 4] for i in range(0, len(raw), 4)}


class AddressBook(msgspec.Struct, frozen=True):
    """The published addresses of a site in urls.lock, compared with the pages that it has now."""

    reading: Reading
    pages: Sequence[Page]
    old: RedirectTable

    def check(self) -> list[Problem]:
        """An error for each address that would vanish, a warning for each change that readers are told wrongly."""
        if not has_address_file(self.reading.site):
            what = say("the addresses of this paper are not kept: a deleted or renamed story breaks its address")
            fix = say("run `newsgen urls accept` and keep urls.lock in git, or set `rules: {no-urls-lock: off}`")
            return [Problem(Location(ADDRESSES), "no-urls-lock", what, fix, "warning")]
        unreadable = self.reading.inputs.unreadable
        vanishing = [
            self._describe_vanishing(path, published)
            for path, published in self.find_vanishing()
            if published.source.removeprefix("content/") not in unreadable.paths and not unreadable.may_have(path)
        ]
        return [*vanishing, *self.check_changes()]

    def keep(self) -> list[Problem]:
        """Add today's addresses to the file, where the site has one; a file that cannot be written is a warning."""
        if not has_address_file(self.reading.site):
            return []
        try:
            self.write(self.reading.inputs.published)
        except OSError as error:
            reason = error.strerror
            what = say("the site is published, and its addresses could not be noted: {reason}", reason=reason)
            return [Problem(Location(ADDRESSES), "urls-unwritten", what, say("mend it and build again"), "warning")]
        return []

    def accept(self) -> list[str]:
        """Begin the file, or mark the addresses that would vanish as gone; gives these, sorted."""
        vanishing = {p: PublishedAddress(known.source, is_gone=True) for p, known in self.find_vanishing()}
        self.write({**self.reading.inputs.published, **vanishing})
        return sorted(vanishing)

    def find_vanishing(self) -> Iterator[tuple[str, PublishedAddress]]:
        """The addresses that were published and lead nowhere now."""
        here, base = self._by_path(), self.reading.config.base
        covered = {*(r.path for r in self.old.redirects), *self.old.gone}
        for path, published in self.reading.inputs.published.items():
            if not published.is_gone and path not in here and f"{base}{path}" not in covered:
                yield path, published

    def write(self, addresses: Mapping[str, PublishedAddress]) -> None:
        """Write these addresses and today's; a story that changed without telling readers keeps its fingerprint."""
        base, forward = self.reading.config.base, dict(addresses)
        for path, page in self._by_path().items():
            fingerprint = first = ""
            if isinstance(page.subject, Article):
                first = to_path(page.subject.first_url, base) if page.subject.first_url else ""
                fingerprint = self._choose_fingerprint(page.source, addresses.get(path))
            forward[path] = PublishedAddress(page.source, is_gone=False, fingerprint=fingerprint, first=first)
        write_address_file(self.reading.site, forward)

    def _by_path(self) -> dict[str, Page]:
        """The pages whose addresses must not vanish."""
        base = self.reading.config.base
        return {to_path(page.url, base): page for page in self.pages if page.kind in PROMISED}

    def _choose_fingerprint(self, source: str, published: PublishedAddress | None) -> str:
        m = self._digest(self.reading.by_source[source])
        now = Fingerprint.of(m)
        if published is None or published.source != source or not published.fingerprint:
            return str(now)
        before = Fingerprint.read(published.fingerprint)
        is_untold = before.notes == now.notes or _is_empty_update(before, now, m)
        return published.fingerprint if is_untold else str(now)

    def _digest(self, m: Manuscript) -> Manuscript:
        """The manuscript with the digests of its text, which is read again where there was no file when it was read.

        One that is saved at this moment gets none, so that its next change is not noticed.
        """
        text = None if m.text_digest else read_body(self.reading.site, m.source, m.digest)
        return m if text is None else replace(m, **digest_body(text))

    def _describe_vanishing(self, path: str, published: PublishedAddress) -> Problem:
        """A story that is not public any more, or is not there at all."""
        if published.source in self.reading.by_source:
            what = say(
                "the published address {path} would vanish, because this story is not public any more", path=path
            )
            fix = say("write `status: withdrawn` or `expires:`, or run `newsgen urls accept`")
            return Problem(Location(published.source), "lost-address", what, fix)
        was = published.source or say("a page")
        what = say("the published address {path} would vanish; it was {source}", path=path, source=was)
        fix = say("add `aliases: [{path}]` to the story that takes its place, or run `newsgen urls accept`", path=path)
        return Problem(Location(ADDRESSES, published.line), "lost-address", what, fix)

    def check_changes(self) -> Iterator[Problem]:
        """A warning for each published story that changed noticeably and does not say so, or says so and did not."""
        for path, page in self._by_path().items():
            published = self.reading.inputs.published.get(path)
            if page.kind != "article" or published is None:
                continue
            if published.source != page.source or not published.fingerprint:
                continue
            m, before = self.reading.by_source[page.source], Fingerprint.read(published.fingerprint)
            now = Fingerprint.of(m)
            if now.notes == before.notes and _is_noticeable(before.sentences, now.sentences):
                what = say("the text is other than the one that was published, and readers are not told")
                fix = say("write `updated:` or an entry of `corrections:`")
                yield Problem(Location(m.source), "silent-change", what, fix, "warning")
            if _is_empty_update(before, now, m):
                what = say("`updated` tells readers of a change, and the story is the one that was published")
                fix = say("leave out `updated` until the story changes, or say in `corrections:` what is other")
                yield Problem(Location(m.source, *m.get_place("updated")), "empty-update", what, fix, "warning")


def _is_empty_update(before: Fingerprint, now: Fingerprint, m: Manuscript) -> bool:
    """Whether only `updated` differs from what was published."""
    return m.updated is not None and before.notes != now.notes and before.shown == now.shown


def _is_noticeable(old: set[bytes], new: set[bytes]) -> bool:
    """Whether two texts differ in at least three sentences and a fifth of all."""
    if not old or not new:
        return False
    size = min(max(len(old), len(new)), 16)
    among = set(sorted(old | new)[:size])
    return len(old ^ new) >= NOTICEABLE_SENTENCES and len(among & old & new) < LIKENESS * len(among)
