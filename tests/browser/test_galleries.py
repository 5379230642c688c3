"""Galleries: a grid of links that opens into a viewer, by mouse, keys and touch, under the policy of `_headers`."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response, expect
from test_axe import RUN

from builders import article_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, Paper, serve, until

OUTPUT = "phong-su-anh/2025/12/ba-muoi-ngay-qua-anh.html"
VIEWER = "dialog.viewer"
OWN_STYLE = "Applying inline style violates"
"""What Chromium says of the page that it makes around a picture itself: its style is not in the policy of the site."""

INSIDE = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"


def read_policy(paper: Paper) -> dict[str, str]:
    """The content security policy that the paper's `_headers` asks of its host."""
    lines = (paper.folder / "_headers").read_text("utf-8").splitlines()
    (policy,) = (line for line in lines if "Content-Security-Policy" in line)
    return {"Content-Security-Policy": policy.split(": ", 1)[1]}


@pytest.fixture(scope="module")
def guarded(paper: Paper) -> Iterator[Paper]:
    """The demonstration on a host that sends the policy of `_headers`."""
    with serve(paper.folder, read_policy(paper)) as served:
        yield served


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A paper from right to left, with galleries over its front page and a list, and in stories in two directions."""
    gallery = "".join(f"![Ảnh {number}](a{number}.png)\n" for number in range(1, 5))
    pictures = {f"content/{folder}a{number}.png": png() for number in range(1, 5) for folder in ("", "tin/")}
    files = {
        "content/_index.md": f"---\ntitle: Báo\n---\n\n{gallery}",
        "content/tin/_index.md": f"---\ntitle: Tin\n---\n\n{gallery}",
        "content/tin/hai.md": article_source("slug: hai", body="![A](a1.png)\n![B](a2.png)\n"),
        "content/tin/ba.md": article_source("slug: ba", "lang: en", body=gallery),
        "content/tin/a3.png.yaml": "caption: Chợ sớm.\ncredit: 'Ảnh: Bảo Long'\n",
        "static/favicon.ico": png(),
    }
    site = site_folder(
        tmp_path_factory.mktemp("arabic"),
        {**files, **pictures},
        "title: Báo\nurl: https://baolacgiang.example\nlanguage: ar\nsections:\n  tin: {title: Tin}\n",
    )
    build(BuildOptions(site, site / "build", NOW))
    with serve(site / "build") as served:
        yield served


@pytest.fixture(scope="module")
def sized(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A story with a gallery of large pictures, which are published in several sizes."""
    files: dict[str, str | bytes] = {f"content/tin/a{number}.png": png(1600, 1000) for number in range(1, 4)}
    files["content/tin/lon.md"] = article_source("slug: lon", body="".join(f"![A](a{n}.png)\n" for n in range(1, 4)))
    files["static/favicon.ico"] = png()
    site = site_folder(
        tmp_path_factory.mktemp("sized"),
        files,
        "title: Báo\nurl: https://baolacgiang.example\nsections:\n  tin: {title: Tin}\n",
    )
    build(BuildOptions(site, site / "build", NOW))
    with serve(site / "build") as served:
        yield served


WIDTH = re.compile(r"/theme/pictures/tin/a[123]\.(\d+)\.\w+\.webp\Z")


@pytest.mark.parametrize(
    ("width", "density", "grid", "viewer"), [(360, 1, 400, 400), (360, 3, 640, 1280), (1280, 1, 400, 1280)]
)
def test_a_reader_loads_the_sizes_that_the_screen_needs(reader, sized, width, density, grid, viewer):
    """Small pictures in the grid, and in the viewer one that fits; the links lead to the widest, which is published."""
    page = reader.page(width, device_scale_factor=density)
    loaded: list[Response] = []
    page.on("response", lambda answer: loaded.append(answer) if WIDTH.search(answer.url) else None)
    page.goto(sized.find("tin/*/*/lon.html"), wait_until="load")
    until(page, "[...document.querySelectorAll('.enlarge img')].every(image => image.complete && image.naturalWidth)")
    assert [str(grid)] * 3 == [found[1] for answer in loaded if (found := WIDTH.search(answer.url))]
    files = sorted((sized.folder / "theme/pictures/tin").glob(f"a?.{grid}.*.webp"))
    assert sum(file.stat().st_size for file in files) == sum(len(answer.body()) for answer in loaded)
    enlarge(page, 2)
    until(page, f"(image => image?.complete && image.naturalWidth > 0)(document.querySelector('{VIEWER} img'))")
    shown = WIDTH.search(page.evaluate(f"document.querySelector('{VIEWER} img').currentSrc"))
    assert shown
    assert str(viewer) == shown[1]
    links = page.locator("a.enlarge").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert ["1600"] * 3 == [found[1] for link in links if (found := WIDTH.search(link))]
    assert all((sized.folder / link.lstrip("/")).is_file() for link in links)


