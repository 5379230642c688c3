"""Templates that try to get out of their sandbox, or to be something else in each build.

`make fuzz` runs 600 of them (NEWSGEN_FUZZ is set); without it every single trick and 100 others are tried.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from builders import CONFIG, article_source, site_folder
from papers import clean_environment
from sandbox_escapes import SINGLE, probes, template_of

COUNT = 600 if "NEWSGEN_FUZZ" in os.environ else len(SINGLE) + 100
HERE = Path(__file__).parents[1] / "support"
HIDDEN = "bí mật chưa được nói"
ENDLESS = ("{% include page.template %}",)
"""Python ends it wherever it comes to its limit."""
HOSTILE = re.compile(r"0x[0-9a-f]{6}|Traceback|newsgen\.(?!yaml)[a-z]+\.|<locals>|object at|root:")


def probed(folder: Path, count: int) -> Path:
    """A site with `count` probes, a public story, one under embargo, and data."""
    files: dict[str, str | bytes] = {
        "content/kinh-te/mot.md": article_source(title="Một tin", date="2022-08-01"),
        "content/kinh-te/kin.md": article_source("embargo: 2199-01-01", title=HIDDEN, date="2022-08-01"),
        "data/menu.yaml": "- b\n- a\n- {phone: '1'}\n",
        "data/half.json": '"\\ud800"',
        "templates/x/module.html": "{% macro f() %}f{% endmacro %}",
        "templates/x/probe.html": "x",
    }
    for number, text in enumerate(probes(count)):
        files[f"templates/p/{number:04}.html"] = template_of(text.replace("OUTSIDE", str(folder / "outside")))
    return site_folder(folder / "site", files, CONFIG)


def answers(site: Path, seed: str) -> dict[str, list]:
    """What came of every probe in a process of its own."""
    environment = {**clean_environment(), "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE), "SECRET": HIDDEN}
    command = [sys.executable, str(HERE / "draw_escapes.py"), str(site)]
    found = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    return {name: rest for name, *rest in json.loads(found.stdout)}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The site, and what two processes with other hashes say of every probe."""
    site = probed(tmp_path_factory.mktemp("probes"), COUNT)
    return site, answers(site, "1"), answers(site, "2")


def test_every_probe_gives_the_same_twice_and_reaches_nothing(both):
    """A probe gives the same bytes, questions or fault in each process, and no secret, address or name of ours."""
    site, first, second = both
    texts = dict(enumerate(probes(COUNT)))
    assert COUNT + 1 == len(first)
    assert [] == [texts.get(int(n[:4])) for n in first if n != "data" and first[n] != second[n]]
    assert [] == [(texts[int(n[:4])], one) for n, one in first.items() if n != "data" and HOSTILE.search(one[1])]
    assert [] == [(n, one) for n, one in first.items() if HIDDEN in one[1] or "Tòa soạn" in one[1]]
    assert not (site.parent / "outside").exists()
    assert "True" == first["data"][1]


def test_every_fault_of_a_probe_is_at_its_line(both):
    """What is refused is told at its line of the very template, or of the one it imports, whatever the trick."""
    _, first, _ = both
    texts = dict(enumerate(probes(COUNT)))
    places = {n: one[1] for n, one in first.items() if one[0] == "fault"}
    ours = {n: f"templates/p/{n}:{'' if texts[int(n[:4])] in ENDLESS else '2:'}" for n in places}
    wrong = [(texts[int(n[:4])], said) for n, said in places.items() if not said.startswith((ours[n], "templates/x/"))]
    assert [] == wrong
