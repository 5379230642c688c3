"""What the paper has put right: for the page of all corrections, and for their feed."""

from collections.abc import Callable, Iterable
from heapq import nlargest
from typing import get_args

from newsgen.model.manuscripts import CorrectionKind
from newsgen.model.stories import Article, CorrectionEntry

KINDS: tuple[CorrectionKind, ...] = get_args(CorrectionKind)


def about(translate: Callable[[str], str]) -> str:
    """What the list of corrections holds."""
    return translate("What we have put right in stories after they were published.")


def newest(articles: Iterable[Article], count: int) -> tuple[CorrectionEntry, ...]:
    """The newest corrections of these stories, newest first."""
    found = (
        CorrectionEntry(c.date, c.kind, c.text, article.card, number, article.first_url)
        for article in articles
        for number, c in enumerate(article.corrections, 1)
    )
    return tuple(nlargest(count, found, key=lambda entry: (entry.date, entry.card.url)))
