"""The arguments of blocks: words, braces, names in both languages, and what is told of wrong ones with its place."""

from datetime import date
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta

from newsgen.body.components.arguments import read_arguments
from newsgen.body.components.blocks import find_blocks
from newsgen.body.components.contract import declare_component
from newsgen.core.errors import Location, apply_edits

Kind = Annotated[Literal["note", "warning"], Meta(extra={"names": ("loại",), "values": {"cảnh báo": "warning"}})]


class Box(msgspec.Struct, frozen=True):
    """The arguments of the component that is tried here."""

    title: Annotated[str, Meta(extra={"names": ("tiêu-đề",)})] = ""
    kind: Kind = "note"
    columns: Annotated[int, Meta(ge=1, le=4, extra={"names": ("cột",)})] = 1
    day: Annotated[date | None, Meta(extra={"names": ("ngày",)})] = None
    is_wide: bool = False


class Table(msgspec.Struct, frozen=True):
    """Arguments two of which have to be there."""

    count: int
    unit: str
    note: str = ""


class Nothing(msgspec.Struct, frozen=True):
    """No arguments."""


class Scaled(Box, frozen=True):
    """Arguments with a number that may have decimals."""

    scale: float = 1.0


class Picky(msgspec.Struct, frozen=True):
    """Arguments that refuse some values."""

    title: str = ""

    def __post_init__(self):
        """Refuse every title."""
        if self.title:
            raise ValueError("no titles here")


def read(words, kind=Box):
    """What is read of `:::box` with these words, in line 7."""

    def box(html: str, arguments):
        return html

    box.__annotations__["arguments"] = kind
    text = f":::box {words}\n:::"
    (block,) = find_blocks(text, lambda name: name == "box", lambda name: True).blocks
    return read_arguments(declare_component(box, "box"), block, Location("a.md", 7))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", Box()),
        ("Giá vải: 7:51", Box("Giá vải: 7:51")),
        ("Giá {kind: warning}", Box("Giá", "warning")),
        ("{kind: warning, columns: 2, is-wide: true}", Box("", "warning", 2, None, True)),
        ("{Loại: Cảnh báo, cột: 3}", Box("", "warning", 3)),
        ("{loai: canh-bao, COT: 3, tieu de: 'A, b'}", Box("A, b", "warning", 3)),
        ("Tập \\{a} {cột: 2}", Box("Tập {a}", columns=2)),
        ("a{b} c", Box("a{b} c")),
        ("A {}", Box("A")),
        ("A{cột: 2}", Box("A", columns=2)),
        ("A\xa0{cột: 2}", Box("A", columns=2)),
        ("A {ngày: 2026-11-30}", Box("A", day=date(2026, 11, 30))),
    ],
)
def test_arguments_are_read(words, expected):
    """Words go to the first field, braces at the end to the others, under each of their names."""
    assert (expected, ()) == (read(words).given, read(words).problems)


def test_raw_words_are_handed_over():
    """A component of a text gets the words as they were typed, braces too."""
    assert "Giá {kind: x" == read("Giá {kind: x", str).given


