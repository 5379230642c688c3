"""Bodies of plain prose come out as by the long way: the same HTML, facts, problems, notes and questions.

NEWSGEN_LAW=deep takes more texts, with a new seed each time (NEWSGEN_LAW_SEED repeats one).
"""

import os
from functools import cache
from pathlib import Path
from random import Random
from secrets import randbelow
from tempfile import mkdtemp

import pytest

from builders import site_config, site_folder
from markdown_engines import DEFAULT, SECOND, engine
from newsgen.body import body as bodies
from newsgen.body.body import BodyRenderer
from newsgen.body.link_targets import LinkTargets
from newsgen.body.plain_html import render_plain
from newsgen.body.word_count import SIGNS, count_ordinary, count_words
from newsgen.core.questions import Question
from newsgen.core.text import count_unspaced, find_invisible
from newsgen.media.assets import Assets
from newsgen.model.stories import Body
from random_stories import Desk
from story_rendering import FILES, FIRST_LINE, HERE, PAGES, STORIES, sources_of

DEEP = os.environ.get("NEWSGEN_LAW") == "deep"
SEED = int(os.environ.get("NEWSGEN_LAW_SEED", randbelow(10**9) if DEEP else 0))
TEXTS = 20_000 if DEEP else 700

# Blocks and pieces of prose, "¦" between them; most are plain, each of the others has one thing that is not.
BLOCKS = """
Ghe chở **khóm** *về bến*.¦Nước lên – giá “tăng” 5%.¦Bà Sáu nói: "mừng" lắm & vui.¦5 > 3 - 1 = 1¦a**b**c *d **e***
một  ⏎hai\\⏎ba¦~~bỏ~~ `mã "x"`¦## Mục ***một*** & hai⏎⏎### Nhỏ⏎⏎#### Sâu¦## Mục "một"⏎⏎Chữ.⏎⏎## Mục một¦## Top
### Trống⏎⏎## Sau¦###### Sáu¦- một⏎- *hai*⏎  - ba⏎    1. bốn⏎- năm¦1. một⏎2. hai¦7. bảy⏎8. tám¦- một⏎⏎- hai⏎⏎  ba
> một⏎> hai⏎>⏎> - ba¦> > sâu¦---¦- > trong¦[Ra ngoài](https://a.example/b?c=1&d=2#e)¦[Ra](http://a.example)
[Vào](nhan-muon.md)¦[Vào](../xa-hoi/ke-song.md?a=1)¦[Nháp](nhap.md)¦[Hỏng](khong-co.md)¦[Mới](/tin-moi-nhat/)
[Sai](/sai/)¦[Thư](mailto:a@a.example) [gọi](tel:0123)¦[**Đậm** `x`](/)¦**[đậm](https://a.example)**
[Tệp](../xa-hoi/bang.pdf)¦[]()¦[](https://a.example)¦[x](https://a.example) [x](https://a.example)¦---⏎***
a - b -- c … d¦“” a¦a. b , c
""".strip("\n")
ODD = """
[neo](#muc)¦# Một¦## Đề {#neo}¦[TOC]¦a\xa0b¦&nbsp;&copy;¦&#1;a¦a\u2009b\u3000c¦中国经济¦\x01a¦\ufffea¦*[A]: b⏎⏎A¦[x]: y
a[^1]⏎⏎[^1]: b¦- “a.” - b¦x < y > z¦<b>a</b>¦![a](cau.png)¦| a | b |⏎|---|---|⏎| c | d |¦    mã¦```⏎mã⏎```¦a⏎: b
- [ ] a¦• a⏎• b¦a · b¦** a **¦{{ x }}¦\\*a\\*¦[js](javascript:a)¦[ổ](c:/a.jpg)¦[ip](https://127.0.0.1/)
[ip](http://1.2.3)¦[xn](https://xn--a.example)¦[t](https://a_b.example)¦[t](https://a.example "đề")
[đ](https://a.example/đ)¦[n](https://a.example:99)¦[h](//a.example/b)¦[[a](b)](c)¦https://a.example¦[a](b){.c}
> ## a¦- ## a¦a\u202eb¦Đoạn mở đầu của tin.¦footnote¦a<br>b¦- a⏎  ---¦*¦[x](mailto:a:b)
[a [b](https://a.example)](https://b.example)
""".strip("\n")


