"""Blocks in texts typed at random, and prose with colons: nothing is lost, and what is no block stays as it is.

NEWSGEN_LAW=deep takes more texts, with a new seed each time (NEWSGEN_LAW_SEED repeats one).
"""

import os
import re
from pathlib import Path
from random import Random
from secrets import randbelow
from unittest.mock import patch

import pytest
from selectolax.lexbor import LexborHTMLParser

from markdown_engines import examples
from newsgen.body import body as bodies
from newsgen.body.components.blocks import Outline, find_blocks, mark_blocks
from newsgen.body.components.registry import Components
from story_rendering import body_of

DEEP = os.environ.get("NEWSGEN_LAW") == "deep"
SEED = int(os.environ.get("NEWSGEN_LAW_SEED", randbelow(10**9) if DEEP else 0))
TEXTS = 5_000 if DEEP else 150
ENGINES = ("python-markdown", "commonmark")

LINES = (
    ":::hộp W", ":::box", "::::hộp W", ":::trích W", "::: hộp W", ":::", ":::", ":::", "::::", ":::::", "W", "W W", "",
    "", "- W", "  W", "- W\n  - W", "1. W", "> W", "> :::hộp\n> W\n> :::", "## W", "W\n---", "---", "```", "~~~",
    "- ```\n  :::hộp\n  ```", "    :::hộp", "\t:::hộp W", "  :::hộp W", "<div>W</div>", "<pre>\n:::hộp\nW\n</pre>",
    "<b>W", "</div>", "<div>", "W[^1]", "[W][a]", "[a]: /", "| W | W |\n|---|---|\n| W | W |", "W: W\n: W",
    "`W`", "W ::: W", "::", "7:51", "3:1", ":-)", "https://a.example/b:::c", r"\:::hộp W", ":::Tin vắn:::",
    "{: .lop }", "![W](cau.png)", "<details><summary>W</summary>", "</details>", "<!-- c -->",
)  # fmt: skip
"""What an editor may type; each `W` is a word of its own."""


def typed(dice):
    """A text of some of these lines."""
    text = "\n".join(dice.choice(LINES) for _ in range(dice.randint(1, 14)))
    count = iter(range(1_000))
    return re.sub(r"\bW\b", lambda _: f"tu{next(count)}x", text)


def words_of(html):
    """The words of a body that readers see, and what its pictures show."""
    tree = LexborHTMLParser(html, is_fragment=True)
    pictures = " ".join(node.attrs.get("alt") or "" for node in tree.css("img"))
    return f"{tree.root.text(separator=' ') if tree.root else ''} {pictures}"


@pytest.mark.parametrize("engine", ENGINES)
def test_random_blocks_lose_no_word(engine):
    """Whatever stands in and around blocks: every word is there, none of newsgen's marks is, and nothing fails."""
    for number in range(TEXTS):
        text = typed(Random(f"{SEED} {number}"))  # noqa: S311 - a die, not a secret
        body = body_of(text, engine=engine)
        told = f"NEWSGEN_LAW_SEED={SEED}, {number}: {text!r}"
        assert not re.search(r"component[0-9a-f]{12}", body.html), told
        assert {"open-block", "unclosed-html", "bad-block", "dead-link"} >= {
            one.rule for one in body.problems if one.level == "error"
        }, told
        with patch.object(bodies, "outline_blocks", lambda _body: Outline([])):
            plain = body_of(text, engine=engine)
        lost = set(re.findall(r"tu\d+x", words_of(plain.html))) - set(re.findall(r"tu\d+x", words_of(body.html)))
        assert set() == lost, told


@pytest.mark.parametrize("number", range(TEXTS // 5))
def test_the_number_of_blocks_is_that_of_their_lines(number):
    """Blocks lie in one another or beside one another, never across; each has a beginning and an end."""
    text = typed(Random(f"{SEED} {number} nest"))  # noqa: S311 - as above
    outline = find_blocks(text, lambda name: name in ("hộp", "box", "trích"), lambda _name: True)
    for block in outline.blocks:
        assert block.line < block.end
        for other in outline.blocks:
            assert (
                other.end < block.line
                or block.end < other.line
                or (other.line <= block.line and block.end <= other.end)
                or (block.line <= other.line and other.end <= block.end)
            )
    if not outline.blocks:
        assert text == mark_blocks(text, outline).text


PROSE = """\
Lúc 7:51 hay 7h51, tỉ số 3:1, std::vector, a::b, :-) :) ::: và :::.

:::

::

::: Tin vắn: hai việc
:::7:51
:::)
:::: 3:1
https://a.example/:::x và a:::b

    :::hộp trong mã thụt lề

```
:::hộp
:::
```

~~~~
:::hộp
~~~
:::
~~~~

- :::hộp
  :::
> :::hộp

| ::: | :::hộp |
|---|---|

\\:::hộp

<pre>
:::hộp
:::
</pre>

<!--
:::hộp
-->

`:::hộp` :::hộp ở giữa dòng

:::Chào mừng quý độc giả:::
"""
CONTENT = Path(__file__).parents[2] / "content"
STORIES = [path for path in sorted(CONTENT.rglob("*.md")) if "\n:::" not in path.read_text("utf-8")]


@pytest.mark.parametrize(
    "text",
    [PROSE, *(path.read_text("utf-8") for path in STORIES)],
    ids=["prose", *(path.stem for path in STORIES)],
)
def test_prose_is_no_block(text):
    """Texts with times, scores, smileys, addresses and code have no blocks, and nothing is told of their colons."""
    components = Components(())
    outline = find_blocks(text, lambda n: components.find(n) is not None, lambda n: components.suggest(n) is None)
    assert ([], [], [], None) == (outline.blocks, outline.open, outline.unknown, outline.deep)


@pytest.mark.parametrize("engine", ENGINES)
def test_prose_has_the_bytes_that_it_has_without_blocks(engine):
    """A text full of colons, and examples of CommonMark with colons below, are rendered as if no block were known."""
    for text in [PROSE, *(f"{example.text}\n\n::: a :::\n" for example in examples("commonmark")[:: 1 if DEEP else 8])]:
        body = body_of(text, engine=engine)
        with patch.object(bodies, "outline_blocks", lambda _body: Outline([])):
            plain = body_of(text, engine=engine)
        assert (plain.html, plain.problems, plain.links) == (body.html, body.problems, body.links)
