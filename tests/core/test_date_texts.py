"""Sixty date texts, on machines in five zones, for papers in five zones: the moment is the text's and the paper's."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from newsgen.core.date_input import parse_moment
from newsgen.core.schema import FieldFault

ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/St_Johns", "Pacific/Kiritimati", "Europe/Berlin")
"""+0, +7, −3:30 with summer time, +14, +1 with summer time."""

MACHINES = ("UTC", "Asia/Ho_Chi_Minh", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu")

ZONED = {
    "2022-07-12 07:51Z": "2022-07-12 07:51:00",
    "2022-07-12T07:51Z": "2022-07-12 07:51:00",
    "2022-07-12 07:51 Z": "2022-07-12 07:51:00",
    "2022-07-12 07:51:30Z": "2022-07-12 07:51:30",
    "2022-07-12 07:51+07:00": "2022-07-12 00:51:00",
    "2022-07-12T07:51+07:00": "2022-07-12 00:51:00",
    "2022-07-12 07:51 +07:00": "2022-07-12 00:51:00",
    "2022-07-12 07:51+0700": "2022-07-12 00:51:00",
    "2022-07-12T07:51:00 +0700": "2022-07-12 00:51:00",
    "2022-01-01 00:00+07:00": "2021-12-31 17:00:00",
    "2021-12-31 23:59:59+07:00": "2021-12-31 16:59:59",
    "2021-12-31 23:59:59-03:30": "2022-01-01 03:29:59",
    "2022-01-01T00:00:00+14:00": "2021-12-31 10:00:00",
    "2024-02-29 00:00-0330": "2024-02-29 03:30:00",
    "2024-03-01 00:00+14:00": "2024-02-29 10:00:00",
    "2022-07-12 07:51-00:00": "2022-07-12 07:51:00",
    "1900-01-01 12:00Z": "1900-01-01 12:00:00",
    "2199-12-31 23:59:59Z": "2199-12-31 23:59:59",
    " 2022-07-12 07:51Z ": "2022-07-12 07:51:00",
    "2022-07-12 07:51+23:59": "2022-07-11 07:52:00",
}
"""Texts with a zone, and their moments in UTC."""

PLAIN = {
    "2022-07-12": "00:00 07:00 02:30 14:00 02:00",
    "2022-07-12 00:00": "00:00 07:00 02:30 14:00 02:00",
    "2022-07-12 07:51": "00:00 07:00 02:30 14:00 02:00",
    "2022-07-12T07:51": "00:00 07:00 02:30 14:00 02:00",
    "2022-07-12 07:51:30": "00:00 07:00 02:30 14:00 02:00",
    "2022-07-12T23:59:59": "00:00 07:00 02:30 14:00 02:00",
    "2022-12-31 23:59:59": "00:00 07:00 03:30 14:00 01:00",
    "2023-01-01": "00:00 07:00 03:30 14:00 01:00",
    "2023-01-01 00:00:00": "00:00 07:00 03:30 14:00 01:00",
    "2024-02-29": "00:00 07:00 03:30 14:00 01:00",
    "2024-02-29 23:59:59": "00:00 07:00 03:30 14:00 01:00",
    "2022-03-27 01:59:59": "00:00 07:00 02:30 14:00 01:00",
    "2022-03-27 03:00": "00:00 07:00 02:30 14:00 02:00",
    "2022-10-30 02:30": "00:00 07:00 02:30 14:00 02:00",
    "2022-10-30 03:00": "00:00 07:00 02:30 14:00 01:00",
}
"""Texts without a zone, and how far each of ZONES is from UTC then: behind it at St. John's, before it elsewhere."""

REFUSED = ["2024-02-30", "2023-02-29", "2022-04-31", "2022-00-12", "2022-13-12", "2022-07-00", "1899-12-31"]
REFUSED += ["2200-01-01", "2022-07-12 24:00", "2022-07-12 07:60", "2022-07-12 07:51:60", "2022-7-12", "12/07/2022"]
REFUSED += ["2022-07-12 7:5", "2022-07-12 07:51+700", "2022-07-12 07:51+24:00", "2022-07-12Z", "2022-07-12 07:51 SA"]
REFUSED += ["2022-07-12 07:51.5", "2022-07-12 07:51 GMT", "2022-W28-2", "2022-193", "1657583460", "hôm nay", ""]


@pytest.fixture(params=MACHINES)
def machine(request, monkeypatch):
    """A machine whose clock stands in this zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def offset(number: int, text: str) -> str:
    """How far ZONES[number] is from UTC, as a date writes it."""
    return f"{'-' if ZONES[number] == 'America/St_Johns' else '+'}{text}"


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("zone", ZONES)
def test_a_text_with_a_zone_is_one_moment(zone):
    """Neither the machine nor the paper moves it; the paper shows it in its own zone."""
    expected = {text: datetime.fromisoformat(utc).replace(tzinfo=UTC) for text, utc in ZONED.items()}
    found = {text: parse_moment(text, ZoneInfo(zone)).at for text in ZONED}
    assert expected == found
    assert {zone} == {str(at.tzinfo) for at in found.values()}


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("number", range(len(ZONES)), ids=ZONES)
def test_a_text_without_a_zone_is_the_papers(number):
    """The hands of the paper's clock show what was typed, whatever the machine's zone is."""
    for text, offsets in PLAIN.items():
        day, _, hours = text.replace("T", " ").partition(" ")
        expected = datetime.fromisoformat(f"{day} {hours or '00:00'}{offset(number, offsets.split()[number])}")
        assert expected.timestamp() == parse_moment(text, ZoneInfo(ZONES[number])).at.timestamp(), text


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("zone", ZONES)
def test_other_texts_are_refused_everywhere(zone):
    """No zone makes a date of what is none, and the fix is the same."""
    fixes = []
    for text in REFUSED:
        with pytest.raises(FieldFault) as caught:
            parse_moment(text, ZoneInfo(zone))
        fixes.append(caught.value.fix)
    assert all(fixes)


def test_there_are_sixty():
    """The table is as long as it says, and no text stands twice."""
    assert len({*ZONED, *PLAIN, *REFUSED}) == len(ZONED) + len(PLAIN) + len(REFUSED) == 60
