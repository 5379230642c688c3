"""The number of readers and the most read stories, as readers' browsers see them and `newsgen online` counts them."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect
from test_axe import RUN
from test_live_parts import SETTLED
from test_steadiness import WATCH, open_slowly, read_to_the_end

from newsgen.config.reading import read_config
from newsgen.documents.host_headers import list_security_headers
from reader_count import free_port, running_redis, running_service
from served_papers import Paper, build_variant, serve

BASE = "/bao"
STORIES = (
    "kinh-te/*/*/cau-lac-2-hop-long.html",
    "xa-hoi/*/*/ke-song-an-phuc.html",
    "kinh-te/2026/08/phien-cho-mau.html",
)


@dataclass(frozen=True)
class Counted:
    """A paper below a base path whose pages ask a service at another port. `start` starts one with these options."""

    paper: Paper
    endpoint: str
    start: Callable[..., AbstractContextManager[None]]

    @property
    def most_read(self) -> str:
        """The address of the list."""
        return f"{self.endpoint}/most-read"

    def stories(self) -> list[str]:
        """The paths of three stories."""
        return [urlsplit(self.paper.find(pattern)).path for pattern in STORIES]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """The demonstration below /bao, under its own security headers."""
    site, port = tmp_path_factory.mktemp("counted"), free_port()
    output, endpoint = site / "public/bao", f"http://127.0.0.1:{port}/api/online"
    online = {"endpoint": endpoint, "most_read": f"{endpoint}/most-read"}
    output.parent.mkdir()
    build_variant(site, output, {"url": f"https://baolacgiang.example{BASE}", "online": online})
    with serve(output.parent, list_security_headers(read_config(site))) as served:
        paper = Paper(output, f"{served.origin}{BASE}")

        def start(*options: str) -> AbstractContextManager[None]:
            stories = ("--stories", str(output / "latest.json"))
            return running_service(site, port, "--origin", served.origin, *stories, *options)

        yield Counted(paper, endpoint, start)


@contextmanager
def store(name: str) -> Iterator[list[str]]:
    """The options of a service that counts in memory, or in a Redis."""
    if name == "memory":
        yield []
        return
    with running_redis() as redis:
        yield ["--redis", redis.url]


def reader_of(reader, counted: Counted, number: int, *, own_address: bool) -> Page:
    """A page in a browser of its own name; with an address of its own a proxy stands between, which this test plays."""
    page = reader.page(user_agent=f"Mozilla/5.0 ({number})")
    if own_address:
        named = {"X-Forwarded-For": f"203.0.113.{number}"}
        page.route(counted.endpoint, lambda route: route.continue_(headers={**route.request.headers, **named}))
    page.clock.install()
    return page


@pytest.mark.parametrize("name", ["memory", "redis"])
def test_three_browsers_are_three_readers(reader, counted, name):
    """Each of three readers with addresses of their own is told of three, the first one a minute later."""
    with store(name) as options, counted.start("--least", "1", "--proxy", "127.0.0.1", *options):
        pages = [reader_of(reader, counted, number, own_address=True) for number in (1, 2, 3)]
        for number, page in enumerate(pages, start=1):
            page.goto(counted.paper.kind("home"))
            expect(page.locator("[data-online]")).to_have_text(f"{number} người đang online")
        pages[0].clock.fast_forward(60_000)
        expect(pages[0].locator("[data-online]")).to_have_text("3 người đang online")


def test_readers_who_share_an_address(reader, counted):
    """Three browsers at one address are three readers, and the page says that there may be more."""
    with counted.start("--least", "1"):
        pages = [reader_of(reader, counted, number, own_address=False) for number in (1, 2, 3)]
        for page in pages:
            page.goto(counted.paper.kind("article"))
            expect(page.locator("[data-online]")).to_be_visible()
        expect(pages[2].locator("[data-online]")).to_have_text("Khoảng 3 người đang online")
        page = reader_of(reader, counted, 1, own_address=False)
        page.goto(counted.paper.kind("English home"))
        expect(page.locator("[data-online]")).to_have_text("About 3 readers online")


def test_few_readers_are_not_shown(reader, counted):
    """Below the least number the page shows none."""
    with counted.start():
        page = reader_of(reader, counted, 1, own_address=False)
        with page.expect_response(counted.endpoint) as answer:
            page.goto(counted.paper.kind("home"))
        assert {"online": None, "approximate": False} == answer.value.json()
        expect(page.locator("[data-online]")).to_be_hidden()


def test_a_service_that_ends_takes_its_number_with_it(reader, counted):
    """Within one beat the number is hidden; the page then asks more seldom, and shows the number when it is back."""
    with counted.start("--least", "1"):
        page = reader_of(reader, counted, 1, own_address=False)
        page.goto(counted.paper.kind("home"))
        expect(page.locator("[data-online]")).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.fast_forward(60_000)
    expect(page.locator("[data-online]")).to_be_hidden()
    page.clock.fast_forward(100_000)
    assert 1 == len(asked)
    with counted.start("--least", "1"):
        page.clock.fast_forward(30_000)
        expect(page.locator("[data-online]")).to_be_visible()
    reader.forgive("ERR_CONNECTION_REFUSED")


SEEN = """state => {
  Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def test_a_hidden_page_says_nothing(reader, counted):
    """A page that nobody sees does not beat; seen again, it beats at once if a minute has passed, and not before."""
    page = reader.page()
    beats = []

    def answer(route):
        beats.append(json.loads(route.request.post_data))
        route.fulfill(json={"online": 140}, headers={"Access-Control-Allow-Origin": "*"})

    page.route(counted.endpoint, answer)
    page.route(counted.most_read, lambda route: route.fulfill(status=204))
    page.clock.install()
    page.goto(counted.paper.story())
    expect(page.locator("[data-online]")).to_be_visible()
    page.evaluate(SEEN, "hidden")
    page.clock.run_for(600_000)
    assert 1 == len(beats)
    with page.expect_response(counted.endpoint):
        page.evaluate(SEEN, "visible")
        page.clock.run_for(1_000)
    page.evaluate(SETTLED)
    page.evaluate(SEEN, "hidden")
    page.evaluate(SEEN, "visible")
    page.clock.run_for(1_000)
    assert 2 == len(beats)
    with page.expect_response(counted.endpoint):
        page.clock.run_for(60_000)
    assert [{"story": counted.stories()[2]}] * 3 == beats


@pytest.mark.parametrize("name", ["memory", "redis"])
def test_what_is_read_is_listed(reader, counted, name):
    """Stories that readers open are listed by their readers, on the front page and beside stories."""
    bridge, dyke, market = counted.stories()
    with store(name) as options, counted.start("--least", "1", *options):
        for number, stories in enumerate([(market, dyke, bridge), (market, bridge), (market,)]):
            page = reader_of(reader, counted, number, own_address=False)
            page.route(counted.most_read, lambda route: route.fulfill(status=204))  # the service keeps it for a while
            for story in stories:
                with page.expect_response(counted.endpoint):
                    page.goto(urljoin(counted.paper.origin, story))
        for kind in ("home", "article"):
            page = reader.open(counted.paper.kind(kind))
            read_to_the_end(page)
            listed = page.get_by_role("region", name="Đọc nhiều").locator("a")
            expect(listed).to_have_count(3)
            paths = [urlsplit(link.get_attribute("href")).path for link in listed.all()]
            assert [market, bridge, dyke] == paths


def answer_with(page: Page, counted: Counted, at: datetime, **changed) -> None:
    """Let the page get such a list, and a count."""
    paths = counted.stories()
    stories = [{"url": path, "title": f"Tin {path}", "language": "vi", **changed} for path in paths]
    told = {"at": at.isoformat(), "stories": stories}
    headers = {"Access-Control-Allow-Origin": "*"}
    page.route(counted.most_read, lambda route: route.fulfill(json=told, headers=headers))
    page.route(counted.endpoint, lambda route: route.fulfill(json={"online": 140}, headers=headers))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", ["home", "article"])
def test_the_list_moves_nothing(reader, counted, kind, width):
    """With the list and the number the sum of layout shifts stays as small as without them."""
    page = reader.page(width=width)
    page.add_init_script(WATCH)
    answer_with(page, counted, datetime.now(UTC))
    open_slowly(page, counted.paper.kind(kind))
    read_to_the_end(page)
    expect(page.get_by_role("region", name="Đọc nhiều")).to_be_visible()
    moved = page.evaluate("window.moved")
    assert sum(value for value, *_ in moved) < 0.02, moved


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", ["home", "article"])
def test_no_violation(reader, tool, counted, kind, width, scheme):
    """Pages with the list and the number break none of axe's rules."""
    page = reader.page(width=width, color_scheme=scheme, bypass_csp=True)
    answer_with(page, counted, datetime.now(UTC))
    page.goto(counted.paper.kind(kind), wait_until="networkidle")
    expect(page.get_by_role("region", name="Đọc nhiều")).to_be_visible()
    expect(page.locator("[data-online]")).to_be_visible()
    page.add_script_tag(path=tool("axe-core/axe.min.js"))
    assert [] == page.evaluate(RUN)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("age", "changed"),
    [
        (2 * HOUR, {}),
        (-2 * HOUR, {}),
        (0 * HOUR, {"language": "en"}),
        (0 * HOUR, {"url": "https://evil.example/"}),
        (0 * HOUR, {"url": "javascript:alert(1)"}),
        (0 * HOUR, {"title": None}),
    ],
)
def test_a_list_that_is_old_or_strange_is_not_shown(reader, counted, age, changed):
    """A list of another hour, of another language, or that leads away from the paper is as if there were none."""
    page = reader.page()
    answer_with(page, counted, datetime.now(UTC) - age, **changed)
    with page.expect_response(counted.most_read):
        page.goto(counted.paper.kind("home"), wait_until="networkidle")
    expect(page.locator(".most-read")).to_be_hidden()


@pytest.mark.parametrize("body", ["", "null", "[]", '{"at": "x", "stories": []}', '{"stories": 5}', "<!doctype html>"])
def test_an_answer_that_is_no_list_is_not_shown(reader, counted, body):
    """What is no list shows nothing, and is no error on the page."""
    page = reader.page()
    answer_with(page, counted, datetime.now(UTC))
    page.route(counted.most_read, lambda route: route.fulfill(body=body, headers={"Access-Control-Allow-Origin": "*"}))
    with page.expect_response(counted.most_read):
        page.goto(counted.paper.kind("home"), wait_until="networkidle")
    expect(page.locator(".most-read")).to_be_hidden()


def test_a_title_is_text(reader, counted):
    """Marks in a title are shown as they were typed."""
    page = reader.page()
    answer_with(page, counted, datetime.now(UTC), title="<img src=x onerror=alert(1)>")
    page.goto(counted.paper.kind("home"))
    expect(page.locator(".most-read a").first).to_have_text("<img src=x onerror=alert(1)>")
