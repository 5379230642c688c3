"""The preview in a browser: what an editor sees after saving."""

import re
import time
from collections.abc import Iterator
from threading import Thread, Timer

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from builders import CONFIG, article_source, png, site_folder
from papers import weekly
from planted_pictures import save
from previews import Running, preview
from served_papers import steadily, until

LONG = "\n\n".join(f"Đoạn {n} của một bài dài, đủ để phải cuộn trang xuống." for n in range(80))
STORY = "content/kinh-te/mua-gat.md"
ADDRESS = "/kinh-te/2022/08/mua-gat.html"
HEAD = (
    '{% extends "theme/base.html" %}{% block head %}<link rel="stylesheet" href="{{ asset("own.css") }}">{% endblock %}'
)
LOADED = "window.loadedOnce = true"
SETTLED = "document.querySelector('newsgen-preview')?.shadowRoot.querySelector('.bar button') != null"


def story(body: str = LONG, title: str = "Mùa gặt", *lines: str, date: str = "2022-08-01") -> str:
    """The text of the story that the tests edit."""
    return article_source(*lines, title=title, date=date, body=f"{body}\n")


@pytest.fixture
def vietnamese(monkeypatch):
    """The preview speaks Vietnamese to its editor."""
    monkeypatch.setenv("NEWSGEN_LANG", "vi")


@pytest.fixture
def running(tmp_path) -> Iterator[Running]:
    """A preview of a small paper with a long story, a style of its own and a data file."""
    files = paper() | {
        "static/own.css": "h1 { color: rgb(1, 2, 3); }\n",
        "templates/base.html": HEAD,
        "templates/partials/footer.html": "<footer id=chan>{{ data.lich.dong }}</footer>\n",
        "data/lich.yaml": "dong: Phiên chợ ngày rằm\n",
    }
    with preview(site_folder(tmp_path, files)) as running:
        yield running


def paper() -> dict[str, str | bytes]:
    """The files of a small paper with the story."""
    return {**weekly(), "static/favicon.ico": png(), STORY: story(LONG, "Mùa gặt", "slug: mua-gat")}


def photo(width: int, height: int) -> bytes:
    """A JPEG of a size."""
    return save(Image.radial_gradient("L").resize((width, height)), "JPEG")


def opened(reader, running: Running, address: str = ADDRESS, width: int = 1280) -> Page:
    """The page at an address, once the preview's script is at work, marked so that a reload shows."""
    page = reader.open(running.origin + address, width)
    until(page, SETTLED)
    steadily(lambda: page.evaluate(LOADED))
    return page


def is_same_load(page: Page) -> bool:
    """Whether the page was not loaded anew since it was opened."""
    return bool(steadily(lambda: page.evaluate("window.loadedOnce === true")))


def test_body_in_place(running, reader):
    """A changed body is put in its place: no reload, the place in the page kept."""
    page = opened(reader, running)
    steadily(lambda: page.evaluate("scrollTo(0, 900)"))
    running.change(STORY, "Đoạn 3 của", "Đoạn thứ ba của")
    expect(page.get_by_text("Đoạn thứ ba của")).to_be_attached()
    assert 900 == steadily(lambda: page.evaluate("scrollY"))
    assert is_same_load(page)


def test_two_saves_within_a_second(running, reader):
    """Of two quick saves the last is shown."""
    page = opened(reader, running)
    running.change(STORY, "Đoạn 3 của", "Lần một của")
    expect(page.get_by_text("Lần một của")).to_be_attached()
    running.change(STORY, "Lần một của", "Lần hai của")
    running.change(STORY, "Lần hai của", "Lần ba của")
    expect(page.get_by_text("Lần ba của")).to_be_attached()


def test_title_reloads_and_keeps_the_place(running, reader):
    """What changes more than the body loads the page again, at the same place."""
    page = opened(reader, running)
    steadily(lambda: page.evaluate("scrollTo(0, 900)"))
    running.change(STORY, "Mùa gặt", "Mùa gặt muộn")
    expect(page.locator("h1")).to_have_text("Mùa gặt muộn")
    until(page, "scrollY === 900")
    assert not is_same_load(page)


