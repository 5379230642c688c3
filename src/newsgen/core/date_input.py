"""A date as an editor types it → a moment, aware, in the site's zone."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

from newsgen.core.errors import name_character
from newsgen.core.messages import IT, Message, say
from newsgen.core.schema import FieldFault

_ZONE = r"(?P<zone>[Zz]|UTC|[+-](?:\d{2}:?[0-5]\d|\d{1,2}(?::[0-5]\d)?))"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d*)?)?"
DATE = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?:(?:[Tt]|[ \t]+){_CLOCK}(?:[ \t]*{_ZONE})?)?", re.ASCII
)
"""The forms of YAML 1.1's timestamps, of TOML and of RFC 3339, with seconds and zones that may be shorter."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST = 80
"""No date is guessed from a text of more characters."""
_QUOTES = "\"'“”„‟‘’‚‛«»`´ \t\n\xa0"
"""Characters that may surround a date: YAML takes only straight quotes for quotes."""
_FORMS = say("write `2022-07-12`, `2022-07-12 07:51` or `2022-07-12T07:51:00+07:00`")


class Moment:
    """A date or date-time, aware, in the site's zone. No dataclass: msgspec would read a mapping instead of a text."""

    __slots__ = ("at",)

    def __init__(self, at: datetime) -> None:
        self.at = at


def parse_moment(value: object, zone: ZoneInfo) -> Moment:
    """The moment that a text names, to the second; in `zone` where the text has no zone.

    Raises:
        FieldFault: for any other form, an impossible date, or a year outside 1900-2199.
    """
    text = value.strip(" \t\n") if isinstance(value, str) else ""
    match = DATE.fullmatch(text)
    if match is None:
        odd = next((c for c in text if not c.isascii() and (c.isspace() or not c.isprintable())), "")
        what = say("`{name}` is not a date: “{text}”", name=IT, text=text)
        if odd:
            values = {"name": IT, "text": text, "character": name_character(odd)}
            what = say("`{name}` is not a date: “{text}”, which holds {character}", **values)
        raise _make_fault(what, text)
    if not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
        values = {"name": IT, "first": str(FIRST_YEAR), "last": str(LAST_YEAR), "text": text}
        raise FieldFault(say("`{name}` has a year outside {first}-{last}: “{text}”", **values), say("correct the year"))
    try:
        return Moment(_to_moment(match, zone))
    except (ValueError, OverflowError):
        raise _make_fault(say("`{name}` is not in the calendar: “{text}”", name=IT, text=text), text) from None


def _to_moment(match: re.Match[str], zone: ZoneInfo) -> datetime:
    numbers = (int(match[part] or 0) for part in ("year", "month", "day", "hour", "minute", "second"))
    naive = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001 - the zone follows
    at = naive.replace(tzinfo=_read_offset(match["zone"]) if match["zone"] else zone)
    return at.astimezone(UTC).astimezone(zone)  # an hour that summer time skips becomes a later one


def _read_offset(text: str) -> timezone:
    """The offset that `Z`, `UTC`, `-4`, `+0700` or `+07:00` names."""
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if text[0] == "-" else offset)


def _make_fault(what: Message, text: str) -> FieldFault:
    """The fault of a text, with the date to write where there is only one that it can mean."""
    visible = "".join(c for c in text if c.isspace() or c.isprintable()).strip(_QUOTES)
    meant = list(dict.fromkeys(_guess_dates(" ".join(visible.split())))) if len(text) <= LONGEST else []
    if len(meant) == 1:
        return FieldFault(what, say("write `{name}`", name=meant[0]), meant[0])
    if meant:
        day, month = meant
        fix = say(
            "write year first: `{day}` if “{text}” begins with the day, `{month}` if with the month",
            day=day,
            text=text,
            month=month,
        )
        return FieldFault(what, fix)
    if match := DATE.fullmatch(text):
        return FieldFault(what, _suggest_existing(match))
    return FieldFault(what, _FORMS)


