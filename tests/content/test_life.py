"""The fields of a story's life: what is accepted, and what is said of the rest."""

import pytest

from builders import ZONE, moment
from newsgen.content.life import read_corrections, read_pin, read_series, sentence_marks
from newsgen.model import Correction, SeriesPart
from newsgen.schema import FieldFault


def test_a_pin_is_on_off_or_until():
    """`pin` is a truth or the moment of its end."""
    assert [(True, None), (False, None)] == [
        (p.is_on, p.until) for p in (read_pin("true", ZONE), read_pin("false", ZONE))
    ]
    assert (True, moment("2022-08-03 12:00")) == ((p := read_pin("2022-08-03 12:00", ZONE)).is_on, p.until)


def test_a_series_is_a_name_or_a_place_in_it():
    """A name alone, or with its part and how many there are."""
    assert SeriesPart("Dọc sông") == read_series(" Dọc  sông ").part
    assert SeriesPart("Dọc sông", 2, 5) == read_series({"name": "Dọc sông", "part": "2", "of": "5"}).part


@pytest.mark.parametrize(
    "value", ["", {"part": "1"}, {"name": "a", "part": "0"}, {"name": "a", "part": "3", "of": "2"}]
)
def test_what_is_no_series_is_refused(value):
    """No name, a part that is no number, more parts than there are."""
    with pytest.raises(FieldFault):
        read_series(value)


def test_corrections_are_put_in_order():
    """Corrections come oldest first, whatever the order in the file."""
    given = [{"date": f"2022-08-0{n}", "kind": "update", "text": f"Sửa {n}."} for n in (2, 1)]
    expected = (
        Correction(moment("2022-08-01"), "update", "Sửa 1."),
        Correction(moment("2022-08-02"), "update", "Sửa 2."),
    )
    assert expected == tuple(read_corrections(given, ZONE))


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("Sai tên", "must be a list"),
        ([{"date": "2022-08-01", "kind": "update"}], "must have `date`, `kind` and `text` in entry 1"),
        ([{"date": "1/8/2022", "kind": "update", "text": "Sửa"}], "has a fault in entry 1: `date` is not a date"),
        ([{"date": "2022-08-01", "kind": "sửa", "text": "Sửa"}], "must have a kind of correction"),
    ],
)
def test_an_incomplete_correction_is_refused(value, what):
    """What is missing or wrong is said with the number of the entry."""
    with pytest.raises(FieldFault, match=what.replace("(", r"\(")):
        read_corrections(value, ZONE)


def test_sentences_have_marks_whatever_their_order():
    """Two texts of the same sentences have the same marks, at most sixteen of four bytes."""
    assert sentence_marks("Một. Hai! Ba") == sentence_marks("Ba? Hai\n\nMột")
    assert 64 == len(sentence_marks(". ".join(map(str, range(100)))))