def enlarge(page: Page, number: int) -> None:
    """Open the viewer at the picture with this number."""
    page.locator("a.enlarge").nth(number - 1).click()
    expect(page.locator(VIEWER)).to_be_visible()


def expect_picture(page: Page, number: int, count: int = 6) -> None:
    """The viewer shows this picture: its count, its file, its words, and what is announced."""
    link = page.locator("a.enlarge").nth(number - 1)
    image, alt = page.locator(f"{VIEWER} img"), link.locator("img").get_attribute("alt") or ""
    expect(page.locator(".viewer-count")).to_have_text(f"{number} / {count}")
    expect(image).to_have_attribute("alt", alt)
    expect(image).to_have_js_property("src", link.evaluate("link => link.href"))
    expect(page.locator(f"{VIEWER} [aria-live]")).to_contain_text(alt)
    expect(page.locator(f"{VIEWER} [aria-live]")).to_contain_text(str(number))


@pytest.mark.parametrize("width", [360, 1280])
def test_keys(reader, guarded, width):
    """Enter opens the viewer; arrows, Home and End lead through it; Escape leads back to the link that opened it."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}", width)
    link = page.locator("a.enlarge").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(VIEWER)).to_be_visible()
    expect_picture(page, 2)
    expect(page.locator(f"{VIEWER} figcaption")).to_have_text("20-11: thư viện mở của một trường làng. Ảnh: Thu Trang")
    expect(page.locator(f"{VIEWER} .credit")).to_have_text("Ảnh: Thu Trang")
    for key, number in [("ArrowRight", 3), ("ArrowLeft", 2), ("End", 6), ("ArrowRight", 6), ("Home", 1)]:
        page.keyboard.press(key)
        expect_picture(page, number)
    before = page.get_by_role("button", name="Ảnh trước")
    expect(before).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    expect(page.locator(VIEWER)).to_be_hidden()
    expect(link).to_be_focused()


def test_focus_stays_in_the_viewer(reader, guarded):
    """Tab reaches the three buttons, and nothing of the page below."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}")
    enlarge(page, 1)
    expect(page.get_by_role("button", name="Đóng")).to_be_focused()
    reached = set()
    for _ in range(9):
        page.keyboard.press("Tab")
        assert page.evaluate(INSIDE)
        reached.add(page.evaluate("document.activeElement.textContent.trim().slice(0, 10)"))
    assert {"Đóng", "Ảnh trước", "Ảnh sau"} <= reached


def test_buttons(reader, guarded):
    """Buttons lead on, back and out."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}")
    enlarge(page, 4)
    page.get_by_role("button", name="Ảnh sau").click()
    expect_picture(page, 5)
    page.get_by_role("button", name="Ảnh trước").click()
    expect_picture(page, 4)
    page.get_by_role("button", name="Đóng").click()
    expect(page.locator(VIEWER)).to_be_hidden()
    expect(page.locator("a.enlarge").nth(3)).to_be_focused()


def test_the_back_button_closes_the_viewer(reader, guarded):
    """It stays on the page; a viewer that was closed otherwise leaves nothing behind in the history."""
    page = reader.open(guarded.kind("home"))
    page.goto(f"{guarded.origin}/{OUTPUT}")
    enlarge(page, 1)
    page.go_back()
    expect(page.locator(VIEWER)).to_be_hidden()
    expect(page).to_have_url(f"{guarded.origin}/{OUTPUT}")
    enlarge(page, 2)
    page.keyboard.press("Escape")
    until(page, "history.state === null")
    page.go_back()
    expect(page).to_have_url(guarded.kind("home"))


def swipe(page: Page, across: int, down: int = 0) -> None:
    """Draw one finger over the picture."""
    box = page.locator(".viewer-picture").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 6):
        point = {"x": x + across * part / 5, "y": y + down * part / 5}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_swipes(reader, guarded):
    """A swipe to the left shows the next picture, one to the right the one before; down or a touch changes nothing."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}", 360, has_touch=True, is_mobile=True)
    enlarge(page, 2)
    swipe(page, -120)
    expect_picture(page, 3)
    swipe(page, 120)
    expect_picture(page, 2)
    swipe(page, 10, 120)
    swipe(page, -10)
    expect_picture(page, 2)


