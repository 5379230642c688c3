"""Blocks of components: where they begin and end, what stands in their place, and how long it takes to find them."""

import time

import pytest

from newsgen.body.components import fill_blocks, split_blocks

NAMES = {"box"}


def filled(text):
    """A text with `[argument|text]` in the place of each block, as if each paragraph were already HTML."""
    split = split_blocks(text, NAMES)
    lines = [
        f"<p>{line}</p>" if split.token and line.startswith(split.token) else line for line in split.text.split("\n")
    ]
    return fill_blocks("\n".join(lines), split, lambda block: f"[{block.argument}|{block.text}]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":::box A\nx\n:::", "\n[A|x]\n"),
        (":::box\n:::", "\n[|]\n"),
        (":::box  A b \t\nx\n:::  \nz", "\n[A b|x]\n\nz"),
        ("::: box A\nx\n:::", "\n[A|x]\n"),
        (":::box A\n```\n:::\n```\n:::", "\n[A|```\n:::\n```]\n"),
        ("::::box A\n:::box B\nx\n:::\n::::", "\n[A|:::box B\nx\n:::]\n"),
    ],
)
def test_a_block_is_taken_out(text, expected):
    """A block begins with its name and an argument, ends with as many colons, and holds code and shorter rows."""
    assert expected == filled(text)


@pytest.mark.parametrize(
    "text",
    [
        ":::Box A\nx\n:::",
        ":::other A\nx\n:::",
        "  :::box A\n  x\n  :::",
        "> :::box A\n> x\n> :::",
        "```\n:::box A\nx\n:::\n```",
        "~~~\n:::box A\nx\n:::",
        "Giá là ::: 3 và :::box: x\n:::",
        ":::\n::::\n:::box:",
    ],
)
def test_other_text_stays(text):
    """Capitals, names that no component has, lists, quotes, code and prose with colons are text as it is typed."""
    assert text == split_blocks(text, NAMES).text


def test_a_block_inside_an_element_is_text():
    """Where a block's place is no paragraph, such as in `<pre>`, it is there as it was typed."""
    text = "<pre>\n:::box <A>\nx\n:::\n</pre>"
    split = split_blocks(text, NAMES)
    html = fill_blocks(split.text, split, lambda _block: "made")
    assert "<pre>\n:::box &lt;A&gt;\nx\n:::\n</pre>" == html


@pytest.mark.parametrize(
    "text",
    [
        ":::box A\nx\n\n" * 20_000,
        ":::box A\nx\n:::\n\n" * 20_000,
        (":::box a" + " \t" * 20_000 + "b \n:::\n\n") * 5,
        ":::" * 200_000 + "box\nx\n",
    ],
    ids=["unclosed", "closed", "spaces", "colons"],
)
def test_long_texts_take_no_long_time(text):
    """Many blocks, with an end and without, are found in a time that grows with the text and not with its square."""
    begun = time.process_time()
    split = split_blocks(text, NAMES)
    fill_blocks(split.text, split, lambda _block: "")
    assert time.process_time() - begun < 5