@pytest.mark.usefixtures("vietnamese")
def test_a_mistake_and_its_repair(running, reader):
    """A mistake is laid over the last good page with its line; mending it takes it away."""
    page = opened(reader, running)
    good = (running.site / STORY).read_text("utf-8")
    running.save(STORY, good.replace("date: 2022-08-01", "date: 2022-13-01"))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(f"{STORY}:3:7 · ")
    expect(alert.locator("pre")).to_have_text("date: 2022-13-01")
    expect(alert.locator("mark")).to_have_text("2022-13-01")
    expect(alert).to_contain_text("Sửa")
    expect(page.locator("h1")).to_have_text("Mùa gặt")
    page.reload()
    expect(page.locator("h1")).to_have_text("Mùa gặt")
    expect(alert).to_contain_text(f"{STORY}:3:7")
    assert re.search(rf"{STORY}:3:7: error\[.*sửa: ", running.said.read_text("utf-8"))
    running.save(STORY, good)
    expect(alert).to_be_hidden()


def test_a_mistake_in_a_template(running, reader):
    """A template's mistake names its line, over the last good page."""
    page = opened(reader, running)
    running.save("templates/partials/footer.html", "<footer id=chan>\n{{ data.lich.khong }}</footer>\n")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("templates/partials/footer.html:2:1")
    expect(page.locator("#chan")).to_have_text("Phiên chợ ngày rằm")
    running.save("templates/partials/footer.html", "<footer id=chan>{{ data.lich.dong }}!</footer>\n")
    expect(page.locator("#chan")).to_have_text("Phiên chợ ngày rằm!")
    expect(alert).to_be_hidden()


def test_style_without_reload(running, reader):
    """A changed style is put on without loading the page again."""
    page = opened(reader, running)
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    running.save("static/own.css", "h1 { color: rgb(4, 5, 6); }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    assert is_same_load(page)


@pytest.mark.parametrize(
    ("path", "text", "place", "shown"),
    [
        ("templates/partials/footer.html", "<footer id=chan>Chân trang mới</footer>\n", "#chan", "Chân trang mới"),
        ("data/lich.yaml", "dong: Phiên chợ mồng một\n", "#chan", "Phiên chợ mồng một"),
        ("newsgen.yaml", CONFIG.replace("Lạc Giang", "Sông Lạc"), ".masthead", "Báo Sông Lạc"),
    ],
    ids=["template", "data", "settings"],
)
def test_everything_else(running, reader, path, text, place, shown):
    """A template, a data file, the settings: each edit is shown."""
    page = opened(reader, running)
    running.save(path, text)
    expect(page.locator(place).first).to_contain_text(shown)


def test_stories_come_and_go(running, reader):
    """A new story is listed; when it goes its open page becomes the paper's 404, which lives too."""
    front = opened(reader, running, "/")
    running.save("content/xa-hoi/moi.md", story("Tin mới.", "Tin vừa thêm", date="2022-08-06"))
    expect(front.get_by_role("link", name="Tin vừa thêm").first).to_be_visible()
    page = opened(reader, running, "/xa-hoi/2022/08/tin-vua-them.html")
    (running.site / "content/xa-hoi/moi.md").unlink()
    expect(page.locator("h1")).to_contain_text("Không tìm thấy")
    expect(front.get_by_role("link", name="Tin vừa thêm")).to_have_count(0)
    running.save("content/xa-hoi/moi.md", story("Tin mới.", "Tin vừa thêm", date="2022-08-06"))
    expect(page.locator("h1")).to_have_text("Tin vừa thêm")
    reader.forgive("404")


def test_a_page_without_head(running, reader):
    """A page whose template has no head, no body and no end is brought up to date too."""
    running.save("templates/page.html", "<p>{{ article.title }}: {{ body.html }}")
    page = opened(reader, running, "/lien-he.html")
    running.change("content/pages/lien-he.md", "Tòa soạn", "Ban biên tập")
    expect(page.locator("body")).to_contain_text("Ban biên tập")


@pytest.mark.usefixtures("vietnamese")
def test_bar(running, reader):
    """The bar says where the page comes from, its state and length, and what there is to warn of."""
    page = opened(reader, running)
    bar = page.get_by_role("region", name="Thanh tòa soạn")
    expect(bar).to_contain_text(STORY)
    expect(bar).to_contain_text("Đã đăng")
    expect(bar).to_contain_text(re.compile(r"\d+ từ · \d+ phút đọc"))
    bar.get_by_role("button").click()
    expect(bar.get_by_text(STORY)).to_be_hidden()
    page.reload()
    expect(bar.get_by_role("button", name="Hiện thanh tòa soạn")).to_be_visible()


@pytest.mark.usefixtures("vietnamese")
def test_list_of_stories(running, reader):
    """The newest edit stands first; a search needs no accents; a draft opens in one click, and says what it is."""
    running.save("content/xa-hoi/nhap.md", story("Nháp.", "Bài còn nháp", "status: draft"))
    page = opened(reader, running)
    page.get_by_role("link", name="Nháp: 1").click()
    expect(page.locator("li")).to_have_count(1)
    expect(page.locator("li")).to_contain_text("Bài còn nháp")
    page.get_by_role("searchbox").fill("MUA gat")
    page.get_by_role("link", name="Tất cả").click()
    page.get_by_role("searchbox").fill("MUA gat")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator("li")).to_have_count(1)
    page.get_by_role("link", name="Mùa gặt").click()
    expect(page.locator("h1")).to_have_text("Mùa gặt")
    page.goto(f"{running.origin}/_newsgen/?state=draft")
    page.get_by_role("link", name="Bài còn nháp").click()
    expect(page.locator("h1")).to_have_text("Bài còn nháp")
    bar = page.get_by_role("region", name="Thanh tòa soạn")
    expect(bar).to_contain_text("Nháp")
    expect(bar).to_contain_text("Bạn đọc chưa thấy trang này.")


