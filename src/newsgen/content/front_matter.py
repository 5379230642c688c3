"""The front matter of an article → typed fields. Every problem has its line and column."""

from collections.abc import Collection
from copy import copy
from dataclasses import replace
from math import isfinite
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import fields

from newsgen.config.defaults import merge_defaults
from newsgen.content.fences import (
    Ends,
    find_almost_closed,
    find_almost_ends,
    find_ends,
    report_almost_closed,
    report_missing,
)
from newsgen.content.fields import CorrectionForm, LiveForm, Pin, SeriesForm, read_pin
from newsgen.content.foreign_keys import mend_name
from newsgen.content.sources import FRONT_MATTER_BYTES
from newsgen.content.text_lists import CropList, TextList, list_items, read_crops, read_text_list
from newsgen.core import yaml_tree as yamltree
from newsgen.core.date_input import Moment, parse_moment
from newsgen.core.errors import Edit, Location, Problem, Problems
from newsgen.core.messages import say
from newsgen.core.schema import Filled, Fix, Schema, get_refusals, replace_value, write_entry
from newsgen.core.site_files import SETTINGS
from newsgen.core.yaml_recovery import read_all
from newsgen.core.yaml_tree import Mapping, Node, Scalar
from newsgen.media.focus import FocusText, parse_focus
from newsgen.model.episodes import EpisodeKind

KINDS = {
    "text": say("a text"),
    "number": say("a number"),
    "boolean": say("a boolean"),
    "date": say("a date"),
    "list": say("a list"),
}
"""What messages call a value of each type that `fields:` of newsgen.yaml may have."""


Weight = Annotated[int, msgspec.Meta(ge=-1_000_000_000, le=1_000_000_000)]


EpisodeNumber = Annotated[int, msgspec.Meta(ge=1, le=99_999)]


class ImageForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`image` in its long form."""

    src: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    focus: FocusText | None = None
    crops: CropList | None = None


class PodcastForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`podcast` in its long form."""

    file: Filled
    season: EpisodeNumber | None = None
    episode: EpisodeNumber | None = None
    type: EpisodeKind = "full"
    explicit: bool | None = None
    transcript: str = ""
    chapters: str = ""


class SharedFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of an article that `defaults` of newsgen.yaml may give to many."""

    expires: Moment | None = None
    kicker: str = ""
    section: str = ""
    also_in: TextList | None = None
    lang: str = ""
    author: TextList | None = None
    authors: TextList | None = None
    tags: TextList | None = None
    related: TextList | None = None
    image: str | ImageForm = ""
    status: Literal["draft", "published", "withdrawn"] = "published"
    embargo: Moment | None = None
    replace: Literal["gone", "notice", "unlist"] | None = None
    notice: str = ""
    pin: Pin | None = None
    sponsor: str = ""
    series: Filled | SeriesForm | None = None
    extra: dict[str, Any] = {}


class FrontMatter(SharedFields, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fields of an article's head: those that it may share with others, and its own."""

    title: str
    date: Moment
    updated: Moment | None = None
    slug: str = ""
    url: str = ""
    weight: Weight | None = None
    summary: str = ""
    translation_of: str = ""
    guid: str = ""
    corrections: tuple[CorrectionForm, ...] = ()
    podcast: str | PodcastForm = ""
    aliases: TextList | None = None
    live: bool | LiveForm = False


class PageFrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a page of content/pages/."""

    title: str
    slug: str = ""
    url: str = ""
    weight: Weight | None = None
    summary: str = ""
    lang: str = ""
    translation_of: str = ""
    image: str | ImageForm = ""
    status: Literal["draft", "published"] = "published"
    aliases: TextList | None = None
    extra: dict[str, Any] = {}


class IntroFrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of an `_index.md`; its `date`, which other programs write, says nothing."""

    title: str = ""
    date: Moment | None = None
    weight: Weight | None = None
    summary: str = ""
    image: str | ImageForm = ""
    status: Literal["draft", "published"] = "published"
    aliases: TextList | None = None
    extra: dict[str, Any] = {}


NAMES = frozenset(field.name for field in fields(FrontMatter))
"""The fields of an article."""

OWN = NAMES - {field.name for field in fields(SharedFields)}
"""The fields that only the story itself can give, never `defaults`."""


