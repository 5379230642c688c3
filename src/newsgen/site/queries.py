"""What templates may ask of the newspaper: `news.latest(10)`."""

import heapq
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import FunctionType
from typing import TypeVar

from newsgen.config.taxonomies import TAGS
from newsgen.core.digests import digest, encode
from newsgen.core.messages import Message, say
from newsgen.core.queries import Query, QueryMethods, Subject, UnknownName, list_of
from newsgen.core.questions import OnQuestion, ignore_question
from newsgen.core.text import fold
from newsgen.model.pages import Archive, Page
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Banner, Body, Card, CorrectionEntry, Neighbours, PageRef, Series
from newsgen.model.taxonomy import Author, Section, SectionName, Taxonomy, Term
from newsgen.search.matching import WordQuery
from newsgen.site import corrections
from newsgen.site.archive import make_archive
from newsgen.site.groups import group_subtopics
from newsgen.site.newspaper import Edition
from newsgen.site.series import find_series
from newsgen.site.structured_data import render_structured_data

T = TypeVar("T")

RECENT = 64
"""How many answers are kept that only one page asks for: just long enough to take their digests."""


def quote_title(titled: Card | PageRef | Section | SectionName) -> str:
    """The title of a story, page or section in quotes."""
    return f"“{titled.title}”"


def quote_name(named: Author | Term) -> str:
    """The name of a person or term in quotes."""
    return f"“{named.name}”"


def show_correction(entry: CorrectionEntry) -> str:
    """A correction as the headline of its story."""
    return quote_title(entry.card)


show_titles, show_names, show_corrections = list_of(quote_title), list_of(quote_name), list_of(show_correction)


def _show_taxonomy(taxonomy: Taxonomy) -> str:
    return say("all tags") if taxonomy.id == TAGS else f"“{taxonomy.title or taxonomy.id}”"


def _show_neighbours(two: Neighbours) -> Message:
    return say("{older} before, {newer} after", older=show_titles(two.older), newer=show_titles(two.newer))


def _show_series(series: Series) -> Message:
    return say("“{name}”, part {part} of {total}", name=series.name, part=series.part, total=series.total)


def _show_archive(archive: Archive) -> Message:
    months = [month for year in archive.years for month in year.months]
    if not months:
        return say("none")
    first, last = f"{months[-1].date:%Y-%m}", f"{months[0].date:%Y-%m}"
    return say("{count} months from {first} to {last}", count=len(months), first=first, last=last)


def _ask_latest(count: int, section: str | None) -> Message:
    if section is None:
        return say("the {count} latest stories", count=count)
    return say("the {count} latest stories of {section}", count=count, section=section)


def _ask_term(taxonomy: str, term: str) -> Message:
    kind = say("tag") if taxonomy == TAGS else taxonomy
    return say("the {kind} {name}", kind=kind, name=term)


def _ask_terms(taxonomy: str) -> Message:
    return say("all tags") if taxonomy == TAGS else say("all terms of {taxonomy}", taxonomy=taxonomy)


def _ask_taxonomy(taxonomy: str) -> Message:
    if taxonomy == TAGS:
        return say("the taxonomy of the tags")
    return say("the taxonomy {taxonomy}", taxonomy=taxonomy)


STORY = Subject(lambda article: article.source, lambda news, source: news._find_story(source))
"""A story, which questions name by its source."""


