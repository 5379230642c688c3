"""Other words on stories that stay where they are: a new title changes cards, and the lists and pages with them.

The preview takes it from here when an editor saves a headline, for to join an archive anew takes longer than to read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from msgspec import structs

from newsgen.model import Article, Front, Listing, Manuscript, Page
from newsgen.site.front import compose
from newsgen.site.pages import Plan
from newsgen.site.site import Site

BODY = ("digest", "body_line", "words", "text")
"""What tells one body of a manuscript from another."""

PLACES = ("title_place", "slug_place", "updated_place")

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
        articles[site.rank[source]] = _with_face(old, told[source])
    late = tuple(articles[site.rank[article.source]] for article in site.late)
    trees = tuple(other for other in others if other is not None)
    return replace(site, articles=tuple(articles), related=site.related.among(articles), late=late, others=trees)


def _with_face(article: Article, m: Manuscript) -> Article:
    card = structs.replace(article.card, title=m.title, summary=m.summary, kicker=m.kicker, updated=m.updated)
    return structs.replace(article, card=card, lead=m.summary if m.has_lead else "", extra=m.extra)


def pages_with_faces(pages: Iterable[Page], plans: Mapping[str, Plan], told: Iterable[str]) -> Iterator[Page]:
    """The pages of a paper before, as its plan would have them now; `plans` are by tree, `told` are the sources."""
    sites = [plan.site for plan in plans.values()]
    articles = {s: site.articles[site.rank[s]] for s in told for site in sites if s in site.rank}
    cards = {article.url: article.card for article in articles.values()}
    for page in pages:
        plan = plans[page.tree]
        if page.source in articles and isinstance(page.subject, Article):
            yield structs.replace(plan.story(articles[page.source]), tree=page.tree)
        elif isinstance(page.subject, Front):
            yield structs.replace(page, subject=compose(plan.site))
        elif isinstance(page.subject, Listing) and any(card.url in cards for card in page.subject.cards):
            shown = tuple(cards.get(card.url, card) for card in page.subject.cards)
            yield structs.replace(page, subject=structs.replace(page.subject, cards=shown))
        else:
            yield page
