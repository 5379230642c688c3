"""Live reports: an open page gets new entries from files beside it, and shows them when its reader asks for them."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from test_axe import RUN
from test_galleries import read_policy

from builders import article_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, Paper, serve, until

OUTPUT = "tin/2026/07/lu.html"
BUTTON = ".live-news button"
IDS = "[...document.querySelectorAll('.live-entries > article')].map((entry) => entry.id + ' ' + entry.dataset.version)"


@dataclass
class Report:
    """A live story that grows: each entry is its time in minutes, its text and its marks."""

    site: Path
    entries: list[tuple[int, str, str]] = field(default_factory=list)

    def publish(self) -> None:
        """Build the paper with the entries of now, newest on top."""
        blocks = "\n".join(
            f":::truc-tiep {6 + at // 60:02}:{at % 60:02} Tin {at} {marks}\n{text}\n:::\n"
            for at, text, marks in sorted(self.entries, reverse=True)
        )
        story = article_source(
            "slug: lu", "live: true", title="Nước lên", date="2026-07-12 06:00", body=f"Mở đầu.\n\n{blocks}"
        )
        (self.site / "content/tin/lu.md").write_text(story, "utf-8")
        build(BuildOptions(self.site, self.site / "build", NOW))


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A live story with three entries, published."""
    config = (
        "title: Báo\nurl: https://baolacgiang.example\nsections:\n  tin: {title: Tin}\nmachines: {headers: [netlify]}\n"
    )
    site = site_folder(tmp_path, {"content/tin/lu.md": article_source(), "static/favicon.ico": png()}, config)
    found = Report(site, [(at, "Nước lên.", "") for at in (1, 2, 3)])
    found.publish()
    return found


@pytest.fixture
def served(report: Report) -> Iterator[Paper]:
    """The paper on a host that sends the policy of `_headers`."""
    with serve(report.site / "build", read_policy(Paper(report.site / "build", ""))) as paper:
        yield paper


@pytest.fixture
def visit(served: Paper, reader) -> Callable[..., Page]:
    """Opens the story, with an anchor or without; the page asks for news five times a second."""

    def hasten(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('data-every="20"', 'data-every="0.2"'))

    def open_page(anchor: str = "", **options) -> Page:
        page = reader.page(**options)
        page.route(f"**/{OUTPUT}*", hasten)
        page.goto(f"{served.origin}/{OUTPUT}{anchor}")
        return page

    return open_page


def test_new_entries_wait_for_their_reader(report: Report, visit: Callable[..., Page]) -> None:
    """What is new is counted and told, nothing moves, and a press of the button shows it and goes there."""
    page = visit()
    before = page.evaluate(IDS)
    report.entries += [(70, "Rút dần.", ""), (71, "Rút **hẳn**.", "{diem-chinh: true}")]
    report.publish()
    expect(page.locator(BUTTON)).to_have_text("Xem 2 mục mới")
    assert page.locator(".live-news [role=status]").text_content() == "Xem 2 mục mới"
    assert page.title().startswith("(2) ")
    assert page.evaluate(IDS) == before
    page.locator(BUTTON).press("Enter")
    expect(page.locator(BUTTON)).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "luc-0711"
    assert page.locator(".live-entries > article").first.inner_text().split() == ["07:11", "Tin", "71", "Rút", "hẳn."]
    assert page.locator(".live-points li").all_text_contents() == ["07:11 Tin 71"]
    assert not page.title().startswith("(")


def test_the_first_entry_comes_to_an_open_page(report: Report, visit: Callable[..., Page]) -> None:
    """A report may begin without entries; what comes later is there as if it had stood there, a player too."""
    report.entries = []
    report.publish()
    page = visit()
    report.entries = [(1, "https://www.youtube.com/watch?v=LacGiang001", "{diem-chinh: true}")]
    report.publish()
    expect(page.locator(BUTTON)).to_have_text("Xem 1 mục mới")
    page.locator(BUTTON).click()
    assert page.locator(".live-points li").all_text_contents() == ["06:01 Tin 1"]
    expect(page.locator("#luc-0601 .embed-link")).to_have_attribute("role", "button")