class Head:
    """Parsed front matter, and where the body starts in the file: its line, and its index in the text.

    `is_yaml` tells it from TOML. `faults` are what is wrong with it as YAML or TOML: the tree has what could be read.
    `given` are the fields of the tree that newsgen.yaml gave.
    """

    __slots__ = ("body_at", "body_line", "faults", "given", "is_yaml", "tree")

    def __init__(self, tree: Mapping, ends: "Ends", faults: tuple[Problem, ...] = ()) -> None:
        self.tree, self.body_line, self.body_at = tree, ends.body_line, ends.body_at
        self.is_yaml, self.faults = ends.fence == "---", faults
        self.given: frozenset[str] = frozenset()

    def with_defaults(self, fields: Mapping) -> "Head":
        """A copy with these fields where it does not have them."""
        head = copy(self)
        head.tree = merge_defaults(self.tree, fields)
        head.given = frozenset(head.tree.entries.keys() - self.tree.entries.keys())
        return head

    @property
    def is_unseen(self) -> bool:
        """Whether its status keeps the story from readers."""
        status = yamltree.follow(self.tree, ("status",))
        return isinstance(status, Scalar) and status.text in ("draft", "withdrawn")

    def get_file(self, name: str) -> str:
        """The file that gives a field, "" for the story's own."""
        return SETTINGS if name in self.given else ""

    def locate(self, name: str, source: str) -> Location:
        """Where a field's value stands; `source` is the story's own file."""
        return Location(self.get_file(name) or source, *self.get_place(name))

    def get_place(self, name: str) -> tuple[int, int]:
        """Line and column of a field's value, of the head when the field is not given."""
        if name not in self.tree.entries:
            return self.tree.line, self.tree.column
        value = self.tree.entries[name][1]
        return value.line, value.column

    def make_edit(self, name: str, text: str) -> tuple[Edit, ...]:
        """The edit that replaces a field's value; none where its place is not known."""
        return replace_value(self.tree.entries[name][1], text) if text and name in self.tree.entries else ()

    def write_field(self, name: str, text: str) -> str:
        """A field with another value, in the syntax of this front matter."""
        return write_entry(name, text, self.tree.entries[name][1])


