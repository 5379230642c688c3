"""Plain front matter against the parser of YAML: the same tree with the same places, for thousands of texts.

NEWSGEN_LAW=deep makes more texts, with a new seed each time (NEWSGEN_LAW_SEED repeats one).
"""

import os
from random import Random
from secrets import randbelow

import pytest

from newsgen.core.plain_yaml import read_plain
from newsgen.core.yaml_recovery import read_with_parser

DEEP = os.environ.get("NEWSGEN_LAW") == "deep"
SEED = int(os.environ.get("NEWSGEN_LAW_SEED", randbelow(10**9) if DEEP else 0))
TEXTS = 100_000 if DEEP else 5_000
NAMES = ("title", "date", "slug", "summary", "tags", "authors", "a", "B_c")
ODD_NAMES = (
    "title",
    "a b",
    "a-b",
    "1",
    "y",
    "null",
    "đề",
    '"a"',
    "? a",
    "- a",
    " a",
    "",
    "a" * 70,
    "<<",
    "a:",
    "#a",
    "_",
)
WORDS = (
    "Chợ nổi",
    "một",
    "2025-01-01",
    "08:00",
    "8,2%",
    "https://a.example/x",
    "Bà Sáu (62 tuổi)",
    "a-b",
    "5.000",
    "true",
    "null",
    "😀",
)
ODD = (
    ":", ": ", " #", "#", "a#b", " ", "  ", "\t", '"', "'", "''", "\\", "[", "]", "{", "}", ",", ", ", ",a", "&a",
    "*a", "!a", "|", ">", "%", "@", "`", "?", "? ", "-", "- ", "--- ", "...", "~", "\u00a0", "\u3000", "\u2028",
    "\x85", "\ufeff", "\x00", "\x07", "\x7f", "\x1b", "\uffff", "\ufdd0", "e\u0301", "\u0301", "\ud800", "\U0001f600",
    "\r", "\n", "\n  a", "\n\n", "=", "<<", "“a”", "é", "·", "a:b", "a:\u00a0b", "a:", "::", "\u200b", "\U0001fffe",
)  # fmt: skip
SHAPES = ("{}", "{}", "{}", '"{}"', "'{}'", "[{}]", "[{}, {}]", "[{}, {}, {}]")
ODD_SHAPES = (
    "", " {}", "{} ", '"{}', "{}'", "[{},{}]", "[ {}]", "[{} ]", "[{}, ]", "[]", "[ ]", '["{}"]', "[[{}]]",
    "{{{}: {}}}", "|\n  {}", "- {}", "{} # {}", '"{}" {}', "[{}] {}", ">-\n  {}", "!a {}", "&a {}", "*{}", "\n  - {}",
    "\n  a: {}", "'{}''{}'", '"{}" ', "[{}, {}", "{}\n {}", "“{}”",
)  # fmt: skip


def make_text(chance: Random) -> str:
    """Lines of front matter, with something odd in about half of the texts."""
    oddness = chance.choice((0.0, 0.02, 0.05, 0.2))

    def pick(odd: tuple[str, ...], plain: tuple[str, ...]) -> str:
        return chance.choice(odd if chance.random() < oddness else plain)

    def words() -> str:
        return pick(("",), (" ",)).join(pick(ODD, WORDS) for _ in range(chance.randint(1, 3)))

    lines = []
    for name in chance.sample(NAMES, chance.randint(1, 5)):
        shape = pick(ODD_SHAPES, SHAPES)
        *parts, last = shape.split("{}")
        value = "".join(part + words() for part in parts) + last
        lines.append(f"{pick(ODD_NAMES, (name,))}{pick((':', ' : ', ':  ', '：', ' ', ''), (': ',))}{value}\n")
    text = "".join(lines)
    return pick(
        (text[:-1], f"\n{text}", f"# a\n{text}", f"{text}\n", f"{text}# a\n", f"{text}...\n", f"\ufeff{text}"), (text,)
    )


def test_texts_at_the_borders_of_the_grammar():
    """Signs, spaces and quotation marks in names and values; a good part of the texts is plain."""
    plain = 0
    for number in range(TEXTS):
        text = make_text(Random(f"{SEED} {number}"))  # noqa: S311 - a die, not a secret
        tree = read_plain(text, 2)
        if tree is not None:
            plain += 1
            assert read_with_parser(text, "a.md", frozenset(NAMES), 2) == (tree, ()), repr(text)
    assert TEXTS / 5 < plain < TEXTS


@pytest.mark.parametrize(
    "text", ["", "\n", "a: b", "a:\n", "a: b\na: c\n", "a: 'b'\n\n", "a: - b\n", "a: b: c\n", "a: b #c\n"]
)
def test_other_texts_are_left_to_the_parser(text):
    """An empty text, an empty value, a name twice, a comment."""
    assert read_plain(text, 1) is None


def test_a_text_of_too_many_values_is_left_to_the_parser():
    """It refuses it."""
    assert read_plain(f"a: [{', '.join(['b'] * 60_000)}]\n", 1) is None
