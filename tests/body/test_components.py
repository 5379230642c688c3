"""Blocks of components: where they begin and end, what stands in their place, and how long it takes to find them."""

import time

import pytest

from newsgen.body.components.blocks import DEEPEST, fill_blocks, find_blocks, mark_blocks

NAMES = {"box", "hộp", "con số"}


def found(text):
    """The blocks of a text; `box` is the only component, and a name behind a space begins a block if it is `boxx`."""
    return find_blocks(text, NAMES.__contains__, lambda name: name != "boxx")


def filled(text):
    """A text with `[words|inner]` in the place of each block, as if each paragraph were already HTML."""
    marked = mark_blocks(text, found(text))
    lines = [f"<p>{line}</p>" if line.startswith(marked.token) else line for line in marked.text.split("\n") if line]
    return fill_blocks("\n".join(lines), marked, lambda block, inner: f"[{block.words}|{inner.strip()}]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":::box A\nx\n:::", "[A|x]"),
        (":::box\n:::", "[|]"),
        (":::hộp\nx\n:::", "[|x]"),
        (":::con số 3\nx\n:::", "[3|x]"),
        (":::con số\nx\n:::", "[|x]"),
        (":::box số\nx\n:::", "[số|x]"),
        (":::box  A b \t\nx\n:::  \nz", "[A b|x]\nz"),
        ("::: box A\nx\n:::", "[A|x]"),
        (":::box A\n```\n:::\n```\n:::", "[A|```\n:::\n```]"),
        (":::box A\n<!--\n:::\n-->\n:::", "[A|<!--\n:::\n-->]"),
        ("::::box A\n:::box B\nx\n:::\n::::", "[A|[B|x]]"),
        (":::box A\n:::box B\nx\n:::\ny\n:::\nz", "[A|[B|x]\ny]\nz"),
        ("::::box A\n:::\n::::", "[A|:::]"),
        ("- ```\n  :::\n  ```\n:::box A\nx\n:::", "- ```\n  :::\n  ```\n[A|x]"),
        ("1. ~~~\n   a\n:::box A\nx\n:::", "1. ~~~\n   a\n[A|x]"),
        ("`` `a\n:::box A\nx\n:::", "`` `a\n[A|x]"),
    ],
)
def test_a_block_is_taken_out(text, expected):
    """A block begins with its name and words, ends with as many colons, and holds code and other blocks."""
    assert expected == filled(text)


@pytest.mark.parametrize(
    "text",
    [
        "  :::box A\n  x\n  :::",
        "\t:::box A\n    :::box",
        "> :::box A\n> x\n> :::",
        "- a\n  :::box\n  :::",
        "```\n:::box A\nx\n:::\n```",
        "~~~\n:::box A\nx\n:::",
        "<pre>\n:::box A\nx\n:::\n</pre>",
        "<!-- x\n:::box A\nx\n:::\n-->",
        "Giá là ::: 3 và :::box: x\n:::",
        ":::\n::::\n:::box:",
        "::: Tin vắn\nx\n:::",
        ":::Tin vắn:::\n::: box :::",
        ":::)\n:::-\n:::7:51\n:::.\n::: 3:1",
        r"\:::box",
        "::box\n::",
    ],
)
def test_other_text_stays(text):
    """Lists, quotes, code, comments and prose with colons are text as it is typed, and nothing is told of them."""
    outline = found(text)
    assert ([], [], []) == (outline.blocks, outline.open, outline.unknown)
    assert text == mark_blocks(text, outline).text


@pytest.mark.parametrize(
    ("text", "unknown"),
    [(":::other A\nx\n:::", ["other"]), ("::: boxx\n:::", ["boxx"]), (":::box\n:::Ốc\n:::\n:::", ["Ốc"])],
)
def test_an_unknown_name_begins_a_block(text, unknown):
    """A name at the colons that no component has is told, and so is a misspelled one behind a space."""
    outline = found(text)
    assert (unknown, []) == ([block.name for block in outline.unknown], outline.open)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (":::box\nx", [0]),
        (":::box\n:::box\n:::", [0]),
        (":::box\n::::box\n:::\n", [1]),
        ("a\n:::box\n```\n:::\n", [1]),
        (":::box\n::::", [0]),
    ],
)
def test_a_block_without_an_end_is_found(text, lines):
    """It is the one that no row of as many colons is left for, and its line stays text."""
    outline = found(text)
    assert lines == [block.line for block in outline.open]


def test_rows_that_end_no_block_are_known():
    """Readers see them as they were typed."""
    assert [4] == found(":::box\nx\n:::\n\n:::\n").idle


def test_too_deep_blocks_are_found():
    """The first that lies in too many others is known, and those around it are whole."""
    text = "\n".join([":::box"] * (DEEPEST + 3) + [":::"] * (DEEPEST + 3))
    outline = found(text)
    assert outline.deep is not None
    assert (DEEPEST, DEEPEST, []) == (outline.deep.line, len(outline.blocks), outline.open)


def test_a_mark_that_is_no_paragraph_is_text():
    """Where the place of a block's line is no paragraph, both its lines are there as they were typed."""
    text = "x\n:::box <A>\ny\n:::"
    marked = mark_blocks(text, found(text))
    html = fill_blocks(marked.text.replace(f"{marked.token}c0", f"<p>{marked.token}c0</p>"), marked, lambda *_: "made")
    assert "x\n:::box &lt;A&gt;\ny\n\n<p>:::</p>\n" == html


@pytest.mark.parametrize(
    "text",
    [
        ":::box A\nx\n\n" * 100_000,
        ":::boxx A\nx\n\n" * 100_000,
        ":::box A\nx\n:::\n\n" * 50_000,
        ":::box\n" * 5_000 + "x\n" + ":::\n" * 5_000,
        "".join(":" * (5_003 - level) + "box\n" for level in range(2_000)),
        ":::box\n" + "::::box\n" * 50_000 + ":::\n:::\n" * 50_000,
        (":::box a" + " \t" * 20_000 + "b \n:::\n\n") * 5,
        ":::" * 200_000 + "box\nx\n",
    ],
    ids=["unclosed", "unknown", "closed", "nested", "rows", "both", "spaces", "colons"],
)
def test_long_texts_take_no_long_time(text):
    """Many blocks, with an end and without, are found in a time that grows with the text and not with its square."""
    begun = time.process_time()
    marked = mark_blocks(text, found(text))
    fill_blocks(marked.text, marked, lambda _block, inner: inner)
    assert time.process_time() - begun < 5
