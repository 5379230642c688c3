"""Front matter with slips is read all the same."""

import pytest

from builders import article_source
from newsgen.core.yaml_recovery import MOST, read_all
from newsgen.core.yaml_tree import to_texts
from story_rendering import read_article, shown

NAMES = frozenset({"title", "date", "tags", "kicker"})


def told(text: str) -> tuple[object, list[str]]:
    """What is read of a text, and the slips told of it."""
    tree, found = read_all(text, "f", NAMES, 1)
    return tree and to_texts(tree), shown(found)


@pytest.mark.parametrize(
    ("text", "read", "slips"),
    [
        ("a: b: c\nd: @e\nf: g\n", {"a": "b: c", "d": "@e", "f": "g"}, ["1:5 yaml-colon", "2:4 yaml-quotes"]),
        ("a: b\na: c\nd: e\n", {"a": "b", "d": "e"}, ["2:1 duplicate-key"]),
        ("a: {b: c: d}\ne: f\n", {"e": "f"}, ["1:4 yaml-syntax"]),
        ("title:x\ndate:y\n", {"title": "x", "date": "y"}, ["1:6 yaml-space", "2:5 yaml-space"]),
        ("a: b\n  c\n  d: e\n  f\ng: h: i\n", {"a": "b c d: e f", "g": "h: i"}, ["3:4 yaml-colon", "5:5 yaml-colon"]),
        ("a: b\nxyz\nc: d\n", {"a": "b", "c": "d"}, ["2:1 yaml-syntax"]),
        ("a: [b\nc: d\n", {"a": ["b"], "c": "d"}, ["1:4 yaml-syntax"]),
    ],
)
def test_what_can_be_read_is_read(text, read, slips):
    """A slip is mended as its fix says, or its entry is left out; every other line is read where it stands."""
    assert (read, slips) == told(text)


def test_places_are_those_of_the_text_as_typed():
    """What is wrong behind a slip that was mended has the line and column that the editor sees."""
    text = article_source("kicker: a", "  b: c", "slug: É: x", "kiker: d", "updated: hôm qua")
    expected = ["5:4 yaml-colon", "6:8 yaml-colon", "6:7 bad-slug", "7:1 unknown-key", "8:10 bad-value"]
    assert sorted(expected) == sorted(shown(read_article(text)[1]))


def test_a_key_that_could_not_be_read_is_not_missing():
    """What is left out for a slip is not told to be lacking as well."""
    assert ["2:8 yaml-syntax"] == shown(read_article("---\ntitle: {a: b: c}\ndate: 2022-08-07\n---\n")[1])


def test_there_is_an_end_to_it():
    """Of a text that is nothing but slips some are told, and no more."""
    assert MOST == len(told("".join(f"k{number}: a: b\n" for number in range(100)))[1])
