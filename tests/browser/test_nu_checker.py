"""The W3C's Nu checker on what is published. One run looks at everything, for the checker is slow to start."""

import json
import subprocess
from collections.abc import Callable

import pytest

PAPERS = ("paper", "fragment", "started", "everything")
UNKNOWN = (
    "Property “container-type” doesn't exist",
    "Unrecognized at-rule “@container”",
    "“paint-order”: Property “paint-order” doesn't exist",
    "“vector-effect”: Property “vector-effect” doesn't exist",
)
"""What the checker says of container queries (CSS Containment Level 3) and of two properties of SVG 2."""

BROKEN = {
    "broken.html": "<!doctype html><html lang=vi><title>a</title><p><div></p>",
    "broken.css": "p { color: 1px }",
    "broken.svg": '<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>',
}


@pytest.fixture(scope="module")
def errors(java, tool, request, tmp_path_factory) -> Callable[[str, str], list[str]]:
    """Gives the checker's errors in files of a name's end below a folder of a paper, or "broken", one a line."""
    folders = {name: request.getfixturevalue(name).folder for name in PAPERS}
    folders["broken"] = tmp_path_factory.mktemp("broken")
    for name, text in BROKEN.items():
        (folders["broken"] / name).write_text(text, "utf-8")
    files = [file for name in PAPERS for file in request.getfixturevalue(name).files()]
    files += sorted([*folders["paper"].rglob("*.css"), *folders["paper"].rglob("*.svg"), *folders["broken"].iterdir()])
    options = ["--also-check-css", "--also-check-svg", "--errors-only", "--format", "json", "--exit-zero-always"]
    command = [java, "-jar", tool("vnu-jar/build/dist/vnu.jar"), *options, *map(str, files)]
    messages = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)["messages"]

    def said(name: str, end: str) -> list[str]:
        found = [m for m in messages if m["url"].startswith(f"file:{folders[name]}/") and m["url"].endswith(end)]
        return [f"{m['url']}:{m.get('lastLine')}: {m['message']} {m.get('extract', '')!r}" for m in found]

    return said


@pytest.mark.parametrize("name", PAPERS)
def test_html(errors, name):
    """Every whole page is valid HTML."""
    assert [] == errors(name, ".html")


def test_css(errors):
    """The theme's stylesheet is valid CSS."""
    assert [] == [line for line in errors("paper", ".css") if not any(unknown in line for unknown in UNKNOWN)]


def test_svg(errors):
    """Every drawing is valid SVG."""
    assert [] == errors("paper", ".svg")


@pytest.mark.parametrize("end", [".html", ".css", ".svg"])
def test_checker_sees(errors, end):
    """The checker notices a fault in a file of each kind."""
    assert [] != errors("broken", end)
