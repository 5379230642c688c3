"""A date as an editor types it → a moment, aware, in the site's zone."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from newsgen.schema import FieldFault

DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?: ?(Z|[+-]\d{2}:?[0-5]\d))?)?", re.ASCII
)
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Moment:
    """A date or date-time, aware, in the site's zone."""

    __slots__ = ("at",)

    def __init__(self, at: datetime) -> None:
        self.at = at


def parse_moment(value: object, zone: ZoneInfo) -> Moment:
    """The moment that a text names; without a zone of its own it is in `zone`.

    Raises:
        FieldFault: for any other form, an impossible date, or a year outside 1900-2199.
    """
    text = value.strip() if isinstance(value, str) else ""
    match = DATE.fullmatch(text)
    if match is None:
        raise FieldFault(f"is not a date: “{text}”", _date_hint(text))
    year, month, day, hour, minute, second, offset = match.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise FieldFault(f"has a year outside {FIRST_YEAR}-{LAST_YEAR}: “{text}”", "correct the year")
    numbers = (int(part or 0) for part in (year, month, day, hour, minute, second))
    try:
        naive = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001 - the zone follows
        if offset is None:
            at = naive.replace(tzinfo=zone)
        else:
            at = datetime.fromisoformat(f"{naive.isoformat()}{offset}").astimezone(zone)
        at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise FieldFault(f"is not in the calendar: “{text}”", "write a date that exists") from None
    return Moment(at)


def _date_hint(text: str) -> str:
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(.*)", text):
        day, month, year, rest = match.groups()
        return f"write year first: `{year}-{month:0>2}-{day:0>2}{rest}` if the day comes first in “{text}”"
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2})[:hg.](\d{2})(:\d{2})?)?", text):
        year, month, day, hour, minute, second = match.groups()
        time = f" {hour:0>2}:{minute}{second or ''}" if hour else ""
        return f"write two digits each: `{year}-{month:0>2}-{day:0>2}{time}`"
    return "write `2022-07-12`, `2022-07-12 07:51` or `2022-07-12T07:51:00+07:00`"
