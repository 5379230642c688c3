"""A paper that runs from right to left, and stories of the other direction in it."""

import pytest

from builders import png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, Paper, serve

ARABIC, HEBREW, ENGLISH = "جسر النهر يفتح قبل موعده", "הגשר נפתח", "The bridge opens early"


def story(title: str, number: int, *lines: str) -> str:
    """A story with a lead, a list and a quotation."""
    head = [f"title: {title}", f"slug: s{number}", f"date: 2026-08-{number:02}", "image: a.png", *lines]
    return "\n".join(["---", *head, "---", f"{title} {title}.", "", f"- {title}", "", f"> {title}", ""])


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    """An Arabic paper of nine stories in two sections, two of them in other languages."""
    stories = {f"content/mahalli/s{n}.md": story(f"{ARABIC} {n}", n, "tags: [جسر, C++]") for n in range(1, 8)}
    stories["content/mahalli/s8.md"] = story(ENGLISH, 8, "lang: en", "kicker: River", "series: {name: River, part: 1}")
    stories["content/iqtisad/s9.md"] = story(HEBREW, 9, "lang: he", "sponsor: River Bank")
    config = "title: جريدة النهر\nurl: https://river.example\nlanguage: ar\nlists: {page: 2}\n"
    sections = "sections: {mahalli: {title: محلي}, iqtisad: {title: اقتصاد}}\n"
    pictures = {f"content/{section}/a.png": png(600, 400) for section in ("mahalli", "iqtisad")}
    beside = {**pictures, "static/favicon.ico": png()}
    site = site_folder(tmp_path_factory.mktemp("arabic"), {**stories, **beside}, config + sections)
    build(BuildOptions(site, site / "build", NOW))
    with serve(site / "build") as paper:
        yield paper


def edges(page, selector: str) -> tuple[float, float]:
    """How far an element is from the left and from the right edge of the window, in pixels."""
    found = page.evaluate(
        """selector => { const box = document.querySelector(selector).getBoundingClientRect();
        return [box.left, document.documentElement.clientWidth - box.right] }""",
        selector,
    )
    return found[0], found[1]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_paper_begins_at_the_right(reader, arabic: Paper, width):
    """The title, the way back and the sections stand at the right; nothing is wider than the window."""
    page = reader.open(arabic.find("mahalli/index.html"), width)
    assert "rtl" == page.evaluate("document.dir")
    for selector in (".paper-name a", ".breadcrumb li", ".sections li"):
        left, right = edges(page, selector)
        assert right < left, selector
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    arrow = "getComputedStyle(document.querySelector('.pager .older'), '::after').content"
    assert "←" in page.evaluate(arrow)


def test_a_story_of_the_other_direction(reader, arabic: Paper):
    """An English story runs from left to right, and the paper's own words in it do not."""
    page = reader.open(arabic.find("mahalli/*/*/s8.html"))
    directions = "names => names.map(name => getComputedStyle(document.querySelector(name)).direction)"
    expected = {".story h1": "ltr", ".prose p": "ltr", ".story-meta": "rtl", ".breadcrumb": "rtl"}
    expected |= {".story .label": "ltr", ".story-foot": "rtl", ".series .stamp": "rtl"}
    assert [*expected.values()] == page.evaluate(directions, [*expected])


ENDS = """selector => {
  const element = document.querySelector(selector), text = element.firstChild, range = document.createRange();
  const box = at => (range.setStart(text, at), range.setEnd(text, at + 1), range.getBoundingClientRect());
  const first = box(text.data.search(/\\S/)), last = box(text.data.trimEnd().length - 1);
  return [first.right <= last.left, Math.abs(element.getBoundingClientRect().right - last.right) < 2];
}"""
"""Of an element of one line: whether its first character stands left of its last, and its last at its right edge."""


@pytest.mark.parametrize(
    ("output", "selector"), [("archive/index.html", ".year .count"), ("corrections/index.html", ".empty")]
)
def test_words_that_are_not_translated(reader, arabic: Paper, output, selector):
    """English words of the theme run from left to right, “9 stories” and the full stop of a sentence, at the right."""
    page = reader.open(arabic.find(output))
    assert [True, True] == page.evaluate(ENDS, selector)


def test_names_in_other_letters(reader, arabic: Paper):
    """A topic “C++” is no “++C”, neither below a story nor over its own list, where it stands at the right."""
    page = reader.open(arabic.find("mahalli/*/*/s7.html"))
    topic = page.locator(".tags a:not(:has(bdi))")
    assert page.evaluate(ENDS, ".tags a:not(:has(bdi))")[0]
    page.goto(f"{arabic.origin}{topic.get_attribute('href')}")
    assert [True, True] == page.evaluate(ENDS, ".list-head h1")


def test_cards_of_other_languages(reader, arabic: Paper):
    """In a list only a foreign story's own words have its language and direction; labels and dates are the paper's."""
    page = reader.open(arabic.find("index.html"))
    spoken = """() => [...document.querySelectorAll('.card [lang]')].map(e =>
      [e.closest('[class]').className, e.lang, e.dir, e.parentElement.closest('[lang]').lang].join(' '))"""
    found = set(page.evaluate(spoken))
    assert {"headline en ltr ar", "headline he rtl ar", "summary he rtl ar", "label en ltr ar"} <= found
    assert not [one for one in found if one.startswith(("sponsor", "stamp", "card"))]
