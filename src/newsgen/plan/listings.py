"""The pages of lists: the latest news, sections, terms, authors, and the archive by year and month."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain

from msgspec.structs import replace

from newsgen.config.taxonomies import TAGS
from newsgen.core.differences import find_differences
from newsgen.core.text import fold, strip_marks
from newsgen.model.pages import Archive, Crumb, FeedLink, Listing, Page
from newsgen.model.permalinks import Permalink
from newsgen.model.stories import Card, Translation
from newsgen.model.taxonomy import Author, Section, Taxonomy, Term, TermCount, TermIndex
from newsgen.plan.page_parts import Frame
from newsgen.site.dates import format_date
from newsgen.site.descriptions import describe, describe_archive, describe_index
from newsgen.site.groups import group_subtopics
from newsgen.site.newspaper import Edition
from newsgen.site.queries import News


@dataclasses.dataclass(frozen=True, slots=True)
class _ListInputs:
    """What the pages of a list are made of: its `cards` are those of all pages, the oldest first."""

    front: Permalink
    listing: Listing
    cards: tuple[Card, ...]
    above: tuple[Crumb, ...]
    versions: tuple[Translation, ...]
    ranks: Sequence[int] = dataclasses.field(compare=False)


_MonthInputs = tuple[Sequence[int], tuple[Crumb, ...]]
"""The ranks of a month's stories, and the breadcrumb of the archive."""


