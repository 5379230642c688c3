"""Sidecars of pictures and attachments → their words, how they are shown, and until when. Problems have their places.

A sidecar counts wherever its file is shown. It is never published.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from newsgen.config.attachments import PLAIN, TableOptions
from newsgen.core.date_input import Moment, parse_moment
from newsgen.core.errors import Level, Location, Problem, Problems
from newsgen.core.filenames import find_nearest_file
from newsgen.core.messages import say
from newsgen.core.schema import Schema
from newsgen.core.text import tidy_line
from newsgen.core.yaml_recovery import read_file
from newsgen.core.yaml_tree import Mapping as MappingNode
from newsgen.core.yaml_tree import Node, Scalar, Sequence, follow, is_left_blank
from newsgen.media.examined import PictureExaminer
from newsgen.media.focus import FocusText, parse_focus
from newsgen.media.sidecar_names import name_picture
from newsgen.model.attachments import Kind, find_kind, name_kind
from newsgen.model.pictures import Sidecar


class SidecarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a picture's sidecar; None for those that it leaves out."""

    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    focus: FocusText | None = None
    licence_until: Moment | None = None
    consent: bool = True


class AttachmentSidecarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of the sidecar of any attachment; None for those that it leaves out."""

    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    licence_until: Moment | None = None
    consent: bool = True


class TableSidecarFile(TableOptions, frozen=True, forbid_unknown_fields=True):
    """The fields of a table's sidecar: those of any attachment, and how it is shown."""

    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    licence_until: Moment | None = None
    consent: bool = True

    def make_options(self) -> TableOptions:
        """How the table is shown."""
        return TableOptions(*(getattr(self, name) for name in TableOptions.__struct_fields__))


class MapSidecarFile(AttachmentSidecarFile, frozen=True, forbid_unknown_fields=True):
    """The fields of a map's sidecar."""

    highlight: tuple[str, ...] | None = None

    def make_options(self) -> TableOptions:
        """How the map is shown."""
        return TableOptions(highlight=self.highlight)


class FilmSidecarFile(AttachmentSidecarFile, frozen=True, forbid_unknown_fields=True):
    """The fields of a film's sidecar."""

    poster: str = ""


class SidecarReader:
    """Reads sidecars of a site whose moments are in `zone`; `examiner` remembers those of earlier runs."""

    def __init__(self, site: Path, zone: ZoneInfo, examiner: PictureExaminer) -> None:
        self.site, self.zone, self.examiner = site, zone, examiner
        self._schemas: dict[Kind | None, Schema[Any]] = {
            None: Schema(SidecarFile, say("the sidecar of a picture"), self._make),
            "table": Schema(TableSidecarFile, say("the sidecar of a table"), self._make),
            "map": Schema(MapSidecarFile, say("the sidecar of a map"), self._make),
            "film": Schema(FilmSidecarFile, say("the sidecar of a film"), self._make),
            "recording": Schema(AttachmentSidecarFile, say("the sidecar of a recording"), self._make),
            "document": Schema(AttachmentSidecarFile, say("the sidecar of a document"), self._make),
        }

    def read_all(self, sidecars: Iterable[str], pictures: Collection[str], problems: Problems) -> dict[str, Sidecar]:
        """The sidecars that can be read, by the sources of their pictures; `pictures` are all files of the site."""
        found: dict[str, Sidecar] = {}
        for source in sidecars:
            picture = name_picture(source)
            if picture in found:
                what = say("{source} says already what belongs to this file", source=found[picture].source)
                problems.add(Location(source), "duplicate-key", what, say("keep one of the two"))
            elif (sidecar := self._recall(source, problems)) is not None:
                found[picture] = sidecar
                if picture not in pictures:
                    problems.extend([_report_lost(sidecar, picture, pictures)])
        return {picture: sidecar for picture, sidecar in found.items() if picture in pictures}

    def _recall(self, source: str, problems: Problems) -> Sidecar | None:
        """The same as `read`; a file that is known to have no fault is not read again."""
        sidecar = self.examiner.recall_sidecar(source, self.zone.key, lambda: self.read(source, problems))
        if sidecar is None or sidecar.licence_until is None:
            return sidecar
        return replace(sidecar, licence_until=sidecar.licence_until.astimezone(self.zone))

    def read(self, source: str, problems: Problems) -> Sidecar | None:
        """One sidecar; None after adding its faults to `problems`."""
        file = read_file(self.site, source, problems)
        if file is None:
            return None
        tree = _leave_out_blank(file.tree)
        kind = find_kind(name_picture(source))
        fields: SidecarFile | AttachmentSidecarFile | TableSidecarFile | None = self._schemas[kind].read(
            tree, source, problems
        )
        if fields is None or not file.is_whole:
            return None
        return Sidecar(
            source,
            alt=tidy_line(fields.alt) if fields.alt is not None else None,
            caption=tidy_line(fields.caption) if fields.caption is not None else None,
            credit=tidy_line(fields.credit) if fields.credit is not None else None,
            focus=fields.focus.focus if isinstance(fields, SidecarFile) and fields.focus else None,
            licence_until=fields.licence_until.at if fields.licence_until else None,
            licence_place=_find_place(tree, "licence_until"),
            has_consent=fields.consent,
            consent_place=_find_place(tree, "consent"),
            options=fields.make_options() if isinstance(fields, TableSidecarFile | MapSidecarFile) else PLAIN,
            poster=fields.poster if isinstance(fields, FilmSidecarFile) else "",
            places=_list_places(tree) if kind is not None else {},
        )

    def _make(self, kind: type, value: Any) -> Any:  # noqa: ANN401 - msgspec's hook
        if kind is Moment:
            return parse_moment(value, self.zone)
        if kind is FocusText:
            return FocusText(parse_focus(value))
        raise NotImplementedError(kind)


