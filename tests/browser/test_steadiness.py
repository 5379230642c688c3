"""Nothing moves under the reader's eyes."""

import re

import pytest
from playwright.sync_api import Page, Route

from served_papers import until

WATCH = """
window.moved = [];
new PerformanceObserver(list => {
  for (const shift of list.getEntries()) {
    if (!shift.hadRecentInput) {
      window.moved.push([shift.value, ...shift.sources.map(s => s.node?.className ?? s.node?.nodeName ?? '')]);
    }
  }
}).observe({type: 'layout-shift', buffered: true});
"""
FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
LOADED = """() => [...document.images].every(image => {
  const box = image.getBoundingClientRect();
  return image.complete || !box.width || box.top > innerHeight || box.bottom < 0;
})"""


def open_slowly(page: Page, address: str) -> None:
    """Open the page as on a slow line: its pictures come after it has been painted without them."""
    held: list[Route] | None = []

    def hold(route: Route) -> None:
        if held is None:
            route.continue_()
        else:
            held.append(route)

    page.route(re.compile(r"\.(webp|jpg|png|svg)$"), hold)
    page.goto(address, wait_until="domcontentloaded")
    until(page, "performance.getEntriesByName('first-contentful-paint').length > 0")
    waiting, held = held, None
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("networkidle")


def read_to_the_end(page: Page) -> None:
    """Scroll the page half a screen at a time, waiting for the pictures that come into view."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 400):
        page.evaluate("top => scrollTo({top, behavior: 'instant'})", top)
        until(page, LOADED)
        page.evaluate(FRAME)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("name", "kind"),
    [("paper", "home"), ("paper", "article"), ("paper", "photo essay"), ("paper", "section"), ("fragment", "article")],
)
def test_no_shift(reader, request, name, kind, width):
    """While a page loads and is read to its end, the sum of its layout shifts stays below 0.02."""
    paper = request.getfixturevalue(name)
    page = reader.page(width=width)
    page.add_init_script(WATCH)
    open_slowly(page, paper.kind(kind))
    read_to_the_end(page)
    moved = page.evaluate("window.moved")
    assert sum(value for value, *_ in moved) < 0.02, moved


def test_watch_sees(reader, paper):
    """The watch of these tests notices what moves."""
    page = reader.page()
    page.add_init_script(WATCH)
    page.goto(paper.kind("home"), wait_until="networkidle")
    page.evaluate("document.querySelector('main').style.paddingTop = '9em'")
    until(page, "window.moved.length > 0")


@pytest.mark.parametrize("kind", ["home", "article"])
def test_pictures_wait(reader, paper, kind):
    """The picture at the head loads at once, those below only when they come near."""
    page = reader.open(paper.kind(kind))
    first = page.locator("main img").first
    assert "high" == first.get_attribute("fetchpriority")
    assert first.get_attribute("loading") is None
    others = page.locator("main img[fetchpriority=high]").count()
    assert 1 == others
