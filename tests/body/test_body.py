"""One pass makes a body fit for its page: figures, headings, tables, frames, notes."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from builders import site_config
from newsgen.body.word_count import WORDS_A_MINUTE
from newsgen.model.stories import Body, Heading
from story_rendering import body_of, shown

FILMS = site_config("markdown: {video_hosts: [phim.example]}")


def html_of(text: str) -> str:
    """The HTML of a body without faults, on one line."""
    body = body_of(text)
    assert () == body.problems
    return body.html.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ('<img src="cau.png">', {"src": "/kinh-te/cau.png", "alt": "", "width": "8", "height": "6"}),
        ('<img src="/logo.png" width="40">', {"src": "/logo.png", "alt": "", "width": "40"}),
        ('<img src="https://anh.example/a.png" alt="x">', {"src": "https://anh.example/a.png", "alt": "x"}),
    ],
)
def test_every_picture_is_lazy_sized_and_has_an_alt(text, attributes):
    """Sizes come from the file unless typed; pictures of other hosts are left alone."""
    image = LexborHTMLParser(body_of(text).html).css_first("img")
    assert image is not None
    assert {**attributes, "loading": "lazy", "decoding": "async"} == dict(image.attrs.items())


def test_shown_and_linked_files_are_listed_once():
    """The build publishes exactly the files that a body shows or links to."""
    body = body_of("![a](cau.png)\n\n![b](cau.png)\n\n[c](../xa-hoi/bang.pdf) [d](nhan-muon.md)")
    assert {"content/kinh-te/cau.png", "content/xa-hoi/bang.pdf"} == set(body.files)
    assert 2 == len(body.files)


def headings(text: str) -> tuple[Heading, ...]:
    """The headings of a body, which are those of its HTML."""
    body = body_of(text)
    nodes = LexborHTMLParser(body.html).css("h1, h2, h3, h4, h5, h6")
    assert [(h.level, h.id) for h in body.headings] == [(int((n.tag or "h0")[1]), n.attrs["id"]) for n in nodes]
    return body.headings


def test_headings_have_anchors_and_start_at_the_second_level():
    """The page's title is the only h1; an anchor is the heading's slug, or the one typed."""
    expected = (
        Heading(2, "mua-nhan", "Mùa nhãn"),
        Heading(2, "gia-ca", "Giá cả"),
        Heading(3, "xk", "Xuất khẩu"),
        Heading(2, "muc", "🤷"),
    )
    assert expected == headings("# Mùa nhãn\n\n## Giá *cả*\n\n### Xuất khẩu {#xk}\n\n## 🤷")


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("## A\n\n## A\n\n## A", ["a", "a_1", "a_2"]),
        ("## A {#x}\n\n## B {#x}", ["x", "x_1"]),
        ('## A\n\n<h2 id="a">B</h2>\n\n<h2>A</h2>', ["a_1", "a", "a_2"]),
        ('<h2>A</h2>\n\n<h2>A</h2>\n\n<h2 id="a_1">B</h2>', ["a", "a_2", "a_1"]),
        ("## 🤷\n\n## Mục", ["muc", "muc_1"]),
    ],
)
def test_no_two_headings_share_an_anchor(text, anchors):
    """A later heading gets a number; an anchor that was typed stays, and one made from a text gives way."""
    assert anchors == [heading.id for heading in headings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- [x] xong *rồi*\n- [ ] chưa", ["xong rồi", "chưa"]),
        ("- [x] một\n\n- [ ] hai\n\n  thêm", ["một", "hai"]),
        ("- [ ] một\n  - [x] lùi", ["một", "lùi"]),
    ],
)
def test_the_box_of_a_task_is_labelled_by_its_line(text, expected):
    """The words behind a box are its label, and what begins a line of its own is not."""
    labels = LexborHTMLParser(html_of(text)).css("label")
    assert expected == [label.text().strip() for label in labels]
    assert all(label.css_first("input[type=checkbox]") for label in labels)


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize(
    "text",
    [
        "- [ ]",
        "- [x] &nbsp;",
        "- [ ] ![](/logo.png)",
        "- [ ] <b></b>",
        'Một <input type="checkbox" disabled> hai',
        "- <input type=checkbox>",
    ],
)
def test_a_box_without_words_has_a_name(text, engine):
    """A task that says nothing, and a box outside a list, are called something by a screen reader."""
    box = LexborHTMLParser(body_of(text, engine=engine).html).css_first("input[type=checkbox]")
    assert box is not None
    assert "Việc" == box.attrs.get("aria-label")


def test_a_box_that_has_a_name_keeps_it():
    """Words of a label around it, the alt of a picture behind it and its line are a box's name."""
    texts = ("<label><input type=checkbox disabled> Một</label>", "- [ ] ![Hai](/logo.png)", "- [ ] ba")
    for text in texts:
        html = body_of(text, site_config("markdown: {raw_html: allow}")).html
        box = LexborHTMLParser(html).css_first("label input[type=checkbox]")
        assert box is not None, text
        assert "aria-label" not in box.attrs, text


