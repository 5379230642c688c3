"""Tiers: closed years, the year of the newest story, and its month. Which story is in which depends on dates alone.

A query asks all three; a new story changes the smallest. Stories are numbered in a tier from 0, the newest first.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from newsgen.core.digests import digest
from newsgen.search.segments import GROUPS, Entry

NAMES = ("m", "y", "a")
"""The month, the other months of the year, the years before: the names of tiers in the order in which they are read."""

SHARD_BYTES = 12_000
"""About how many bytes of segments make one shard."""

MOST = 2000
"""So many stories that have a term in the lead are kept, and only in the text: the newest of a tier."""


class Part(msgspec.Struct, frozen=True):
    """Stories with a segment of their own, of a month or, where that is 0, a year: how many, its name and bytes.

    `number` counts the parts of a month or year from the oldest.
    """

    year: int
    month: int
    stories: int
    size: int
    segment: str
    number: int = 0


class Tier(msgspec.Struct, frozen=True):
    """A tier of the index; its parts are newest first."""

    name: str
    parts: tuple[Part, ...]

    @property
    def stories(self) -> int:
        """How many stories it has."""
        return sum(part.stories for part in self.parts)

    @property
    def key(self) -> str:
        """A digest of what it is made of."""
        return digest(*(part.segment.encode() for part in self.parts))

    @property
    def shards(self) -> int:
        """How many files its terms are in, a power of two."""
        size = sum(part.size for part in self.parts)
        return 1 << max(0, (size // SHARD_BYTES - 1).bit_length()) if size > SHARD_BYTES else 1

    @property
    def years(self) -> list[tuple[int, int]]:
        """Its years, newest first, each with the number behind its last story."""
        ends: dict[int, int] = {}
        end = 0
        for part in self.parts:
            end += part.stories
            ends[part.year] = end
        return list(ends.items())


def divide(parts: Sequence[Part]) -> list[Tier]:
    """The tiers of all parts, newest first. Tiers without stories are left out."""
    if not parts:
        return []
    newest, found = parts[0], {name: list[Part]() for name in NAMES}
    for part in parts:
        found["a" if part.year != newest.year else "y" if part.month != newest.month else "m"].append(part)
    return [Tier(name, tuple(own)) for name, own in found.items() if own]


def merge(parts: Iterable[tuple[int, Iterable[Entry]]]) -> dict[str, Entry]:
    """The entries of some groups of parts, newest first, each with the number of its newest story in the tier."""
    merged: dict[str, Entry] = {}
    for base, entries in parts:
        for entry in entries:
            before = merged.get(entry[0])
            if before is None:
                merged[entry[0]] = _move_all(entry, base) if base else entry
                continue
            for known, numbers in zip(before[1:3], entry[1:3], strict=True):
                if numbers:
                    known += _move(numbers, base)
            if len(before[3]) <= MOST:
                before[3].extend(_move(entry[3], base))
    return merged


def _move_all(entry: Entry, base: int) -> Entry:
    return entry[0], _move(entry[1], base), _move(entry[2], base), _move(entry[3], base)


def _move(numbers: list[int], base: int) -> list[int]:
    return [base + one for one in numbers]


def list_jobs(tier: Tier) -> Iterator[range]:
    """The groups that can be merged by themselves: all together where a shard has more than one."""
    if tier.shards < GROUPS:
        yield range(GROUPS)
    else:
        yield from (range(group, group + 1) for group in range(GROUPS))
