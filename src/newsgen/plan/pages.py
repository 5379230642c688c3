"""The plan of one edition: every page and every document's output, known before any is made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from newsgen.content.permalinks import Permalink
from newsgen.core.differences import bring_forward, find_differences
from newsgen.core.errors import Location
from newsgen.core.messages import Message, say
from newsgen.core.site_files import ADDRESSES, SETTINGS
from newsgen.core.urls import make_absolute
from newsgen.documents.document import Document, Paper
from newsgen.documents.registry import DOCUMENTS
from newsgen.model.pages import Crumb, DocumentOutput, Page, PlannedOutput, Redirect
from newsgen.model.stories import Article, Notice, StandingPage
from newsgen.plan.collisions import Claim
from newsgen.plan.listings import Listings
from newsgen.plan.page_parts import Frame
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
        self._known = (known.edition.articles, known._stories) if known else ((), ())
        self._stories: Sequence[Page] = ()

    def pages(self) -> list[Page]:
        """Every page: fronts, lists, the archive, stories, standing pages, 404."""
        fronts = [self._home(), *self.listings.pages()]
        standing = [*map(self._standing, self.edition.pages), self._corrections(), self._not_found()]
        unlisted = (replace(self.story(article), noindex=True) for article in self.edition.unlisted)
        notices = map(self._notice, self.edition.notices)
        redirects = self._redirects() if self.edition is self.frame.newspaper.main else ()
        return [*fronts, *self._of_stories(), *unlisted, *standing, *notices, *redirects]

    def documents(
        self, pages: Sequence[Page], documents: Iterable[Document[Any]] = DOCUMENTS
    ) -> Iterator[DocumentOutput[Any]]:
        """Every output of these documents; `pages` are those of `pages`."""
        paper = Paper(self.frame.newspaper, self.edition, pages, self.frame.translate)
        planned = (output for document in documents for output in document.plan(paper))
        return (replace(output, tree=self.frame.code) for output in planned)

    def _home(self) -> Page:
        page = self.frame.page("home", self.config.title, self.links.home, "home.html")
        own = self.frame.feeds("site", "")
        described, versions = self.config.description, self.frame.versions(lambda other: other.permalinks.home.url)
        page = replace(page, noun="front", subject=compose(self.edition), feeds=own)
        page = replace(page, description=described, translations=versions)
        return self.frame.with_intro(page, self.edition.intros.get(""), described)

    def _of_stories(self) -> Sequence[Page]:
        """The pages of all stories in lists, by their ranks."""
        (before, known), self._known, now = self._known, ((), ()), self.edition.articles
        self._stories = bring_forward(known, *find_differences(before, now), lambda rank: self.story(now[rank]))
        return self._stories

    def story(self, article: Article) -> Page:
        """A story's page."""
        return Page(
            kind="article",
            title=article.title,
            description=article.summary,
            url=article.url,
            canonical=make_absolute(article.url, self.config.url),
            output=article.output,
            template="article.html",
            lang=article.lang,
            tree=self.frame.code,
            noun="article",
            subject=article,
            source=article.source,
            image=self.frame.shared(article.image),
            feeds=self.frame.feeds("section", article.section.id) if article.section else self.frame.feeds("site", ""),
            breadcrumb=self.frame.crumbs(article.section.id if article.section else None),
            translations=article.translations,
        )

    def unseen(self, articles: Iterable[Article], standing: Iterable[StandingPage]) -> Iterator[Page]:
        """The pages of what readers cannot see yet, as the preview shows them."""
        for page in (*map(self.story, articles), *map(self._standing, standing)):
            yield replace(page, noindex=True)

    def _standing(self, standing: StandingPage) -> Page:
        page = self.frame.page("page", standing.title, Permalink(standing.url, standing.output), "page.html")
        return replace(
            page,
            noun="article",
            subject=standing,
            source=standing.source,
            description=standing.summary,
            lang=standing.lang,
            image=self.frame.shared(standing.image),
            breadcrumb=(*self.frame.crumbs(), Crumb(standing.title, standing.url)),
            translations=standing.translations,
        )

    def _not_found(self) -> Page:
        page = self.frame.page("404", self.frame.translate("Page not found"), self.links.at("/404.html"), "404.html")
        return replace(page, noindex=True)

    def _notice(self, notice: Notice) -> Page:
        title = notice.title or self.frame.translate("This story was withdrawn")
        page = self.frame.page("notice", title, Permalink(notice.url, notice.output), "notice.html")
        crumbs = self.frame.crumbs(notice.section.id if notice.section else None)
        return replace(page, noun="notice", subject=notice, lang=notice.lang, noindex=True, breadcrumb=crumbs)

    def _corrections(self) -> Page:
        title = self.frame.translate("Corrections")
        page = self.frame.page("corrections", title, self.links.corrections, "corrections.html")
        versions = self.frame.versions(lambda other: other.permalinks.corrections.url)
        told, crumbs = self.frame.feeds("corrections", title), (*self.frame.crumbs(), Crumb(title, page.url))
        described = corrections.describe_corrections(self.frame.translate)
        return replace(page, description=described, breadcrumb=crumbs, feeds=told, translations=versions)

    def _redirects(self) -> Iterator[Page]:
        seen: set[tuple[str, str]] = set()
        for redirect in self.frame.newspaper.old_addresses.redirects:
            if redirect.output is None:
                continue
            key = (redirect.output, redirect.target)
            if key not in seen:
                seen.add(key)
                link = Permalink(redirect.path, redirect.output)
                page = self.frame.page("redirect", redirect.path, link, "redirect.html")
                canonical = make_absolute(redirect.target, self.config.url)
                yield replace(page, noun="redirect", subject=redirect, canonical=canonical, noindex=True)


def claims(outputs: Iterable[PlannedOutput], places: Mapping[str, tuple[int, int]]) -> Iterator[Claim]:
    """The claim of each page and each document on its output. `places` says where in a source its slug or title stands.

    Of old addresses it says, by their path, where in urls.lock or newsgen.yaml they stand.
    """
    for page in outputs:
        if isinstance(page, DocumentOutput):
            noun = say("the document “{title}”", title=page.title or page.output)
            yield Claim(page.output, Location(SETTINGS), noun)
            continue
        place = places.get(page.source, (1, 1))
        if isinstance(page.subject, Redirect):
            yield old_claim(page.subject, page.output, places)
            continue
        location = Location(page.source, *place) if page.source else Location(SETTINGS)
        yield Claim(page.output, location, _noun(page))


def old_claim(redirect: Redirect, output: str, places: Mapping[str, tuple[int, int]]) -> Claim:
    """The claim of an old address on an output; `places` as for `claims`."""
    location, noun = redirect.location, say("the old address {path}", path=redirect.path)
    if location.path in (ADDRESSES, SETTINGS):
        location = Location(location.path, *places.get(redirect.path, (1, 1)))
    old = {ADDRESSES: ADDRESSES, SETTINGS: "redirects"}.get(location.path, "aliases")
    return Claim(output, location, noun, old, is_rule=redirect.output is None)


def _noun(page: Page) -> Message:
    nouns = {
        "article": say("the story “{title}”", title=page.title),
        "page": say("the page “{title}”", title=page.title),
        "section": say("the section “{title}”", title=page.title),
        "tag": say("the tag “{title}”", title=page.title),
        "term": say("the term “{title}”", title=page.title),
        "taxonomy": say("the list of terms “{title}”", title=page.title),
    }
    return nouns.get(page.kind) or say("the {kind} page “{title}”", kind=page.kind, title=page.title)
