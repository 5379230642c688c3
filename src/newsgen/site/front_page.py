"""The front page: what leads, what stands beside it, and a block for each section."""

from collections.abc import Iterator

from msgspec.structs import replace

from newsgen.model.pages import Block, Front
from newsgen.model.stories import Card
from newsgen.site.newspaper import Edition


def compose(edition: Edition) -> Front:
    """The editors' picks lead, then pinned stories, then the newest; none stands twice above the list of the latest."""
    lists, rank = edition.config.lists, edition.groups.rank
    most = max(lists.home_latest, 1 + lists.home_seconds)
    newest = [article.card for article in reversed(edition.articles[-most:])]
    picks = edition.cards(rank[source] for source in edition.picks if source in rank)
    leading = list(dict.fromkeys([*picks, *edition.pinned, *newest]))[: 1 + lists.home_seconds]
    lead, seconds = (leading[0], tuple(leading[1:])) if leading else (None, ())
    front = Front(lead, seconds, tuple(_list_blocks(edition, set(leading))), tuple(newest[: lists.home_latest]))
    intro = edition.intros.get("")
    return replace(front, title=intro.title, image=intro.image, extra=intro.extra) if intro else front


def _list_blocks(edition: Edition, shown: set[Card]) -> Iterator[Block]:
    for section in edition.sections.values():
        if section.parent is not None:
            continue
        cards: list[Card] = []
        for rank in reversed(edition.groups.by_section.get(section.id, ())):
            card = edition.articles[rank].card
            if card not in shown:
                cards.append(card)
            if len(cards) == edition.config.lists.home_section:
                break
        shown.update(cards)  # a story of two sections stands in the block of the first
        if cards:
            yield Block(section.as_name(), tuple(cards))
