"""The front page of papers with few pictures and few stories, and the paper's pages on paper."""

import re

import pytest
from playwright.sync_api import Page

from builders import article_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, serve


def front_of(folder, count: int, picture: str = ""):
    """A paper of five sections with so many stories each, all with this picture or none."""
    head = [f"image: {picture}"] if picture else []
    files: dict[str, str | bytes] = {
        f"content/s{s}/t{n}.md": article_source(
            f"slug: t{s}{n}", "summary: Một câu ngắn.", *head, title=f"Tin {s} {n}", date=f"2026-08-{n + 1:02}"
        )
        for s in range(5)
        for n in range(count)
    }
    files |= {f"content/s{s}/a.png": png(600, 400) for s in range(5)} | {"static/favicon.ico": png()}
    site = site_folder(folder, files, "title: Báo\nurl: https://baolacgiang.example\n")
    build(BuildOptions(site, site / "build", NOW))
    return serve(site / "build")


UNDER = """() => {
  const cards = [...document.querySelectorAll('.front-top .card')];
  const end = Math.max(...cards.map(card => card.getBoundingClientRect().bottom));
  return document.querySelector('.blocks').getBoundingClientRect().top - end;
}"""
"""Pixels between the lowest of the top stories and the first section."""


@pytest.mark.parametrize("width", [360, 768, 1024, 1280, 1600])
@pytest.mark.parametrize("count", [2, 6])
def test_a_front_without_pictures_has_no_hole(reader, tmp_path, count, width):
    """Without pictures the sections follow right below the top stories, however long the list beside them is."""
    with front_of(tmp_path, count) as paper:
        page = reader.open(paper.find("index.html"), width)
        assert 16 <= page.evaluate(UNDER) <= 64
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("picture", ["", "a.png"])
def test_a_section_of_one_story_is_filled(reader, tmp_path, picture, width):
    """A section with one story shows it over its whole width, not over a half beside an empty one."""
    with front_of(tmp_path, 2, picture) as paper:
        page = reader.open(paper.find("index.html"), width)
        sizes = page.evaluate(
            """() => [...document.querySelectorAll('.block')].map(block =>
            [block.offsetWidth, block.querySelector('.card').offsetWidth, block.querySelectorAll('.card').length])"""
        )
        assert len(sizes) > 3
        assert [] == [size for size in sizes if size[2] == 1 and size[0] != size[1]]


def sheets(page: Page, address: str) -> int:
    """How many sheets of A4 a page takes, with all its pictures loaded."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))


@pytest.mark.parametrize(
    ("kind", "most"), [("home", 2), ("section", 1), ("article", 4), ("photo essay", 3), ("latest", 3), ("author", 1)]
)
def test_few_sheets(reader, paper, kind, most):
    """A page is printed on few sheets."""
    assert sheets(reader.page(), paper.kind(kind)) <= most


def test_what_is_printed_of_lists(reader, paper):
    """On paper the front page has no menus, no list of the latest and one picture; a list has none but its first."""
    page = reader.page()
    page.emulate_media(media="print")
    for kind in ("home", "section", "latest"):
        page.goto(paper.kind(kind))
        seen = "[...document.querySelectorAll('main img')].filter(image => image.checkVisibility()).length"
        assert page.evaluate(seen) <= 1, kind
        hidden = "[...document.querySelectorAll('nav, aside, .latest, .footer')].every(e => !e.checkVisibility())"
        assert page.evaluate(hidden), kind
