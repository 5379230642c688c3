"""What a command imports: each library that it does not use would be loaded at each start."""

import subprocess
import sys

import pytest

from builders import article_source, site_folder

PROGRAM = """
import sys
import time

tell, tell_exactly = time.time, time.time_ns
time.time = lambda: tell() + 3600  # no file looks as if it could still be changing
time.time_ns = lambda: tell_exactly() + 3600 * 10**9
from newsgen.cli import main
try:
    main()
except SystemExit:
    pass
print(*sys.modules)
"""
ALWAYS = {
    "asyncio",
    "email",
    "http",
    "importlib.metadata",
    "markdown",
    "PIL",
    "pillow_heif",
    "rich",
    "livereload",
    "watchfiles",
    "httpx",
    "ssl",
    "tomllib",
}
"""Modules that no build of plain stories and no short command imports."""
RENDERING = {
    "babel",
    "html",
    "jinja2",
    "nh3",
    "selectolax",
    "comrak",
    "xml",
    "imagesize",
    "newsgen.build.stages",
    "newsgen.content.reader",
    "newsgen.core.rare_words",
    "newsgen.render.scanning",
}
SETTINGS = {
    "difflib",
    "slugify",
    "newsgen.publish.build_info",
    "yaml",
    "zoneinfo",
    "filelock",
    "concurrent",
    "multiprocessing",
    "newsgen.config.reading",
}


def imported(site, *words):
    """The modules that a command has imported when it is done."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], cwd=site, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("word", ["--version"])
def test_a_short_command_imports_little(tmp_path, word):
    """It reads no settings and renders nothing."""
    assert set() == (ALWAYS | RENDERING | SETTINGS) & imported(tmp_path, word)


def test_a_build_imports_what_it_uses(tmp_path):
    """The first one renders; the second finds nothing changed."""
    site = site_folder(tmp_path, {"content/kinh-te/a.md": article_source(title="A")})
    assert set() == ALWAYS & imported(site, "build", "--jobs", "1")
    assert set() == (ALWAYS | RENDERING | {"concurrent", "multiprocessing"}) & imported(site, "build")
