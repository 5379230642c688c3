"""Lines that were meant to begin or end a block: each is told with its line, and the fix makes the block."""

import pytest

from newsgen.core.errors import apply_edits
from story_rendering import FIRST_LINE, body_of

RULES = ("stray-colons", "open-block", "unknown-component")
BOX = '<aside class="info-box" role="note"><p class="box-title">Giờ</p>'


def find_problems(text):
    """The problems of a text with colons in it."""
    body = body_of(text)
    return [
        one for one in (*body.problems, *body.notes) if one.rule in ("stray-colons", "open-block", "unknown-component")
    ]


def correct(text):
    """The text after the fixes of its problems, applied as they stand."""
    above = "\n" * (FIRST_LINE - 1)
    return apply_edits(above + text, [edit for one in find_problems(text) for edit in one.edits])[len(above) :]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("  :::hộp Giờ\n  chữ\n  :::", [5, 7]),
        ("\t:::hộp Giờ\nchữ\n\t:::", [5, 7]),
        ("- :::hộp Giờ\n  chữ\n  :::", [5, 7]),
        ("1. :::hộp Giờ\n   chữ\n   :::", [5, 7]),
        ("> :::hộp Giờ\n> chữ\n> :::", [5, 7]),
        ("> :::hộp Giờ\nchữ\n:::", [5]),
        ("# :::hộp Giờ\nchữ\n:::", [5]),
        ("**:::hộp Giờ**\nchữ\n**:::**", [5, 7]),
        (": : : hộp Giờ\nchữ\n: : :", [5, 7]),
        (":: :hộp Giờ\nchữ\n:::", [5]),
        ("::hộp Giờ\nchữ\n::", [5, 7]),
        ("：：：hộp Giờ\nchữ\n：：：", [5, 7]),
        ("\xa0:::hộp Giờ\nchữ\n:::", [5]),
        ("\u200b:::hộp Giờ\nchữ\n\u200b:::", [5, 7]),
        (":::hộp: Giờ\nchữ\n:::", [5]),
        (":::hộp[Giờ]\nchữ\n:::", [5]),
        (":::hộp{title: Giờ}\nchữ\n:::", [5]),
        ("::: {.hộp} Giờ\nchữ\n:::", [5]),
        ("Mở đầu :::hộp Giờ\nchữ\n:::", [5]),
        (":::hộp Giờ\nchữ :::", [6]),
        (":::hộp Giờ\nchữ.:::\n\nsau", [6]),
        (":::hộp Giờ\n- chữ :::", [6]),
        (":::hộp Giờ\n- chữ\n  :::", [7]),
        (":::hộp Giờ\nchữ\n: : :", [7]),
        (":::hộp Giờ\nchữ\n> :::", [7]),
        (":::hộp Giờ\nchữ\n::::", [7]),
        ("::::hộp Giờ\nchữ\n:::\n", [7]),
        (":::hộp Giờ\n:::trích Mai\nchữ :::\n:::", [7]),
    ],
)
def test_the_fix_of_a_misread_line_makes_the_block(text, lines):
    """What readers would see as colons is told at its line, and written as the fix says it is a block."""
    assert lines == [one.location.line for one in find_problems(text)]
    assert BOX in body_of(correct(text)).html
    assert [] == find_problems(correct(text))


@pytest.mark.parametrize("name", ["hỏi–đáp", "hỏi\u2011đáp", "hỏi – đáp"])
def test_a_dash_in_a_name_is_a_hyphen(name):
    """Word processors put dashes and hyphens that do not break into names."""
    assert '<div class="questions">' in body_of(correct(f":::{name}\n**Sao?**\n\nVì thế.\n:::")).html


def test_a_block_in_one_line_is_told_with_its_three():
    """What stands between the name and the last colons is the text of the block."""
    text = ":::hộp Mở từ 7 giờ :::"
    assert ["write three lines: `:::hộp`, `Mở từ 7 giờ` and `:::`"] == [one.fix for one in find_problems(text)]
    assert ":::hộp\nMở từ 7 giờ\n:::" == correct(text)


def test_spaces_that_do_not_break_are_spaces():
    """Copied from a word processor, a block is one."""
    assert BOX in body_of(":::hộp\xa0Giờ\nchữ\n:::\xa0").html


@pytest.mark.parametrize(
    "text",
    [
        r"\:::hộp Giờ",
        "`:::hộp Giờ` và ``a :::hộp``",
        "```\n- :::hộp Giờ\n:::\n```",
        "<!--\n> :::hộp\n-->",
        "- :::tin vắn",
        ":::Tin vắn:::",
        ":::Hộp:::",
        "chữ :::",
        ":::",
        "> :::",
        "10:: 15",
        "std::vector và a ::: b",
        "Từ: nghĩa\n: : nghĩa khác",
    ],
)
def test_other_colons_are_text(text):
    """Code, comments, names that no component has and rows alone are no slips."""
    assert [] == find_problems(text)
