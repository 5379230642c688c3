"""Stories by what they have in common; the groups hold ranks, ascending where nothing else is said."""

from collections import defaultdict
from collections.abc import Sequence

from newsgen.model import Article
from newsgen.text import fold

Groups = dict[str, list[int]]


def grouped(articles: Sequence[Article]) -> tuple[Groups, Groups, Groups]:
    """The stories by section (with those above), by tag, by author."""
    by_section: defaultdict[str, list[int]] = defaultdict(list)
    by_tag: defaultdict[str, list[int]] = defaultdict(list)
    by_author: defaultdict[str, list[int]] = defaultdict(list)
    for rank, article in enumerate(articles):
        if article.section is not None:
            for section in with_parents(article.section.id):
                by_section[section].append(rank)
        for tag in article.tags:
            by_tag[tag.id].append(rank)
        for author in article.authors:
            by_author[author.id].append(rank)
    return by_section, by_tag, by_author


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
