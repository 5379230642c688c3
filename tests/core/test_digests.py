"""Digests are the same everywhere and see every boundary."""

from hypothesis import given
from hypothesis import strategies as st

from newsgen.core.digests import SIZE, digest

PARTS = st.lists(st.binary(max_size=8), max_size=4)


def test_a_digest_never_changes():
    """The digest of a value is the same in every version; caches of readers' machines depend on it."""
    assert "cae66941d9efbd404e4d88758ea67670" == digest()
    assert digest("Nhãn".encode(), b"") == digest("Nhãn".encode(), b"")


@given(PARTS, PARTS)
def test_digests_are_equal_only_for_equal_parts(one, other):
    """Two lists of parts have one digest exactly when they are the same list."""
    assert (one == other) == (digest(*one) == digest(*other))


@given(st.binary(max_size=8), st.binary(min_size=1, max_size=8))
def test_a_moved_boundary_changes_the_digest(left, right):
    """The same bytes cut elsewhere have another digest."""
    assert digest(left, right) != digest(left + right[:1], right[1:])
    assert digest(left, right) != digest(left + right)


@given(PARTS)
def test_a_digest_is_short_hexadecimal(parts):
    """A digest is written in two hexadecimal digits a byte."""
    assert 2 * SIZE == len(digest(*parts))
    assert set(digest(*parts)) <= set("0123456789abcdef")
