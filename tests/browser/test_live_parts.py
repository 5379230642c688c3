"""What the script adds: the shared latest box, times ago, the count of readers."""

import json
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from served_papers import CUT, ENDPOINT, TITLE

ANSWERS = {
    "HTML": "<!doctype html><p>140</p>",
    "negative": '{"online": -1}',
    "a string": '{"online": "140"}',
    "not whole": '{"online": 1.5}',
    "too large": '{"online": 1e300}',
    "nothing": "",
    "null": "null",
    "another word": '{"count": 140}',
    "a list": "[140]",
}
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def ask_count(page: Page, address: str, body: str, status: int = 200) -> None:
    """Open the page, with this answer to its question for the count of readers, and wait until it is read."""
    page.route(f"**{ENDPOINT}", lambda route: route.fulfill(status=status, body=body, content_type="application/json"))
    with page.expect_response(f"**{ENDPOINT}") as answer:
        page.goto(address)
    answer.value.finished()
    page.evaluate(SETTLED)


def test_shared_box(reader, fragment):
    """In mode “fragment” the script puts the shared box in its place, with stamps and the page itself marked."""
    page = reader.open(fragment.story())
    box = page.get_by_role("region", name="Tin mới nhất")
    expect(box.locator("li")).to_have_count(8)
    expect(box.locator("li").first).to_contain_text(f"{CUT} (07/08/2026 7:51 SA)")
    expect(box.locator("li a").first).to_have_attribute("title", TITLE)
    expect(box.locator("[aria-current=page]")).to_have_text([CUT])


def test_shared_box_missing(reader, fragment):
    """When the shared box cannot be had, the page keeps its plain link."""
    page = reader.open(fragment.story(), java_script_enabled=False)
    address = page.locator("[data-fragment]").get_attribute("data-fragment")
    page = reader.page()
    page.route(f"**{address}", lambda route: route.fulfill(status=500, body="no"))
    with page.expect_response(f"**{address}"):
        page.goto(fragment.story())
    page.evaluate(SETTLED)
    box = page.get_by_role("region", name="Tin mới nhất")
    expect(box.get_by_role("link", name="Xem tin mới nhất")).to_be_visible()
    reader.forgive("500")


def test_shared_box_without_script(reader, fragment):
    """Without JavaScript the box is a plain link to the latest news."""
    page = reader.open(fragment.story(), java_script_enabled=False)
    page.get_by_role("region", name="Tin mới nhất").get_by_role("link", name="Xem tin mới nhất").click()
    expect(page).to_have_url(f"{fragment.origin}/tin-moi-nhat/")
    expect(page.locator("main").get_by_role("link", name=TITLE)).to_be_visible()


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-08-07T07:51:30+07:00", "(bây giờ)"),
        ("2026-08-07T08:21:00+07:00", "(30 phút trước)"),
        ("2026-08-07T10:52:00+07:00", "(3 giờ trước)"),
        ("2026-08-08T07:51:00+07:00", "(07/08/2026 7:51 SA)"),
        ("2026-08-07T07:50:00+07:00", "(07/08/2026 7:51 SA)"),
    ],
)
def test_times_ago(reader, inline, now, shown):
    """Within a day of its publication a story's stamp says how long ago that was."""
    page = reader.page()
    page.clock.set_fixed_time(datetime.fromisoformat(now))
    page.goto(inline.story())
    expect(page.get_by_role("region", name="Tin mới nhất").locator("time").first).to_have_text(shown)


@pytest.mark.parametrize(("count", "shown"), [(140, "140"), (0, "0"), (1234, "1.234")])
def test_count(reader, fragment, count, shown):
    """The count of readers is shown as the endpoint gives it."""
    page = reader.page()
    ask_count(page, fragment.story(), json.dumps({"online": count}))
    expect(page.get_by_text("người đang online")).to_have_text(f"{shown} người đang online")
    expect(page.get_by_text("người đang online")).to_be_visible()


@pytest.mark.parametrize("answer", ANSWERS)
def test_count_unknown(reader, fragment, answer):
    """An answer that is no count shows nothing, and is no error."""
    page = reader.page()
    ask_count(page, fragment.story(), ANSWERS[answer])
    assert "online" not in page.inner_text("body")


def test_count_refused(reader, fragment):
    """When the endpoint fails nothing is shown."""
    page = reader.page()
    ask_count(page, fragment.story(), '{"online": 140}', status=500)
    assert "online" not in page.inner_text("body")
    reader.forgive("500")


def test_no_endpoint(reader, inline):
    """Without an endpoint the page asks nobody and has no count."""
    page = reader.page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto(inline.story(), wait_until="networkidle")
    assert "online" not in page.inner_text("footer")
    assert not {"fetch", "xhr", "ping", "websocket"} & set(asked)
