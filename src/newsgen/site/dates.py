"""Dates as readers see them: the site's named patterns, its language, its zone. Pure functions of their arguments."""

from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import parse_pattern

from newsgen.config.settings import Config

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=64)
def _parse_pattern(pattern: str, language: str) -> tuple[object, Locale]:
    return parse_pattern(pattern), Locale.parse(language.replace("-", "_"))


def load_language(language: str) -> None:
    """Load the names of days and months: workers that are forked later have them too."""
    _ = Locale.parse(language.replace("-", "_")).months


def format_timestamp(value: date | datetime) -> str:
    """The moment for programs, as RFC 3339 writes it: 2022-08-07T07:51:00+07:00."""
    return _format_timestamp(value, value.fold, value.tzinfo) if isinstance(value, datetime) else value.isoformat()


@lru_cache(maxsize=8192)
def _format_timestamp(value: datetime, _fold: int, _zone: tzinfo | None) -> str:
    """A card's date stands on many pages. Two times that differ in `fold` or zone can be equal."""
    text = value.isoformat()
    return _use_whole_minutes(value).isoformat() if text[-9:-8] in ("+", "-") else text


def format_mail_date(value: datetime) -> str:
    """The moment as RFC 5322 writes it, for RSS: Sun, 07 Aug 2022 07:51:00 +0700."""
    value = _use_whole_minutes(value)
    return f"{_DAYS[value.weekday()]}, {value:%d} {_MONTHS[value.month - 1]} {value.year:04} {value:%H:%M:%S %z}"


def _use_whole_minutes(value: datetime) -> datetime:
    """The same moment at an offset of whole minutes, which programs read.

    Before standard time zones had offsets with seconds, such as +07:06:30. The next minute is taken, so that midnight
    stays on its day.
    """
    offset = value.utcoffset()
    if offset is None or not offset % timedelta(minutes=1):
        return value
    return value.astimezone(timezone(timedelta(minutes=-(-offset // timedelta(minutes=1)))))


def format_date(value: date | datetime, name: str, config: Config) -> str:
    """The date by a pattern of newsgen.yaml, such as `stamp`: 07/08/2022 7:51 SA.

    Raises:
        KeyError: when there is no pattern of that name.
    """
    if name not in config.dates.__struct_fields__:
        raise KeyError(name)
    pattern = getattr(config.dates, name)
    if not isinstance(value, datetime):
        return _format_date(value, pattern, config.language)
    return format_moment(value, value.fold, pattern, config.language, config.zone)


@lru_cache(maxsize=8192)
def _format_date(value: date, pattern: str, language: str) -> str:
    parsed, locale = _parse_pattern(pattern, language)
    return parsed.apply(value, locale)  # type: ignore[attr-defined, no-any-return]


@lru_cache(maxsize=8192)
def format_moment(value: datetime, _fold: int, pattern: str, language: str, zone: ZoneInfo) -> str:
    """A moment by a pattern, as clocks of the zone show it, given with its `fold`: times that differ in it are equal.

    The last ones are kept: a card's date stands on many pages.
    """
    parsed, locale = _parse_pattern(pattern, language)
    return parsed.apply(value.astimezone(zone), locale)  # type: ignore[attr-defined, no-any-return]