class News(QueryMethods):
    """The queries of one edition. Its public methods are what templates may call."""

    def __init__(self, edition: Edition, on_question: OnQuestion = ignore_question) -> None:
        super().__init__(on_question)
        self._edition = edition

    @Query(_ask_latest, show=show_titles)
    def latest(self, count: int, section: str | None = None) -> tuple[Card, ...]:
        """The newest stories of the paper, or of a section and those below it; newest first."""
        if section is None:
            ranks: Sequence[int] = range(len(self._edition.articles))
        else:
            self._look_up(say("there is no section “{name}”", name=section), section, self._edition.sections)
            ranks = self._edition.groups.by_section.get(section, ())
        return self._edition.cards(reversed(ranks[max(0, len(ranks) - count) :]))

    @Query(
        lambda query, count: say("the {count} stories that match “{query}” best", query=query, count=count),
        show=show_titles,
    )
    def search(self, query: str, count: int) -> tuple[Card, ...]:
        """The stories with all these words in headline, lead, tags or authors; the best first, then the newest."""
        sought, heads = WordQuery(query), self._edition.heads
        ranked = ((match, rank) for rank, head in enumerate(heads) if (match := sought.match(head)) is not None)
        return self._edition.cards(rank for _, rank in heapq.nlargest(count, ranked if sought.words else ()))

    @Query(say("the stories pinned to the front"), show=show_titles)
    def pinned(self) -> tuple[Card, ...]:
        """The stories that editors pinned to the front, newest first."""
        return self._edition.pinned

    @Query(
        say("the {count} stories related to it"),
        show=show_titles,
        keep=RECENT,
        about=STORY,
        stays=lambda changes, source, _count: source not in changes.related,
        extract=lambda cards: [card.url for card in cards],
    )
    def related(self, article: Article, count: int) -> tuple[Card, ...]:
        """The stories that belong to this one."""
        return self._edition.related.find(article, count) if article.source in self._edition.groups.rank else ()

    @Query(
        say("the stories published just before and after it"),
        show=list_of(_show_neighbours),
        keep=RECENT,
        about=STORY,
        stays=lambda changes, source: source not in changes.around,
        extract=lambda two: [card and card.url for card in (two.older, two.newer)],
    )
    def neighbours(self, article: Article) -> Neighbours:
        """The stories published just before and after this one."""
        articles, rank = self._edition.articles, self._edition.groups.rank.get(article.source)
        if rank is None:
            return Neighbours(None, None)
        older = articles[rank - 1].card if rank else None
        newer = articles[rank + 1].card if rank + 1 < len(articles) else None
        return Neighbours(older, newer)

    @Query(
        say("the series that it is a part of"),
        show=list_of(_show_series),
        keep=RECENT,
        about=STORY,
        stays=lambda changes, source: source not in changes.in_series,
        extract=lambda series: series and [series.name, series.part, series.total, [card.url for card in series.cards]],
    )
    def series(self, article: Article) -> Series | None:
        """The series that this story is a part of, if it is one."""
        if article.series is None:
            return None
        return find_series(
            article, self._edition.groups.series.get(fold(article.series.name), ()), self._edition.articles
        )

    @Query(say("the banner over every page"), show=list_of(lambda banner: f"“{banner.text}”"))
    def banner(self) -> Banner | None:
        """The line that stands over every page now, if there is one."""
        return self._edition.banner

    @Query(say("the {count} latest corrections"), show=show_corrections)
    def corrections(self, count: int) -> tuple[CorrectionEntry, ...]:
        """The newest corrections of the paper with their stories, newest first."""
        return corrections.list_newest(self._edition.articles, count)

    @Query(say("the section {section}"), show=show_titles)
    def section(self, section: str) -> Section:
        """A section by its id, such as "kinh-te"."""
        return self._look_up(say("there is no section “{name}”", name=section), section, self._edition.sections)

    @Query(say("the sections"), show=show_titles)
    def sections(self) -> tuple[SectionName, ...]:
        """The sections at the top, in the order of newsgen.yaml."""
        return self._list_below(None)

    @Query(say("the sections and those below them"), show=show_titles)
    def menu(self) -> tuple[tuple[SectionName, tuple[SectionName, ...]], ...]:
        """The sections at the top in their order, each with those just below it."""
        below: dict[str | None, list[SectionName]] = {}
        for section in self._edition.sections.values():
            below.setdefault(section.parent, []).append(section.as_name())
        return tuple((section, tuple(below.get(section.id, ()))) for section in below.get(None, ()))

    @Query(say("the sections below {section}"), show=show_titles)
    def subsections(self, section: str) -> tuple[SectionName, ...]:
        """The sections just below this one."""
        return self._list_below(section)

    def _list_below(self, parent: str | None) -> tuple[SectionName, ...]:
        return tuple(section.as_name() for section in self._edition.sections.values() if section.parent == parent)

    def tag(self, tag: str) -> Term:
        """A tag by its slug."""
        return self.term(TAGS, tag)

    def tags(self) -> tuple[Term, ...]:
        """Every tag, most used first."""
        return self.terms(TAGS)

    @Query(say("the terms below {tag}"), show=show_names)
    def subtopics(self, tag: str, taxonomy: str = TAGS) -> tuple[Term, ...]:
        """The tags, or the terms of another taxonomy, just below this one, by name."""
        return group_subtopics(self._terms(taxonomy)).get(tag, ())

    @Query(_ask_term, show=show_names)
    def term(self, taxonomy: str, term: str) -> Term:
        """A term of a taxonomy by its slug."""
        return self._look_up(say("there is no term “{name}”", name=term), term, self._terms(taxonomy))

    @Query(_ask_terms, show=show_names)
    def terms(self, taxonomy: str) -> tuple[Term, ...]:
        """Every term of a taxonomy, most used first."""
        terms, ranks = self._terms(taxonomy), self._edition.by_term[taxonomy]
        order = sorted(terms, key=lambda term: (-len(ranks.get(term, ())), term))
        return tuple(terms[term] for term in order)

    @Query(_ask_taxonomy, show=list_of(_show_taxonomy))
    def taxonomy(self, taxonomy: str) -> Taxonomy:
        """A taxonomy by the field of front matter that names its terms."""
        known = self._edition.taxonomies
        return self._look_up(say("there is no taxonomy “{name}”", name=taxonomy), taxonomy, known)

    @Query(say("the taxonomies"), show=list_of(_show_taxonomy))
    def taxonomies(self) -> tuple[Taxonomy, ...]:
        """The taxonomies of the paper, the tags first."""
        return tuple(self._edition.taxonomies.values())

    @Query(say("the author {author}"), show=show_names)
    def author(self, author: str) -> Author:
        """An author by id."""
        return self._look_up(say("there is no author “{name}”", name=author), author, self._edition.authors)

    @Query(say("all authors"), show=show_names)
    def authors(self) -> tuple[Author, ...]:
        """Every author with a public story, by name."""
        return tuple(sorted(self._edition.authors.values(), key=lambda a: (a.name, a.id)))

    @Query(say("the standing pages"), show=show_titles)
    def pages(self) -> tuple[PageRef, ...]:
        """The standing pages, in the order of their weights, then of their titles."""
        return tuple(PageRef(p.title, p.url, p.weight) for p in self._edition.pages)

    @Query(say("the months in which stories appeared"), show=_show_archive)
    def archive(self) -> Archive:
        """The years and months in which stories appeared, newest first."""
        return make_archive(self._edition)

    @Query(say("the publisher's logo"), show=list_of(lambda picture: picture.src))
    def logo(self) -> Picture | None:
        """The publisher's logo, if newsgen.yaml names one."""
        return self._edition.logo

    @Query(say("the favicon"))
    def favicon(self) -> str:
        """The url of static/favicon.ico where the site lies below a path; "" where browsers find it by themselves."""
        return self._edition.favicon

    def structured(self, page: Page, body: Body | None = None) -> str:
        """What a page says of itself to search engines: JSON-LD, safe inside <script>; "" where there is none."""
        self.logo()
        return render_structured_data(page, body, self._edition)

    def _find_story(self, source: str) -> Article:
        """The story from a source; UnknownName where the paper has no such story."""
        rank = self._edition.groups.rank.get(source)
        if rank is None:
            raise UnknownName(say("there is no story {name}", name=source))
        return self._edition.articles[rank]

    @cached_property
    def knowledge(self) -> str:
        """The digest of all that answers are made of: as long as it is the same, so is every answer."""
        edition = self._edition
        named = (dict(edition.sections), edition.taxonomies, edition.terms, dict(edition.authors), dict(edition.chosen))
        pages = [(page.title, page.url, page.weight) for page in edition.pages]
        return digest(
            edition.digests.of_articles.packed, encode((named, edition.banner, edition.logo, edition.favicon, pages))
        )

    def _terms(self, taxonomy: str) -> Mapping[str, Term]:
        return self._look_up(say("there is no taxonomy “{name}”", name=taxonomy), taxonomy, self._edition.terms)

    def _look_up(self, unknown: Message, name: str, among: Mapping[str, T]) -> T:
        if name not in among:
            raise UnknownName(unknown)
        return among[name]


QUERIES = frozenset(name for name, value in vars(News).items() if name[0] != "_" and isinstance(value, FunctionType))
"""What templates may call of `News`."""
