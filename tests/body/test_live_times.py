"""Times of entries of live stories, as editors type them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from builders import moment
from newsgen.body.live.times import read_entry_time

START = moment("2022-12-31 13:00")


@pytest.mark.parametrize(
    ("typed", "at", "title"),
    [
        ("14:05", "2022-12-31 14:05", ""),
        ("14:05 Nước rút", "2022-12-31 14:05", "Nước rút"),
        ("9:05:30 A", "2022-12-31 09:05:30", "A"),
        ("14h05 A", "2022-12-31 14:05", "A"),
        ("14H A", "2022-12-31 14:00", "A"),
        ("14 giờ 05 A", "2022-12-31 14:05", "A"),
        ("14 giờ 12 xã", "2022-12-31 14:12", "xã"),
        ("2022-12-30 7:00 A", "2022-12-30 07:00", "A"),
        ("1/1/2023 7:00 A", "2023-01-01 07:00", "A"),
        ("1/1 7:00 A", "2023-01-01 07:00", "A"),
        ("30-12, 7:00 A", "2022-12-30 07:00", "A"),
        ("00:00 7:51 là giờ hẹn", "2022-12-31 00:00", "7:51 là giờ hẹn"),
    ],
)
def test_times_are_read(typed: str, at: str, title: str) -> None:
    """With and without a day; a day without a year is in the year of the report, or in the next one."""
    found = read_entry_time(typed, START)
    assert found is not None
    assert (moment(at), title) == (found.at, found.title)


@pytest.mark.parametrize(
    "typed", ["", "Nước rút", "25:00 A", "14:60", "14:5 A", "14 A", "14:05A", "31/2 7:00", "1/13 7:00"]
)
def test_what_is_no_time(typed: str) -> None:
    """A text without a time, and times that no clock shows."""
    assert read_entry_time(typed, START) is None


def test_an_hour_that_summer_time_skips() -> None:
    """It is a later one, as everywhere in newsgen."""
    berlin = ZoneInfo("Europe/Berlin")
    found = read_entry_time("02:30", datetime(2022, 3, 27, 1, 0, tzinfo=berlin))
    assert found is not None
    assert found.at.isoformat() == "2022-03-27T03:30:00+02:00"
