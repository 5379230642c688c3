"""The quick engine against the plain package: the same HTML to the byte, for thousands of texts.

NEWSGEN_LAW=deep makes more texts, with a new seed each time (NEWSGEN_LAW_SEED repeats one). Folders named in
NEWSGEN_MARKDOWN_TEXTS (with ":" between) are searched for `*.md`, each of which is compared too.
"""

import os
import random
from pathlib import Path
from secrets import randbelow
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from markdown.serializers import to_html_string

from newsgen.body import python_markdown
from newsgen.body.dialect import Dialect, make_plain
from newsgen.body.engine import BACKLINKS, PythonMarkdown

# A release that lacks the parts which the quick way is made of is not compared, and runs plain.
quick_way = pytest.importorskip("newsgen.body.fast_markdown", exc_type=ImportError)

DEEP = os.environ.get("NEWSGEN_LAW") == "deep"
SEED = int(os.environ.get("NEWSGEN_LAW_SEED", randbelow(10**9) if DEEP else 0))
ELSEWHERE = [Path(folder) for folder in os.environ.get("NEWSGEN_MARKDOWN_TEXTS", "").split(":") if folder]
STORIES = sorted((Path(__file__).parents[2] / "content").rglob("*.md"))

# Oddities of the syntax, each between two "¦" ("⏎" is a line's end, "→" a tab): texts by themselves, and pieces of
# the spliced and the made ones.
ODDITIES = """
# Đầu đề¦## Đầu đề ##¦#không cách¦####### bảy¦# `mã` *nghiêng* {#neo .lop}¦# a\\#¦##⏎#¦chữ⏎# ngay dưới⏎chữ
# [^1] chú¦#¦# <b>x</b>
# a {: .x }¦## a {.b} #¦# a⏎{: #b }¦# a ![x](y) b¦# &amp; &#60; <¦# Đầu đề⏎# Đầu đề¦# a_1⏎# a⏎# a¦# {#muc}⏎# *
# \\*a\\*¦# a\\
Đầu⏎===¦Đầu⏎---¦a⏎= =¦a⏎====  ⏎b¦a⏎-⏎b¦===¦a⏎b⏎===¦*a*⏎---¦- a⏎---¦> a⏎---¦a⏎===  x¦1. a⏎===
---¦***¦___¦- - -¦* * *¦_ _ _¦-- -¦a⏎***⏎b¦---⏎---¦  ---¦    ---¦--- x¦*-*¦____ _¦a⏎___
- a⏎- b¦- a⏎⏎- b¦* a⏎+ b⏎- c¦- a⏎    - b⏎        - c¦- a⏎⏎    b⏎⏎        mã¦-a¦- ¦-¦- # a¦- > a¦- - a¦*   a⏎*   b
- a⏎b⏎ c¦- 1. a¦-→a¦→- a
- a⏎  - b¦- a⏎   - b¦- a⏎     - b¦- a⏎→- b¦- a⏎⏎  b¦- a⏎⏎    - b⏎⏎    c¦- # a⏎b⏎- c⏎⏎- d¦- a {: .b }¦- a⏎{: .b }
- a⏎    {: .b }⏎    - c
1. a⏎2. b¦3. a⏎4. b¦1) a¦1.a¦1. a⏎⏎    b¦10. a⏎    1. b¦1. a⏎- b¦- a⏎1. b¦٣. a¦1. ¦01. a¦1.  a⏎1.  b¦năm 2025. Sau
1. a⏎⏎2. b⏎⏎3. c¦9999999999. a
> a¦> a⏎b¦>a¦> > a¦> - a¦>⏎> a¦> # a¦>     mã¦> a⏎⏎> b¦a⏎> b¦- > a⏎  > b¦ > a¦    > a¦> ```⏎> mã⏎> ```¦> [^1]: x
> [a]: b¦> a  ⏎> b¦>¦> *[A]: b
    mã¦→mã¦    a⏎⏎    b¦    a⏎b¦a⏎    b¦    <b>&¦        sâu¦    - a¦    a⏎  ⏎    b¦    [a]: b¦    # a¦    *a*
- a⏎⏎          mã¦    a⏎⏎⏎    b⏎
```⏎mã⏎```¦```python⏎a < b & c⏎```¦~~~⏎mã⏎~~~¦``` {.py #id k=v}⏎a⏎```¦```⏎không khép¦````⏎```⏎````¦a⏎```⏎b⏎```
  ```⏎a⏎```¦```py hl_lines="1"⏎a⏎```¦```⏎⏎⏎```¦``` { a }}⏎b⏎```¦```⏎<b>⏎```⏎<b>
`mã`¦``a`b``¦`a¦a`b`c`¦\\`a`¦`\\`¦``¦` a `¦`<b>`¦`a*b*`¦\\\\`a`¦`a⏎b`¦`&amp;`¦*`a*`¦[`a`](b)¦```a```¦``a`¦`a``
`` ` ``
\\*¦\\\\¦\\a¦\\[a](b)¦\\<b>¦a\\¦\\&amp;¦\\_a_¦\\¦\\{a\\}¦\\⏎¦\\#¦\\![a](b)¦*\\**¦\\!¦\\.¦\\-¦\\+¦\\(¦[a\\](b)
[a](b\\)c)¦<b \\*>¦<\\b>¦\\\\\\*a*
*a*¦**a**¦***a***¦_a_¦__a__¦___a___¦*a **b** c*¦**a *b* c**¦a*b*c¦a_b_c¦*a¦a*¦** a **¦*a_b*c_¦__a_b__¦*a*b*¦****
*a**¦**a*¦_a *b_ c*¦*a⏎b*¦*⏎a*¦_¦*¦a * b * c¦a__b¦*a*_b_¦**a**b¦_a_b_¦*(a)*
***a** b*¦***a* b**¦*a **b***¦**a *b***¦*a***b**¦*** a¦a ***¦_*a*_¦*_a_*¦**_a_**¦__*a*__¦*a `*` b*¦*[a](b*)*
*a <b*> c¦**a⏎⏎b**¦*a*⏎*b*¦đ*ậ*m¦_ậ_m¦1*2*3¦"*a*"¦*a*.¦(*a*)¦*&amp;*¦**a
[a](b)¦[a](<b c>)¦[a](b "c")¦[a](b 'c')¦[a](b (c))¦[a] (b)¦[a]()¦[](b)¦[a](b¦[a](b "c)¦[a](b"c")¦[[a]](b)
[a [b](c)](d)¦[*a*](b)¦[a](b*c*)¦[a](javascript:x)¦[a](b "c"d")¦[a](b⏎"c")¦[a⏎b](c)¦[a](b_c_d)¦[a](b&c)¦[a](b(c)d)
[a](b((c)¦[a](é à)¦[a](#b)¦[a](b 'c"d')
![a](b)¦![a](b "c")¦![](b)¦![a]¦!a¦! [a](b)¦[![a](b)](c)¦![a [b]](c)¦![*a*](b)¦![a](b){: .c }¦![a](b "c | d")
![a⏎b](c)¦![`a`](b)¦![a](b¦!\\[a](b)¦![a](<b c>)¦![a\\]](b)¦!!¦!![a](b)
[a][b]⏎⏎[b]: c¦[a][]⏎⏎[a]: b¦[a]⏎⏎[a]: b¦[a]: b "c"⏎[a]¦[a]: <b>⏎⏎[a]¦![a][b]⏎⏎[b]: c 'd'¦![a]⏎⏎[a]: b¦[A]⏎⏎[a]: b
[a]:⏎b⏎⏎[a]¦[a]: b⏎"c"⏎⏎[a]¦[a] [b]⏎⏎[b]: c¦[a]: b c¦[a]:¦[a]: b⏎[c]: d⏎[a][c]¦- [a]: b⏎- [a]¦[a b]⏎⏎[a⏎b]: c
[a]: b⏎[a]: c⏎[a]¦[a][b]¦[a][b][c]⏎⏎[c]: d¦[*a*]⏎⏎[*a*]: b¦[^a]: b¦[a]: b (c)¦[đ]⏎⏎[Đ]: b¦[[a]]⏎⏎[a]: b
\\[a]⏎⏎[a]: b¦[a\\]: b¦    [a]: b⏎⏎[a]¦[]: b⏎[]¦!\\[a]⏎⏎[a]: b¦[a]: b*c*⏎⏎[a]¦![a][a]⏎⏎[a]: b "c|d"¦[`a`]⏎⏎[`a`]: b
<https://a.vn>¦<http://a.vn/?b=c&d>¦<a@b.vn>¦<mailto:a@b.vn>¦<a:b>¦<https://a b>¦<A+b://c>¦< https://a>¦<ftp://a>
https://a.vn¦a@b.vn¦<@>¦<a@b>x<c@d>¦<https://a_b_c>¦<https://a.vn>{: .b }¦<đ@đ.vn>
<b>a</b>¦<div>a</div>¦<div>⏎*a*⏎</div>¦<br>¦<br/>¦a<br>b¦<hr>¦<hr/>¦<!-- a -->¦a <!-- b --> c¦<!-- a¦<?php a ?>
a <? b¦<!DOCTYPE html>¦<![CDATA[a]]>¦<div¦<div a="b¦</div>¦<p>a¦<img src="a">¦<b¦<¦<>¦a<b¦a < b¦< a¦</¦<//
<a href="b">*c*</a>¦<b *a*>¦<1>¦<_a>¦<đ>
<div>⏎⏎*a*⏎⏎</div>¦<p>a</p>b¦<div>a</div>*b*¦a⏎<div>b</div>⏎c¦- <div>a</div>¦> <div>a</div>¦    <div>a</div>
<script>a<b</script>¦<style>a{b}</style>¦<pre>⏎a⏎⏎b</pre>¦<b>⏎⏎a</b>¦<table><tr><td>a¦<div><div>a</div>⏎⏎b
<iframe src="a"></iframe>¦<details><summary>a</summary>⏎⏎*b*⏎⏎</details>¦<video src="a"></video>
<div markdown="1">⏎*a*⏎</div>¦<div markdown>⏎⏎# a⏎⏎</div>¦<div markdown="block">a</div>
<div markdown="span">*a*</div>¦<p markdown="1">*a*</p>¦<div markdown="1">⏎<p>*a*</p>⏎⏎- b⏎</div>¦<div markdown="1">a
<div markdown="1" title="&#2;&lt;">⏎a</div>¦<div markdown="0">*a*</div>¦<p markdown="block">- a</p>
<div markdown="1">⏎⏎[^1]⏎⏎[^1]: b⏎</div>
<div markdown="1">⏎<b>a</b>⏎</div>¦<hr markdown="1">¦<li markdown="1">a *b*</li>
<div markdown="1"><div markdown="1">⏎    a⏎</div></div>*b*
<details markdown="1"><summary>a</summary>⏎⏎*b*⏎⏎</details>¦<div markdown="1">⏎[a]: b⏎</div>⏎[a]
<div class="a" markdown="1">⏎| a | b |⏎|---|---|⏎| c | d |⏎</div>¦<section markdown="1">⏎a⏎{: .b }⏎</section>
<p markdown="span">a<div>b</div>c</p>
&amp;¦&¦&#60;¦&#x3c;¦&a¦a&b¦&a;¦&copy;¦&#¦&#1¦&#2;¦&amp¦a & b; c¦&nbsp;&nbsp;¦R&D¦&#123 x¦&#x¦&#xZ;¦&#60¦&&¦&;¦*&*
`&`¦&lt;b&gt;¦&a b;¦&-a;¦&#1.
a  ⏎b¦a  ⏎¦a   ⏎b¦a  |  ⏎a¦a ⏎b¦a\\⏎b¦- a  ⏎b¦# a  ⏎b¦a  ⏎⏎b¦*a  ⏎b*¦[a  ⏎b](c)¦a→⏎b¦<b>  ⏎</b>¦a <b>  </b>⏎b¦a`  ⏎`
a  ⏎  ⏎b¦ a¦   a¦⏎⏎⏎¦⏎  ⏎¦a⏎ ⏎b
| a | b |⏎|---|---|⏎| c | d |¦| a | b |⏎|:--|--:|⏎| *c* | `d|e` |¦a | b⏎--- | ---⏎c | d¦| a |⏎|---|⏎| b |
| a | b |⏎|---|¦|a|b|⏎|-|-|⏎|c¦a | b¦| a \\| b |⏎|---|⏎| c |¦| a | b |⏎|:-:|---|⏎| c | {: .d } |¦| a⏎|---⏎| b
|||⏎|-|-|¦- | a | b |⏎  |---|---|⏎  | c | d |¦`a | b` | c⏎---|---⏎d | e¦a|b⏎-|-
a[^1]⏎⏎[^1]: b¦[^1]¦[^1]: b¦a[^x] c[^x]⏎⏎[^x]: b⏎    c⏎⏎    d¦[^1]: a⏎[^2]: b⏎⏎[^2][^1]
[^1]: *a* [^2]⏎⏎[^2]: b⏎⏎a[^1]¦a[^1]⏎⏎[^1]:¦a[^1]⏎⏎[^1]:⏎    - b¦///Footnotes Go Here///⏎⏎a[^1]⏎⏎[^1]: b
- a[^1]⏎⏎[^1]: b¦# a[^1]⏎⏎[^1]: b¦[^a b]: c⏎⏎d[^a b]¦a![^1]⏎⏎[^1]: b¦\\[^1]⏎⏎[^1]: b¦[^]: a⏎⏎b[^]
[^1]: a⏎⏎        mã⏎⏎b[^1]
*[A]: b⏎⏎A¦*[amp]: b⏎⏎a &amp; amp¦+ a¦+ a⏎+ b¦2025 a⏎1.126 m⏎2.⏎3. a¦12¦1.¦1.  a⏎b¦a|b⏎¦a|⏎b|¦a|b⏎c¦a|b⏎đ-|-⏎c|d
a|b⏎⏎-|-
*a⏎**b⏎***c⏎_d⏎__e
*_¦_*¦*__*¦*** a¦___ a¦**1. a¦__a⏎___⏎b¦*1⏎=¦1⏎=¦1⏎---¦*a⏎: b¦1⏎: b¦\u0661. a¦2\u0661. a¦[^]:[a]:b⏎[a]
[^1]: [a]: b⏎⏎    *[c]: d⏎⏎[a] c [^1]
A⏎⏎*[A]: b¦*[A]:¦*[A b]: c⏎⏎A b AB¦*[A]: ""⏎⏎A¦*[A]:⏎b⏎⏎A¦*[A]: <b>"&⏎⏎*A* `A` [A](A)¦- *[A]: b⏎- A¦*[A]⏎
*[A]: b⏎⏎# A¦*[A]: b⏎*[A b]: c⏎A b A¦*[\\]: a¦*[A]: b⏎⏎A{: .c }¦*[A] : b⏎⏎A¦*[UBND]: Ủy ban⏎⏎UBND *UBND* UBNDx
*[A]: b⏎⏎![A](A)
a⏎: b¦a⏎:   b⏎:   c¦a⏎⏎: b¦: a¦a⏎b⏎: c¦a⏎:b¦a⏎: b⏎⏎    c¦a⏎: b⏎⏎c⏎: d¦a⏎: - b¦*a*⏎: `b`¦- a⏎: b
a⏎:    - b⏎        - c¦a {: .x }⏎: b¦a⏎: b⏎{: .x }¦: a⏎: b¦a⏎⏎:   b⏎⏎:   c¦> a⏎> : b¦a⏎    : b¦a⏎: # b¦a⏎: ```
a⏎{: .b }¦a {: .b }¦*a*{: .b }¦*a*{.b}¦a⏎{: #b .c d="e" f='g' h}¦{: .b }¦a⏎{: .b }⏎c¦[a](b){: .c #d }
# a {: hidden }¦*a*{: }¦*a*{:.b}c}¦- a⏎⏎{: .b }¦> a⏎{: .b }¦*a*{¦{a}¦a⏎{: onclick=b }¦`a`{: .b}¦*a*{: .b⏎}
![a](b){: width=1 }¦*a*{: a="<&>\\"" }¦a⏎{: id=b c }¦a⏎{:.b}¦*a*{: đ=é }¦*a*{:.b .c}{:.d}
[TOC]¦[TOC]⏎⏎# a⏎## b¦# a⏎⏎[TOC]⏎⏎### b⏎# c¦- [TOC]¦[TOC] x¦`[TOC]`¦\\[TOC]¦# [TOC]¦[TOC]⏎===¦[TOC]⏎{: .b }⏎⏎# c
*[TOC]*¦[TO<!-- -->C]¦> [TOC]⏎⏎# a¦<div markdown="1">⏎[TOC]⏎</div>⏎⏎# a¦# a {data-toc-label="b <c>"}⏎[TOC]¦[toc]
    [TOC]¦[TOC][TOC]⏎⏎[TOC]¦# a⏎# a⏎⏎[TOC]¦[T\x02OC]⏎⏎# a
\x02¦\x03¦a\x02b¦\x02klzzwxh:0000\x03¦\x02wzxhzdk:0\x03¦\x02amp\x03¦\x0242\x03¦\\*\x02¦a\x00b¦a\x0bb¦a\x0cb¦\u00a0a
\u3000- a¦a\u2028b¦\ufeff# a¦a\x1fb¦\x85a¦a\r⏎b¦a\rb¦\r⏎¦*a\u00a0*¦*\u3000a*¦é¦e\u0301*a*¦😀*a*😀¦\u200b# a¦a\u200b*b*
عربي *a*¦１. a¦１¦\U0001d7d9. a¦klzzwxh:0000¦wzxhzdk:0¦<b>\x02amp\x03</b>¦&#2;wzxhzdk:0&#3;
"""


