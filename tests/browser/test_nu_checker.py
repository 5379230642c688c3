"""The W3C's Nu checker on what is published."""

import json
import subprocess
from pathlib import Path

import pytest


def check(java: str, jar: str, *arguments: str | Path) -> list[str]:
    """The checker's errors, one a line."""
    command = [java, "-jar", jar, "--errors-only", "--format", "json", "--exit-zero-always", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    return [f"{m.get('url', '')}:{m.get('lastLine')}: {m['message']} {m.get('extract', '')!r}" for m in messages]


@pytest.fixture(scope="module")
def jar(tool) -> str:
    return tool("vnu-jar/build/dist/vnu.jar")


@pytest.mark.parametrize("name", ["paper", "fragment", "started", "everything"])
def test_html(java, jar, request, name):
    """Every whole page is valid HTML."""
    assert [] == check(java, jar, *request.getfixturevalue(name).files())


UNKNOWN = ("Property “container-type” doesn't exist", "Unrecognized at-rule “@container”")
"""What the checker, which is older than CSS Containment Level 3, says of container queries."""


def test_css(java, jar, paper):
    """The theme's stylesheet is valid CSS."""
    said = check(java, jar, "--css", *sorted(paper.folder.rglob("*.css")))
    assert [] == [line for line in said if not any(unknown in line for unknown in UNKNOWN)]


def test_svg(java, jar, paper):
    """Every drawing is valid SVG."""
    assert [] == check(java, jar, "--svg", *sorted(paper.folder.rglob("*.svg")))


def test_checker_sees(java, jar, tmp_path):
    """The checker notices a fault."""
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=vi><title>a</title><p><div></p>", "utf-8")
    assert len(check(java, jar, page)) > 0