def _suggest_existing(match: re.Match[str]) -> Message:
    """The fix for a day that is not in the calendar, or a time that does not exist."""
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if not 1 <= month <= 12 or day < 1:
        return say("write a date that exists")
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    if day > last:
        return say("write a date that exists, such as `{day}`", day=f"{year}-{month:02}-{last:02}")
    return say("write a time from 00:00 to 23:59 and a zone from -23:59 to +23:59")


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?"
_BEFORE = re.compile(r"(?:(?:lúc|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?:, ?| ))*")
"""Words before a Vietnamese date that add nothing to it."""
_DAYS = [
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    r"(?P<year>\d{4}) ?[-/.] ?(?P<month>\d{1,2}) ?[-/.] ?(?P<day>\d{1,2})",
    r"(?:ngày )?(?P<first>\d{1,2}) ?[-/.] ?(?P<other>\d{1,2}) ?[-/.] ?(?P<year>\d{4})",
    r"(?:ngày )?(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}),? (?:năm )?(?P<year>\d{4})",
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH},?[ -](?P<year>\d{{4}})",
    rf"{_WEEKDAY}{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
]
_TIME = (
    r"(?P<hour>\d{1,2})(?:(?: ?[:hg.] ?| giờ ?)(?P<minute>\d{2})?(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?p?)?"
    r"(?: ?(?P<half>sa|ch|am|pm|a\.m\.|p\.m\.|sáng|chiều|tối)(?!\w))?"
    r"(?: ?(?P<zone>z|(?:utc|gmt)?[+-]\d{1,2}(?::?[0-5]\d)?|utc|gmt))?"
)
_HAS_CLOCK = re.compile(r"\d ?[:hg.]|giờ|sa|ch|[ap]\.?m|sáng|tối")


@cache
def _other_forms() -> tuple[re.Pattern[str], ...]:
    """Other forms of dates, compiled only when a date is refused: that takes 5 ms."""
    pairs = (
        (rf"{day}(?:(?: ?[t,] ?| )(?P<clock>{_TIME}))?", rf"(?P<clock>{_TIME})(?:, ?| )(?:ngày )?{day}")
        for day in _DAYS
    )
    return tuple(re.compile(form, re.ASCII) for pair in pairs for form in pair)


def _guess_dates(text: str) -> Iterator[str]:
    """The dates that a text in another form can mean, in the form to write: two where day and month may be swapped."""
    if _is_date(text):
        yield text
        return
    low = _BEFORE.sub("", text.casefold())
    for form in _other_forms():
        match = form.fullmatch(low)
        if match is None:
            continue
        clock = ""
        if match["clock"] is not None:
            clock = f" {_read_clock(match)}" if _HAS_CLOCK.search(match["clock"]) else "?"
        for year, month, day in _read_days(match):
            whole = f"{year:04}-{month:02}-{day:02}{clock}"
            if clock == " 24:00":
                whole = f"{date(year, month, day) + timedelta(days=1)} 00:00"
            if _is_date(whole):
                yield whole


def _read_days(match: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    """The existing days (year, month, day) that a match can mean: day before month first."""
    found = match.groupdict()
    year = int(found["year"])
    if found.get("first"):
        pairs = [(int(found["other"]), int(found["first"])), (int(found["first"]), int(found["other"]))]
    elif found.get("name"):
        pairs = [(_MONTHS.index(found["name"]) + 1, int(found["day"]))]
    else:
        month, day = int(found["month"]), int(found["day"])
        pairs = [(month, day) if month <= 12 else (day, month)]
    for month, day in pairs:
        try:
            date(year, month, day)
        except ValueError:
            continue
        yield year, month, day


def _read_clock(match: re.Match[str]) -> str:
    """The time of day of a match with its zone, in the form to write."""
    hour, half, zone = int(match["hour"]), match["half"] or "", (match["zone"] or "").replace("gmt", "utc")
    if half.startswith(("c", "p", "t")):
        hour = hour % 12 + 12 if hour <= 12 else hour
    elif half and hour == 12:
        hour = 0
    second = f":{match['second']}" if match["second"] else ""
    zone = zone.upper() if zone in ("", "z", "utc") else f" {zone.removeprefix('utc')}"
    return f"{hour:02}:{match['minute'] or '00'}{second}{'Z' if zone in ('Z', 'UTC') else zone}"


def _is_date(text: str) -> bool:
    match = DATE.fullmatch(text)
    if match is None or not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
        return False
    try:
        _to_moment(match, ZoneInfo("UTC"))
    except (ValueError, OverflowError):
        return False
    return True
