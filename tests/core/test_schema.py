"""Trees become typed values, or every fault in them with its place."""

from typing import Annotated, Literal

import msgspec
import pytest

from newsgen.core.errors import Problems, apply_edits
from newsgen.core.messages import IT, say
from newsgen.core.schema import FieldFault, Schema
from newsgen.core.yaml_tree import parse


class Even:
    """A type that msgspec does not know."""

    def __init__(self, number: int) -> None:
        self.number = number


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A struct inside another."""

    name: str
    size: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1


class Whole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of each kind."""

    title: str
    count: int = 0
    ratio: float = 0.0
    flag: bool = False
    mode: Literal["inline", "fragment"] = "inline"
    words: tuple[str, ...] = ()
    part: Part | None = None
    either: str | Part = ""
    parts: dict[str, Part] = {}
    even: Even | None = None
    weight: Annotated[int, msgspec.Meta(ge=-5, le=5)] | None = None


def even(kind: type, value: object) -> Even:
    """The hook of these tests."""
    if str(value) not in ("2", "4"):
        raise FieldFault(say("`{name}` is odd: {value}", name=IT, value=value), say("write 2"))
    return Even(int(str(value)))


def read(text: str) -> tuple[Whole | None, list[str]]:
    """The value of a YAML text and its faults, each as `line:column rule what`."""
    problems = Problems()
    value = Schema(Whole, "the whole", even).read(parse(text, "f"), "f", problems)
    return value, [f"{p.location.line}:{p.location.column} {p.rule} {p.what}" for p in problems.found]


def test_a_good_tree_is_typed():
    """Texts become what the fields want."""
    value, faults = read(
        "title: 2022\ncount: 5\nratio: 1.5\nflag: true\nwords: [1, no]\npart: {name: a, size: 9}\neven: 4\n"
    )
    assert [] == faults
    assert value is not None
    assert ("2022", 5, 1.5, True, ("1", "no")) == (value.title, value.count, value.ratio, value.flag, value.words)
    assert Part("a", 9) == value.part
    assert 4 == value.even.number


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("titel: x", "2:1 unknown-key the whole has no `titel`"),
        ("count: x", "2:8 wrong-type `count` must be a whole number, not “x”"),
        ("count: 1.5", "2:8 wrong-type `count` must be a whole number, not “1.5”"),
        ("flag: yes", "2:7 wrong-type `flag` must be true or false, not “yes”"),
        ("mode: x", "2:7 wrong-type `mode` must be one of inline, fragment, not “x”"),
        ("words: x", "2:8 wrong-type `words` must be a list, not “x”"),
        ("words: [a, [b]]", "2:12 wrong-type `words` must be text"),
        ("part: x", "2:7 wrong-type `part` must be a mapping, not “x”"),
        ("part: {size: 2}", "2:7 missing-key `part` lacks `name`"),
        ("part: {name: a, size: 0}", "2:23 wrong-type `size` must be a whole number from 1 to 9, not “0”"),
        ("either: [a]", "2:9 wrong-type `either` must be text or a mapping"),
        ("either: {nam: a}", "2:10 unknown-key `either` has no `nam`"),
        ("parts: {x: {name: a, nme: b}}", "2:22 unknown-key `x` has no `nme`"),
        ("even: 3", "2:7 bad-value `even` is odd: 3"),
        ("weight: x", "2:9 wrong-type `weight` must be a whole number from -5 to 5, not “x”"),
    ],
)
def test_each_fault_is_named_where_it_stands(line, fault):
    """A fault says which field, what was wanted and what was given."""
    value, faults = read(f"title: x\n{line}\n")
    assert value is None
    assert fault in faults


def test_all_faults_are_told_at_once():
    """One reading finds every fault."""
    _, faults = read("count: x\nflag: y\npart:\n  size: z\nother: 1\n")
    rules = sorted(fault.split()[0] + " " + fault.split()[1] for fault in faults)
    expected = [
        "1:1 missing-key",
        "1:8 wrong-type",
        "2:7 wrong-type",
        "4:3 missing-key",
        "4:9 wrong-type",
        "5:1 unknown-key",
    ]
    assert expected == rules


def test_an_unknown_key_gets_the_nearest_name():
    """The fix of a slip is the name that was meant."""
    problems = Problems()
    Schema(Whole, "the whole").read(parse("title: x\nwrods: []\n", "f"), "f", problems)
    assert ["did you mean `words`?"] == [p.fix for p in problems.found]


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_an_empty_file_lacks_what_is_required(text):
    """Nothing at all is a mapping without keys."""
    assert ["1:1 missing-key the whole lacks `title`"] == read(text)[1]


@pytest.mark.parametrize("text", ["- a\n", "just text\n"])
def test_what_is_no_mapping_is_told_so(text):
    """A list or a text is not a set of fields."""
    assert ["1:1 wrong-type the whole must be a mapping of names and values"] == read(text)[1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1:1", "[1:1]"), ("a, b c", "[a, b c]"), ("'a, b'", "[a, b]"), ("~", ""), ("''", ""), ("'a: b'", "")],
)
def test_a_text_in_place_of_a_list(typed, meant):
    """The fix is a list of what was typed, where that can be told."""
    problems, text = Problems(), f"title: x\nwords: {typed}\n"
    Schema(Whole, say("the whole")).read(parse(text, "f"), "f", problems)
    (problem,) = problems.found
    assert f"write `words: {meant or '[first, second]'}`" == problem.fix
    if meant:
        after = Problems()
        assert Schema(Whole, say("the whole")).read(parse(apply_edits(text, problem.edits), "f"), "f", after)
        assert [] == after.found
