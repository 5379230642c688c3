"""Pages and other outputs, and the subject of each."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import msgspec

from newsgen.core.errors import Location
from newsgen.core.urls import Output
from newsgen.model.episodes import Episode
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Card, Notice, StandingPage, Translation
from newsgen.model.taxonomy import Author, Section, SectionName, Taxonomy, Term, TermIndex


class Crumb(msgspec.Struct, frozen=True, gc=False):
    """A step of a breadcrumb."""

    title: str
    url: str


class Listing(msgspec.Struct, frozen=True, gc=False):
    """One page of a list. Numbered pages count from the oldest; `number` is None on the first page.

    `extra` is that of the section's `_index.md`.
    """

    kind: str
    title: str
    url: str
    cards: tuple[Card, ...]
    description: str = ""
    number: int | None = None
    older: str | None = None
    newer: str | None = None
    section: Section | None = None
    author: Author | None = None
    term: Term | None = None
    subsections: tuple[SectionName, ...] = ()
    subtopics: tuple[Term, ...] = ()
    extra: Mapping[str, Any] = {}
    taxonomy: Taxonomy | None = None

    @property
    def tag(self) -> Term | None:
        """The term of a tag's list."""
        return self.term if self.kind == "tag" else None


class Block(msgspec.Struct, frozen=True, gc=False):
    """A section's block on the front page."""

    section: SectionName
    cards: tuple[Card, ...]


class Front(msgspec.Struct, frozen=True, gc=False):
    """The front page: a lead, a few seconds, a block for each section, then the latest.

    `title`, `image` and `extra` are those of `content/_index.md`.
    """

    lead: Card | None
    seconds: tuple[Card, ...]
    blocks: tuple[Block, ...]
    latest: tuple[Card, ...]
    title: str = ""
    image: Picture | None = None
    extra: Mapping[str, Any] = {}


class SearchForm(msgspec.Struct, frozen=True, gc=False):
    """What the page on which readers search has of the index: the address of its files, and the results shown at first.

    `index` ends in "/"; the head of the index has that address without it, and `.json` behind it.
    """

    index: str
    results: int


class ArchiveMonth(msgspec.Struct, frozen=True, gc=False):
    """A month in which stories appeared; `date` is its first day."""

    year: int
    month: int
    date: date
    url: str
    count: int


class ArchiveYear(msgspec.Struct, frozen=True, gc=False):
    """A year in which stories appeared, newest month first."""

    year: int
    url: str
    count: int
    months: tuple[ArchiveMonth, ...]


class Archive(msgspec.Struct, frozen=True, gc=False):
    """The archive page of every year (`year` is None), or of one year."""

    years: tuple[ArchiveYear, ...]
    year: int | None = None


class FeedLink(msgspec.Struct, frozen=True, gc=False):
    """A feed that a page links to: media type, title, url."""

    type: str
    title: str
    url: str


class FeedItem(msgspec.Struct, frozen=True, gc=False):
    """A story in feeds and other documents. A change of the body does not change it.

    `part` names the part of the story that it is, "" for the whole; it follows the story's address in the item's id.
    `first_url` is the story's first address, "" for that of its card; `guid` is the id from the front matter,
    `episode` the recording in the podcast, which other feeds do not have.
    """

    card: Card
    terms: tuple[Term, ...]
    source: str
    part: str = ""
    first_url: str = ""
    guid: str = ""
    episode: Episode | None = None


class SitemapEntry(msgspec.Struct, frozen=True, gc=False):
    """An address in a sitemap; `changed` is the time of its last change, `picture` the url of its lead picture."""

    url: str
    changed: datetime | None = None
    picture: str = ""


class Redirect(msgspec.Struct, frozen=True, gc=False):
    """An old address, the unescaped `path` from the site's root, and the url that it leads to (`target`).

    `output` is the page for hosts without redirect rules, None where the old address can have none. `location` is where
    an editor wrote it; for an address of urls.lock it has no line, since lines there move.
    """

    path: str
    target: str
    output: Output | None
    location: Location


Subject = Article | StandingPage | Listing | TermIndex | Front | Archive | Notice | Redirect | SearchForm
"""The subject of a page."""

S = TypeVar("S")


class Page(msgspec.Struct, frozen=True, gc=False):
    """An output that a template makes: `template` is rendered with `subject` under the name `noun`.

    `source` is the file whose body the page shows, "" for none. `tree` is the code of the edition that it belongs to,
    "" for the main one; `translations` are the same page in other languages. `has_card` says that `image` is a social
    card, which shows the title.
    """

    kind: str
    title: str
    description: str
    url: str
    canonical: str
    output: Output
    template: str
    lang: str
    noun: str = ""
    subject: Subject | None = None
    source: str = ""
    image: Picture | None = None
    breadcrumb: tuple[Crumb, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    noindex: bool = False
    tree: str = ""
    translations: tuple[Translation, ...] = ()
    has_card: bool = False


class DocumentOutput(msgspec.Struct, Generic[S], frozen=True):
    """An output that no template makes: the document with the name `document` writes it from `subject`.

    `subject` is plain data of that document's own type; when it changes, the output is made again. `title` is its name
    in reports, "" for its path. `story` is the source of the story that it is about, "" for none.
    `tree` is the code of the edition that it belongs to, "" for the main one.
    """

    document: str
    output: Output
    url: str
    subject: S
    title: str = ""
    story: str = ""
    tree: str = ""


PlannedOutput = Page | DocumentOutput[Any]
"""An output that is made from the newspaper; all others are copies of files."""