def test_the_next_picture_is_there_before_it_is_asked_for(reader, guarded):
    """The neighbour loads when the picture is shown, and no other."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}")
    page.evaluate("performance.clearResourceTimings()")
    links = page.evaluate("[...document.querySelectorAll('a.enlarge')].map(link => link.href)")
    page.evaluate(
        """() => { window.asked = []; const own = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
        Object.defineProperty(HTMLImageElement.prototype, "src",
          { ...own, set(value) { window.asked.push(value); own.set.call(this, value); } }); }"""
    )
    enlarge(page, 2)
    until(page, "window.asked.length > 1")
    assert links[1:3] == page.evaluate("window.asked")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_an_open_viewer_breaks_no_rule(reader, tool, paper, width, scheme):
    """Neither of WCAG, nor by scrolling sideways."""
    page = reader.open(f"{paper.origin}/{OUTPUT}", width, color_scheme=scheme)
    page.add_script_tag(path=tool("axe-core/axe.min.js"))
    assert [] == page.evaluate(RUN)
    enlarge(page, 3)
    expect_picture(page, 3)
    assert [] == page.evaluate(RUN)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(f"document.querySelector('{VIEWER}').scrollHeight <= innerHeight")


def test_without_script_a_picture_is_a_link(reader, guarded):
    """It leads to its large version, and no viewer is seen."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}", java_script_enabled=False)
    expect(page.locator(VIEWER)).to_be_hidden()
    link = page.locator("a.enlarge").first
    address = link.get_attribute("href")
    link.click()
    expect(page).to_have_url(f"{guarded.origin}{address}")
    reader.forgive(OWN_STYLE)


def test_a_click_with_a_key_opens_a_tab(reader, guarded):
    """As with every link."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}")
    with page.context.expect_page() as opened:
        page.locator("a.enlarge").first.click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_load_state()
    expect(page.locator(VIEWER)).to_be_hidden()
    reader.forgive(OWN_STYLE)


def test_keys_work_after_a_click_on_the_picture(reader, guarded):
    """Which closes nothing; beside the picture's box a click closes the viewer."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}")
    enlarge(page, 1)
    page.locator(f"{VIEWER} figcaption").click()
    page.locator(f"{VIEWER} img").click()
    page.keyboard.press("ArrowRight")
    expect_picture(page, 2)
    page.mouse.click(640, 20)
    expect(page.locator(VIEWER)).to_be_hidden()


def test_print_shows_pictures(reader, guarded):
    """Neither the viewer nor cut pictures are printed, also while it is open."""
    page = reader.open(f"{guarded.origin}/{OUTPUT}")
    enlarge(page, 1)
    page.emulate_media(media="print")
    expect(page.locator(VIEWER)).to_be_hidden()
    fits = "[...document.querySelectorAll('.enlarge img')].map(image => getComputedStyle(image).objectFit)"
    assert ["contain"] * 6 == page.evaluate(fits)


@pytest.mark.parametrize("output", ["index.html", "tin/index.html"])
def test_from_right_to_left(reader, arabic, output):
    """Galleries over the front page and over lists open too, and arrows follow the direction of the language."""
    page = reader.open(f"{arabic.origin}/{output}")
    enlarge(page, 2)
    page.keyboard.press("ArrowLeft")
    expect_picture(page, 3, 4)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect_picture(page, 1, 4)


def test_a_story_in_another_direction(reader, arabic):
    """Its gallery goes on in its own direction, and its words, here of a sidecar, are in its own language."""
    page = reader.open(arabic.find("tin/*/*/ba.html"))
    assert "rtl" == page.evaluate("document.documentElement.dir")
    enlarge(page, 2)
    page.keyboard.press("ArrowRight")
    expect_picture(page, 3, 4)
    expect(page.locator(VIEWER)).to_have_attribute("dir", "ltr")
    expect(page.locator(f"{VIEWER} figure")).to_have_attribute("lang", "en")
    expect(page.locator(f"{VIEWER} figcaption")).to_have_text("Chợ sớm. Ảnh: Bảo Long")


def test_only_pages_with_a_gallery_load_the_viewer(arabic, paper):
    """Two pictures are no gallery that opens, and every other page has neither the dialog nor the script."""
    with_viewer = [
        file.relative_to(paper.folder).as_posix() for file in paper.files() if b"gallery.js" in file.read_bytes()
    ]
    assert [OUTPUT] == with_viewer
    (two,) = arabic.folder.glob("tin/*/*/hai.html")
    assert b'class="gallery"' in two.read_bytes()
    assert b"gallery.js" not in two.read_bytes()
