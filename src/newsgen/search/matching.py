"""Finds texts by their words, as the search for readers ranks them: for lists that a program has at hand."""

from collections.abc import Iterable

import msgspec

from newsgen.search.folding import fold, split_exact

Rank = tuple[int, int, int]


class SearchedHead(msgspec.Struct, frozen=True):
    """The title and the lead of something, folded and in exact form; spaces stand around all words."""

    title: str
    lead: str
    exact: str


def make_head(title: str, lead: Iterable[str]) -> SearchedHead:
    """What is searched of something with a title and other texts."""
    titles, leads = split_exact(title), split_exact(" \n ".join(lead))
    return SearchedHead(_join(map(fold, titles)), _join(map(fold, leads)), _join((*titles, "", *leads)))


class WordQuery:
    """The words that somebody typed. The last may be the beginning of a word."""

    def __init__(self, text: str) -> None:
        words = split_exact(text)
        self.words = [f" {fold(word)} " for word in words]
        self.exact = [f" {word} " for word in words if fold(word) != word]
        self.phrase = _join(map(fold, words)).rstrip()

    def match(self, head: SearchedHead) -> Rank | None:
        """How well it fits, the better the greater: words with their diacritics, in the title, one after the other.

        None where a word is missing. Without words everything fits.
        """
        last = len(self.words) - 1
        sought = [word.rstrip() if at == last else word for at, word in enumerate(self.words)]
        if not all(word in head.title or word in head.lead for word in sought):
            return None
        exact = sum(word in head.exact for word in self.exact)
        return exact, sum(word in head.title for word in sought), self.phrase in head.title


def _join(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
