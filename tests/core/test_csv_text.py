"""CSV is read with the place of every cell, however a spreadsheet saved it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.core.csv_text import BadCsv, find_delimiter, read_rows


def texts_of(text: str, delimiter: str = ",") -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_rows(text, "a.csv", delimiter)]


@given(st.lists(st.lists(st.text(alphabet='a1ế",;\n '), min_size=1, max_size=4), max_size=5), st.sampled_from(",;\t"))
def test_what_was_written_is_read(rows, delimiter):
    """Quotes, commas and lines inside a cell come back as they were, as Python's own writer saved them."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    assert rows == texts_of(out.getvalue(), delimiter)


@given(st.text(alphabet='ab,"\n', max_size=20))
def test_python_reads_the_same(text):
    """Where a text is CSV, its rows are those of Python's reader in its strict mode."""
    try:
        found = texts_of(text)
    except BadCsv:
        return
    assert [row for row in csv.reader(io.StringIO(text), strict=True) if row] == found


def test_a_cell_has_its_place():
    """Its line and column in the file, also behind a cell of several lines."""
    rows = list(read_rows('a,b\n"x\ny",ếz\n1,"2"\n', "a.csv"))
    assert [[(1, 1), (1, 3)], [(2, 1), (3, 4)], [(4, 1), (4, 3)]] == [[(c.line, c.column) for c in r] for r in rows]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('a,b\n1,"2\n3,4\n', (2, 3), "never closed"),
        ('a,b\n1,"2" x\n', (2, 6), "text follows"),
        ('"a\nb"c,d\n', (2, 3), "text follows"),
    ],
)
def test_a_wrong_quote_is_told_where_it_stands(text, place, words):
    """A quote that is never closed has the place where it opens, which may be far from the end of the file."""
    with pytest.raises(BadCsv) as caught:
        list(read_rows(text, "a.csv"))
    found = caught.value.problem
    assert place == (found.location.line, found.location.column)
    assert words in found.what


@pytest.mark.parametrize(
    ("text", "delimiter", "start"),
    [
        ("a,b\n1,2\n", ",", 0),
        ("a;b\n1,5;2\n", ";", 0),
        ("a\tb\n1;5\t2\n", "\t", 0),
        ("Tỉnh, thành;Giá\nHà Nội, v.v.;2\n", ";", 0),
        ("sep=|\na|b\n", "|", 6),
        ("a, b; c\n1, 2\n", ",", 0),
        ("a\n1\n", ",", 0),
        ("", ",", 0),
        ('a,b\n"1;2",3\n', ",", 0),
    ],
)
def test_what_stands_between_cells_is_found(text, delimiter, start):
    """Excel writes semicolons where the comma is in numbers, tabs for text, and may tell which in a first line."""
    assert (delimiter, start) == find_delimiter(text)