def split_pieces(typed: str) -> list[str]:
    """The pieces of a table above as they are typed."""
    return [piece.replace("⏎", "\n") for line in typed.split("\n") for piece in line.split("¦")]


PLAIN, OTHER = split_pieces(BLOCKS), split_pieces(ODD)


def write_text(number: int) -> str:
    """A story of plain prose, of such with one oddity, or of anything."""
    chance = Random(f"{SEED} {number}")  # noqa: S311 - a die, not a secret
    if number % 5 == 4:
        return Desk(chance).text()
    blocks = chance.choices(PLAIN, k=chance.randint(1, 6))
    if number % 5 == 3:
        blocks.insert(chance.randint(0, len(blocks)), chance.choice(OTHER))
    return "\n\n".join(blocks) + "\n"


@cache
def renderer(name: str) -> tuple[BodyRenderer, list[Question]]:
    """What renders the body of a story among others with an engine, and the questions that it asks."""
    config, asked = site_config(), list[Question]()
    site = site_folder(Path(mkdtemp()), FILES)
    assets = Assets(site, sources_of(site).files, config.base, config.missing_level)
    return BodyRenderer(config, engine(name), LinkTargets(STORIES, assets, PAGES.__contains__, asked.append)), asked


def render(name: str, text: str) -> tuple[Body, list[Question]]:
    """The body of a text, and the questions that it asked."""
    made_by, asked = renderer(name)
    asked.clear()
    body = made_by.render(text, HERE, f"content/{HERE}", FIRST_LINE)
    return body, [*asked]


@pytest.mark.parametrize("name", [DEFAULT, SECOND])
def test_plain_prose_is_the_same_by_the_short_and_by_the_long_way(name, monkeypatch):
    """Everything that a body is, and every question that it asked; most texts of plain blocks go the short way."""
    short = []

    def watch(*given):
        short.append(render_plain(*given))
        return short[-1]

    plain = 0
    for number in range(TEXTS):
        text = write_text(number)
        monkeypatch.setattr(bodies, "render_plain", watch)
        quick = render(name, text)
        plain += number % 5 < 3 and bool(short) and short[-1] is not None
        monkeypatch.setattr(bodies, "render_plain", lambda *_: None)
        assert render(name, text) == quick, f"NEWSGEN_LAW_SEED={SEED}, {number}: {text!r}"
    assert plain > TEXTS * 3 / 5 * 0.7


LETTERS = [
    *"abđệ",
    "",
    " ",
    " ",
    "\n",
    *sorted(SIGNS),
    "\xa0",
    "\x1c",
    "\x85",
    "\u2003",
    "\u2028",
    "\u1680",
    "中",
    "ก",
    "က",
    "😀",
    "\ud800",
    *"\x01\x0b\x7f\x84\ufffe\ufdd0",
]


def count_slowly(text: str) -> int:
    """The words of a text, each of which is made."""
    letters, text = count_unspaced(text)
    return letters + sum(word not in SIGNS for word in text.split())


def test_words_are_counted_without_making_them():
    """The same number, whatever spaces, signs and scripts a text has."""
    for number in range(5 * TEXTS):
        chance = Random(f"{SEED} {number}")  # noqa: S311 - a die, not a secret
        text = "".join(chance.choices(LETTERS[: chance.choice((7, 20, len(LETTERS)))], k=chance.randint(0, 30)))
        encoded = text.encode("utf-8", "surrogatepass")
        assert count_slowly(text) == count_words(text, encoded)[0], repr(text)
        assert count_ordinary(encoded) is None or not find_invisible(text, encoded), repr(text)
