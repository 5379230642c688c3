"""TOML front matter gives what the same YAML gives."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import article_source
from newsgen.core.toml_tree import parse
from newsgen.core.yaml_tree import MAX_DEPTH, Mapping, Scalar, Sequence, YamlFault, to_toml
from story_rendering import good_article, read_article, shown

TOML = """+++
title = "Nhãn muộn được mùa"
date = 2022-08-07
updated = 2022-08-08T09:00:00+07:00
tags = ["nhãn", "nông sản"]
pin = true

[image]
src = "nhan.webp"
alt = "Chùm nhãn"

[extra]
gia = 25
ti-le = 1.5
nhom = ["a", "1"]
+++
Nhà vườn vào vụ.
"""
YAML = article_source(
    "updated: 2022-08-08T09:00:00+07:00",
    "tags: [nhãn, nông sản]",
    "pin: true",
    "image: {src: nhan.webp, alt: Chùm nhãn}",
    'extra: {gia: 25, ti-le: 1.5, nhom: [a, "1"]}',
)
PIECES = [
    "a",
    "=",
    " ",
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    "\n",
    ".",
    ",",
    "1",
    "#",
    "true",
    "2022-01-01",
    "\\u",
    "đ",
    "title = ",
]
STRINGS = st.sampled_from(
    [
        '"a"',
        "'b \\'",
        '"c \\" # ] } ="',
        '"\\u0111"',
        '""',
        "''",
        '"""x\n# [y]\n"""',
        '""""q" """""',
        "'''\nn = 1\n'''''",
        '"""\\"""" """',
    ]
)
BARE = st.sampled_from(
    [
        "1",
        "-2.5e3",
        "true",
        "0xff",
        "2022-08-07",
        "2022-08-07 07:51:00",
        "2022-08-07T07:51:00.5+07:00",
        "07:51:00",
        "nan",
    ]
)
SPACE = st.sampled_from(["", " ", "\t", "\n", " # ] , }\n", "\r\n "])
KEYS = st.sampled_from(["a", "b-1", '"c d"', "'e.f'", '"g\\"]"', "a.b", "a . c", 'b-1."x=y"'])


def lists_of(values):
    """Arrays with spaces, lines and comments between their items."""
    parts = st.lists(st.tuples(SPACE, values, SPACE), max_size=3)
    return parts.map(lambda items: "[" + ",".join("".join(item) for item in items) + "]")


def tables_of(values):
    """Inline tables."""
    entries = st.lists(st.tuples(KEYS, values), max_size=2)
    return entries.map(lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}")


VALUES = st.recursive(STRINGS | BARE, lambda inner: lists_of(inner) | tables_of(inner), max_leaves=6)
ENTRIES = st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]} # k = 2")
HEADERS = st.tuples(st.sampled_from(["[%s]", "[[%s]]", "[ %s ] # [x]"]), KEYS).map(lambda pair: pair[0] % pair[1])
DOCUMENTS = st.lists(ENTRIES | HEADERS | st.just(""), max_size=8).map("\n".join)


