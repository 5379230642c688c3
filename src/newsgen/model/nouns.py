"""The nouns. Frozen, slotted, plain data; every time is aware and in the site's zone.

A *source* is a file we read, relative to the site and "/"-separated; an *output* is a path inside the output
folder; a *url* is what readers share: root-relative, percent-encoded, with the site's base path.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any

import msgspec

from newsgen.config.taxonomies import TAGS
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message
from newsgen.core.urls import Output


class Status(IntEnum):
    """How far a story is on its way to readers, in order."""

    DRAFT = 0
    SCHEDULED = 1
    EMBARGOED = 2
    PUBLISHED = 3
    EXPIRED = 4
    WITHDRAWN = 5

    @property
    def is_secret(self) -> bool:
        """Whether nothing of the story may be seen yet."""
        return self < Status.PUBLISHED


class Correction(msgspec.Struct, frozen=True):
    """What the paper owns up to in a story; `kind` is `correction`, `clarification` or `update`."""

    date: datetime
    kind: str
    text: str


class SeriesPart(msgspec.Struct, frozen=True):
    """A story's place in a series: `part` and `of` are None where the editor leaves counting to newsgen."""

    name: str
    part: int | None = None
    of: int | None = None


class Picture(msgspec.Struct, frozen=True):
    """A picture as a page shows it. `src` is a url (or absolute), sizes are pixels, None when unknown.

    `crops` are the same picture cut to other shapes, for search engines.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None
    crops: tuple["Picture", ...] = ()


class Author(msgspec.Struct, frozen=True):
    """Who wrote a story: from `data/authors/<id>.yaml`, or only the name in the front matter."""

    id: str
    name: str
    url: str
    role: str = ""
    bio: str = ""
    photo: Picture | None = None
    same_as: tuple[str, ...] = ()


class Term(msgspec.Struct, frozen=True):
    """A tag, or a term of another taxonomy, as newsgen.yaml names it or under the first spelling used.

    `parent` is the id of the one above.
    """

    id: str
    name: str
    url: str
    description: str = ""
    parent: str | None = None
    taxonomy: str = TAGS

    @property
    def key(self) -> str:
        """What tells it from the terms of all taxonomies, such as "tags/song-lac"."""
        return f"{self.taxonomy}/{self.id}"


class Taxonomy(msgspec.Struct, frozen=True):
    """A way in which the paper sorts its stories: by tags, by places. `id` is the field of front matter.

    `url` is that of the list of its terms, "" where it has none; `title` may be "" for the tags.
    """

    id: str
    title: str = ""
    url: str = ""
    description: str = ""


class TermCount(msgspec.Struct, frozen=True):
    """A term with the number of its stories, those of the terms below it among them."""

    term: Term
    count: int


class TermIndex(msgspec.Struct, frozen=True):
    """The list of a taxonomy's terms, by name."""

    taxonomy: Taxonomy
    entries: tuple[TermCount, ...]


class SectionRef(msgspec.Struct, frozen=True):
    """What a card shows of its section."""

    id: str
    title: str
    url: str


class SectionName(msgspec.Struct, frozen=True):
    """What menus show of a section, a folder of content/: a change of its summary or picture leaves every menu alone.

    `id` is its path, such as `xa-hoi/giao-duc`; `parent` the id of the one above.
    """

    id: str
    title: str
    url: str
    parent: str | None = None


class Section(SectionName, frozen=True):
    """A section with what its own pages show; `image` is the picture that its `_index.md` names."""

    description: str = ""
    image: Picture | None = None

    def named(self) -> SectionName:
        """What menus show of it."""
        return SectionName(self.id, self.title, self.url, self.parent)


class Intro(msgspec.Struct, frozen=True):
    """What an `_index.md` says at the head of a section's first page, or of the home page; its text is the body.

    `lead` is the summary as an editor wrote it; "" where `summary` is the text's first paragraph.
    """

    source: str
    title: str
    summary: str
    lead: str
    image: Picture | None
    extra: Mapping[str, Any]
    weight: int | None = None


class Card(msgspec.Struct, frozen=True):
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
    sponsor: str = ""
    also_in: tuple[SectionRef, ...] = ()

    @property
    def sections(self) -> tuple[SectionRef, ...]:
        """Every section in whose lists it stands, that of its address first."""
        return (self.section, *self.also_in) if self.section else self.also_in


class Neighbours(msgspec.Struct, frozen=True):
    """The stories published just before and just after one."""

    older: Card | None
    newer: Card | None