def test_headings_of_columns_say_so():
    """Each heading at the head of a table names its column; one that says what it names keeps that."""
    tree = LexborHTMLParser(
        html_of("|a|b|\n|-|-|\n|1|2|\n\n<table><thead><tr><th scope=row>a</th></tr></thead></table>")
    )
    assert ["col", "col", "row"] == [cell.attrs.get("scope") for cell in tree.css("th")]


def test_tables_scroll_and_their_sides_are_classes():
    """A wide table scrolls by keyboard too; sides are classes, since a style attribute is not allowed."""
    tree = LexborHTMLParser(html_of("|a|b|c|d|\n|:-|:-:|-:|-|\n|1|2|3|4|"))
    assert ["align-left", "align-center", "align-right", None] == [n.attrs.get("class") for n in tree.css("td")]
    assert not tree.css("[align], [style]")
    assert 1 == len(tree.css('div.table-scroll[tabindex="0"] > table'))


def test_footnotes_lead_there_and_back():
    """Each mention leads to the note, the note back to each mention."""
    tree = LexborHTMLParser(html_of("a[^1] b[^1]\n\n[^1]: chú"))
    ids = {node.attrs["id"] for node in tree.css("[id]")}
    links = [node.attrs["href"] for node in tree.css("a")]
    assert ["#fn:1", "#fn:1", "#fnref:1", "#fnref2:1"] == links
    assert {link[1:] for link in links if link} <= ids


def test_an_allowed_video_is_framed():
    """A frame of a known host is lazy and has a title and a box that keeps its shape."""
    html = body_of('<iframe src="https://phim.example/x" srcdoc="y" onload="z"></iframe>', FILMS).html
    frame = '<iframe src="https://phim.example/x" loading="lazy" title="Video"></iframe>'
    assert f'<div class="video">{frame}</div>' == html


@pytest.mark.parametrize(
    "src", ["https://evil.example/x", "http://www.youtube.com/x", "//evil.example/x", "x.html", ""]
)
def test_any_other_frame_is_a_fault(src):
    """Only https and the hosts of newsgen.yaml may be framed."""
    assert "frame-host" in {p.rule for p in body_of(f'<iframe src="{src}"></iframe>').problems}


def test_a_frame_without_a_scheme_is_one_over_https():
    """`//host/…` of other programs is the same address, and may be framed if its host may."""
    tree = LexborHTMLParser(body_of('<iframe src="//phim.example/x" title="Lễ"></iframe>', FILMS).html)
    assert ["https://phim.example/x"] == [frame.attrs["src"] for frame in tree.css("iframe")]


def test_the_site_names_its_video_hosts():
    """A host in `markdown.video_hosts` may be framed."""
    assert () == body_of('<iframe src="https://phim.example/x"></iframe>', FILMS).problems
    assert ["5:14 frame-host"] == shown(body_of('<iframe src="https://www.youtube.com/x"></iframe>', FILMS).problems)


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [("", 0, 0), ("Một.", 1, 1), ("Một **hai** ba.", 3, 1), ("từ " * (3 * WORDS_A_MINUTE), 3 * WORDS_A_MINUTE, 3)],
)
def test_words_and_minutes(text, words, minutes):
    """Reading takes a minute for so many words, at least one; nothing takes none."""
    body = body_of(text)
    assert (words, minutes) == (body.words, body.minutes)


@pytest.mark.parametrize("text", ["> " * 3_000 + "x", "- " * 3_000 + "x", "[" * 3_000, "*" * 3_000, "<div>" * 3_000])
def test_hostile_nesting_is_a_body_or_a_fault(text):
    """However deep a text is nested, it is rendered or told."""
    body = body_of(text)
    assert isinstance(body, Body)
    assert {p.rule for p in body.problems} <= {"markdown-depth", "markdown-failed"}
