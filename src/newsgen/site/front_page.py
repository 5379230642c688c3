"""The front page: what leads, what stands beside it, and a block for each section."""

from collections.abc import Iterator

from newsgen.model.pages import Block, Front
from newsgen.model.stories import Card
from newsgen.site.newspaper import Site


def compose(site: Site) -> Front:
    """The editors' picks lead, then pinned stories, then the newest; none stands twice above the list of the latest."""
    newest = [article.card for article in reversed(site.articles[-_reach(site) :])]
    picks = [site.articles[rank].card for source in site.picks if (rank := site.rank.get(source)) is not None]
    leading = list(dict.fromkeys([*picks, *site.pinned, *newest]))[: 1 + site.config.lists.home_seconds]
    lead, seconds = (leading[0], tuple(leading[1:])) if leading else (None, ())
    blocks = tuple(_blocks(site, set(leading)))
    latest, intro = tuple(newest[: site.config.lists.home_latest]), site.intros.get("")
    if intro is None:
        return Front(lead, seconds, blocks, latest)
    return Front(lead, seconds, blocks, latest, intro.title, intro.image, intro.extra)


def _reach(site: Site) -> int:
    return max(site.config.lists.home_latest, 1 + site.config.lists.home_seconds)


def _blocks(site: Site, shown: set[Card]) -> Iterator[Block]:
    for section in site.sections.values():
        if section.parent is not None:
            continue
        cards: list[Card] = []
        for rank in reversed(site.by_section.get(section.id, ())):
            card = site.articles[rank].card
            if card not in shown:
                cards.append(card)
            if len(cards) == site.config.lists.home_section:
                break
        shown.update(cards)  # a story of two sections stands in the block of the first
        if cards:
            yield Block(section.as_name(), tuple(cards))
