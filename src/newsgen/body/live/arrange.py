"""Passes over the text of a live story: the newest entry stands first, key points and pinned entries above all."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.context import BodyContext
from newsgen.body.live.entries import ENTRY
from newsgen.body.nodes import replace_html
from newsgen.core.digests import digest_of
from newsgen.core.errors import Location
from newsgen.core.messages import say
from newsgen.core.text import shorten, squeeze
from newsgen.model.live import BATCH, LiveEntry, tell_version, tell_versions

POINT = 90
"""Characters of a key point that has no title."""

_FOUND = f"article.{ENTRY}"
_ENDS = re.compile(r"</(?:p|li|dt|dd|h[2-6]|t[dh]|caption|figcaption|summary|div|button)>|<br>")
_POINTS = MappingProxyType({"vi": "Điểm chính", "en": "Key points"})


class _Placed(NamedTuple):
    """An entry where it stands in the text: `order` sorts those of one moment, the oldest first."""

    at: datetime
    order: int
    node: LexborNode


def name_entries(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Number the entries from the oldest, and give each its anchor: what its editor typed, or its time."""
    if not _has_entries(body) or not (nodes := tree.css(_FOUND)) or _report_inner(nodes, body):
        return
    entries = _sort(nodes)
    taken = {entry.node.attrs.get("id") for entry in entries}
    for number, entry in enumerate(entries, 1):
        attributes = entry.node.attrs
        attributes["data-number"] = str(number)
        attributes["id"] = name = attributes.get("id") or _choose_name(attributes["data-name"] or "", taken)
        taken.add(name)
        if (link := entry.node.css_first("a.live-time")) is not None:
            link.attrs["href"] = f"#{name}"
        for mark in ("data-name", "data-line"):
            del attributes[mark]


def arrange_entries(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Bring all entries to the place of the first one, newest first; pinned entries and key points stand above.

    They are kept as they are shown, for the files from which pages get new ones.
    """
    if not _has_entries(body) or not (nodes := tree.css(f"{_FOUND}[data-number]")):
        return
    body.entries = tuple(sorted(map(_read_entry, nodes), key=lambda entry: entry.number))
    newest = body.entries[::-1]
    points = _write_points([entry for entry in newest if entry.is_key], body.site.language)
    html = "".join(entry.html for entry in sorted(newest, key=lambda entry: not entry.is_pinned))
    versions = tell_versions(body.entries)
    marks = f'data-version="{tell_version(versions)}" data-versions="{" ".join(versions)}" data-batch="{BATCH}"'
    for node in nodes[1:]:
        node.decompose()
    replace_html(nodes[0], f'<div class="live">{points}<div class="live-entries" {marks}>{html}</div></div>')


def _has_entries(body: BodyContext) -> bool:
    return f'class="{ENTRY}"' in body.html


def _report_inner(nodes: Sequence[LexborNode], body: BodyContext) -> bool:
    """Whether an entry stands inside something else, which is told."""
    inner = [node for node in nodes if node.parent is not None]
    for node in inner:
        what = say("an entry of a live report stands inside something else")
        place = Location(body.source, int(node.attrs.get("data-line") or body.first_line))
        body.problems.add(place, "bad-block", what, say("end what is around it in a line before it"))
    return bool(inner)


def _sort(nodes: Sequence[LexborNode]) -> list[_Placed]:
    """The entries, oldest first. Of one moment those are older that stand further from where new ones are written."""
    times = [datetime.fromisoformat(node.attrs["data-at"] or "") for node in nodes]
    step = -1 if times[0] > times[-1] else 1
    placed = [_Placed(at, step * number, node) for number, (at, node) in enumerate(zip(times, nodes, strict=True))]
    return sorted(placed, key=lambda entry: entry[:2])


def _choose_name(plain: str, taken: Collection[str | None]) -> str:
    """The anchor of an entry without one: its time, with a number behind it where another has that."""
    name, number = plain, 1
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    return name


def _write_points(points: Sequence[LiveEntry], language: str) -> str:
    """The list of the key points; empty and hidden where no entry is one."""
    items = "".join(_write_point(entry) for entry in points)
    words = _POINTS.get(language.partition("-")[0], _POINTS["en"])
    return f'<div class="live-points"{"" if items else " hidden"}><p>{words}</p><ul>{items}</ul></div>'


def _write_point(entry: LiveEntry) -> str:
    words = escape(entry.title or shorten(entry.text, POINT))
    clock = escape(entry.clock)
    time = f'<time datetime="{entry.at}">{clock}</time>'
    return f'<li>{time} <a href="#{escape(entry.id)}">{words}</a></li>'


def _read_entry(node: LexborNode) -> LiveEntry:
    """An entry as it is shown, with a digest of that for a version."""
    attributes, time = node.attrs, node.css_first("time")
    number = attributes["data-number"] or ""
    del attributes["data-number"]  # the place of an entry is no part of it
    name, title, text = attributes["id"] or "", _find_title(node), _find_text(node)
    attributes["data-title"] = title or shorten(text, POINT)
    attributes["data-version"] = digest_of(node.html or "")[:12]
    attributes["data-number"] = number
    return LiveEntry(
        number=int(number),
        id=name,
        at=attributes["data-at"] or "",
        clock=time.text() if time is not None else "",
        version=attributes["data-version"] or "",
        title=title,
        html=node.html or "",
        text=text,
        is_pinned="data-pinned" in attributes,
        is_key="data-key" in attributes,
    )


def _find_title(node: LexborNode) -> str:
    title = node.css_first(".live-title")
    return squeeze(title.text()) if title is not None else ""


def _find_text(node: LexborNode) -> str:
    """What stands in an entry below its title; the cells of tables and other blocks are apart."""
    html = " ".join(child.html or "" for child in node.iter() if not _is_head(child))
    return squeeze(LexborHTMLParser(_ENDS.sub(r"\g<0> ", html), is_fragment=True).text() or "")


def _is_head(node: LexborNode) -> bool:
    return (node.attrs.get("class") or "") in ("live-stamp", "live-title")


def remove_marks(tree: LexborHTMLParser) -> None:
    """Remove from entries what only the script of their page reads."""
    for node in tree.css(f"{_FOUND}, .live-entries"):
        for name in [name for name in node.attrs if name.startswith("data-")]:
            del node.attrs[name]
