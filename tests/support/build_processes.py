"""Runs of the command line in processes of their own, and two states of one paper that they are to publish in turn."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from builders import NOW, article_source, config_source, site_folder
from clean_builds import Census, build_clean, build_here, census
from papers import clean_environment

AT = ("--at", "2022-08-07 07:51")
WAITING = Path(__file__).with_name("waiting_build.py")
LIFETIME = 2.0
"""Seconds after which no process of a killed run may be alive."""

MARKER = "NEWSGEN_TEST_RUN"
SMALL_BASE = "<title>{{ page.title }} – {{ site.title }}</title>{% block main %}{% endblock %}\n"
SMALL_ARTICLE = '{% extends "base.html" %}{% block main %}<h1>{{ article.title }}</h1>{{ body.html }}{% endblock %}\n'


@dataclass(frozen=True)
class Paper:
    """A site with two states of its sources, "cũ" and "mới", and the clean tree of each."""

    site: Path
    trees: tuple[Census, Census]

    def turn(self, state: int) -> None:
        """Bring the sources to one of the two states; every page is another in it."""
        site_folder(self.site, _changing(state), _config(state))
        for name in _changing(1 - state).keys() - _changing(state).keys():
            (self.site / name).unlink(missing_ok=True)

    def publish(self, state: int) -> None:
        """Build one of the states in this process, and see that it is the whole of it, and that both trees share it."""
        self.turn(state)
        outcome = build_here(self.site, NOW)
        assert (0, self.trees[state]) == (outcome.exit, outcome.tree)
        assert inodes(self.site / "build") == inodes(self.site / ".newsgen/build/tree")


def two_states(folder: Path, stories: int) -> Paper:
    """A paper of many small stories, with its first state published."""
    files = {
        f"content/{('kinh-te', 'xa-hoi')[n % 2]}/tin-{n:03}.md": article_source(
            title=f"Tin {n}", date=f"2022-07-{1 + n % 28:02}", body=f"Đoạn của tin {n}.\n"
        )
        for n in range(stories)
    }
    templates = {"templates/base.html": SMALL_BASE, "templates/article.html": SMALL_ARTICLE}
    site = site_folder(folder, {**files, **templates}, _config(0))
    paper = Paper(site, ({}, {}))
    trees = []
    for state in (0, 1):
        paper.turn(state)
        trees.append(build_clean(site, NOW).tree)
    paper = Paper(site, (trees[0], trees[1]))
    paper.publish(0)
    return paper


class Run:
    """A build in a process group of its own, that waits for `go`."""

    def __init__(self, site: Path, *arguments: str) -> None:
        self.mark = uuid4().hex
        command = [sys.executable, str(WAITING), "build", "--site", str(site), *AT, *arguments]
        self.process = subprocess.Popen(
            command,
            env={**clean_environment(), MARKER: self.mark},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
            preexec_fn=_default_interrupt,
        )
        assert self.process.stdout is not None
        assert "ready\n" == self.process.stdout.readline()

    def go(self) -> float:
        """Let it run; the moment of it."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return time.monotonic()

    def signal_after(self, seconds: float, number: int, *, group: bool) -> None:
        """Let it run, and send it or its whole group a signal after some seconds."""
        until = self.go() + seconds
        while self.process.poll() is None and time.monotonic() < until:
            time.sleep(0.001)
        try:
            if group:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)
        except ProcessLookupError:
            return

    def end(self) -> tuple[int, str]:
        """Its exit code, negative for a signal, and what it said on its error output."""
        _, said = self.process.communicate()
        return self.process.returncode, said

    def alive(self) -> list[int]:
        """The processes of this run that are alive: those that carry its mark."""
        mark = f"{MARKER}={self.mark}".encode()
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _carries(entry, mark)]

    def survivors(self) -> list[int]:
        """The processes of this run still alive a while after its end; they are killed then."""
        until = time.monotonic() + LIFETIME
        while (left := self.alive()) and time.monotonic() < until:
            time.sleep(0.02)
        for process in left:
            os.kill(process, signal.SIGKILL)
        return left


def staging_folders(site: Path) -> list[str]:
    """Folders beside the output that hold pages."""
    state = site / ".newsgen"
    beside = [path for path in site.iterdir() if path.is_dir() and path.name.startswith((".", "build"))]
    folders = [path for path in [*state.iterdir(), *beside] if path.is_dir() and path not in (state, site / "build")]
    return [path.name for path in folders if next(path.rglob("*.html"), None)]


def told_of(tree: Census, states: Sequence[Census]) -> str:
    """Which of the two trees this is: "old", "new", or what is mixed in it."""
    if tree == states[0]:
        return "old"
    if tree == states[1]:
        return "new"
    old = [path for path, said in tree.items() if states[0].get(path) == said]
    new = [path for path, said in tree.items() if states[1].get(path) == said]
    return f"mixed: {len(tree)} entries, {len(old)} of the old {len(states[0])}, {len(new)} of the new {len(states[1])}"


def inodes(folder: Path) -> dict[str, int]:
    """The inode of each file below a folder but newsgen.json, of which each tree has its own."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "newsgen.json")
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in paths}


def tree_of(paper: Paper) -> Census:
    """The published tree as it stands."""
    return census(paper.site / "build")


def _changing(state: int) -> dict[str, str]:
    text = ("cũ", "mới")[state]
    return {"static/dau.txt": text, f"static/chi-{state}.txt": text, f"content/kinh-te/rieng-{state}.md": _own(text)}


def _own(text: str) -> str:
    return article_source(title=f"Bài {text}", date="2022-08-01", body=f"Chỉ {text}.\n")


def _config(state: int) -> str:
    return config_source("lists: {page: 20}", title=f"Báo {('cũ', 'mới')[state]}")


def _default_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _carries(entry: Path, mark: bytes) -> bool:
    try:
        return mark in (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return False
