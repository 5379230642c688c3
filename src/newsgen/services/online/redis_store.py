"""The count in Redis or Valkey: a HyperLogLog for each minute and for each hour of a story. All of it expires."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from newsgen.services.online.pseudonyms import WINDOW, Instant
from newsgen.services.online.store import HOURS, Beat, Count, StoreFailed

LIMIT = 2.0
"""Seconds that the store may take to answer."""

CONNECTIONS = 4
LIFE = (WINDOW + 1) * 60
"""Seconds that a minute is kept."""
STORY_LIFE = (HOURS + 1) * 3600
"""Seconds that an hour of a story is kept."""


NOTE = """
local written, at = tonumber(ARGV[1]), 2
for i = 1, written do
  local last = at + 1 + tonumber(ARGV[at + 1])
  redis.call('PFADD', KEYS[i], unpack(ARGV, at + 2, last))
  redis.call('EXPIRE', KEYS[i], ARGV[at])
  at = last + 1
end
local middle = written + (#KEYS - written) / 2
return {redis.call('PFCOUNT', unpack(KEYS, written + 1, middle)), redis.call('PFCOUNT', unpack(KEYS, middle + 1))}
"""
"""Notes pseudonyms and counts two windows. KEYS: those that get pseudonyms, then the windows, as many for each. ARGV:
how many get pseudonyms, then for each its seconds of life, the number of its pseudonyms, and these. The same as single
commands, each with its answer to read, takes half as long again."""


class RedisStore:
    """An estimate, within 1 % as a rule, that several processes may share. Each `paper` has its own keys."""

    def __init__(self, url: str, paper: str) -> None:
        """Make the store of a paper; nothing is asked yet. Raises ValueError for an address that is none."""
        self._redis = Redis.from_url(
            url,
            socket_timeout=LIMIT,
            socket_connect_timeout=LIMIT,
            max_connections=CONNECTIONS,
            retry=Retry(NoBackoff(), 1),
        )
        self._note = self._redis.register_script(NOTE)
        self._prefix = f"newsgen:{{{paper}}}"

    async def add(self, beats: Sequence[Beat], at: Instant, day: int) -> Count:
        """Note the beats and count, in one step."""
        pseudonyms: dict[tuple[str, int], set[bytes]] = defaultdict(set)
        for beat in beats:
            for pseudonym in beat.pseudonyms:
                pseudonyms[self._key("readers", pseudonym.day, at.minute), LIFE].add(pseudonym.reader)
                pseudonyms[self._key("addresses", pseudonym.day, at.minute), LIFE].add(pseudonym.address)
            if beat.story:
                pseudonyms[self._key("story", at.minute // 60, beat.story), STORY_LIFE].add(beat.pseudonyms[-1].reader)
        given: list[int | bytes] = [len(pseudonyms)]
        for (_, life), found in pseudonyms.items():
            given += [life, len(found), *found]
        written = [key for key, _ in pseudonyms]
        keys = [*written, *self._window("readers", at, day), *self._window("addresses", at, day)]
        try:
            readers, addresses = await self._note(keys, given)
        except (RedisError, OSError) as error:
            raise StoreFailed(str(error)) from error
        return Count(readers, addresses)

    async def holds(self, at: Instant, day: int) -> bool:
        """Whether there is a minute of the window."""
        try:
            return bool(await self._redis.exists(*self._window("readers", at, day)))
        except (RedisError, OSError) as error:
            raise StoreFailed(str(error)) from error

    async def count_readers(self, stories: Collection[str], at: Instant) -> Mapping[str, int]:
        """How many readers each story had, whoever read it at several hours of a day counted once."""
        last = at.minute // 60
        pipe = self._redis.pipeline(transaction=False)
        for story in stories:
            pipe.pfcount(*(self._key("story", hour, story) for hour in range(last - HOURS + 1, last + 1)))
        try:
            counts = await pipe.execute() if stories else []
        except (RedisError, OSError) as error:
            raise StoreFailed(str(error)) from error
        return {story: count for story, count in zip(stories, counts, strict=True) if count}

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    def _window(self, name: str, at: Instant, day: int) -> Iterator[str]:
        return (self._key(name, day, minute) for minute in range(at.minute - WINDOW + 1, at.minute + 1))

    def _key(self, name: str, period: int, rest: int | str) -> str:
        return f"{self._prefix}:{name}:{period}:{rest}"
