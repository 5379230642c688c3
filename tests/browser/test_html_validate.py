"""html-validate's rules for documents, on every page of three papers."""

import json
import subprocess
from pathlib import Path

import pytest

PRESETS = ["html-validate:recommended", "html-validate:document", "html-validate:a11y"]
RULES = {
    # How letters are written that mean the same is not checked: the standard itself writes the doctype in lower case,
    # and what reads the bodies of stories gives `disabled=""` and `download=""`.
    "doctype-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    # Scripts and styles are the paper's own, from its own host; whoever changes them there can change the page too.
    "require-sri": ["error", {"target": "crossorigin"}],
    # A headline is as long as its editor makes it.
    "long-title": "off",
    # HTML forbids spaces in ids and nothing else; notes are `fn:1` in every Markdown engine.
    "valid-id": ["error", {"relaxed": True}],
    # A list may be named (ARIA 1.2), such as that of a story's topics.
    "aria-label-misuse": ["error", {"allowAnyNamable": True}],
}


@pytest.fixture(scope="module")
def command(node, tool, tmp_path_factory) -> list[str]:
    """The command that gives the faults of files in JSON."""
    config = tmp_path_factory.mktemp("rules") / "rules.json"
    config.write_text(json.dumps({"root": True, "extends": PRESETS, "rules": RULES}), "utf-8")
    return [node, tool("html-validate/bin/html-validate.mjs"), "--config", str(config), "--formatter", "json"]


def check(command: list[str], files: list[Path]) -> list[str]:
    """What html-validate finds, one a line."""
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return [
        f"{found['filePath']}:{m['line']}: {m['ruleId']}: {m['message']}"
        for found in json.loads(done.stdout)
        for m in found["messages"]
    ]


def test_every_page(command, paper, started, everything):
    """Every whole page is without a fault."""
    assert [] == check(command, [file for one in (paper, started, everything) for file in one.files()])


def test_the_checker_sees(command, tmp_path):
    """A box without a name is noticed."""
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="vi"><title>a</title><input type="checkbox"></html>', "utf-8")
    assert any("input-missing-label" in line for line in check(command, [page]))
