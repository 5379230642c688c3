"""What sanitising drops is told at its line, and what becomes of raw HTML is said by folder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from builders import site_config
from newsgen.body.sanitizer import Sanitiser
from story_rendering import body_of, shown

SCRIPT = 'a <b onclick="x">b</b> <script>x</script>\n'
HARMLESS = (
    'Một <b>hai</b> <a href="https://x.example/">ba</a>.\n\n## Bốn {#bon .lop}\n\n|a|\n|-:|\n|b|\n\n`c` <!-- ghi -->\n'
)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a <script>x</script>\n", ["5:3"]),
        ("a\n\n<script>x</script>\n\n<SCRIPT>y</SCRIPT>\n", ["7:1", "9:1"]),
        ('<b onclick="x" onmouseover="y">b</b>\n', ["5:4", "5:16"]),
        ("[x](javascript:y)\n", ["5:5"]),
        ("x {: style=y }\n\n[x](y){: onclick=z }\n", ["7:10"]),
        ("<font>x</font>\n", ["5:1"]),
        ("<p hidden>x</p>\n", ["5:4"]),
        ('<div class="a" inert>x</div>\n', ["5:16"]),
        ("Cửa hidden > mở\n", []),
        ("x < b và a<b and c>d\n", ["5:14", "5:18"]),
        ("<p và x>a</p>\n", ["5:4", "5:7"]),
        ('<p class="a" và title=x>a</p>\n', ["5:14"]),
        ('<video controls muted loop src="a.mp4" playsinline></video>\n', []),
        (HARMLESS, []),
        ("a & b < c, d = e; on=off\n", []),
        ("<nhan@vuon.example> <https://x.example/>\n", []),
    ],
)
def test_what_is_dropped_is_told_at_its_place(text, places):
    """Each tag, attribute and scheme that is not published has its warning; what is published has none."""
    found = [place for place in shown(body_of(text).problems) if place.endswith("dropped-html")]
    assert [f"{place} dropped-html" for place in places] == found


def test_the_folder_says_what_becomes_of_raw_html():
    """The nearest folder that newsgen.yaml names decides; without one it is sanitised."""
    settings = site_config("markdown:", "  raw_html: {tin-cay: allow, tin-cay/ban-doc: escape}").markdown
    folders = {"tin-cay/x": "allow", "tin-cay/ban-doc/y": "escape", "tin-cay-khac": "sanitize", "": "sanitize"}
    assert folders == {folder: settings.raw_html_in(folder) for folder in folders}


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_escaped_html_comes_out_as_typed(engine):
    """Under `escape` a reader sees the signs, Markdown works, and nothing is told."""
    pytest.importorskip("comrak")
    body = body_of(f"{SCRIPT}\n**đậm** `<i>`\n", site_config("markdown:", "  raw_html: escape", f"  engine: {engine}"))
    tree = LexborHTMLParser(body.html)
    assert ([], []) == (tree.css("script, b, i"), list(body.problems))
    assert SCRIPT.strip() in tree.body.text()
    assert ["đậm", "<i>"] == [tree.css_first(name).text() for name in ("strong", "code")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('<IMG SRC="khong-co.png" ALT="x">', "missing-image"),
        ('<A HREF="khong-co.md">x</A>', "dead-link"),
        ('<Video Src="khong-co.mp4"></Video>', "dead-link"),
    ],
)
def test_allowed_html_is_looked_through_whatever_its_letters(text, rule):
    """Tags in capitals are held to the same rules, for no sanitiser has made them small."""
    body = body_of(f"{text}\n", site_config("markdown:", "  raw_html: allow"))
    assert [rule] == [problem.rule for problem in body.problems]


def test_allowed_html_is_left_as_it_is():
    """Under `allow` a trusted folder's scripts and handlers stand in the page, without a warning."""
    body = body_of(SCRIPT, site_config("markdown:", "  raw_html: allow"))
    assert ("x", "x", ()) == (
        LexborHTMLParser(body.html).css_first("script").text(),
        LexborHTMLParser(body.html).css_first("b").attributes["onclick"],
        body.problems,
    )


PIECES = ["<b>", "<i x=1>", "<p onclick=y>", "</b>", "<script>", "</script>", "<a href=z:1>", "<a href='/x'>", "<td>"]
PIECES += ["chữ", " ", "=", '"', "'", ">", "<", "&", "&#58;", "<!-- -->", "<IMG SRC=java:x>", "<svg/onload=x>"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_quick_look_misses_nothing(html):
    """Whenever the whole look would find something dropped, the quick one sends for it."""
    sanitiser = Sanitiser()
    if list(sanitiser._search_tree(html)):
        assert sanitiser.find_dropped(html)


@pytest.mark.parametrize("reference", ["&#1;", "&#x1F;", "&#xFFFE;"])
def test_an_invisible_character_does_not_come_in_by_reference(reference):
    """A reference to a character that no reader sees is told, and gone from the HTML."""
    body = body_of(f"một\n\nhai {reference} ba\n")
    assert ["7:5 control-character"] == shown(body.problems)
    assert not any((ord(c) < 32 and c != "\n") or c == "\ufffe" for c in body.html)


@pytest.mark.parametrize("scheme", ["javascript:", "JAVASCRIPT:", " java&#10;script:", "data:text/html,", "vbscript:"])
@pytest.mark.parametrize("tag", ["q", "blockquote", "ins", "del"])
def test_a_source_of_a_quotation_runs_nothing(scheme, tag):
    """`cite` has the schemes that links may have; one of another goes, whatever stands beside it."""
    html = f'<{tag} title="a > b" cite="{scheme}x" class="c">chữ cite="javascript:x"</{tag}>'
    assert f'<{tag} title="a &gt; b" class="c">chữ cite="javascript:x"</{tag}>' == Sanitiser().clean(html)
