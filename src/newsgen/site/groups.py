"""Stories by what they have in common; the groups hold ranks, ascending where nothing else is said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from newsgen.model import Article, Card, Tag
from newsgen.text import fold

Groups = dict[str, list[int]]


def grouped(articles: Sequence[Article], tags: Mapping[str, Tag]) -> tuple[Groups, Groups, Groups]:
    """The stories by section, by tag, by author; those of a section or tag stand under all above it too."""
    above = {tag.id: lineage(tag, tags)[:-1] for tag in tags.values() if tag.parent}
    by_section: defaultdict[str, list[int]] = defaultdict(list)
    by_tag: defaultdict[str, list[int]] = defaultdict(list)
    by_author: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        for section in _with_parents(article.card):
            by_section[section].append(rank)
        for tag in article.tags if not above else _with_above(article.tags, above):
            by_tag[tag.id].append(rank)
        for author in article.authors:
            by_author[author.id].append(rank)
    return by_section, by_tag, by_author


def _with_parents(card: Card) -> Iterable[str]:
    """Every section in whose list a story stands, each once."""
    if not card.also_in:
        return with_parents(card.section.id) if card.section else ()
    return dict.fromkeys(each for section in card.sections for each in with_parents(section.id))


def _with_above(own: Sequence[Tag], above: Mapping[str, tuple[Tag, ...]]) -> Iterable[Tag]:
    found = {tag.id: tag for tag in own}
    found.update((tag.id, tag) for one in own for tag in above.get(one.id, ()))
    return found.values()


def lineage(tag: Tag, tags: Mapping[str, Tag]) -> tuple[Tag, ...]:
    """A tag after those above it, the highest first."""
    line = [tag]
    while line[0].parent:
        line.insert(0, tags[line[0].parent])
    return tuple(line)


def subtopics(tags: Mapping[str, Tag]) -> dict[str, tuple[Tag, ...]]:
    """The tags just below each that has some, by name."""
    below: defaultdict[str, list[Tag]] = defaultdict(list)
    for tag in tags.values():
        if tag.parent:
            below[tag.parent].append(tag)
    return {parent: tuple(sorted(found, key=lambda tag: (tag.name, tag.id))) for parent, found in below.items()}


def with_parents(section: str) -> list[str]:
    """A section's id after those of the sections above it."""
    steps = section.split("/")
    return ["/".join(steps[: i + 1]) for i in range(len(steps))]


def in_series(articles: Sequence[Article]) -> dict[str, list[int]]:
    """The ranks of each series' stories by its name: in the order of their parts, then of their dates."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        if article.series is not None:
            found[fold(article.series.name)].append(rank)
    for ranks in found.values():
        ranks.sort(key=lambda rank: (part.part if (part := articles[rank].series) and part.part else 9999, rank))
    return dict(found)
