"""Dark screens, paper, keyboards, and readers without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from served_papers import KINDS

COLOURS = """selector => {
  const element = document.querySelector(selector);
  return [getComputedStyle(document.body).backgroundColor, getComputedStyle(element).color]
    .map(colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number));
}"""

MARKED = """() => {
  const element = document.activeElement;
  const outlined = [null, '::before', '::after'].map(part => getComputedStyle(element, part))
    .some(style => style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2);
  const box = element.getBoundingClientRect();
  return outlined && box.bottom > 0 && box.top < innerHeight;
}"""


def lightness(page: Page, selector: str) -> tuple[float, float]:
    """The lightness of the page's ground and of this text, from 0 to 255."""
    ground, text = page.evaluate(COLOURS, selector)
    return sum(ground) / 3, sum(text) / 3


def test_light_and_dark(reader, inline):
    """A reader who prefers dark screens gets light text on dark ground, any other dark on light."""
    for scheme, light in (("light", True), ("dark", False)):
        page = reader.open(inline.story(), color_scheme=scheme)
        for selector in ("h1", ".lead", ".prose p", "figcaption", ".dateline", ".tags a", ".latest a"):
            ground, text = lightness(page, selector)
            assert light is (ground > text), (scheme, selector, ground, text)
            assert abs(ground - text) > 80, (scheme, selector, ground, text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print(reader, inline, scheme):
    """On paper a story is dark on white: title, picture, body and address, no menus, no other stories."""
    page = reader.open(inline.story(), color_scheme=scheme)
    page.emulate_media(media="print")
    ground, text = lightness(page, ".prose p")
    assert 255 == ground
    assert text < 60
    for shown in ("h1", ".dateline", ".lead", "figure img", "figcaption", ".prose p"):
        expect(page.locator(shown).first).to_be_visible()
    expect(page.get_by_text("https://baolacgiang.example/kinh-te/2026/08/phien-cho-mau.html")).to_be_visible()
    for hidden in (*page.locator("nav, aside, .tools, .related, .to-top, .share, .skip").all(),):
        expect(hidden).to_be_hidden()


def test_skip_link(reader, paper):
    """The first stop of the keyboard is a link past the menus, seen when it is reached."""
    page = reader.open(paper.kind("article"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    assert box["width"] >= 100
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["home", "article"])
def test_focus_is_seen(reader, paper, kind, scheme):
    """Every stop of the keyboard is marked by an outline of two pixels or more, and lies on the screen."""
    page = reader.open(paper.kind(kind), color_scheme=scheme, reduced_motion="reduce")
    stops = page.locator("a[href], button").filter(visible=True).count()
    unmarked: list[str] = []
    for _ in range(min(stops, 60)):
        page.keyboard.press("Tab")
        if not page.evaluate(MARKED):
            unmarked.append(page.evaluate("document.activeElement.outerHTML"))
    assert [] == unmarked


def test_order_of_focus(reader, inline):
    """The keyboard meets menu, breadcrumb, author, text size, tags and latest news in this order."""
    page = reader.open(inline.story())
    order = [".skip", ".sections a", ".breadcrumb a", ".byline a", ".text-size button", ".tags a", ".latest a"]
    met: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate("order => order.find(name => document.activeElement.matches(name))", order)
        if found and found not in met:
            met.append(found)
    assert order == met


@pytest.mark.parametrize("kind", KINDS)
def test_without_script(reader, paper, kind):
    """Without JavaScript every page is read in full, and shows no control that would do nothing."""
    page = reader.open(paper.kind(kind), java_script_enabled=False)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).not_to_be_empty()
    for control in page.locator("button, output").all():
        expect(control).to_be_hidden()
    for text in page.locator("main :is(h2, h3, p, figcaption, li):not(.unseen, .print-only, .share li)").all():
        expect(text).to_be_visible()


def test_motion(reader, inline):
    """A reader who asked for less motion is taken to the top at once."""
    page = reader.open(inline.story(), reduced_motion="reduce")
    assert "auto" == page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
