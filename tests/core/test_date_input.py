"""The forms of a date, and nothing else."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import ZONE
from newsgen.core.date_input import DATE, FIRST_YEAR, LAST_YEAR, parse_moment
from newsgen.core.schema import FieldFault

DAYS = st.dates(date(FIRST_YEAR + 1, 1, 1), date(LAST_YEAR - 1, 12, 31))
TIMES = st.times().map(lambda time: time.replace(microsecond=0))
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59)
ZONES = st.sampled_from(["Asia/Ho_Chi_Minh", "America/New_York", "UTC", "Asia/Kathmandu"]).map(ZoneInfo)
OTHER_FORMS = ["", "2022", "2022-8-7", "07/08/2022", "2022/08/07", "20220807", "2022-08-07Z", "hôm nay", "-2022-08-07"]
OTHER_FORMS += [
    "2022-08-07 07",
    "2022-08-07 7:5",
    "2022-08-07T",
    "2022-08-07\xa007:51",
    "٢٠٢٢-٠٨-٠٧",
]
OTHER_FORMS += [
    "2022-08-07 07:51.5",
    "2022-08-07 07:51+700",
    "2022-08-07 07:51+7:0",
    "2022-08-07 07:51 GMT",
    "2022-08-07 07:51 utc",
    "2022-08-07 07:51 Asia/Tokyo",
]
NO_SUCH_DAY = ["2022-02-29", "2022-13-01", "2022-00-10", "0000-00-00", "1899-12-31", "2200-01-01"]
NO_SUCH_DAY += ["2022-08-07 24:00", "2022-08-07 07:60", "2022-08-07 07:51:60", "2022-08-07 07:51+24:00"]


def zone_text(minutes: int, colon: str) -> str:
    """An offset as typed, such as +07:00 or +0700."""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{colon}{abs(minutes) % 60:02}"


@given(DAYS, ZONES)
def test_a_date_alone_is_midnight_in_the_sites_zone(day, zone):
    """`YYYY-MM-DD` is the start of that day in the paper's zone."""
    assert datetime(day.year, day.month, day.day, tzinfo=zone) == parse_moment(day.isoformat(), zone).at


@given(DAYS, TIMES, st.sampled_from(" T"), st.booleans(), ZONES)
def test_a_time_without_a_zone_is_the_sites(day, time, between, seconds, zone):
    """`HH:MM` or `HH:MM:SS` after a space or a T is read in the paper's zone."""
    time = time if seconds else time.replace(second=0)
    text = f"{day}{between}{time.isoformat('seconds' if seconds else 'minutes')}"
    at = parse_moment(text, zone).at
    read_back = datetime.combine(day, time, zone).astimezone(UTC).astimezone(zone)
    assert read_back.replace(tzinfo=None) == at.replace(tzinfo=None)
    assert zone is at.tzinfo


@given(DAYS, TIMES, OFFSETS, st.sampled_from(["", ":"]), st.sampled_from(["", " "]), ZONES)
def test_a_time_with_a_zone_is_that_moment(day, time, minutes, colon, space, zone):
    """`+07:00` and `+0700`, with or without a space, name the moment; it is shown in the paper's zone."""
    at = parse_moment(f"{day} {time}{space}{zone_text(minutes, colon)}", zone).at
    assert datetime.combine(day, time, timezone(timedelta(minutes=minutes))).timestamp() == at.timestamp()
    assert zone is at.tzinfo


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2022-08-07", "2022-08-06 17:00"),
        ("2022-08-07 07:51", "2022-08-07 00:51"),
        ("2022-08-07T07:51:30", "2022-08-07 00:51:30"),
        ("2022-08-07 07:51Z", "2022-08-07 07:51"),
        ("2022-08-07 07:51 Z", "2022-08-07 07:51"),
        ("2022-08-07T07:51:00-0330", "2022-08-07 11:21"),
        ("2024-02-29 23:59:59 +00:00", "2024-02-29 23:59:59"),
        ("2013-12-02 7:37:00 -0400", "2013-12-02 11:37"),
        ("2015-03-17 14:00:00 -4", "2015-03-17 18:00"),
        ("2015-03-17 14:00:00 -4:30", "2015-03-17 18:30"),
        ("2022-08-07 07:51 +07", "2022-08-07 00:51"),
        ("2022-08-07 7:51 UTC", "2022-08-07 07:51"),
        ("2022-08-07t07:51:00z", "2022-08-07 07:51"),
        ("2022-08-07  07:51\t Z", "2022-08-07 07:51"),
        ("2025-06-16T12:07:21.171-04:00", "2025-06-16 16:07:21"),
        ("2001-12-14 21:59:43.10 -5", "2001-12-15 02:59:43"),
    ],
)
def test_dates(text, utc):
    """The listed forms, as moments."""
    assert datetime.fromisoformat(utc).replace(tzinfo=UTC) == parse_moment(text, ZONE).at


@pytest.mark.parametrize("text", [*OTHER_FORMS, *NO_SUCH_DAY])
def test_any_other_date_is_refused(text):
    """Nothing is guessed: other forms and days that do not exist are faults with a fix."""
    with pytest.raises(FieldFault) as caught:
        parse_moment(text, ZONE)
    assert caught.value.fix


