"""The paper on narrow screens."""

import pytest

from served_papers import KINDS

TARGETS = {
    "home": [
        ".paper-name a",
        ".masthead-links a",
        ".sections a",
        ".sections summary",
        ".strip a",
        ".to-top a",
        ".footer nav a",
    ],
    "section": [".breadcrumb a", ".subsections a", ".pager a"],
    "article": [
        ".breadcrumb a",
        ".byline a",
        ".text-size button",
        ".tags a",
        ".share a",
        ".neighbours a",
        ".latest li",
    ],
    "archive": [".months a"],
    "404": [".choices a"],
}
"""What a finger must hit, by the kind of page on which it stands."""

SMALL = """selector => [...document.querySelectorAll(selector)]
  .filter(target => target.checkVisibility())
  .map(target => [target.textContent.trim(), target.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
  .map(([text, box]) => `${text}: ${box.width} × ${box.height}`)"""

WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
  .map(element => element.tagName + '.' + element.className).slice(0, 5)"""


PARTED = """selector => [...document.querySelectorAll(selector)].map(item => {
  const line = item.parentElement.getBoundingClientRect(), style = getComputedStyle(item, '::before');
  const left = item.getBoundingClientRect().left;
  const drawn = part => !['none', 'normal'].includes(getComputedStyle(item, part).content);
  const signs = ['::before', '::after'].filter(drawn);
  const sign = left + parseFloat(style.left) + parseFloat(style.width) / 2;
  return [Math.abs(left - line.left) < 1 ? 'begins' : 'follows', signs.join(), sign > line.left ? 'seen' : 'hidden'];
})"""
"""Of each item of a line: whether it begins one, what it has for a sign, and whether its middle is on the line."""


def too_wide(page, width: int) -> list[str]:
    """What sticks out of the page at this width, nothing when the page fits."""
    page.set_viewport_size({"width": width, "height": 800})
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth && innerWidth === " + str(width))
    return [] if fits else [f"{page.url} at {width}", *page.evaluate(WIDE)]


def test_every_page_fits(reader, paper, fragment):
    """Every page loads in quiet, and none is wider than a screen of 320 or 360 pixels."""
    page = reader.page(width=360)
    known = {address.removeprefix(paper.origin) for address in paper.pages()}
    more = [address for address in fragment.pages() if address.removeprefix(fragment.origin) not in known]
    assert len(known) > 60
    assert len(more) > 10
    wide: list[str] = []
    for address in paper.pages() + more:
        page.goto(address)
        wide += too_wide(page, 360) + too_wide(page, 320)
    assert [] == wide


def test_large_text_fits(reader, paper):
    """A story still fits 320 pixels when the reader's text is largest."""
    page = reader.open(paper.kind("article"), width=320)
    for _ in range(5):
        page.get_by_role("button", name="Tăng cỡ chữ").click()
    assert "150%" == page.locator(".text-size output").inner_text()
    assert [] == too_wide(page, 320)


@pytest.mark.parametrize(
    ("kind", "items"), [("article", ".dateline > *"), ("article", ".credit"), ("month", ".breadcrumb li")]
)
def test_no_line_begins_or_ends_with_a_dot(reader, paper, kind, items):
    """What parts the items of a line is seen between two of them, and nowhere else."""
    page = reader.open(paper.kind(kind), width=320)
    found = [tuple(item) for width in (320, 1280) for item in _parted(page, items, width)]
    assert {"begins", "follows"} == {where for where, _, _ in found}
    assert {("follows", "::before", "seen")} == {item for item in found if item[0] == "follows"}
    assert {("", "hidden"), ("::before", "hidden")} >= {item[1:] for item in found if item[0] == "begins"}


def _parted(page, items: str, width: int) -> list[list[str]]:
    page.set_viewport_size({"width": width, "height": 800})
    found = page.evaluate(PARTED, items)
    return [[where, signs, seen if signs else "hidden"] for where, signs, seen in found]


@pytest.mark.parametrize("kind", TARGETS)
def test_targets(reader, fragment, kind):
    """What a finger must hit on a phone is 44 pixels wide and high, or more."""
    page = reader.page(width=360, has_touch=True, is_mobile=True)
    page.goto(fragment.kind(kind), wait_until="networkidle")
    found = {selector: page.evaluate(SMALL, selector) for selector in TARGETS[kind]}
    assert [] == [selector for selector in found if not page.locator(selector).count()]
    assert {} == {selector: small for selector, small in found.items() if small}


@pytest.mark.parametrize("kind", KINDS)
def test_readable(reader, paper, kind):
    """Text on a phone is never smaller than 12 pixels."""
    page = reader.open(paper.kind(kind), width=360)
    small = """() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = new Set();
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const size = parseFloat(getComputedStyle(element).fontSize);
        const seen = walker.currentNode.data.trim() && element.checkVisibility();
        if (seen && size < 12) found.add(`${element.tagName}: ${size}`);
      }
      return [...found];
    }"""
    assert [] == page.evaluate(small)


@pytest.mark.parametrize("width", [320, 360])
def test_no_story_twice_on_the_first_screens(reader, paper, width):
    """Within four screens of the front page on a phone each story is shown once, and the list of the latest below."""
    page = reader.open(paper.kind("home"), width=width)
    shown = page.evaluate(
        """() => [...document.querySelectorAll('main .headline a, main .latest li a')]
        .filter(link => link.getBoundingClientRect().top < 4 * innerHeight).map(link => link.pathname)"""
    )
    assert len(shown) > 8
    assert sorted(set(shown)) == sorted(shown)


def test_the_date_of_the_edition_is_one_line(reader, paper):
    """The masthead says the date of the edition in one line."""
    page = reader.open(paper.kind("home"), width=360)
    assert page.locator(".edition").bounding_box()["height"] < 24
