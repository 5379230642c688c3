"""Corrections of published stories, for the page of all corrections and for their feed."""

from collections.abc import Callable, Iterable
from heapq import nlargest
from typing import get_args

from newsgen.model.manuscripts import CorrectionKind
from newsgen.model.stories import Article, CorrectionEntry

KINDS: tuple[CorrectionKind, ...] = get_args(CorrectionKind)


def describe_corrections(translate: Callable[[str], str]) -> str:
    """The description of the list of corrections."""
    return translate("What we have put right in stories after they were published.")


def list_newest(articles: Iterable[Article], count: int) -> tuple[CorrectionEntry, ...]:
    """The newest corrections of these stories, newest first."""
    entries = (
        CorrectionEntry(c.date, c.kind, c.text, article.card, number, article.first_url)
        for article in articles
        for number, c in enumerate(article.corrections, 1)
    )
    return tuple(nlargest(count, entries, key=lambda entry: (entry.date, entry.card.url)))
