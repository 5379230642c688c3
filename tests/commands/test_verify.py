"""`newsgen build --verify` finds what a clean build makes otherwise, and tells the first of it."""

from builders import article_source, config_source, site_folder
from papers import AT, run_newsgen, tree, weekly

CLOCK = """\
import time

from markdown import Extension
from markdown.preprocessors import Preprocessor


class Clock(Preprocessor):
    def run(self, lines):
        return [*lines, "", str(time.time_ns())] if "Mưa" in lines else lines


class Clocks(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Clock(md), "clock", 1)


def makeExtension(**options):
    return Clocks(**options)
"""


def verified(site, *, env=None):
    """The exit code of a verified build, and what it printed of faults."""
    done = run_newsgen("build", "--verify", *AT, site=site, env=env)
    return done.returncode, done.stderr


def test_a_clean_build_makes_the_same(tmp_path):
    """A paper that depends on its files alone is built, and nothing is told."""
    site = site_folder(tmp_path / "site", weekly())
    code, said = verified(site)
    assert 0 == code, said
    assert "error" not in said
    assert [] == [*tmp_path.glob("newsgen-*")]


def test_a_text_that_depends_on_the_time_is_told_at_its_file(tmp_path):
    """The story whose page differs is named, with the line; what was built is published."""
    files = {
        "content/kinh-te/a.md": article_source(title="Nắng", body="Nắng\n"),
        "content/kinh-te/b.md": article_source(title="Mưa", body="Mưa\n"),
    }
    site = site_folder(tmp_path / "site", files, config_source("markdown: {extensions: [clock_of_a_test]}"))
    (tmp_path / "clock_of_a_test.py").write_text(CLOCK)
    code, said = verified(site, env={"PYTHONPATH": str(tmp_path)})
    assert 1 == code
    assert (
        "content/kinh-te/b.md:1:1: error[not-repeatable]: a clean build of the same files makes 2 other files" in said
    )
    assert "the first is kinh-te/2022/08/mua.html: line " in said
    assert "build/ is published" in said
    assert "kinh-te/2022/08/mua.html" in tree(site / "build")
