from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, ZONE
from newsgen.build.clock import choose_moment
from newsgen.core.errors import ConfigError


@pytest.mark.parametrize(
    "at", ["2022-08-07 07:51", "2022-08-07T07:51:00+07:00", "2022-08-07 00:51Z", "2022-08-06T20:51-0400"]
)
def test_at_is_read_in_the_sites_zone(at):
    """`--at` takes the forms of an article's date; without a zone it is in the site's."""
    found = choose_moment(at, {"SOURCE_DATE_EPOCH": "0"}, ZONE)
    assert (NOW, ZONE) == (found, found.tzinfo)


def test_at_may_be_a_day():
    """A day alone is its first moment in the site's zone."""
    assert datetime(2022, 8, 7, tzinfo=ZONE) == choose_moment("2022-08-07", {}, ZONE)


@given(st.integers(0, 4_000_000_000))
def test_source_date_epoch_is_the_moment(seconds):
    """Without `--at` the moment is SOURCE_DATE_EPOCH, to the second, shown in the site's zone."""
    found = choose_moment(None, {"SOURCE_DATE_EPOCH": str(seconds)}, ZONE)
    assert (float(seconds), ZONE) == (found.timestamp(), found.tzinfo)


def test_without_either_the_moment_is_now():
    """Without `--at` and SOURCE_DATE_EPOCH the moment lies between before and after the question."""
    before = datetime.now(UTC)
    found = choose_moment(None, {}, ZONE)
    assert before <= found <= datetime.now(UTC)
    assert ZONE == found.tzinfo


@pytest.mark.parametrize("at", ["", "yesterday", "07/08/2022", "2022-02-30", "2022-08-07 25:00", "1066-10-14"])
def test_what_is_no_moment_is_refused(at):
    """A slip in `--at` is a fault of the command line, with what to write."""
    with pytest.raises(ConfigError) as caught:
        choose_moment(at, {}, ZONE)
    [problem] = caught.value.problems
    assert ("--at", "bad-value") == (problem.location.path, problem.rule)
    assert problem.what.startswith("`--at` ")


@pytest.mark.parametrize("epoch", ["", "soon", "1.5", "9" * 30])
def test_an_epoch_that_is_no_number_is_refused(epoch):
    """A SOURCE_DATE_EPOCH that is no number of seconds is named as such."""
    with pytest.raises(ConfigError) as caught:
        choose_moment(None, {"SOURCE_DATE_EPOCH": epoch}, ZONE)
    assert "SOURCE_DATE_EPOCH" == caught.value.problems[0].location.path
