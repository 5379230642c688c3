"""newsgen's own blocks: the HTML of each, by both engines, and what is told of a block that is written wrongly."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.components.registry import BUILT_IN
from newsgen.body.components.writing import LONGEST_LABEL
from newsgen.body.static_form import make_static
from newsgen.core.errors import apply_edits
from story_rendering import FIRST_LINE, body_of

ENGINES = ("python-markdown", "commonmark")


def html_of(text, engine="python-markdown"):
    """The HTML of a body without errors, on one line."""
    body = body_of(text, engine=engine)
    assert [] == [str(one) for one in body.problems if one.level == "error"]
    return body.html.replace("\n", "")


def told(text):
    """The errors of a body: line and column in the text, what is wrong, the fix."""
    problems = [one for one in body_of(text).problems if one.level == "error"]
    return [(one.location.line - FIRST_LINE + 1, one.location.column, one.what, one.fix) for one in problems]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ":::hộp Giờ mở cửa\nTừ *7 giờ*.\n:::",
            '<aside class="info-box" role="note"><p class="box-title">Giờ mở cửa</p><p>Từ <em>7 giờ</em>.</p></aside>',
        ),
        (":::box\na\n:::", '<aside class="info-box" role="note"><p>a</p></aside>'),
        (
            ":::trích Bà Mai <chủ vườn>\nĐược mùa.\n:::",
            (
                '<figure class="pull-quote"><blockquote><p>Được mùa.</p></blockquote>'
                "<figcaption>Bà Mai &lt;chủ vườn&gt;</figcaption></figure>"
            ),
        ),
        (":::quote\na\n:::", '<figure class="pull-quote"><blockquote><p>a</p></blockquote></figure>'),
        (
            ":::mốc\n- 2024: Khởi công.\n- **8/2025:** Hợp *long* & thông xe: xong.\n:::",
            (
                '<div class="timeline"><ol><li><time datetime="2024">2024</time> <div>Khởi công.</div></li>'
                '<li><time datetime="2025-08">8/2025</time> <div>Hợp <em>long</em> &amp; thông xe: xong.</div></li>'
                "</ol></div>"
            ),
        ),
        (
            ":::thông tin Cầu\n- Dài: 1.126 m\n- Ngày & giờ: *7:51*\n:::",
            (
                '<div class="facts"><p class="box-title">Cầu</p><dl><div><dt>Dài</dt><dd>1.126 m</dd></div>'
                "<div><dt>Ngày &amp; giờ</dt><dd><em>7:51</em></dd></div></dl></div>"
            ),
        ),
        (
            ":::con-số\n* 8,2%: mức tăng\n:::",
            '<div class="numbers"><ul><li><strong>8,2%</strong> <div>mức tăng</div></li></ul></div>',
        ),
        (
            ":::columns\nMột\n\n---\n\nHai\n\nBa\n:::",
            '<div class="columns"><div><p>Một</p></div><div><p>Hai</p><p>Ba</p></div></div>',
        ),
    ],
)
def test_a_block_is_made(text, expected, engine):
    """Each has its element and plain classes; what the editor typed is escaped; both engines make the same."""
    assert expected == html_of(text, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_questions_are_headings_bold_or_named(engine):
    """What follows a question up to the next one is its answer, and the names of the two are left out."""
    text = (
        ":::hỏi-đáp\n**Vì sao?**\n\nĐáp: Vì mưa.\n\nThêm.\n\n## Bao giờ?\n\nMai.\n\nHỏi: Ai?\n\n**Trả lời:** Tỉnh.\n:::"
    )
    assert (
        '<div class="questions"><div class="question-answer"><p class="question"><strong>Vì sao?</strong></p>'
        '<p>Vì mưa.</p><p>Thêm.</p></div><div class="question-answer"><h2 class="question" id="bao-gio">Bao giờ?</h2>'
        '<p>Mai.</p></div><div class="question-answer"><p class="question">Ai?</p><p>Tỉnh.</p></div></div>'
    ) == html_of(text, engine)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("engine", ENGINES)
def test_pictures_before_and_after_stand_side_by_side(engine, between):
    """They are figures with their captions, in one paragraph or in two; a script of the theme does the rest."""
    html = html_of(f":::trước-sau Bến sông\n![a](cau.png){between}![b](cau.png 'Nay | Ảnh: Mai')\n:::", engine)
    assert html.startswith('<figure class="before-after"><div class="gallery"><figure class="picture"><img ')
    assert html.endswith(
        'Nay <span class="credit">Ảnh: Mai</span></figcaption></figure></div><figcaption>Bến sông</figcaption></figure>'
    )
    assert 2 == html.count("<img ")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("2022-07-12", "2022-07-12"),
        ("12/7/2022", "2022-07-12"),
        ("12.07.2022", "2022-07-12"),
        ("31/2/2022", None),
        ("7/2022", "2022-07"),
        ("Tháng 13/2022", None),
        ("tháng 7/2022", "2022-07"),
        ("Năm 2022", "2022"),
        ("7:51", "07:51"),
        ("7h", "07:00"),
        ("19 giờ 30", "19:30"),
        ("25:00", None),
        ("Sáng 5/8", None),
    ],
)
def test_moments_of_a_timeline_are_for_machines_too(label, expected):
    """A date, month, year or time has its form in HTML; any other label is bold."""
    shown = f'<time datetime="{expected}">{label}</time>' if expected else f"<b>{label}</b>"
    assert f'<div class="timeline"><ol><li>{shown} <div>x</div></li></ol></div>' == html_of(
        f":::moc\n- {label}: x\n:::"
    )


TIMELINE = "a timeline is a list whose items begin with a date or a time and a colon"
MOMENT = "begin the item with one, such as `- 2022-07-12: …` or `- 7:51: …`"
STORIES = "this block is a list of stories, each by the path of its file"
DIVIDE = "divide its columns by lines with `---`, with an empty line above and below each"


@pytest.mark.parametrize(
    ("text", "place", "what", "fix"),
    [
        ("a\n\n:::mốc\n- 2022: x\n- không\n:::", (5, 1), TIMELINE, MOMENT),
        (":::mốc\n:::", (1, 1), TIMELINE, MOMENT),
        (":::mốc\nchữ\n:::", (1, 1), TIMELINE, MOMENT),
        (f":::mốc\n- {'x' * LONGEST_LABEL}y: z\n:::", (2, 1), TIMELINE, MOMENT),
        (":::mốc\n- 7:51\n:::", (2, 1), TIMELINE, MOMENT),
        (
            ":::hỏi-đáp\nchữ\n:::",
            (1, 1),
            "this block does not begin with a question",
            "begin with one, such as `**Vì sao cầu chậm?**`, and write its answer in the paragraphs below",
        ),
        (
            ":::trích\n:::",
            (1, 1),
            "the quotation is empty",
            "write what was said below this line",
        ),
        (
            ":::trước sau\n![a](cau.png)\n:::",
            (1, 1),
            "this block takes two pictures, and has 1",
            "write both below this line, each as `![what it shows](file.jpg)`",
        ),
        (":::đọc-thêm\n:::", (1, 1), STORIES, "write one in each line, such as `- gia-vai.md`"),
        (":::read-also\nnhan-muon.md\n:::", (1, 1), STORIES, "write one in each line, such as `- gia-vai.md`"),
        (
            ":::đọc-thêm\n- nhan-mun.md\n:::",
            (2, 3),
            "the link “nhan-mun.md” leads nowhere",
            "did you mean `nhan-muon.md`?",
        ),
        (":::columns\na\n:::", (1, 1), "a block has two to 4 columns, and this one has 1", DIVIDE),
        (
            ":::columns\n" + "a\n\n---\n\n" * 4 + "b\n:::",
            (1, 1),
            "a block has two to 4 columns, and this one has 5",
            DIVIDE,
        ),
        (":::columns\n---\n\na\n:::", (1, 1), "a column of this block is empty", DIVIDE),
        (
            ":::columns\na\n---\nb\n:::",
            (3, 1),
            "these hyphens make a heading of the text above them",
            "leave an empty line above them",
        ),
    ],
)
def test_a_block_that_is_written_wrongly_is_told(text, place, what, fix):
    """Each fault has its line, and says what to write."""
    assert (*place, what, fix) in told(text)


def test_an_empty_line_above_hyphens_is_put_in():
    """The edit of a row of hyphens below a text makes it a divider."""
    text = ":::columns\na\n---\nb\n:::"
    (problem,) = [one for one in body_of(text).problems if one.edits]
    mended = apply_edits("\n" * (FIRST_LINE - 1) + text, problem.edits)[FIRST_LINE - 1 :]
    assert '<div class="columns"><div><p>a</p></div><div><p>b</p></div></div>' == html_of(mended)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (":::hộp A\nx\n:::\n:::hộp B\n\ny\n:::", 2),
        (":::hộp A\nx\n\n:::trích\ny\n:::\n:::\n\n:::con-số\n- 1: x\n:::\n\n:::hộp\nz\n:::", 3),
        (":::hộp A\nx\n:::\n\n---\n\n:::hộp B\ny\n:::", 2),
        (":::hộp A\nx\n:::\n:::hộp B\ny\n:::\n\n---\n\nchữ", 2),
    ],
)
def test_blocks_without_anything_else_are_columns(text, columns):
    """Each is one where nothing else stands there; lines of hyphens divide what is mixed."""
    (made,) = LexborHTMLParser(html_of(f"::::cạnh-nhau\n{text}\n::::")).css("div.columns")
    assert ["div"] * columns == [node.tag for node in made.iter()]


def test_blocks_and_prose_are_divided_by_hyphens():
    """Without them nobody knows which column a paragraph is part of."""
    what = "a block has two to 4 columns, and this one has 1"
    assert ((1, 1, what, DIVIDE)) in told("::::cạnh-nhau\nchữ\n\n:::hộp\nx\n:::\n::::")


@pytest.mark.parametrize("engine", ENGINES)
def test_answers_are_folded(engine):
    """A question is the summary of its answer, which feeds and JSON show."""
    text = ":::hỏi đáp Cầu {gập: true}\n**Vì sao?**\n\nVì lũ.\n\n### Bao giờ?\n\nMai.\n:::"
    html = html_of(text, engine)
    assert (
        '<div class="questions"><p class="box-title">Cầu</p><details class="question-answer"><summary>'
        '<span class="question"><strong>Vì sao?</strong></span></summary><p>Vì lũ.</p></details>'
        '<details class="question-answer"><summary><h3 class="question" id="bao-gio">Bao giờ?</h3></summary>'
        "<p>Mai.</p></details></div>"
    ) == html
    assert 2 == make_static(html).count('<details class="question-answer" open="">')
    assert html_of(text.replace("gập: true", "folded: false"), engine) == html_of(
        text.replace(" {gập: true}", ""), engine
    )


def test_blocks_hold_blocks():
    """A box may hold numbers and a quotation, and columns may hold boxes."""
    text = ":::columns\n:::hộp A\n:::con-số\n- 1: x\n:::\n:::\n\n---\n\n:::trích B\ny\n:::\n:::"
    assert (
        '<div class="columns"><div><aside class="info-box" role="note"><p class="box-title">A</p>'
        '<div class="numbers"><ul><li><strong>1</strong> <div>x</div></li></ul></div></aside></div>'
        '<div><figure class="pull-quote"><blockquote>'
        "<p>y</p></blockquote><figcaption>B</figcaption></figure></div></div>"
    ) == html_of(text)


@pytest.mark.parametrize("declared", BUILT_IN, ids=lambda one: one.names[0])
def test_a_block_has_names_in_both_languages(declared):
    """An English name stands first; others begin with a letter, and none is that of two blocks."""
    assert declared.names[0].isascii()
    assert len(declared.names) > 1


def test_what_only_pages_show_is_in_no_static_form():
    """Feeds and JSON have none of it; any other body stays as it is, to the byte."""
    assert "<p>a</p><p>b</p>" == make_static('<p>a</p><div class="x page-only"><p>no</p></div><p>b</p>')
    assert "<p>a<p>b" == make_static("<p>a<p>b")
