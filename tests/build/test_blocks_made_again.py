"""Pages with blocks are made again when what their blocks show is another, and no other page is."""

import pytest

from builders import page_source
from newsgen.core.errors import ContentError
from six_stories import STORY, built_again, paper, story

pytestmark = pytest.mark.usefixtures("one_process")

ABOUT = "content/pages/gioi-thieu.md"
PAGE = "gioi-thieu.html"


@pytest.fixture
def site(tmp_path):
    """The small paper."""
    return paper(tmp_path)


def shown(site):
    """The body of the page about the paper."""
    return (site / "build" / PAGE).read_text("utf-8")


def test_titles_of_stories_to_read_also_are_those_of_now(site):
    """A page has the present titles of the stories that it names, and leaves out those that are not public."""
    body = ":::đọc-thêm\n- ../xa-hoi/tin-1.md\n- [Tự đặt](/kinh-te/tin-2.md)\n- <https://a.example/>\n:::\n"
    built_again(site, {ABOUT: page_source(body=body)})
    assert '<aside class="read-also" role="note"><p class="box-title">Đọc thêm</p><ul><li><a href="/xa-hoi/' in shown(
        site
    )
    assert all(f">{words}</a>" in shown(site) for words in ("Tin số 1", "Tự đặt", "https://a.example/"))
    rendered, _ = built_again(site, {STORY["tin-1"]: story(1, title="Tít mới & hay")})
    assert (True, True) == (PAGE in rendered, ">Tít mới &amp; hay</a>" in shown(site))
    rendered, _ = built_again(site, {STORY["tin-3"]: story(3, title="Tít khác")})
    assert PAGE not in rendered
    rendered, report = built_again(site, {STORY["tin-1"]: story(1, "status: draft")})
    assert (True, False) == (PAGE in rendered, "Tít mới" in shown(site))
    assert f"{ABOUT}:5:1" in [str(one.location) for one in report.warnings if one.rule == "unpublished-link"]
    built_again(site, {ABOUT: page_source(body=":::đọc-thêm Tiếp\n- ../xa-hoi/tin-1.md\n:::\n")})
    assert "read-also" not in shown(site)


GOLD = """\
{# arguments: {loai: [SJC, nhẫn], ngay: {type: date, required: true}, gia: number} #}
<div class="gold">{{ loai }} {{ ngay.day }} {{ gia }} {{ block.name }}
{% include "partials/don-vi.html" ignore missing %} {{ content }}</div>
"""
TEMPLATE = "templates/components/gia-vang.html"
BODY = "Mở.\n\n:::giá-vàng Nhẫn {ngày: 2022-07-12, gia: 35000}\nMột *hai*.\n:::\n"


def test_pages_with_a_component_of_the_paper_are_made_again(site):
    """Adding, changing and removing what its template reads makes again the pages that use it, and no other."""
    built_again(site, {ABOUT: page_source(body=BODY), TEMPLATE: GOLD})
    assert '<div class="gold">nhẫn 12 35000 giá-vàng' in shown(site)
    assert "<em>hai</em>" in shown(site)
    rendered, _ = built_again(site, {TEMPLATE: GOLD.replace('"gold"', '"gold new"')})
    assert ({PAGE}, True) == (rendered, '"gold new"' in shown(site))
    rendered, _ = built_again(site, {"templates/partials/don-vi.html": "nghìn đồng"})
    assert ({PAGE}, True) == (rendered, "nghìn đồng" in shown(site))
    rendered, _ = built_again(site, {"templates/components/khac.html": "{# names: [khác nữa] #}"})
    assert set() == rendered
    rendered, _ = built_again(site, {"templates/partials/don-vi.html": None})
    assert {PAGE} == rendered


