"""A site that is changed while it is read: each build is of one state of it, or says that it keeps changing."""

import shutil
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from builders import NOW, article_source, config_source, site_folder
from newsgen.build.options import BuildOptions
from newsgen.commands.check import check
from newsgen.commands.explain import explain
from newsgen.commands.stories import survey
from newsgen.core.errors import MOVING, MachineError
from papers import AT, build_site, run_newsgen, tree

STATES = (
    {
        "newsgen.yaml": config_source("sections:", "  kinh-te: {title: Kinh tế}"),
        "content/kinh-te/a.md": article_source(title="Tin một"),
        "content/kinh-te/b.md": article_source("related: [kinh-te/a.md]", title="Tin hai"),
        "templates/404.html": "{{ data.paper.phone }} {{ asset('a.txt') }} {% include 'part.html' %}",
        "templates/part.html": "old",
        "data/paper.yaml": "phone: '1'\n",
        "static/a.txt": "old",
    },
    {
        "newsgen.yaml": config_source("sections:", "  kinh-te: {title: Làm ăn}"),
        "content/kinh-te/c.md": article_source(title="Tin ba"),
        "content/kinh-te/b.md": article_source("related: [kinh-te/c.md]", title="Tin bốn"),
        "templates/404.html": "{{ data.office.phone }} {{ asset('b.txt') }} {% include 'half.html' %}",
        "templates/half.html": "new",
        "data/office.yaml": "phone: '2'\n",
        "static/b.txt": "new",
    },
)


class Switch:
    """Hears every file and folder that this process opens, and acts when it has heard `wanted` of them."""

    def __init__(self):
        self.folder, self.wanted, self.heard, self.act = "", 0, 0, None
        sys.addaudithook(self.hear)

    def hear(self, event, arguments):
        if self.act is None or event not in ("open", "os.scandir") or not isinstance(arguments[0], str | Path):
            return
        if str(arguments[0]).startswith(self.folder) and "/build" not in str(arguments[0]):
            self.heard += 1
            if self.heard == self.wanted:
                act, self.act = self.act, None
                act()


@pytest.fixture(scope="module")
def switch():
    return Switch()


def put(site, state):
    """Make the site be in a state, as a `git checkout` does."""
    for name in ("content", "templates", "data", "static"):
        with suppress(FileNotFoundError):
            shutil.rmtree(site / name)
    (site / "newsgen.yaml").unlink(missing_ok=True)
    site_folder(site, STATES[state])


def clean(folder, state):
    put(folder / f"clean-{state}", state)
    build_site(folder / f"clean-{state}")
    return tree(folder / f"clean-{state}" / "build")


@pytest.mark.parametrize("step", range(7))
def test_a_build_is_of_one_state_of_a_site_that_is_switched(tmp_path, switch, one_process, step):
    """Whenever a checkout comes while a build reads, the paper is wholly that of before or that of after it."""
    papers = [clean(tmp_path, state) for state in (0, 1)]
    site = tmp_path / "site"
    switch.folder = str(site)
    for wanted in range(1 + step, 42, 7):
        put(site, 0)
        switch.wanted, switch.heard, switch.act = wanted, 0, lambda: put(site, 1)
        build_site(site)
        switch.act = None
        assert tree(site / "build") in papers, wanted
        build_site(site)
        put(site, 0)


def test_a_check_is_of_one_state_of_a_site_that_is_switched(tmp_path, switch, one_process):
    """A check tells no fault that only a mix of two states has."""
    site = tmp_path / "site"
    switch.folder = str(site)
    for wanted in range(1, 30, 3):
        put(site, 0)
        switch.wanted, switch.heard, switch.act = wanted, 0, lambda: put(site, 1)
        found = check(options(site))
        switch.act = None
        assert [] == [problem for problem in found.problems if problem.level == "error"]


@pytest.mark.parametrize("ask", ["survey", "explain"])
def test_what_editors_ask_is_of_one_state_of_a_site_that_is_switched(tmp_path, switch, one_process, ask):
    """`list`, `due`, `urls` and `explain` tell of one state of the paper, and no fault that only a mix has."""
    site = tmp_path / "site"
    told = []
    for state in (0, 1):
        put(site, state)
        build_site(site)
        told.append(asked(site, ask))
    switch.folder = str(site)
    for wanted in range(1, 30, 2):
        put(site, 0)
        switch.wanted, switch.heard, switch.act = wanted, 0, lambda: put(site, 1)
        found = asked(site, ask)
        switch.act = None
        assert found in told, wanted


def asked(site, ask):
    """What an editor is told of the paper."""
    if ask == "survey":
        return [(listed.source, listed.title) for listed in survey(site, NOW).list_stories()]
    found = explain(site, site / "build", "/", NOW)
    return [(each.asked, each.answer) for each in found.questions]


def options(site):
    return BuildOptions(site, site / "build", NOW)


def test_a_robot_that_switches_all_the_time_meets_no_other_fault(tmp_path):
    """While a robot switches the site, a build ends with 0, or with 3 and `moving-sources`, and never otherwise.

    When the robot rests, the next build gives the paper of the state that it left.
    """
    site, rest = tmp_path / "site", Event()
    put(site, 0)
    papers = [clean(tmp_path, state) for state in (0, 1)]
    build_site(site)

    def work():
        state = 0
        while not rest.wait(0.3):
            state = 1 - state
            aside = tmp_path / "aside"
            put(aside, state)
            for name in ("content", "templates", "data", "static", "newsgen.yaml"):
                (site / name).rename(tmp_path / "old")
                (aside / name).rename(site / name)
                shutil.rmtree(tmp_path / "old", ignore_errors=True)
                (tmp_path / "old").unlink(missing_ok=True) if (tmp_path / "old").is_file() else None
            shutil.rmtree(aside)

    robot = Thread(target=work)
    robot.start()
    try:
        done = [run_newsgen("build", *AT, site=site) for _ in range(8)]
    finally:
        rest.set()
        robot.join()
    for each in done:
        assert "Traceback" not in each.stderr
        assert each.returncode in (0, 3), each.stderr
        assert each.returncode == 0 or f"error[{MOVING}]: " in each.stderr
    assert 0 == run_newsgen("build", *AT, site=site).returncode
    assert tree(site / "build") in papers


def test_a_site_that_never_rests_ends_with_3(tmp_path, monkeypatch, switch, one_process):
    """Where the site is switched at every try, the output stays, and the message says to run again."""
    monkeypatch.setattr("newsgen.build.workspace.PAUSES", (0.0, 0.0))
    site = tmp_path / "site"
    put(site, 0)
    build_site(site)
    before = tree(site / "build")
    put(site, 1)

    def save(stage, _done, _total):
        if stage == "render":
            path = site / "templates/half.html"
            path.write_text(path.read_text() + "x")

    with pytest.raises(MachineError) as caught:
        build_site(site, progress=save)
    assert [MOVING] == [problem.rule for problem in caught.value.problems]
    assert before == tree(site / "build")


def test_settings_that_are_being_saved_are_read_again(tmp_path, monkeypatch):
    """A newsgen.yaml that is gone or cut for a moment is not a fault."""
    site = tmp_path / "site"
    put(site, 0)
    whole = (site / "newsgen.yaml").read_bytes()
    for cut in (None, b"", whole[:9]):
        if cut is None:
            (site / "newsgen.yaml").unlink()
        else:
            (site / "newsgen.yaml").write_bytes(cut)
        monkeypatch.setattr("newsgen.config.reading.time.sleep", lambda _: (site / "newsgen.yaml").write_bytes(whole))
        build_site(site)
