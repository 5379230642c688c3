"""Reads an index as browsers do: which stories have a term. Tests and the search for hidden words ask it."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from newsgen.search.shards import DIGEST
from newsgen.search.terms import TermHashes
from newsgen.search.tier_files import Doc


class TierReader:
    """One tier of an index, as the head `described` it; `read` gives the bytes of a file by its name."""

    def __init__(self, described: Mapping[str, Any], docs: int, read: Callable[[str], bytes]) -> None:
        self.name: str = described["name"]
        self.stories: int = described["stories"]
        self._shards: int = described["shards"]
        self._docs = docs
        self._read, self._hashes = read, TermHashes()
        self._table = zlib.decompress(read(described["table"]))
        self._load = lru_cache(64)(self._load_shard)

    def find(self, term: str) -> tuple[tuple[int, ...], ...]:
        """The numbers of the stories with a term in its exact form: in the title, in the lead, and only in the text."""
        shard, wanted = self._load(self.find_shard(term)), term.encode()
        for name, start in _iter_places(shard):
            if name == wanted:
                return _read_lists(shard, start)
        return (), (), ()

    def find_shard(self, term: str) -> int:
        """The number of the shard that has a term."""
        return self._hashes.find(term) & (self._shards - 1)

    def find_all(self, term: str) -> set[int]:
        """The numbers of all stories that are known to have a term."""
        return {number for numbers in self.find(term) for number in numbers}

    def find_story(self, number: int) -> Doc:
        """A story by its number."""
        at = number // self._docs
        name = f"{self.name}d{at:x}.{self._find_digest(self._shards + at)}.bin"
        docs = msgspec.json.decode(zlib.decompress(self._read(name)), type=list[Doc])
        return docs[number % self._docs]

    def _load_shard(self, number: int) -> bytes:
        return zlib.decompress(self._read(name)) if (name := self.name_shard(number)) else b""

    def name_shard(self, number: int) -> str:
        """The name of a shard; "" where it has no terms, and there is none."""
        known = self._find_digest(number)
        return f"{self.name}{number:x}.{known}.bin" if int(known, 16) else ""

    def _find_digest(self, at: int) -> str:
        return self._table[at * DIGEST : (at + 1) * DIGEST].hex()


def read_tiers(head: bytes, read: Callable[[str], bytes]) -> list[TierReader]:
    """The tiers of an index, newest first."""
    known = msgspec.json.decode(head)
    return [TierReader(tier, known["docs"], read) for tier in known["tiers"]]


def iter_terms(shard: bytes) -> Iterator[tuple[str, tuple[tuple[int, ...], ...]]]:
    """The terms of a shard, each with its three lists."""
    for name, start in _iter_places(shard):
        yield name.decode(), _read_lists(shard, start)


def _iter_places(shard: bytes) -> Iterator[tuple[bytes, int]]:
    """The terms of a shard, each with the index of its lists."""
    at = 0
    while at < len(shard):
        start = at + 1 + shard[at]
        yield shard[at + 1 : start], start
        at = start
        for _ in range(3):
            size, at = _read_number(shard, at)
            at += size // 2


def _read_lists(shard: bytes, at: int) -> tuple[tuple[int, ...], ...]:
    """The three lists at an index."""
    lists = []
    for _ in range(3):
        size, at = _read_number(shard, at)
        lists.append(tuple(_iter_list(shard, at, at + size // 2)))
        at += size // 2
    return tuple(lists)


def _iter_list(shard: bytes, at: int, end: int) -> Iterator[int]:
    last = -1
    while at < end:
        gap, at = _read_number(shard, at)
        last += gap + 1
        yield last


def _read_number(data: bytes, at: int) -> tuple[int, int]:
    """A number of LEB128 at an index, and the index behind it."""
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        shift += 7
        at += 1
        if data[at - 1] < 128:
            return value, at
