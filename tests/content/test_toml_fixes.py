"""Fixes of a front matter in TOML are written as TOML."""

import re

import pytest

from builders import CONFIG, site_folder
from newsgen.build.options import BuildOptions
from newsgen.commands.check import check
from papers import NOW

HEADS = {
    'title = "A"': "add a line `date = …`",
    'title = "A"\ndate = 2022-01-01\nextra = 3': "write `[extra]` and `name = value` lines below it",
    'title = "A"\ndate = 2022-01-01\ncorrections = "x"': "write a list of `{date = …, kind = …, text = …}`",
    'title = "A"\ndate = 2022-01-01\nstatus = "chờ"': 'write `status = "draft"` or `status = "published"`',
    'title = "A"\ndate = 2022-01-01\nlang = "tiếng"': 'write `lang = "en"`',
    'title = "A"\ndate = "hôm nay"': 'or, in quotes, `"2022-07-12 07:51"`',
    'title = "A"\ndate = 2022-01-01\ntags = {a = 1}': 'write `["first", "second"]` or `"first, second"`',
    'title = "A"\ndate = 2022-01-01\ntoc = true': "move it below `[extra]`",
    'title = "A"\ndate = 2022-01-01\npin = "x"': "write `pin = true`",
    'title = "A"\ndate = 2022-01-01\ntags = ["a; b"]': 'write `tags = ["a", "b"]`',
    'title = "A"\ndate = 2022-01-01\nimage = "https://a.example/b.png"': 'write `image = {src = "…", alt = "…"}`',
    'title = "A"\ndate = 2099-01-01': 'write `status = "draft"`',
    'title = "A"\ndate = 2022-01-01\nkicker = "x: y"\nurl = "a b: c"': "write",
}


@pytest.mark.parametrize("head", HEADS, ids=range(len(HEADS)))
def test_a_fix_is_written_as_toml(tmp_path, head):
    """No name has a colon behind it, whether errors or an editor's warnings are told, also a second time."""
    site = site_folder(tmp_path, {"content/tin/a.md": f"+++\n{head}\n+++\n\nMột câu.\n"}, CONFIG)
    for _ in range(2):
        found = check(BuildOptions(site, site / "build", NOW, jobs=1)).problems
        fixes = [problem.fix for problem in found if problem.location.path == "content/tin/a.md"]
        assert any(HEADS[head] in fix for fix in fixes), fixes
        assert not any(re.search(r"`\w+: ", fix) for fix in fixes)