def _oddities() -> list[str]:
    return [text.replace("⏎", "\n").replace("→", "\t") for text in ODDITIES.strip("\n").replace("\n", "¦").split("¦")]


PIECES = _oddities()
LINES = [line for story in STORIES for line in story.read_text("utf-8").split("\n")]
MARKS = "\\`*_[](){}<>&#!|~^:;-+=.\"'/ \n\t012aZđ\x02\u00a0"


def plain_engine(language: str = "vi") -> markdown.Markdown:
    """The package with newsgen's dialect and no shortcuts."""
    return make_plain((), Dialect(language, BACKLINKS[language]))


def quick_engine(language: str = "vi") -> PythonMarkdown:
    """The engine on its quick way, with the installed release whichever it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(python_markdown, "COMPARED", {markdown.__version__})
        engine = PythonMarkdown(language=language)
        assert isinstance(engine._markdown, quick_way.QuickMarkdown)  # made while the release counts as compared
        return engine


PLAIN, QUICK = plain_engine(), quick_engine()


def outcome(engine: markdown.Markdown | PythonMarkdown, text: str) -> str:
    """The HTML, or the name of what was raised."""
    if isinstance(engine, markdown.Markdown):
        engine.reset().parser.state.clear()
    try:
        return engine.convert(text) if isinstance(engine, markdown.Markdown) else engine.convert_by_package(text)
    except Exception as error:  # noqa: BLE001 - whatever the package raises, the quick engine must too
        return f"!{type(error).__name__}"


def same(text: str) -> None:
    assert outcome(PLAIN, text) == outcome(QUICK, text), repr(text)


def test_the_fixed_extensions_take_the_quick_way(monkeypatch):
    """With a compared release every newsroom without extensions of its own has it, and no other."""
    assert quick_engine()
    assert not isinstance(PythonMarkdown(("nl2br",))._markdown, quick_way.QuickMarkdown)
    monkeypatch.setattr(python_markdown, "COMPARED", set())
    assert not isinstance(PythonMarkdown()._markdown, quick_way.QuickMarkdown)


@pytest.mark.skipif(not DEEP, reason="a new release alone fails nobody's build")
def test_the_installed_release_was_compared():
    """When all else here passes with a new release, it can be added."""
    assert markdown.__version__ in python_markdown.COMPARED


def test_a_site_s_own_extension_still_works():
    """With one more extension the package runs as it comes."""
    assert "<p>a<br>\nb</p>" == PythonMarkdown(("nl2br",)).convert("a\nb")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_oddity_alone(language):
    """Each oddity of the syntax, by itself, with either language's back links."""
    plain, quick = plain_engine(language), quick_engine(language)
    for text in PIECES if language == "vi" else [text for text in PIECES if "[^" in text]:
        for variant in (text, f"{text}\n", f"\n\n{text}", f"chữ\n{text}\nchữ", f"- {text}", f"> {text}", f"    {text}"):
            assert outcome(plain, variant) == outcome(quick, variant), repr(variant)


