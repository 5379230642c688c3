"""What differs in two sequences of the same objects."""

from hypothesis import given
from hypothesis import strategies as st

from newsgen.core.differences import find_differences

THINGS = [object() for _ in range(12)]


@given(st.sets(st.sampled_from(range(12))), st.sets(st.sampled_from(range(12))))
def test_places_of_what_is_gone_and_new_are_found(first, second):
    """They are the places of the objects that one sequence has and the other has not."""
    before, now = sorted(first), sorted(second)
    gone = [place for place, n in enumerate(before) if n not in second]
    new = [place for place, n in enumerate(now) if n not in first]
    assert (gone, new) == find_differences([THINGS[n] for n in before], [THINGS[n] for n in now])
