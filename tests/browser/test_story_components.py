"""What a reader does with the components of a story: by keyboard, without script, under the policy of `_headers`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from test_galleries import read_policy

from served_papers import Paper, serve

OUTPUT = "tin/a/2025/01/phan.html"
ORDER = "table => [...table.tBodies[0].rows].map(row => row.cells[0].textContent)"


@pytest.fixture(scope="module")
def guarded(everything: Paper) -> Iterator[Paper]:
    """The paper that holds everything on a host that sends its policy."""
    with serve(everything.folder, read_policy(Paper(everything.folder / "tin", ""))) as served:
        yield served


def find_table(page: Page):
    return page.locator(".data-table table").first


@pytest.mark.parametrize("key", ["Enter", "Space", "click"])
def test_a_table_is_sorted(reader, guarded, key):
    """By a click or a key on a head: it and screen readers are told; what is missing stands last."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}", 360)
    table = find_table(page)
    head = table.locator("thead th").nth(1)
    before = table.evaluate(ORDER)
    for order, expected in [
        ("ascending", ["Vân Hải", "Lạc Giang", "Kim <Sa>"]),
        ("descending", ["Lạc Giang", "Vân Hải", "Kim <Sa>"]),
        (None, before),
    ]:
        button = head.get_by_role("button")
        button.click() if key == "click" else button.press(key)
        assert (order, expected) == (head.get_attribute("aria-sort"), table.evaluate(ORDER))
        assert "Giá & <thuế>" in (page.locator("[data-sorted]").text_content() or "") or order is None


def test_the_slider_between_two_pictures(reader, guarded):
    """Arrow keys move it, and more of one picture is seen."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}")
    block = page.locator(".before-after.joined").first
    slider = block.get_by_role("slider")
    width = block.evaluate("block => block.clientWidth")
    assert [width] * 2 == block.locator("img").evaluate_all("all => all.map(one => one.clientWidth)")
    slider.focus()
    for key, value in [("ArrowRight", "51"), ("Home", "0"), ("End", "100"), ("ArrowLeft", "99")]:
        page.keyboard.press(key)
        expect(slider).to_have_value(value)
        assert f"{value}%" == block.evaluate("block => block.style.getPropertyValue('--cut')")


def test_without_script(reader, guarded):
    """Tables have no buttons, pictures stand side by side, and details unfold."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}", java_script_enabled=False)
    expect(page.locator(".sort, .before-after input")).to_have_count(0)
    expect(find_table(page)).to_be_visible()
    first, second = page.locator(".before-after").first.locator("img").all()
    one, other = first.bounding_box(), second.bounding_box()
    assert one and other
    assert one["x"] + one["width"] <= other["x"]
    page.locator(".data-chart summary").first.click()
    expect(page.locator(".data-chart table").first).to_be_visible()
