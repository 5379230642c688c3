"""One look at a file tells all that is wrong with it."""

import json

from click.testing import CliRunner

from builders import article_source, site_folder
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
