"""The line of sections: what does not fit is folded into "Thêm", subsections drop down, by mouse, keys and touch."""

import pytest
from playwright.sync_api import Page, expect
from test_steadiness import WATCH

from builders import article_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, Paper, serve

NAMES = ["Chính trị", "Kinh tế", "Xã hội", "Văn hóa", "Thể thao", "Pháp luật", "Giáo dục", "Y tế", "Du lịch"]
NAMES += ["Khoa học và công nghệ", "Quốc phòng - An ninh", "Bạn đọc"]
WIDTHS = [320, 360, 480, 640, 768, 1024, 1280, 1600]


def build_paper(folder, names: list[str], language: str = "vi") -> Paper:
    """A paper of these sections, the second of which has two below it."""
    config = f"title: Báo\nurl: https://baolacgiang.example\nlanguage: {language}\nsections:\n"
    config += "".join(f"  s{n}: {{title: {name}}}\n" for n, name in enumerate(names))
    config += "  s1/mot: {title: Một}\n  s1/hai: {title: Hai}\n"
    places = [*(f"s{n}" for n in range(len(names))), "s1/mot", "s1/hai"]
    stories = {f"content/{place}/tin.md": article_source("slug: tin", title=f"Tin {place}") for place in places}
    site = site_folder(folder, {**stories, "static/favicon.ico": png()}, config)
    build(BuildOptions(site, site / "build", NOW))
    return Paper(site / "build", "")


