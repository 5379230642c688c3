"""The bytes of sources become text."""

from hypothesis import given
from hypothesis import strategies as st

from newsgen.core.decoding import decode, decode_again

PIECES = st.sampled_from(
    ["a", " ", "\r\n", "\r", "\n", "\x85", "\u2028", "\u2029", "e\u0301", "\u0301", "\ufeff", "ệ", "😀", "\x07"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_second_reading_gives_the_same_text(text):
    """It does without the checks of the first."""
    raw = text.encode()
    first = decode(raw, "a.md")
    assert not isinstance(first, str) or first == decode_again(raw)
