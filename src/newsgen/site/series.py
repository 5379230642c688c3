"""Series: stories that are told in parts."""

from collections.abc import Sequence

from newsgen.model import Article, Series


def series_of(article: Article, ranks: Sequence[int], articles: Sequence[Article]) -> Series | None:
    """The series of a story as its page shows it; None where it is in none, or stands in no list."""
    own = next((place for place, rank in enumerate(ranks, 1) if articles[rank].source == article.source), None)
    if article.series is None or own is None:
        return None
    part = article.series.part or own
    highest = max(s.part or 0 for rank in ranks if (s := articles[rank].series))
    total = article.series.of or max(len(ranks), highest)
    return Series(article.series.name, part, total, tuple(articles[rank].card for rank in ranks))
