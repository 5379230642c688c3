"""The first paragraph of prose, which is a story's summary, is what readers see of the rendered body."""

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser
from test_engine import MARKDOWN_LIKE

from newsgen.body.engine import PythonMarkdown, make_engine
from newsgen.body.prose import find_first_paragraph, measure
from newsgen.body.sanitizer import Sanitiser

ENGINES = {name: make_engine(name, (), "vi") for name in ("python-markdown", "commonmark")}
CLEAN = Sanitiser().choose_cleaner("sanitize")
LONG = "Sáng nay chợ mới *mở* cửa. " * 60


def prose(text, engine="python-markdown"):
    """The summary of a body."""
    return find_first_paragraph(text, ENGINES[engine], CLEAN)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("Một.\n\nHai.", "Một."),
        ("Một\ndòng hai.", "Một dòng hai."),
        ("# Mục\n\nMột.", "Một."),
        ("Mục\n===\n\nMột.", "Một."),
        ("Mục *in*\n---\n\nMột.", "Một."),
        ("- a\n- b\n\nMột.", "Một."),
        ("- a\n\n- b\n\nMột.", "Một."),
        ("1. a\n\nMột.", "Một."),
        ("> trích\n\nMột.", "Một."),
        ("> [!NOTE]\n> Mở cửa từ 7 giờ.\n\nMột.", "Một."),
        ("![a](b.png)\n\nMột.", "Một."),
        ("![a](b.png)\n*Chợ. Ảnh: Bảy*\n\nMột.", "Một."),
        ("|a|\n|-|\n|b|\n\nMột.", "Một."),
        ("a | b\n---|---\nc | d\n\nMột.", "Một."),
        ("```python\nimport os\n\nprint('hai')\n```\n\nMột.", "Một."),
        ("    x\n\nMột.", "Một."),
        ("`make build`\n\nMột.", "Một."),
        ("---\n\nMột.", "Một."),
        ("[TOC]\n\n## Mục\n\nMột.", "Một."),
        ("*[A]: b\n\nMột.", "Một."),
        ("[^1]: chú\n\nMột[^1].", "Một."),
        ("[x]: c.md\n\nMột [hai][x].", "Một hai."),
        ("Một [hai](c.md) *ba* & `bốn` < năm.", "Một hai ba & bốn < năm."),
        ("Một [hai][x].\n\n" + "Ba.\n\n" * 900 + "[x]: c.md", "Một hai."),
        ("Một[^1].\n\n" + "Ba.\n\n" * 900 + "[^1]: chú", "Một."),
        ("Một[^1], **hai**[^2].\n\n[^1]: chú\n[^2]: thích", "Một, hai."),
        ("2022 là năm được mùa.", "2022 là năm được mùa."),
        ("Trắc đạc\n:   Đo vị trí.\n\nMột.", "Một."),
        ("Trắc đạc\n\n:   Đo vị trí.\n\nMột.", "Một."),
        ("[^1]: chú\n\n" + "Trắc đạc " * 60 + "\n\n:   Đo vị trí.\n\nMột.", "Một."),
        ("Trắc *đạc*\n\n:   Đo vị trí.\n\nMột.", "Một."),
        ("Một.\n## Đầu đề\nHai.", "Một."),
        ("##Đầu đề\n\nMột.", "Một."),
        ("• a\n• b\n\nMột.", "Một."),
        ("<!--\nGhi chú cho tòa soạn.\n\nNguồn giấu tên: ông Bảy.\n-->\n\nMột.", "Một."),
        ("Một <!-- ông Bảy --> hai.", "Một hai."),
        ("<style>\n.a { color: red }\n\n.b { color: blue }\n</style>\n\nMột.", "Một."),
        ("<script>\nlet a = 1\n\nlet b = 2\n</script>\n\nMột.", "Một."),
        ("<strong>LẠC GIANG</strong> – Một.\n\nHai.", "LẠC GIANG – Một."),
        ("<p>Một.</p>\n\nHai.", "Một."),
        ("<div class='x'>\n\nMột *hai*.\n\n</div>\n\nBa.", "Một hai."),
        ("<figure>\n\n![a](b.png)\n\n<figcaption>\n\nChợ\n\n</figcaption></figure>\n\nMột.", "Một."),
        ("<aside>\n\nMục bên\n\n</aside>\n\nMột.", "Một."),
        ("{{< youtube abc >}}\n\nMột.", "Một."),
        ("{% include a.html %}\n\nMột.", "Một."),
        ("Một {{ page.x }} hai.", "Một hai."),
        ('[gallery ids="1,2"]\n\nMột.', "Một."),
        ("Viết `{{ x }}` ở *đó*.", "Viết {{ x }} ở đó."),
        ("H<sub>2</sub>O và m^2^.", "H2O và m^2^."),
        ("Một dòng  \nxuống *dòng*.", "Một dòng xuống dòng."),
        (f"{LONG}\n\nHai.", LONG.replace("*", "").strip()),
        ("> Chỉ có *lời trích*.", "Chỉ có lời trích."),
        ("", ""),
        ("# Mục", ""),
        ("- a\n- b", ""),
    ],
)
def test_the_first_paragraph_of_prose(text, paragraph, engine):
    """Headings, lists, pictures, tables, code, notes and comments are passed over; marks fall away."""
    assert paragraph == prose(text, engine)


