"""Lines that may have a rare word are found, however it is written there; most others are left out."""

import pytest

from newsgen.core.rare_words import RareWords
from newsgen.core.words import coarsen

WORD, FOLLOWER = coarsen("giao khu")
RARE = RareWords({WORD: {FOLLOWER}})


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("bàn giao khu đất", True),
        ("bàn GIAO, khu đất", True),
        ("bàn giao", True),
        ("bàn giao <b>khu</b>", True),
        ("bàn giao k<b>hu</b>", True),
        ("bàn giao đất", False),
        ("ngoại giao. Đất", False),
        ("bàn khu", False),
        ("bàn\x1egiao khu", True),
    ],
)
def test_a_word_counts_before_its_follower(line, is_found):
    """A word counts before its follower, before markup in which that may be, and at the end of its line."""
    lines = ["lời đầu".encode(), line.encode(), "lời cuối".encode()]
    assert ([line.encode()] if is_found else []) == RARE.find_lines(lines)


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("bàn gi&#97;o khu", True),
        ("bàn&nbsp;gi&amp;#97;o khu", True),
        ("b%C3%A0n%20giao%20khu", True),
        ("bàn\\ngiao khu", True),
        ("bàn g<b>iao</b> khu", True),
        ("bàn gi<b", True),
        ("bàn gi\u00adao khu", True),
        ("bàn &amp; g<b>iang</b> khu", False),
        ("x&nbsp;<b>giang</b> khu", False),
    ],
)
def test_odd_lines_are_decoded(line, is_found):
    """Escapes are undone, and parts joined between which markup is; markup that is open may go on in another line."""
    lines = [b"1 &lt; 2", line.encode(), b"2 &gt; 1"]
    assert ([line.encode()] if is_found else []) == RARE.find_odd_lines(lines)


def test_a_comment_takes_no_part_of_another_line():
    """A comment that begins in one odd line and ends in another does not hide the parts of a word between them."""
    assert [b"g<b>iao"] == RARE.find_odd_lines([b"x &amp; <!--", b"g<b>iao", b"--> &amp; y"])


def test_a_tag_splits_a_word_only_behind_its_beginning():
    """Of tags between letters only those count before which a word begins."""
    assert [2] == [*RARE.find_splits(b"gi<b>ao</b>x h<b>iao</b>x")]
