"""Dates as readers see them: the site's named patterns, its language, its zone. Pure functions of their arguments."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import parse_pattern

from newsgen.config import Config


@lru_cache(maxsize=64)
def _pattern(pattern: str, language: str) -> tuple[object, Locale]:
    return parse_pattern(pattern), Locale.parse(language.replace("-", "_"))


def format_date(value: date | datetime, name: str, config: Config) -> str:
    """The date by a pattern of newsgen.yaml, such as `stamp`: 07/08/2022 7:51 SA.

    Raises:
        KeyError: when there is no pattern of that name.
    """
    if name not in config.dates.__struct_fields__:
        raise KeyError(name)
    pattern = getattr(config.dates, name)
    if not isinstance(value, datetime):
        return _date(value, pattern, config.language)
    local = value.astimezone(config.zone)
    return _time(local.replace(tzinfo=None), local.fold, pattern, config.language, config.zone)


@lru_cache(maxsize=8192)
def _date(value: date, pattern: str, language: str) -> str:
    parsed, locale = _pattern(pattern, language)
    return parsed.apply(value, locale)  # type: ignore[attr-defined, no-any-return]


@lru_cache(maxsize=8192)
def _time(value: datetime, fold: int, pattern: str, language: str, zone: ZoneInfo) -> str:
    """What clocks of the zone show: a card's date stands on many pages. Two times that differ in `fold` are equal."""
    parsed, locale = _pattern(pattern, language)
    return parsed.apply(value.replace(tzinfo=zone, fold=fold), locale)  # type: ignore[attr-defined, no-any-return]
