"""Pseudonyms of readers: keyed hashes of address and browser. The key, a salt, changes daily and is stored nowhere."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import NewType
from zoneinfo import ZoneInfo

WINDOW = 5
"""Minutes: a reader is online who was heard of in the last so many."""

SALT = 32
"""Bytes of a salt."""

PSEUDONYM = 8
"""Bytes of a pseudonym. Two of 50,000 readers get the same one once in ten billion days."""

LINE = 8
"""Bytes of an IPv6 address that name a subscriber's line; the rest its owner may choose."""

AGENT = 512
"""Characters of a browser's name that count."""

Address = NewType("Address", bytes)
"""An address in network order: 4 bytes, or 16 of IPv6."""


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """A reader under the salt of one day. `day` counts days and names the salt; `address` is the address alone."""

    day: int
    reader: bytes
    address: bytes


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment as the count needs it: the minute since 1970, and in the site's zone the day and the minute of it."""

    minute: int
    day: int
    minute_of_day: int


def make_instant(now: float, zone: ZoneInfo) -> Instant:
    """The instant of a time in seconds since 1970."""
    local = datetime.fromtimestamp(now, zone)
    return Instant(int(now // 60), local.toordinal(), local.hour * 60 + local.minute)


class Salts:
    """The salts of today and, while its last readers are still counted, of yesterday. They are in memory only."""

    def __init__(self, random: Callable[[int], bytes] = os.urandom) -> None:
        self._random = random
        self._salts: dict[int, bytes] = {}

    def list_days(self, at: Instant) -> tuple[int, ...]:
        """The days under whose salts a reader is marked now; the first is the one that is counted.

        In the first minutes of a day yesterday's salt goes on, for only it knows whom it has seen. Today's is used
        beside it, and knows everybody by the time it takes over. So nobody is counted twice.
        """
        yesterday = at.day - 1
        days = (yesterday, at.day) if at.minute_of_day < WINDOW and yesterday in self._salts else (at.day,)
        if self._salts.keys() != set(days):
            self._salts = {day: self._salts.get(day) or self._random(SALT) for day in days}
        return days

    def make_pseudonyms(self, address: Address, agent: str, at: Instant) -> tuple[Pseudonym, ...]:
        """The pseudonyms of a reader, one for each of `list_days`."""
        name = agent[:AGENT].encode("utf-8", "replace")
        return tuple(
            Pseudonym(day, _hash(salt, b"reader", address, name), _hash(salt, b"address", address))
            for day, salt in ((day, self._salts[day]) for day in self.list_days(at))
        )

    def hash_line(self, address: Address, at: Instant) -> bytes:
        """The pseudonym of a subscriber's line, to bound what comes from it."""
        today = self.list_days(at)[-1]
        return _hash(self._salts[today], b"line", address[:LINE])


def _hash(salt: bytes, *values: bytes) -> bytes:
    return blake2b(b"\0".join(values), digest_size=PSEUDONYM, key=salt).digest()
