"""Dates as readers see them: the site's named patterns, its language, its zone. Pure functions of their arguments."""

from datetime import date, datetime
from functools import lru_cache

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
    if isinstance(value, datetime):
        value = value.astimezone(config.zone)
    pattern, locale = _pattern(getattr(config.dates, name), config.language)
    return pattern.apply(value, locale)  # type: ignore[attr-defined, no-any-return]