class Translation(msgspec.Struct, frozen=True):
    """Another language's version of a story or page; `name` is the language's in itself.

    `tree` is the paper's language among whose pages it is: en for a story in en-GB.
    """

    lang: str
    name: str
    title: str
    url: str
    tree: str = ""


class Article(msgspec.Struct, frozen=True):
    """A story without its body: what its page and every list need of it.

    `lead` is the summary as an editor wrote it; "" where the summary is the body's first paragraph. `appeared` is when
    an embargo ended, where that was after `date`. `terms` are by taxonomy. `first_url` is the first address it was
    published at, "" for `url`; `guid` is what feeds know it by, "" for that address.
    """

    card: Card
    lead: str
    source: str
    output: Output
    slug: str
    terms: Mapping[str, tuple[Term, ...]]
    extra: Mapping[str, Any]
    corrections: tuple[Correction, ...] = ()
    series: SeriesPart | None = None
    translations: tuple[Translation, ...] = ()
    appeared: datetime | None = None
    weight: int | None = None
    first_url: str = ""
    guid: str = ""

    @property
    def tags(self) -> tuple[Term, ...]:
        """What it is about."""
        return self.terms[TAGS]

    @property
    def every_term(self) -> tuple[Term, ...]:
        """Its tags, and its terms of the other taxonomies."""
        return tuple(term for terms in self.terms.values() for term in terms)

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
    def also_in(self) -> tuple[SectionRef, ...]:
        """The other sections in whose lists it stands."""
        return self.card.also_in

    @property
    def sections(self) -> tuple[SectionRef, ...]:
        """Every section in whose lists it stands, that of its address first."""
        return self.card.sections

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

    @property
    def sponsor(self) -> str:
        """Who paid for it; "" for the paper's own work."""
        return self.card.sponsor


class StandingPage(msgspec.Struct, frozen=True):
    """A page that is no story: about, contact. From content/pages/."""

    title: str
    url: str
    source: str
    output: Output
    summary: str
    image: Picture | None
    lang: str
    extra: Mapping[str, Any]
    translations: tuple[Translation, ...] = ()
    weight: int | None = None


class PageRef(msgspec.Struct, frozen=True):
    """A standing page as menus show it; `weight` is None where its editor gave it none."""

    title: str
    url: str
    weight: int | None = None


class Reference(msgspec.Struct, frozen=True):
    """A text in the front matter that names something else, and where it stands.

    `path` is the file in which it stands where that is not the story's own.
    """

    text: str
    line: int
    column: int
    path: str = ""

    def place(self, source: str) -> Location:
        """Where it stands; `source` is the story's file."""
        return Location(self.path or source, self.line, self.column)


class ImageField(msgspec.Struct, frozen=True):
    """The front matter's `image` before its files are found; `line`, `column` are where its path stands.

    `path` is the file in which it stands where that is not the story's own.
    """

    src: str
    alt: str
    caption: str
    credit: str
    line: int
    column: int
    crops: tuple[Reference, ...] = ()
    path: str = ""

    @property
    def named(self) -> tuple[Reference, ...]:
        """The picture and its crops, as the editor named them."""
        return Reference(self.src, self.line, self.column, self.path), *self.crops


