"""Charts on a phone: no two of their texts overlap, and none leaves its chart."""

import pytest

from random_charts import make_table
from source_modules import PACKAGE
from story_rendering import body_of

CHARTS = 200
CSS = (PACKAGE / "theme" / "static" / "theme" / "newsgen.css").read_text("utf-8")
CLASHES = """() => [...document.querySelectorAll('.chart')].flatMap((chart, number) => {
  const frame = chart.getBoundingClientRect();
  const boxes = [...chart.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
  boxes.sort(([, a], [, b]) => a.top - b.top);
  const found = [];
  boxes.forEach(([text, box], at) => {
    const isAside = box.left < frame.left - 1 || box.right > frame.right + 1;
    if (isAside || box.bottom > frame.bottom + 4 || box.top < frame.top - 4)
      found.push(`${number}: ${text} leaves its chart`);
    for (const [other, near] of boxes.slice(at + 1)) {
      if (near.top >= box.bottom - 3) break;
      if (near.left < box.right && box.left < near.right) found.push(`${number}: ${text} / ${other}`);
    }
  });
  return found;
})"""
"""Texts that overlap, or leave their chart. The boxes of two lines may share the space above and below letters."""


def write_page(texts: list[str]) -> str:
    """A page of the theme with these parts of a story."""
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<style>{CSS}</style><div class="wrap"><article class="story"><div class="prose">{"".join(texts)}'
    )


@pytest.fixture(scope="module")
def charts():
    """Two hundred charts of random tables."""
    found = []
    for seed in range(CHARTS):
        csv, form = make_table(seed)
        body = body_of(f'![Giá nhãn](gia.csv#{form} "Nghìn đồng")\n', files={"gia.csv": csv})
        assert () == body.problems
        found.append(body.html)
    return found


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("font", ["DejaVu Sans", "Liberation Sans"])
def test_labels_never_overlap(browser, charts, width, font):
    """In the widest fonts of readers' systems too."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(write_page([f"<style>:root {{ --font-ui: '{font}' }}</style>", *charts]))
    assert [] == page.evaluate(CLASHES)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
