"""Stories that belong together: the editor's own choice first, then the nearest by terms, section and time.

What is chosen automatically depends only on stories not newer than the page's own, so that publishing a story never
changes the pages of older ones. An index by tag and by section keeps any story from being compared with all others.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from math import log

from newsgen.model.stories import Article, Card

DEPTH = 40
"""How many stories of a term or section, counted back from the page's own, are looked at."""

SAME_SECTION = 1.0
SAME_TOP_SECTION = 0.4
NEARNESS = 1.0
HALF_LIFE_DAYS = 90.0
DAY = 86_400


class Related:
    """Answers which stories belong to one. `articles` is oldest first."""

    def __init__(
        self,
        articles: Sequence[Article],
        chosen: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._articles = articles
        self._rank = {article.source: rank for rank, article in enumerate(articles)}
        self._chosen = chosen
        self._followers: defaultdict[str, list[int]] = defaultdict(list)
        self._by_term: defaultdict[str, list[int]] = defaultdict(list)
        self._by_section: defaultdict[str, list[int]] = defaultdict(list)
        for rank, article in enumerate(articles):
            for term in article.every_term:
                self._by_term[term.key].append(rank)
            if article.section is not None:
                self._by_section[article.section.id].append(rank)
            for source in chosen.get(article.source, ()):
                self._followers[source].append(rank)
        # Plain lists, since a story is weighed against a hundred others.
        self._growth = [2 ** (article.date.timestamp() / DAY / HALF_LIFE_DAYS) for article in articles]
        self._sections = [article.section.id if article.section else "" for article in articles]
        self._tops = [section.partition("/")[0] for section in self._sections]

    def among(self, articles: Sequence[Article]) -> "Related":
        """The same with other words on the cards of these stories; each stands where it stood."""
        renewed = copy(self)
        renewed._articles = articles
        return renewed

    def of(self, article: Article, count: int) -> tuple[Card, ...]:
        """At most `count` cards: the editor's list, stories that list this one (newest first), then the nearest."""
        own = self._rank[article.source]
        taken = dict.fromkeys(self._explicit(article, own))
        if len(taken) < count:
            taken.update(dict.fromkeys(self._nearest(article, own, count + len(taken))))
        return tuple(self._articles[rank].card for rank in list(taken)[:count])

    def explicit(self, article: Article) -> tuple[Card, ...]:
        """The stories that editors joined to this one, in either direction."""
        return tuple(self._articles[rank].card for rank in self._explicit(article, self._rank[article.source]))

    def _explicit(self, article: Article, own: int) -> list[int]:
        ranks = [self._rank[s] for s in self._chosen.get(article.source, ()) if s in self._rank]
        ranks += reversed(self._followers.get(article.source, []))
        return [rank for rank in ranks if rank != own]

    def _nearest(self, article: Article, own: int, count: int) -> list[int]:
        scores: dict[int, float] = {}
        for term in article.every_term:
            older = self._by_term[term.key]
            position = bisect_right(older, own)
            rarity = log(1 + (own + 1) / position)
            for rank in older[max(0, position - 1 - DEPTH) : position - 1]:
                scores[rank] = scores.get(rank, 0.0) + rarity
        best = self._weighed(scores, own, count)
        # A story that shares only the section scores no more than this.
        if article.section is not None and (len(best) < count or -best[-1][0] <= NEARNESS + SAME_SECTION):
            older = self._by_section[article.section.id]
            position = bisect_right(older, own)
            for rank in older[max(0, position - 1 - DEPTH) : position - 1]:
                scores.setdefault(rank, 0.0)
            best = self._weighed(scores, own, count)
        return [-rank for _, rank in best]

    def _weighed(self, scores: Mapping[int, float], own: int, count: int) -> list[tuple[float, int]]:
        """The best `count` stories as (minus the whole score, minus the rank), the best first."""
        growth, sections, tops = self._growth, self._sections, self._tops
        nearness, section, top = NEARNESS / growth[own], sections[own], tops[own]
        same = SAME_SECTION if section else 0.0
        same_top = SAME_TOP_SECTION if top else 0.0
        whole = {
            rank: score
            + nearness * growth[rank]
            + (same if sections[rank] == section else same_top if tops[rank] == top else 0.0)
            for rank, score in scores.items()
        }
        # Scores are compared as rounded, alike on every machine; only those near the last place need it.
        least = sorted(whole.values(), reverse=True)[count - 1] - 2e-9 if 0 < count <= len(whole) else float("-inf")
        return sorted((-round(score, 9), -rank) for rank, score in whole.items() if score >= least)[:count]
