"""Stories by what they have in common; the groups hold ranks, ascending where nothing else is said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from newsgen.core.text import fold
from newsgen.model.stories import Article
from newsgen.model.taxonomy import Term

Groups = dict[str, list[int]]


def by_own_section(articles: Sequence[Article]) -> Groups:
    """The stories by the section of their address."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        if article.card.section is not None:
            found[article.card.section.id].append(rank)
    return dict(found)


def by_section(articles: Sequence[Article], own: Mapping[str, Sequence[int]]) -> Groups:
    """The stories by section; those of a section stand under all above it too. `own` are those by their own section."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for section, ranks in own.items():
        for each in with_parents(section):
            found[each].update(ranks)
    for rank, article in enumerate(articles):
        for also in article.card.also_in:
            for each in with_parents(also.id):
                found[each].add(rank)
    return {section: sorted(ranks) for section, ranks in found.items()}


def by_author(articles: Sequence[Article]) -> Groups:
    """The stories by author."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        for author in article.card.authors:
            found[author.id].append(rank)
    return dict(found)


def by_month(articles: Sequence[Article]) -> dict[tuple[int, int], list[int]]:
    """The stories by year and month, in the order of the first of each."""
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        at = article.card.date
        found[at.year, at.month].append(rank)
    return dict(found)


def by_own_term(articles: Sequence[Article], taxonomy: str) -> Groups:
    """The stories by the terms of one taxonomy that they name."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        for term in article.terms[taxonomy]:
            found[term.id].append(rank)
    return dict(found)


def by_term(own: Mapping[str, Sequence[int]], terms: Mapping[str, Term]) -> Mapping[str, Sequence[int]]:
    """The stories by the terms of one taxonomy, `own` by those that they name: under all above a term too."""
    if not any(term.parent for term in terms.values()):
        return own
    found: defaultdict[str, set[int]] = defaultdict(set)
    for term, ranks in own.items():
        for each in lineage(terms[term], terms):
            found[each.id].update(ranks)
    return {term: sorted(ranks) for term, ranks in found.items()}


def lineage(term: Term, terms: Mapping[str, Term]) -> tuple[Term, ...]:
    """A term after those above it, the highest first."""
    line = [term]
    while line[0].parent:
        line.insert(0, terms[line[0].parent])
    return tuple(line)


def subtopics(terms: Mapping[str, Term]) -> dict[str, tuple[Term, ...]]:
    """The terms just below each that has some, by name."""
    below: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms.values():
        if term.parent:
            below[term.parent].append(term)
    return {parent: tuple(sorted(found, key=lambda term: (term.name, term.id))) for parent, found in below.items()}


def with_parents(section: str) -> list[str]:
    """A section's id after those of the sections above it."""
    steps = section.split("/")
    return ["/".join(steps[: i + 1]) for i in range(len(steps))]


def in_series(articles: Sequence[Article], ranks: Iterable[int]) -> dict[str, list[int]]:
    """The ranks of each series' stories by its name: in the order of their parts, then of their weights and dates.

    `ranks` are those of the stories that are in one, ascending.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rank in ranks:
        if (series := articles[rank].series) is not None:
            found[fold(series.name)].append(rank)
    for members in found.values():
        members.sort(key=lambda rank: (_part(articles[rank]), by_weight(articles[rank].weight), rank))
    return dict(found)


def _part(article: Article) -> int:
    return article.series.part if article.series and article.series.part else 9999


def by_weight(weight: int | None) -> tuple[bool, int]:
    """What sorts the lightest first, and what has no weight last."""
    return weight is None, weight or 0
