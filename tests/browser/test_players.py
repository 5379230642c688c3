"""Players of other sites: nothing is asked before a click, then the player alone, under the policy of `_headers`."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect
from test_axe import RUN

from builders import article_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, Paper, serve

VIDEO = "https://www.youtube.com/watch?v=LacGiang001"
PLAYERS = {
    f"[Lễ hợp long]({VIDEO}&t=9)": "https://www.youtube-nocookie.com/embed/LacGiang001?start=9&autoplay=1",
    f'[![Cầu](a.png "Nhịp giữa. | Ảnh: Long")]({VIDEO})': "https://www.youtube-nocookie.com/embed/LacGiang001?autoplay=1",
    "https://vimeo.com/123456": "https://player.vimeo.com/video/123456?dnt=1&autoplay=1",
    "[Chợ](https://www.tiktok.com/@lg/video/712)": "https://www.tiktok.com/player/v1/712?autoplay=1",
    "https://x.com/lg/status/123": "https://platform.twitter.com/embed/Tweet.html?id=123&dnt=true",
    "https://www.instagram.com/p/CabcdefGHIJ/": "https://www.instagram.com/p/CabcdefGHIJ/embed/",
    "https://open.spotify.com/track/4rOoJ6Egrf8K2IrywzwOMk": "https://open.spotify.com/embed/track/4rOoJ6Egrf8K2IrywzwOMk",
    "https://soundcloud.com/lg/ban-tin": "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Flg%2Fban-tin"
    "&auto_play=true",
    "https://maps.google.com/?q=10.77,106.7": "https://www.google.com/maps?q=10.77%2C106.7&output=embed",
    "https://www.openstreetmap.org/#map=15/10.77/106.7": "https://www.openstreetmap.org/export/embed.html?"
    "bbox=106.68455%2C10.75988%2C106.71545%2C10.78012&layer=mapnik",
    "https://www.facebook.com/watch/?v=12": "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2F"
    "www.facebook.com%2Fwatch%2F%3Fv%3D12&show_text=false&autoplay=true",
}
CARD = "https://vm.tiktok.com/ZMabc/"
LINK = "a.embed-link"


@pytest.fixture(scope="module")
def embedding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A story with a link to each provider, on a host that sends the policy of `_headers`."""
    body = "\n\n".join(["Một.", *PLAYERS, CARD, "Hai.", f"[Kênh]({VIDEO}){{.link}}"])
    files = {
        "content/tin/phim.md": article_source("slug: phim", body=f"{body}\n"),
        "content/tin/chu.md": article_source("slug: chu", title="Chữ", body=f"Xem {VIDEO} nhé.\n"),
        "content/tin/a.png": png(64, 36),
        "static/favicon.ico": png(),
    }
    config = "title: Báo\nurl: https://baolacgiang.example\nsections:\n  tin: {title: Tin}\n"
    site = site_folder(tmp_path_factory.mktemp("embedding"), files, config)
    build(BuildOptions(site, site / "build", NOW))
    lines = (site / "build/_headers").read_text("utf-8").splitlines()
    (policy,) = (line for line in lines if "Content-Security-Policy" in line)
    with serve(site / "build", {"Content-Security-Policy": policy.split(": ", 1)[1]}) as served:
        yield served


def open_story(reader, paper: Paper, width: int = 1280, **options) -> tuple[Page, list[tuple[str, str]]]:
    """The story, and what it asks of other hosts, each with its referrer: nothing leaves this machine."""
    page = reader.page(width, **options)
    asked: list[tuple[str, str]] = []

    def answer(route: Route) -> None:
        asked.append((route.request.url, route.request.headers.get("referer", "")))
        reader.faults = [fault for fault in reader.faults if route.request.url not in fault]
        route.fulfill(body="<!doctype html><title>player</title><button>Player</button>", content_type="text/html")

    page.route(lambda url: urlsplit(url).hostname != "127.0.0.1", answer)
    page.goto(paper.find("tin/*/*/phim.html"))
    return page, asked


def test_nothing_is_asked_before_a_click(reader, embedding):
    """Neither by loading, nor by scrolling, nor by the keyboard; a picture of the paper is the only still."""
    page, asked = open_story(reader, embedding)
    expect(page.locator(LINK)).to_have_count(len(PLAYERS) + 1)
    for link in page.locator(LINK).all():
        link.scroll_into_view_if_needed()
        link.hover()
        link.focus()
    page.wait_for_load_state("networkidle")
    assert ([], 0) == (asked, page.locator("iframe").count())


