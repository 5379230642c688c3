"""The fields of a story's life: what is accepted, and what is said of the rest."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ZONE, article_source, moment
from newsgen.content.fields import SENTENCE, digest_sentences, read_pin
from newsgen.model.manuscripts import Correction, SeriesPart
from story_rendering import good_article, read_article


def test_a_pin_is_on_off_or_until():
    """`pin` is a truth or the moment of its end."""
    assert [(True, None), (False, None)] == [
        (p.is_on, p.until) for p in (read_pin("true", ZONE), read_pin("false", ZONE))
    ]
    assert (True, moment("2022-08-03 12:00")) == ((p := read_pin("2022-08-03 12:00", ZONE)).is_on, p.until)


def told(*lines):
    """What is said of an article with these lines of front matter, from line 4 on, each with its place."""
    found = read_article(article_source(*lines))[1].found
    return [f"{p.location.line}:{p.location.column} {p.rule} {p.what}" for p in sorted(found)]


def test_a_series_is_a_name_or_a_place_in_it():
    """A name alone, or with its part and how many there are."""
    assert SeriesPart("Dọc sông") == good_article(article_source("series: ' Dọc  sông '")).series
    given = article_source("series: {name: Dọc sông, part: 2, of: 5}")
    assert SeriesPart("Dọc sông", 2, 5) == good_article(given).series


def test_corrections_are_put_in_order():
    """Corrections come oldest first, whatever the order in the file."""
    given = [f"- {{date: 2022-08-0{n}, kind: update, text: Sửa {n}.}}" for n in (2, 1)]
    expected = (
        Correction(moment("2022-08-01"), "update", "Sửa 1."),
        Correction(moment("2022-08-02"), "update", "Sửa 2."),
    )
    assert expected == good_article(article_source("corrections:", *given)).corrections


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("series:", ["4:8 wrong-type `series` must be text that is not empty or a mapping, not “”"]),
        ("series: {part: 1}", ["4:9 missing-key `series` lacks `name`"]),
        ("series: {name: a, part: 3, of: 2}", ["4:25 bad-value `series` has part 3 of 2"]),
        (
            "series: {name: ' ', part: 0, off: x}",
            [
                "4:16 wrong-type `name` must be text that is not empty, not “ ”",
                "4:27 wrong-type `part` must be a whole number from 1 to 9999, not “0”",
                "4:30 unknown-key `series` has no `off`",
                "4:35 wrong-type `of` must be a whole number from 1 to 9999, not “x”",
            ],
        ),
        ("corrections: Sai tên", ["4:14 wrong-type `corrections` must be a list, not “Sai tên”"]),
    ],
)
def test_all_faults_of_a_series_or_of_corrections_are_told(line, faults):
    """Each stands at the key or the value that is wrong."""
    assert faults == told(line)


def test_all_faults_of_all_corrections_are_told():
    """An entry with three faults and one with two tell five, each at its place."""
    lines = ("corrections:", "- {date: 1/8/2022, kind: sửa, txt: Sửa}", "- kind: update", "  text: ''", "- Sửa")
    expected = [
        "5:10 bad-value `date` is not a date: “1/8/2022”",
        "5:26 wrong-type `kind` must be one of correction, clarification, update, not “sửa”",
        "5:31 unknown-key an entry of `corrections` has no `txt`",
        "6:3 missing-key an entry of `corrections` lacks `date`",
        "7:9 wrong-type `text` must be text that is not empty, not “”",
        "8:3 wrong-type an entry of `corrections` must be a mapping of names and values",
    ]
    assert expected == told(*lines)


def test_sentences_have_marks_whatever_their_order():
    """Two texts of the same sentences have the same marks, at most sixteen of four bytes."""
    assert digest_sentences("Một. Hai! Ba") == digest_sentences("Ba? Hai\n\nMột")
    assert 64 == len(digest_sentences(". ".join(map(str, range(100)))))


@given(st.text("a .!?…;:\n\t\r\u00a0\u2028é", max_size=30))
def test_sentences_end_at_marks_before_space_and_at_ends_of_lines(text):
    """The faster pattern splits as the plain one does."""
    assert re.split(r"[.!?…;:]\s+|\n\s*", text) == SENTENCE.split(text)
