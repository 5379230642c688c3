"""The groups of a newspaper's stories; those of an earlier newspaper are brought forward where few stories differ."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeVar

from newsgen.core.differences import bring_forward, find_differences
from newsgen.model.stories import Article, Card
from newsgen.site.groups import by_author, by_month, by_own_section, by_own_term, by_section, in_series, with_parents
from newsgen.site.sitemap_parts import Ranges, parts

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Ranks = Mapping[K, Sequence[int]]

FEW = 64
"""Up to how many stories that differ groups are brought forward: beyond it they are made anew."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How one sequence of stories became another: the ranks `gone` in the first, those `new` in the second.

    `moved` are the new ranks of the others by their old ones; None where each keeps its rank.
    """

    before: Sequence[Article]
    now: Sequence[Article]
    gone: list[int]
    new: list[int]
    moved: Sequence[int] | None

    def ranks(self, groups: Ranks[K], keys: Callable[[Article], Iterable[K]]) -> dict[K, Sequence[int]]:
        """Groups of the first sequence as they are in the second; `keys` are the groups in which a story stands.

        A group that is the same object has the same stories, at the same ranks.
        """
        left = _by_key(self.before, self.gone, keys)
        come = _by_key(self.now, self.new, keys)
        found: dict[K, Sequence[int]] = {}
        for key, ranks in groups.items():
            out, into = left.get(key), come.pop(key, None)
            if self.moved is None and out == into:
                found[key] = list(ranks) if out else ranks
                continue
            stay = [rank for rank in ranks if rank not in out] if out else ranks
            if self.moved is not None:
                stay = self._move(stay, self.moved)
            if both := sorted([*stay, *into]) if into else stay:
                found[key] = both
        found.update((key, sorted(ranks)) for key, ranks in come.items())
        return found

    def _move(self, ranks: Sequence[int], moved: Sequence[int]) -> Sequence[int]:
        """The new ranks of stories; the same object where all keep theirs."""
        first = bisect_left(ranks, min((*self.gone, *self.new)))
        is_as_long = len(self.gone) == len(self.new)
        last = bisect_right(ranks, max((*self.gone, *self.new))) if is_as_long else len(ranks)
        if first == last:
            return ranks
        return [*ranks[:first], *map(moved.__getitem__, ranks[first:last]), *ranks[last:]]

    def values(self, known: Sequence[V], value: Callable[[Article], V]) -> list[V]:
        """What there is for each story of the second sequence, where `known` has it for the first."""
        return bring_forward(known, self.gone, self.new, lambda rank: value(self.now[rank]))

    @property
    def years(self) -> set[int]:
        """The years in which stories are gone or new."""
        changed = [*(self.before[rank] for rank in self.gone), *(self.now[rank] for rank in self.new)]
        return {article.card.date.year for article in changed}


def _by_key(
    articles: Sequence[Article], ranks: Iterable[int], keys: Callable[[Article], Iterable[K]]
) -> dict[K, set[int]]:
    found: dict[K, set[int]] = {}
    for rank in ranks:
        for key in keys(articles[rank]):
            found.setdefault(key, set()).add(rank)
    return found


def changes_of(before: Sequence[Article], now: Sequence[Article]) -> Changes | None:
    """What differs in two sequences that are both in the order of the paper; None where it is more than a few stories.

    A story is the same if it is the same object. Such ones stand in the same order in both.
    """
    gone, new = find_differences(before, now)
    if len(gone) > FEW or len(new) > FEW:
        return None
    return Changes(before, now, gone, new, None if gone == new else _moved(len(before), gone, new))


def _moved(count: int, gone: list[int], new: list[int]) -> list[int]:
    ranks: list[int] = list(range(count - len(gone) + len(new)))
    for rank in reversed(new):
        del ranks[rank]
    for rank in gone:
        ranks.insert(rank, -1)
    return ranks


class Groups:
    """The stories of one language by what they have in common. The groups hold ranks, ascending.

    `articles` are oldest first, `url` is the site's. What is worked out is worked out when it is first asked for; what
    `before` has worked out is brought forward at once, so that nothing holds on to it.
    """

    def __init__(
        self, articles: Sequence[Article], taxonomies: Iterable[str], url: str, before: "Groups | None" = None
    ) -> None:
        self.articles, self.taxonomies, self.url = articles, tuple(taxonomies), url
        self._known: Mapping[str, Any] = {}
        self._changes: Changes | None = None
        if before is None or (before.taxonomies, before.url) != (self.taxonomies, url):
            return
        self._changes = changes_of(before.articles, articles)
        if self._changes is not None:
            self._known = {name: known for name, known in vars(before).items() if name in WORKED_OUT}
            for name in self._known:
                getattr(self, name)
        self._known, self._changes = {}, None

    @cached_property
    def cards(self) -> Sequence[Card]:
        """The card of each story, by its rank."""
        return self._values("cards", lambda article: article.card)

    @cached_property
    def sources(self) -> Sequence[str]:
        """The source of each story, by its rank."""
        return self._values("sources", lambda article: article.source)

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The rank of each story by its source."""
        changes = self._changes
        if changes is None or "rank" not in self._known:
            return dict(zip(self.sources, range(len(self.articles)), strict=True))
        rank: dict[str, int] = dict(self._known["rank"])
        for place in changes.gone:
            del rank[changes.before[place].source]
        start = min((*changes.gone, *changes.new), default=0) if changes.moved else len(self.articles)
        rank.update(zip(self.sources[start:], range(start, len(self.articles)), strict=True))
        rank.update((changes.now[place].source, place) for place in changes.new)
        return rank

    @cached_property
    def by_own_section(self) -> Ranks[str]:
        """The stories by the section of their address."""
        return self._ranks("by_own_section", by_own_section, _own_section)

    @cached_property
    def by_section(self) -> Ranks[str]:
        """The stories by section; those of a section stand under all above it too."""
        return self._ranks("by_section", partial(by_section, own=self.by_own_section), _sections)

    @cached_property
    def by_author(self) -> Ranks[str]:
        """The stories by author."""
        return self._ranks("by_author", by_author, lambda article: [author.id for author in article.card.authors])

    @cached_property
    def by_month(self) -> Ranks[tuple[int, int]]:
        """The stories by year and month, in the order of the first of each."""
        months: Ranks[tuple[int, int]] = self._ranks("by_month", by_month, _month)
        return dict(sorted(months.items(), key=lambda month: month[1][0])) if self._changes else months

    @cached_property
    def by_own_term(self) -> Mapping[str, Ranks[str]]:
        """The stories by the terms that they name, by taxonomy."""
        return {name: self._by_own_term(name) for name in self.taxonomies}

    def _by_own_term(self, taxonomy: str) -> Ranks[str]:
        if self._changes is None or "by_own_term" not in self._known:
            return by_own_term(self.articles, taxonomy)
        known: Ranks[str] = self._known["by_own_term"][taxonomy]
        return self._changes.ranks(known, lambda article: [term.id for term in article.terms[taxonomy]])

    @cached_property
    def by_mark(self) -> Ranks[str]:
        """The stories that are "pinned", that appeared "late", after their date, and that are part of a "series"."""
        return self._ranks("by_mark", _by_mark, _marks)

    @cached_property
    def series(self) -> Ranks[str]:
        """The stories of each series by its name, in the order of their parts."""
        return in_series(self.articles, self.by_mark.get("series", ()))

    @cached_property
    def parts(self) -> Mapping[int, Ranges]:
        """The stories of each year's sitemaps, as ranks: (first, one after the last)."""
        counts: dict[int, int] = {}
        for (year, _), ranks in self.by_month.items():
            counts[year] = counts.get(year, 0) + len(ranks)
        known: Mapping[int, Ranges] = self._known.get("parts", {})
        years = self._changes.years if self._changes else frozenset()
        return parts(self.articles, self.url, counts, {y: ranges for y, ranges in known.items() if y not in years})

    def _values(self, name: str, value: Callable[[Article], V]) -> Sequence[V]:
        if self._changes is None or name not in self._known:
            return list(map(value, self.articles))
        return self._changes.values(self._known[name], value)

    def _ranks(
        self, name: str, group: Callable[[Sequence[Article]], Ranks[K]], keys: Callable[[Article], Iterable[K]]
    ) -> Ranks[K]:
        if self._changes is None or name not in self._known:
            return group(self.articles)
        return self._changes.ranks(self._known[name], keys)


WORKED_OUT = frozenset(name for name, value in vars(Groups).items() if isinstance(value, cached_property))
"""What groups have when it was asked for."""


def _own_section(article: Article) -> tuple[str, ...]:
    return (article.card.section.id,) if article.card.section else ()


def _sections(article: Article) -> list[str]:
    return [each for section in article.card.sections for each in with_parents(section.id)]


def _month(article: Article) -> tuple[tuple[int, int]]:
    at = article.card.date
    return ((at.year, at.month),)


def _marks(article: Article) -> Iterable[str]:
    marks = {"pinned": article.card.pinned, "late": article.appeared, "series": article.series}
    return [mark for mark, is_so in marks.items() if is_so]


def _by_mark(articles: Sequence[Article]) -> Ranks[str]:
    found = {
        "pinned": [rank for rank, article in enumerate(articles) if article.card.pinned],
        "late": [rank for rank, article in enumerate(articles) if article.appeared],
        "series": [rank for rank, article in enumerate(articles) if article.series is not None],
    }
    return {mark: ranks for mark, ranks in found.items() if ranks}
