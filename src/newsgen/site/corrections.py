"""What the paper has put right, for the page of all corrections."""

from collections.abc import Iterable

from newsgen.model import Article, CorrectionEntry


def corrections_of(articles: Iterable[Article], count: int) -> tuple[CorrectionEntry, ...]:
    """The newest corrections of these stories, newest first."""
    found = [CorrectionEntry(c.date, c.kind, c.text, article.card) for article in articles for c in article.corrections]
    found.sort(key=lambda entry: (entry.date, entry.card.url), reverse=True)
    return tuple(found[:count])
