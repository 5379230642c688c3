"""The dialect of docs/markdown.md, from both engines: what an editor types and what readers get."""

from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser
from test_comrak_engine import body_by, commonmark

from newsgen.body.engine import Engine, PythonMarkdown
from newsgen.core.text import squeeze
from story_rendering import body_of

ENGINES = [PythonMarkdown, commonmark]


def outline(html: str) -> str:
    """The elements and words of an HTML text, without white space between blocks and without the engines' own ids."""
    written: list[str] = []
    tree = LexborHTMLParser(f"<main>{html}</main>").css_first("main")
    assert tree is not None
    for node in tree.traverse(include_text=True):
        if node.tag == "-text":
            written.append(squeeze(node.text(deep=False)))
        elif node is not tree and node.tag not in ("main", "thead", "tbody"):
            shown = {name: unquote(value or "") for name, value in node.attrs.items()}
            if node.tag[:1] == "h":
                shown = {name: value for name, value in shown.items() if name != "id" or value in ("b", "vi-sao")}
            written.append(f"<{' '.join([node.tag or '', *(f'{k}={v}' for k, v in sorted(shown.items()))])}>")
    return " ".join(filter(None, written))


CASES = [
    ("Cần mua:\n- cá\n- rau", "<p> Cần mua: <ul> <li> cá <li> rau"),
    ("Các bước:\n1. đi\n2. về", "<p> Các bước: <ol> <li> đi <li> về"),
    ("- một\n  - hai", "<ul> <li> một <ul> <li> hai"),
    ("1. một\n\n   tiếp\n2. hai", "<ol> <li> <p> một <p> tiếp <li> <p> hai"),
    ("1. Chạy:\n\n    ```sh\n    make\n    ```\n\n2. Xong.",
     "<ol> <li> <p> Chạy: <pre> <code class=language-sh> make <li> <p> Xong."),
    ("> ```\n> mã\n> ```", "<blockquote> <pre> <code> mã"),
    ("chữ\n\n| a | b |\n|---|---|\n| 1 | 2 |", "<p> chữ <table> <tr> <th> a <th> b <tr> <td> 1 <td> 2"),
    ("chữ\n| a | b |\n|---|---|\n| 1 | 2 |", "<p> chữ <table> <tr> <th> a <th> b <tr> <td> 1 <td> 2"),
    ("| a |\n|---|\n| 1 |\n{: .rong }\n\nchữ", "<table class=rong> <tr> <th> a <tr> <td> 1 <p> chữ"),
    ("~~cũ~~ :tada:", "<p> <del> cũ :tada:"),
    ("- [ ] chưa\n- [x] xong",
     "<ul> <li> <input disabled= type=checkbox> chưa <li> <input checked= disabled= type=checkbox> xong"),
    ("> [!NOTE]\n> Coi chừng.",
     "<div class=markdown-alert markdown-alert-note> <p class=markdown-alert-title> Lưu ý <p> Coi chừng."),
    ("> [!TIP] Nhớ\n> Coi.",
     "<div class=markdown-alert markdown-alert-tip> <p class=markdown-alert-title> Nhớ <p> Coi."),
    ("c_d@a.b_", "<p> c_d@a.b_"),
    ("_c@a.example_", "<p> <em> <a href=mailto:c@a.example> c@a.example"),
    ("Xem https://a.example/b, viết cho c@a.example.",
     "<p> Xem <a href=https://a.example/b> https://a.example/b , viết cho <a href=mailto:c@a.example> c@a.example ."),
    ('<a href="https://a.example/">https://a.example/</a>', "<p> <a href=https://a.example/> https://a.example/"),
    ("<details>\n<summary>Thêm</summary>\n\n- **một**\n\n</details>",
     "<details> <summary> Thêm <ul> <li> <strong> một"),
    ("<figure>\n\n*a*\n\n</figure>", "<figure> <p> <em> a"),
    ('<div markdown="1">\n*a*\n</div>', "<div> <p> <em> a"),
    ("[PR 1] [PR 2]\n\n[PR 1]: a\n[PR 2]: b", "<p> <a href=a> PR 1 <a href=b> PR 2"),
    ("Bộ màu\n{ red, green or blue }", "<p> Bộ màu { red, green or blue }"),
    ('Chữ\n{% image "b.jpg" "Alt" %}', '<p> Chữ {% image "b.jpg" "Alt" %}'),
    ('Sau *hết*{% note "kept?" %} nữa.', '<p> Sau <em> hết {% note "kept?" %} nữa.'),
    ("## Đầu {{ page.title }}", "<h2> Đầu {{ page.title }}"),
    ("## Bối cảnh {#b .rong}", "<h2 class=rong id=b> Bối cảnh"),
    ("# Đầu đề {: .lop}", "<h1 class=lop> Đầu đề"),
    ("![Ảnh](https://a.example/x.png){width=100}", "<p> <img alt=Ảnh src=https://a.example/x.png width=100>"),
    ("Đoạn\n{: .ghi-chu }", "<p class=ghi-chu> Đoạn"),
    ("UBND\n\n*[UBND]: Ủy ban", "<p> <abbr title=Ủy ban> UBND"),
    ("Theo *UBND* và [HĐND](HĐND.md).\n\n*[UBND]: Ủy ban & đoàn\n*[HĐND]: Hội đồng",
     "<p> Theo <em> <abbr title=Ủy ban & đoàn> UBND và <a href=HĐND.md> <abbr title=Hội đồng> HĐND ."),
    ("`UBND` UBND\n\n*[UBND]: Ủy ban", "<p> <code> UBND <abbr title=Ủy ban> UBND"),
    ("Trắc đạc\n:   Đo vị trí.", "<dl> <dt> Trắc đạc <dd> Đo vị trí."),
    ("Trắc đạc\n\n:   Đo vị trí.", "<dl> <dt> Trắc đạc <dd> <p> Đo vị trí."),
    ("#tin", "<p> #tin"),
    ("[https://a.example/b](c.md)", "<p> <a href=c.md> https://a.example/b"),
    ("“https://a.example/b”.", "<p> “ <a href=https://a.example/b> https://a.example/b ”."),
    ("Đoạn [xem https://a.example/b]", "<p> Đoạn [xem https://a.example/b]"),
    ("chợ\n: một\n\n    hai", "<dl> <dt> chợ <dd> <p> một <p> hai"),
    ("- [ ] a\n\n- [x] b",
     "<ul> <li> <p> <input disabled= type=checkbox> a <li> <p> <input checked= disabled= type=checkbox> b"),
    ("``` {.py #ma}\nx\n```", "<pre> <code class=language-py id=ma> x"),
    ("- a\n  | b |\n  |---|\n  | c |\n- d", "<ul> <li> a <table> <tr> <th> b <tr> <td> c <li> d"),
    ("*[UBND]: Ủy ban\n---\n<p>UBND</p>", "<hr> <p> <abbr title=Ủy ban> UBND"),
    ("///Footnotes Go Here///", "<p> ///Footnotes Go Here///"),
    ("một\\\nhai", "<p> một <br> hai"),
]  # fmt: skip


