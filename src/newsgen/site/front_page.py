"""The front page: what leads, what stands beside it, and a block for each section."""

from collections.abc import Iterator

from newsgen.model.pages import Block, Front
from newsgen.model.stories import Card
from newsgen.site.newspaper import Edition


def compose(edition: Edition) -> Front:
    """The editors' picks lead, then pinned stories, then the newest; none stands twice above the list of the latest."""
    newest = [article.card for article in reversed(edition.articles[-_reach(edition) :])]
    picks = [edition.articles[rank].card for source in edition.picks if (rank := edition.rank.get(source)) is not None]
    leading = list(dict.fromkeys([*picks, *edition.pinned, *newest]))[: 1 + edition.config.lists.home_seconds]
    lead, seconds = (leading[0], tuple(leading[1:])) if leading else (None, ())
    blocks = tuple(_blocks(edition, set(leading)))
    latest, intro = tuple(newest[: edition.config.lists.home_latest]), edition.intros.get("")
    if intro is None:
        return Front(lead, seconds, blocks, latest)
    return Front(lead, seconds, blocks, latest, intro.title, intro.image, intro.extra)


def _reach(edition: Edition) -> int:
    return max(edition.config.lists.home_latest, 1 + edition.config.lists.home_seconds)


def _blocks(edition: Edition, shown: set[Card]) -> Iterator[Block]:
    for section in edition.sections.values():
        if section.parent is not None:
            continue
        cards: list[Card] = []
        for rank in reversed(edition.by_section.get(section.id, ())):
            card = edition.articles[rank].card
            if card not in shown:
                cards.append(card)
            if len(cards) == edition.config.lists.home_section:
                break
        shown.update(cards)  # a story of two sections stands in the block of the first
        if cards:
            yield Block(section.as_name(), tuple(cards))
