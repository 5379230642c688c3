"""data/front.yaml and data/breaking.yaml: what editors put on the front page and over every page."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from newsgen.core import yaml_tree as yamltree
from newsgen.core.date_input import Moment, parse_moment
from newsgen.core.decoding import decode
from newsgen.core.errors import Location, Problems
from newsgen.core.messages import say
from newsgen.core.opening import read_inside
from newsgen.core.schema import Schema
from newsgen.core.site_files import FRONT
from newsgen.core.text import squeeze
from newsgen.core.yaml_tree import Mapping, Node, Scalar, Sequence
from newsgen.model.manuscripts import Reference
from newsgen.model.stories import Banner


class FrontFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of data/front.yaml."""

    picks: tuple[str, ...] = ()


class BreakingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of data/breaking.yaml."""

    text: str = ""
    url: str = ""
    start: Moment | None = None
    end: Moment | None = None


def read_picks(site: Path, data: tuple[str, ...], problems: Problems) -> tuple[Reference, ...]:
    """The stories that editors chose for the front page, as paths or slugs in their order."""
    tree = _read_tree(site, data, FRONT, problems)
    if tree is None or Schema(FrontFile, say("the front page's file")).read(tree, FRONT, problems) is None:
        return ()
    node = tree.entries["picks"][1] if "picks" in tree.entries else None
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(Reference(squeeze(i.text), i.line, i.column) for i in items if isinstance(i, Scalar) and i.text)


def read_banner(site: Path, data: tuple[str, ...], zone: ZoneInfo, problems: Problems, source: str) -> Banner | None:
    """The banner over every page, whether it is shown now or not; None where the file `source` has no text."""

    def make(kind: type, value: Any) -> Any:  # noqa: ANN401 - msgspec's hook
        if kind is Moment:
            return parse_moment(value, zone)
        raise NotImplementedError(kind)

    tree = _read_tree(site, data, source, problems)
    if tree is None:
        return None
    schema = Schema(BreakingFile, say("the banner's file"), make)
    whole = schema.read(tree, source, problems)
    fields = whole or BreakingFile(**schema.sound_fields(tree))
    if whole is not None and not squeeze(fields.text):
        return None
    url = fields.url.strip()
    start, end = (moment.at if moment else None for moment in (fields.start, fields.end))
    if url and (not url.startswith(("https://", "http://", "/")) or url.startswith("//")):
        what = say("`url` is not an address: “{url}”", url=url)
        problems.add(_locate(tree, "url", source), "bad-value", what, say("write `/path` or `https://…`"))
    if start and end and end <= start:
        what, fix = say("`end` is not after `start`"), say("correct one of the two")
        problems.add(_locate(tree, "end", source), "bad-value", what, fix)
    return Banner(squeeze(fields.text), url, start, end) if whole is not None else None


def locate_banner_url(site: Path, source: str) -> Location:
    """Where the `url` of a banner stands in its file, for problems that are found after reading."""
    tree = _read_tree(site, (source,), source, Problems())
    return _locate(tree, "url", source) if tree is not None and "url" in tree.entries else Location(source)


def _locate(tree: Mapping, name: str, source: str) -> Location:
    node = tree.entries[name][1]
    return Location(source, node.line, node.column)


def _read_tree(site: Path, data: tuple[str, ...], source: str, problems: Problems) -> Mapping | None:
    """The mapping in a file; None where the file is missing or empty. `read_data` reports invalid YAML."""
    if source not in data:
        return None
    text = decode(read_inside(site, site / source), source)
    try:
        tree: Node | None = yamltree.parse(text, source) if isinstance(text, str) else None
    except yamltree.YamlFault:
        return None
    if tree is None or (isinstance(tree, Scalar) and not tree.text):
        return None
    if not isinstance(tree, Mapping):
        what, fix = say("the file must be a mapping"), say("write `name: value`")
        problems.add(Location(source), "wrong-type", what, fix)
        return None
    return tree
