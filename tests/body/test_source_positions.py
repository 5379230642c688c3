"""Where a text mentions an address: each place in its turn, and no part of a longer one."""

import re
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from newsgen.body.source_positions import Mentions
from newsgen.core.errors import Location

PIECES = st.sampled_from(["a.html", "a.html?x&y", "(", ")", "<", ">", " ", "\n", "\u00a0", '"', "é", "=", "&amp;", "b"])


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["a.html", "a.html?x&y", "b"]), st.integers(1, 4))
def test_a_mention_is_where_a_pattern_finds_it(text, written, number):
    """The place is that of the match of this number of a pattern with the same borders, or of the last."""
    mentions = Mentions(text, "content/a.md", 5)
    for _ in range(number):
        mentions.count(written)
    forms = "|".join(map(re.escape, {written, escape(written, quote=False)}))
    found = [m.start() for m in re.finditer(rf"(?<=[(<\"'=:\s])(?:{forms})(?=[)>\"'\s]|\Z)", text)]
    expected = mentions.locate_index(found[min(number, len(found)) - 1]) if found else Location("content/a.md", 5)
    assert expected == mentions.locate(written)


def test_an_address_may_be_spelled_in_other_ways():
    """Backslashes, percent signs and entities are passed over; each spelling is a mention of the same address."""
    text = "[a](x\\_đ.md) [b](x_%C4%91.md)\n[c](x&#95;&#273;.md) [d](x_đ.md)"
    mentions = Mentions(text, "content/a.md", 3)
    for written, place, spelling in (
        ("x_đ.md", (3, 5), r"x\_đ.md"),
        ("x_%C4%91.md", (3, 18), "x_%C4%91.md"),
        ("x_%C4%91.md", (4, 5), "x&#95;&#273;.md"),
        ("x_đ.md", (4, 26), "x_đ.md"),
    ):
        mentions.count(written)
        assert Location("content/a.md", *place) == mentions.locate(written)
        assert spelling == mentions.get_spelling(written)


def test_a_part_of_a_longer_address_is_no_mention():
    """`b.html` is not found in `ab.html`, nor in `b.html2`."""
    mentions = Mentions("[x](ab.html) [y](b.html2) [z](b.html)", "content/a.md", 3)
    assert Location("content/a.md", 3, 31) == mentions.locate("b.html")
