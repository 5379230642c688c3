import shutil
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, manuscript, moment, site_config, site_folder
from newsgen.build import memory
from newsgen.build.memory import CopyRecord, LastBuild, compute_epoch
from newsgen.core.code_digest import digest_newsgen
from newsgen.core.sealed import load, save
from newsgen.site.lifecycle import find_span


def remembered(*manuscripts, now=NOW, inputs="inputs"):
    """What a run at `now` leaves for the next."""
    since, until = find_span(manuscripts, now)
    return LastBuild(inputs, *(at.isoformat() if at else "" for at in (since, until)))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2022-08-03", True),
        ("2022-08-02 23:59", False),
        ("2022-08-07 07:51", True),
        ("2022-08-31 23:59", True),
        ("2022-09-01", False),
    ],
)
def test_a_paper_holds_from_one_instant_to_the_next(now, expected):
    """The paper is the same from the last instant until just before the next."""
    last = remembered(manuscript(date=moment("2022-08-01")), manuscript(date=moment("2022-09-01")))
    assert expected == last.still_holds("inputs", moment(now))


@pytest.mark.parametrize(("then", "now"), [("inputs", "other"), ("inputs", ""), ("", ""), ("", "inputs")])
def test_other_inputs_make_another_paper(then, now):
    """With other inputs, or none that can be trusted, nothing of the last run holds."""
    assert not remembered(inputs=then).still_holds(now, NOW)


def test_a_first_run_has_nothing_to_hold():
    """Before there was any run nothing holds."""
    assert not LastBuild().still_holds("inputs", NOW)
    assert not LastBuild().still_holds("", NOW)


MINUTES = st.integers(-5, 5).map(lambda minutes: NOW + timedelta(minutes=minutes))
STORIES = st.lists(st.builds(manuscript, date=MINUTES, expires=st.none() | MINUTES, is_draft=st.booleans()), max_size=5)


@given(STORIES, MINUTES, MINUTES)
def test_while_a_paper_holds_no_story_comes_or_goes(stories, then, now):
    """Whenever the last run is said to hold, every story stands where it stood."""
    if remembered(*stories, now=then).still_holds("inputs", now):
        assert [story.status(then) for story in stories] == [story.status(now) for story in stories]


@given(STORIES, MINUTES)
def test_a_paper_holds_at_its_own_moment(stories, now):
    """A second run at the same moment finds that the first holds."""
    assert remembered(*stories, now=now).still_holds("inputs", now)


def test_what_a_run_leaves_comes_back(tmp_path):
    """The last run is saved and read whole."""
    copied = CopyRecord("/x/a.css", "stamp", "digest")
    last = LastBuild("inputs", NOW.isoformat(), "", "mark", (3, 2, 1), (), {"a.css": copied})
    save(last, tmp_path / "last")
    assert last == load(LastBuild, tmp_path / "last")


def test_another_newsgen_makes_an_epoch(tmp_path, monkeypatch):
    """Whoever works on newsgen itself gets pages of what it is now, though its version is the same."""
    config = site_config()
    before = compute_epoch(config)
    shutil.copytree(memory.THEME.parent, tmp_path / "newsgen")
    monkeypatch.setattr(memory, "THEME", tmp_path / "newsgen" / "theme")
    digest_newsgen.cache_clear()
    same = compute_epoch(config)
    (tmp_path / "newsgen" / "text.py").write_text("other = 1\n", "utf-8")
    digest_newsgen.cache_clear()
    other = compute_epoch(config)
    digest_newsgen.cache_clear()
    assert (True, False) == (before == same, before == other)


def test_an_extensions_code_makes_an_epoch(tmp_path, monkeypatch):
    """A Markdown extension that somebody works on renders bodies anew, alone or in a package."""
    monkeypatch.syspath_prepend(tmp_path)
    site_folder(tmp_path, {"own_marks.py": "one = 1\n", "own_pack/__init__.py": "", "own_pack/marks.py": "one = 1\n"})
    names = ("own_marks", "own_pack.marks:Marks", "footnotes")
    configs = [site_config(f"markdown: {{extensions: ['{name}']}}") for name in names]
    before = [compute_epoch(config) for config in configs]
    assert before == [compute_epoch(config) for config in configs]
    site_folder(tmp_path, {"own_marks.py": "one = 11\n", "own_pack/marks.py": "one = 11\n"})
    after = [compute_epoch(config) for config in configs]
    assert [True, True, False] == [one != other for one, other in zip(before, after, strict=True)]


@pytest.mark.parametrize(
    "line", ["description: x", "language: en", "lists: {page: 3}", "fields: {a: text}", "timezone: UTC"]
)
def test_every_setting_makes_an_epoch(line):
    """With another configuration nothing of before is trusted; with the same one it is."""
    assert compute_epoch(site_config(line)) == compute_epoch(site_config(line))
    assert compute_epoch(site_config(line)) != compute_epoch(site_config())
