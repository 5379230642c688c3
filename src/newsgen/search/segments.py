"""A segment: the terms of some stories of a month or year, kept between builds. What readers load is merged from them.

Stories are numbered in a segment from 0, the newest first. The terms are divided into GROUPS by their hash, so that one
group of many segments can be merged at a time.
"""

import struct
import zlib
from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import itemgetter
from pathlib import Path

import msgspec

from newsgen.core.digests import digest_of
from newsgen.core.writing import clear_place, replace_file
from newsgen.search.terms import FIELDS, TermHashes, Terms

GROUPS = 16
"""A power of two: a group has whole files of a tier that has as many files or more."""

LEVEL = 1
"""zlib's fastest: segments are read by newsgen alone."""

Entry = tuple[str, list[int], list[int], list[int]]
"""A term with the numbers of the stories that have it in the title, in the lead and in the text, each ascending."""


class SegmentStory(msgspec.Struct, frozen=True, array_like=True):
    """A story of a segment: its output, and the digests of what lists show of it and of its body."""

    output: str
    head: str
    text: str


_ENTRIES = msgspec.msgpack.Decoder(list[Entry])
_STORIES = msgspec.msgpack.Decoder(list[SegmentStory])
_HEAD = struct.Struct(f"<{GROUPS + 1}I")
TERM = itemgetter(0)
_DAMAGES = OSError, struct.error, zlib.error, msgspec.MsgspecError


class Segment:
    """The terms of some stories."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._fields: tuple[defaultdict[str, list[int]], ...] = tuple(defaultdict(list) for _ in range(FIELDS))
        for term, *fields in entries:
            for by_term, numbers in zip(self._fields, fields, strict=True):
                if numbers:
                    by_term[term] = numbers

    def add(self, number: int, terms: Terms) -> None:
        """Add a story; numbers come in ascending order."""
        for by_term, found in zip(self._fields, terms, strict=True):
            # Without a loop of Python's: most of the time that an index takes is spent here.
            deque(map(list.append, map(by_term.__getitem__, found), repeat(number)), 0)

    def replace_text(self, number: int, terms: set[str]) -> None:
        """Give a story these terms of its text in place of those that it had."""
        texts = self._fields[-1]
        for term in [term for term, numbers in texts.items() if _has(numbers, number)]:
            texts[term].remove(number)
            if not texts[term]:
                del texts[term]
        for term in terms:
            insort(texts[term], number)

    def list_entries(self) -> list[Entry]:
        """The entries of all terms, in no order."""
        titles, leads, texts = self._fields
        only: Iterator[Entry] = (
            (term, [], [], at) for term, at in texts.items() if term not in titles and term not in leads
        )
        others = ((t, titles.get(t, []), leads.get(t, []), texts.get(t, [])) for t in {*titles, *leads})
        return [*only, *others]

    def encode(self, stories: Sequence[SegmentStory]) -> bytes:
        """The segment of these stories as bytes."""
        groups: list[list[Entry]] = [[] for _ in range(GROUPS)]
        find_hash = TermHashes().find
        for entry in self.list_entries():
            groups[find_hash(entry[0]) % GROUPS].append(entry)
        parts = [stories, *(sorted(group, key=TERM) for group in groups)]
        blobs = [zlib.compress(msgspec.msgpack.encode(part), LEVEL) for part in parts]
        return b"".join((_HEAD.pack(*map(len, blobs)), *blobs))


def name_segment(basis: str, place: tuple[int, int, int], stories: Sequence[SegmentStory]) -> str:
    """The name of a segment: a digest of all that it is made of. `place` are its year, month and number there."""
    return digest_of((basis, place, stories))


def write_segment(path: Path, data: bytes) -> None:
    """Write an encoded segment in one step."""
    clear_place(path)
    replace_file(path, data)


def read_groups(path: Path, groups: Sequence[int]) -> list[Entry] | None:
    """The entries of some groups of a segment, group by group; None where it is missing or damaged."""
    try:
        with path.open("rb") as file:
            sizes = _HEAD.unpack(file.read(_HEAD.size))
            found: list[Entry] = []
            for group in groups:
                file.seek(_HEAD.size + sum(sizes[: group + 1]))
                found += _ENTRIES.decode(zlib.decompress(file.read(sizes[group + 1])))
    except _DAMAGES:
        return None
    return found


def read_stories(path: Path) -> list[SegmentStory]:
    """The stories of a segment by their numbers; none where it is missing or damaged."""
    try:
        with path.open("rb") as file:
            size = _HEAD.unpack(file.read(_HEAD.size))[0]
            return _STORIES.decode(zlib.decompress(file.read(size)))
    except _DAMAGES:
        return []


def _has(numbers: Sequence[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number
