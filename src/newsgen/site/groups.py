"""Stories by what they have in common; the groups hold ranks, ascending where nothing else is said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from newsgen.core.text import fold
from newsgen.model.stories import Article, Card
from newsgen.model.taxonomy import Term

Groups = dict[str, list[int]]


def by_section(articles: Sequence[Article]) -> Groups:
    """The stories by section; those of a section stand under all above it too."""
    above: dict[str, list[str]] = {}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        for section in _with_parents(article.card, above):
            found[section].append(rank)
    return dict(found)


def by_author(articles: Sequence[Article]) -> Groups:
    """The stories by author."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        for author in article.card.authors:
            found[author.id].append(rank)
    return dict(found)


def by_term(articles: Sequence[Article], terms: Mapping[str, Term], taxonomy: str) -> Groups:
    """The stories by the terms of one taxonomy; those of a term stand under all above it too."""
    above = {term.id: lineage(term, terms)[:-1] for term in terms.values() if term.parent}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        own = article.terms[taxonomy]
        for term in own if not above else _with_above(own, above):
            found[term.id].append(rank)
    return found


def _with_parents(card: Card, known: dict[str, list[str]]) -> Iterable[str]:
    """Every section in whose list a story stands, each once; `known` keeps the sections above each."""
    if not card.also_in:
        if card.section is None:
            return ()
        own = card.section.id
        if own not in known:
            known[own] = with_parents(own)
        return known[own]
    return dict.fromkeys(each for section in card.sections for each in with_parents(section.id))


def _with_above(own: Sequence[Term], above: Mapping[str, tuple[Term, ...]]) -> Iterable[Term]:
    found = {tag.id: tag for tag in own}
    found.update((tag.id, tag) for one in own for tag in above.get(one.id, ()))
    return found.values()


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


def in_series(articles: Sequence[Article]) -> dict[str, list[int]]:
    """The ranks of each series' stories by its name: in the order of their parts, then of their weights and dates."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        if article.series is not None:
            found[fold(article.series.name)].append(rank)
    for ranks in found.values():
        ranks.sort(key=lambda rank: (_part(articles[rank]), by_weight(articles[rank].weight), rank))
    return dict(found)


def _part(article: Article) -> int:
    return article.series.part if article.series and article.series.part else 9999


def by_weight(weight: int | None) -> tuple[bool, int]:
    """What sorts the lightest first, and what has no weight last."""
    return weight is None, weight or 0
