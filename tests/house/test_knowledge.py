"""What stands once: a name or a table that a second module writes again would part from the first one day."""

import ast
import re

import pytest

from source_modules import Module, module, modules

KNOWLEDGE = {
    "core/site_files": re.compile(r"newsgen\.yaml|urls\.lock|\.newsgen|data/front\.yaml|(.*/)?breaking\.yaml"),
    "core/media_types": re.compile(r"(audio|font|image|video)/[a-z0-9.+-]+|application/(rss|atom|feed)\+(xml|json)"),
}
"""The module that knows something, and the texts by which it is known that another one knows it too."""


def repeated(one: Module) -> list[str]:
    """The lines of a module that write down what another one knows."""
    texts = [node for node in ast.walk(one.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [
        f"{one.file}:{node.lineno}: “{node.value}” stands in {owner}"
        for owner, known in KNOWLEDGE.items()
        if owner != one.name
        for node in texts
        if known.fullmatch(node.value)
    ]


def test_names_of_files_and_media_types_stand_once():
    """The files of a site are named in core/site_files.py, and media types in core/media_types.py."""
    faults = [fault for one in modules() for fault in repeated(one)]
    assert [] == faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('PLACE = "newsgen.yaml"', "“newsgen.yaml” stands in core/site_files"),
        ('x = f"data{prefix}/breaking.yaml"', "“/breaking.yaml” stands in core/site_files"),
        ('KIND = {"png": "image/png"}', "“image/png” stands in core/media_types"),
    ],
)
def test_a_repeated_text_is_found_with_its_line(text, found):
    """Such a text is told as file:line."""
    assert [f"src/newsgen/site/x.py:1: {found}"] == repeated(module("site/x", text))
