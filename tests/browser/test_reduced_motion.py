"""Readers who want no motion see the first frame of an animation, and load nothing else of it."""

import pytest

from builders import article_source, png, site_folder
from moving_pictures import make_large_gif
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from planted_pictures import make_planted
from served_papers import NOW, serve, until

PATTERNS = {name: f"kinh-te/*/*/{name}.html" for name in ("trong-bai", "dau-bai", "anh-nho")}


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """A paper with animations in a text, at the head of a story, and in a gallery; one is small."""
    gallery = "![Một](dong.gif)\n![Hai](dong.gif)\n![Ba](nho.gif)\n"
    files: dict[str, str | bytes] = {
        "content/kinh-te/a.md": article_source(
            "slug: trong-bai", title="Trong bài", date="2026-08-10", body=f"Câu đầu.\n\n![Triều](dong.gif)\n\n{gallery}"
        ),
        "content/kinh-te/b.md": article_source(
            "slug: dau-bai", "image: {src: dong.gif, alt: Triều}", title="Đầu bài", date="2026-08-11", body="Câu.\n"
        ),
        "content/kinh-te/c.md": article_source(
            "slug: anh-nho", title="Ảnh nhỏ", date="2026-08-12", body="Câu.\n\n![Triều](nho.gif)\n"
        ),
        "content/kinh-te/dong.gif": make_large_gif(0, (900, 600), 4),
        "content/kinh-te/nho.gif": make_planted("GIF"),
        "static/favicon.ico": png(),
    }
    site = site_folder(tmp_path_factory.mktemp("moving"), files, "title: Báo\nurl: https://baolacgiang.example\n")
    build(BuildOptions(site, site / "build", NOW))
    with serve(site / "build") as served:
        yield served


def load(browser, url, motion, width=360, pictures="main figure img"):
    """The pictures that a page loads, how many pixels of each are there, and the width of the page."""
    with browser.new_context(reduced_motion=motion, viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(url)
        page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })")
        page.wait_for_load_state("networkidle")
        shown = page.evaluate(
            "which => [...document.querySelectorAll(which)].map(i => [i.currentSrc.split('/').pop(), i.naturalWidth])",
            pictures,
        )
        return shown, page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PATTERNS)
def test_what_is_loaded(browser, paper, name, width):
    """The animation, or one of the stills; the page is no wider than the screen."""
    url = paper.find(PATTERNS[name])
    for motion in ("no-preference", "reduce"):
        shown, wide = load(browser, url, motion, width)
        assert width == wide
        assert shown
        for file, pixels in shown:
            assert pixels > 0
            moves = file == "nho.gif" or len(file.split(".")[2]) == 13
            assert moves == (motion == "no-preference"), file


@pytest.mark.parametrize("pattern", ["index.html", "kinh-te/index.html"])
def test_lists_do_not_move(browser, paper, pattern):
    """Cards show stills, whatever the reader wants."""
    shown, _ = load(browser, paper.find(pattern), "no-preference", pictures="main .thumb img")
    assert [12] == [len(file.split(".")[2]) for file, _ in shown]


def test_the_viewer(browser, paper):
    """A picture of a gallery that is opened stays still too."""
    for motion, moves in (("no-preference", True), ("reduce", False)):
        with browser.new_context(reduced_motion=motion) as context:
            page = context.new_page()
            page.goto(paper.find(PATTERNS["trong-bai"]))
            page.locator(".gallery a.enlarge").first.click()
            shown = page.locator("dialog.viewer figure img")
            shown.wait_for()
            until(page, "document.querySelector('dialog.viewer figure img').naturalWidth > 0")
            file = shown.evaluate("(image) => image.currentSrc.split('/').pop()")
            assert moves == (len(file.split(".")[2]) == 13), file
