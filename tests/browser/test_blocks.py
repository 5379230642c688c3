"""Blocks of stories under the policy of `_headers`: on a phone, in the dark, in print, by keys and without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from test_axe import RUN
from test_galleries import read_policy

from builders import article_source, png, site_folder
from docs_pages import blocks
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from served_papers import NOW, Paper, serve

STORY = "tin/*/*/khoi.html"
SLIDER = ".before-after input[type=range]"
CUT = "document.querySelector('.before-after').style.getPropertyValue('--cut')"


@pytest.fixture(scope="module")
def paper_of_blocks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A story with every block that docs/blocks.md shows, on a host that sends the policy of `_headers`."""
    examples = [block.text for block in blocks("blocks") if block.use == "body" and "giá-vàng" not in block.text]
    examples.append(":::hỏi-đáp {gập: true}\n**Bao lâu?**\n\nBa tháng nữa.\n\n## Ai làm?\n\nTổ thợ.\n:::")
    files: dict[str, str | bytes] = {
        "content/tin/khoi.md": article_source("slug: khoi", body="\n\nĐoạn văn.\n\n".join(examples)),
        "content/tin/gia-vai.md": article_source(title="Giá vải"),
        "content/xa-hoi/ke-song.md": article_source(title="Kè sông", body="## Một năm\n\nGiữ đất.\n"),
        "content/pages/gioi-thieu.md": "---\ntitle: Giới thiệu\n---\n\nTòa soạn.\n",
        "content/tin/anh-1.jpg": png(900, 600),
        "content/tin/anh-2.jpg": png(900, 500),
        "static/favicon.ico": png(),
    }
    settings = "title: Báo\nurl: https://baolacgiang.example\nsections: {tin: {title: Tin}, xa-hoi: {title: Xã hội}}\n"
    site = site_folder(tmp_path_factory.mktemp("blocks"), files, settings)
    build(BuildOptions(site, site / "build", NOW))
    plain = Paper(site / "build", "")
    with serve(site / "build", read_policy(plain)) as served:
        yield served


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_is_broken(reader, tool, paper_of_blocks, width, scheme):
    """Nothing scrolls sideways, and axe finds nothing, with the pictures laid upon each other."""
    page = reader.open(paper_of_blocks.find(STORY), width, color_scheme=scheme, bypass_csp=True)
    expect(page.locator(SLIDER)).to_have_count(1)
    assert width >= page.evaluate("document.documentElement.scrollWidth")
    page.add_script_tag(path=tool("axe-core/axe.min.js"))
    assert [] == page.evaluate(RUN)


def test_keys_move_the_line_between_two_pictures(reader, paper_of_blocks):
    """The slider has a name, arrows and ends move it, and the picture on top is cut where it stands."""
    page = reader.open(paper_of_blocks.find(STORY), 1280)
    slider = page.get_by_role("slider", name="Phần nhìn thấy của ảnh trước")
    slider.focus()
    for key, cut in [("ArrowRight", "51%"), ("End", "100%"), ("Home", "0%")]:
        page.keyboard.press(key)
        assert cut == page.evaluate(CUT)
    shape = "(image => image.clientWidth / image.clientHeight)(document.querySelectorAll('.before-after img')[1])"
    assert pytest.approx(1.5, abs=0.01) == page.evaluate(shape)


def test_without_script_the_pictures_stand_side_by_side(reader, paper_of_blocks):
    """Both are seen whole, and every block is there."""
    page = reader.page(1280, java_script_enabled=False)
    page.goto(paper_of_blocks.find(STORY))
    expect(page.locator(SLIDER)).to_have_count(0)
    first, second = (page.locator(".before-after img").nth(at).bounding_box() for at in (0, 1))
    assert first
    assert second
    assert first["x"] + first["width"] <= second["x"]
    for name in ("info-box", "pull-quote", "timeline", "questions", "facts", "numbers", "columns", "read-also"):
        expect(page.locator(f".{name}").first).to_be_visible()


def test_print_shows_every_block(reader, paper_of_blocks):
    """Boxes are no part of what print leaves out, and the two pictures stand side by side."""
    page = reader.open(paper_of_blocks.find(STORY), 1280)
    page.emulate_media(media="print")
    expect(page.locator(".info-box").first).to_be_visible()
    expect(page.locator(SLIDER)).to_be_hidden()
    boxes = page.locator(".before-after img").evaluate_all("images => images.map(i => i.getBoundingClientRect().x)")
    assert boxes[0] < boxes[1]


def test_folded_answers_open_by_keys_and_in_print(reader, paper_of_blocks):
    """Readers see the questions, a key opens an answer, a question is high enough for a finger, and print has all."""
    page = reader.open(paper_of_blocks.find(STORY), 360)
    answer, question = page.get_by_text("Ba tháng nữa."), page.locator("details.question-answer > summary").first
    expect(answer).to_be_hidden()
    assert page.evaluate("e => e.getBoundingClientRect().height", question.element_handle()) >= 44
    question.focus()
    page.keyboard.press("Enter")
    expect(answer).to_be_visible()
    page.keyboard.press("Enter")
    page.emulate_media(media="print")
    assert page.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})", answer.element_handle())