@pytest.fixture
def slow(tmp_path) -> Iterator[Running]:
    """A preview of the paper with pages that take about half a second each, and a picture on them."""
    turns = "{% for i in range(1500) %}{% for j in range(1000) %}{% endfor %}{% endfor %}"
    files = {
        "templates/partials/footer.html": f"{turns}<footer><img src=/anh.svg></footer>",
        "static/anh.svg": svg("red"),
    }
    with preview(site_folder(tmp_path, paper() | files)) as running:
        running.get("/")
        yield running


def svg(colour: str) -> str:
    """A picture of one colour."""
    size = "width='40' height='30' viewBox='0 0 40 30'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size}><rect width='40' height='30' fill='{colour}'/></svg>"


def test_a_page_loaded_while_its_story_is_saved(slow, reader):
    """A page that was drawn before the save and comes after it is brought up to date."""
    asking = Thread(target=slow.get, args=("/xa-hoi/",))  # the page that is opened is drawn behind this one
    asking.start()
    saving = Timer(0.7, slow.change, (STORY, "Đoạn 3 của", "Đoạn thứ ba của"))
    saving.start()
    page = reader.open(slow.origin + ADDRESS)
    expect(page.get_by_text("Đoạn thứ ba của")).to_be_attached()
    until(page, SETTLED)
    asking.join()
    saving.join()


def test_a_picture_saved_while_pages_are_drawn(slow, reader):
    """A picture is asked for again, though who draws another page told of the change before."""
    page = opened(reader, slow)
    asking = [Thread(target=slow.get, args=(path,)) for path in ("/kinh-te/", "/xa-hoi/")]
    for thread in asking:
        thread.start()
    with page.expect_response("**/anh.svg") as answer:
        slow.save("static/anh.svg", svg("blue"))
    assert "blue" in answer.value.text()
    for thread in asking:
        thread.join()
    until(page, SETTLED)


