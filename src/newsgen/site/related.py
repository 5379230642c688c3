"""Related stories: those that editors chose first, then the nearest by terms, section and time.

What is found automatically depends only on stories not newer than the page's own, so that publishing a story never
changes the pages of older ones. An index by tag and by section keeps any story from being compared with all others.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from math import log

from newsgen.model.stories import Article, Card
from newsgen.site.groups import Groups
from newsgen.site.story_finder import Choices

DEPTH = 40
"""How many stories of a term or section, counted back from the page's own, are looked at."""

SAME_SECTION = 1.0
SAME_TOP_SECTION = 0.4
NEARNESS = 1.0
HALF_LIFE_DAYS = 90.0
DAY = 86_400


class Related:
    """Finds the stories that belong to one: `chosen` are those that editors chose. `articles` is oldest first."""

    def __init__(self, articles: Sequence[Article], chosen: Choices, groups: Groups) -> None:
        self._articles, self._chosen, self._groups = articles, chosen, groups
        self._rank = groups.rank
        self._weights: list[tuple[float, str, str] | None] = [None] * len(articles)

    def find(self, article: Article, count: int) -> tuple[Card, ...]:
        """At most `count` cards: the editor's list, stories that list this one (newest first), then the nearest."""
        own = self._rank[article.source]
        taken = dict.fromkeys(self._rank_chosen(article, own))
        if len(taken) < count:
            taken.update(dict.fromkeys(self._rank_nearest(article, own, count + len(taken))))
        return tuple(self._articles[rank].card for rank in list(taken)[:count])

    def _rank_chosen(self, article: Article, own: int) -> list[int]:
        ranks = [self._rank[s] for s in self._chosen.get(article.source, ()) if s in self._rank]
        followers = self._chosen.followers.get(article.source, ())
        ranks += sorted((self._rank[source] for source in followers if source in self._rank), reverse=True)
        return [rank for rank in ranks if rank != own]

    def _rank_nearest(self, article: Article, own: int, count: int) -> list[int]:
        scores: dict[int, float] = {}
        for term in article.every_term:
            older = self._groups.by_own_term(term.taxonomy)[term.id]
            position = bisect_right(older, own)
            rarity = log(1 + (own + 1) / position)
            near = older[max(0, position - 1 - DEPTH) : position - 1]
            if not scores:
                scores = dict.fromkeys(near, rarity)
                continue
            for rank in near:
                scores[rank] = scores.get(rank, 0.0) + rarity
        best = self._choose_best(scores, own, count)
        # A story that shares only the section scores no more than this.
        if article.section is not None and (len(best) < count or -best[-1][0] <= NEARNESS + SAME_SECTION):
            older = self._groups.by_own_section[article.section.id]
            position = bisect_right(older, own)
            for rank in older[max(0, position - 1 - DEPTH) : position - 1]:
                scores.setdefault(rank, 0.0)
            best = self._choose_best(scores, own, count)
        return [-rank for _, rank in best]

    def _choose_best(self, scores: Mapping[int, float], own: int, count: int) -> list[tuple[float, int]]:
        """The best `count` stories as (minus the whole score, minus the rank), the best first."""
        weights, weigh = self._weights, self._weigh
        growth, section, top = weights[own] or weigh(own)
        nearness = NEARNESS / growth
        same = SAME_SECTION if section else 0.0
        same_top = SAME_TOP_SECTION if top else 0.0
        whole = [
            score + nearness * its_growth + (same if its_section == section else same_top if its_top == top else 0.0)
            for rank, score in scores.items()
            for its_growth, its_section, its_top in (weights[rank] or weigh(rank),)
        ]
        # Scores are compared as rounded, alike on every machine; only those near the last place need it.
        least = sorted(whole, reverse=True)[count - 1] - 2e-9 if 0 < count <= len(whole) else float("-inf")
        best = [(-round(score, 9), -rank) for rank, score in zip(scores, whole, strict=True) if score >= least]
        return sorted(best)[:count]

    def _weigh(self, rank: int) -> tuple[float, str, str]:
        """What a story is weighed by, worked out once, since it is weighed against a hundred others.

        That is how the time before it has grown, its section, and the top section above it.
        """
        card = self._articles[rank].card
        section = card.section.id if card.section else ""
        growth = 2 ** (card.date.timestamp() / DAY / HALF_LIFE_DAYS)
        self._weights[rank] = found = growth, section, section.partition("/")[0]
        return found
