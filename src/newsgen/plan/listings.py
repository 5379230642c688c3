"""The pages of lists: the latest news, sections, terms, authors, and the archive by year and month."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain

from msgspec.structs import replace

from newsgen.config.taxonomies import TAGS
from newsgen.content.permalinks import Permalink
from newsgen.core.differences import find_differences
from newsgen.core.text import fold, strip_marks
from newsgen.model.pages import Archive, Crumb, FeedLink, Listing, Page
from newsgen.model.stories import Card, Translation
from newsgen.model.taxonomy import Taxonomy, TermCount, TermIndex
from newsgen.plan.page_parts import Frame
from newsgen.site.dates import format_date
from newsgen.site.descriptions import describe, describe_archive, describe_index
from newsgen.site.groups import group_subtopics
from newsgen.site.newspaper import Edition
from newsgen.site.queries import News


@dataclasses.dataclass(frozen=True, slots=True)
class _Planned:
    """What the pages of a list are made of: its `cards` are those of all pages, the oldest first."""

    front: Permalink
    listing: Listing
    cards: tuple[Card, ...]
    above: tuple[Crumb, ...]
    versions: tuple[Translation, ...]
    ranks: Sequence[int] = dataclasses.field(compare=False)


class Listings:
    """The lists of one edition. Of `before`, those of an earlier paper, the pages are kept that would be the same."""

    def __init__(self, frame: Frame, news: News, before: "Listings | None" = None) -> None:
        self.frame, self.news = frame, news
        self._known = before._lists if before else {}
        self._lists: dict[str, tuple[_Planned, tuple[Page, ...]]] = {}
        self.edition, self.links, self.config = frame.edition, frame.links, frame.config

    def pages(self) -> list[Page]:
        """Every page of every list."""
        lists = [self._latest(), *self._sections(), *self._terms(), *self._authors(), self._archive()]
        pages = list(chain.from_iterable(lists))
        self._known = {}
        return pages

    def _latest(self) -> Iterator[Page]:
        ranks = range(len(self.edition.articles))
        listing = Listing("latest", self.frame.translate("Latest news"), self.links.latest.url, ())
        versions = self.frame.versions(lambda other: other.permalinks.latest.url)
        yield from self._listing(listing, self.links.latest, ranks, versions=versions)
        if self.config.latest.mode == "fragment":
            yield self.frame.page("fragment", listing.title, self.links.latest_fragment, "latest.fragment.html")

    def _sections(self) -> Iterator[Sequence[Page]]:
        for section in self.edition.sections.values():
            listing = Listing(
                "section",
                section.title,
                section.url,
                (),
                description=section.description,
                section=section,
                subsections=self.news.subsections(section.id),
            )
            ranks, above = self.edition.groups.by_section.get(section.id, ()), self.frame.crumbs(section.parent)
            versions, intro = self._in_others("sections", section.id), self.edition.intros.get(section.id)
            listing = replace(listing, extra=intro.extra) if intro else listing
            *numbered, front = self._listing(listing, self.links.section(section.id), ranks, above, versions)
            yield [*numbered, self.frame.with_intro(front, intro, section.description)]

    def _terms(self) -> Iterator[Sequence[Page]]:
        for taxonomy in self.edition.taxonomies.values():
            if taxonomy.url:
                yield [self._index(taxonomy)]
            terms = self.edition.terms[taxonomy.id]
            below = group_subtopics(terms)
            for term in terms.values():
                kind = "tag" if taxonomy.id == TAGS else "term"
                listing = Listing(kind, term.name, term.url, (), description=term.description, term=term)
                listing = replace(listing, taxonomy=taxonomy, subtopics=below.get(term.id, ()))
                ranks, above = self.edition.by_term[taxonomy.id].get(term.id, ()), self.frame.topics(term)[:-1]
                versions = self.frame.versions(partial(_term_url, taxonomy=taxonomy.id, term=term.id))
                yield self._listing(listing, self.links.term(taxonomy.id, term.id), ranks, above, versions)

    def _index(self, taxonomy: Taxonomy) -> Page:
        """The list of a taxonomy's terms."""
        terms, ranks = self.edition.terms[taxonomy.id].values(), self.edition.by_term[taxonomy.id]
        entries = [TermCount(term, len(ranks.get(term.id, ()))) for term in terms]
        entries.sort(key=lambda entry: (fold(strip_marks(entry.term.name)), entry.term.id))
        index, title = TermIndex(taxonomy, tuple(entries)), taxonomy.title or self.frame.translate("Topics")
        page = self.frame.page("taxonomy", title, self.links.taxonomy(taxonomy.id), "taxonomy.html")
        return replace(
            page,
            noun="index",
            subject=index,
            description=describe_index(index, title, self.config.title),
            breadcrumb=(*self.frame.crumbs(), Crumb(title, page.url)),
            translations=self.frame.versions(lambda other: other.taxonomies[taxonomy.id].url),
        )

    def _authors(self) -> Iterator[Sequence[Page]]:
        for author in self.edition.authors.values():
            listing = Listing("author", author.name, author.url, (), description=author.bio, author=author)
            ranks, versions = self.edition.groups.by_author.get(author.id, ()), self._in_others("authors", author.id)
            yield self._listing(listing, self.links.author(author.id), ranks, versions=versions)

    def _in_others(self, kind: str, name: str) -> tuple[Translation, ...]:
        """The list of the same section or author in the other editions."""

        def url_of(other: Edition) -> str | None:
            known = getattr(other, kind).get(name)
            return known.url if known else None

        return self.frame.versions(url_of)

    def _listing(
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
        new = _Planned(front, listing, cards, above, versions, ranks)
        if known is None or known[0] != new:
            is_alike = known is not None and dataclasses.replace(known[0], cards=new.cards) == new
            was, pages = (known[0].cards, known[1]) if known is not None and is_alike else ((), ())
            known = new, self._pages_of(new, was, pages)
        self._lists[front.output] = known
        return known[1]

    def _pages_of(self, list_: _Planned, was: Sequence[Card], known: Sequence[Page]) -> tuple[Page, ...]:
        """The pages of one list, the oldest first; of the `known` ones, which had `was`, those that are the same.

        Numbered pages are full and count from the oldest, so they never change; the front holds the newest, from one
        page full to two pages less one story.
        """
        size, cards, pages = self.config.lists.page, list_.cards, list(known)
        full = max(0, len(cards) // size - 1)
        gone, new = find_differences(was, cards)
        stale: Iterable[int] = {min(rank // size, full) for rank in new}
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
                older=self._link(list_, index - 1, full).url if index else None,
                newer=self._link(list_, index + 1, full).url if number else None,
            )
            pages[index : index + 1] = [self._page(list_, part, known[index] if index < len(known) else None)]
        return tuple(pages)

    def _link(self, list_: _Planned, index: int, full: int) -> Permalink:
        """The address of one page of a list of which so many are `full`."""
        return list_.front if index == full else self.links.numbered(list_.front, index + 1)

    def _page(self, list_: _Planned, part: Listing, known: Page | None) -> Page:
        """One page of a list, made of the `known` one where that was the same but for its stories."""
        if known is not None and isinstance(known.subject, Listing) and known.subject.number == part.number:
            return replace(known, subject=part, description=self.description(part))
        listing, front, on_front = list_.listing, list_.front, part.number is None
        link = front if part.number is None else self.links.numbered(front, part.number)
        title = listing.title if on_front else f"{listing.title} – {self.frame.translate('page')} {part.number}"
        return replace(
            self.frame.page(listing.kind, title, link, "listing.html"),
            noun="listing",
            subject=part,
            description=self.description(part),
            feeds=self._list_feeds(listing),
            breadcrumb=(*(list_.above or self.frame.crumbs()), Crumb(listing.title, front.url)),
            translations=list_.versions if on_front else (),
        )

    def description(self, listing: Listing) -> str:
        """What search engines are told of a page of a list."""
        return describe(listing, self.config.title, self.frame.translate)

    def _list_feeds(self, listing: Listing) -> tuple[FeedLink, ...]:
        if listing.term:
            return self.frame.feeds("term", listing.term.key)
        subject = listing.section or listing.author
        return self.frame.feeds(listing.kind, subject.id) if subject else self.frame.feeds("site", "")

    def _archive(self) -> Iterator[Page]:
        archive = self.news.archive()
        title = self.frame.translate("Archive")
        crumbs = (*self.frame.crumbs(), Crumb(title, self.links.archive().url))
        page = self.frame.page("archive", title, self.links.archive(), "archive.html")
        versions = self.frame.versions(lambda other: other.permalinks.archive().url)
        described = self._span(archive)
        yield replace(
            page, noun="archive", subject=archive, description=described, breadcrumb=crumbs, translations=versions
        )
        for year in archive.years:
            link = self.links.archive(year.year)
            page = self.frame.page("archive", f"{title} {year.year}", link, "archive.html")
            subject = replace(archive, years=(year,), year=year.year)
            below = (*crumbs, Crumb(str(year.year), year.url))
            yield replace(page, noun="archive", subject=subject, description=self._span(subject), breadcrumb=below)
        yield from self._months(crumbs)

    def _span(self, archive: Archive) -> str:
        return describe_archive(archive, self.config.title, self.frame.translate)

    def _months(self, crumbs: tuple[Crumb, ...]) -> Iterator[Page]:
        for (year, month), ranks in self.edition.groups.by_month.items():
            link = self.links.archive(year, month)
            title = format_date(date(year, month, 1), "month", self.config)
            listing = Listing("month", title, link.url, self.edition.cards(reversed(ranks)))
            yield replace(
                self.frame.page("month", title, link, "listing.html"),
                noun="listing",
                subject=listing,
                description=self.description(listing),
                breadcrumb=(*crumbs, Crumb(str(year), self.links.archive(year).url), Crumb(title, link.url)),
            )


def _term_url(other: Edition, *, taxonomy: str, term: str) -> str | None:
    """The address of a term in another edition, where that has the term."""
    known = other.terms[taxonomy].get(term)
    return known.url if known else None
