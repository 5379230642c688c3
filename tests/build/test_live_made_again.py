"""An edit of a live story makes its page and its files of entries again, and nothing else."""

import random

import pytest

from builders import moment
from six_stories import STORIES, STORY, built_again, paper, story

pytestmark = pytest.mark.usefixtures("one_process")

PAGE = STORIES["tin-6"]
FOLDER = PAGE.replace(".html", ".live/")


@pytest.fixture
def site(tmp_path):
    """The small paper."""
    return paper(tmp_path)


def write_live(*entries: tuple[int, str], live: str = "true") -> str:
    """The sixth story with these entries, each with its minute and text."""
    blocks = (f":::truc-tiep {9 + at // 60:02}:{at % 60:02} Tin {at}\n{text}\n:::\n" for at, text in entries)
    return story(6, f"live: {live}", body="\n".join(blocks))


def made(*names: str) -> set[str]:
    """The outputs of the live story with these files of entries."""
    return {PAGE, *(f"{FOLDER}{name}.json" for name in names)}


def test_an_entry_makes_again_what_shows_it(site):
    """All files of the story are made, and of other outputs only those that the plan of its files concerns."""
    entries = [(at, "Nước lên.") for at in range(11)]
    built_again(site, {STORY["tin-6"]: write_live(*entries)})
    rendered, report = built_again(site, {STORY["tin-6"]: write_live(*entries, (11, "Nước rút."))})
    assert made("latest", "entries", "entries-1", "entries-2") == rendered
    assert 4 == report.changed  # the first batch is the same
    rendered, report = built_again(site, {STORY["tin-6"]: write_live(*entries, (11, "Nước rút hẳn."))})
    assert (made("latest", "entries", "entries-1", "entries-2"), 4) == (rendered, report.changed)
    rendered, _ = built_again(site, {STORY["tin-5"]: story(5, body="Khác.")})
    assert {STORIES["tin-5"]} == rendered


def test_the_end_of_a_report_is_an_instant(site):
    """Lists lose their label at that moment, in a build in which nobody edited anything."""
    until = write_live((1, "Nước lên."), live="{end: 2022-08-08 10:00}")
    before, _ = built_again(site, {STORY["tin-6"]: until})
    assert "index.html" in before
    front = site / "build" / "index.html"
    assert 1 == front.read_text("utf-8").count("live-label")
    rendered, _ = built_again(site, at=moment("2022-08-08 10:00"))
    assert {"index.html", PAGE} <= rendered
    assert 0 == front.read_text("utf-8").count("live-label")


def test_random_days_of_a_report(site):
    """After every edit the output is that of a clean build: entries come, go, move and change, and the report ends."""
    chance, entries = random.Random(11), [(1, "Một.")]  # noqa: S311 - the same each time
    for _ in range(12):
        for _ in range(chance.randrange(1, 9)):
            at = chance.randrange(40)
            entries = [one for one in entries if one[0] != at]
            if chance.random() < 0.8:
                entries.insert(chance.randrange(len(entries) + 1), (at, f"Lần {chance.random():.3f}."))
        live = chance.choice(
            ["true", "{start: 2022-06-01 08:00}", "{end: 2022-06-02}", "false" if not entries else "true"]
        )
        built_again(site, {STORY["tin-6"]: write_live(*entries, live=live)})
    rendered, _ = built_again(site, {STORY["tin-6"]: story(6)})
    assert PAGE in rendered
    assert not (site / "build" / FOLDER).exists()
