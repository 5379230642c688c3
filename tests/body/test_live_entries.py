"""Entries of live stories: order, anchors, key points, and what is wrong with them."""

import re

import pytest

from builders import moment
from newsgen.body.live.entries import count_entries
from newsgen.body.static_form import make_static
from newsgen.model.stories import Body
from story_rendering import FIRST_LINE, live_body_of, shown

START = moment("2022-07-12 13:00")


def write_entries(*heads: str) -> str:
    """A text with these entries."""
    return "".join(f":::truc-tiep {head}\nNội dung {number}.\n:::\n\n" for number, head in enumerate(heads))


def list_ids(body: Body) -> list[str]:
    """The anchors of the entries, in the order of the page."""
    return re.findall(r'<article[^>]* id="([^"]*)"', body.html)


def test_the_newest_entry_stands_first() -> None:
    """However they stand in the text; what is around them stays around them, and pinned ones are above."""
    text = "Trước.\n\n" + write_entries("14:05 A", "15:00 B {ghim: true}", "13/7 6:00 C", "13:30 D") + "Sau.\n"
    body = live_body_of(text, START)
    assert list_ids(body) == ["luc-1500", "luc-20220713-0600", "luc-1405", "luc-1330"]
    assert [entry.id for entry in body.entries] == ["luc-1330", "luc-1405", "luc-1500", "luc-20220713-0600"]
    assert [1, 2, 3, 4] == [entry.number for entry in body.entries]
    assert body.html.index("Trước.") < body.html.index('class="live"') < body.html.index("Sau.")
    assert count_entries(text) == 4


@pytest.mark.parametrize("heads", [["15:00 C", "14:05 B", "14:05 A"], ["14:05 A", "14:05 B", "15:00 C"]])
def test_entries_of_one_minute_keep_their_anchors(heads: list[str]) -> None:
    """Of two entries of a minute the older one has the plain anchor, wherever new ones are written."""
    body = live_body_of(write_entries(*heads), START)
    assert [(entry.id, entry.title) for entry in body.entries][:2] == [("luc-1405", "A"), ("luc-1405-2", "B")]


def test_anchors_of_their_own() -> None:
    """An anchor that was typed is kept, and a second minute does not take it."""
    body = live_body_of(write_entries("14:05 A {id: luc-1406}", "14:06 B", "14:07 C {id: chot}"), START)
    assert [entry.id for entry in body.entries] == ["luc-1406", "luc-1406-2", "chot"]


def test_key_points() -> None:
    """They are listed above with a link, one without a title by its first words."""
    body = live_body_of(write_entries("14:05 A & B {key: true}", "15:00 {diem-chinh: true}", "16:00 C"), START)
    points = body.html[body.html.index("live-points") : body.html.index("live-entries")]
    assert re.findall(r'<a href="#(.*?)">(.*?)</a>', points) == [("luc-1500", "Nội dung 1."), ("luc-1405", "A &amp; B")]
    assert 'class="live-points" hidden' in live_body_of(write_entries("14:05 A"), START).html


def test_a_version_is_of_what_an_entry_shows() -> None:
    """It stays when an older entry comes in between, and changes with the text."""
    before = live_body_of(write_entries("14:05 A", "15:00 B"), START)
    after = live_body_of(write_entries("14:05 A", "15:00 B") + ":::truc-tiep 14:30 X\nMới.\n:::\n", START)
    old, new = ([entry.version for entry in body.entries] for body in (before, after))
    assert old == [new[0], new[2]]
    assert new[1] not in old


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (write_entries("Nước rút"), f"{FIRST_LINE}:1 bad-block"),
        (write_entries("25:00 A"), f"{FIRST_LINE}:1 bad-block"),
        (":::truc-tiep\nA\n:::\n", f"{FIRST_LINE}:1 missing-key"),
        (write_entries("14:05 A {ghim: có thể}"), f"{FIRST_LINE}:29 wrong-type"),
        ("::::truc-tiep 14:05 A\n:::truc-tiep 14:06 B\nb\n:::\n::::\n", f"{FIRST_LINE + 1}:1 bad-block"),
    ],
)
def test_faults_have_their_line(text: str, problem: str) -> None:
    """Entries without a time, with a wrong argument, and one inside another."""
    assert problem in shown(live_body_of(text, START).problems)


@pytest.mark.parametrize(("head", "fix"), [("0:10 A", "13/7 00:10"), ("11/7 9:00 A", "2022-07-11 09:00")])
def test_an_entry_older_than_its_report_is_told(head: str, fix: str) -> None:
    """After midnight a time without a day would be that of the day before; the entry is shown all the same."""
    body = live_body_of(write_entries(head, "13:00 B"), START)
    (problem,) = body.problems
    assert ("early-entry", "warning") == (problem.rule, problem.level)
    assert fix in problem.fix
    assert 2 == len(body.entries)


def test_entries_of_a_story_that_is_not_live() -> None:
    """It is an error that says what to write into the front matter."""
    (problem,) = live_body_of(write_entries("14:05 A"), None).problems
    assert "live: true" in problem.fix


def test_the_words_of_an_entry_are_apart() -> None:
    """Cells, items and paragraphs do not run into one another, and a full stop stays at its word."""
    text = (
        ":::truc-tiep 14:05 {key: true}\n| Nơi | Mức |\n|---|---|\n| Vân Hải | 4,2 |\n\nNước **lên**. Rồi *rút*.\n:::\n"
    )
    (entry,) = live_body_of(text, START).entries
    assert entry.text == "Nơi Mức Vân Hải 4,2 Nước lên. Rồi rút."


def test_feeds_have_entries_without_marks_of_the_page() -> None:
    """They keep their times and anchors; what the script reads is gone."""
    html = make_static(live_body_of(write_entries("14:05 A {ghim: true}", "15:00 B {key: true}"), START).html)
    assert re.findall(r"data-[a-z]+", html) == []
    assert 'id="luc-1405"' in html
    assert 'datetime="2022-07-12T14:05:00+07:00"' in html
