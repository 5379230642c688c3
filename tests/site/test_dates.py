"""Dates as readers see them."""

from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from builders import NOW, moment, site_config
from newsgen.site.dates import format_date, format_mail_date, format_timestamp


@pytest.mark.parametrize(
    ("name", "vietnamese", "english"),
    [
        ("article", "Đăng ngày 07 - 08 - 2022", "Published 7 August 2022"),
        ("stamp", "07/08/2022 7:51 SA", "7 Aug 2022, 7:51 AM"),
        ("short", "07/08/2022", "7 Aug 2022"),
        ("long", "Chủ Nhật, 7 tháng 8, 2022", "Sunday, 7 August 2022"),
        ("month", "Tháng 8 năm 2022", "August 2022"),
    ],
)
def test_the_named_patterns(name, vietnamese, english):
    """Each pattern reads as a paper of that language writes it."""
    assert vietnamese == format_date(NOW, name, site_config())
    assert english == format_date(NOW, name, site_config("language: en")).replace("\u202f", " ")


@pytest.mark.parametrize(
    ("time", "stamp"),
    [
        ("2022-08-07 00:05", "07/08/2022 12:05 SA"),
        ("2022-08-07 12:00", "07/08/2022 12:00 CH"),
        ("2022-12-31 23:59", "31/12/2022 11:59 CH"),
    ],
)
def test_the_halves_of_the_day(time, stamp):
    """Midnight is 12 SA, noon 12 CH."""
    assert stamp == format_date(moment(time), "stamp", site_config())


def test_times_are_shown_in_the_sites_zone():
    """A time of another zone is turned into the paper's, over the edge of the year if need be."""
    assert "01/01/2023 6:59 SA" == format_date(datetime(2022, 12, 31, 23, 59, tzinfo=UTC), "stamp", site_config())


def test_a_plain_date_is_not_moved():
    """A date without a time stays its day in any zone."""
    assert "01/08/2022" == format_date(date(2022, 8, 1), "short", site_config("timezone: America/New_York"))


def test_a_sites_own_pattern_is_used():
    """newsgen.yaml has the last word."""
    assert "2022.08.07" == format_date(NOW, "short", site_config("dates: {short: yyyy.MM.dd}"))


@pytest.mark.parametrize("name", ["", "x", "__class__", "__struct_fields__"])
def test_an_unknown_pattern_is_a_key_error(name):
    """Only the patterns of newsgen.yaml have names."""
    with pytest.raises(KeyError):
        format_date(NOW, name, site_config())


def test_the_hour_that_comes_twice_is_told_twice():
    """Where clocks are put back, each of the two has its own offset, in whichever order they are asked for."""
    config = site_config("timezone: Europe/Berlin", "dates: {stamp: 'HH:mm Z'}")
    first, second = datetime(2022, 10, 30, 0, 30, tzinfo=UTC), datetime(2022, 10, 30, 1, 30, tzinfo=UTC)
    expected = ["02:30 +0200", "02:30 +0100", "02:30 +0200"]
    assert expected == [format_date(at, "stamp", config) for at in (first, second, first)]


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Asia/Ho_Chi_Minh", "1905-06-01", "1905-06-01T00:00:30+07:07"),
        ("America/New_York", "1880-01-01", "1880-01-01T00:00:02-04:56"),
        ("Asia/Ho_Chi_Minh", "2022-08-07", "2022-08-07T00:00:00+07:00"),
        ("Asia/Kathmandu", "2022-08-07", "2022-08-07T00:00:00+05:45"),
    ],
)
def test_programs_get_offsets_of_whole_minutes(zone, day, expected):
    """Moments before standard time are told at an offset that programs read, the same moment on the same day."""
    value = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))
    assert expected == format_timestamp(value)
    assert value == datetime.fromisoformat(format_timestamp(value))
    assert value == parsedate_to_datetime(format_mail_date(value))


@pytest.mark.parametrize("month", range(1, 13))
def test_a_mail_date_is_as_the_standard_library_writes_it(month):
    """In English, whatever the language of the paper, with two digits and the offset."""
    value = datetime(2022, month, month, 7, 5, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert format_datetime(value) == format_mail_date(value)


def test_equal_moments_keep_their_own_zone_and_offset():
    """A moment is told in its own zone, whatever equal one was told before, and each of two hours that come twice."""
    berlin, saigon = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Ho_Chi_Minh")
    moments = [datetime(2022, 10, 30, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1, 0)]
    moments += [datetime(2022, 7, 12, 0, 51, tzinfo=UTC).astimezone(zone) for zone in (UTC, saigon, berlin)]
    expected = ["2022-10-30T02:30:00+02:00", "2022-10-30T02:30:00+01:00", "2022-10-30T02:30:00+02:00"]
    expected += ["2022-07-12T00:51:00+00:00", "2022-07-12T07:51:00+07:00", "2022-07-12T02:51:00+02:00"]
    assert expected == [format_timestamp(at) for at in moments]


def test_every_zone_has_timestamps_that_programs_read():
    """In no zone and no year has an offset seconds."""
    found = {
        format_timestamp(datetime(year, 1, 1, tzinfo=ZoneInfo(zone)))[19:]
        for zone in sorted(available_timezones())
        for year in (1850, 1905, 1950, 2022)
    }
    assert {6} == set(map(len, found))
