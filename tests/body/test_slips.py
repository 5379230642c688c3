"""Slips that print: what is almost Markdown, templates of other programs, dialogue and indented paragraphs."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.slips import MOST
from newsgen.core.errors import apply_edits
from story_rendering import FIRST_LINE, body_of, shown

ENGINES = ("python-markdown", "commonmark")
RULES = {"template-markup", "unread-markdown", "listed-speech", "indented-text", "placeholder"}

MENDED = {
    "Xem ![Cầu] (cau.png).": "Xem ![Cầu](cau.png).",
    "Xem [trang này] (https://x.example/a).": "Xem [trang này](https://x.example/a).",
    "Giá **tăng **mạnh.": "Giá **tăng** mạnh.",
    "Giá ** tăng** mạnh.": "Giá  **tăng** mạnh.",
    "Giá **tăng ** mạnh.": "Giá **tăng** mạnh.",
    "**Giá:**5.000 đồng.": "**Giá:** 5.000 đồng.",
    "Giá __tăng __ mạnh.": "Giá __tăng__ mạnh.",
    "##Vụ mùa": "## Vụ mùa",
    "Ghe chở:\n• Cam\n•\u00a0Quýt\n": "Ghe chở:\n- Cam\n- Quýt\n",
    "● Cam\n\n● Quýt": "- Cam\n\n- Quýt",
    '- "Ghe đâu?" - chị hỏi.\n': '– "Ghe đâu?" - chị hỏi.\n',
    "Chị hỏi:\n- “Ghe đâu?”\n": "Chị hỏi:\n\n– “Ghe đâu?”\n",
    "Bến.\n\n\tNước lên tới bến sông.\n\tGhe về.\n": "Bến.\n\nNước lên tới bến sông.\nGhe về.\n",
    "Bến.\n\n    “Nước lên rồi”, chị nói.\n": "Bến.\n\n“Nước lên rồi”, chị nói.\n",
}
GOOD = [
    "**Giá** tăng, __Vải__ giảm; 5.000** và 6.000** là giá tạm tính, mật khẩu là `**a **`.",
    r"\*\*Đậm \*\* và \[a\] (b.md) được gõ như thế.",
    "Tên __ tuổi __ nghề ____, 2**3 và __init__.",
    "● AN NHIÊN\n\nNhà vườn [vào vụ](nhan-muon.md) (xem thêm) [1] (bảng 2).",
    "- “Tôi sẽ tự đến.”\n- “Tôi không cài gì.”\n",
    '- "Bến xuân"\n- "Thu vàng" của nhóm Bến\n',
    "- Cam\n- Quýt\n",
    "#LũLụt là từ khóa, #1 cũng vậy.",
    "Cài:\n\n    pip install newsgen\n\n    $ newsgen build\n",
    "```\n• Một\n• Hai\n{{< hinh >}} **x ** ![a] (b.png)\n```\n\nvà `{{ ten }}`.",
    "1. Một\n\n   Hai\n",
    "Một[^1], `[^2]` và `{.lop}`; giá {5} và { .5 }.\n\n[^1]: Chú.\n",
    "Một\n{.lop}\n\n> [!NOTE]\n> Hai\n",
    r"\[^2] và \{.lop}",
    "<!-- {{ ẩn }} -->\n\nChữ.",
]


def slips(text, engine):
    """The slips of a body, as it would be checked."""
    return [note for note in body_of(text, engine=engine).notes if note.rule in RULES]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", MENDED, ids=range(len(MENDED)))
def test_a_slip_is_told_and_its_edit_mends_it(engine, text):
    """What is almost Markdown has one warning, whose edit makes it what was meant."""
    [problem] = slips(text, engine)
    mended = apply_edits("\n" * (FIRST_LINE - 1) + text, problem.edits)[FIRST_LINE - 1 :]
    assert MENDED[text] == mended
    assert [] == slips(mended, engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", GOOD, ids=range(len(GOOD)))
def test_good_prose_and_code_have_no_slips(engine, text):
    """What Markdown reads, what is code, what was escaped and what prose may hold is not told."""
    assert [] == slips(text, engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Cầu dài[^1] và rộng[^2].\n\n[^1]: Theo hồ sơ.\n", "5:20"),
        ("> [!LẠ]\n> Đường trơn.\n", "5:3"),
        ("## Giá vải\n{: .lop }\n\nTăng.\n", "6:1"),
        ("Giá.\n\n{#neo}\n\nTăng.\n", "7:1"),
        ("- cam {.chua}\n- quýt\n", "5:7"),
        ("Ngày <o:p>20/11.\n", "5:6"),
        ("Xem <https://a.example/b>, `<w:x>`, \\<o:p>, <a:b và </w:sdt>\n", "5:53"),
    ],
)
def test_marks_that_lead_to_nothing_are_told(engine, text, place):
    """A note that nobody wrote, an alert that there is not, attributes of nothing."""
    assert [f"{place} unread-markdown"] == shown(tuple(slips(text, engine)))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_note_of_a_name_that_is_there_is_shown_and_told(engine):
    """Both notes are there for readers, the number leads to the first, and the second is told at its place."""
    text = "Một[^a], hai[^b].\n\n[^a]: Bảy [^b]\n[^a]: Tám\n[^b]: Chín\n"
    body = body_of(text, engine=engine)
    notes = LexborHTMLParser(body.html).css("li[id^=fn]")
    assert {"Bảy", "Tám", "Chín"} == {re.findall(r"\w+", note.text())[0] for note in notes}
    [number, *_] = [link for link in LexborHTMLParser(body.html).css("a.footnote-ref") if link.text() == "1"]
    [first] = [note for note in notes if f"#{note.attrs['id']}" == number.attrs["href"]]
    assert "Bảy" in first.text()
    assert () == body.problems
    assert ["8:1 duplicate-anchor"] == shown(tuple(note for note in body.notes if note.rule == "duplicate-anchor"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 | |\n", ["7:1"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\nGiá tăng.\n", ["8:1"]),
        ("| a | b |\n|---|---|\n| 1 | x \\| y |\n- hai\n\nBa | bốn | năm\n", []),
        ("```\n| a |\n|---|\n| 1 | 2 |\n```\n\n| a |\n|---|\n| 1 |\n", []),
        ("Một\n---\nHai | ba\n\n| a |\n|---|\n| 1 |\n", []),
    ],
)
def test_what_a_table_swallows_is_told(engine, text, places):
    """Cells that the head has no column for, and a paragraph without an empty line above it."""
    assert [f"{place} unread-markdown" for place in places] == shown(tuple(slips(text, engine)))


@pytest.mark.parametrize("engine", ENGINES)
def test_quotes_of_a_word_processor_are_mended(engine):
    """A caption in curly quotes is told at its place, and its edit makes it one; no picture is missing."""
    text = "![Cầu](cau.png “Cầu mới | Ảnh: An”)"
    assert () == body_of(text, engine=engine).problems
    [problem] = slips(text, engine)
    mended = apply_edits("\n" * (FIRST_LINE - 1) + text, problem.edits)[FIRST_LINE - 1 :]
    assert '![Cầu](cau.png "Cầu mới | Ảnh: An")' == mended


def test_an_address_with_spaces_is_bracketed():
    """An address that CommonMark does not read for its spaces is written in `<>`."""
    [problem] = slips("Xem [giá](giá vải.html) nhé.", "commonmark")
    assert ["[giá](<giá vải.html>)"] == [edit.text for edit in problem.edits]


@pytest.mark.parametrize("engine", ENGINES)
def test_markup_of_templates_is_told_by_name(engine):
    """Each shortcode, tag and value that prints is told at its place with its name; those that end one are not."""
    text = (
        '{{< figure src="x.png" >}} {{% note %}}Chữ{{% /note %}}\n\n{% include a.html %}{% endif %} {{ site.url }}\n\n'
        '`{{< figure >}}` [gallery ids="1,2"] {{<embed/tin>}} {{<muc>}}\n\n![Cầu {{ ten }}](cau.png)\n'
    )
    told = [(note.location.line, note.location.column, note.what.split("`")[1]) for note in slips(text, engine)]
    assert [
        (5, 1, "{{< figure >}}"),
        (5, 28, "{{% note %}}"),
        (7, 1, "{% include … %}"),
        (7, 33, "{{ site.url }}"),
        (9, 18, "[gallery …]"),
        (9, 38, "{{< embed/tin >}}"),
        (9, 54, "{{< muc >}}"),
        (11, 7, "{{ ten }}"),
    ] == sorted(told)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_text_in_code_is_passed_over(engine):
    """A slip after the same signs in code is told where it prints."""
    assert ["5:14 unread-markdown"] == shown(tuple(slips("Gõ `**a **`, **a **b.", engine)))


def test_the_first_paragraph_of_newsgen_new_is_told():
    """The sentence that `newsgen new` writes is told at its line, in each language."""
    text = "Chữ.\n\nĐoạn mở đầu của tin.\n\nThe first paragraph of the story.\n"
    assert ["7:1 placeholder", "9:1 placeholder"] == sorted(shown(tuple(slips(text, ENGINES[0]))))


def test_a_body_tells_so_many_slips_and_no_more():
    """A text of nothing but slips is told with the first of them."""
    assert MOST == len(slips("Giá **tăng **mạnh.\n\n" * (MOST + 50), ENGINES[0]))


def test_the_caption_of_a_picture_with_a_space_in_its_name_is_written_so_that_it_is_read():
    """The fix has the name between `<` and `>`, and made so leaves no slip."""
    text = "![Cầu](<cau moi.png>)"
    fixes = {note.fix for note in body_of(text).notes if note.rule in ("missing-caption", "missing-credit")}
    assert {'write `![…](<cau moi.png> "Caption | Credit")`'} == fixes
