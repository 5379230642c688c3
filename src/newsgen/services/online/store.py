"""What a store of the count does, and the store in the memory of one process."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from newsgen.services.online.pseudonyms import WINDOW, Instant, Pseudonym

HOURS = 24
"""Hours over which a story's readers are counted."""

MOST_READERS = 200_000
"""Readers that the memory of one process holds."""

MOST_READINGS = 500_000
"""Readers of all stories that it holds; further ones are online, and not in the list of the most read."""


class StoreFailed(Exception):
    """The store is down, slow, full or refuses; nothing can be said of how many readers there are."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A reader is here: the pseudonyms, and the story that is being read, "" for another page."""

    pseudonyms: tuple[Pseudonym, ...]
    story: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many readers there were in the window, and from how many addresses."""

    readers: int
    addresses: int


class Store(Protocol):
    """Where pseudonyms are kept, for minutes and hours only."""

    async def add(self, beats: Sequence[Beat], at: Instant, day: int) -> Count:
        """Note the beats, all or none, and count the window's readers by the salt of `day`. Raises StoreFailed."""

    async def holds(self, at: Instant, day: int) -> bool:
        """Whether anybody was noted within the window under that day. Raises StoreFailed."""

    async def count_readers(self, stories: Collection[str], at: Instant) -> Mapping[str, int]:
        """How many readers each of the stories had in the last 24 hours. Raises StoreFailed."""

    async def close(self) -> None:
        """Let go of what is open."""


class MemoryStore:
    """The exact count of one process, whose size has a limit."""

    def __init__(self, most_readers: int = MOST_READERS, most_readings: int = MOST_READINGS) -> None:
        self._most_readers, self._most_readings = most_readers, most_readings
        self._readers: dict[int, dict[bytes, int]] = {}
        self._addresses: dict[int, dict[bytes, int]] = {}
        self._stories: dict[str, dict[bytes, int]] = {}
        self._hour = 0

    async def add(self, beats: Sequence[Beat], at: Instant, day: int) -> Count:
        """Note the beats and count."""
        self._forget(at)
        pseudonyms = {pseudonym for beat in beats for pseudonym in beat.pseudonyms}
        new = sum(pseudonym.reader not in self._readers.get(pseudonym.day, ()) for pseudonym in pseudonyms)
        if new and new + sum(map(len, self._readers.values())) > self._most_readers:
            raise StoreFailed("the memory for readers is full")
        for beat in beats:
            for pseudonym in beat.pseudonyms:
                _note(self._readers.setdefault(pseudonym.day, {}), pseudonym.reader, at.minute)
                _note(self._addresses.setdefault(pseudonym.day, {}), pseudonym.address, at.minute)
            if beat.story and sum(map(len, self._stories.values())) < self._most_readings:
                self._stories.setdefault(beat.story, {})[beat.pseudonyms[-1].reader] = self._hour
        return Count(len(self._readers.get(day, ())), len(self._addresses.get(day, ())))

    async def holds(self, at: Instant, day: int) -> bool:
        """Whether anybody was noted within the window."""
        self._forget(at)
        return bool(self._readers.get(day))

    async def count_readers(self, stories: Collection[str], at: Instant) -> Mapping[str, int]:
        """How many readers each story had."""
        self._forget(at)
        return {story: len(self._stories[story]) for story in stories if story in self._stories}

    async def close(self) -> None:
        """Nothing is open."""

    def _forget(self, at: Instant) -> None:
        """Drop who was last seen before the window, and readings older than a day."""
        for kept in (self._readers, self._addresses):
            for day, seen in list(kept.items()):
                while seen and seen[next(iter(seen))] <= at.minute - WINDOW:
                    del seen[next(iter(seen))]
                if not seen:
                    del kept[day]
        hour = at.minute // 60
        if hour != self._hour:
            self._hour = hour
            fresh = {
                story: {m: h for m, h in seen.items() if h > hour - HOURS} for story, seen in self._stories.items()
            }
            self._stories = {story: seen for story, seen in fresh.items() if seen}


def _note(seen: dict[bytes, int], pseudonym: bytes, minute: int) -> None:
    """Put a pseudonym at the end, so that the first one is always the one seen longest ago."""
    seen.pop(pseudonym, None)
    seen[pseudonym] = minute