@pytest.mark.parametrize("make", ENGINES)
@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_typed_is_what_readers_get(make, text, expected):
    """Each of these is read as it was meant, by either engine."""
    assert expected == outline(make().convert(text))


@pytest.mark.parametrize("make", ENGINES)
@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("## Vì sao\n\n## Khác {#vi-sao}", ["vi-sao_1", "vi-sao"]),
        ("## Bối cảnh {#b .rong}", ["b"]),
    ],
)
def test_an_anchor_that_was_typed_stays(make, text, anchors):
    """An anchor made from a text gives way to one that an editor typed, wherever it stands."""
    assert anchors == [heading.id for heading in body_by(make(), text).headings]


@pytest.mark.parametrize("make", ENGINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a[^1]\n\n[^1]: Xem https://a.example/b", ["Xem <a href=https://a.example/b> https://a.example/b"]),
        ("a[^1]\n\n[^1]: _b_", ["<em> b"]),
        ("a[^b]\n\n[^c]: Không ai nhắc.\n[^b]: Một.", ["Một.", "Không ai nhắc."]),
        ("[^1]: Xem[^2]\n\n[^2]: Hai\n\na[^1] b[^2]", ["Xem", "Hai"]),
    ],
)
def test_all_notes_are_published_whole_in_the_order_of_their_mention(make, text, expected):
    """The last word of a note is read as any, and a note that nobody mentions stands last and leads nowhere."""
    tree = LexborHTMLParser(body_by(make(), text).html)
    anchors = {node.attrs["id"] for node in tree.css("[id]")}
    for link in tree.css(".footnote a[href^='#'], sup a"):
        assert (link.attrs["href"] or "")[1:] in anchors
    for link in tree.css("a.footnote-backref, sup"):
        link.decompose()
    for link in tree.css("a"):
        del link.attrs["rel"]
    notes = [outline(item.inner_html or "") for item in tree.css(".footnote > ol > li")]
    assert expected == [note.removeprefix("<p> ").rstrip("\xa0 ") for note in notes]