class Listings:
    """The lists of one edition. Of `before`, those of an earlier paper, the pages are kept that would be the same."""

    def __init__(self, frame: Frame, news: News, before: "Listings | None" = None) -> None:
        self.frame, self.news = frame, news
        self._known = before._lists if before else {}
        self._known_months = before._months if before else {}
        self._months: dict[str, tuple[_MonthInputs, Page]] = {}
        self._lists: dict[str, tuple[_ListInputs, tuple[Page, ...]]] = {}
        self.edition, self.links, self.config = frame.edition, frame.links, frame.config

    def make_pages(self) -> list[Page]:
        """Make every page of every list."""
        lists = (self._plan_sections(), self._plan_terms(), self._plan_authors())
        pages = [*self._plan_latest(), *chain.from_iterable(chain(*lists)), *self._plan_archive()]
        self._known, self._known_months = {}, {}
        return pages

    def _plan_latest(self) -> Iterator[Page]:
        ranks = range(len(self.edition.articles))
        listing = Listing("latest", self.frame.translate("Latest news"), self.links.latest.url, ())
        versions = self.frame.list_versions(lambda other: other.permalinks.latest.url)
        yield from self._list_pages(listing, self.links.latest, ranks, versions=versions)
        if self.config.latest.mode == "fragment":
            yield self.frame.make_page("fragment", listing.title, self.links.latest_fragment, "latest.fragment.html")

    def _plan_sections(self) -> Iterator[Sequence[Page]]:
        for id_, section in self.edition.sections.items():
            intro = self.edition.intros.get(id_)
            listing = Listing(
                "section",
                section.title,
                section.url,
                (),
                description=section.description,
                section=section,
                subsections=self.news.subsections(id_),
                extra=intro.extra if intro else {},
            )
            ranks, above = self.edition.groups.by_section.get(id_, ()), self.frame.list_crumbs(section.parent)
            versions = self._list_versions(id_, lambda other: other.sections)
            *numbered, front = self._list_pages(listing, self.links.section(id_), ranks, above, versions)
            yield [*numbered, self.frame.add_intro(front, intro, section.description)]

    def _plan_terms(self) -> Iterator[Sequence[Page]]:
        for taxonomy in self.edition.taxonomies.values():
            if taxonomy.url:
                yield [self._make_index(taxonomy)]
            terms, ranks = self.edition.terms[taxonomy.id], self.edition.by_term[taxonomy.id]
            below, get_terms = group_subtopics(terms), partial(_get_terms, taxonomy.id)
            for id_, term in terms.items():
                listing = Listing(
                    "tag" if taxonomy.id == TAGS else "term",
                    term.name,
                    term.url,
                    (),
                    description=term.description,
                    term=term,
                    taxonomy=taxonomy,
                    subtopics=below.get(id_, ()),
                )
                above, versions = self.frame.list_topic_crumbs(term)[:-1], self._list_versions(id_, get_terms)
                link = self.links.term(taxonomy.id, id_)
                yield self._list_pages(listing, link, ranks.get(id_, ()), above, versions)

    def _make_index(self, taxonomy: Taxonomy) -> Page:
        """The list of a taxonomy's terms."""
        terms, ranks = self.edition.terms[taxonomy.id].values(), self.edition.by_term[taxonomy.id]
        entries = [TermCount(term, len(ranks.get(term.id, ()))) for term in terms]
        entries.sort(key=lambda entry: (fold(strip_marks(entry.term.name)), entry.term.id))
        index, title = TermIndex(taxonomy, tuple(entries)), taxonomy.title or self.frame.translate("Topics")
        page = self.frame.make_page("taxonomy", title, self.links.taxonomy(taxonomy.id), "taxonomy.html")
        return replace(
            page,
            noun="index",
            subject=index,
            description=describe_index(index, title, self.config.title),
            breadcrumb=(*self.frame.list_crumbs(), Crumb(title, page.url)),
            translations=self.frame.list_versions(lambda other: other.taxonomies[taxonomy.id].url),
        )

    def _plan_authors(self) -> Iterator[Sequence[Page]]:
        for id_, author in self.edition.authors.items():
            listing = Listing("author", author.name, author.url, (), description=author.bio, author=author)
            ranks = self.edition.groups.by_author.get(id_, ())
            versions = self._list_versions(id_, lambda other: other.authors)
            yield self._list_pages(listing, self.links.author(id_), ranks, versions=versions)

    def _list_versions(
        self, id_: str, index: Callable[[Edition], Mapping[str, Section | Author | Term]]
    ) -> tuple[Translation, ...]:
        """The list of the same id in the other editions; `index` gives what an edition has by id."""

        def find_url(other: Edition) -> str | None:
            subject = index(other).get(id_)
            return subject.url if subject else None

        return self.frame.list_versions(find_url)

    def _list_pages(
        self,
        listing: Listing,
        front: Permalink,
        ranks: Sequence[int],
        above: tuple[Crumb, ...] = (),
        versions: tuple[Translation, ...] = (),
    ) -> Sequence[Page]:
        """The pages of one list, those of before where they would be the same."""
        known = self._known.get(front.output)
        # Ranks that are the same object are those of the same stories.
        cards = known[0].cards if known and known[0].ranks is ranks else self.edition.cards(ranks)
        new = _ListInputs(front, listing, cards, above, versions, ranks)
        if known is None or known[0] != new:
            is_alike = known is not None and dataclasses.replace(known[0], cards=new.cards) == new
            was, pages = (known[0].cards, known[1]) if known is not None and is_alike else ((), ())
            known = new, self._make_pages(new, was, pages)
        self._lists[front.output] = known
        return known[1]

    def _make_pages(self, list_: _ListInputs, was: Sequence[Card], known: Sequence[Page]) -> tuple[Page, ...]:
        """The pages of one list, the oldest first; of the `known` ones, which had `was`, those that are the same.

        Numbered pages are full and count from the oldest, so they never change; the front holds the newest, from one
        page full to two pages less one story.
        """
        size, cards, pages = self.config.lists.page, list_.cards, list(known)
        full = max(0, len(cards) // size - 1)
        gone, new = find_differences(was, cards)
        stale: Iterable[int] = {min(rank // size, full) for rank in new} if known else ()
        if gone != new or not known:
            # The last page that stays leads to a front, and may lead to a numbered page now.
            first = max(0, min(min((*gone, *new), default=0) // size, full, len(known) - 1) - 1)
            stale = range(first, full + 1)
            del pages[first:]
        for index in stale:
            number = None if index == full else index + 1
            part = replace(
                list_.listing,
                cards=cards[index * size : None if number is None else number * size][::-1],
                number=number,
                older=self._find_link(list_, index - 1, full).url if index else None,
                newer=self._find_link(list_, index + 1, full).url if number else None,
            )
            pages[index : index + 1] = [self._make_page(list_, part)]
        return tuple(pages)

    def _find_link(self, list_: _ListInputs, index: int, full: int) -> Permalink:
        """The address of one page of a list of which so many are `full`."""
        return list_.front if index == full else self.links.numbered(list_.front, index + 1)

    def _make_page(self, list_: _ListInputs, part: Listing) -> Page:
        """One page of a list."""
        listing, front, on_front = list_.listing, list_.front, part.number is None
        link = front if part.number is None else self.links.numbered(front, part.number)
        title = listing.title if on_front else f"{listing.title} – {self.frame.translate('page')} {part.number}"
        return replace(
            self.frame.make_page(listing.kind, title, link, "listing.html"),
            noun="listing",
            subject=part,
            description=self._describe(part),
            feeds=self._list_feeds(listing),
            breadcrumb=(*(list_.above or self.frame.list_crumbs()), Crumb(listing.title, front.url)),
            translations=list_.versions if on_front else (),
        )

    def _describe(self, listing: Listing) -> str:
        """What search engines are told of a page of a list."""
        return describe(listing, self.config.title, self.frame.translate)

    def _list_feeds(self, listing: Listing) -> tuple[FeedLink, ...]:
        kind, subject = ("term", listing.term) if listing.term else (listing.kind, listing.section or listing.author)
        if subject is None:
            return self.frame.list_feeds()
        id_ = subject.key if isinstance(subject, Term) else subject.id
        return self.frame.list_feeds(kind, id_, listing.title, listing.url)

    def _plan_archive(self) -> Iterator[Page]:
        archive, title = self.news.archive(), self.frame.translate("Archive")
        link = self.links.archive()
        crumbs = (*self.frame.list_crumbs(), Crumb(title, link.url))
        versions = self.frame.list_versions(lambda other: other.permalinks.archive().url)
        yield replace(self._make_archive_page(title, link, archive, crumbs), translations=versions)
        for year in archive.years:
            subject, below = replace(archive, years=(year,), year=year.year), Crumb(str(year.year), year.url)
            link = self.links.archive(year.year)
            yield self._make_archive_page(f"{title} {year.year}", link, subject, (*crumbs, below))
        yield from self._plan_months(crumbs)

    def _make_archive_page(self, title: str, link: Permalink, archive: Archive, crumbs: tuple[Crumb, ...]) -> Page:
        page = self.frame.make_page("archive", title, link, "archive.html")
        description = describe_archive(archive, self.config.title, self.frame.translate)
        return replace(page, noun="archive", subject=archive, description=description, breadcrumb=crumbs)

    def _plan_months(self, crumbs: tuple[Crumb, ...]) -> Iterator[Page]:
        for (year, month), ranks in self.edition.groups.by_month.items():
            link = self.links.archive(year, month)
            inputs, known = (ranks, crumbs), self._known_months.get(link.output)
            # Ranks that are the same object are those of the same stories.
            is_known = known is not None and known[0][0] is ranks and known[0][1] == crumbs
            page = known[1] if known is not None and is_known else self._make_month(date(year, month, 1), link, *inputs)
            self._months[link.output] = inputs, page
            yield page

    def _make_month(self, first: date, link: Permalink, ranks: Sequence[int], crumbs: tuple[Crumb, ...]) -> Page:
        """The page of the month that begins on a day."""
        title = format_date(first, "month", self.config)
        listing = Listing("month", title, link.url, self.edition.cards(reversed(ranks)))
        return replace(
            self.frame.make_page("month", title, link, "listing.html"),
            noun="listing",
            subject=listing,
            description=self._describe(listing),
            breadcrumb=(*crumbs, Crumb(str(first.year), self.links.archive(first.year).url), Crumb(title, link.url)),
        )


def _get_terms(taxonomy: str, edition: Edition) -> Mapping[str, Term]:
    return edition.terms[taxonomy]