@given(st.text(st.sampled_from("0123456789-:TZ +/."), max_size=26))
def test_a_text_is_a_date_only_in_the_listed_forms(text):
    """Whatever is read as a date starts with it, and a time has its minutes."""
    try:
        at = parse_moment(text, ZONE).at
    except FieldFault:
        return
    typed = text.strip()
    assert DATE.fullmatch(typed)
    day, _, clock = typed.partition("T") if "T" in typed else typed.partition(" ")
    assume(not re.search("[Z+-]", clock))
    hour, minute, second = (*re.findall(r"\d+", clock), "0", "0", "0")[:3]
    assert f"{day} {int(hour):02}:{int(minute):02}:{int(second):02}" == at.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (
            "12/07/2022",
            "write year first: `2022-07-12` if “12/07/2022” begins with the day, `2022-12-07` if with the month",
        ),
        (
            "7/8/2022 7:51 CH",
            (
                "write year first: `2022-08-07 19:51` if “7/8/2022 7:51 CH” begins with the day, `2022-07-08 19:51`"
                " if with the month"
            ),
        ),
        ("2022-02-30", "write a date that exists, such as `2022-02-28`"),
        ("2022-02-30 08:00", "write a date that exists, such as `2022-02-28`"),
        ("2022-08-07 07:61", "write a time from 00:00 to 23:59 and a zone from -23:59 to +23:59"),
        ("hôm nay", "write `2022-07-12`, `2022-07-12 07:51` or `2022-07-12T07:51:00+07:00`"),
        ("1/1/2022 " * 1000, "write `2022-07-12`, `2022-07-12 07:51` or `2022-07-12T07:51:00+07:00`"),
    ],
)
def test_a_date_in_another_order_gets_the_line_to_type(text, fix):
    """The fix shows the date as it must be written."""
    with pytest.raises(FieldFault) as caught:
        parse_moment(text, ZONE)
    assert fix == caught.value.fix


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022-7-1", "2022-07-01"),
        ("28/11/2026 8:00", "2026-11-28 08:00"),
        ("28-11-2026, 8:00", "2026-11-28 08:00"),
        ("7/7/2022", "2022-07-07"),
        ("28/11/2026 9h", "2026-11-28 09:00"),
        ("2026-11-28 8h30", "2026-11-28 08:30"),
        ("8h30 ngày 28/11/2026", "2026-11-28 08:30"),
        ("8 giờ 30, ngày 28 tháng 11 năm 2026", "2026-11-28 08:30"),
        ("28/11/2026 7:51 SA", "2026-11-28 07:51"),
        ("28/11/2026 7:51 CH", "2026-11-28 19:51"),
        ("2026-11-28 12:10 SA", "2026-11-28 00:10"),
        ("2026-11-28 12:10 PM", "2026-11-28 12:10"),
        ("2026-11-20\xa006:00", "2026-11-20 06:00"),
        ("2026-11-20\u200b 06:00", "2026-11-20 06:00"),
        ("2026-28-11", "2026-11-28"),
        ("‘2026-11-28’", "2026-11-28"),
        ("“28/11/2026 8:00”", "2026-11-28 08:00"),
        ("Thứ Bảy, 28/11/2026", "2026-11-28"),
        ("Chủ nhật, ngày 29/11/2026", "2026-11-29"),
        ("lúc 8h30 ngày 28/11/2026", "2026-11-28 08:30"),
        ("2026-12-31 24:00", "2027-01-01 00:00"),
        ("Jan 5, 2024", "2024-01-05"),
        ("5 January 2024 10:30", "2024-01-05 10:30"),
        ("Mon, 02 Jan 2006 15:04:05 -0700", "2006-01-02 15:04:05 -0700"),
        ("Mon, 02 Jan 2006 15:04:05 GMT", "2006-01-02 15:04:05Z"),
        ("2022-08-07 07:51 GMT+7", "2022-08-07 07:51 +7"),
        ("20220807", "2022-08-07"),
        ("2022/08/07 07:51", "2022-08-07 07:51"),
    ],
)
def test_a_date_that_can_mean_one_thing_only_is_written_out_in_the_fix(text, date):
    """The whole right date, with its time, is what to type, and it is read."""
    with pytest.raises(FieldFault) as caught:
        parse_moment(text, ZONE)
    assert (f"write `{date}`", date) == (caught.value.fix, caught.value.better)
    assert parse_moment(date, ZONE)


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2025-03-30 01:30", "Europe/London", "2025-03-30T02:30:00+01:00"),
        ("2019-09-08", "America/Santiago", "2019-09-08T01:00:00-03:00"),
        ("2025-10-26 01:30", "Europe/London", "2025-10-26T01:30:00+01:00"),
    ],
)
def test_an_hour_that_the_clocks_leave_out_has_another_name(text, zone, expected):
    """A time that no clock showed is told as one that reads back the same; one that came twice is the first."""
    assert expected == parse_moment(text, ZoneInfo(zone)).at.isoformat()