def _find_place(tree: Node | None, name: str) -> tuple[int, int]:
    node = follow(tree, (name,))
    return (node.line, node.column) if node is not None else (1, 1)


def _list_places(tree: Node | None) -> dict[str, tuple[int, int]]:
    """Where each value stands, and each item of a list: `columns.0`."""
    found: dict[str, tuple[int, int]] = {}
    for name, (_, value) in tree.entries.items() if isinstance(tree, MappingNode) else ():
        found[name] = value.line, value.column
        for at, item in enumerate(value.items if isinstance(value, Sequence) else ()):
            found[f"{name}.{at}"] = item.line, item.column
    return found


def _leave_out_blank(tree: Node | None) -> Node | None:
    """The tree without the fields that have no value."""
    if not isinstance(tree, MappingNode):
        return None if isinstance(tree, Scalar) and is_left_blank(tree) else tree
    entries = {name: entry for name, entry in tree.entries.items() if not is_left_blank(entry[1])}
    return MappingNode(entries, tree.line, tree.column) if len(entries) < len(tree.entries) else tree


def _report_lost(sidecar: Sidecar, picture: str, pictures: Collection[str]) -> Problem:
    """The problem of a sidecar without its picture: an error where that picture must not be shown."""
    folder, _, name = picture.rpartition("/")
    beside = [file.rpartition("/")[2] for file in pictures if file.rpartition("/")[0] == folder]
    what, fix = (
        say("there is no {noun} “{name}” beside this sidecar", noun=name_kind(name), name=name),
        say("delete it"),
    )
    if (close := find_nearest_file(name, beside)) is not None:
        ending = sidecar.source.rpartition(".")[2]
        fix = say("rename it to `{name}`, or delete it", name=f"{close}.{ending}")
    level: Level = "warning" if sidecar.has_consent and sidecar.licence_until is None else "error"
    return Problem(Location(sidecar.source), "lost-sidecar", what, fix, level)


def list_barred(sidecars: Mapping[str, Sidecar], now: datetime) -> dict[str, Sidecar]:
    """The sidecars of pictures that must not be shown at `now`, by the sources of the pictures."""
    return {picture: sidecar for picture, sidecar in sidecars.items() if sidecar.is_barred(now)}
