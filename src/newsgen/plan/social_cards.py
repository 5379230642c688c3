"""Which stories of an edition have a social card, and what stands on it."""

from newsgen.core.urls import to_url
from newsgen.media.cards.drawing import HEIGHT, WIDTH
from newsgen.media.cards.style import CardStyle, SocialCard
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article
from newsgen.site.newspaper import Edition


def can_be_shared(image: Picture | None) -> bool:
    """Whether other sites can show a picture: they take no drawings."""
    return image is not None and not image.src.partition("?")[0].casefold().endswith(".svg")


class SocialCards:
    """The cards of one edition's stories."""

    def __init__(self, style: CardStyle, edition: Edition) -> None:
        self.style, self._config = style, edition.config

    def is_wanted(self, article: Article) -> bool:
        """Whether a story is to have a card."""
        return self.style.settings.when == "all" or not can_be_shared(article.image)

    def find(self, article: Article) -> SocialCard | None:
        """The card of a story; None where it has none, or where its letters cannot be drawn."""
        if not self.is_wanted(article):
            return None
        return self.style.plan(*self._list_texts(article), article.lang)

    def find_picture(self, article: Article) -> Picture | None:
        """The card of a story as its page tells of it to other sites."""
        card = self.find(article)
        if card is None:
            return None
        return Picture(to_url(card.output, self._config.base), article.title, width=WIDTH, height=HEIGHT)

    def find_missing(self, article: Article) -> list[str]:
        """The letters for which a story has no card."""
        return self.style.find_missing(*self._list_texts(article)) if self.is_wanted(article) else []

    def _list_texts(self, article: Article) -> tuple[str, str, str]:
        """The headline, the section's name and the paper's."""
        return article.title, article.section.title if article.section else "", self._config.title