def test_every_story_of_the_demonstration():
    """The stories as they are, front matter and all."""
    for story in STORIES:
        same(story.read_text("utf-8"))


def test_spliced_stories():
    """Lines of the stories and oddities, shuffled together."""
    deck = random.Random(SEED)  # noqa: S311 - a shuffle, not a secret
    for _ in range(12_000 if DEEP else 600):
        lines = deck.choices(LINES, k=deck.randrange(12)) + deck.choices(PIECES, k=deck.randrange(1, 5))
        deck.shuffle(lines)
        same(deck.choice(["\n", "\n\n"]).join(lines))


def test_stories_with_a_slip_of_the_hand():
    """A mark put into, or a character taken out of, a story's paragraphs or an oddity."""
    deck = random.Random(SEED + 1)  # noqa: S311 - a shuffle, not a secret
    for _ in range(8_000 if DEEP else 400):
        text = "\n".join(deck.choices(LINES, k=3) + deck.choices(PIECES, k=3))
        for _ in range(deck.randrange(1, 6)):
            at = deck.randrange(len(text) + 1)
            text = text[:at] + deck.choice([*MARKS, ""]) + text[at + deck.randrange(3) :]
        same(text)


made = st.recursive(
    st.one_of(st.sampled_from(PIECES), st.text(MARKS, max_size=12), st.sampled_from(LINES or [""])),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("\n".join),
        st.lists(inner, min_size=2, max_size=4).map("\n\n".join),
        st.lists(inner, min_size=2, max_size=3).map("".join),
        inner.map(lambda text: "- " + text.replace("\n", "\n    ")),
        inner.map(lambda text: "1. " + text.replace("\n", "\n    ")),
        inner.map(lambda text: "> " + text.replace("\n", "\n> ")),
        inner.map(lambda text: "[^1]: " + text.replace("\n", "\n    ")),
        inner.map(lambda text: f'<div markdown="1">\n\n{text}\n\n</div>'),
        st.tuples(st.sampled_from(["*", "**", "_", "`", "~~"]), inner).map(lambda pair: pair[1].join([pair[0]] * 2)),
        st.tuples(inner, inner).map(lambda pair: f"[{pair[0]}]({pair[1]})"),
    ),
    max_leaves=8,
)


