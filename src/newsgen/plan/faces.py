"""Other words on stories that stay where they are: a new title changes cards, and the lists and pages with them.

The preview takes it from here when an editor saves a headline, for to join an archive anew takes longer than to read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from msgspec import structs

from newsgen.model.manuscripts import Manuscript
from newsgen.model.pages import Front, Listing, Page
from newsgen.model.stories import Article, Card
from newsgen.plan.pages import Plan
from newsgen.site.front_page import compose
from newsgen.site.newspaper import Site

BODY = ("digest", "body_line", "words", "text")
"""What tells one body of a manuscript from another."""

PLACES = ("title_place", "slug_place", "updated_place", "series_place", "summary_place", "date_place")

FACE = (*BODY, *PLACES, "title", "summary", "has_lead", "kicker", "updated", "extra", "warnings")
"""What else of a manuscript may be other without its story moving: in time, in place, or in what belongs to it."""


def is_alike(new: Manuscript, old: Manuscript | None, but: Iterable[str] = BODY) -> bool:
    """Whether two readings of a source differ at most in these fields."""
    return old is not None and structs.replace(new, **{name: getattr(old, name) for name in but}) == old


def with_faces(site: Site, told: Mapping[str, Manuscript]) -> Site | None:
    """The paper with what these manuscripts, by source, say on the cards of their stories, which differ in `FACE` only.

    None where more than lists tells of one of them: versions in other languages name it, or it is no listed story.
    """
    here = [source for source in told if source in site.rank]
    elsewhere = {source: m for source, m in told.items() if source not in site.rank}
    others = [with_faces(other, {s: m for s, m in elsewhere.items() if s in other.rank}) for other in site.others]
    if any(all(s not in other.rank for other in site.others) for s in elsewhere) or None in others:
        return None
    articles = list(site.articles)
    for source in here:
        old = articles[site.rank[source]]
        if old.translations:
            return None
        articles[site.rank[source]] = _with_face(old, told[source], site.now)
    trees = tuple(other for other in others if other is not None)
    return replace(site, articles=tuple(articles), others=trees)


def _with_face(article: Article, m: Manuscript, now: datetime) -> Article:
    face = {"title": m.title, "summary": m.summary, "kicker": m.kicker, "updated": m.told_update(now)}
    card = structs.replace(article.card, **face)
    return structs.replace(article, card=card, lead=m.summary if m.has_lead else "", extra=m.extra)


class Places:
    """Where in a sequence of pages the fronts and the lists stand, and the page that is made from each source."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.by_source = {page.source: place for place, page in enumerate(pages) if page.source}
        self.fronts = [place for place, page in enumerate(pages) if isinstance(page.subject, Front)]
        self.lists = [place for place, page in enumerate(pages) if isinstance(page.subject, Listing)]


def pages_with_faces(
    pages: Sequence[Page], places: Places, before: Site, plans: Mapping[str, Plan], told: Collection[str]
) -> Iterator[tuple[int, Page]]:
    """What becomes of those pages of a paper `before` that tell of these sources, each with its place.

    `plans` are those of the paper now, by tree.
    """
    was = {id(card): source for tree in before.trees for source, card in _cards(tree, told).items()}
    cards = {source: card for plan in plans.values() for source, card in _cards(plan.site, told).items()}
    for place in [places.by_source[source] for source in told if source in places.by_source]:
        page, plan = pages[place], plans[pages[place].tree]
        if isinstance(page.subject, Article):
            yield place, structs.replace(plan.story(plan.site.articles[plan.site.rank[page.source]]), tree=page.tree)
    for place in places.fronts:
        yield place, structs.replace(pages[place], subject=compose(plans[pages[place].tree].site))
    for place in places.lists:
        page = pages[place]
        # Lists hold the very cards of the stories, and to compare what they say would take ten times as long.
        if isinstance(page.subject, Listing) and not was.keys().isdisjoint(map(id, page.subject.cards)):
            shown = tuple(cards[was[id(card)]] if id(card) in was else card for card in page.subject.cards)
            subject = structs.replace(page.subject, cards=shown)
            describe = plans[page.tree].listings.description
            is_made = page.description == describe(page.subject)  # and not what an editor wrote
            described = describe(subject) if is_made else page.description
            yield place, structs.replace(page, subject=subject, description=described)


def _cards(site: Site, told: Iterable[str]) -> dict[str, Card]:
    return {source: site.articles[site.rank[source]].card for source in told if source in site.rank}
