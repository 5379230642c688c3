"""Words that no browser can break: hashtags and addresses of readers and editors, in every field of every page."""

import pytest
from playwright.sync_api import Page

from long_words import unbroken_site
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, serve

WIDTHS = (320, 360, 768, 1280)
"""Widths of windows in pixels; the first is also one of 1280 at 400 % zoom (WCAG 2.2, 1.4.10)."""

OUTSIDE = """() => {
  const scrolls = element => element && element !== document.body
    && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.querySelectorAll('main *, header *, footer *, aside *')]
    .filter(element => element.checkVisibility() && !element.closest('.unseen, .skip') && !scrolls(element))
    .map(element => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.right > innerWidth + 1 || box.left < -1)
    .map(([element]) => `${element.tagName}.${element.className} in .${element.parentElement.className}`).slice(0, 4)
}"""
"""What sticks out of the window, but for what scrolls inside itself, such as wide tables."""


def faults(page: Page, width: int) -> list[str]:
    """Why the page at this width scrolls sideways or hides a part of a text; nothing where all is in the window."""
    page.set_viewport_size({"width": width, "height": 800})
    outside = page.evaluate(OUTSIDE)
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return [] if fits and not outside else [f"{page.url} at {width}: {' '.join(outside) or 'scrolls'}"]


@pytest.mark.parametrize("length", [10, 22, 36, 64, 100])
def test_no_page_is_wider_than_its_window(reader, tmp_path, length):
    """Pages of every kind fit their window, with unbroken words in all their texts."""
    site = unbroken_site(tmp_path / "site", length)
    build(BuildOptions(site, site / "build", NOW))
    with serve(site / "build") as paper:
        page = reader.page()
        addresses = {kind: address for (kind, _), address in paper.one_of_each_kind().items()}
        assert {"article", "page", "home", "section", "notice", "404"} <= addresses.keys()
        found = []
        for address in addresses.values():
            page.goto(address)
            found += [fault for width in WIDTHS for fault in faults(page, width)]
    assert [] == found
