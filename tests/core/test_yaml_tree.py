"""YAML that remembers its places, and refuses what could surprise."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsgen.core import yaml_tree as yamltree
from newsgen.core.yaml_tree import Mapping, Scalar, YamlFault, parse, resolve, to_texts

PIECES = [
    "a",
    "b: ",
    ": ",
    "- ",
    "\n",
    "  ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&x ",
    "*x",
    "!!int ",
    "<<: ",
    "? ",
    "|",
    ">",
]
PIECES += [
    '"',
    "'",
    "\\",
    "#",
    "---",
    "...",
    "%YAML 1.1",
    "\0",
    "\x7f",
    "\x1b",
    "đ",
    "😀",
    "\ufeff",
    "\uffff",
    "@",
    "`",
    "~",
]
YAML_LIKE = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"


def fault(text: str, **limits: int) -> str:
    """Where and by which rule the text is refused, such as `2:5 yaml-tab`."""
    with pytest.raises(YamlFault) as caught:
        parse(text, "f.yaml", **limits)
    problem = caught.value.problem
    assert "f.yaml" == problem.location.path
    return f"{problem.location.line}:{problem.location.column} {problem.rule}"


@given(st.one_of(YAML_LIKE, st.text(st.characters(exclude_categories=["Cs", "Zl", "Zp"], exclude_characters="\r\x85"))))
@example("[" * 30_000)
@example("{" * 30_000)
@example("- " * 30_000)
@example("? " * 30_000)
@example("a: " + "[" * 30_000 + "]" * 30_000)
@example("- a\n" * 30_000)
@example(BOMB)
@example("a: 1\n<<: {b: 2}\n")
@example("a:\n\tb: 1\n")
@example("a: x\0y")
@example('a: "\\uD800"')
def test_any_text_is_a_tree_or_a_fault_inside_it(text):
    """Every text gives a tree or one fault, whose line is a line of the text; nothing else is raised."""
    try:
        parse(text, "f.yaml")
    except YamlFault as caught:
        place = caught.problem.location
        assert 1 <= place.line <= text.count("\n") + 1
        assert 1 <= place.column <= max(map(len, text.split("\n"))) + 1
        assert caught.problem.fix


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\nb: &x y\n", "2:4 yaml-anchor"),
        ("a: 1\nb: *x\n", "2:4 yaml-alias"),
        ("a: 1\n<<: {b: 2}\n", "2:1 yaml-merge"),
        ("a: !!int 3\n", "1:4 yaml-tag"),
        ("a: !x 3\n", "1:4 yaml-tag"),
        ("a: 1\nb: 2\na: 3\n", "3:1 duplicate-key"),
        ('a: 1\n"a": 3\n', "2:1 duplicate-key"),
        ("a: {b: 1, b: 2}\n", "1:11 duplicate-key"),
        ("[a]: 1\n", "1:1 yaml-key"),
        ("a: 1\n---\nb: 2\n", "2:1 yaml-documents"),
        ("a:\n\tb: 1\n", "2:1 yaml-tab"),
        ("a: 1\nb: x: y\n", "2:5 yaml-colon"),
        ("đường: x: y\n", "1:9 yaml-colon"),
        ("a: 1\nb: x\0y\n", "2:5 control-character"),
        ("a: \x7f\n", "1:4 control-character"),
        ("a: [1,\n\n", "3:1 yaml-syntax"),
        ('a: "x\n', "1:4 yaml-quotes"),
        ("a: @x\n", "1:4 yaml-quotes"),
        ("a:\n  */2014: {b: c}\n", "2:3 yaml-quotes"),
        ("**: x\n", "1:1 yaml-quotes"),
        (BOMB, "1:4 yaml-anchor"),
        ("[" * 30_000, "1:33 yaml-depth"),
    ],
)
def test_what_is_refused_and_where(text, place):
    """Each refused construct has its own rule and its place, 1-based."""
    assert place == fault(text)


def test_a_colon_in_a_value_is_answered_with_the_quoted_line():
    """The commonest slip gets the line to type."""
    with pytest.raises(YamlFault) as caught:
        parse('title: Giá vải: "tốt"\n', "f")
    assert "put it in quotes: title: 'Giá vải: \"tốt\"'" == caught.value.problem.fix


def test_a_fault_counts_from_the_first_line_of_the_file():
    """Lines are those of the whole file."""
    assert "11:4 yaml-anchor" == fault("a: &x 1", first_line=11)


def test_depth_and_size_have_limits():
    """Exactly the limit is read; one more is refused."""
    deep = "[" * yamltree.MAX_DEPTH + "]" * yamltree.MAX_DEPTH
    assert parse(deep, "f") is not None
    assert f"1:{yamltree.MAX_DEPTH + 1} yaml-depth" == fault(f"[{deep}]")
    assert parse("[a, b]", "f", max_nodes=3) is not None
    assert "1:8 yaml-size" == fault("[a, b, c]", max_nodes=3)


@pytest.mark.parametrize(
    "text", ["no", "yes", "12:30", "2022", "2022-07-12", "~", "null", "0x1f", "1e3", "007", "1_000"]
)
def test_scalars_stay_text(text):
    """What an editor typed is what a schema gets, whatever YAML 1.1 would make of it."""
    assert {"a": text} == to_texts(parse(f"a: {text}", "f"))
    assert {"a": [text]} == to_texts(parse(f'a: ["{text}"]', "f"))


def test_every_value_knows_its_place():
    """Keys and values carry line and column, values in lists too."""
    tree = parse("a: 1\nb:\n  - x\n  - {c: đ}\n", "f", first_line=2)
    assert isinstance(tree, Mapping)
    key, value = tree.entries["b"]
    assert (3, 1) == (key.line, key.column)
    first, second = value.items
    assert ("x", 4, 5) == (first.text, first.line, first.column)
    inner = second.entries["c"][1]
    assert ("đ", 5, 9) == (inner.text, inner.line, inner.column)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-1", -1),
        ("+5", 5),
        ("1.50", 1.5),
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("yes", "yes"),
        ("007", "007"),
        ("0x1f", "0x1f"),
        ("0912345678", "0912345678"),
        ("2022-01-01", "2022-01-01"),
        ('"1"', "1"),
        ("'true'", "true"),
        ("[1, a]", [1, "a"]),
        ("{a: {b: ~}}", {"a": {"b": None}}),
        ("", None),
    ],
)
def test_templates_get_plain_values(text, value):
    """Numbers, true, false and null are typed; a leading zero, as in a telephone number, keeps a text."""
    assert repr(value) == repr(resolve(parse(text, "f")))


def test_quoted_scalars_are_told_from_plain_ones():
    """A quoted scalar is never plain, so its type is never guessed."""
    tree = parse("[x, 'x', \"x\"]", "f")
    assert [True, False, False] == [item.plain for item in tree.items if isinstance(item, Scalar)]
