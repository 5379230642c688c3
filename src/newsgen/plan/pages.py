"""The plan of one edition: every page and every document's output, known before any is made."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from newsgen.core.joined import Joined
from newsgen.core.urls import make_absolute
from newsgen.documents.document import Document, Paper
from newsgen.documents.registry import DOCUMENTS
from newsgen.media.cards.style import SocialCard
from newsgen.model.pages import Crumb, DocumentOutput, Page, SearchForm
from newsgen.model.permalinks import Permalink
from newsgen.model.stories import Article, Notice, StandingPage
from newsgen.plan.listings import Listings
from newsgen.plan.page_parts import Frame
from newsgen.plan.story_pages import StoryPages
from newsgen.search.shards import find_index_folder
from newsgen.site import corrections
from newsgen.site.front_page import compose
from newsgen.site.queries import News


class Plan:
    """The pages of one edition; `frame` is what they have in common.

    Of `before`, the plan of an earlier paper, the pages are kept that would be the same.
    """

    def __init__(self, frame: Frame, news: News, before: "Plan | None" = None) -> None:
        self.frame: Frame = frame
        known = before if before and frame.is_like(before.frame) else None
        self.listings: Listings = Listings(frame, news, known.listings if known else None)
        self.edition, self.links, self.config = frame.edition, frame.links, frame.config
        self._stories = StoryPages(frame, frame.edition.articles)
        self._others: list[Page] = []

    def pages(self) -> Joined[Page]:
        """Every page: fronts, lists, the archive, stories, standing pages, 404."""
        fronts = [self._plan_home(), *self.listings.make_pages()]
        standing = [*map(self._plan_standing, self.edition.pages), self._plan_corrections(), self._plan_not_found()]
        standing += self._plan_search()
        unlisted = (replace(self._stories.make(article), noindex=True) for article in self.edition.unlisted)
        notices = map(self._plan_notice, self.edition.notices)
        redirects = self._plan_redirects() if self.edition is self.frame.newspaper.main else ()
        others = [*unlisted, *standing, *notices, *redirects]
        self._others = [*fronts, *others]
        return Joined((fronts, self._stories, others))

    def documents(
        self, pages: Sequence[Page], documents: Iterable[Document[Any]] = DOCUMENTS, players: tuple[str, ...] = ()
    ) -> Iterator[DocumentOutput[Any]]:
        """Every output of these documents; `pages` are those of `pages`, `players` those of a `Paper`."""
        paper = Paper(self.frame.newspaper, self.edition, pages, self.frame.translate, self._others, players)
        planned = (output for document in documents for output in document.plan(paper))
        return (replace(output, tree=self.frame.code) for output in planned)

    def list_cards(self) -> Iterator[tuple[SocialCard, str]]:
        """The social card of each story that has one, with the story's source."""
        cards = self.frame.cards
        for article in (*self.edition.articles, *self.edition.unlisted) if cards else ():
            if cards and (card := cards.find(article)) is not None:
                yield card, article.source

    def _plan_home(self) -> Page:
        page = self.frame.make_page("home", self.config.title, self.links.home, "home.html")
        described, versions = self.config.description, self.frame.list_versions(lambda other: other.permalinks.home.url)
        page = replace(page, noun="front", subject=compose(self.edition), feeds=self.frame.list_feeds())
        page = replace(page, description=described, translations=versions)
        return self.frame.add_intro(page, self.edition.intros.get(""), described)

    def unseen(self, articles: Iterable[Article], standing: Iterable[StandingPage]) -> Iterator[Page]:
        """The pages of what readers cannot see yet, as the preview shows them."""
        for page in (*map(self._stories.make, articles), *map(self._plan_standing, standing)):
            yield replace(page, noindex=True)

    def _plan_standing(self, standing: StandingPage) -> Page:
        page = self.frame.make_page("page", standing.title, Permalink(standing.url, standing.output), "page.html")
        return replace(
            page,
            noun="article",
            subject=standing,
            source=standing.source,
            description=standing.summary,
            lang=standing.lang,
            image=self.frame.choose_image(standing.image),
            breadcrumb=(*self.frame.list_crumbs(), Crumb(standing.title, standing.url)),
            translations=standing.translations,
        )

    def _plan_not_found(self) -> Page:
        page = self.frame.make_page(
            "404", self.frame.translate("Page not found"), self.links.at("/404.html"), "404.html"
        )
        return replace(page, noindex=True)

    def _plan_notice(self, notice: Notice) -> Page:
        title = notice.title or self.frame.translate("This story was withdrawn")
        page = self.frame.make_page("notice", title, Permalink(notice.url, notice.output), "notice.html")
        crumbs = self.frame.list_crumbs(notice.section.id if notice.section else None)
        return replace(page, noun="notice", subject=notice, lang=notice.lang, noindex=True, breadcrumb=crumbs)

    def _plan_corrections(self) -> Page:
        title = self.frame.translate("Corrections")
        page = self.frame.make_page("corrections", title, self.links.corrections, "corrections.html")
        versions = self.frame.list_versions(lambda other: other.permalinks.corrections.url)
        feeds = self.frame.list_feeds("corrections", "", title, page.url)
        crumbs = (*self.frame.list_crumbs(), Crumb(title, page.url))
        described = corrections.describe_corrections(self.frame.translate)
        return replace(page, description=described, breadcrumb=crumbs, feeds=feeds, translations=versions)

    def _plan_search(self) -> Iterator[Page]:
        """The page on which readers search."""
        if self.config.search.text == "none":
            return
        page = self.frame.make_page("search", self.frame.translate("Search"), self.links.search, "search.html")
        form = SearchForm(f"{self.config.base}/{find_index_folder(self.config.language)}", self.config.search.results)
        versions = self.frame.list_versions(lambda other: other.permalinks.search.url)
        crumbs = (*self.frame.list_crumbs(), Crumb(page.title, page.url))
        yield replace(page, noun="search", subject=form, noindex=True, breadcrumb=crumbs, translations=versions)

    def _plan_redirects(self) -> Iterator[Page]:
        seen: set[tuple[str, str]] = set()
        for redirect in self.frame.newspaper.old_addresses.redirects:
            if redirect.output is None:
                continue
            key = (redirect.output, redirect.target)
            if key not in seen:
                seen.add(key)
                link = Permalink(redirect.path, redirect.output)
                page = self.frame.make_page("redirect", redirect.path, link, "redirect.html")
                canonical = make_absolute(redirect.target, self.config.url)
                yield replace(page, noun="redirect", subject=redirect, canonical=canonical, noindex=True)