def test_blocks_of_later_entries_work(report: Report, visit: Callable[..., Page]) -> None:
    """Tables sort and pictures before and after have their slider, once each, in entries that came to an open page."""
    page = visit()
    for name in ("truoc.png", "sau.png"):
        (report.site / "content/tin" / name).write_bytes(png(64, 40))
    rows = "".join(f"Xã {number},{9 - number}\n" for number in range(6))
    (report.site / "content/tin/gia.csv").write_text(f"Nơi,Mức\n{rows}", "utf-8")
    pair = ":::trước-sau\n![Trước](truoc.png)\n![Sau](sau.png)\n:::"
    report.entries += [(70, "![Mức](gia.csv)", ""), (71, pair, "")]
    report.publish()
    page.locator(BUTTON).click()
    page.locator("#luc-0710 button.sort").last.click()
    assert page.locator("#luc-0710 tbody td").first.inner_text() == "4"
    assert page.locator("#luc-0711 input[type=range]").count() == 1


def test_corrected_and_deleted_entries(report: Report, visit: Callable[..., Page]) -> None:
    """An entry that was corrected or deleted is told without a count."""
    page = visit()
    report.entries = [(1, "Nước lên 12 cm.", ""), (3, "Nước lên.", "")]
    report.publish()
    expect(page.locator(BUTTON)).to_have_text("Xem những chỗ vừa sửa")
    page.locator(BUTTON).click()
    expect(page.locator(BUTTON)).to_be_hidden()
    assert [one.split()[0] for one in page.evaluate(IDS)] == ["luc-0603", "luc-0601"]
    expect(page.locator("#luc-0601")).to_contain_text("12 cm")


def test_a_link_to_a_newer_entry(report: Report, visit: Callable[..., Page]) -> None:
    """A page from an old cache shows the entry that a link leads to, as soon as it has it."""
    page = visit("#luc-0900")
    report.entries.append((180, "Chín giờ.", ""))
    report.publish()
    expect(page.locator("#luc-0900")).to_be_in_viewport()


def test_no_entry_is_lost_or_doubled(report: Report, served: Paper, visit: Callable[..., Page], reader) -> None:
    """Whatever is written, corrected or deleted while answers fail, the page shows in the end what a new one does."""
    chance = random.Random(7)  # noqa: S311 - the same each time
    page = visit()
    page.route("**/*.json*", lambda route: route.abort() if chance.random() < 0.4 else route.continue_())
    for _ in range(8):
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(1, 200)
            report.entries = [one for one in report.entries if one[0] != at]
            if chance.random() < 0.8:
                report.entries.append(
                    (at, f"Lần {chance.random()}.", chance.choice(["", "{ghim: true}", "{key: true}"]))
                )
        report.publish()
        if chance.random() < 0.5:
            page.wait_for_timeout(chance.randrange(300))
            page.evaluate(f"document.querySelector('{BUTTON}').click()")
    page.unroute("**/*.json*")
    reader.forgive("net::ERR_FAILED")
    latest = json.loads((served.folder / "tin/2026/07/lu.live/latest.json").read_text("utf-8"))
    assert latest["entries"] == len(report.entries)
    wanted = page.context.new_page()
    wanted.goto(f"{served.origin}/{OUTPUT}")
    ids = wanted.evaluate(IDS)
    points = wanted.evaluate("document.querySelector('.live-points').textContent")
    wanted.close()
    until(
        page,
        f"(ids) => {{ document.querySelector('{BUTTON}').click(); return String({IDS}) === String(ids); }}",
        ids,
    )
    assert page.evaluate("document.querySelector('.live-points').textContent") == points


def test_an_ended_report_is_not_asked_for(report: Report, served: Paper, visit: Callable[..., Page]) -> None:
    """After the end nothing more is fetched."""
    page = visit()
    story = report.site / "content/tin/lu.md"
    story.write_text(story.read_text("utf-8").replace("live: true", "live: {end: 2026-07-12 10:00}"), "utf-8")
    build(BuildOptions(report.site, report.site / "build", NOW))
    expect(page.locator(".live-news [role=status]")).to_have_text("Tường thuật đã kết thúc.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1000)
    assert asked == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_live_reports_are_accessible(
    report: Report, visit: Callable[..., Page], scheme: str, tool: Callable[[str], str]
) -> None:
    """Axe finds nothing, with news waiting and after they are shown, at 360 pixels."""
    page = visit(width=360, color_scheme=scheme, bypass_csp=True)
    report.entries += [(70, "Rút dần.", "{ghim: true}"), (71, "Rút hẳn.", "{diem-chinh: true}")]
    report.publish()
    expect(page.locator(BUTTON)).to_be_visible()
    page.add_script_tag(path=tool("axe-core/axe.min.js"))
    for _ in range(2):
        assert [] == page.evaluate(RUN)
        page.evaluate(f"document.querySelector('{BUTTON}').click()")
