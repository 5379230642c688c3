"""Anchors: names that were typed come first, the theme's own are never taken, and links follow."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.headings import THEME_IDS, is_theme_id
from newsgen.core.errors import apply_edits
from newsgen.render.theme import THEME
from story_rendering import body_of, shown

ENGINES = ("python-markdown", "commonmark")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "ids", "links"),
    [
        ("[x](#gia)\n\n## Giá\n\n## Khác {#gia}", ["gia_1", "gia"], ["gia"]),
        ("[TOC]\n\n## Giá\n\nPhụ lục\n{: #gia }", ["gia_1", "gia"], ["gia_1"]),
        ('[TOC]\n\n## Giá\n\n<p id="gia">k</p>', ["gia_1", "gia"], ["gia_1"]),
        ("[TOC]\n\n## Main\n\n[x](#main)", ["main_1"], ["main_1", "main_1"]),
        ("## Top\n\n[x](#top)", ["top_1"], ["top_1"]),
        ("[lên](#top)", [], ["top"]),
        ("## Mới {#latest-title}\n\n[x](#latest-title)", ["latest-title_1"], ["latest-title_1"]),
        ("Chữ\n{: #main }\n\n[x](#main)", ["main_1"], ["main_1"]),
        ("## Block 1\n\n## Year 2024\n\n## Block", ["block-1_1", "year-2024_1", "block"], []),
        ('<h2 id="a b">X</h2>\n\n[x](<#a b>) [y](#a%20b)', ["a-b"], ["a-b", "a-b"]),
        ("## Vì sao?[^1]\n\n[^1]: Chú", ["vi-sao"], None),
        ("## 🔥\n\n## ???\n\n## 7,5%", ["muc", "muc_1", "7-5"], []),
        ("## Một {#m}\n\n## Hai {#m}\n\n[x](#m)", ["m", "m_1"], ["m"]),
        ('<h2 id=" ">Một</h2>', ["mot"], []),
    ],
)
def test_anchors(text, ids, links, engine):
    """Each place has one name, and what leads to it has the same, in the table of contents too."""
    tree = LexborHTMLParser(body_of(text, engine=engine).html)
    here = [node.attrs["id"] for node in tree.css("[id]") if not node.attrs["id"].startswith("fn")]
    assert ids == here
    if links is not None:
        assert [f"#{link}" for link in links] == [node.attrs["href"] for node in tree.css("a[href]")]


def test_the_themes_ids_are_those_of_its_templates():
    """The list is that of the templates, so that no heading of a text has the id of the page around it."""
    texts = [path.read_text("utf-8") for path in (THEME / "templates").rglob("*.html")]
    ids = {re.sub(r"\{\{.*?\}\}", "1", found) for text in texts for found in re.findall(r'\sid="([^"]*)"', text)}
    assert {found for found in ids if not found[-1].isdigit()} == THEME_IDS
    assert all(map(is_theme_id, ids))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("## Một {#m}\n\n## Hai {#m}\n", "7:10"),
        ('<p id="m">Một</p>\n\nHai\n{: .x #m }\n', "8:8"),
        ('<a name="m"></a>Một\n\n<a id=m></a>Hai\n', "7:7"),
    ],
)
def test_a_name_that_is_given_twice_is_told_at_the_second(text, place, engine):
    """Its fix gives the second the name that it has on the page."""
    body = body_of(text, engine=engine)
    assert [f"{place} duplicate-anchor"] == shown(body.problems)
    mended = apply_edits("\n" * 4 + text, body.problems[0].edits)
    again = body_of(mended.removeprefix("\n" * 4), engine=engine)
    assert ((), body.html) == (again.problems, again.html)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_link_to_no_place_of_the_story_is_noted(engine):
    """The nearest name is the fix; footnotes, the theme's places and fragments of text are no slips."""
    text = "## Giá xăng\n\nChữ[^1]. [a](#gia-xan) [b](#top) [c](#:~:text=x) [d](#zzz) [e](#)\n\n[^1]: Chú\n"
    notes = [note for note in body_of(text, engine=engine).notes if note.rule == "dead-anchor"]
    assert ["7:14 dead-anchor", "7:54 dead-anchor"] == shown(notes)
    assert "did you mean `#gia-xang`?" == notes[0].fix
    assert "name the place, such as a heading, with `{#zzz}` at its end" == notes[1].fix


def test_headings_of_boxes_are_not_listed():
    """`[TOC]` has the headings of the text, not those of boxes and quotations; questions and columns are text."""
    boxes = ":::hộp\n### Hộp\n:::\n\n> ### Trích\n\n:::hỏi-đáp\n### Hỏi\n\nĐáp.\n:::"
    html = body_of(f"[TOC]\n\n## Một\n\n{boxes}\n\n## Hai").html
    assert ["mot", "hoi", "hai"] == re.findall(r'<a href="#([^"]+)">', html)
