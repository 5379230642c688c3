"""How the stories of an edition differ from those of the last build, and which answers that leaves as they were.

Most stories are what they were. What is asked of one of these is answered again only where its answer may be made of
another story that is not.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from newsgen.core.digests import SIZE
from newsgen.model.stories import Article
from newsgen.site.newspaper import Edition
from newsgen.site.related import DEPTH
from newsgen.site.story_record import StoryRecord

END = b"\0"
"""Stands between texts that are kept as one: neither a path nor JSON has it."""

Ties = tuple[str, str, list[tuple[str, str]]]
"""What stories are related by: the date, the section ("" for none), and the taxonomy and id of each term."""

_TIES = msgspec.json.Decoder(Ties)


def record_stories(edition: Edition) -> StoryRecord:
    """What the next build has to know of the stories of an edition."""
    return StoryRecord(
        sources=END.join([_to_bytes(article.source) for article in edition.articles]),
        ties=END.join(map(_encode_ties, edition.articles)),
        cards=edition.digests.of_cards.packed,
        chosen=edition.chosen,
        series=tuple([edition.articles[rank].source for rank in edition.groups.by_feature.get("series", ())]),
    )


class StoryChanges:
    """The stories of an edition compared with the record of the last build.

    Stories between the first and the last one that came, went, or has another date, section or term are all changed.
    """

    def __init__(self, before: StoryRecord, edition: Edition) -> None:
        self._edition, self._before, self.record = edition, before, record_stories(edition)

    def _split(self, record: StoryRecord) -> tuple[list[str], list[bytes]]:
        """The sources and the ties of a record's stories."""
        sources = record.sources.decode("utf-8", "surrogatepass").split(END.decode()) if record.sources else []
        return sources, record.ties.split(END) if record.ties else []

    @cached_property
    def _was(self) -> tuple[list[str], list[bytes]]:
        return self._split(self._before)

    @cached_property
    def _is(self) -> tuple[list[str], list[bytes]]:
        return self._split(self.record)

    @cached_property
    def _span(self) -> tuple[int, int, int]:
        """The rank of the first changed story, and the ranks behind the last one, as it was and as it is."""
        was, now = (list(zip(*part, strict=True)) for part in (self._was, self._is))
        most = min(len(was), len(now))
        first = _count_alike(was, now, most)
        last = _count_alike(reversed(was), reversed(now), most - first)
        return first, len(was) - last, len(now) - last

    @cached_property
    def _changed(self) -> frozenset[str]:
        """The sources of the changed stories, those that are gone among them."""
        first, end_before, end = self._span
        return frozenset((*self._was[0][first:end_before], *self._is[0][first:end]))

    @cached_property
    def _shown_otherwise(self) -> frozenset[str]:
        """The sources of the stories that came, went, or have another card."""
        was = dict(zip(self._was[0], _cut(self._before.cards), strict=True))
        now = dict(zip(self._is[0], _cut(self.record.cards), strict=True))
        return frozenset([source for source, _ in was.items() ^ now.items()])

    @cached_property
    def around(self) -> frozenset[str]:
        """The sources of the stories whose neighbours may be others, or look different."""
        first, _, end = self._span
        sources, rank = self._is[0], self._edition.groups.rank
        ranks = {first - 1, end, *(rank[one] + step for one in self._shown_otherwise & rank.keys() for step in (-1, 1))}
        return self._changed | {sources[at] for at in ranks if 0 <= at < len(sources)}

    @cached_property
    def in_series(self) -> frozenset[str]:
        """The sources of the stories that are parts of series or were, and of all that are changed."""
        return self._changed.union(self._before.series, self.record.series)

    @cached_property
    def related(self) -> frozenset[str]:
        """The sources of the stories to which others may be related, or related ones may look different."""
        shown, sources = self._changed | self._shown_otherwise, self._is[0]
        ranks = {*self._list_after_changed(), *self._list_near(shown)}
        return self._changed.union(self._list_chosen(shown), (sources[rank] for rank in ranks))

    def _list_chosen(self, shown: Collection[str]) -> Iterator[str]:
        """Those whose editors chose one of `shown`, or chose other stories than before, and those they chose."""
        was, now = self._before.chosen, self._edition.chosen
        for source in {source for source, _ in was.items() ^ now.items()}.union(shown):
            yield source
            yield from was.get(source, ())
            yield from now.get(source, ())
            yield from now.followers.get(source, ())

    def _list_near(self, shown: Collection[str]) -> Iterator[int]:
        """The ranks of those that may show one of `shown`, because they have a term or the section in common."""
        ranks = self._edition.groups.rank
        for rank in (ranks[source] for source in shown if source in ranks):
            for group in self._find_groups(self._is[1][rank]):
                at = bisect_left(group, rank) + 1
                yield from group[at : at + DEPTH]

    def _list_after_changed(self) -> Iterator[int]:
        """The ranks of those behind changed stories to which others may be related than before."""
        first, end_before, end = self._span
        if end_before != end:  # how rare a term is depends on how many stories are older
            yield from range(first, len(self._is[0]))
            return
        was, now = (set(zip(*part, strict=True)) for part in (self._was, self._is))
        for ties in {ties for _, ties in was ^ now}:
            section, *terms = self._find_groups(ties)
            yield from section[bisect_left(section, first) : bisect_left(section, end) + DEPTH + 1]
            for term in terms:
                yield from term[bisect_left(term, first) :]

    def _find_groups(self, ties: bytes) -> Iterator[Sequence[int]]:
        """The ranks of the stories of the section of these ties, then those of each term."""
        groups, (_, section, terms) = self._edition.groups, _TIES.decode(ties)
        yield groups.by_own_section.get(section, ())
        yield from (groups.by_own_term(taxonomy).get(term, ()) for taxonomy, term in terms)


def _encode_ties(article: Article) -> bytes:
    card = article.card
    terms = [(term.taxonomy, term.id) for term in article.every_term]
    return msgspec.json.encode((card.date, card.section.id if card.section else "", terms))


def _count_alike(before: Iterable[object], now: Iterable[object], most: int) -> int:
    """How many members are equal before the first difference, at most `most`."""
    return next((at for at, (one, other) in enumerate(zip(before, now, strict=False)) if one != other), most)


def _cut(digests: bytes) -> Iterator[bytes]:
    return (digests[at : at + SIZE] for at in range(0, len(digests), SIZE))


def _to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
