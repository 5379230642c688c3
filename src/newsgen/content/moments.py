"""A date as an editor types it → a moment, aware, in the site's zone."""

import re
from calendar import monthrange
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
        at = at.astimezone(UTC).astimezone(zone)  # an hour that the clocks leave out has another name there
    except (ValueError, OverflowError):
        fix = _existing(int(year), int(month), int(day))
        raise FieldFault(f"is not in the calendar: “{text}”", fix) from None
    return Moment(at)


def _date_hint(text: str) -> str:
    text = re.sub(r"\s*(SA|AM)$", "", text, flags=re.IGNORECASE)
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ,]+(.*))?", text, re.ASCII):
        first, second, year, rest = int(match[1]), int(match[2]), match[3], f" {match[4]}" if match[4] else ""
        day_first, month_first = (f"{year}-{m:02}-{d:02}{rest}" for m, d in ((second, first), (first, second)))
        if second > 12 or first == second:
            return f"write year first: `{month_first}`"
        if first > 12:
            return f"write year first: `{day_first}`"
        return f"write year first: `{day_first}` if “{text}” begins with the day, `{month_first}` if with the month"
    form = r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[Tt ,]+(\d{1,2})[:hg.](\d{2})(:\d{2})?)?"
    if match := re.fullmatch(form, text, re.ASCII):
        year, month, day, hour, minute, second_ = match.groups()
        time = f" {hour:0>2}:{minute}{second_ or ''}" if hour else ""
        return f"write two digits each: `{year}-{month:0>2}-{day:0>2}{time}`"
    return "write `2022-07-12`, `2022-07-12 07:51` or `2022-07-12T07:51:00+07:00`"


def _existing(year: int, month: int, day: int) -> str:
    """What to write for a day that the calendar has not: the last one of its month."""
    if not 1 <= month <= 12 or day < 1:
        return "write a date that exists"
    last = monthrange(year, month)[1]
    return f"write a date that exists, such as `{year}-{month:02}-{min(day, last):02}`"
