"""The stories of an edition by what they have in common; those of an earlier edition are kept where few differ."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import msgspec

from newsgen.core.differences import find_differences
from newsgen.core.text import fold
from newsgen.model.stories import Article, Card
from newsgen.model.taxonomy import Term

K = TypeVar("K", bound=Hashable)
Ranks = Mapping[K, Sequence[int]]
"""The ranks of the stories of each group, ascending where nothing else is said."""

Keys = Callable[[Article], Iterable[Any]]
"""Gives the keys of the groups in which a story stands."""

FEW = 64
"""Up to how many stories may differ for groups to be kept: beyond it they are made anew."""


def group_ranks(articles: Sequence[Article], keys: Keys, ranks: Iterable[int] | None = None) -> dict[Any, list[int]]:
    """The ranks of stories by their keys; only these `ranks`, ascending, where they are given."""
    groups: defaultdict[Any, list[int]] = defaultdict(list)
    for rank in range(len(articles)) if ranks is None else ranks:
        for key in keys(articles[rank]):
            groups[key].append(rank)
    return dict(groups)


class Changes(msgspec.Struct, frozen=True):
    """How one sequence of stories became another: the ranks `gone` in the first, those `new` in the second.

    `moved` are the new ranks of the others by their old ones; None where each keeps its rank.
    """

    before: Sequence[Article]
    now: Sequence[Article]
    gone: list[int]
    new: list[int]
    moved: Sequence[int] | None

    @property
    def keeps_places(self) -> bool:
        """Whether every source has the rank that it had."""
        return self.moved is None and all(self.before[at].source == self.now[at].source for at in self.new)

    def update(self, groups: Ranks[K], keys: Keys) -> dict[K, Sequence[int]]:
        """Groups of the first sequence as they are in the second.

        A group that is the same object has the same stories, at the same ranks.
        """
        left, come = group_ranks(self.before, keys, self.gone), group_ranks(self.now, keys, self.new)
        updated: dict[K, Sequence[int]] = {}
        for key, ranks in groups.items():
            out, into = left.get(key), come.pop(key, None)
            if self.moved is None and out == into:
                updated[key] = list(ranks) if out else ranks
                continue
            stay = [rank for rank in ranks if rank not in out] if out else ranks
            if self.moved is not None:
                stay = self._move(stay, self.moved)
            if both := sorted([*stay, *into]) if into else stay:
                updated[key] = both
        return updated | come

    def _move(self, ranks: Sequence[int], moved: Sequence[int]) -> Sequence[int]:
        """The new ranks of stories; the same object where all keep theirs."""
        first = bisect_left(ranks, min((*self.gone, *self.new)))
        is_as_long = len(self.gone) == len(self.new)
        last = bisect_right(ranks, max((*self.gone, *self.new))) if is_as_long else len(ranks)
        if first == last:
            return ranks
        return [*ranks[:first], *map(moved.__getitem__, ranks[first:last]), *ranks[last:]]


def find_changes(before: Sequence[Article], now: Sequence[Article]) -> Changes | None:
    """What differs in two sequences that are both in the order of the paper; None where it is more than a few stories.

    A story is the same if it is the same object. Such ones stand in the same order in both.
    """
    gone, new = find_differences(before, now)
    if len(gone) > FEW or len(new) > FEW:
        return None
    return Changes(before, now, gone, new, None if gone == new else _move_ranks(len(before), gone, new))


def _move_ranks(count: int, gone: list[int], new: list[int]) -> list[int]:
    ranks = list(range(count - len(gone) + len(new)))
    for rank in reversed(new):
        del ranks[rank]
    for rank in gone:
        ranks.insert(rank, -1)
    return ranks


class Groups:
    """The stories of one edition by what they have in common.

    `articles` are oldest first. A group is worked out when it is first asked for; what `before` has worked out is
    brought forward at once, so that nothing holds on to it.
    """

    def __init__(self, articles: Sequence[Article], before: "Groups | None" = None) -> None:
        self.articles, self._ranks = articles, list(range(len(articles)))
        self._groups: dict[str, tuple[Keys, Ranks[Any]]] = {}
        if before and (changes := find_changes(before.articles, articles)):
            for name, (keys, ranks) in before._groups.items():
                self._groups[name] = keys, changes.update(ranks, keys)
            if "rank" in vars(before) and changes.keeps_places:
                vars(self)["rank"] = before.rank

    def _group(self, name: str, keys: Keys) -> Ranks[Any]:
        if name not in self._groups:
            self._groups[name] = keys, group_ranks(self.articles, keys, self._ranks)
        return self._groups[name][1]

    @cached_property
    def cards(self) -> Sequence[Card]:
        """The card of each story, by its rank."""
        return [article.card for article in self.articles]

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The rank of each story by its source."""
        return {article.source: rank for article, rank in zip(self.articles, self._ranks, strict=True)}

    @property
    def by_own_section(self) -> Ranks[str]:
        """The stories by the section of their address."""
        return self._group("own section", lambda article: [s.id for s in [article.card.section] if s])

    @property
    def by_section(self) -> Ranks[str]:
        """The stories by section; those of a section stand under all above it too."""
        return self._group("section", _list_sections)

    @property
    def by_author(self) -> Ranks[str]:
        """The stories by author."""
        return self._group("author", lambda article: [author.id for author in article.card.authors])

    @property
    def by_month(self) -> Ranks[tuple[int, int]]:
        """The stories by year and month, in the order of the first of each."""
        months = self._group("month", lambda article: [(article.card.date.year, article.card.date.month)])
        return dict(sorted(months.items(), key=lambda month: month[1][0]))

    def by_own_term(self, taxonomy: str) -> Ranks[str]:
        """The stories by the terms of a taxonomy that they name."""
        return self._group(f"{taxonomy} term", lambda article: [term.id for term in article.terms[taxonomy]])

    @property
    def by_feature(self) -> Ranks[str]:
        """The stories by feature: "pinned", "late" (after their date), part of a "series", "live"."""
        return self._group("feature", _list_features)

    @cached_property
    def series(self) -> Ranks[str]:
        """The stories of each series by its name: in the order of their parts, then of their weights and dates."""
        articles, series = self.articles, defaultdict[str, list[int]](list)
        for rank in self.by_feature.get("series", ()):
            if (of := articles[rank].series) is not None:
                series[fold(of.name)].append(rank)
        for ranks in series.values():
            ranks.sort(key=lambda rank: (_get_part(articles[rank]), order_by_weight(articles[rank].weight), rank))
        return dict(series)


