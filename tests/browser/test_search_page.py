"""The page on which readers search: typing, addresses, filters, what is said, and what is left without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from search_pages import SEARCH, ask
from served_papers import serve, until

FIELD = ".search [name=q]"
RESULTS = ".search-list h2 a"
STATUS = ".search-status"
WIDE = "document.documentElement.scrollWidth > innerWidth"


def read_policy(paper) -> str:
    """The content security policy of the paper's hosts."""
    (found,) = {
        line.partition(": ")[2]
        for line in (paper.folder / "tin/_headers").read_text("utf-8").splitlines()
        if "Content-Sec" in line
    }
    return found


@pytest.fixture(scope="module")
def guarded(searched):
    """The paper as hosts serve it, with its content security policy."""
    with serve(searched.folder, {"Content-Security-Policy": read_policy(searched)}) as paper:
        yield paper


@pytest.fixture
def page(reader, guarded) -> Page:
    return reader.open(f"{guarded.origin}/{SEARCH}")


def asked(page: Page) -> list[str]:
    """The names of files that the page has loaded of the index."""
    urls = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    return [url.rpartition("/")[2] for url in urls if "/theme/search/" in url]


def test_a_reader_types_without_diacritics(page):
    """“ghep than” finds “Ghép thận” while it is typed, with the words marked and the number said."""
    page.locator(FIELD).press_sequentially("ghep tha")
    expect(page.locator(RESULTS).first).to_have_text(re.compile("ghép thận"))
    page.locator(FIELD).press_sequentially("n")
    expect(page.locator(".search-list h2 mark").first).to_have_text("ghép thận")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^\d+ kết quả"))


def test_nothing_is_loaded_before_a_reader_searches(page):
    """The index is loaded when the field gets the focus, and the spellings only when nothing is found."""
    assert [] == asked(page)
    page.locator(FIELD).focus()
    expect(page.locator("[name=section]")).to_be_visible()
    assert {"vi.json"} == {name for name in asked(page) if not name.endswith(".bin")}
    page.locator(FIELD).fill("ghep than")
    expect(page.locator(RESULTS).first).to_be_visible()
    assert not [name for name in asked(page) if name.startswith("s0.")]


def test_the_keyboard_is_enough(page):
    """Tab leads from the field past the button and the filters to the first result, and Enter opens it."""
    page.locator(FIELD).fill("ghép thận")
    page.keyboard.press("Enter")
    expect(page.locator(RESULTS).first).to_be_visible()
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.locator(RESULTS).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ghep-than.html")


def test_filters_are_in_the_address(reader, guarded, page):
    """A section and a year narrow what is found; the address can be shared, and Back brings what was before."""
    page.locator(FIELD).fill("bóng đá")
    expect(page.locator(RESULTS)).to_have_count(10)
    page.locator("[name=section]").select_option("the-thao")
    page.locator("[name=year]").select_option("2020")
    page.wait_for_url("**/?q=b%C3%B3ng+%C4%91%C3%A1&section=the-thao&year=2020")
    until(page, "[...document.querySelectorAll('.search-list time')].every((one) => one.dateTime.startsWith('2020'))")
    shown = page.locator(RESULTS).all_text_contents()
    other = reader.open(page.url)
    expect(other.locator(RESULTS)).to_have_text(shown)
    expect(other.locator("[name=year]")).to_have_value("2020")
    page.go_back()
    expect(page.locator("[name=year]")).to_have_value("")
    page.go_back()
    expect(page.locator("[name=section]")).to_have_value("")
    expect(page.locator(FIELD)).to_have_value("bóng đá")


def test_a_filter_alone_lists_the_newest(reader, guarded):
    """A section without words shows its stories, the newest first."""
    page = reader.open(f"{guarded.origin}/{SEARCH}?section=van-hoa")
    expect(page.locator(RESULTS)).to_have_count(10)
    days = page.evaluate("[...document.querySelectorAll('.search-list time')].map((one) => one.dateTime)")
    assert sorted(days, reverse=True) == days


def test_more_results_are_asked_for(page):
    """The button shows the next ones and leads the focus to the first of them."""
    page.locator(FIELD).fill("cầu lông")
    page.locator(".search-more").click()
    expect(page.locator(RESULTS)).to_have_count(20)
    expect(page.locator(RESULTS).nth(10)).to_be_focused()