def split_head(text: str, source: str, declared: Collection[str] = ()) -> Head | Problem:
    """Find and parse the front matter of a text: YAML between `---`, or TOML between `+++`.

    `declared` are the fields that newsgen.yaml adds. Problems inside the front matter are in `Head.faults`.
    """
    ends = find_ends(text)
    around: tuple[Problem, ...] = ()
    if ends is None:
        if (almost := find_almost_ends(text, source)) is None:
            return report_missing(text, source)
        ends, around = almost
    block = text[ends.at : ends.end]
    if len(block.encode()) > FRONT_MATTER_BYTES:
        what = say("the front matter is larger than {size} KiB", size=FRONT_MATTER_BYTES // 1024)
        return Problem(Location(source), "front-matter-size", what, say("move text into the body or into data/"))
    if ends.fence == "+++":
        tree, faults = _toml(block, source, ends.line)
    else:
        tree, faults = read_all(block, source, NAMES | frozenset(declared), ends.line)
        if faults and not around and (closed := find_almost_closed(text, ends)):
            # The closing line was meant to be further up: what follows it is the story.
            tree, inside = read_all(text[ends.at : closed.end], source, NAMES | frozenset(declared), ends.line)
            ends, faults = closed, (report_almost_closed(closed, source), *inside)
        faults = (*around, *faults)
    if tree is None or (isinstance(tree, Scalar) and not tree.text):
        tree = Mapping({}, ends.line, 1, unread=NAMES if faults else frozenset())
    if not isinstance(tree, Mapping):
        what, fix = say("the front matter must be a mapping of names and values"), say("write lines such as `title: …`")
        return Problem(Location(source, tree.line, tree.column), "wrong-type", what, fix)
    return Head(tree, ends, faults)


def _toml(block: str, source: str, line: int) -> tuple[Node | None, tuple[Problem, ...]]:
    from newsgen.core.toml_tree import parse  # start-up: only where front matter is TOML

    try:
        return parse(block, source, first_line=line), ()
    except yamltree.YamlFault as fault:
        return None, (fault.problem,)


class FieldReader:
    """Reads heads into typed fields, with times in `zone`, the site's `declared` fields and those that name `terms`."""

    def __init__(self, zone: ZoneInfo, declared: dict[str, str], terms: Collection[str] = ()) -> None:
        self.zone, self.declared, self.terms = zone, declared, frozenset(terms)
        self._article = Schema(FrontMatter, say("the front matter"), self._convert, self._mend_name)
        self._page = Schema(PageFrontMatter, say("the front matter of a page"), self._convert, self._mend_name)
        self._shared = Schema(SharedFields, say("the front matter"), self._convert, self._mend_name)
        self._intro = Schema(
            IntroFrontMatter, say("the front matter of an `_index.md`"), self._convert, self._mend_name
        )

    def read_article(self, head: Head, source: str, problems: Problems) -> tuple[FrontMatter | None, dict[str, Any]]:
        """The fields of an article, and its `extra` with the declared fields in it."""
        tree, extra = self._without_extra(head.tree, source, problems)
        tree = self._without_terms(tree, source, problems)
        return self._article.read(tree, source, problems, head.tree.line), extra

    def read_page(self, head: Head, source: str, problems: Problems) -> tuple[PageFrontMatter | None, dict[str, Any]]:
        """The fields of a page of content/pages/, and its `extra`."""
        tree, extra = self._without_extra(head.tree, source, problems)
        return self._page.read(tree, source, problems, head.tree.line), extra

    def read_shared(self, tree: Mapping, path: str, problems: Problems) -> SharedFields | None:
        """The fields that `defaults` in the file `path` gives to stories; None after adding their problems."""
        for name in OWN & tree.entries.keys():
            key = tree.entries[name][0]
            what = say("`{name}` is each story's own", name=name)
            fix = say("remove it here, and write it in the stories")
            problems.add(Location(path, key.line, key.column), "bad-setting", what, fix)
        rest, _ = self._without_extra(remove_fields(tree, OWN), path, problems)
        rest = self._without_terms(rest, path, problems)
        found = self._shared.read(rest, path, problems)
        series = yamltree.follow(tree, ("series",))
        if isinstance(series, Mapping) and "part" in series.entries:
            key = series.entries["part"][0]
            what, fix = say("`{name}` is each story's own", name="part"), say("write the name of the series alone")
            problems.add(Location(path, key.line, key.column), "bad-setting", what, fix)
        return found

    def select_for_page(self, given: Mapping) -> Mapping:
        """The default fields that a page of content/pages/ can have."""
        kept = self._page.sound_fields(given).keys() | self.declared
        return remove_fields(given, given.entries.keys() - kept)

    def read_intro(self, head: Head, source: str, problems: Problems) -> tuple[IntroFrontMatter | None, dict[str, Any]]:
        """The fields of an `_index.md`, and its `extra`."""
        tree, extra = self._without_extra(head.tree, source, problems)
        return self._intro.read(tree, source, problems, head.tree.line), extra

    def read_sound(self, head: Head) -> dict[str, Any]:
        """The fields that can be read, where others cannot."""
        return self._article.sound_fields(head.tree)

    def _without_extra(self, tree: Mapping, source: str, problems: Problems) -> tuple[Mapping, dict[str, Any]]:
        taken = {"extra", *self.declared} & tree.entries.keys()
        if not taken:
            return tree, {}
        rest = remove_fields(tree, taken)
        extra: dict[str, Any] = {}
        if "extra" in taken:
            node = tree.entries["extra"][1]
            if isinstance(node, Mapping):
                extra = yamltree.resolve(node)
            else:
                what, fix = say("`extra` must be a mapping"), say("write `extra:` and indented `name: value` lines")
                problems.add(Location(source, node.line, node.column), "wrong-type", what, fix)
        for name in sorted(taken - {"extra"}):
            extra[name] = self._read_value(name, self.declared[name], tree.entries[name][1], source, problems)
        return rest, extra

    @property
    def added(self) -> frozenset[str]:
        """The fields that newsgen.yaml adds to an article's."""
        return self.terms | self.declared.keys()

    def _mend_name(self, name: str, tree: Mapping, names: Collection[str]) -> Fix:
        return mend_name(name, tree, {*names, *self.declared, *(self.terms if "tags" in names else ())})

    def _without_terms(self, tree: Mapping, source: str, problems: Problems) -> Mapping:
        """The tree without the fields that name terms, which must be lists of texts."""
        named = self.terms & tree.entries.keys()
        for name in sorted(named):
            self._read_value(name, "list", tree.entries[name][1], source, problems)
        return remove_fields(tree, named) if named else tree

    def _read_value(self, name: str, kind: str, node: Node, source: str, problems: Problems) -> Any:  # noqa: ANN401
        """The value of a field of the site's own; None after adding why it cannot be read."""
        place = Location(source, node.line, node.column)
        kinds: dict[str, Any] = {"text": str, "number": int | float, "boolean": bool, "date": Moment, "list": TextList}
        try:
            value = msgspec.convert(yamltree.to_texts(node), kinds[kind], strict=False, dec_hook=self._convert)
        except msgspec.ValidationError as error:
            what = say("`{name}` must be {kind}", name=name, kind=KINDS[kind])
            fix = say("correct it, or its type in newsgen.yaml")
            refused = get_refusals(error, node, name, source)
            problems.extend(refused or [Problem(place, "bad-value", what, fix)])
            return None
        if not isinstance(value, bool) and isinstance(value, int | float) and not _is_storable(value):
            what, fix = say("`{name}` must be a number", name=name), say("write at most 18 digits")
            problems.add(place, "bad-value", what, fix)
        if isinstance(value, Moment):
            return value.at
        return list(value) if isinstance(value, TextList) else value

    def _convert(self, kind: type, value: Any) -> Any:  # noqa: ANN401 - msgspec's hook
        if kind is Moment:
            return parse_moment(value, self.zone)
        if kind is TextList:
            return read_text_list(value)
        if kind is CropList:
            return read_crops(value)
        if kind is FocusText:
            return FocusText(parse_focus(value))
        if kind is Pin:
            return read_pin(value, self.zone)
        raise NotImplementedError(kind)


def remove_fields(tree: Mapping, names: Collection[str]) -> Mapping:
    """A mapping without the fields of these names."""
    entries = {name: entry for name, entry in tree.entries.items() if name not in names}
    return replace(tree, entries=entries)


def _is_storable(number: float) -> bool:
    """Whether the cache can store a number: finite, and an integer of at most 64 bits."""
    return isfinite(number) and (not isinstance(number, int) or abs(number) < 2**63)


def list_field(head: Head, name: str) -> list[tuple[str, int, int]]:
    """The texts of a list field with their places."""
    entry = head.tree.entries.get(name)
    return list_items(entry[1]) if entry else []
