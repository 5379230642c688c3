"""Anchors of a body, unique on the page; its headings, none above the second level; and the list of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.engine import make_heading_id
from newsgen.body.nodes import get_classes, rename, replace_html
from newsgen.body.source_positions import Mentions
from newsgen.core.errors import Problem
from newsgen.core.messages import say
from newsgen.core.text import squeeze
from newsgen.model.stories import Heading

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTENTS = "[TOC]"
"""Alone in a paragraph it stands for the list of the headings."""


_BOXED = f":is(aside, blockquote, figure, article) :is({', '.join(HEADINGS)})"
"""Headings of what is no part of the text itself: boxes, quotations, captions, entries of a live report."""

THEME_IDS = frozenset(
    {"intro-title", "latest-title", "main", "most-read-title", "related-title", "search-words", "top", "top-title"}
)
"""The ids of the theme's own templates, which no place of a text can have; so are `block-1` and `year-2024`."""

_NUMBERED = re.compile(r"(?:block|year)-\d+")


def is_theme_id(anchor: str) -> bool:
    """Whether an element of the theme has or may have this id."""
    return anchor in THEME_IDS or _NUMBERED.fullmatch(anchor) is not None


@dataclass(slots=True)
class Anchors:
    """The anchors of a body: its headings, and every place that has a name.

    `renamed` says what became of a name that could not be kept, `twice` are names that were given again, each with the
    one that its place got. `is_partial` says that components of the text may add others.
    """

    headings: tuple[Heading, ...] = ()
    taken: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    repeated: list[tuple[str, str]] = field(default_factory=list)
    is_partial: bool = False

    def claim(self, anchor: str) -> str:
        """The anchor, with the lowest number that sets it apart from others and from the theme's."""
        number, unique = 0, anchor
        while unique in self.taken or is_theme_id(unique):
            number += 1
            unique = f"{anchor}_{number}"
        self.taken.add(unique)
        return unique

    def resolve(self, target: str) -> str | None:
        """The present name of the place that a link calls `target`; None where there is no such place."""
        name = unquote(target)
        for typed in (target, name):
            if typed in self.renamed:
                return self.renamed[typed]
        is_there = target in self.taken or name in self.taken or is_theme_id(name)
        return target if is_there or not target or target.startswith(":~:") else None


def set_anchors(tree: LexborHTMLParser) -> Anchors:
    """Give every heading an anchor: names that were typed first, wherever they stand, then those made of its text.

    The title is the page's h1, so an h1 becomes an h2.
    """
    anchors = Anchors()
    for node in tree.css("[id]"):
        typed = node.attrs.get("id") or ""
        if not (name := "-".join(typed.split())):
            del node.attrs["id"]
            continue
        is_taken = name in anchors.taken
        node.attrs["id"] = anchor = anchors.claim(name)
        if is_taken:
            anchors.repeated.append((typed, anchor))
        elif anchor != typed:
            anchors.renamed[typed] = anchor
    typed_names = frozenset(anchors.taken)
    found = []
    for node in tree.css(", ".join(HEADINGS)):
        text = squeeze(_get_words(node))
        anchor = node.attrs.get("id") or ""
        if not anchor:
            made = make_heading_id(text)
            node.attrs["id"] = anchor = anchors.claim(made)
            if anchor != made and made not in typed_names and is_theme_id(made):
                anchors.renamed.setdefault(made, anchor)
        found.append(Heading(max(2, int((node.tag or "h2")[1])), anchor, text))
        if node.tag == "h1":
            rename(node, "h2")
    anchors.headings = tuple(found)
    return anchors


def lead_links(tree: LexborHTMLParser, anchors: Anchors) -> Iterator[str]:
    """Change links inside a body to the present names of places; gives the targets that lead nowhere."""
    for link in tree.css('a[href^="#"]'):
        target = (link.attrs.get("href") or "")[1:]
        if (now := anchors.resolve(target)) is None:
            yield f"#{target}"
        elif now != target:
            link.attrs["href"] = f"#{now}"


def find_repeated_anchors(anchors: Anchors, mentions: Mentions) -> Iterator[Problem]:
    """A warning for each name that was typed twice, at the second place."""
    for typed, anchor in anchors.repeated:
        number = mentions.count(f"id {typed}") + 1
        pattern = re.compile(
            rf"""(?:\{{[^{{}}\n]*?\#|\b(?:id|name)\s*=\s*["']?)({re.escape(typed)})(?![^\s"'{{}}>.#])""", re.IGNORECASE
        )
        found = list(islice(pattern.finditer(mentions.text), number))
        what = say("the anchor “{name}” is given twice in this story: links lead to the first", name=typed)
        fix = say("write `{name}`", name=anchor)
        if len(found) < number:
            yield Problem(mentions.beginning, "duplicate-anchor", what, fix, "warning")
            continue
        edit = mentions.make_edit(*found[-1].span(1), anchor)
        yield Problem(mentions.locate_index(found[-1].start(1)), "duplicate-anchor", what, fix, "warning", (edit,))


def _get_words(heading: LexborNode) -> str:
    """The words of a heading without the numbers of its notes."""
    if heading.css_first("a.footnote-ref") is None:
        return heading.text()
    texts = (node for node in heading.traverse(include_text=True) if node.tag == "-text")
    return "".join(node.text() for node in texts if node.parent and "footnote-ref" not in get_classes(node.parent))


def list_headings(tree: LexborHTMLParser, headings: Sequence[Heading]) -> None:
    """Put the list of the headings into the place of each paragraph that asks for it, without those of boxes."""
    boxed = {node.attrs.get("id") for node in tree.css(_BOXED)}
    headings = [one for one in headings if one.id not in boxed]
    for paragraph in tree.css("p"):
        if paragraph.text(strip=True) == CONTENTS and not paragraph.css("p > *"):
            replace_html(paragraph, f'<div class="toc">{"".join(_write_items(headings))}</div>')


def _write_items(headings: Sequence[Heading]) -> Iterator[str]:
    """The HTML of nested lists; a level that nobody uses makes none."""
    levels: list[int] = []
    for heading in headings:
        while len(levels) > 1 and levels[-2] >= heading.level:
            levels.pop()
            yield "</li></ul>"
        if levels and levels[-1] >= heading.level:
            levels[-1] = heading.level
            yield "</li>"
        else:
            levels.append(heading.level)
            yield "<ul>"
        yield f'<li><a href="#{escape(heading.id)}">{escape(heading.text)}</a>'
    yield "</li></ul>" * len(levels)
