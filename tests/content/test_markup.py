"""The fixed Markdown, and a body's first paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.content.markup import PythonMarkdown, first_paragraph, heading_id, plain

ENGINE = PythonMarkdown()
PIECES = [
    "a ",
    "# ",
    "- ",
    "> ",
    "*",
    "_",
    "`",
    "[",
    "](",
    ")",
    "\n",
    "\n\n",
    "|",
    "![",
    "[^1]",
    "<b>",
    "    ",
    "\t",
    "*[A]: b\n",
    "đ",
]
MARKDOWN_LIKE = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>"),
        ("```python\nx\n```", '<pre><code class="language-python">x\n</code></pre>'),
        ("a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"),
        ("*[HĐND]: Hội đồng\n\nHĐND", '<p><abbr title="Hội đồng">HĐND</abbr></p>'),
        ("## Đà Nẵng", "<h2>Đà Nẵng</h2>"),
        ("x\n{: .lead }", '<p class="lead">x</p>'),
        ('<div markdown="1">\n*a*\n</div>', "<div>\n<p><em>a</em></p>\n</div>"),
        ("1. a\n\n- b", "<ol>\n<li>a</li>\n</ol>\n<ul>\n<li>b</li>\n</ul>"),
    ],
)
def test_the_fixed_extensions(text, html):
    """Tables, fences, definitions, abbreviations and attributes are always there."""
    assert html == ENGINE.convert(text)


def test_tables_say_their_sides():
    """A column's side is an attribute, which the body pass turns into a class."""
    assert '<td align="right">1</td>' in ENGINE.convert("|a|\n|-:|\n|1|")


@pytest.mark.parametrize(
    ("language", "title"), [("vi", "Trở lại chỗ chú thích 1 trong bài"), ("en-GB", "Back to note 1 in the text")]
)
def test_footnotes_lead_back_in_the_papers_language(language, title):
    """The arrow of a note is named for screen readers."""
    html = PythonMarkdown(language=language).convert("a[^1]\n\n[^1]: b")
    assert f'title="{title}"' in html
    assert 'id="fn:1"' in html
    assert 'href="#fn:1"' in html


@given(MARKDOWN_LIKE, MARKDOWN_LIKE)
def test_a_text_leaves_nothing_for_the_next(first, second):
    """One engine used for many texts gives what a fresh one gives: no reference, note or anchor is carried over."""
    ENGINE.convert(first)
    assert PythonMarkdown().convert(second) == ENGINE.convert(second)


@pytest.mark.parametrize(("text", "anchor"), [("Nhãn muộn", "nhan-muon"), ("🤷", "muc"), ("", "muc")])
def test_anchors(text, anchor):
    """A heading without letters still has an anchor."""
    assert anchor == heading_id(text)


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("Một.\n\nHai.", "Một."),
        ("Một\ndòng hai.", "Một dòng hai."),
        ("# Mục\n\nMột.", "Một."),
        ("Mục\n===\n\nMột.", "Một."),
        ("- a\n- b\n\nMột.", "Một."),
        ("1. a\n\nMột.", "Một."),
        ("> trích\n\nMột.", "Một."),
        ("![a](b.png)\n\nMột.", "Một."),
        ("|a|\n|-|\n|b|\n\nMột.", "Một."),
        ("```\nx\n```\n\nMột.", "Một."),
        ("---\n\nMột.", "Một."),
        ("[TOC]\n\nMột.", "Một."),
        ("<p>x</p>\n\nMột.", "Một."),
        ("*[A]: b\n\nMột.", "Một."),
        ("Một [hai](c.md) *ba* & `bốn` < năm.", "Một hai ba & bốn < năm."),
        ("Một [hai][x].\n\n[x]: c.md", "Một hai."),
        ("Một[^1].\n\n[^1]: chú", "Một."),
        ("2022 là năm được mùa.", "2022 là năm được mùa."),
        ("", ""),
        ("# Mục", ""),
    ],
)
def test_the_first_paragraph_of_prose(text, paragraph):
    """Headings, lists, pictures, tables and notes are passed over; marks fall away."""
    assert paragraph == first_paragraph(text, ENGINE)


@given(MARKDOWN_LIKE)
def test_the_first_paragraph_is_one_line_of_text(text):
    """Any text gives one line."""
    assert 1 >= len(first_paragraph(text, ENGINE).splitlines())


@pytest.mark.parametrize(
    ("html", "text"), [("<p>a <b>b</b></p>", "a b"), ("a &lt;b&gt; &amp; c", "a <b> & c"), ("", "")]
)
def test_plain_text(html, text):
    """Tags fall away and entities become their characters."""
    assert text == plain(html)