@pytest.mark.parametrize("make", ENGINES)
def test_old_tags_become_what_they_mean(make):
    """What stands in `<noscript>` is shown, the name of `<a name>` is an anchor, and nobody is warned of either."""
    text = '<noscript><img src="https://a.example/x.png" alt="Biểu đồ"></noscript>\n\n<a name="chu"></a>\n\nChú.'
    body = body_by(make(), text)
    tree = LexborHTMLParser(body.html)
    assert ["Biểu đồ"] == [image.attrs.get("alt") for image in tree.css("img")]
    assert ["chu"] == [link.attrs.get("id") for link in tree.css("a")]
    assert () == body.problems


@pytest.mark.parametrize("make", ENGINES)
def test_no_field_but_a_task_s_box_is_published(make):
    """A box that shows whether something is done stays, disabled; any other field is dropped and told."""
    body = body_by(make(), '- [x] xong\n\n<input type="text" name="a"> <input type="checkbox">')
    boxes = [dict(box.attrs) for box in LexborHTMLParser(body.html).css("input")]
    assert ["checkbox", "checkbox"] == [box["type"] for box in boxes]
    assert all("disabled" in box for box in boxes)
    assert "the tag <input> is not published" in [problem.what for problem in body.problems]


def test_a_site_s_own_extension_reads_its_blocks_and_spans():
    """A block processor and a pattern of the package's other extensions work beside the dialect."""
    engine: Engine = PythonMarkdown(("admonition", "nl2br"))
    expected = "<div class=admonition note> <p class=admonition-title> Note <p> một <p> a <br> b <ul> <li> c"
    assert expected == outline(engine.convert("!!! note\n    một\n\na\nb\n- c"))


def test_an_explanation_of_two_paragraphs_keeps_them_apart():
    """The default engine runs no words together."""
    assert "<dl> <dt> a <dd> <p> b <p> c" == outline(PythonMarkdown().convert("a\n:   b\n\n    c"))


def test_a_bare_address_in_a_body_is_checked_as_any_link():
    """It is told to other sites' check, and opens as an external link."""
    body = body_of("Xem https://a.example/b.")
    assert ["https://a.example/b"] == [link.text for link in body.links]


CONTENTS = [
    (
        "# A\n\n## B\n\n### C & *d*\n\n## B {#x}",
        "<div class=toc> <ul> <li> <a href=#a> A <li> <a href=#b> B <ul> <li> <a href=#c-d> C & d <li> <a href=#x> B",
    ),
    (
        "### A\n\n##### B\n\n#### C\n\n## D",
        "<div class=toc> <ul> <li> <a href=#a> A <ul> <li> <a href=#b> B <li> <a href=#c> C <li> <a href=#d> D",
    ),
    ("## Một[^1] *b[^1]* c\n\n[^1]: Chú", "<div class=toc> <ul> <li> <a href=#mot-b-c> Một b c"),
    ("## Hai\n\n## Hai {#hai}", "<div class=toc> <ul> <li> <a href=#hai_1> Hai <li> <a href=#hai> Hai"),
    ("Chữ.", "<div class=toc>"),
]


@pytest.mark.parametrize("make", ENGINES)
@pytest.mark.parametrize(("text", "expected"), CONTENTS)
def test_a_table_of_contents_leads_to_the_headings_as_they_are_anchored(make, text, expected):
    """`[TOC]` alone in a paragraph is the list of the story's headings, wherever it stands."""
    for typed in (f"[TOC]\n\n{text}", f"{text}\n\n[TOC]"):
        box = LexborHTMLParser(body_by(make(), typed).html).css_first("div.toc")
        assert box is not None
        assert expected == outline(box.html or "")


@pytest.mark.parametrize("make", ENGINES)
@pytest.mark.parametrize("text", ["Gõ [TOC] ở đây.", "`[TOC]`", "- [TOC]", "    [TOC]"])
def test_what_only_looks_like_a_table_of_contents_stays_text(make, text):
    """In a line, a list or code it is what was typed."""
    assert "[TOC]" in body_by(make(), f"{text}\n\n## A").html
