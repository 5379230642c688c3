"""The count of readers. Beats that come while the store is busy are sent to it together."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from newsgen.services.online.pseudonyms import WINDOW, Address, Instant, Salts, make_instant
from newsgen.services.online.store import Beat, Count, Store, StoreFailed

MOST_WAITING = 2_000
"""Beats that may wait for the store."""

LIMIT = 3.0
"""Seconds after which a store that has not answered has failed."""

SHARED = 0.05
"""The share of readers with an address that others have too, from which the count is called approximate."""

KEPT = 30.0
"""Seconds for which the readers of the stories are not asked again."""


Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Online:
    """How many readers are online, None where it is not known or too few; whether that is approximate."""

    readers: int | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """`zone` is the site's, in which days begin; fewer readers than `least` are not published."""

    zone: ZoneInfo
    least: int = 5


class Counting:
    """The readers of one paper, as one process hears of them. `now` gives seconds since 1970."""

    def __init__(self, store: Store, rules: Rules, now: Callable[[], float], salts: Salts | None = None) -> None:
        self._store, self._rules, self.now, self.salts = store, rules, now, salts or Salts()
        self._waiting: list[tuple[Beat, asyncio.Future[Count]]] = []
        self._flush: asyncio.Task[None] | None = None
        self._at: Instant | None = None
        self._known_from: int | None = None
        self._asking = asyncio.Lock()
        self._stories: tuple[float, Mapping[str, int]] | None = None

    async def beat(self, address: Address, agent: str, story: str = "") -> Online:
        """Note a reader and tell how many there are. Raises StoreFailed, and then the reader was not noted."""
        at = self._get_instant()
        count = await self._submit(Beat(self.salts.make_pseudonyms(address, agent, at), story))
        if self._known_from is None or at.minute < self._known_from or count.readers < self._rules.least:
            return Online(None)
        return Online(count.readers, count.readers - count.addresses > count.readers * SHARED)

    def hash_line(self, address: Address) -> tuple[int, bytes]:
        """The minute, and the pseudonym of a subscriber's line, to bound what comes from it."""
        at = self._get_instant()
        return at.minute, self.salts.hash_line(address, at)

    async def most_read(self, stories: Iterable[str]) -> list[str]:
        """The stories that enough readers have read in the last 24 hours, the most read first. Raises StoreFailed."""
        known = list(stories)
        async with self._asking:
            now = self.now()
            if self._stories is None or not 0 <= now - self._stories[0] < KEPT:
                self._stories = now, await _wait_for(self._store.count_readers(known, self._get_instant()))
        readers = self._stories[1]
        enough = [story for story in known if readers.get(story, 0) >= self._rules.least]
        return sorted(enough, key=lambda story: -readers[story])

    async def is_well(self) -> bool:
        """Whether the store answers."""
        at = self._get_instant()
        try:
            await _wait_for(self._store.holds(at, self.salts.list_days(at)[0]))
        except StoreFailed:
            return False
        return True

    async def close(self) -> None:
        """Answer what waits, and close the store."""
        if self._flush is not None:
            await self._flush
        await self._store.close()

    def _get_instant(self) -> Instant:
        now = self.now()
        if self._at is None or self._at.minute != int(now // 60):
            self._at = make_instant(now, self._rules.zone)
        return self._at

    async def _submit(self, beat: Beat) -> Count:
        if len(self._waiting) >= MOST_WAITING:
            raise StoreFailed("too many readers wait for the store")
        answer: asyncio.Future[Count] = asyncio.get_running_loop().create_future()
        self._waiting.append((beat, answer))
        if self._flush is None:
            self._flush = asyncio.create_task(self._flush_all())
        return await answer

    async def _flush_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            waiting = [answer for _, answer in batch if not answer.done()]
            try:
                count = await _wait_for(self._note([beat for beat, _ in batch]))
            except Exception as error:  # noqa: BLE001 - who waits has to hear of it
                for answer in waiting:
                    answer.set_exception(error)
            else:
                for answer in waiting:
                    answer.set_result(count)
        self._flush = None

    async def _note(self, beats: list[Beat]) -> Count:
        at = self._get_instant()
        day = self.salts.list_days(at)[0]
        if self._known_from is None:
            self._known_from = at.minute + WINDOW if await self._store.holds(at, day) else at.minute
        return await self._store.add(beats, at, day)


async def _wait_for(answer: Awaitable[Answer]) -> Answer:
    try:
        return await asyncio.wait_for(answer, LIMIT)
    except TimeoutError:
        raise StoreFailed("the store is slow") from None
