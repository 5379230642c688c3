"""Stories and standing pages as pages and lists show them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from newsgen.config.taxonomies import TAGS
from newsgen.core.errors import Problem
from newsgen.core.urls import Output
from newsgen.model.episodes import Episode
from newsgen.model.live import LiveEntry, place_live_folder
from newsgen.model.manuscripts import Correction, CorrectionKind, Coverage, Reference, SeriesPart
from newsgen.model.pictures import Picture
from newsgen.model.taxonomy import Author, SectionRef, Term


class Card(msgspec.Struct, frozen=True, gc=False):
    """What a list shows of a story. A change of the body does not change it."""

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
    live: bool = False

    @property
    def sections(self) -> tuple[SectionRef, ...]:
        """Every section that lists it, that of its address first."""
        return (self.section, *self.also_in) if self.section else self.also_in


class Neighbours(msgspec.Struct, frozen=True, gc=False):
    """The stories published just before and just after one."""

    older: Card | None
    newer: Card | None


class Translation(msgspec.Struct, frozen=True, gc=False):
    """A translation of a story or page; `name` is the name of the language in itself.

    `tree` is the language of the paper whose pages it belongs to: en for a story in en-GB.
    """

    lang: str
    name: str
    title: str
    url: str
    tree: str = ""


class Article(msgspec.Struct, frozen=True, gc=False):
    """A story without its body: what its page and lists need.

    `lead` is the summary that an editor wrote, "" where the summary is the first paragraph. `appeared` is the end of an
    embargo that was after `date`. `terms` are by taxonomy. `first_url` is the first address at which it was published,
    "" for `url`; `guid` is its id in feeds, "" for that address. `episode` is its recording in the podcast.
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
    live: Coverage | None = None
    episode: Episode | None = None

    @property
    def tags(self) -> tuple[Term, ...]:
        """Its tags."""
        return self.terms[TAGS]

    @property
    def every_term(self) -> tuple[Term, ...]:
        """Its terms of all taxonomies, the tags among them."""
        return tuple(term for terms in self.terms.values() for term in terms)

    @property
    def title(self) -> str:
        """The headline."""
        return self.card.title

    @property
    def url(self) -> str:
        """The address that readers share."""
        return self.card.url

    @property
    def date(self) -> datetime:
        """First publication."""
        return self.card.date

    @property
    def updated(self) -> datetime | None:
        """The last change that readers are shown, if any."""
        return self.card.updated

    @property
    def section(self) -> SectionRef | None:
        """The section of its address."""
        return self.card.section

    @property
    def also_in(self) -> tuple[SectionRef, ...]:
        """Other sections that list it."""
        return self.card.also_in

    @property
    def sections(self) -> tuple[SectionRef, ...]:
        """Every section that lists it, that of its address first."""
        return self.card.sections

    @property
    def summary(self) -> str:
        """The summary."""
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
    def live_folder(self) -> str:
        """The address of the folder of its files with new entries, if it is a live story."""
        return place_live_folder(self.url)

    @property
    def pinned(self) -> bool:
        """Whether it is pinned to the front page."""
        return self.card.pinned

    @property
    def sponsor(self) -> str:
        """Who paid for it; "" for the paper's own work."""
        return self.card.sponsor


class StandingPage(msgspec.Struct, frozen=True, gc=False):
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


class PageRef(msgspec.Struct, frozen=True, gc=False):
    """A standing page in menus; `weight` is None where the front matter has none."""

    title: str
    url: str
    weight: int | None = None


class Intro(msgspec.Struct, frozen=True, gc=False):
    """An `_index.md`, shown at the head of a section's first page or of the front page.

    `lead` is the summary that an editor wrote, "" where `summary` is the first paragraph.
    """

    source: str
    title: str
    summary: str
    lead: str
    image: Picture | None
    extra: Mapping[str, Any]
    weight: int | None = None


class Banner(msgspec.Struct, frozen=True, gc=False):
    """A line of breaking news on every page, shown from `start` until `end`; either may be open."""

    text: str
    url: str = ""
    start: datetime | None = None
    end: datetime | None = None

    def is_shown(self, now: datetime) -> bool:
        """Whether readers see it at `now`."""
        return (self.start is None or self.start <= now) and (self.end is None or now < self.end)


class Notice(msgspec.Struct, frozen=True, gc=False):
    """The page at the address of an ended story; `title` is "" for a withdrawn one."""

    title: str
    url: str
    output: Output
    date: datetime
    text: str
    is_withdrawn: bool
    section: SectionRef | None
    lang: str


class CorrectionEntry(msgspec.Struct, frozen=True, gc=False):
    """A correction on the page of all corrections; `number` counts the corrections of its story from 1."""

    date: datetime
    kind: CorrectionKind
    text: str
    card: Card
    number: int = 1
    first_url: str = ""


class Series(msgspec.Struct, frozen=True, gc=False):
    """A series as one of its stories shows it: `part` of `total`, and the published stories in order."""

    name: str
    part: int
    total: int
    cards: tuple[Card, ...]


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A heading of a body: `id` is its anchor."""

    level: int
    id: str
    text: str


class Body(msgspec.Struct, frozen=True, gc=False):
    """A body as HTML, with facts about it. `files` are the sources that it shows as they are or links to.

    `notes` are problems that only `newsgen check` reports; `links` lead to other sites; `images` are the addresses of
    its pictures, `pictures` the sources of those that it shows in several sizes. `entries` are those of a live story,
    oldest first.
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
    pictures: tuple[str, ...] = ()
    entries: tuple[LiveEntry, ...] = ()
