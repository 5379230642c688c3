"""The pages of stories, each made when it is asked for: there are as many as stories, and a build makes few of them."""

from collections.abc import Iterator, Sequence
from typing import overload

from newsgen.core.urls import make_absolute
from newsgen.model.pages import Crumb, FeedLink, Page
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article
from newsgen.plan.page_parts import Frame

Surroundings = tuple[tuple[FeedLink, ...], tuple[Crumb, ...], Picture | None]
"""What a story's page has beside the story: feeds, breadcrumb, and the picture that other sites show."""


class StoryPages(Sequence[Page]):
    """The pages of `articles`, in their order, with what the pages of an edition have in common."""

    def __init__(self, frame: Frame, articles: Sequence[Article]) -> None:
        self.frame, self.articles = frame, articles

    def __len__(self) -> int:
        return len(self.articles)

    def __iter__(self) -> Iterator[Page]:
        return map(self.make, self.articles)

    @overload
    def __getitem__(self, index: int) -> Page: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Page]: ...
    def __getitem__(self, index: int | slice) -> Page | Sequence[Page]:
        """A page, or several as a list."""
        found = self.articles[index]
        return self.make(found) if isinstance(found, Article) else list(map(self.make, found))

    def find_surroundings(self, article: Article) -> Surroundings:
        """All that a story's page is made of beside the story and the settings."""
        frame, section = self.frame, article.section
        image = (frame.cards and frame.cards.find_picture(article)) or frame.choose_image(article.image)
        if section is None:
            return frame.list_feeds(), frame.list_crumbs(None), image
        feeds = frame.list_feeds("section", section.id, section.title, section.url)
        return feeds, frame.list_crumbs(section.id), image

    def make(self, article: Article) -> Page:
        """The page of a story."""
        feeds, breadcrumb, image = self.find_surroundings(article)
        return Page(
            kind="article",
            title=article.title,
            description=article.summary,
            url=article.url,
            canonical=make_absolute(article.url, self.frame.config.url),
            output=article.output,
            template="article.html",
            lang=article.lang,
            tree=self.frame.code,
            noun="article",
            subject=article,
            source=article.source,
            image=image,
            has_card=bool(self.frame.cards and self.frame.cards.find(article)),
            feeds=feeds,
            breadcrumb=breadcrumb,
            translations=article.translations,
        )
