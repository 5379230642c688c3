"""The first picture of a page is never lazy, wherever it stands, and no picture far below is in a hurry."""

import pytest

from builders import article_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, Paper, serve

LONG = "Một câu dài để trang cuộn được. " * 60 + "\n\n"
FIGURE = '![Cầu](a.png "Cầu")\n\n'
BODIES = {
    "poster": ("kicker: Ảnh", '<video controls poster="a.png" src="a.mp4"></video>\n\n' + LONG + FIGURE),
    "gallery": ("kicker: Ảnh", "![A](a.png)\n![B](b.png)\n![A](a.png)\n\n" + LONG + FIGURE),
    "far": ("kicker: Ảnh", LONG * 3 + FIGURE + LONG + FIGURE),
    "lead-in-text": ("image: a.png", "Câu đầu.\n\n" + FIGURE + LONG + "![Bến](b.png)\n\n"),
    "lead": ("image: b.png", LONG + FIGURE),
    "figure": ("kicker: Ảnh", "Câu đầu.\n\n" + FIGURE + LONG + FIGURE),
}
"""Stories by where their first picture stands, the oldest first: a line of front matter, and the text."""


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """A paper with these stories, older ones without pictures, and a standing page."""
    files: dict[str, str | bytes] = {
        f"content/tin/{name}.md": article_source(f"slug: {name}", line, title=name, date=f"2026-08-{day:02}", body=body)
        for day, (name, (line, body)) in enumerate(BODIES.items(), 10)
    }
    files |= {
        f"content/chu/t{n}.md": article_source(f"slug: t{n}", title=f"Chữ {n}", date=f"2026-08-0{n}", body="Câu.\n")
        for n in range(1, 9)
    }
    files["content/pages/gioi-thieu.md"] = f"---\ntitle: Giới thiệu\n---\nCâu đầu.\n\n{FIGURE}{LONG}{FIGURE}"
    files |= {f"content/{where}/{name}.png": png(600, 400) for where in ("tin", "pages") for name in "ab"}
    files |= {"content/tin/a.mp4": b"0", "static/favicon.ico": png()}
    site = site_folder(tmp_path_factory.mktemp("pictures"), files, "title: Báo\nurl: https://baolacgiang.example\n")
    build(BuildOptions(site, site / "build", NOW))
    with serve(site / "build") as paper:
        yield paper


LOADING = """() => [...document.querySelectorAll('main img, main video[poster]')].map(picture => [
  picture.loading === 'lazy' ? 'lazy' : 'at once', picture.fetchPriority === 'high' ? 'urgent' : ''
].join(' ').trim())"""


@pytest.mark.parametrize("name", BODIES)
def test_the_first_picture_of_a_story(reader, pictures: Paper, name):
    """The first picture of a story loads at once, and all others when they come near."""
    page = reader.open(pictures.find(f"tin/*/*/{name}.html"))
    first, *others = page.evaluate(LOADING)
    assert {"far": "at once", "poster": "at once"}.get(name, "at once urgent") == first
    assert {"lazy"} == set(others)


@pytest.mark.parametrize("pattern", ["index.html", "tin/index.html", "tin-moi-nhat/index.html", "gioi-thieu.html"])
def test_the_first_picture_of_a_list(reader, pictures: Paper, pattern):
    """On the home page, lists and standing pages one picture loads at once, the first; the others are lazy."""
    page = reader.open(pictures.find(pattern))
    first, *others = page.evaluate(LOADING)
    assert "at once urgent" == first
    assert {"lazy"} == set(others) or not others


def test_lists_of_the_demonstration(reader, paper):
    """The home page and every list of the demonstration have one urgent picture at most, the first."""
    page = reader.page()
    for kind in ("home", "section", "tag", "author", "latest", "month", "English home"):
        page.goto(paper.kind(kind))
        cards = [one for one in page.evaluate(LOADING) if one != "at once"]  # but for the portrait of an author
        assert "at once urgent" == cards[0], kind
        assert {"lazy"} >= set(cards[1:]), kind
