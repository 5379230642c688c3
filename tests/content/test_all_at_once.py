"""One look at a file tells all that is wrong with it."""

import json

import pytest
from click.testing import CliRunner

from builders import article_source, config_source, site_folder
from newsgen.cli import main

SEVEN = """---
title: Cầu mới: ba nhịp
date: 28/11/2026 8:00
kiker: Nóng
slug: Có Dấu
tags: [cầu, đường
---

Xem [tin kia](khong-co.md) và ![ảnh](khong-co.png).
"""


def test_a_file_with_seven_faults_tells_seven(tmp_path):
    """Slips of YAML, wrong fields and dead links of one file are told together, each at its place."""
    files = {"content/tin/a.md": SEVEN, "content/tin/b.md": article_source(title="Khác")}
    site = site_folder(tmp_path, files)
    done = CliRunner().invoke(main, ["--site", str(site), "check", "--json"], catch_exceptions=False)
    told = [one for one in json.loads(done.stdout)["problems"] if one["level"] == "error"]
    assert [
        (2, 15, "yaml-colon"),
        (3, 7, "bad-value"),
        (4, 1, "unknown-key"),
        (5, 7, "bad-slug"),
        (6, 7, "yaml-syntax"),
        (9, 15, "dead-link"),
        (9, 38, "missing-image"),
    ] == [(one["location"]["line"], one["location"]["column"], one["rule"]) for one in told]


def test_pictures_and_related_stories_of_a_wrong_head_are_told(tmp_path):
    """A picture or a related story that is not there is told beside other errors; of a draft only the picture."""
    lines = ["kiker: Nóng", "image: {src: khong-co.png, crops: [la.png]}", "related: [tin/khong-co.md, tin/b.md]"]
    files = {
        "content/tin/a.md": article_source(*lines),
        "content/tin/b.md": article_source(title="Khác"),
        "content/tin/c.md": article_source(*lines, "status: draft", title="Nháp"),
        "content/pages/d.md": "---\ntitel: D\nimage: khong-co.png\n---\n\nD.\n",
        "content/tin/toml.md": '+++\ntitle = "T"\ndate = 2022-08-07\nkiker = "x"\nimage = "y.png"\n+++\n\nT.\n',
    }
    site = site_folder(tmp_path, files)
    pictures = [(4, 1, "unknown-key"), (5, 14, "missing-image"), (5, 36, "missing-image")]
    assert [*pictures, (6, 11, "missing-related")] == [one[:3] for one in told(site, "content/tin/a.md")]
    assert pictures == [one[:3] for one in told(site, "content/tin/c.md")]
    assert (3, 8, "missing-image") in [one[:3] for one in told(site, "content/pages/d.md")]
    assert [(4, "unknown-key"), (5, "missing-image")] == [
        (line, rule) for line, _, rule, _ in told(site, "content/tin/toml.md")
    ]


def told(site, *names):
    """The errors that `newsgen check` tells of files, each as its line, column, rule and text."""
    done = CliRunner().invoke(main, ["--site", str(site), "check", "--json"], catch_exceptions=False)
    found = [one for one in json.loads(done.stdout)["problems"] if one["location"]["path"] in names]
    return [(one["location"]["line"], one["location"]["column"], one["rule"], one["what"]) for one in found]


def test_each_item_of_a_list_is_told_at_its_place(tmp_path):
    """Items that are no texts, in lists of every field that has them."""
    lines = ["tags:", "- cầu", "- [a]", "- {b: c, d: e}", "image: {src: a.png, crops: [[x], y, [z]]}", "noi: [[a], b]"]
    config = config_source("taxonomies: {noi: {}}")
    site = site_folder(tmp_path, {"content/tin/a.md": article_source(*lines)}, config)
    expected = [
        (6, 3, "bad-value", "`tags` must be a list of texts"),
        (7, 3, "bad-value", "`tags` must be a list of texts"),
        (8, 14, "missing-image", "there is no picture “a.png”"),
        (8, 29, "bad-value", "`crops` must be a list of texts"),
        (8, 37, "bad-value", "`crops` must be a list of texts"),
        (9, 7, "bad-value", "`noi` must be a list of texts"),
    ]
    assert expected == told(site, "content/tin/a.md")


def test_a_data_file_tells_all_that_is_wrong_with_it(tmp_path):
    """Authors, the line of breaking news and tables: a wrong type hides no other fault, and each has its place."""
    files = {
        "content/tin/a.md": article_source(),
        "data/authors/minh-an.yaml": "name: ' '\nrole: [x]\nsame_as: [https://a.example, x, y]\nphoto: /khong-co.png\n",
        "data/breaking.yaml": "text: Nước lên\nurl: x\nstart: hôm nay\n",
        "data/bang.csv": "a,b\n1,2\n1\n1,2,3\n",
    }
    site = site_folder(tmp_path, files)
    assert [
        (1, 7, "wrong-type", "`name` must be text that is not empty, not “ ”"),
        (2, 7, "wrong-type", "`role` must be text"),
        (3, 30, "bad-value", "`same_as` is not a web address: “x”"),
        (3, 33, "bad-value", "`same_as` is not a web address: “y”"),
        (4, 8, "missing-image", "there is no picture “/khong-co.png”"),
    ] == told(site, "data/authors/minh-an.yaml")
    assert [(2, "bad-value"), (3, "bad-value")] == [(one[0], one[2]) for one in told(site, "data/breaking.yaml")]
    assert [(3, "csv-row"), (4, "csv-row")] == [(one[0], one[2]) for one in told(site, "data/bang.csv")]


