"""Faults that editors and readers reported, each as a small site, and what is right in its place.

Every expected value was written by hand, from what the text means.
"""

import json
import re

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from builders import article_source, config_source, png, site_folder
from newsgen.cli import main

ENGINES = ["python-markdown", "commonmark"]
TRUE = "Đoạn văn thật."
SUMMARIES = {
    "code": f"```python\nimport os\n\nprint('hai')\n```\n\n{TRUE}\n",
    "heading": f"{TRUE}\n## Đầu đề\nĐoạn hai.\n",
    "style": f"<style>\n.a {{ color: red }}\n\n.b {{ color: blue }}\n</style>\n\n{TRUE}\n",
    "table": f"Mốc | Số\n---|---\nMột | 1\n\n{TRUE}\n",
    "tag": f"<strong>LẠC GIANG</strong> – {TRUE}\n\nĐoạn hai.\n",
    "terms": f"Trắc đạc\n:   Đo vị trí.\n\n{TRUE}\n",
    "comment": f"<!--\nGhi chú cho tòa soạn.\n\nNguồn giấu tên: ông Bảy.\n-->\n\n{TRUE}\n",
}
BODIES = {
    "khung": '<iframe src="https://www.youtube.com/embed/abc" title="Lễ hội" />\n\nĐoạn hai.\n',
    "phim": '<video src="v.mp4" poster="c.png" controls />\n\nĐoạn hai.\n',
    "neo": "## Vì sao\n\nMột.\n\n## Khác {#vi-sao}\n\nHai.\n",
    "neo-trang": "Chữ.\n\n## Main\n\na\n\n## Top\n\nb\n",
    "muc-luc": '[TOC]\n\n## Vì sao chậm?[^1]\n\nMột.\n\n<div id="hai">k</div>\n\n## Hai\n\nBa.\n\n[^1]: Chú.\n',
    "hinh": "![Cầu](c.png)\n{: #anh-1 .rong }\n\n[xem](#anh-1)\n",
    "hinh-neo": '<a id="anh-2"></a>![Cầu](c.png)\n',
    "hinh-lien-ket": "[![A](c.png)![B](c.png)](https://x.example/)\n",
    "ma": "1. Chạy:\n\n    ```sh\n    make build\n    ```\n\n2. Xong.\n",
    "chu": "Một[^1].\n\n[^1]: Chú.\n",
    "dam": "**a**, **b**.\n",
    "nuoc": "H<sub>2</sub>O\n",
    "the": "Trước.\n\n<noscript><img src='https://a.example/x.png' alt='Chart'></noscript>\n",
    "tap-hop": "The set is\n{ red, green or blue }\n\nAfter *stress*{% note %} goes on.\n",
}
OPTIONS = ("feeds: {content: full}", "rules: {no-urls-lock: off, missing-caption: off, missing-credit: off}")


def read_page(site, slug):
    """The page of a story of the section `tin`."""
    [path] = (site / "build/tin").rglob(f"{slug}.html")
    return LexborHTMLParser(path.read_text("utf-8"))


@pytest.fixture(scope="module", params=ENGINES)
def built(request, tmp_path_factory):
    """The site of all these stories, below a path of its host, built by each engine."""
    if request.param == "commonmark":
        pytest.importorskip("comrak")
    files = {
        f"content/tin/{name}.md": article_source(f"slug: {name}", title=f"Bài {name}", body=body)
        for name, body in {**SUMMARIES, **BODIES}.items()
    }
    files |= {"content/tin/c.png": png(), "content/tin/v.mp4": b"0"}
    settings = config_source(f"markdown: {{engine: {request.param}}}", *OPTIONS, url="https://bao.example/tin")
    site = site_folder(tmp_path_factory.mktemp("reported"), files, settings)
    done = CliRunner().invoke(main, ["--site", str(site), "build"])
    assert 0 == done.exit_code, done.output
    return site


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_summary_is_the_first_paragraph_of_prose(built, name):
    """No comment, code, style, table or heading gets into it, however the text begins."""
    described = read_page(built, name).css_first('meta[name="description"]').attrs["content"]
    assert (f"LẠC GIANG – {TRUE}" if name == "tag" else TRUE) == described


def test_what_follows_an_element_that_closes_itself_is_there(built):
    """A frame and a film end where they were typed; the film's files are published below the paper's path."""
    for name, tag in (("khung", ".embed"), ("phim", "video")):
        prose = read_page(built, name).css_first(".prose")
        assert ("Đoạn hai.", 1) == (prose.css("p")[-1].text(), len(prose.css(tag)))
    assert "/tin/tin/v.mp4" == read_page(built, "phim").css_first("video").attrs["src"]
    assert (built / "build/tin/v.mp4").is_file()


def ids(built, name):
    """The names of places in a story's text, in their order."""
    return [node.attrs["id"] for node in read_page(built, name).css(".prose [id]") if "fn" not in node.attrs["id"]]


