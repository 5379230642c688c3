"""axe-core's rules for people who see, hear or move differently (WCAG 2.2 A to AAA, and its best practices)."""

import pytest

from builders import article_source, png, site_folder
from papers import weekly
from previews import preview
from served_papers import KINDS, steadily, until

RUN = """async () => {
  const tags = ['2a', '2aa', '2aaa', '21a', '21aa', '21aaa', '22aa', '22aaa'].map(level => `wcag${level}`);
  const found = await axe.run(document, {
    runOnly: {type: 'tag', values: [...tags, 'best-practice']},
    rules: {'target-size': {enabled: true}, 'color-contrast-enhanced': {enabled: true}},
    resultTypes: ['violations'],
  });
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target} ${node.html.slice(0, 120)} — ${node.failureSummary}`));
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_no_violation(reader, tool, paper, kind):
    """Pages of every kind break no rule, on light and on dark screens."""
    page = reader.open(paper.kind(kind), color_scheme="light")
    page.add_script_tag(path=tool("axe-core/axe.min.js"))
    assert [] == page.evaluate(RUN)
    page.emulate_media(color_scheme="dark")
    assert [] == page.evaluate(RUN)


@pytest.mark.parametrize(
    ("name", "language", "scheme"),
    [("started", "vi", "light"), ("everything", "vi", "light"), ("everything", "ar", "dark")],
)
def test_other_papers(reader, tool, request, name, language, scheme):
    """A new site, and one that holds everything a paper can, break no rule on pages of any kind."""
    script = tool("axe-core/axe.min.js")
    pages = request.getfixturevalue(name).one_of_each_kind()
    for address in [address for (_, spoken), address in pages.items() if spoken == language]:
        page = reader.open(address, color_scheme=scheme)
        page.add_script_tag(path=script)
        assert [] == page.evaluate(RUN), address
        page.close()


COMPONENT_PAGES = [
    "a/2025/01/phan.html",
    "en/a/2025/01/phan.html",
    "ar/c/2025/01/phan.html",
    "a/2025/01/truc-tiep.html",
    "ar/suq/2025/01/truc-tiep.html",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("output", COMPONENT_PAGES)
def test_components(reader, tool, everything, output, width, scheme):
    """Every component and a live report break no rule, with all that unfolds open too."""
    page = reader.open(everything.find(f"tin/{output}"), width, color_scheme=scheme)
    page.add_script_tag(path=tool("axe-core/axe.min.js"))
    assert [] == page.evaluate(RUN)
    page.evaluate("document.querySelectorAll('.prose details').forEach(one => one.open = true)")
    assert [] == page.evaluate(RUN)


def test_no_violation_on_a_phone(reader, tool, fragment):
    """A story on a phone breaks no rule, with the shared latest box in its place and the text at its largest."""
    script = tool("axe-core/axe.min.js")
    page = reader.page(width=360)
    page.goto(fragment.kind("article"), wait_until="networkidle")
    for _ in range(5):
        page.get_by_role("button", name="Tăng cỡ chữ").click()
    page.add_script_tag(path=script)
    assert [] == page.evaluate(RUN)


def test_axe_sees(reader, tool, paper):
    """A picture without a description is noticed."""
    script = tool("axe-core/axe.min.js")
    page = reader.open(paper.kind("article"))
    page.evaluate("document.querySelector('figure img').removeAttribute('alt')")
    page.add_script_tag(path=script)
    assert any(line.startswith("image-alt") for line in page.evaluate(RUN))


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """A preview of a small paper, with a draft, and a story that has something to warn of."""
    files = {
        **weekly(),
        "static/favicon.ico": png(),
        "content/xa-hoi/nhap.md": article_source("status: draft", title="Bản nháp"),
        "content/xa-hoi/loi.md": article_source("slug: loi", title="Có điều phải xem", body="[x](http://a.example)\n"),
    }
    with preview(site_folder(tmp_path_factory.mktemp("newsroom"), files)) as running:
        yield running


def violations(page, script):
    """What axe finds in a page of the preview, which may load itself anew meanwhile."""

    def run():
        page.add_script_tag(path=script)
        return page.evaluate(RUN)

    return steadily(run)


BAR = "document.querySelector('newsgen-preview')?.shadowRoot.querySelector('.bar button') != null"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_newsroom_bar(reader, tool, newsroom, width, scheme):
    """A page with the bar breaks no rule, whether the bar is open, with a warning, or closed."""
    script = tool("axe-core/axe.min.js")
    page = reader.open(f"{newsroom.origin}/xa-hoi/2022/08/loi.html", width, color_scheme=scheme)
    until(page, BAR)
    page.locator("newsgen-preview .warnings li").first.wait_for()
    assert [] == violations(page, script)
    page.locator("newsgen-preview .bar button").click()
    page.locator("newsgen-preview .bar.closed").wait_for()
    assert [] == violations(page, script)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_of_stories(reader, tool, newsroom, width, scheme):
    """The list breaks no rule, with stories, with none, and of one state."""
    script = tool("axe-core/axe.min.js")
    for query in ("", "?q=khong+co+tin+nao", "?state=draft"):
        page = reader.open(f"{newsroom.origin}/_newsgen/{query}", width, color_scheme=scheme)
        assert [] == violations(page, script)


def test_the_overlay(reader, tool, newsroom):
    """The problems over a page break no rule."""
    script = tool("axe-core/axe.min.js")
    page = reader.open(f"{newsroom.origin}/xa-hoi/2022/08/loi.html")
    until(page, BAR)
    newsroom.change("content/xa-hoi/loi.md", "date: 2022-08-07", "date: 07/08/2022")
    page.get_by_text("bad-value").first.wait_for()
    assert [] == violations(page, script)