class Manuscript(msgspec.Struct, frozen=True):
    """A source file, read and typed, before it is joined with the others.

    `weight` orders standing pages, parts of series and sections: the lightest first, before those without one.
    `url` is the path from the site's root that front matter asks for, "" for the one that newsgen.yaml makes.
    `is_intro` tells that it is an `_index.md`: no story, but the text at the head of its section's first page.
    `digest` is of the file's bytes, `body_line` the line where the body starts. `section` is the folder's or
    the front matter's; "" for a page of content/pages/. `path` is
    the source relative to content/. `has_lead` says that the summary was written by an editor. `warnings` are what
    was found in reading that does not stop a build. `replacement` is what stands at the address after the story's end:
    `gone`, `notice` or `unlist`. `words` are the sentences' short digests, `text` is that of the whole text. `given` is
    the digest of what newsgen.yaml gave to the front matter, "" for nothing. `former_slug` is what earlier versions of
    newsgen made of the title, where that is another slug.
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
    terms: Mapping[str, tuple[Reference, ...]]
    related: tuple[Reference, ...]
    image: ImageField | None
    is_draft: bool
    pinned: bool
    extra: Mapping[str, Any]
    warnings: tuple[Problem, ...] = ()
    title_place: tuple[int, int] = (1, 1)
    updated_place: tuple[int, int] = (1, 1)
    summary_place: tuple[int, int] = (1, 1)
    date_place: tuple[int, int] = (1, 1)
    is_withdrawn: bool = False
    embargo: datetime | None = None
    pin_until: datetime | None = None
    replacement: str = "gone"
    notice: str = ""
    sponsor: str = ""
    series: SeriesPart | None = None
    series_place: tuple[int, int] = (1, 1)
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[Reference, ...] = ()
    words: bytes = b""
    text: str = ""
    translation_of: Reference | None = None
    guid: Reference | None = None
    also_in: tuple[str, ...] = ()
    is_intro: bool = False
    url: str = ""
    weight: int | None = None
    given: str = ""
    former_slug: str = ""

    @property
    def tags(self) -> tuple[Reference, ...]:
        """What it names under `tags`."""
        return self.terms.get(TAGS, ())

    @property
    def basis(self) -> str:
        """The digest of all that it was read from."""
        return self.digest + self.given

    @property
    def text_basis(self) -> str:
        """What tells its rendered text from others: the digest of its file, and its language."""
        return f"{self.digest} {self.lang}"

    def status(self, now: datetime) -> Status:
        """Where the story stands at `now`."""
        if self.is_draft:
            return Status.DRAFT
        if self.embargo is not None and self.embargo > now:
            return Status.EMBARGOED
        if self.date is not None and self.date > now:
            return Status.SCHEDULED
        if self.is_withdrawn:
            return Status.WITHDRAWN
        if self.expires is not None and self.expires <= now:
            return Status.EXPIRED
        return Status.PUBLISHED

    def told_update(self, now: datetime) -> datetime | None:
        """The last change that readers are told of at `now`; one to come is not told yet."""
        return self.updated if self.updated is not None and self.updated <= now else None

    def is_pinned(self, now: datetime) -> bool:
        """Whether the front keeps the story at `now`."""
        return self.pinned and (self.pin_until is None or now < self.pin_until)


class Heading(msgspec.Struct, frozen=True):
    """A heading of a body: `id` is its anchor."""

    level: int
    id: str
    text: str


class Body(msgspec.Struct, frozen=True):
    """A body as HTML, and what the page says about it. `files` are the sources it shows or links to.

    `notes` are an editor's, which a build does not tell; `links` lead to other sites; `images` are the addresses of the
    pictures that it shows.
    """

    html: str
    words: int = 0
    minutes: int = 0
    headings: tuple[Heading, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    links: tuple[Reference, ...] = ()
    images: tuple[str, ...] = ()


class Feed(msgspec.Struct, frozen=True):
    """One feed: `kind` is "site", "section", "term", "author", "corrections" or "partner", `id` says which of them.

    `form` is "rss", "atom" or "json"; `home` the url of the page it belongs to; `full` that it holds whole bodies.
    `nouns` are what readers call a correction, a clarification and an update; `sponsored` says, with `%(name)s`, who
    paid for a story.
    """

    kind: str
    id: str
    form: str
    title: str
    description: str
    home: str
    size: int
    full: bool = False
    nouns: tuple[str, ...] = ()
    sponsored: str = ""


class FeedLink(msgspec.Struct, frozen=True):
    """A feed as a page names it: media type, title, url."""

    type: str
    title: str
    url: str


class Item(msgspec.Struct, frozen=True):
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


class Listed(msgspec.Struct, frozen=True):
    """An address as a sitemap lists it; `changed` is when its content last did, `picture` its lead picture's url."""

    url: str
    changed: datetime | None = None
    picture: str = ""


class SitemapPart(msgspec.Struct, frozen=True):
    """One sitemap: the part `number`, from 1, of a year.

    The year 0 stands for all that is no story, which is `listed` here, and -1 for the news of two days.
    """

    year: int
    number: int
    listed: tuple[Listed, ...] = ()


class SitemapIndex(msgspec.Struct, frozen=True):
    """The sitemaps of the site: year and number of each."""

    parts: tuple[tuple[int, int], ...]


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


class Banner(msgspec.Struct, frozen=True):
    """A line over every page while news breaks; it is shown from `start` until `end`, either may be open."""

    text: str
    url: str = ""
    start: datetime | None = None
    end: datetime | None = None

    def is_shown(self, now: datetime) -> bool:
        """Whether readers see it at `now`."""
        return (self.start is None or self.start <= now) and (self.end is None or now < self.end)