@pytest.fixture(scope="module", params=["vi", "ar"])
def many(request, tmp_path_factory):
    """A paper of twelve sections, from left to right and from right to left, on a host with a strict policy."""
    built = build_paper(tmp_path_factory.mktemp("many"), NAMES, request.param)
    with serve(built.folder, {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:"}) as paper:
        yield paper


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A paper of three sections, which fit every window."""
    with serve(build_paper(tmp_path_factory.mktemp("few"), NAMES[:3]).folder) as paper:
        yield paper


STATE = """() => {
  const items = [...document.querySelectorAll('.sections > .wrap > ul > li')];
  const wrap = document.querySelector('.sections > .wrap'), fold = document.querySelector('.sections .fold');
  const style = getComputedStyle(wrap), gap = parseFloat(getComputedStyle(items[0].parentElement).columnGap);
  const room = wrap.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const length = count => items.slice(0, count).reduce((sum, item) => {
    const margin = getComputedStyle(item);
    return sum + item.getBoundingClientRect().width + parseFloat(margin.marginLeft) + parseFloat(margin.marginRight);
  }, gap * (count - 1));
  const bottom = wrap.getBoundingClientRect().bottom;
  const seen = items.filter(item => item.getBoundingClientRect().bottom <= bottom + 1);
  const most = width => items.filter((_, n) => length(n + 1) <= width + .5).length;
  return {
    seen: seen.length, all: items.length,
    fits: length(items.length) <= room + .5 ? items.length : Math.max(most(room - fold.offsetWidth), 1),
    label: document.querySelector('.fold summary').checkVisibility({visibilityProperty: true}),
    reached: items.filter(item => !item.inert).length,
    outside: seen.map(item => item.getBoundingClientRect()).some(box => box.left < 0 || box.right > innerWidth),
    scrolls: document.documentElement.scrollWidth > innerWidth,
  };
}"""


def settled(page: Page, width: int) -> dict[str, int | bool]:
    """The state of the line of sections in a window of that width, when the script has seen the new width."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")
    return page.evaluate(STATE)


@pytest.mark.parametrize("pattern", ["index.html", "s0/index.html"])
def test_those_that_do_not_fit_are_folded(reader, many, pattern):
    """At every width exactly those sections are folded that do not fit, and then "Thêm" is shown."""
    page = reader.open(many.find(pattern))
    for width in WIDTHS:
        state = settled(page, width)
        assert state["fits"] == state["seen"] == state["reached"], (width, state)
        assert (state["seen"] < state["all"]) is state["label"], (width, state)
        assert not state["outside"], (width, state)
        assert not state["scrolls"], (width, state)


def test_all_fit(reader, few):
    """Sections that all fit stand there, and nothing is folded, with and without the script."""
    for scripts in (True, False):
        page = reader.open(few.find("index.html"), java_script_enabled=scripts)
        expect(page.locator(".sections .fold summary")).to_be_hidden()
        expect(page.get_by_role("link", name=NAMES[2]).first).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
def test_more_shows_the_others(reader, many, scripts):
    """On a phone "Thêm" shows every section in the window, and pressed again folds them; without script too."""
    page = reader.open(many.find("s0/index.html"), 320, java_script_enabled=scripts, has_touch=True)
    links = page.locator(".sections > .wrap > ul > li > a")
    more = page.locator(".sections .fold summary")
    assert 44 == page.locator(".sections > .wrap").bounding_box()["height"]
    more.tap()
    for link in links.all():
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        link.click(trial=True)
    more.tap()
    assert 44 == page.locator(".sections > .wrap").bounding_box()["height"]


@pytest.mark.parametrize("scripts", [True, False])
def test_subsections_drop_down(reader, many, scripts):
    """A finger opens the list of subsections under the line, over the page, and follows a link there."""
    page = reader.open(many.find("s0/index.html"), 360, java_script_enabled=scripts, has_touch=True)
    label = page.locator(".sections li summary")
    assert min(label.bounding_box()[side] for side in ("width", "height")) >= 44
    top = page.locator("main").bounding_box()["y"]
    label.tap()
    link = page.get_by_role("link", name="Hai").first
    box = link.bounding_box()
    line = page.locator(".sections").bounding_box()
    assert box["y"] >= line["y"] + line["height"] - 2
    assert top == page.locator("main").bounding_box()["y"]
    link.tap()
    expect(page).to_have_url(many.find("s1/hai/index.html"))
    expect(page.locator(".sections [aria-current]")).to_have_count(2)


def test_keys(reader, many):
    """Tab, Enter, arrows, Home, End and Escape work as in the disclosure navigation of the ARIA Authoring Practices."""
    page = reader.open(many.find("s0/index.html"))
    after = "ArrowLeft" if "rtl" == page.evaluate("document.dir") else "ArrowRight"
    label = page.locator(".sections li summary")
    inside = page.locator(".sections li ul a")
    page.locator(".sections a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(label).to_be_focused()
    page.keyboard.press("Enter")
    expect(inside.first).to_be_visible()
    for key, expected in (("ArrowDown", inside.first), ("ArrowDown", inside.last), ("Home", inside.first)):
        page.keyboard.press(key)
        expect(expected).to_be_focused()
    page.keyboard.press("Escape")
    expect(label).to_be_focused()
    expect(inside.first).to_be_hidden()
    page.keyboard.press(after)
    expect(page.get_by_role("link", name=NAMES[2]).first).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(".fold summary")).to_be_focused()


def test_the_list_closes_behind_the_reader(reader, many):
    """The list of subsections closes when the keyboard or the mouse goes elsewhere."""
    page = reader.open(many.find("s0/index.html"))
    inside = page.locator(".sections li ul a")
    for leave in (lambda: page.locator("main").click(), lambda: page.locator(".breadcrumb a").first.focus()):
        page.locator(".sections li summary").click()
        expect(inside.first).to_be_visible()
        leave()
        expect(inside.first).to_be_hidden()


def test_more_by_keys(reader, many):
    """Enter on "Thêm" goes on to the first section that was folded, and Escape folds them again."""
    page = reader.open(many.find("s0/index.html"), 360)
    more = page.locator(".sections .fold summary")
    folded = page.evaluate(
        "[...document.querySelectorAll('.sections > .wrap > ul > li')].findIndex(item => item.inert)"
    )
    assert folded > 0
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sections > .wrap > ul > li > a").nth(folded)).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    assert 44 == page.locator(".sections > .wrap").bounding_box()["height"]


def test_keys_without_script(reader, many):
    """Without the script every section is reached by Tab, and is seen when it is."""
    page = reader.open(many.find("s0/index.html"), 320, java_script_enabled=False)
    links = page.locator(".sections > .wrap > ul > li > a")
    links.first.focus()
    for _ in range(len(NAMES)):
        page.keyboard.press("Tab")
    box, line = page.locator(".sections a:focus").bounding_box(), page.locator(".sections").bounding_box()
    assert box["y"] + box["height"] <= line["y"] + line["height"]


def test_more_says_where_the_reader_is(reader, many):
    """Where the section of the page is folded, "Thêm" is marked."""
    page = reader.open(many.find("s11/index.html"), 360)
    marked = "getComputedStyle(document.querySelector('.fold summary')).boxShadow !== 'none'"
    assert page.evaluate(marked)
    page.goto(many.find("s0/index.html"))
    assert not page.evaluate(marked)


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
@pytest.mark.parametrize("pattern", ["index.html", "s0/index.html"])
def test_nothing_moves(reader, many, pattern, width):
    """While the menu is folded, the sum of layout shifts stays below 0.02."""
    page = reader.page(width)
    page.add_init_script(WATCH)
    page.goto(many.find(pattern), wait_until="networkidle")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.moved.reduce((sum, shift) => sum + shift[0], 0)") < 0.02
