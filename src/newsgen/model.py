"""The nouns. Frozen, slotted, plain data; every time is aware and in the site's zone.

A *source* is a file we read, relative to the site and "/"-separated; an *output* is a path inside the output
folder; a *url* is what readers share: root-relative, percent-encoded, with the site's base path.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from newsgen.errors import Problem


class Status(IntEnum):
    """How far a story is on its way to readers, in order."""

    DRAFT = 0
    SCHEDULED = 1
    PUBLISHED = 2
    EXPIRED = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a page shows it. `src` is a url (or absolute), sizes are pixels, None when unknown."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a story: from `data/authors/<id>.yaml`, or only the name in the front matter."""

    id: str
    name: str
    url: str
    role: str = ""
    bio: str = ""
    photo: Picture | None = None
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic, under the first spelling that the paper used for it."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SectionRef:
    """What a card shows of its section."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """A folder of content/. `id` is its path, such as `xa-hoi/giao-duc`; `parent` the id of the one above."""

    id: str
    title: str
    url: str
    description: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a story. A change of the body leaves every Card alone."""

    title: str
    url: str
    date: datetime
    updated: datetime | None
    section: SectionRef | None
    summary: str
    image: Picture | None
    kicker: str
    authors: tuple[Author, ...]
    lang: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class Translation:
    """Another language's version of a story; `name` is the language's in itself."""

    lang: str
    name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """A story without its body: what its page and every list need of it.

    `lead` is the summary as an editor wrote it; "" where the summary is the body's first paragraph.
    """

    card: Card
    lead: str
    source: str
    output: str
    slug: str
    tags: tuple[Tag, ...]
    extra: Mapping[str, Any]
    translations: tuple[Translation, ...] = ()

    @property
    def title(self) -> str:
        """The headline."""
        return self.card.title

    @property
    def url(self) -> str:
        """The address readers share."""
        return self.card.url

    @property
    def date(self) -> datetime:
        """First publication."""
        return self.card.date

    @property
    def updated(self) -> datetime | None:
        """The last change worth telling, if any."""
        return self.card.updated

    @property
    def section(self) -> SectionRef | None:
        """Where it stands."""
        return self.card.section

    @property
    def summary(self) -> str:
        """The lead."""
        return self.card.summary

    @property
    def image(self) -> Picture | None:
        """The lead picture."""
        return self.card.image

    @property
    def kicker(self) -> str:
        """The label over the title."""
        return self.card.kicker

    @property
    def authors(self) -> tuple[Author, ...]:
        """Who wrote it."""
        return self.card.authors

    @property
    def lang(self) -> str:
        """Its language, as in `lang=`."""
        return self.card.lang

    @property
    def pinned(self) -> bool:
        """Whether the front keeps it."""
        return self.card.pinned


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page that is no story: about, contact. From content/pages/."""

    title: str
    url: str
    source: str
    output: str
    summary: str
    image: Picture | None
    lang: str
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ImageField:
    """The front matter's `image` before its file is found; `line`, `column` are where its path stands."""

    src: str
    alt: str
    caption: str
    credit: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A text in the front matter that names something else, and where it stands."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A source file, read and typed, before it is joined with the others.

    `digest` is of the file's bytes, `body_line` the line where the body starts. `section` is the folder's or
    the front matter's; "" for a page of content/pages/. `path` is
    the source relative to content/. `has_lead` says that the summary was written by an editor.
    """

    source: str
    path: str
    digest: str
    body_line: int
    is_page: bool
    title: str
    slug: str
    slug_place: tuple[int, int]
    date: datetime | None
    updated: datetime | None
    expires: datetime | None
    section: str
    summary: str
    has_lead: bool
    kicker: str
    lang: str
    authors: tuple[Reference, ...]
    tags: tuple[Reference, ...]
    related: tuple[Reference, ...]
    image: ImageField | None
    is_draft: bool
    pinned: bool
    extra: Mapping[str, Any]
    translation_of: Reference | None = None

    def status(self, now: datetime) -> Status:
        """Where the story stands at `now`."""
        if self.is_draft:
            return Status.DRAFT
        if self.date is not None and self.date > now:
            return Status.SCHEDULED
        if self.expires is not None and self.expires <= now:
            return Status.EXPIRED
        return Status.PUBLISHED


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: `id` is its anchor."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body as HTML, and what the page says about it. `files` are the sources it shows or links to."""

    html: str
    words: int = 0
    minutes: int = 0
    headings: tuple[Heading, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: `kind` is "site", "section", "tag", "author" or "partner", `id` says which of them.

    `form` is "rss", "atom" or "json"; `home` the url of the page it belongs to; `full` that it holds whole bodies.
    """

    kind: str
    id: str
    form: str
    title: str
    description: str
    home: str
    size: int
    full: bool = False


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as a page names it: media type, title, url."""

    type: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """A story as feeds and other programs get it. A change of the body leaves it alone."""

    card: Card
    tags: tuple[Tag, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An address as a sitemap lists it; `changed` is when its content last did, `picture` its lead picture's url."""

    url: str
    changed: datetime | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class SitemapPart:
    """One sitemap: the part `number`, from 1, of a year.

    The year 0 stands for all that is no story, which is `listed` here, and -1 for the news of two days.
    """

    year: int
    number: int
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """The sitemaps of the site: year and number of each."""

    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the breadcrumb."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. Numbered pages count from the oldest; `number` is None on the list's front."""

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
    tag: Tag | None = None
    subsections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A section's share of the front page."""

    section: Section
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The front page: one lead, a few seconds, a block a section, then the latest."""

    lead: Card | None
    seconds: tuple[Card, ...]
    blocks: tuple[Block, ...]
    latest: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ArchiveMonth:
    """A month in which stories appeared; `date` is its first day."""

    year: int
    month: int
    date: date
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """A year in which stories appeared, newest month first."""

    year: int
    url: str
    count: int
    months: tuple[ArchiveMonth, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive's front (`year` None, every year) or one year's page."""

    years: tuple[ArchiveYear, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One output to render: `template` with `subject` under the name `noun`.

    `source` is the file whose body the page shows, "" where it shows none. An output that is no HTML page has a
    `writer` in the template's place, one of `newsgen.site.documents`.
    """

    kind: str
    title: str
    description: str
    url: str
    canonical: str
    output: str
    template: str
    lang: str
    noun: str = ""
    subject: Article | StandingPage | Listing | Front | Archive | Feed | SitemapPart | SitemapIndex | None = None
    source: str = ""
    image: Picture | None = None
    breadcrumb: tuple[Crumb, ...] = ()
    writer: str = ""
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """One output that is copied: `source` relative to the site, or to the theme where `themed`."""

    output: str
    source: str
    themed: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """A file beside the content or in static/: its size in pixels when it is a picture."""

    source: str
    url: str
    output: str
    width: int | None = None
    height: int | None = None


@dataclass(slots=True)
class BuildReport:
    """What a run did: counts of outputs, seconds a stage, warnings.

    `pages` counts all pages of the site, `kept` those that were there already; `changed` the outputs that are new or
    other than before, `removed` those that are gone.
    """

    pages: int = 0
    kept: int = 0
    changed: int = 0
    files: int = 0
    stories: int = 0
    removed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
