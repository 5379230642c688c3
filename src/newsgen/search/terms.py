"""What is indexed of a story: each word and each pair of neighbouring words, in the best field that has them.

A term is a word in its exact form, two of them with a space between, or a filter such as `section:kinh-te`. A
Vietnamese word is mostly two syllables, so that pairs are what readers mean, and two words cost one look.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from newsgen.search.folding import fold, split_exact

FIELDS = 3
"""The title; the lead with tags and authors; the text."""


class StoryTexts(NamedTuple):
    """The texts of a story by field, and its filters."""

    title: str
    lead: str
    text: str
    filters: Sequence[str] = ()


class Terms(NamedTuple):
    """The terms of a story by field; none is in two."""

    title: set[str]
    lead: set[str]
    text: set[str]


def list_terms(story: StoryTexts) -> Terms:
    """The terms of a story."""
    title = _collect(story.title).union(story.filters)
    lead = _collect(story.lead) - title
    text = _collect(story.text)
    text -= title
    text -= lead
    return Terms(title, lead, text)


def _collect(text: str) -> set[str]:
    words = split_exact(text)
    found = set(map(" ".join, pairwise(words)))
    found.update(words)
    return found


class TermHashes:
    """The hashes of terms: CRC-32 of what decides the file of a term. As many of its bits count as a tier has files.

    Terms that begin as a reader types are in one file. What decides is, of a pair, its first word, folded, with the
    first letter of the second; of a word its first four letters.
    """

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def find(self, term: str) -> int:
        """The hash of one term."""
        beginning = term[: term.find(" ") + 2] if " " in term else term
        known = self._known.get(beginning)
        if known is None:
            known = self._known[beginning] = crc32(find_bucket(term).encode())
        return known


def find_bucket(term: str) -> str:
    """What decides the file of a term."""
    first, space, second = term.partition(" ")
    if space:
        return f"{fold(first)} {fold(second)[:1]}"
    return first if ":" in first else fold(first)[:4]
