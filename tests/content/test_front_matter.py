"""The head of an article: where it ends, and what is wrong with it."""

import pytest

from builders import article_source, site_config
from newsgen.content.front_matter import Head, split_head
from newsgen.core.errors import Problem
from story_rendering import read_article, shown


@pytest.mark.parametrize(
    ("text", "line", "body"),
    [
        ("---\ntitle: x\n---\nBody\n", 4, "Body\n"),
        ("---\ntitle: x\n---", 3, ""),
        ("---\n---\n", 3, ""),
        ("---\ntitle: |\n  a\n  ---\n---\n\n---\n", 6, "\n---\n"),
        ('+++\ntitle = "x"\n+++\nBody', 4, "Body"),
        ("--- \ntitle: x\n---\t\nBody\n", 4, "Body\n"),
        ("\n \n---\ntitle: x\n---\nBody\n", 6, "Body\n"),
        ("---\ntitle: x\n--- \nA\n\n---\n\nB\n", 4, "A\n\n---\n\nB\n"),
        ("---\n" + "# x\n" * 200_000 + "---\nBody", 200_003, "Body"),
    ],
)
def test_the_body_starts_after_the_closing_line(text, line, body):
    """The first line of the opening mark ends the head, spaces or not; later ones belong to the body."""
    head = split_head(text, "f.md")
    assert isinstance(head, Head)
    assert () == head.faults
    assert (line, body) == (head.body_line, text[head.body_at :])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1:1 empty-file"),
        (" \n", "1:1 empty-file"),
        ("Hello\n", "1:1 no-front-matter"),
        ("---\ntitle: x\n…\n—\n", "4:1 no-front-matter"),
        ("---\ntitle: x\n…\n—", "4:1 no-front-matter"),
        ("---\n- a\n---\n", "2:1 wrong-type"),
        ("---\n\njust text\n---\n", "3:1 wrong-type"),
        ("---\n" + "# x\n" * 270_000 + "---\n", "1:1 front-matter-size"),
    ],
)
def test_a_file_without_a_good_head_is_refused(text, fault):
    """What is missing is said, at its line."""
    problem = split_head(text, "f.md")
    assert isinstance(problem, Problem)
    assert fault == shown((problem,))[0]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("---\ntitle: x: y\n---\n", ["2:9 yaml-colon"]),
        ("---\na: " + "[" * 30_000 + "\n---\n", ["2:35 yaml-depth"]),
        ("---\ntitle: x\n----\nA\n\n---\n\nB\n", ["3:1 no-front-matter"]),
        ("---\ntitle: x\n", ["1:1 no-front-matter"]),
        ("\n---\ntitle: x\n\nA\n", ["2:1 no-front-matter"]),
        ("---\ntitle: x\n----\n", ["3:1 no-front-matter"]),
        ("—\ntitle: x\n—\n", ["1:1 no-front-matter", "3:1 no-front-matter"]),
        (
            "----\ntitle:x\ndate: y: z\n----\nA\n\n---\n",
            ["1:1 no-front-matter", "2:6 yaml-space", "3:8 yaml-colon", "4:1 no-front-matter"],
        ),
        ("title: x\ndate: 1: 2\n---\nA\n", ["1:1 no-front-matter", "2:8 yaml-colon"]),
        ("\nTiêu đề: x\ndate: 1\n\nA: b\n", ["2:1 no-front-matter", "2:1 no-front-matter"]),
        ("---\ntitle:x\ndate:y\n---\n", ["2:6 yaml-space", "3:5 yaml-space"]),
        ("---\ntitle: 'A's'\n date: 1\ntags: [a\n---\n", ["3:1 yaml-space", "2:11 yaml-quotes", "4:7 yaml-syntax"]),
    ],
)
def test_slips_inside_a_head_are_told_one_by_one(text, faults):
    """A head that YAML refuses is read on behind each slip."""
    head = split_head(text, "f.md")
    assert isinstance(head, Head)
    assert sorted(faults) == sorted(shown(head.faults))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("titel: x", "4:1 unknown-key"),
        ("date: 2022-01-01", "4:1 duplicate-key"),
        ("updated: hôm qua", "4:10 bad-value"),
        ("updated: 2022-08-06", "4:10 updated-before-date"),
        ("expires: 2022-02-30", "4:10 bad-value"),
        ("slug: Tin Nhanh", "4:7 bad-slug"),
        ("status: Draft", "4:9 wrong-type"),
        ("pin: yes", "4:6 bad-value"),
        ("tags: {a: b}", "4:7 bad-value"),
        ("image: [a.jpg]", "4:8 wrong-type"),
        ("image: {alt: x}", "4:8 missing-key"),
        ("image:\n  src: a.jpg\n  capton: x", "6:3 unknown-key"),
        ("extra: x", "4:8 wrong-type"),
        ("kicker: [a]", "4:9 wrong-type"),
        ("lang: x/y", "4:7 bad-value"),
        ("summary: a: b", "4:11 yaml-colon"),
        ("authors: Minh An\nauthor: Ngọc Hà", "5:9 bad-value"),
        ("<<: {slug: x}", "4:1 yaml-merge"),
        ("section: ..//x", "4:10 bad-section"),
    ],
)
def test_a_fault_stands_where_it_was_typed(line, fault):
    """Each fault of a head has the line and column of the whole file."""
    assert [fault] == shown(read_article(article_source(line))[1])


def test_every_fault_of_a_head_is_told_at_once():
    """One reading is enough to mend a head."""
    text = "---\nupdated: x\npin: y\nfoo: z\nimage: {src: [a]}\n---\n"
    expected = {"2:1 missing-key", "2:10 bad-value", "3:6 bad-value", "4:1 unknown-key", "5:14 wrong-type"}
    assert expected == set(shown(read_article(text)[1]))


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [("text", "no", "no"), ("number", "1.5", 1.5), ("boolean", "true", True), ("list", "a, b", ["a", "b"])],
)
def test_declared_fields_are_typed(kind, typed, value):
    """A field of newsgen.yaml is read like a built-in one and comes in `extra`."""
    manuscript, _ = read_article(
        article_source(f"own: {typed}", "extra: {a: 1}"), config=site_config(f"fields: {{own: {kind}}}")
    )
    assert manuscript is not None
    assert {"a": 1, "own": value} == manuscript.extra


@pytest.mark.parametrize(
    ("kind", "typed"), [("number", "x"), ("boolean", "yes"), ("date", "x"), ("list", "{a: b}"), ("text", "[a]")]
)
def test_a_declared_field_of_another_type_is_a_fault(kind, typed):
    """A declared field keeps its word."""
    config = site_config(f"fields: {{own: {kind}}}")
    assert ["4:6 bad-value"] == shown(read_article(article_source(f"own: {typed}"), config=config)[1])


@pytest.mark.parametrize("typed", ["9223372036854775808", "-99999999999999999999", "1e999"])
def test_a_number_that_cannot_be_remembered_is_a_fault(typed):
    """What is remembered between runs are integers of 64 bits and finite numbers; others are refused, not a crash."""
    config = site_config("fields: {own: number}")
    assert ["4:6 bad-value"] == shown(read_article(article_source(f"own: {typed}"), config=config)[1])
