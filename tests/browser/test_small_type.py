"""Italics on the first visit, and the contrast of small text."""

from typing import Any

import pytest
from playwright.sync_api import Page

from builders import article_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, serve

EARLY, LATE = "phap-luat/*/*/hoi-dap-hop-dong-lao-dong.html", "van-hoa/*/*/hat-cua-dinh.html"
"""Stories of the demonstration with italics in the first paragraph, and far below alone."""
ITALICS = ["source-serif-4-latin-400-italic.woff2", "source-serif-4-vietnamese-400-italic.woff2"]


def faces_of(page: Page, selector: str) -> list[dict[str, Any]]:
    """The fonts that draw an element, as Chromium tells its developer tools."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    return devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]


@pytest.mark.parametrize(("story", "expected"), [(EARLY, ITALICS), (LATE, [])])
def test_italics_are_fetched_early_where_the_first_screen_has_some(reader, paper, story, expected):
    """The files of the italics are named in the head of pages that show some at their beginning, and of no others."""
    page = reader.open(paper.find(story))
    preloads = "[...document.querySelectorAll('link[rel=preload]')].map(link => link.href.split('/').at(-1))"
    assert expected == [name for name in page.evaluate(preloads) if "italic" in name]


@pytest.mark.parametrize("story", [EARLY, LATE])
def test_no_upright_letter_is_slanted(reader, paper, story):
    """On the first visit italics are drawn by an italic face, the theme's or one of the reader's machine."""
    page = reader.open(paper.find(story))
    most = max(faces_of(page, ".prose em"), key=lambda face: face["glyphCount"])  # a letter may be of yet another face
    assert "it" in most["postScriptName"].partition("-")[2].casefold(), most


def test_every_serif_of_the_theme_has_italics(reader, paper):
    """The theme's face and what stands in for it have an italic face each, so that no browser slants an upright one."""
    page = reader.open(paper.find(EARLY))
    faces = page.evaluate("[...document.fonts].map(face => [face.family, face.style])")
    families = {family for family, _ in faces}
    assert len(families) == 3
    assert families == {family for family, style in faces if style == "italic"}


CONTRAST = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(v => v / 255)
      .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = element => {
    const colour = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
    return /, 0\\)$/.test(colour) ? ground(element.parentElement) : colour;
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const says = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!says || !element.checkVisibility() || element.closest('.unseen, .skip')) continue;
    const [a, b] = [getComputedStyle(element).color, ground(element)].map(light).sort((a, b) => b - a);
    const contrast = (a + .05) / (b + .05);
    const where = `${element.outerHTML.slice(0, 60)} in ${element.parentElement.className}`;
    if (contrast < 7) found.push(`${where}: ${contrast}`);
  }
  return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """The theme as it is, with a story that has corrections, topics, a sponsor and every kind of block."""
    head = ["slug: a", "sponsor: Hợp tác xã", "tags: [chợ]", "image: {src: a.png, alt: Chợ, caption: Chợ, credit: An}"]
    head += ["corrections: [{date: 2026-08-02, kind: correction, text: Chợ mở lúc năm giờ.}]"]
    body = "Chợ mở. `mã`[^1]\n\n> [!NOTE]\n> Ghi chú.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Chú thích.\n"
    story = article_source(*head, title="Chợ", date="2026-08-01", body=body)
    older = article_source("slug: b", title="Cầu", date="2026-07-01")
    files = {"content/tin/a.md": story, "content/tin/b.md": older, "content/tin/a.png": png(600, 400)}
    site = site_folder(tmp_path_factory.mktemp("corrected"), {**files, "static/favicon.ico": png()})
    build(BuildOptions(site, site / "build", NOW))
    with serve(site / "build") as paper:
        yield paper


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("pattern", ["tin/*/*/a.html", "index.html", "dinh-chinh/index.html", "luu-tru/index.html"])
def test_contrast(reader, corrected, pattern, scheme):
    """All text, the stamps in the box of corrections too, has a contrast of 7 to 1 (WCAG 2.2, 1.4.6, AAA)."""
    page = reader.open(corrected.find(pattern), color_scheme=scheme)
    assert [] == page.evaluate(CONTRAST)