def await_page(running, address):
    """Wait until the preview has read a new story, so that the page at its address is there."""
    until = time.monotonic() + 30
    while running.get(address)[0].status != 200:
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.usefixtures("vietnamese")
def test_a_story_under_embargo(running, reader):
    """The page at its address says how it stands; no list of the paper has the story, and the list of stories does."""
    running.save("content/kinh-te/mat.md", article_source("slug: mat", "embargo: 2030-01-01 10:00", title="Tin giữ"))
    await_page(running, "/kinh-te/2022/08/mat.html")
    page = reader.open(running.origin + "/kinh-te/2022/08/mat.html")
    bar = page.locator("newsgen-preview .bar")
    expect(bar).to_contain_text("Giữ tin đến 2030-01-01 10:00")
    expect(bar).to_contain_text("Bạn đọc chưa thấy trang này.")
    expect(page.locator("h1")).to_have_text("Tin giữ")
    page.goto(running.origin + "/kinh-te/")
    expect(page.get_by_text("Tin giữ")).to_have_count(0)
    page.goto(running.origin + "/_newsgen/?state=embargoed")
    page.get_by_role("link", name="Tin giữ").click()
    expect(page.locator("h1")).to_have_text("Tin giữ")


def test_follow(reader, tmp_path):
    """With --follow the open page goes to the story that was saved."""
    with preview(site_folder(tmp_path, paper()), "--follow") as running:
        page = opened(reader, running, "/")
        running.change(STORY, "Đoạn 3 của", "Đoạn thứ ba của")
        page.wait_for_url(f"**{ADDRESS}")
        expect(page.get_by_text("Đoạn thứ ba của")).to_be_attached()
        page.close()


@pytest.mark.parametrize(("at", "count"), [("2022-08-20 07:00", 0), ("2022-08-21 07:00", 1)])
def test_another_moment(reader, tmp_path, at, count):
    """--at shows the paper of that moment: a scheduled story is in it when its time has come."""
    files = paper() | {STORY: story(date="2022-08-21 06:00")}
    with preview(site_folder(tmp_path, files), at=at) as running:
        page = opened(reader, running, "/")
        expect(page.locator("main").get_by_role("link", name="Mùa gặt").nth(0)).to_be_visible(visible=bool(count))
        page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out(running, reader, width):
    """Bar, overlay and list fit the width of a phone and of a desk."""
    page = opened(reader, running, width=width)
    running.change(STORY, "date: 2022-08-01", "date: 2022-08-01\ntitel: sai\nsection: [1]")
    expect(page.get_by_role("alert")).to_be_visible()
    assert steadily(lambda: page.evaluate("document.documentElement.scrollWidth")) <= width
    page.goto(f"{running.origin}/_newsgen/")
    assert steadily(lambda: page.evaluate("document.documentElement.scrollWidth")) <= width


def test_the_focus_of_a_picture(tmp_path, reader):
    """A click on the lead picture tells its focus as a line for the story, which is copied; links are not followed."""
    lead = "image: {src: cau.jpg, alt: Cầu}"
    files = paper() | {
        STORY: story("Chữ.", "Mùa gặt", "slug: mua-gat", lead),
        "content/kinh-te/cau.jpg": photo(900, 600),
    }
    with preview(site_folder(tmp_path, files)) as running:
        page = opened(reader, running)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        button = page.get_by_role("button", name="Focus of the picture")
        button.click()
        expect(page.get_by_text("Click on what must stay in view")).to_be_visible()
        box = page.locator(".picture-lead img").bounding_box()
        page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.6 * box["height"])
        expect(page.locator("newsgen-preview").get_by_text("focus: 30% 60%")).to_be_visible()
        expect(page.get_by_text("Copied. Write it below")).to_be_visible()
        assert "focus: 30% 60%" == page.evaluate("navigator.clipboard.readText()")
        assert lead in (running.site / STORY).read_text("utf-8")
        button.click()
        page.locator("h1").click()
        expect(page.get_by_text("Click on what must stay in view")).to_be_hidden()
        assert is_same_load(page)


def test_no_focus_without_a_picture(running, reader):
    """The bar of a story without a lead picture has no button for its focus."""
    page = opened(reader, running)
    expect(page.get_by_role("button", name="Hide")).to_be_visible()
    expect(page.get_by_role("button", name="Focus of the picture")).to_have_count(0)
