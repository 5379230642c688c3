"""What a text may do to the process that reads or renders it, in a small paper."""

import ctypes
import faulthandler
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from builders import article_source, site_folder
from newsgen.body.body import BodyRenderer
from newsgen.content.articles import ArticleReader
from newsgen.core.errors import ContentError
from newsgen.workers import pool as workers
from papers import build_site, tree

resource = pytest.importorskip("resource", reason="elsewhere all work is done in one process")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all work is done in one process")
FILES = {
    "content/xa-hoi/a.md": article_source(title="Tin một"),
    "content/xa-hoi/b.md": article_source(title="Tin hai", body="Bài này CHẾT.\n"),
    "content/xa-hoi/c.md": article_source(title="Tin ba", body="[x](khong-co.md)\n"),
}


def take_all_memory():
    """More than an item may take: a worker may take as much as it holds, which is a lot after many other tests."""
    held = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    bytearray(held + 600 * 1024 * 1024)


DEATHS = {"fault": lambda: (faulthandler.disable(), ctypes.string_at(0)), "memory": take_all_memory}


@pytest.fixture(autouse=True)
def by_itself(monkeypatch):
    """As in a process without other threads: those of browsers and servers that other tests keep only wait."""
    monkeypatch.setattr(workers, "threading", SimpleNamespace(active_count=lambda: 1))


def dying(monkeypatch, owner, name, death):
    """Let a method die where it meets the deadly text or its file."""
    original = getattr(owner, name)

    def wrapped(self, *arguments, **named):
        if "b.md" in str(arguments) or "CHẾT" in str(arguments):
            DEATHS[death]()
        return original(self, *arguments, **named)

    monkeypatch.setattr(owner, name, wrapped)


@pytest.mark.parametrize("death", DEATHS)
@pytest.mark.parametrize(
    ("owner", "name", "rule"),
    [(ArticleReader, "read_one", "reading-crashed"), (BodyRenderer, "render", "render-crashed")],
)
def test_a_deadly_text_is_named_and_the_others_checked(tmp_path, monkeypatch, owner, name, rule, death):
    """One error at the file that crashes a library or takes all memory; the dead link of another is told beside it."""
    site = site_folder(tmp_path, FILES)
    dying(monkeypatch, owner, name, death)
    with pytest.raises(ContentError) as caught:
        build_site(site)
    told = {(problem.location.path, problem.rule) for problem in caught.value.problems}
    assert ("content/xa-hoi/b.md", rule) in told
    assert ("content/xa-hoi/c.md", "dead-link") in told or rule == "reading-crashed"
    assert {} == tree(site / "build")


def test_a_mended_text_is_built(tmp_path, monkeypatch):
    """When the text is changed the paper comes out."""
    site = site_folder(tmp_path, {name: FILES[name] for name in ("content/xa-hoi/a.md", "content/xa-hoi/b.md")})
    dying(monkeypatch, BodyRenderer, "render", "fault")
    with pytest.raises(ContentError):
        build_site(site)
    monkeypatch.undo()
    build_site(site_folder(site, {"content/xa-hoi/b.md": article_source(title="Tin hai")}))
    assert b"Tin hai" in tree(site / "build")["xa-hoi/index.html"]


INTERRUPTED = """
import os, signal
from newsgen.workers.pool import ordered_map
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background of a shell ignores it
os.register_at_fork(after_in_parent=lambda: (os.kill(os.getpid(), signal.SIGINT), 1 + 1))
try:
    print(list(ordered_map(abs, range(-{count}, 0), {jobs})))
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize(("count", "jobs"), [(3, 1), (400, 2)])
def test_an_interrupt_in_the_midst_of_a_fork_is_heard(count, jobs):
    """Python drops what its hooks of a fork raise; an interrupt that comes there ends the work all the same."""
    code = INTERRUPTED.format(count=count, jobs=jobs)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert ("interrupted\n", "") == (done.stdout, done.stderr)
