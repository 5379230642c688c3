"""The time of an entry of a live story, as an editor types it before the title: `14:05 Nước rút`."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_DAY = (
    r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2})[/-](?P<month2>\d{1,2})(?:[/-](?P<year2>\d{4}))?)[T ,]+"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"|(?:h|\s?giờ\s?)(?P<minute2>\d{2})?)"
)
_TIME = re.compile(rf"(?:{_DAY})?{_CLOCK}(?=\s|$)\s*(?P<title>.*)", re.DOTALL | re.IGNORECASE)


class EntryTime(NamedTuple):
    """The moment of an entry, and the title behind it."""

    at: datetime
    title: str


def read_entry_time(words: str, start: datetime) -> EntryTime | None:
    """The time and the title of an entry; None where no time that a clock shows stands first.

    Without a day it is that of `start`; a day without a year is the first such day from there on.
    """
    found = _TIME.fullmatch(words.strip())
    if found is None:
        return None
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    minute = int(found["minute2"] or minute)
    day = found["day"] or found["day2"]
    try:
        at = start.replace(hour=hour, minute=minute, second=second, microsecond=0)
        if day:
            month = int(found["month"] or found["month2"])
            typed = found["year"] or found["year2"]
            at = at.replace(year=int(typed or start.year), month=month, day=int(day))
            if not typed and at < start - timedelta(days=180):
                at = at.replace(year=at.year + 1)
        at = at.astimezone(UTC).astimezone(start.tzinfo)  # an hour that summer time skips becomes a later one
    except (ValueError, OverflowError):
        return None
    return EntryTime(at, found["title"].strip())
