"""What differs in two sequences of the same objects."""

from hypothesis import given
from hypothesis import strategies as st

from newsgen.core.differences import bring_forward, find_differences

THINGS = [object() for _ in range(12)]


@given(st.sets(st.sampled_from(range(12))), st.sets(st.sampled_from(range(12))))
def test_places_of_what_is_gone_and_new_are_found(first, second):
    """They are the places of the objects that one sequence has and the other has not."""
    before, now = sorted(first), sorted(second)
    gone = [place for place, n in enumerate(before) if n not in second]
    new = [place for place, n in enumerate(now) if n not in first]
    assert (gone, new) == find_differences([THINGS[n] for n in before], [THINGS[n] for n in now])


@given(st.sets(st.sampled_from(range(12))), st.sets(st.sampled_from(range(12))))
def test_what_is_known_of_one_sequence_is_brought_forward_to_the_other(first, second):
    """Only what is known of new members is made."""
    before, now = [THINGS[n] for n in sorted(first)], [THINGS[n] for n in sorted(second)]
    known = [f"known {n}" for n in sorted(first)]
    found = bring_forward(known, *find_differences(before, now), lambda place: f"made {sorted(second)[place]}")
    assert [f"known {n}" if n in first else f"made {n}" for n in sorted(second)] == found
