"""Series: stories that are told in parts."""

from collections.abc import Iterable, Iterator, Sequence

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.text import fold
from newsgen.model.manuscripts import Manuscript
from newsgen.model.stories import Article, Series


def find_series(article: Article, ranks: Sequence[int], articles: Sequence[Article]) -> Series | None:
    """The series of a story as its page shows it; None where it is in none, or stands in no list."""
    position = next((number for number, rank in enumerate(ranks, 1) if articles[rank].source == article.source), None)
    if article.series is None or position is None:
        return None
    part = article.series.part or position
    highest = max(s.part or 0 for rank in ranks if (s := articles[rank].series))
    total = article.series.of or max(len(ranks), highest)
    return Series(article.series.name, part, total, tuple(articles[rank].card for rank in ranks))


def find_duplicate_parts(manuscripts: Iterable[Manuscript]) -> Iterator[Problem]:
    """A warning for each story that is the same part of a series as an earlier one of `manuscripts`."""
    first: dict[tuple[str, int], Manuscript] = {}
    for m in manuscripts:
        if m.series is None or m.series.part is None:
            continue
        earlier = first.setdefault((fold(m.series.name), m.series.part), m)
        if earlier is not m:
            values = {"part": str(m.series.part), "name": m.series.name, "source": earlier.source}
            what = say("part {part} of the series “{name}” is {source} already", **values)
            place = Location(m.source, *m.get_place("series"))
            yield Problem(place, "same-part", what, say("correct the `part` of one of the two"), "warning")