def test_settings_and_data_tell_every_slip_of_yaml(tmp_path):
    """A slip hides neither the next one nor a wrong value, in newsgen.yaml and in each kind of data file."""
    settings = (
        "title: Báo: Lạc Giang\nurl: https://a.example\nlanguage: tiếng\ndescription:\xa0Tin\nsections: {tin: [}\n"
    )
    files = {
        "content/tin/a.md": article_source(),
        "data/authors/an.yaml": "name: An: ba\nrole: @x\nsame_as: [y]\nbiography: z\n",
        "data/gia.yaml": "gạo: 5: 6\nvải: [1\nnhãn: %\n",
        "data/ds.yaml": "- một: hai: ba\n- http://a.example/b\n- %\n",
    }
    site = site_folder(tmp_path, files, settings)
    expected = [(1, "yaml-colon"), (3, "bad-setting"), (4, "yaml-space"), (5, "yaml-syntax")]
    assert expected[:1] + expected[2:] == [(one[0], one[2]) for one in told(site, "newsgen.yaml")]
    assert expected[:3] == [
        (one[0], one[2]) for one in told(site_folder(site, {}, settings.replace("[}", "{}}")), "newsgen.yaml")
    ]
    site_folder(site, {})
    assert [(1, "yaml-colon"), (2, "yaml-quotes"), (3, "bad-value"), (4, "unknown-key")] == [
        (one[0], one[2]) for one in told(site, "data/authors/an.yaml")
    ]
    assert [(1, "yaml-colon"), (2, "yaml-syntax"), (3, "yaml-quotes")] == [
        (one[0], one[2]) for one in told(site, "data/gia.yaml")
    ]
    assert [(1, "yaml-colon"), (3, "yaml-quotes")] == [(one[0], one[2]) for one in told(site, "data/ds.yaml")]


def test_a_section_with_a_fault_hides_no_fault_of_another(tmp_path):
    """Entries of a mapping and items of a list in newsgen.yaml are judged each by itself."""
    settings = [
        "sections: {tin: {titel: Tin}, Xã: {}, kinh-te: {path: A B}}",
        "taxonomies: {noi: {feeds: x, terms: {a: {parent: Đ}}}}",
        "languages: {en: {taxonomies: {noi: {}}, page_permalink: x, path: 5 6}}",
        "robots: {disallow: [x, /y/, z], crawlers: {GPTBot: no}}",
    ]
    site = site_folder(tmp_path, {"content/tin/a.md": article_source()}, config_source(*settings))
    found = [(line, column, rule) for line, column, rule, _ in told(site, "newsgen.yaml")]
    assert [
        (3, 18, "unknown-key"),
        (3, 31, "bad-setting"),
        (3, 55, "bad-setting"),
        (4, 27, "wrong-type"),
        (4, 50, "bad-setting"),
    ] == [one for one in found if one[0] < 5]
    assert [(5, 57), (5, 57), (5, 57), (5, 66)] == [one[:2] for one in found if one[0] == 5]
    assert [(6, 21), (6, 29), (6, 52)] == [one[:2] for one in found if one[0] == 6]


FAULTY = """
![Ảnh] (cho.jpg) và [tin](khong-co.md).

**Đậm **chữ. Xem [chỗ](#khong-co).

![](khong-co.png)
"""
SLIPS = [
    (6, 1, "unread-markdown"),
    (6, 27, "dead-link"),
    (8, 1, "unread-markdown"),
    (8, 24, "dead-anchor"),
    (10, 5, "missing-alt"),
    (10, 5, "missing-caption"),
    (10, 5, "missing-credit"),
    (10, 5, "missing-image"),
]


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_a_body_with_an_error_tells_its_slips(tmp_path, engine):
    """Warnings of a text are told beside its errors, also a second time, and of one whose front matter is wrong."""
    files = {
        "content/tin/a.md": article_source(body=FAULTY),
        "content/tin/b.md": article_source(title="Khác"),
        "content/tin/c.md": article_source("kiker: Nóng", title="Lạ", body=FAULTY),
        "content/tin/nhap.md": article_source("kiker: Nóng", "status: draft", title="Nháp", body="**Đậm **chữ."),
        "content/tin/anh.md": article_source(title="Ảnh", body="![x](khong-co.png)"),
    }
    site = site_folder(tmp_path, files, config_source(f"markdown: {{engine: {engine}}}"))
    for _ in range(2):
        assert SLIPS == [one[:3] for one in told(site, "content/tin/a.md")]
        broken = [(line - 1, column, rule) for line, column, rule, _ in told(site, "content/tin/c.md")]
        assert [(3, 1, "unknown-key"), *SLIPS] == broken
        assert ["unknown-key"] == [one[2] for one in told(site, "content/tin/nhap.md")]
        rules = {one[2] for one in told(site, "content/tin/anh.md")}
        assert {"missing-image", "missing-caption", "missing-credit"} == rules
