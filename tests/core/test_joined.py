"""Sequences one after another are read as one sequence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.core.joined import Joined


@given(st.lists(st.lists(st.integers())), st.integers(-12, 12), st.integers(-12, 12))
def test_it_is_read_as_a_list_of_all_members(parts, first, last):
    """Members, slices, length and order are those of one list."""
    joined, plain = Joined(parts), [member for part in parts for member in part]
    assert (plain, len(plain), plain[first:last]) == (list(joined), len(joined), joined[first:last])
    assert plain == [joined[at] for at in range(len(plain))]
    assert plain == [joined[at - len(plain)] for at in range(len(plain))]
    assert plain + plain == list(Joined((joined, joined)))


def test_an_index_beyond_the_end_is_refused():
    """As of a list."""
    with pytest.raises(IndexError):
        Joined(([1], [2]))[2]
    with pytest.raises(IndexError):
        Joined(([1], [2]))[-3]
