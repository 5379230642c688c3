"""Dates in the cells of a file: read as they are typed, and written as the paper writes short dates."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PARTED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<first>\d{1,2})/(?P<last>\d{4})")

MONTH_PATTERNS = {"vi": "M/yyyy"}
"""How months are written (Unicode LDML); where a language is missing, as in English."""


def read_days(texts: Sequence[str]) -> list[date] | None:
    """The days that all these texts are; None where one is none.

    `5/3/2026` is the fifth of March, unless one of them can only be read with the month first.
    """
    orders = [(3, 2, 1), (3, 1, 2)]
    found: list[list[date]] = [[], []]
    for text in texts:
        iso, parted = _ISO.fullmatch(text), _PARTED.fullmatch(text)
        if iso is not None:
            days = [_make_day(*map(int, iso.groups()))] * 2
        elif parted is not None:
            numbers = int(parted[1]), int(parted[3]), int(parted[4])
            days = [_make_day(*(numbers[place - 1] for place in order)) for order in orders]
        else:
            return None
        for known, day in zip(found, days, strict=True):
            known.extend([day] if day is not None else [])
    return next((known for known in found if len(known) == len(texts)), None)


def read_months(texts: Sequence[str]) -> list[date] | None:
    """The first days of the months that all these texts are, such as 2026-03 or 3/2026; None where one is none."""
    found = []
    for text in texts:
        typed = _MONTH.fullmatch(text)
        year, month = (typed["year"] or typed["last"], typed["month"] or typed["first"]) if typed else ("", "")
        day = _make_day(int(year), int(month), 1) if typed else None
        if day is None:
            return None
        found.append(day)
    return found


def write_date(day: date, pattern: str, language: str) -> str:
    """A date by a pattern of newsgen.yaml."""
    from babel.dates import format_datetime  # start-up: few papers show tables

    return format_datetime(
        datetime(day.year, day.month, day.day, tzinfo=UTC), pattern, None, language.replace("-", "_")
    )


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
