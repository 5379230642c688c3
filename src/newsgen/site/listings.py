"""The pages of lists: the latest news, sections, tags, authors, and the archive by year and month."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from newsgen.dates import format_date
from newsgen.model import Crumb, FeedLink, Listing, Page
from newsgen.site.frame import Frame
from newsgen.site.permalinks import Permalink
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
        yield from self._tags()
        yield from self._authors()
        yield from self._archive()

    def _latest(self) -> Iterator[Page]:
        ranks = range(len(self.site.articles))
        listing = Listing("latest", self.frame.translate("Latest news"), self.links.latest.url, ())
        yield from self._listing(listing, self.links.latest, ranks)
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
            ranks = self.site.by_section.get(section.id, ())
            parents = self.frame.crumbs(section.parent)
            yield from self._listing(listing, self.links.section(section.id), ranks, parents)

    def _tags(self) -> Iterator[Page]:
        for tag in self.site.tags.values():
            listing = Listing("tag", tag.name, tag.url, (), tag=tag)
            yield from self._listing(listing, self.links.tag(tag.id), self.site.by_tag.get(tag.id, ()))

    def _authors(self) -> Iterator[Page]:
        for author in self.site.authors.values():
            listing = Listing("author", author.name, author.url, (), description=author.bio, author=author)
            ranks = self.site.by_author.get(author.id, ())
            yield from self._listing(listing, self.links.author(author.id), ranks)

    def _listing(
        self, listing: Listing, front: Permalink, ranks: Sequence[int], parents: tuple[Crumb, ...] = ()
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
                description=listing.description,
                feeds=self._list_feeds(listing),
                breadcrumb=(*self.frame.crumbs(), *parents[1:], Crumb(listing.title, front.url)),
            )

    def _list_feeds(self, listing: Listing) -> tuple[FeedLink, ...]:
        subject = listing.section or listing.tag or listing.author
        return self.frame.feeds(listing.kind, subject.id) if subject else self.frame.feeds("site", "")

    def _archive(self) -> Iterator[Page]:
        archive = self.news.archive()
        title = self.frame.translate("Archive")
        crumbs = (*self.frame.crumbs(), Crumb(title, self.links.archive().url))
        page = self.frame.page("archive", title, self.links.archive(), "archive.html")
        yield replace(page, noun="archive", subject=archive, breadcrumb=crumbs)
        for year in archive.years:
            link = self.links.archive(year.year)
            page = self.frame.page("archive", f"{title} {year.year}", link, "archive.html")
            subject = replace(archive, years=(year,), year=year.year)
            below = (*crumbs, Crumb(str(year.year), year.url))
            yield replace(page, noun="archive", subject=subject, breadcrumb=below)
        yield from self._months(crumbs)

    def _months(self, crumbs: tuple[Crumb, ...]) -> Iterator[Page]:
        months: dict[tuple[int, int], list[int]] = {}
        for rank, article in enumerate(self.site.articles):
            months.setdefault((article.date.year, article.date.month), []).append(rank)
        for (year, month), ranks in months.items():
            link = self.links.archive(year, month)
            title = format_date(date(year, month, 1), "month", self.config)
            listing = Listing("month", title, link.url, self.site.cards(reversed(ranks)))
            page = self.frame.page("month", title, link, "listing.html")
            above = Crumb(str(year), self.links.archive(year).url)
            yield replace(page, noun="listing", subject=listing, breadcrumb=(*crumbs, above, Crumb(title, link.url)))