def test_places_keep_the_names_that_were_typed(built):
    """A typed anchor comes before one that is made; names of the page around are taken; a list of contents follows."""
    assert ["vi-sao_1", "vi-sao"] == ids(built, "neo")
    assert ["main_1", "top_1"] == ids(built, "neo-trang")
    assert ["vi-sao-cham", "hai", "hai_1"] == ids(built, "muc-luc")
    links = [node.attrs["href"] for node in read_page(built, "muc-luc").css(".prose li a") if node.text() != "↩"]
    assert ["#vi-sao-cham", "#hai_1"] == links
    assert ["anh-1"] == ids(built, "hinh")
    assert ["anh-2"] == ids(built, "hinh-neo")


def test_what_stands_around_pictures_stays(built):
    """Classes go to the figure, a link around two pictures leads on."""
    assert "rong" in read_page(built, "hinh").css_first("figure").attrs["class"]
    links = read_page(built, "hinh-lien-ket").css('.prose a[href="https://x.example/"]')
    assert 2 == sum(len(link.css("img")) for link in links)


def test_text_is_neither_lost_nor_read_as_something_else(built):
    """Code in a list is code, braces that hold no attributes are text, and what `<noscript>` holds is shown."""
    assert "make build\n" == read_page(built, "ma").css_first("li pre code.language-sh").text()
    said = re.sub(r"\s+", " ", read_page(built, "tap-hop").css_first(".prose").text()).strip()
    assert "The set is { red, green or blue } After stress{% note %} goes on." == said
    assert "Chart" == read_page(built, "the").css_first(".prose img").attrs["alt"]


def test_words_are_counted_as_they_are_read(built):
    """A note's number, marks and small figures part no words."""
    stories = {
        name: next((built / "build/tin").rglob(f"{name}.html")).read_text("utf-8") for name in ("chu", "dam", "nuoc")
    }
    counted = {name: int(re.search(r'"wordCount":\s*(\d+)', text)[1]) for name, text in stories.items()}
    assert {"chu": 1, "dam": 2, "nuoc": 1} == counted


HEADS = {
    "title: 'Ông Ba's'\ndate: 2025-01-05": ["2:16 yaml-quotes", 'put it in quotes: title: "Ông Ba\'s"'],
    'title: "a \\q"\ndate: 2025-01-05': ["2:11 yaml-quotes", "put it in quotes: title: 'a \\q'"],
    "title: A\ndate: 2025-01-05 08:00\nsummary: Viết &lt; thay cho dấu nhỏ hơn.": [
        "4:10 html-entity",
        "write Viết < thay cho dấu nhỏ hơn.",
    ],
    'title: A\ndate: 2025-01-05\naliases: ["/tin/guía%20/"]': [
        "4:11 bad-alias",
        "write a path from the site's root, such as `/news/2020/name.html`",
    ],
    "title: A\ndate: 2025-01-05\nimage: C:\\Users\\HaMy\\c.png": ["4:8 missing-image", "write `c.png`"],
}


@pytest.mark.parametrize("number", range(len(HEADS)))
def test_a_slip_of_a_head_has_the_right_fix(tmp_path, number):
    """The place, and the line as it should be: no quotes that readers would see."""
    head, (place, fix) = list(HEADS.items())[number]
    files = {"content/tin/a.md": f"---\n{head}\n---\n\nChữ.\n", "content/tin/c.png": png()}
    site = site_folder(tmp_path, files, config_source("language: en"))
    done = CliRunner().invoke(main, ["--site", str(site), "check", "--json"])
    found = [
        [f"{one['location']['line']}:{one['location']['column']} {one['rule']}", one["fix"]]
        for one in json.loads(done.stdout)["problems"]
    ]
    assert [place, fix] in found


def test_plain_texts_of_a_feed_are_escaped_for_readers_of_html(tmp_path):
    """A tag that a summary or a correction speaks of does not vanish in the description."""
    lines = ["summary: Dùng <video src=x>; R&D", "updated: 2025-01-06 08:00"]
    lines.append("corrections: [{date: 2025-01-06 08:00, kind: correction, text: 'Thẻ <video>'}]")
    story = article_source(*lines, title="Thẻ <marquee> trở lại", date="2025-01-05 08:00")
    site = site_folder(tmp_path, {"content/tin/a.md": story})
    assert 0 == CliRunner().invoke(main, ["--site", str(site), "build"]).exit_code
    told = (site / "build/rss.xml").read_text("utf-8")
    assert "<title>Thẻ &#x3C;marquee&#x3E; trở lại</title>" in told
    assert "<description>Dùng &#x26;lt;video src=x&#x26;gt;; R&#x26;amp;D</description>" in told
    corrections = (site / "build/dinh-chinh/rss.xml").read_text("utf-8")
    assert "<description>Thẻ &#x26;lt;video&#x26;gt;</description>" in corrections


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("home.html", '{{ data.lich.ngay|date("short") }}', "wants a date, such as `article.date`, not the text"),
        ("article.html", '{% extends "article.html" %}', "this is “article.html” itself"),
    ],
)
def test_a_template_that_fails_says_why(tmp_path, name, text, said):
    """A text where a date belongs, and a template that extends itself."""
    files = {f"templates/{name}": text, "data/lich.yaml": "ngay: 2025-01-05\n", "content/tin/a.md": article_source()}
    site = site_folder(tmp_path, files)
    done = CliRunner().invoke(main, ["--site", str(site), "check", "--json"])
    assert any(said in one["what"] for one in json.loads(done.stdout)["problems"])
