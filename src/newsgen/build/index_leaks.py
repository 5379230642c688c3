"""Searches shards of the index for words of hidden stories.

Shards have single words and pairs of neighbours, so that a run of words can only be there where one story has each of
its pairs. It is a leak where these are not from that story's own texts, which are searched on its page.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from newsgen.render.scanning import Canary
from newsgen.search.folding import split_exact
from newsgen.search.reader import TierReader
from newsgen.search.terms import Terms


def find_runs(
    tier: TierReader, canaries: Iterable[Canary], list_own: Callable[[int], Terms]
) -> Iterator[tuple[str, Canary]]:
    """The canaries that a tier shows, each with the name of a shard that does. `list_own` gives a story's own terms."""
    for canary in canaries:
        pairs = _list_pairs(canary)
        if any(_is_foreign(pairs, list_own(number)) for number in sorted(_find_stories(tier, pairs))):
            yield tier.name_shard(tier.find_shard(pairs[0])), canary


def has_run(tier: TierReader, canary: Canary) -> bool:
    """Whether a story of a tier has all pairs of a canary."""
    return bool(_find_stories(tier, _list_pairs(canary)))


def _list_pairs(canary: Canary) -> list[str]:
    words = [] if canary.file else split_exact(canary.words)
    return list(dict.fromkeys(f"{first} {second}" for first, second in pairwise(words)))


def _find_stories(tier: TierReader, pairs: list[str]) -> set[int]:
    """The numbers of the stories that have each of these pairs."""
    found: set[int] = set()
    for number, pair in enumerate(pairs):
        stories = tier.find_all(pair)
        found = found & stories if number else stories
        if not found:
            break
    return found


def _is_foreign(pairs: list[str], own: Terms) -> bool:
    return not all(any(pair in terms for terms in own) for pair in pairs)
