"""Texts that both engines share against the `markdown` package: the same HTML to the byte, for thousands of texts.

NEWSGEN_LAW=deep makes more texts, with a new seed each time (NEWSGEN_LAW_SEED repeats one).
"""

import os
import subprocess
import sys
from pathlib import Path
from random import Random
from secrets import randbelow

import pytest

from border_texts import BorderTexts
from markdown_engines import examples
from newsgen.body.engine import PythonMarkdown
from random_stories import Desk
from source_modules import PACKAGE, ROOT

pytest.importorskip("comrak")

from newsgen.body.comrak_engine import CommonMark
from newsgen.body.shared_markdown import render_shared

DEEP = os.environ.get("NEWSGEN_LAW") == "deep"
SEED = int(os.environ.get("NEWSGEN_LAW_SEED", randbelow(10**9) if DEEP else 0))
TEXTS = 20_000 if DEEP else 2_000
ENGINE, SECOND = PythonMarkdown(), CommonMark("")


def is_rendered_alike(text: str) -> bool:
    """Whether the text is shared; where it is, both ways of both engines have to give the same."""
    html = render_shared(text)
    if html is None:
        return False
    assert ENGINE.convert_by_package(text) == html, repr(text)
    assert SECOND.convert_with_extensions(text if text.endswith("\n") else f"{text}\n") == SECOND.convert(text), repr(
        text
    )
    return True


def bodies(folder: Path) -> list[str]:
    """The texts of all stories and pages below a folder, without their front matter."""
    return [path.read_text("utf-8").partition("\n---\n")[2].strip("\n") for path in sorted(folder.rglob("*.md"))]


def test_texts_at_the_borders_of_the_grammar():
    """Marks, spaces and lines that are nearly plain; a good part of the texts is shared."""
    shared = sum(
        is_rendered_alike(BorderTexts(Random(f"{SEED} {number}")).make())  # noqa: S311 - a die, not a secret
        for number in range(TEXTS)
    )
    assert TEXTS / 4 < shared < TEXTS / 2


def test_texts_as_editors_type_them():
    """Blocks in blocks and spans in spans: most have something that the grammar lacks."""
    shared = sum(
        is_rendered_alike(Desk(Random(f"{SEED} {number}")).text())  # noqa: S311 - a die, not a secret
        for number in range(TEXTS)
    )
    assert TEXTS / 2000 < shared


def test_the_examples_of_the_specifications():
    """Those of CommonMark and of GitHub's extensions."""
    for specification in ("commonmark", "github"):
        for example in examples(specification):
            is_rendered_alike(example.text)


@pytest.mark.parametrize(
    "folder", [ROOT / "content", PACKAGE / "starter" / "content"], ids=["demonstration", "starter"]
)
def test_papers(folder):
    """Some stories of each paper are shared."""
    assert sum(is_rendered_alike(text) for text in bodies(folder))


SHARED = [
    "",
    "\n\nmột\nhai\n\n\nba\n",
    "# Một *hai*\nba\n## bốn",
    "chữ:\n- một\n- **hai:** [ba](a.md)\n\nbốn",
    "* *một*\n* hai\n\nchữ\n\n3. ba\n",
    "3) một\n4) hai",
    "> một\n> hai\n>\n> ba\n\n> bốn",
    'Ông *An* (**Bình**), nói: "hai" & R&D > 3, 5.000 đồng/kg ·',
    '![Cầu](cau.jpg "Nhịp giữa. | Ảnh: Hà")',
    "2025 là năm\n1.126 m",
    '[một](https://a.example/b_c?d=1&e=2#g "h & i")',
]
NOT_SHARED = [
    "a\n---", "a\n===", "---", "a  \nb", "a\\\nb", " a", "a\u00a0", "a\tb", "a\r\nb", "1. a\n\n1. b", "- a\n\n- b",
    "- a\n- \n", "- a\n  b", "- a\nb", "- - a", "- [ ] a", "- # a", "-  a", "a\n2. b", "> [!NOTE]\n> a", "> - a",
    "> a\nb", ">", "# a #", "#", "# ", "#a", "####### a", "a_b_c", "_a_", "a*b*c", "* a*", "***a***", "*a **b** c*",
    "**a**b", "*“a”*", "3 * 4", "https://a.example", "www.a.example", "a@b.example", "[a]", "[a][b]", "[a]: b",
    "[^1]", "[TOC]", "[a](<b>)", "[a](b (c))", "[a](b(c))", "[a](b \"c\"d\")", "[a](đ)", "![*a*](b)", "![\"a\"](b)",
    "[a](b){.c}",
    "a {.b}", "a\n{: .b}", "`a`", "<b>a</b>", "a < b", "&amp;", "\\*a\\*", "~~a~~", "~5", "| a |\n|---|", "a\n: b",
    "*[A]: b", "\x02a", "a\x00b", "\ufeffa", "\ud800", "1.",
]  # fmt: skip


@pytest.mark.parametrize("text", SHARED)
def test_what_the_grammar_has(text):
    """Paragraphs, headings, simple lists and quotations, emphasis at the borders of words, links, pictures."""
    assert is_rendered_alike(text)


@pytest.mark.parametrize("text", NOT_SHARED)
def test_what_the_grammar_lacks(text):
    """These are left to the package."""
    assert render_shared(text) is None
    assert render_shared(f"chữ\n\n{text}\n\nchữ\n") is None


def test_the_default_engine_renders_shared_texts_natively(monkeypatch):
    """The package is not asked for them, unless a site has extensions of its own."""
    monkeypatch.setattr(PythonMarkdown, "convert_by_package", lambda self, text: "package")
    for engine in (PythonMarkdown(), PythonMarkdown().escaping):
        assert "<p>a</p>" == engine.convert("a")
        assert "package" == engine.convert("`a`")
    assert "package" == PythonMarkdown(("nl2br",)).convert("a")


def test_the_engine_works_without_the_native_package():
    """Where `comrak` is not installed the package renders everything."""
    hidden = "import sys; sys.modules['comrak'] = None; from newsgen.body.engine import PythonMarkdown as E; "
    said = f"{hidden}print(E().convert('một *hai*'), 'newsgen.body.shared_markdown' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert "<p>một <em>hai</em></p> False\n" == done.stdout
