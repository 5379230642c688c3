"""The fixed Markdown, and a body's first paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.body.engine import PythonMarkdown, make_heading_id

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
    assert anchor == make_heading_id(text)
