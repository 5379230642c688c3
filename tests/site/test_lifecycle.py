"""The moments at which the paper changes by itself."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from builders import NOW, manuscript, moment
from newsgen.model.manuscripts import Correction
from newsgen.site.lifecycle import APPEARS, find_span, list_instants


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([], ("", "")),
        (["2022-08-01"], ("2022-08-03", "")),
        (["2022-09-01"], ("", "2022-09-01")),
        (["2022-08-01", "2022-08-04", "2022-09-01", "2022-10-01"], ("2022-08-06", "2022-09-01")),
        (["2022-08-07 07:51"], ("2022-08-07 07:51", "2022-08-09 07:51")),
        (["2022-08-07 07:52"], ("", "2022-08-07 07:52")),
    ],
)
def test_the_span_lies_between_two_instants(dates, expected):
    """The last instant not after now and the first after it are told, None where there is none.

    A story makes two: when it appears, and when it leaves the news sitemap 48 hours later.
    """
    found = find_span([manuscript(date=moment(date)) for date in dates], NOW)
    assert tuple(moment(text) if text else None for text in expected) == found


def test_the_end_of_a_story_is_an_instant_too():
    """A story that expires ends the span; a page of content/pages/, which has no date, does not."""
    stories = [manuscript(date=moment("2022-08-01"), expires=moment("2022-08-08")), manuscript("pages/a.md")]
    assert (moment("2022-08-03"), moment("2022-08-08")) == find_span(stories, NOW)


MINUTES = st.integers(-5, 5).map(lambda minutes: NOW + timedelta(minutes=minutes))


CORRECTION = st.builds(Correction, MINUTES, st.sampled_from(sorted(APPEARS)), st.just("x"))


def story(**fields):
    """A manuscript with these fields."""
    return structs.replace(manuscript(), **fields)


STORY = st.builds(
    story,
    date=MINUTES,
    embargo=st.none() | MINUTES,
    expires=st.none() | MINUTES,
    updated=st.none() | MINUTES,
    pin_until=st.none() | MINUTES,
    pinned=st.booleans(),
    is_draft=st.booleans(),
    is_withdrawn=st.booleans(),
    corrections=st.lists(CORRECTION, max_size=2).map(tuple),
)


@given(STORY)
def test_every_instant_ends_a_span(one):
    """Whatever readers would see happen lies at the end of a span, so that no run overlooks it."""
    for instant in list_instants([one]):
        assert instant.at == find_span([one], instant.at)[0], instant.what
        assert instant.at == find_span([one], instant.at - timedelta(seconds=1))[1], instant.what


def happens(**fields):
    """What happens to a story with these fields, in the order of time."""
    found = list_instants([story(date=moment("2022-08-07"), **fields)])
    return [(f"{one.at:%d %H:%M}", str(one.what)) for one in sorted(found, key=lambda one: one.at)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [("07 00:00", "is published"), ("09 00:00", "leaves the news sitemap")]),
        ({"is_draft": True}, []),
        ({"is_withdrawn": True}, [("07 00:00", "is published")]),
        ({"sponsor": "Hợp tác xã"}, [("07 00:00", "is published")]),
        (
            {"embargo": moment("2022-08-08")},
            [("08 00:00", "embargo ends"), ("10 00:00", "leaves the news sitemap")],
        ),
        (
            {"embargo": moment("2022-08-06")},
            [("07 00:00", "is published"), ("09 00:00", "leaves the news sitemap")],
        ),
        (
            {"expires": moment("2022-08-08"), "pinned": True, "pin_until": moment("2022-08-09")},
            [("07 00:00", "is published"), ("08 00:00", "expires")],
        ),
        (
            {"updated": moment("2022-08-06"), "corrections": (Correction(moment("2022-08-08"), "update", "x"),)},
            [("07 00:00", "is published"), ("08 00:00", "update appears"), ("09 00:00", "leaves the news sitemap")],
        ),
    ],
)
def test_what_happens_to_a_story(fields, expected):
    """Only what readers would notice is told: not the end of a pin on a story that is over, nor what came before it."""
    assert expected == happens(**fields)