@pytest.mark.parametrize("engine", ENGINES)
@given(MARKDOWN_LIKE)
def test_a_part_of_a_body_tells_what_the_whole_does(engine, text):
    """The shortcut for stories that begin with a paragraph gives what the whole body gives."""
    one = ENGINES[engine]
    whole = find_first_paragraph(text, Whole(one), CLEAN)
    assert whole == find_first_paragraph(text, one, CLEAN)
    assert 1 >= len(whole.splitlines())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_term_behind_a_definition_is_read_as_in_the_whole(engine):
    """What a later line may make of a paragraph is waited for."""
    text = "Trắc đạc\n\n[x]: y.md\n\n:   Đo vị trí.\n\nMột."
    assert find_first_paragraph(text, Whole(ENGINES[engine]), CLEAN) == prose(text, engine)


class Whole:
    """An engine that is always asked for the whole body, as one with extensions of the site's is."""

    is_ours = False

    def __init__(self, engine):
        self.convert = engine.convert


def test_an_extension_of_the_site_may_do_anything_with_a_paragraph():
    """Where one is in use, the summary has what it made."""
    engine = PythonMarkdown(("smarty",))
    assert "“Một” hai." == find_first_paragraph('"Một" hai.', engine, CLEAN)


def test_a_trusted_folder_hides_what_its_html_hides():
    """With `raw_html: allow` scripts stay, and a hidden paragraph is none to readers."""
    text = "<p hidden>ông Bảy</p>\n\n<p>Một<script>x</script>.</p>"
    assert "Một." == find_first_paragraph(text, ENGINES["python-markdown"], Sanitiser().choose_cleaner("allow"))


def measured(html):
    """The words and minutes of a body."""
    return measure(LexborHTMLParser(html, is_fragment=True), html)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- ghe\n  ```\n  xuồng\n  ```\n", 2),
        ("**a**, **b**.", 2),
        ("Một[^1].\n\n[^1]: Chú thích.", 1),
        ("Một [^1] hai.\n\n[^1]: Chú thích.", 2),
        ("[TOC]\n\n## Một\n\nhai", 2),
        ("H<sub>2</sub>O", 1),
        ("([x](https://a.example)).", 1),
        ('<span title="a > b">một</span> hai', 2),
        ("Một – hai / ba", 3),
        ("Một&nbsp;hai", 2),
        ("Một  \nhai<br>ba", 3),
        ("| a | b |\n|---|---|\n| c | d |", 4),
        ("<table><tr><td>a</td><td>b</td></tr></table>", 2),
        ("- a\n- b\n\n```\nc d\n```", 4),
        ("Viết `a < b & c`", 4),
        ("中国经济，持续。", 6),
        ("Tin 中国 nhanh", 4),
        ("![Cầu sông](a.jpg)", 0),
    ],
)
def test_words_are_counted_as_they_are_read(text, words, engine):
    """Marks end no word; the numbers of notes, notes and signs are no words; Chinese letters are counted."""
    assert (words, 1) == measured(CLEAN(ENGINES[engine].convert(text)))


@pytest.mark.parametrize(("text", "minutes"), [("mùa " * 660, 3), ("新聞の読者は" * 250, 3), ("ผู้อ่าน" * 500, 4)])
def test_the_time_to_read(text, minutes):
    """Two hundred and twenty words a minute, or five hundred letters of a writing without spaces."""
    assert minutes == measured(f"<p>{text}</p>")[1]