@pytest.mark.parametrize("number", range(len(PLAYERS)))
def test_a_click_asks_for_the_player_alone(reader, embedding, number):
    """With the paper's address, and not the page's, as the referrer; the frame has a name and the focus."""
    page, asked = open_story(reader, embedding)
    address, stage = list(PLAYERS.values())[number], page.locator(".embed").nth(number)
    title = stage.locator(".embed-title").inner_text()
    stage.locator(LINK).click()
    frame = stage.locator("iframe")
    expect(frame).to_be_focused()
    assert address == frame.get_attribute("src")
    assert (frame.get_attribute("title") or "").startswith(title)
    assert "strict-origin-when-cross-origin" == frame.get_attribute("referrerpolicy")
    expect(stage.frame_locator("iframe").get_by_role("button")).to_be_visible()
    box = frame.bounding_box()
    assert box
    assert (True, True) == (box["height"] > 100, box["width"] > 200)
    assert [(address, f"{embedding.origin}/")] == asked


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keys(reader, embedding, key):
    """Both keys of a button start it; what it was becomes a link to the page of the other site."""
    page, asked = open_story(reader, embedding)
    button = page.get_by_role("button", name="Phát video: Lễ hợp long")
    button.focus()
    page.keyboard.press(key)
    expect(page.locator("iframe")).to_be_focused()
    expect(page.get_by_role("link", name="Lễ hợp long YouTube")).to_have_attribute("href", f"{VIDEO}&t=9")
    assert 1 == len(asked)


def test_nothing_moves_when_a_video_starts(reader, embedding):
    """The player has the place of the still."""
    page, _ = open_story(reader, embedding)
    stage = page.locator(".embed").nth(1)
    before = stage.locator(".embed-stage").bounding_box()
    stage.locator(LINK).click()
    after = stage.locator("iframe").bounding_box()
    assert before and after
    assert [round(before[side]) for side in ("width", "height")] == pytest.approx(
        [round(after[side]) for side in ("width", "height")], abs=2
    )


def test_a_card_is_a_link(reader, embedding):
    """So is a click with a key, which opens a tab."""
    page, _ = open_story(reader, embedding)
    card = page.locator(f'{LINK}[href="{CARD}"]')
    assert card.get_attribute("role") is None
    with page.context.expect_page():
        page.locator(LINK).first.click(modifiers=["ControlOrMeta"])
    assert 0 == page.locator("iframe").count()
    reader.faults = [fault for fault in reader.faults if "youtube.com" not in fault and "NAME_NOT" not in fault]


def test_without_script_it_is_a_link(reader, embedding):
    """Which leads to the page of the other site."""
    page, asked = open_story(reader, embedding, java_script_enabled=False)
    link = page.locator(LINK).first
    assert (None, f"{VIDEO}&t=9") == (link.get_attribute("role"), link.get_attribute("href"))
    link.click()
    page.wait_for_url(f"{VIDEO}&t=9")
    assert [f"{VIDEO}&t=9"] == [address for address, _ in asked]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_facades_and_players_break_no_rule(reader, tool, embedding, width, scheme):
    """Neither of WCAG, nor by scrolling sideways, before and after a click."""
    page, _ = open_story(reader, embedding, width, color_scheme=scheme, bypass_csp=True)
    page.add_script_tag(path=tool("axe-core/axe.min.js"))
    assert [] == page.evaluate(RUN)
    for _ in range(3):
        page.locator(f"{LINK}[data-player]").first.click()
    assert [] == [line for line in page.evaluate(RUN) if "button" not in line or "Player" not in line]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_print_shows_titles_and_addresses(reader, embedding):
    """And no button."""
    page, _ = open_story(reader, embedding)
    page.emulate_media(media="print")
    link = page.locator(LINK).first
    expect(link.locator(".embed-icon")).to_be_hidden()
    assert f'"{VIDEO}&t=9"' == link.evaluate("link => getComputedStyle(link, '::after').content")
    expect(page.locator(".embed img")).to_be_visible()


def test_only_pages_with_a_player_load_the_script(embedding):
    """A link in a sentence asks for none."""
    pages = [file.name for file in embedding.files() if b"embeds.js" in file.read_bytes()]
    assert ["phim.html"] == pages
