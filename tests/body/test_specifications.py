"""Both engines and commonmark.js over the examples of CommonMark 0.31.2 and of GitHub's extensions.

Trees are compared, before anything is sanitised. Every difference has its reason here; a reason without a difference
fails too.
"""

from pathlib import Path

import pytest

from markdown_engines import DEFAULT, SECOND, by_commonmark_js, engine, examples, tree_of

BARE = "a bare address is a link, which CommonMark alone does not have"
BLANKS = "an address may hold blanks: the file “bảng giá.pdf” is linked as it was meant"
QUOTES = "a title may hold quotation marks"
XMPP = "xmpp: is no address that a story may have; a mailbox behind it is one"
RAW = "raw HTML passes an engine, whatever it is: what may be published is decided behind both"

DIFFERENCES = {
    ("commonmark", DEFAULT): {
        41: BLANKS, 488: BLANKS, 568: BLANKS, 508: QUOTES, 602: BARE, 608: BARE, 611: BARE, 612: BARE,
    },
    ("commonmark", SECOND): {602: BARE, 608: BARE, 611: BARE, 612: BARE},
    ("commonmark", "commonmark.js"): {},
    ("github", DEFAULT): {633: XMPP, 634: XMPP, 635: XMPP, 657: RAW},
    ("github", SECOND): {634: XMPP, 635: XMPP, 657: RAW},
}  # fmt: skip


def read_by(name: str, texts: list[str]) -> list[str]:
    """The HTML that one of the three makes of each text."""
    return by_commonmark_js(texts) if name == "commonmark.js" else [engine(name).convert(text) for text in texts]


@pytest.mark.parametrize(("specification", "name"), DIFFERENCES)
def test_every_difference_from_a_specification_has_its_reason(specification, name):
    """The examples come out as written there, but for those of the table."""
    all_of_them = examples(specification)
    made = read_by(name, [example.text for example in all_of_them])
    different = {
        example.number
        for example, html in zip(all_of_them, made, strict=True)
        if tree_of(html) != tree_of(example.html)
    }
    assert set(DIFFERENCES[specification, name]) == different


def test_all_examples_are_read():
    """CommonMark 0.31.2 has 652, GitHub's extensions 28."""
    assert (652, 28) == (len(examples("commonmark")), len(examples("github")))


def test_docs_tell_how_many_come_out_as_written():
    """The figures of docs/markdown.md, Engines, are those of the table."""
    page = " ".join((Path(__file__).parents[2] / "docs/markdown.md").read_text("utf-8").split())
    first, second = (652 - len(DIFFERENCES["commonmark", name]) for name in (DEFAULT, SECOND))
    assert f"{first} come out as written there with the first and {second} with the second" in page