def _list_sections(article: Article) -> Iterable[str]:
    return dict.fromkeys(step for section in article.card.sections for step in list_ancestry(section.id))


def _list_features(article: Article) -> Iterable[str]:
    features = {
        "pinned": article.card.pinned,
        "late": article.appeared,
        "series": article.series,
        "live": article.live,
    }
    return [feature for feature, has_it in features.items() if has_it]


def _get_part(article: Article) -> int:
    return article.series.part if article.series and article.series.part else 9999


def order_by_weight(weight: int | None) -> tuple[bool, int]:
    """What sorts the lightest first, and what has no weight last."""
    return weight is None, weight or 0


@lru_cache(maxsize=1024)
def list_ancestry(section: str) -> tuple[str, ...]:
    """The ids of the sections above a section, the highest first, then its own."""
    steps = section.split("/")
    return tuple("/".join(steps[: i + 1]) for i in range(len(steps)))


def list_lineage(term: Term, terms: Mapping[str, Term]) -> tuple[Term, ...]:
    """The terms above a term, the highest first, then the term."""
    line = [term]
    while line[0].parent:
        line.insert(0, terms[line[0].parent])
    return tuple(line)


def group_subtopics(terms: Mapping[str, Term]) -> dict[str, tuple[Term, ...]]:
    """The terms just below each that has some, by name."""
    below: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms.values():
        if term.parent:
            below[term.parent].append(term)
    return {parent: tuple(sorted(found, key=lambda term: (term.name, term.id))) for parent, found in below.items()}


def group_by_term(own: Ranks[str], terms: Mapping[str, Term]) -> Ranks[str]:
    """The stories by the terms of one taxonomy, `own` by those that they name: under all above a term too."""
    if not any(term.parent for term in terms.values()):
        return own
    found: defaultdict[str, set[int]] = defaultdict(set)
    for term, ranks in own.items():
        for each in list_lineage(terms[term], terms):
            found[each.id].update(ranks)
    return {term: sorted(ranks) for term, ranks in found.items()}
