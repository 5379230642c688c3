"""A segment: the terms of some stories of a month or year, kept between builds. What readers load is merged from them.

Stories are numbered in a segment from 0, the newest first. The terms are divided into GROUPS by their hash, so that one
group of many segments can be merged at a time.
"""

import struct
import zlib
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import repeat
from operator import itemgetter
from pathlib import Path

import msgspec

from newsgen.core.writing import clear_place, replace_file
from newsgen.search.terms import FIELDS, TermHashes, Terms

GROUPS = 16
"""A power of two: a group has whole files of a tier that has as many files or more."""

LEVEL = 1
"""zlib's fastest: segments are read by newsgen alone."""

Entry = tuple[str, list[int], list[int], list[int]]
"""A term with the numbers of the stories that have it in the title, in the lead and in the text, each ascending."""

_ENTRIES = msgspec.msgpack.Decoder(list[Entry])
_HEAD = struct.Struct(f"<{GROUPS}I")
TERM = itemgetter(0)


class Segment:
    """The terms of some stories."""

    def __init__(self) -> None:
        self._fields: tuple[dict[str, list[int]], ...] = tuple(defaultdict(list) for _ in range(FIELDS))

    def add(self, number: int, terms: Terms) -> None:
        """Add a story; numbers come in ascending order."""
        for by_term, found in zip(self._fields, terms, strict=True):
            # Without a loop of Python's: most of the time that an index takes is spent here.
            deque(map(list.append, map(by_term.__getitem__, found), repeat(number)), 0)

    def list_entries(self) -> list[Entry]:
        """The entries of all terms, in no order."""
        titles, leads, texts = self._fields
        only: Iterator[Entry] = (
            (term, [], [], at) for term, at in texts.items() if term not in titles and term not in leads
        )
        others = ((t, titles.get(t, []), leads.get(t, []), texts.get(t, [])) for t in {*titles, *leads})
        return [*only, *others]

    def encode(self) -> bytes:
        """The segment as bytes: the same for the same stories."""
        groups: list[list[Entry]] = [[] for _ in range(GROUPS)]
        find_hash = TermHashes().find
        for entry in self.list_entries():
            groups[find_hash(entry[0]) % GROUPS].append(entry)
        blobs = [zlib.compress(msgspec.msgpack.encode(sorted(group, key=TERM)), LEVEL) for group in groups]
        return b"".join((_HEAD.pack(*map(len, blobs)), *blobs))


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
                file.seek(_HEAD.size + sum(sizes[:group]))
                found += _ENTRIES.decode(zlib.decompress(file.read(sizes[group])))
    except (OSError, struct.error, zlib.error, msgspec.MsgspecError):
        return None
    return found
