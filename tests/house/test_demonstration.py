"""The demonstration paper shows what newsgen has: a series, topics below topics, two languages."""

import re
import shutil
from pathlib import Path

import pytest

from builders import moment
from papers import build_site, tree

ROOT = Path(__file__).parents[2]
PICTURE = 32_000
"""The most bytes of a picture: a list loads many at once, and a slow phone waits for some before it shows anything."""


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """The paper as of the last day of its stories, built from a copy."""
    site = tmp_path_factory.mktemp("demonstration")
    for name in ("content", "data", "static", "templates"):
        shutil.copytree(ROOT / name, site / name)
    shutil.copy(ROOT / "newsgen.yaml", site)
    report = build_site(site, at=moment("2026-01-05 08:00"))
    assert [] == report.warnings
    return tree(site / "build")


def test_its_series_is_in_order(paper):
    """Each part of “Bốn mùa sông Lạc” says which it is of four, and links the others in their order."""
    found = {}
    for name, data in paper.items():
        box = re.search(r'<nav class="series".*?</nav>', data.decode("utf-8", "replace"), re.DOTALL)
        if name.endswith(".html") and box:
            part = re.search(r"Kỳ (\d)/(\d)", box[0])
            found[name] = (part.groups(), re.findall(r"<li>.*?>([^<]+)<", box[0]))
    assert {("1", "4"), ("2", "4"), ("3", "4")} == {part for part, _ in found.values()}
    assert 1 == len({tuple(titles) for _, titles in found.values()})


def test_a_topic_has_its_stories_and_those_of_the_topic_below(paper):
    """“giao thông” lists what is told of the bridge, whose own topic lies below it."""
    upper, lower = (paper[f"chu-de/giao-thong/{name}index.html"].decode() for name in ("", "cau-lac-2/"))
    bridge = "/kinh-te/2025/12/cau-lac-2-hop-long.html"
    assert (True, True) == (bridge in upper, bridge in lower)
    assert '<a href="/chu-de/giao-thong/cau-lac-2/">' in upper


def test_its_english_pages_are_english(paper):
    """No page below /en/ has a Vietnamese interface, and every story there has a version that names it."""
    pages = {name: data.decode() for name, data in paper.items() if name.startswith("en/") and name.endswith(".html")}
    opening = '<html lang="en" dir="ltr">'
    assert [] == [name for name, text in pages.items() if opening not in text or "Tin mới nhất" in text]
    stories = [name for name, text in pages.items() if "kind-article" in text]
    assert 4 == len(stories)
    for name in stories:
        original = re.search(r'hreflang="vi" href="https://baolacgiang.example/([^"]+)"', pages[name])[1]
        assert f'hreflang="en" href="https://baolacgiang.example/{name}"' in paper[original].decode()


def test_its_pictures_are_small():
    """A list on a slow phone does not wait for its pictures: each of them is small."""
    pictures = {path: path.stat().st_size for path in (ROOT / "content").rglob("*.webp")}
    assert pictures
    assert {} == {path: size for path, size in pictures.items() if size > PICTURE}
