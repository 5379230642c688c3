"""HTML ends where it was typed, or is an error there: nothing of a story vanishes, no comment is read."""

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser
from test_engine import MARKDOWN_LIKE

from builders import site_config
from newsgen.body.closing_tags import close_html
from newsgen.core.errors import apply_edits
from story_rendering import body_of, shown

ENGINES = ("python-markdown", "commonmark")
FRAME = '<iframe src="https://www.youtube.com/embed/a" title="x"'
CLOSED = [
    f"{FRAME} />",
    f"{FRAME}/>",
    f"Xem {FRAME} /> này",
    '<video src="/phim.mp4" controls />',
    '<audio src="/phim.mp4" controls/>',
    "<details />",
    '<a id="neo" />',
    '<span class="x" />',
    '<div class="x"/>',
    "<!-- Nguồn: ông Bảy\n\nxã Lạc Hòa -->",
    "<!-- a > b --!> c -->",
    "<?php if ($a > 1) echo '<p>x'; ?>",
    "<![CDATA[ x > y ]]>",
    "<!DOCTYPE html>",
    "`<iframe />` và `<!--`",
    "    <details>",
    r"\<!-- và &lt;!--",
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("typed", CLOSED)
def test_what_ends_where_it_was_typed_takes_nothing_with_it(typed, engine):
    """The paragraph behind is read like any other, its picture shown, and nobody sees what is no text."""
    body = body_of(f"Một.\n\n{typed}\n\nHai *ba*.\n\n![Cầu](cau.png)\n", engine=engine)
    tree = LexborHTMLParser(f"<main>{body.html}</main>")
    assert "Hai ba." in [node.text() for node in tree.css("main > p")]
    assert 1 == len(tree.css("figure.picture img"))
    assert not [problem for problem in body.problems if problem.level == "error"]
    assert "Bảy" not in body.html
    assert "$a" not in body.html


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "typed",
    [
        f"{FRAME}>",
        "<iframe src=https://www.youtube.com/embed/a/>",
        '<video src="/phim.mp4" controls>',
        '<audio src="/phim.mp4" controls>',
        "<details><summary>Thêm</summary>",
        "<details>\n\n<details>\n\n</details>",
        "<script>",
        "<script src='a.js' />",
        "<pre />",
        "<STYLE>",
        "<textarea>",
        "<title>",
        "<plaintext>",
        "<template>",
        "<math><mi>",
        "<svg><text>",
        "<!--",
        "<!-- ghi chú",
        "<?php",
        "<![CDATA[",
        "<!DOCTYPE html",
        '<div class="x>',
        "<div class='x",
    ],
)
def test_what_has_no_end_is_told_where_it_begins(typed, engine):
    """It would take the rest of the story with it."""
    body = body_of(f"Viết `{typed.splitlines()[0]}`.\n\n{typed}\n\nHai.\n", engine=engine)
    assert "7:1 unclosed-html" in shown(body.problems)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_frame_without_an_end_is_closed_by_its_fix(engine):
    """The end is put behind the tag, and the story has its text again."""
    text = f"Một.\n\n{FRAME}>\n\nHai.\n"
    (problem,) = body_of(text, engine=engine).problems
    assert "write `</iframe>` behind the tag" == problem.fix
    mended = apply_edits("\n" * 4 + text, problem.edits)
    assert f"{FRAME}></iframe>" in mended
    assert () == body_of(mended, engine=engine).problems


@pytest.mark.parametrize("engine", ENGINES)
def test_a_comment_that_readers_would_see_is_told(engine):
    """Inside a paragraph a comment ends at the next blank line, and is text."""
    text = "Một `<!--` hai.\n\nBa <!-- nguồn\n\nông Bảy -->.\n"
    assert ["7:4 unclosed-html"] == shown(body_of(text, engine=engine).problems)
    assert () == body_of("Một <!-- nguồn\nông Bảy --> hai.\n", engine=engine).problems


@pytest.mark.parametrize("engine", ENGINES)
def test_trusted_html_ends_too(engine):
    """With `raw_html: allow` comments stay, self-closed frames are closed, and what has no end is an error."""
    config = site_config("markdown: {raw_html: allow}")
    body = body_of(f"{FRAME} />\n\n<!-- a -->\n\n<p>Hai.</p>\n", config, engine=engine)
    assert (f"{FRAME}></iframe>" in body.html, "<!-- a -->" in body.html) == (True, True)
    assert ["7:1 unclosed-html"] == shown(body_of("Một.\n\n<object>\n\nHai.\n", config, engine=engine).problems)


@pytest.mark.parametrize("engine", ENGINES)
def test_html_that_is_shown_as_typed_has_no_ends(engine):
    """With `raw_html: escape` every tag is text."""
    body = body_of("Một.\n\n<script>\n\nHai <!-- ba.\n", site_config("markdown: {raw_html: escape}"), engine=engine)
    assert () == body.problems


@given(MARKDOWN_LIKE)
def test_closing_twice_changes_nothing_more(text):
    """What is closed is closed."""
    once = close_html(text).html
    assert once == close_html(once).html


def test_hostile_text_is_closed_in_good_time():
    """Thousands of beginnings without an end cost no more than their number."""
    for text in ("<a =", "<!--", "<?", "<details>", "<iframe>", '<a b="', "<![CDATA[", "&lt;!--", "<a/>", "<a <"):
        close_html(text * 20_000)
