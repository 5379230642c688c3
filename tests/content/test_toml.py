"""TOML front matter gives what the same YAML gives."""

import pytest
from bench import good_article, read_article, shown
from hypothesis import given
from hypothesis import strategies as st

from builders import article_source
from newsgen.content.toml import parse
from newsgen.yamltree import MAX_DEPTH, YamlFault

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
        ('title = "x"\ntitle = "y"', "3:12 toml-syntax"),
        ('title = "x"\ndate = "hôm qua"', "3:8 bad-value"),
        ('title = "x"\ndate = 2022-01-01\nfoo = 1', "4:1 unknown-key"),
        ('title = "x"\ndate = 2022-01-01\n[image]\nsrc = "a"\ncapton = "b"', "6:1 unknown-key"),
        ("a = " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "2:5 yaml-depth"),
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
