"""Pages and other outputs, and what each is about."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import msgspec

from newsgen.core.errors import Location
from newsgen.core.urls import Output
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Card, Notice, StandingPage, Translation
from newsgen.model.taxonomy import Author, Section, SectionName, Taxonomy, Term, TermIndex


class Crumb(msgspec.Struct, frozen=True):
    """A step of the breadcrumb."""

    title: str
    url: str


class Listing(msgspec.Struct, frozen=True):
    """One page of a list. Numbered pages count from the oldest; `number` is None on the list's front.

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


class Block(msgspec.Struct, frozen=True):
    """A section's share of the front page."""

    section: SectionName
    cards: tuple[Card, ...]


class Front(msgspec.Struct, frozen=True):
    """The front page: one lead, a few seconds, a block a section, then the latest.

    `title`, `image` and `extra` are those of `content/_index.md`.
    """

    lead: Card | None
    seconds: tuple[Card, ...]
    blocks: tuple[Block, ...]
    latest: tuple[Card, ...]
    title: str = ""
    image: Picture | None = None
    extra: Mapping[str, Any] = {}


class ArchiveMonth(msgspec.Struct, frozen=True):
    """A month in which stories appeared; `date` is its first day."""

    year: int
    month: int
    date: date
    url: str
    count: int


class ArchiveYear(msgspec.Struct, frozen=True):
    """A year in which stories appeared, newest month first."""

    year: int
    url: str
    count: int
    months: tuple[ArchiveMonth, ...]


class Archive(msgspec.Struct, frozen=True):
    """The archive's front (`year` None, every year) or one year's page."""

    years: tuple[ArchiveYear, ...]
    year: int | None = None


class FeedLink(msgspec.Struct, frozen=True):
    """A feed as a page names it: media type, title, url."""

    type: str
    title: str
    url: str


class FeedItem(msgspec.Struct, frozen=True):
    """A story as feeds and other programs get it. A change of the body leaves it alone.

    `part` is what of the story it is, where it is not the whole: feeds know it by that behind the story's address.
    `first_url` is the story's first address, "" for that of its card; `guid` is the id that it has brought along.
    """

    card: Card
    terms: tuple[Term, ...]
    source: str
    part: str = ""
    first_url: str = ""
    guid: str = ""


class SitemapEntry(msgspec.Struct, frozen=True):
    """An address as a sitemap lists it; `changed` is when its content last did, `picture` its lead picture's url."""

    url: str
    changed: datetime | None = None
    picture: str = ""


class Redirect(msgspec.Struct, frozen=True):
    """An old address and where it leads: `path` from the site's root as browsers ask for it, unescaped.

    `target` is a url; `output` the page for hosts without rules, None where the old address can have none. `location`
    is where an editor wrote it; for an address of urls.lock it is the file without the line, which moves with others.
    """

    path: str
    target: str
    output: Output | None
    location: Location


Subject = Article | StandingPage | Listing | TermIndex | Front | Archive | Notice | Redirect
"""What a page can be about."""

S = TypeVar("S")


class Page(msgspec.Struct, frozen=True):
    """An output that a template makes: `template` is rendered with `subject` under the name `noun`.

    `source` is the file whose body the page shows, "" where it shows none. `tree` is the language whose pages it is
    among, "" for the main one; `translations` are the same page in other languages.
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


class DocumentOutput(msgspec.Struct, Generic[S], frozen=True):
    """An output that no template makes: the document with the name `document` writes it from `subject`.

    `subject` is plain data of that document's own type; where it changes, the output is made again. `title` is what
    reports call it, "" for its path. `story` is the source of the story that it is about, "" where it is about none.
    `tree` is the language that it belongs to, "" for the main one.
    """

    document: str
    output: Output
    url: str
    subject: S
    title: str = ""
    story: str = ""
    tree: str = ""


PlannedOutput = Page | DocumentOutput[Any]
"""An output that is made from the newspaper. What else is in the output folder are copies of files."""
