"""Makes the files of a tier from the segments of its parts."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import structs

from newsgen.search.segments import Entry
from newsgen.search.shards import DIGEST, DOCS, name_file, write_shards
from newsgen.search.tiers import Tier, merge

SPELLINGS_A_GROUP = 1500
"""So many terms of titles and leads of each group of a tier may become spellings."""

MOST_SPELLINGS = 15_000
"""The terms among which the search looks for what a reader may have meant."""


class Doc(msgspec.Struct, frozen=True, array_like=True):
    """A story as results show it. `date` is its day, `section` an id, `picture` a url; both can be ""."""

    title: str
    url: str
    date: str
    summary: str
    picture: str
    section: str


class Spelling(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A term, and how many stories of a tier have it in the title or lead."""

    count: int
    term: str


class IndexFile(msgspec.Struct, frozen=True):
    """A file of the index: its number, its name, and its bytes before they are compressed, which may be `text`."""

    number: int
    name: str
    plain: bytes
    is_text: bool = False


def make_shards(tier: Tier, parts: Sequence[Iterable[Entry]]) -> tuple[list[IndexFile], list[Spelling]]:
    """The shards of some groups of a tier, and spellings of theirs; `parts` are the entries of each of its parts."""
    bases, base = [], 0
    for part in tier.parts:
        bases.append(base)
        base += part.stories
    merged = merge(zip(bases, parts, strict=True)).values()
    plain = write_shards(merged, tier.shards)
    files = [_make_file(f"{tier.name}{number:x}", number, data) for number, data in sorted(plain.items())]
    counted = (
        Spelling(len(one[1]) + len(one[2]), one[0]) for one in merged if (one[1] or one[2]) and ":" not in one[0]
    )
    return files, heapq.nlargest(SPELLINGS_A_GROUP, counted)


def make_docs(tier: Tier, docs: Sequence[Doc]) -> Iterator[IndexFile]:
    """The files of a tier's stories, newest first."""
    for number, first in enumerate(range(0, len(docs), DOCS)):
        data = msgspec.json.encode(docs[first : first + DOCS])
        yield structs.replace(_make_file(f"{tier.name}d{number:x}", number, data), is_text=True)


def make_table(tier: Tier, shards: Mapping[int, str], docs: Iterable[str]) -> IndexFile:
    """The table of a tier's files, of the names of shards by number and of files of stories in order.

    A shard without a term has no file, and zeros here.
    """
    digests = [_find_digest(shards.get(number, "")) for number in range(tier.shards)]
    return _make_file(f"{tier.name}t0", 0, b"".join((*digests, *map(_find_digest, docs))))


def make_spellings(found: Iterable[Spelling]) -> IndexFile:
    """The file of spellings, from those of all tiers."""
    counts: dict[str, int] = {}
    for one in found:
        counts[one.term] = counts.get(one.term, 0) + one.count
    best = heapq.nlargest(MOST_SPELLINGS, counts.items(), key=lambda item: (item[1], item[0]))
    text = "\n".join(sorted(term for term, _ in best))
    return structs.replace(_make_file("s0", 0, text.encode()), is_text=True)


def _make_file(stem: str, number: int, plain: bytes) -> IndexFile:
    return IndexFile(number, name_file(stem, plain), plain)


def _find_digest(name: str) -> bytes:
    return bytes.fromhex(name.split(".")[1]) if name else bytes(DIGEST)
