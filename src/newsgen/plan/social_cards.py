"""Which stories of an edition have a social card, and what stands on it."""

from collections.abc import Callable

from newsgen.core.urls import to_url
from newsgen.media.cards.drawing import HEIGHT, WIDTH
from newsgen.media.cards.style import CardPicture, CardStyle, CardTexts, SocialCard
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article
from newsgen.site.newspaper import Edition


def can_be_shared(image: Picture | None) -> bool:
    """Whether other sites can show a picture: they take no drawings."""
    return image is not None and not image.src.partition("?")[0].casefold().endswith(".svg")


FindBehind = Callable[[str], CardPicture | None]


class SocialCards:
    """The cards of one edition's stories. `find_behind` gives the picture behind the headline of a story, by source."""

    def __init__(self, style: CardStyle, edition: Edition, find_behind: FindBehind = lambda _source: None) -> None:
        self.style, self._config, self._find_behind = style, edition.config, find_behind
        self._paper = style.clean(edition.config.title)
        self._sections: dict[str, str] = {}
        self._found: dict[str, tuple[Article, SocialCard | None]] = {}

    def is_wanted(self, article: Article) -> bool:
        """Whether a story is to have a card."""
        return self.style.settings.when == "all" or not can_be_shared(article.image)

    def find(self, article: Article) -> SocialCard | None:
        """The card of a story; None where it has none, or where its letters cannot be drawn."""
        if not self.is_wanted(article):
            return None
        known = self._found.get(article.source)
        if known is None or known[0] is not article:
            card = self.style.plan(self._list_texts(article), self._find_behind(article.source))
            known = self._found[article.source] = article, card
        return known[1]

    def find_picture(self, article: Article) -> Picture | None:
        """The card of a story as its page tells of it to other sites."""
        card = self.find(article)
        if card is None:
            return None
        return Picture(to_url(card.output, self._config.base), article.title, width=WIDTH, height=HEIGHT)

    def find_missing(self, article: Article) -> list[str]:
        """The letters for which a story has no card."""
        return self.style.find_missing(*self._list_texts(article)[:3]) if self.is_wanted(article) else []

    def _list_texts(self, article: Article) -> CardTexts:
        title = article.section.title if article.section else ""
        section = self._sections.get(title)
        if section is None:
            section = self._sections[title] = self.style.clean(title)
        return CardTexts(self.style.clean(article.title), section, self._paper, article.lang)
