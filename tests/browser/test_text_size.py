"""The control of the text size."""

import pytest
from playwright.sync_api import Page, expect

FORBIDDEN = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"


def sizes(page: Page) -> list[float]:
    """The text sizes of lead, body, heading and caption, in pixels."""
    names = [".lead", ".prose p", ".prose h2", "figcaption"]
    script = "names => names.map(n => parseFloat(getComputedStyle(document.querySelector(n)).fontSize))"
    return page.evaluate(script, names)


def test_grows_and_remembers(reader, inline):
    """The control shows 100%, makes all of the story larger step by step, and remembers after a reload."""
    page = reader.open(inline.story())
    shown = page.locator(".text-size output")
    expect(shown).to_have_text("100%")
    before = sizes(page)
    page.get_by_role("button", name="Tăng cỡ chữ").click()
    expect(shown).to_have_text("110%")
    assert [pytest.approx(1.1 * size, abs=0.1) for size in before] == sizes(page)
    page.reload()
    expect(shown).to_have_text("110%")
    assert [pytest.approx(1.1 * size, abs=0.1) for size in before] == sizes(page)


def test_holds_for_other_stories(reader, inline):
    """A size chosen in one story holds in the next."""
    page = reader.open(inline.story())
    page.get_by_role("button", name="Tăng cỡ chữ").click()
    page.goto(inline.kind("article"))
    expect(page.locator(".text-size output")).to_have_text("110%")


def test_ends(reader, inline):
    """The control stops at its ends and says so, and comes back to 100%."""
    page = reader.open(inline.story())
    shown = page.locator(".text-size output")
    smaller, larger = page.get_by_role("button", name="Giảm cỡ chữ"), page.get_by_role("button", name="Tăng cỡ chữ")
    for _ in range(10):
        larger.click(force=True)
    expect(shown).to_have_text("150%")
    expect(larger).to_have_attribute("aria-disabled", "true")
    expect(smaller).to_have_attribute("aria-disabled", "false")
    for _ in range(10):
        smaller.click(force=True)
    expect(shown).to_have_text("90%")
    expect(smaller).to_have_attribute("aria-disabled", "true")
    larger.click()
    expect(shown).to_have_text("100%")


def test_by_keyboard(reader, inline):
    """The control works by keyboard."""
    page = reader.open(inline.story())
    page.get_by_role("button", name="Tăng cỡ chữ").press("Enter")
    expect(page.locator(".text-size output")).to_have_text("110%")


def test_storage_forbidden(reader, inline):
    """Where the browser forbids storage the control still works, for this page."""
    page = reader.page()
    page.add_init_script(FORBIDDEN)
    page.goto(inline.story())
    before = sizes(page)
    page.get_by_role("button", name="Tăng cỡ chữ").click()
    expect(page.locator(".text-size output")).to_have_text("110%")
    assert [pytest.approx(1.1 * size, abs=0.1) for size in before] == sizes(page)
    page.reload()
    expect(page.locator(".text-size output")).to_have_text("100%")


@pytest.mark.parametrize("stored", ["", "abc", "-100", "1e9", "105", "NaN"])
def test_garbage_stored(reader, inline, stored):
    """A stored size that the control never wrote is taken for 100%."""
    page = reader.open(inline.story())
    page.get_by_role("button", name="Tăng cỡ chữ").click()
    spoil = "stored => { for (const key of Object.keys(localStorage)) localStorage.setItem(key, stored); }"
    assert page.evaluate("localStorage.length") > 0
    page.evaluate(spoil, stored)
    page.reload()
    expect(page.locator(".text-size output")).to_have_text("100%")
