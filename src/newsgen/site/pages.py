"""The page plan: every output that templates make, known before any is rendered."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from newsgen.dates import format_date
from newsgen.errors import Location
from newsgen.model import Article, Crumb, FeedLink, Listing, Notice, Page, Picture, Redirect, Section, StandingPage
from newsgen.site import corrections, documents, feeds
from newsgen.site.front import compose
from newsgen.site.permalinks import Claim, Permalink
from newsgen.site.queries import News
from newsgen.site.site import Site
from newsgen.urls import absolute

Translate = Callable[[str], str]


class Plan:
    """The pages of one site. `translate` gives interface strings in the site's language."""

    def __init__(self, site: Site, news: News, translate: Translate, share: Picture | None = None) -> None:
        self.site, self.news, self.translate, self.share = site, news, translate, share
        self.links, self.config = site.permalinks, site.config
        self._feed_links: dict[tuple[str, str], tuple[FeedLink, ...]] = {}
        self._trails: dict[str | None, tuple[Crumb, ...]] = {}

    def pages(self) -> Iterator[Page]:
        """Every page: fronts, lists, the archive, stories, standing pages, 404; then the documents."""
        fronts = [self._home(), *self._latest(), *self._sections(), *self._tags(), *self._authors(), *self._archive()]
        standing = [*map(self._standing, self.site.pages), self._corrections(), self._not_found()]
        yield from fronts
        yield from map(self._article, self.site.articles)
        yield from (replace(self._article(article), noindex=True) for article in self.site.unlisted)
        yield from standing
        yield from map(self._notice, self.site.notices)
        yield from self._redirects()
        put_right = corrections.feed(self.translate, self.links.corrections.url)
        yield from documents.plan(self.site, [*fronts, *standing], put_right)

    def _home(self) -> Page:
        page = self._page("home", self.config.title, self.links.home, "home.html")
        own = self._feeds("site", "")
        return replace(page, noun="front", subject=compose(self.site), description=self.config.description, feeds=own)

    def _latest(self) -> Iterator[Page]:
        ranks = range(len(self.site.articles))
        listing = Listing("latest", self.translate("Latest news"), self.links.latest.url, ())
        yield from self._listing(listing, self.links.latest, ranks)
        if self.config.latest.mode == "fragment":
            yield self._page("fragment", listing.title, self.links.latest_fragment, "latest.fragment.html")

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
            parents = self._crumbs(section.parent)
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
            title = listing.title if on_front else f"{listing.title} – {self.translate('page')} {index + 1}"
            page = self._page(listing.kind, title, link, "listing.html")
            yield replace(
                page,
                noun="listing",
                subject=part,
                description=listing.description,
                feeds=self._list_feeds(listing),
                breadcrumb=(*self._crumbs(None), *parents[1:], Crumb(listing.title, front.url)),
            )

    def _list_feeds(self, listing: Listing) -> tuple[FeedLink, ...]:
        subject = listing.section or listing.tag or listing.author
        return self._feeds(listing.kind, subject.id) if subject else self._feeds("site", "")

    def _feeds(self, kind: str, name: str) -> tuple[FeedLink, ...]:
        if (kind, name) not in self._feed_links:
            self._feed_links[kind, name] = feeds.links(self.site, kind, name)
        return self._feed_links[kind, name]

    def _archive(self) -> Iterator[Page]:
        archive = self.news.archive()
        title = self.translate("Archive")
        crumbs = (*self._crumbs(None), Crumb(title, self.links.archive().url))
        page = self._page("archive", title, self.links.archive(), "archive.html")
        yield replace(page, noun="archive", subject=archive, breadcrumb=crumbs)
        for year in archive.years:
            link = self.links.archive(year.year)
            page = self._page("archive", f"{title} {year.year}", link, "archive.html")
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
            page = self._page("month", title, link, "listing.html")
            above = Crumb(str(year), self.links.archive(year).url)
            yield replace(page, noun="listing", subject=listing, breadcrumb=(*crumbs, above, Crumb(title, link.url)))

    def _article(self, article: Article) -> Page:
        return Page(
            kind="article",
            title=article.title,
            description=article.summary,
            url=article.url,
            canonical=absolute(article.url, self.config.url),
            output=article.output,
            template="article.html",
            lang=article.lang,
            noun="article",
            subject=article,
            source=article.source,
            image=article.image or self.share,
            feeds=self._feeds("section", article.section.id) if article.section else self._feeds("site", ""),
            breadcrumb=self._crumbs(article.section.id if article.section else None),
        )

    def _standing(self, standing: StandingPage) -> Page:
        page = self._page("page", standing.title, Permalink(standing.url, standing.output), "page.html")
        return replace(
            page,
            noun="article",
            subject=standing,
            source=standing.source,
            description=standing.summary,
            lang=standing.lang,
            image=standing.image or self.share,
            breadcrumb=(*self._crumbs(None), Crumb(standing.title, standing.url)),
        )

    def _not_found(self) -> Page:
        page = self._page("404", self.translate("Page not found"), self.links.at("/404.html"), "404.html")
        return replace(page, noindex=True)

    def _notice(self, notice: Notice) -> Page:
        title = notice.title or self.translate("This story was withdrawn")
        page = self._page("notice", title, Permalink(notice.url, notice.output), "notice.html")
        crumbs = self._crumbs(notice.section.id if notice.section else None)
        return replace(page, noun="notice", subject=notice, lang=notice.lang, noindex=True, breadcrumb=crumbs)

    def _corrections(self) -> Page:
        title = self.translate("Corrections")
        page = self._page("corrections", title, self.links.corrections, "corrections.html")
        told = self._feeds("corrections", title)
        return replace(page, breadcrumb=(*self._crumbs(None), Crumb(title, page.url)), feeds=told)

    def _redirects(self) -> Iterator[Page]:
        seen: set[tuple[str, str]] = set()
        for redirect in self.site.old.redirects:
            key = (redirect.output, redirect.target)
            if redirect.output and key not in seen:
                seen.add(key)
                link = Permalink(redirect.path, redirect.output)
                page = self._page("redirect", redirect.path, link, "redirect.html")
                canonical = absolute(redirect.target, self.config.url)
                yield replace(page, noun="redirect", subject=redirect, canonical=canonical, noindex=True)

    def _page(self, kind: str, title: str, link: Permalink, template: str) -> Page:
        return Page(
            kind=kind,
            title=title,
            description="",
            url=link.url,
            canonical=absolute(link.url, self.config.url),
            output=link.output,
            template=template,
            lang=self.config.language,
            image=self.share,
            breadcrumb=self._crumbs(None) if kind != "home" else (),
        )

    def _crumbs(self, section: str | None) -> tuple[Crumb, ...]:
        if section not in self._trails:
            self._trails[section] = self._trail(section)
        return self._trails[section]

    def _trail(self, section: str | None) -> tuple[Crumb, ...]:
        crumbs: list[Crumb] = []
        while section:
            known: Section = self.site.sections[section]
            crumbs.insert(0, Crumb(known.title, known.url))
            section = known.parent
        return (Crumb(self.translate("Home"), self.links.home.url), *crumbs)


def claims(pages: Sequence[Page], places: dict[str, tuple[int, int]]) -> Iterator[Claim]:
    """Each page's claim on its output. `places` says where in a source its slug or title stands."""
    nouns = {"article": "the story", "page": "the page", "section": "the section", "tag": "the tag"}
    for page in pages:
        place = places.get(page.source, (1, 1))
        location = Location(page.source, *place) if page.source else Location("newsgen.yaml")
        if isinstance(page.subject, Redirect):
            location = page.subject.location
        yield Claim(page.output, location, f"{nouns.get(page.kind, f'the {page.kind} page')} “{page.title}”")