def test_typed_diacritics_decide_the_order(page, guarded):
    """“cạn” typed so brings stories with “cạn” before those with “cần” or “căn”; quoted, these alone."""
    titles = [title.lower() for _, title in ask(page, guarded, "cạn")]
    assert "mắc cạn" in titles[0]
    titles = [title for _, title in ask(page, guarded, "“mắc cạn”")]
    assert ["Tàu hàng mắc cạn ở cửa Lân, cứu được chín thuyền viên"] == titles
    assert [] == ask(page, guarded, "“mặc căn”")


def test_a_slip_is_told(page):
    """What was probably meant is shown, with a line that says so and a link to it."""
    page.locator(FIELD).fill("ghpe than")
    expect(page.locator(RESULTS).first).to_have_text(re.compile("ghép thận"))
    expect(page.locator(STATUS)).to_have_text(re.compile("^Không thấy “ghpe than”. Kết quả cho “ghép thận”"))
    page.locator(f"{STATUS} a").click()
    page.wait_for_url("**/?q=gh%C3%A9p+th%E1%BA%ADn")


def test_what_is_found_is_said_once_the_reader_stops(page):
    """The status does not change at each key."""
    page.evaluate(
        """() => {
          const status = document.querySelector(".search-status");
          window.said = [];
          new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });
        }"""
    )
    page.locator(FIELD).press_sequentially("ghép thận", delay=20)
    expect(page.locator(STATUS)).to_have_text(re.compile("kết quả"))
    assert 1 == page.evaluate("said.length")


def test_a_paper_that_was_published_anew_is_read_again(reader, page):
    """Where a file of the index is gone, the index is loaded once more and the query repeated."""
    page.locator(FIELD).focus()
    expect(page.locator("[name=section]")).to_be_visible()
    gone: list[str] = []

    def answer(route):
        if gone:
            route.continue_()
        else:
            gone.append(route.request.url)
            route.fulfill(status=404)

    page.route("**/theme/search/vi/*.bin", answer)
    page.locator(FIELD).fill("ghép thận")
    expect(page.locator(RESULTS).first).to_have_text(re.compile("ghép thận"))
    assert gone
    assert 2 == asked(page).count("vi.json")
    reader.forgive("404")


def test_without_script_other_ways_are_left(reader, guarded):
    """The form is not shown; links lead to the archive, the sections and search engines with the paper's address."""
    page = reader.open(f"{guarded.origin}/{SEARCH}?q=a", java_script_enabled=False)
    expect(page.locator(".search")).to_be_hidden()
    expect(page.locator(".search-without a").first).to_be_visible()
    links = page.eval_on_selector_all(".search-without a", "all => all.map((one) => one.href)")
    assert f"{guarded.origin}/tin/luu-tru/" == links[0]
    assert "https://www.google.com/search?q=site%3Abaolacgiang.example/tin" in links


@pytest.mark.parametrize("width", [360, 1280])
def test_the_masthead_leads_to_the_search(reader, guarded, width):
    """On wide screens there is a field, on narrow ones a link; neither makes the masthead higher."""
    page = reader.open(f"{guarded.origin}/tin/tin-moi-nhat/", width=width)
    height = page.locator(".masthead").evaluate("one => one.offsetHeight")
    if width == 360:
        page.locator(".site-search a").click()
        page.wait_for_url(f"**/{SEARCH}")
    else:
        page.locator(".site-search input").fill("ghép thận")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=*")
        expect(page.locator(RESULTS).first).to_have_text(re.compile("ghép thận"))
    assert height == page.locator(".masthead").evaluate("one => one.offsetHeight")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits(reader, guarded, tool, scheme):
    """Axe finds nothing with results shown, in light and dark; at 360 px nothing is wider than the screen."""
    page = reader.open(f"{guarded.origin}/{SEARCH}?q=ghpe+than", width=360, color_scheme=scheme, bypass_csp=True)
    expect(page.locator(RESULTS).first).to_be_visible()
    expect(page.locator(f"{STATUS} a")).to_be_visible()
    assert not page.evaluate(WIDE)
    page.add_script_tag(path=tool("axe-core/axe.min.js"))
    found = page.evaluate("async () => (await axe.run()).violations.map(({ id, nodes }) => [id, nodes[0].html])")
    assert [] == found


def test_results_are_not_printed_with_the_form(page):
    """Print has the results without the form."""
    page.locator(FIELD).fill("ghép thận")
    expect(page.locator(RESULTS).first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".search")).to_be_hidden()
    expect(page.locator(RESULTS).first).to_be_visible()