@pytest.mark.parametrize(
    ("words", "kind", "what", "fix"),
    [
        ("A {kindd: note}", Box, "7:11 unknown-key: the block “box” has no argument `kindd`", "did you mean `kind`?"),
        ("A {lọi: note}", Box, "7:11 unknown-key: the block “box” has no argument `lọi`", "did you mean `loại`?"),
        (
            "A {kind: waning}",
            Box,
            "7:17 wrong-type: `kind` must be one of note, warning, not “waning”",
            "write `kind: warning`",
        ),
        (
            "A {cột: ba}",
            Box,
            "7:16 wrong-type: `cột` must be a whole number from 1 to 4, not “ba”",
            "write a whole number from 1 to 4",
        ),
        (
            "A {day: 30/11}",
            Box,
            "7:16 wrong-type: `day` must be a date such as 2022-07-12, not “30/11”",
            "write a date such as 2022-07-12",
        ),
        ("A {is-wide: có}", Box, "7:20 wrong-type: `is-wide` must be true or false, not “có”", "write `is-wide: true`"),
        (
            "A {kind: note, loại: note}",
            Box,
            "7:23 duplicate-key: the block “box” is given `loại` twice",
            "keep one of the two",
        ),
        ("A {title: B}", Box, "7:11 duplicate-key: the block “box” is given `title` twice", "keep one of the two"),
        (
            "ba {unit: kg}",
            Table,
            "7:8 wrong-type: `count` must be a whole number, not “ba”",
            "write a whole number behind the name of the block",
        ),
        ("", Table, "7:1 missing-key: the block “box” lacks `count`", "write it behind the name, `:::box …`"),
        ("3", Table, "7:1 missing-key: the block “box” lacks `unit`", "write `{unit: …}` at the end of this line"),
        ("3 {note: x}", Table, "7:1 missing-key: the block “box” lacks `unit`", "add `unit: …` in the braces"),
        ("A b", Nothing, "7:8 bad-value: nothing may follow the name of the block “box”", "remove “A b”"),
        ("{a: b}", Nothing, "7:9 unknown-key: the block “box” has no argument `a`", "remove it"),
        ("A", Picky, "7:1 bad-value: the block “box” refuses its arguments: no titles here", "correct them"),
    ],
)
def test_what_is_wrong_is_told(words, kind, what, fix):
    """Each fault has its place, the name that was typed, and what to write; edits help where there are any."""
    problems = read(words, kind).problems
    assert (what, fix) in [(f"{p.location.line}:{p.location.column} {p.rule}: {p.what}", p.fix) for p in problems]
    for problem in problems:
        if problem.edits:
            line = apply_edits("\n" * 6 + f":::box {words}", problem.edits).split("\n")[6]
            assert problem not in read(line.removeprefix(":::box").strip(), kind).problems


@pytest.mark.parametrize("words", ["A {kind: note", "A {kind: &x note}", "A {kind: [}"])
def test_braces_that_are_no_yaml_are_told(words):
    """What YAML refuses is told at its column; braces without an end are words."""
    reading = read(words)
    assert Box("A {kind: note") == reading.given or all(p.location.column > 8 for p in reading.problems)
    assert (reading.given is None) == bool(reading.problems)


@pytest.mark.parametrize(
    "call",
    [lambda html: html, lambda html, arguments, context, more: html],
    ids=["one", "four"],
)
def test_a_function_with_other_parameters_is_no_component(call):
    """It takes HTML and arguments, and the context if it wants to."""
    with pytest.raises(TypeError, match="the component “box” takes other parameters than `def box"):
        declare_component(call, "box")


@pytest.mark.parametrize(
    ("words", "told", "corrected"),
    [
        ("A {cột=3}", "7:11 yaml-space", "A {cột: 3}"),
        ("A {cột:3}", "7:11 yaml-space", "A {cột: 3}"),
        ("A {cột：3, kind: note}", "7:11 yaml-space", "A {cột: 3, kind: note}"),
        ("A {cột:\xa03}", "7:11 yaml-space", "A {cột: 3}"),
        ("{title: Mai, chủ vườn}", "7:21 unknown-key", '{title: "Mai, chủ vườn"}'),
        ("{title: “Mai, chủ vườn”, kind: note}", "7:22 unknown-key", '{title: "Mai, chủ vườn", kind: note}'),
        ("A {scale: 150,5}", "7:22 unknown-key", "A {scale: 150.5}"),
        ("A {kind: note", "7:10 bad-value", "A {kind: note}"),
    ],
)
def test_the_fix_of_arguments_that_YAML_misreads_makes_them_right(words, told, corrected):  # noqa: N802 - its name
    """Commas in values, other signs than a colon and a space, and braces that are not closed: one fault, one fix."""
    (problem,) = read(words, Scaled).problems
    assert told == f"{problem.location.line}:{problem.location.column} {problem.rule}"
    line = apply_edits("\n" * 6 + f":::box {words}", problem.edits)[6:]
    assert f":::box {corrected}" == line
    assert () == read(corrected, Scaled).problems