def test_toml_and_yaml_give_the_same_story():
    """Only the places differ."""
    one, other = good_article(TOML), good_article(YAML)
    for name in ("title", "slug", "date", "updated", "pinned", "extra", "summary", "section"):
        assert getattr(other, name) == getattr(one, name)
    assert ["nhãn", "nông sản"] == [tag.text for tag in one.tags]
    assert one.image is not None
    assert ("nhan.webp", "Chùm nhãn") == (one.image.src, one.image.alt)


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ('title = "x', "2:11 toml-syntax"),
        ("title = x", "2:9 toml-syntax"),
        ('title = "x"\ntags = ["a",\n  "b"\n', "4:6 toml-syntax"),
        ('title = "x"\ntitle = "y"', "3:12 toml-syntax"),
        ('title = "x"\ndate = "hôm qua"', "3:8 bad-value"),
        ('title = "x"\ndate = 2022-01-01\nfoo = 1', "4:1 unknown-key"),
        ('title = "x"\ndate = 2022-01-01\n[image]\nsrc = "a"\ncapton = "b"', "6:1 unknown-key"),
        ("a = " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "2:37 yaml-depth"),
        ("a = " + "[" * 30_000, "2:1 yaml-depth"),
    ],
)
def test_faults_stand_where_they_were_typed(block, fault):
    """A fault of TOML has its line and column in the whole file."""
    assert fault in shown(read_article(f"+++\n{block}\n+++\n")[1])


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_a_tree_or_a_fault(text):
    """Nothing but a fault is raised, and its line is a line of the text."""
    try:
        parse(text, "f", first_line=1)
    except YamlFault as caught:
        assert 1 <= caught.problem.location.line <= text.count("\n") + 1


def span(node, lines):
    """What stands between the two places of a node."""
    text = "\n".join(lines[node.line - 1 : node.end[0]])
    return text[node.column - 1 : len(text) - len(lines[node.end[0] - 1]) + node.end[1] - 1]


def leaves(node):
    """Every key and text of a tree, each with whether it is a key."""
    if isinstance(node, Scalar):
        yield node, False
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from leaves(item)
    else:
        for key, value in node.entries.values():
            yield key, True
            yield from leaves(value)


@settings(max_examples=400)
@given(DOCUMENTS)
def test_every_value_stands_where_its_place_says(text):
    """What stands at a value's place is read as that value, and a key's place has that key."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = text.split("\n")
    for node, is_key in leaves(parse(text, "f")):
        if is_key and node.end[0]:
            assert [node.text] == list(tomllib.loads(f"{span(node, lines)} = 1"))
        elif not is_key:
            assert node.text == parse(f"x = {span(node, lines)}", "f").entries["x"][1].text


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5))
def test_a_value_written_in_toml_is_read_as_the_same(value):
    """Texts, lists and mappings survive being written, whatever is in them."""
    written = to_toml(node_of(value))
    assert {"x": value} == tomllib.loads(f"x = {written}")


def node_of(value):
    """The tree of texts, lists and mappings."""
    if isinstance(value, str):
        return Scalar(value, False, 1, 1)
    if isinstance(value, list):
        return Sequence([node_of(item) for item in value], 1, 1)
    return Mapping({key: (Scalar(key, True, 1, 1), node_of(item)) for key, item in value.items()}, 1, 1)


def test_the_items_of_a_list_stand_each_by_itself():
    """Lists, tables and arrays of tables give their items' own places."""
    block = 'related = ["a.md",\n  "b.md"]\n[[corrections]]\ndate = 2022-08-07\n[[corrections]]\nkind = "x"\n'
    tree = parse(block, "f", first_line=2)
    assert [(2, 12), (3, 3)] == [(item.line, item.column) for item in tree.entries["related"][1].items]
    assert [(4, 3), (6, 3)] == [(item.line, item.column) for item in tree.entries["corrections"][1].items]


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ('updated = "28/11/2026 9h"', 'write `updated = "2026-11-28 09:00"`'),
        ('slug = "Chợ Nổi"', 'write `slug = "cho-noi"`'),
        ("url = 'tin/a.html'", 'write `url = "/tin/a.html"`'),
        ('status = "pubished"', 'write `status = "published"`'),
        ("draft = true", 'write `status = "draft"`'),
        ('pin = "yes"', "write `pin = true`"),
        ('kicker = ["Nóng"]', 'write `kicker = "Nóng"`'),
    ],
)
def test_fixes_are_told_in_toml(line, fix):
    """What a message says to write is TOML where the front matter is."""
    head = f'+++\ntitle = "x"\ndate = 1950-01-01\n{line}\n+++\n\nMột.\n'
    assert [fix] == [problem.fix for problem in read_article(head)[1].found]