class Notice(msgspec.Struct, frozen=True):
    """What stands at the address of a story that is no more. `title` is "" where it was withdrawn."""

    title: str
    url: str
    output: Output
    date: datetime
    text: str
    is_withdrawn: bool
    section: SectionRef | None
    lang: str


URLS_LOCK = "urls.lock"
"""The file of all published addresses."""


class Published(msgspec.Struct, frozen=True):
    """An address of urls.lock: the source that was published there, and whether editors let go of it.

    `mark` tells its words from others, `line` is where it stands in the file, `first` is the path at which the story
    was published before it came here, the first of them.
    """

    source: str
    is_gone: bool = False
    mark: str = ""
    line: int = 1
    first: str = ""


class Redirect(msgspec.Struct, frozen=True):
    """An old address and where it leads: `path` from the site's root as browsers ask for it, unescaped.

    `target` is a url; `output` the page for hosts without rules, None where the old address can have none. `location`
    is where an editor wrote it; for an address of urls.lock it is the file without the line, which moves with others.
    """

    path: str
    target: str
    output: Output | None
    location: Location


class CorrectionEntry(msgspec.Struct, frozen=True):
    """A correction on the page of all corrections, with its story, of which it is the one with this number from 1."""

    date: datetime
    kind: str
    text: str
    card: Card
    number: int = 1
    first_url: str = ""


class Series(msgspec.Struct, frozen=True):
    """A series as one of its stories shows it: `part` of `total`, and the public stories in order."""

    name: str
    part: int
    total: int
    cards: tuple[Card, ...]


class AddressChange(msgspec.Struct, frozen=True):
    """A public address that a build added, changed or removed (`change`), and why."""

    url: str
    change: str
    kind: str
    title: str
    source: str
    reason: str


Subject = (
    Article
    | StandingPage
    | Listing
    | TermIndex
    | Front
    | Archive
    | Notice
    | Redirect
    | Feed
    | SitemapPart
    | SitemapIndex
)
"""What an output can be about."""


class Page(msgspec.Struct, frozen=True):
    """One output to render: `template` with `subject` under the name `noun`.

    `source` is the file whose body the page shows, "" where it shows none. An output that is no HTML page has a
    `writer` in the template's place, one of `newsgen.documents.registry`. `tree` is the language whose pages it is
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
    writer: str = ""
    feeds: tuple[FeedLink, ...] = ()
    noindex: bool = False
    tree: str = ""
    translations: tuple[Translation, ...] = ()


class File(msgspec.Struct, frozen=True):
    """One output that is copied: `source` relative to the site, or to the theme where `themed`."""

    output: Output
    source: str
    themed: bool = False


class Flaw(msgspec.Struct, frozen=True):
    """Why browsers cannot show a file as a picture, and what to do."""

    what: Message
    fix: Message


class Asset(msgspec.Struct, frozen=True):
    """A file beside the content or in static/: its size in pixels when it is a picture, else why it is none."""

    source: str
    url: str
    output: Output
    width: int | None = None
    height: int | None = None
    flaw: Flaw | None = None


class Cost(msgspec.Struct, frozen=True):
    """What a template, a page or a question took: how many pages, and seconds of all processes together."""

    name: str
    pages: int
    seconds: float


class Profile(msgspec.Struct, frozen=True):
    """Where the time of a build went. The longest come first in each.

    `moved` are questions whose answers had changed, with the pages made for them; `reasons` says of how many pages why
    they were made; `markdown` is the seconds spent on bodies; `hints` are sentences that name a setting.
    """

    templates: tuple[Cost, ...] = ()
    slowest: tuple[Cost, ...] = ()
    moved: tuple[Cost, ...] = ()
    reasons: Mapping[str, int] = {}
    markdown: float = 0.0
    hints: tuple[str, ...] = ()


@dataclass(slots=True)
class BuildReport:
    """What a run did: counts of outputs, seconds a stage, warnings; a profile when one was asked for.

    `pages` counts all pages of the site, `made` those rendered in this run, `kept` those that were there already;
    `changed` the outputs that are new or other than before, `removed` those that are gone, `addresses` all three with
    their reasons.
    """

    pages: int = 0
    made: int = 0
    kept: int = 0
    changed: int = 0
    files: int = 0
    stories: int = 0
    removed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    profile: Profile | None = None
    addresses: list[AddressChange] = field(default_factory=list)
