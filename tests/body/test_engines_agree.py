"""Both engines over texts typed at random: readers get the same from either.

NEWSGEN_LAW=deep takes more texts, with a new seed each time (NEWSGEN_LAW_SEED repeats one).
"""

import os
from random import Random
from secrets import randbelow
from time import process_time

import pytest

from markdown_engines import DEFAULT, SECOND, engine, shown_of
from random_stories import Desk

DEEP = os.environ.get("NEWSGEN_LAW") == "deep"
SEED = int(os.environ.get("NEWSGEN_LAW_SEED", randbelow(10**9) if DEEP else 0))
TEXTS = 20_000 if DEEP else 500
PARTS = 5


def shown_by(name: str, text: str) -> str:
    """What readers see of a text."""
    return shown_of(engine(name).convert(text))


@pytest.mark.parametrize("part", range(PARTS))
def test_readers_see_the_same_whichever_engine_reads_a_text(part):
    """Blocks in blocks, spans in spans, with what editors type wrong: no difference but those that docs tell of."""
    for number in range(part, TEXTS, PARTS):
        text = Desk(Random(f"{SEED} {number}")).text()  # noqa: S311 - a die, not a secret
        assert shown_by(DEFAULT, text) == shown_by(SECOND, text), f"NEWSGEN_LAW_SEED={SEED}, {number}: {text!r}"


ALIKE = [
    "[https://a.example/b](c.md)",
    "[xem https://a.example/b]",
    "“https://a.example/b”, ‘www.a.example/c’. «https://a.example»",
    "a[^1]\n\n[^1]: _nghiêng_ https://a.example/b",
    "a[^1]\n\n[^1]: Xem https://a.example/b",
    "một\n\n[^a]: Không ai nhắc\n[^b]: - cũng không",
    "[^1]: Xem [^2]\n\n[^2]: Sau\n\na[^1] b[^2] c[^1]",
    "a[^1]\n\n[^1]: Chú\n    {.lop}",
    "///Footnotes Go Here///\n\na[^1]\n\n[^1]: b",
    "[^1](b.md)\n\n[^1]: c",
    "- [ ]\n- [x] a",
    "- [ ] a\n\n- [x] b",
    "- một\n  | a |\n  |---|\n  | b |\n- hai",
    "- a\\\n  <!-- ẩn -->",
    "a\n- | -",
    "|a|\n|-|\n|b|\n    mã",
    "> a\n<br>\nb",
    "chợ\n: một\n\n    hai\n: ba",
    "chợ *nổi*\nbến\n: một",
    "*chợ\nnổi*\n: một",
    "chợ\n\n: một\n\nbến\n: hai",
    "[a]: b\n---\n[a]",
    "[a]: b\n| [a] |\n|---|\n| c |",
    "``` {.py #ma}\nx\n```",
    "```py title=x\nx\n```",
    "| a | *b*{.c} |\n|---|---|\n| d | e {.g} |",
    "## *a*{.b} {.c}",
    '<a href="b.md">c</a>{.d} <b>e</b>{.g}',
    "]\n{width=3}[a](b)",
    "*[UBND]: Ủy ban *nhân dân* <b>tỉnh</b>\n---\nUBND `UBND`\n\n<div>UBND</div>",
    "```\n*[UBND]: a\n```\n\nUBND",
    "> *[UBND]: a\n\n- *[HĐND]: b\n\nUBND HĐND",
    '> <div markdown="1">\n> *a*\n> </div>',
    '<section markdown="1">\n- a\n</section>',
    "[<an@a.example>](b)",
    "[a \\[ x@a.example",
    "_an@a.example_ và _an@a.example",
    "**~~giá~~**tăng, *~ giá*",
    "4https://a.example/b an@a.example4",
    "### Ba ### {.c}",
    "## *a* ## {.b}",
    "## C# {.b}",
    "# # {.b}",
    "| a | b |\n|---|---|\n| 1 | 2 |\n{: .y #bang}\n\nSau.",
    "| a | b |\n|:-:|---|\n{width=3}\n| 1 | 2 |\n{x}",
    "| a | b |\n|---|---|\n| {.y} | |\n| 1 {.g} | |\n| {.y} | 2 |",
    "| a |\n|---|\n{: .y title='a \"b\"'}",
    "- | a |\n  |---|\n  | b |\n  {: .y }\n- hai",
    "[^chú]: a\n[^chú]: b",
    "[^[]: a\n[^b[c]: d\n\nx[^b]\n\n[^b]: e",
    "[^a]: a\n[^A]: b\n\nx[^a]",
    "x[^a]\n\n[^a]: a\n\ny\n\n[^a]: b\n\nz",
    "```\n[^a]: mã\n```\n\nx[^a]\n\n[^a]: a",
    "[_n@a.example [__n@a.example _n@a.example",
    "3)\n   \n   x",
    "> *\n>   \n>   x\n\n- -\n    \n    y",
    "[^chú]: a\n\n<details>\n\nb\n\n</details>\n````{.py}\n\n````",
    "[^ú]:```",
    "b[^2]\n\n[^ú]: c [^2]\n[^2]: d\n[^3]: e\n\n```",
    "- ề\n- <!-->\n  u\n  : b",
    "- ề\n- # Đầu\n  u\n  : b\n\n      c",
    "Nếu a<b và c>d thì",
    "<b và c>d\n\n<x-y và>",
]


@pytest.mark.parametrize("text", ALIKE)
def test_what_once_came_out_in_two_ways(text):
    """Each of these was read differently by the two."""
    for typed in (text, f"{text}\n", f"{text}\n\nSau."):
        assert shown_by(DEFAULT, typed) == shown_by(SECOND, typed)


HOSTILE = ["<dt>\n" * 5000, "[" + "a@b.example " * 3000, "a" * 50_000 + " b@c.example", "_" * 20_000 + "b@c.example"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", [DEFAULT, SECOND])
def test_hostile_texts_end_in_good_time(name, text):
    """Addresses, brackets and open terms by the thousand are read in a time that grows with the text."""
    begun = process_time()
    engine(name).convert(text)
    assert 5 > process_time() - begun
