"""The pages of lists: the latest news, sections, terms, authors, and the archive by year and month."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from newsgen.config.taxonomies import TAGS
from newsgen.content.permalinks import Permalink
from newsgen.core.text import base_letters, fold
from newsgen.model.pages import Archive, Crumb, FeedLink, Listing, Page
from newsgen.model.stories import Translation
from newsgen.model.taxonomy import Taxonomy, TermCount, TermIndex
from newsgen.plan.page_parts import Frame
from newsgen.site.dates import format_date
from newsgen.site.descriptions import describe, describe_archive, describe_index
from newsgen.site.groups import subtopics
from newsgen.site.newspaper import Site
from newsgen.site.queries import News


class Listings:
    """The lists of one site."""

    def __init__(self, frame: Frame, news: News) -> None:
        self.frame, self.news = frame, news
        self.site, self.links, self.config = frame.site, frame.links, frame.config

    def pages(self) -> Iterator[Page]:
        """Every page of every list."""
        yield from self._latest()
        yield from self._sections()
        yield from self._terms()
        yield from self._authors()
        yield from self._archive()

    def _latest(self) -> Iterator[Page]:
        ranks = range(len(self.site.articles))
        listing = Listing("latest", self.frame.translate("Latest news"), self.links.latest.url, ())
        versions = self.frame.versions(lambda other: other.permalinks.latest.url)
        yield from self._listing(listing, self.links.latest, ranks, versions=versions)
        if self.config.latest.mode == "fragment":
            yield self.frame.page("fragment", listing.title, self.links.latest_fragment, "latest.fragment.html")

    def _sections(self) -> Iterator[Page]:
        for section in self.site.sections.values():
            listing = Listing(
                "section",
                section.title,
                section.url,
                (),
                description=section.description,
                section=section,
                subsections=self.news.subsections(section.id),
            )
            ranks, above = self.site.by_section.get(section.id, ()), self.frame.crumbs(section.parent)
            versions, intro = self._in_others("sections", section.id), self.site.intros.get(section.id)
            listing = replace(listing, extra=intro.extra) if intro else listing
            *numbered, front = self._listing(listing, self.links.section(section.id), ranks, above, versions)
            yield from numbered
            yield self.frame.with_intro(front, intro, section.description)

    def _terms(self) -> Iterator[Page]:
        for taxonomy in self.site.taxonomies.values():
            if taxonomy.url:
                yield self._index(taxonomy)
            terms = self.site.terms[taxonomy.id]
            below = subtopics(terms)
            for term in terms.values():
                kind = "tag" if taxonomy.id == TAGS else "term"
                listing = Listing(kind, term.name, term.url, (), description=term.description, term=term)
                listing = replace(listing, taxonomy=taxonomy, subtopics=below.get(term.id, ()))
                ranks, above = self.site.by_term[taxonomy.id].get(term.id, ()), self.frame.topics(term)[:-1]
                versions = self.frame.versions(partial(_term_url, taxonomy=taxonomy.id, term=term.id))
                yield from self._listing(listing, self.links.term(taxonomy.id, term.id), ranks, above, versions)

    def _index(self, taxonomy: Taxonomy) -> Page:
        """The list of a taxonomy's terms."""
        terms, ranks = self.site.terms[taxonomy.id].values(), self.site.by_term[taxonomy.id]
        entries = [TermCount(term, len(ranks.get(term.id, ()))) for term in terms]
        entries.sort(key=lambda entry: (fold(base_letters(entry.term.name)), entry.term.id))
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

    def _authors(self) -> Iterator[Page]:
        for author in self.site.authors.values():
            listing = Listing("author", author.name, author.url, (), description=author.bio, author=author)
            ranks, versions = self.site.by_author.get(author.id, ()), self._in_others("authors", author.id)
            yield from self._listing(listing, self.links.author(author.id), ranks, versions=versions)

    def _in_others(self, kind: str, name: str) -> tuple[Translation, ...]:
        """The list of the same section or author in the paper's other languages."""

        def url_of(other: Site) -> str | None:
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
    ) -> Iterator[Page]:
        """The pages of one list.

        Numbered pages are full and count from the oldest, so they never change; the front holds the newest, from one
        page full to two pages less one story.
        """
        size = self.config.lists.page
        full = max(0, len(ranks) // size - 1)
        addresses = [self.links.numbered(front, number) for number in range(1, full + 1)]
        for index in range(full + 1):
            on_front = index == full
            share = ranks[index * size :] if on_front else ranks[index * size : (index + 1) * size]
            newer = None if on_front else front if index + 1 == full else addresses[index + 1]
            part = replace(
                listing,
                cards=self.site.cards(reversed(share)),
                number=None if on_front else index + 1,
                older=addresses[index - 1].url if index else None,
                newer=newer.url if newer else None,
            )
            link = front if on_front else addresses[index]
            title = listing.title if on_front else f"{listing.title} – {self.frame.translate('page')} {index + 1}"
            page = self.frame.page(listing.kind, title, link, "listing.html")
            yield replace(
                page,
                noun="listing",
                subject=part,
                description=self.description(part),
                feeds=self._list_feeds(listing),
                breadcrumb=(*(above or self.frame.crumbs()), Crumb(listing.title, front.url)),
                translations=versions if on_front else (),
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
        months: dict[tuple[int, int], list[int]] = {}
        for rank, article in enumerate(self.site.articles):
            months.setdefault((article.date.year, article.date.month), []).append(rank)
        for (year, month), ranks in months.items():
            link = self.links.archive(year, month)
            title = format_date(date(year, month, 1), "month", self.config)
            listing = Listing("month", title, link.url, self.site.cards(reversed(ranks)))
            page = self.frame.page("month", title, link, "listing.html")
            above = (*crumbs, Crumb(str(year), self.links.archive(year).url), Crumb(title, link.url))
            described = self.description(listing)
            yield replace(page, noun="listing", subject=listing, description=described, breadcrumb=above)


def _term_url(other: Site, *, taxonomy: str, term: str) -> str | None:
    """The address of a term in the paper in another language, where it has the term."""
    known = other.terms[taxonomy].get(term)
    return known.url if known else None