@seed(SEED)
@settings(max_examples=12_000 if DEEP else 400)
@given(made)
def test_made_texts(text):
    """Texts from a grammar of nested blocks and spans, shrunk when they differ."""
    same(text)


def test_a_text_that_was_given_up_leaves_nothing_behind():
    """After hostile nesting the same instance renders the next text as a new one does."""
    engine = quick_engine()
    with pytest.raises(RecursionError):
        engine.convert_by_package("".join("    " * depth + "- a\n" for depth in range(400)))
    text = "một\n\nhai *ba* [^1]\n\n[^1]: bốn"
    assert PLAIN.reset().convert(text) == engine.convert_by_package(text)


def test_texts_from_elsewhere():
    """Every Markdown file below the named folders."""
    found = [path for folder in ELSEWHERE for path in folder.rglob("*.md") if path.is_file()]
    for path in found:
        if path.stat().st_size < 200_000:
            same(path.read_text("utf-8", errors="replace"))


@pytest.mark.parametrize("tag", ["br", "IMG", "script", "STYLE", "p", "video", "input"])
def test_elements_are_written_as_the_package_writes_them(tag):
    """Empty elements, raw text, attributes without value and deep trees come out alike."""
    root = Element("div", {"b": "1", "a": '<&amp;& "x"\n'})
    child = SubElement(root, tag, {"controls": "controls", "title": "title"})
    child.set("hidden", None)
    child.text, child.tail = "a < b & c > &lt;", "d & <e>"
    for _ in range(3000):
        child = SubElement(child, "em")
    assert to_html_string(root) == quick_way.write_html(root)
    assert to_html_string(root[0]) == quick_way.write_html(root[0])