def test_a_component_of_the_paper_may_ask_for_stories_and_data(site):
    """What its template asks is asked by the page: a new story or other data make it again."""
    latest = "{% for card in news.latest(1) %}{{ card.title }}{% endfor %} {{ data.gia.nhan }}"
    built_again(site, {ABOUT: page_source(body=":::moi-nhat\n:::\n"), "templates/components/moi-nhat.html": latest})
    assert "Tin số 6 35000" in shown(site)
    rendered, _ = built_again(site, {STORY["tin-6"]: story(6, title="Mưa lớn")})
    assert (True, True) == (PAGE in rendered, "Mưa lớn 35000" in shown(site))
    rendered, _ = built_again(site, {STORY["tin-2"]: story(2, body="Khác.")})
    assert PAGE not in rendered
    rendered, _ = built_again(site, {"data/gia.yaml": "nhan: 36000\n"})
    assert (True, True) == (PAGE in rendered, "Mưa lớn 36000" in shown(site))


def test_another_name_of_a_component_is_found(site):
    """A name in the head is one too; it goes when the head no longer has it, and a file of that name comes first."""
    built_again(site, {ABOUT: page_source(body=":::vang\n:::\n"), TEMPLATE: "{# names: [Vàng] #}<i>một</i>"})
    assert "<i>một</i>" in shown(site)
    rendered, _ = built_again(site, {"templates/components/bac.html": "{# names: [kim loại] #}"})
    assert PAGE in rendered
    files = {"templates/components/vang.html": "<i>hai</i>", TEMPLATE: "<i>ba</i>"}
    rendered, _ = built_again(site, files)
    assert (True, True) == (PAGE in rendered, "<i>hai</i>" in shown(site))


def test_a_word_behind_a_space_becomes_a_block(site):
    """A line that was prose is a block as soon as a template has that name, and prose again without it."""
    built_again(site, {ABOUT: page_source(body="::: bạc\nx\n:::\n")})
    assert "::: bạc" in shown(site)
    rendered, _ = built_again(site, {"templates/components/bac.html": "<i>{{ content }}</i>"})
    assert (True, True) == (PAGE in rendered, "<i><p>x</p>" in shown(site).replace("\n", ""))
    rendered, _ = built_again(site, {"templates/components/bac.html": None})
    assert (True, True) == (PAGE in rendered, "::: bạc" in shown(site))


def faults(site, files):
    """What keeps the paper with these files from being built."""
    with pytest.raises(ContentError) as fault:
        built_again(site, files)
    return [(str(one.location), one.rule) for one in fault.value.problems]


def test_what_is_wrong_with_a_component_of_the_paper_is_told(site):
    """Faults of a template are told in it, those of a block in the story, and names that others have too."""
    page = {ABOUT: page_source(body=BODY)}
    assert [(f"{ABOUT}:6:4", "unknown-component")] == faults(site, page)
    assert [(f"{TEMPLATE}:2:12", "wrong-type")] == faults(site, {**page, TEMPLATE: "{#\narguments: [a]\n#}"})
    assert [(f"{TEMPLATE}:2:1", "template-error")] == faults(
        site, {TEMPLATE: "{# arguments: {a: text, ngay: date, gia: number} #}\n{{ 1 / 0 }}"}
    )
    assert [(f"{TEMPLATE}:2:1", "template-syntax")] == faults(
        site, {TEMPLATE: "{# arguments: {a: text, ngay: date, gia: number} #}\n{% wrong %}"}
    )
    assert [(f"{ABOUT}:6:1", "missing-key")] == faults(
        site, {TEMPLATE: GOLD, ABOUT: page_source(body=BODY.replace("ngày: 2022-07-12, ", ""))}
    )
    assert [(f"{ABOUT}:6:20", "wrong-type")] == faults(
        site, {ABOUT: page_source(body=BODY.replace("Nhẫn {ngày: 2022-07-12", "{ngày: 12/7"))}
    )
    names = {"templates/components/Hop.html": "a", "templates/components/vang.html": "{# names: [gia vàng, mốc] #}"}
    told = faults(site, {**names, ABOUT: page_source()})
    assert [("templates/components/Hop.html:1:1", "bad-component")] * 2 == told[:2]
    assert [("templates/components/vang.html:1:1", "bad-component")] * 2 == told[2:]
