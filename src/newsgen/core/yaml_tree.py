"""Parse YAML to a tree that has the place of each value.

Scalars stay the text that was typed; the schema that reads them converts them. Events are checked while the tree is
built, so that a bomb is refused early: no anchors, aliases, tags or merge keys, no duplicate key, and limits of depth
and of the number of nodes.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import yaml
from msgspec.structs import replace

from newsgen.core.errors import Location, Problem, apply_edits, name_character
from newsgen.core.messages import Message, say
from newsgen.core.text import INVISIBLE, nfc
from newsgen.core.yaml_hints import Quoting, drop_edits, explain_fault, find_swallowed_item

MAX_DEPTH = 32
MAX_NODES = 50_000

YAML, TOML = "yaml", "toml"
"""The syntax in which a value is written."""

CONTROL = re.compile(f"[{INVISIBLE}]")

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?")
_BARE_TOML = re.compile(r"true|false|\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_OPENED = ("while scanning a quoted", "while parsing a flow", "while scanning a simple key")
"""Faults that are best reported where the text or bracket around them begins."""
_NESTING = "exceeded maximum nesting depth"
_NAMES = {"null": None, "true": True, "false": False}
_WORDS = {"": None, "~": None} | {w: v for n, v in _NAMES.items() for w in (n, n.title(), n.upper())}


@dataclass(slots=True)
class Scalar:
    """A text as typed; `plain` if it has no quotes. `end` is the exclusive end, (0, 0) where it is not known."""

    text: str
    plain: bool
    line: int
    column: int
    end: tuple[int, int] = (0, 0)
    syntax: str = YAML


@dataclass(slots=True)
class Sequence:
    """A list of nodes. `end` is known only in flow style."""

    items: "list[Node]"
    line: int
    column: int
    end: tuple[int, int] = (0, 0)
    syntax: str = YAML


@dataclass(slots=True)
class Mapping:
    """Keys in order, each with its value. `unread` are keys whose values could not be read."""

    entries: "dict[str, tuple[Scalar, Node]]"
    line: int
    column: int
    end: tuple[int, int] = (0, 0)
    unread: frozenset[str] = frozenset()
    syntax: str = YAML


Node = Scalar | Sequence | Mapping


class YamlFault(Exception):
    """A text is not the YAML that newsgen reads; `problem` says where, and the fix."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def parse(
    text: str, path: str, *, first_line: int = 1, max_nodes: int = MAX_NODES, names: Collection[str] = ()
) -> Node | None:
    """The tree of one YAML document, None for an empty one. `first_line` is the text's line in its file.

    `names` are the known keys of the outermost mapping.

    Raises:
        YamlFault: with the first fault, at its line and column in the file. Its edits are known to help.
    """
    try:
        return _build(text, path, first_line - 1, max_nodes, names)
    except YamlFault as fault:
        if not fault.problem.edits or _does_help(fault.problem, text, first_line - 1, max_nodes):
            raise
        raise YamlFault(drop_edits(fault.problem)) from None


def _build(text: str, path: str, skipped: int, max_nodes: int, names: Collection[str] = ()) -> Node | None:
    growing = _TreeBuilder(path, skipped, max_nodes, text)
    try:
        growing.read(_LOADER)
    except yaml.reader.ReaderError:
        raise YamlFault(growing.unreadable()) from None
    except yaml.MarkedYAMLError as error:
        if error.problem == _NESTING:
            # The C scanner looks ahead and fails before any event of a level; the slow one gives them in turn.
            _TreeBuilder(path, skipped, max_nodes, text).read(yaml.BaseLoader)
        raise YamlFault(growing.malformed(error, names)) from None
    return growing.root


def _does_help(problem: Problem, text: str, skipped: int, max_nodes: int) -> bool:
    """Whether the edits of a problem leave no fault in the lines that they change."""
    mended = apply_edits("\n" * skipped + text, problem.edits).split("\n", skipped)[-1]
    try:
        _build(mended, "", skipped, max_nodes)
    except YamlFault as fault:
        left = fault.problem.location.line
        return all(not edit.line <= left <= edit.line + edit.text.count("\n") for edit in problem.edits)
    return True


def follow(node: Node | None, path: Iterable[str | int]) -> Node | None:
    """The node at a path of keys and indexes of items; None where there is none."""
    for step in path:
        if isinstance(node, Mapping) and step in node.entries:
            node = node.entries[str(step)][1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def resolve(node: Node | None) -> Any:  # noqa: ANN401 - YAML's own types, for templates
    """The plain value of a tree by YAML 1.2's core rules; a number with a leading zero stays text."""
    match node:
        case None:
            return None
        case Mapping():
            return {key: resolve(value) for key, (_, value) in node.entries.items()}
        case Sequence():
            return [resolve(item) for item in node.items]
        case Scalar():
            return _scalar(node)


def is_left_blank(node: Node) -> bool:
    """Whether a value was not typed at all, as that of a line `name:`; an empty text in quotes is one."""
    return isinstance(node, Scalar) and node.plain and not node.text


def to_texts(node: Node) -> Any:  # noqa: ANN401 - text, list or mapping of the same
    """The plain value of a tree, every scalar as the text that was typed."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [to_texts(item) for item in node.items]
    return {key: to_texts(value) for key, (_, value) in node.entries.items()}


def to_toml(node: Node) -> str:
    """A tree as a value of TOML on one line; scalars are quoted, except true, false and dates."""
    match node:
        case Mapping():
            inner = (f"{write_toml_key(key)} = {to_toml(value)}" for key, (_, value) in node.entries.items())
            return f"{{{', '.join(inner)}}}"
        case Sequence():
            return f"[{', '.join(map(to_toml, node.items))}]"
        case Scalar():
            return node.text if node.plain and _BARE_TOML.fullmatch(node.text) else _toml_text(node.text)


def write_toml_key(name: str) -> str:
    """A key of TOML, in quotes where it needs them."""
    return name if _BARE_KEY.fullmatch(name) else _toml_text(name)


def _toml_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_CONTROLS.sub(lambda found: f"{chr(92)}u{ord(found[0]):04X}", escaped)}"'


def _scalar(node: Scalar) -> Any:  # noqa: ANN401
    if not node.plain:
        return node.text
    if node.text in _WORDS:
        return _WORDS[node.text]
    if _INTEGER.fullmatch(node.text) and len(node.text) < 20:
        return int(node.text)
    if _FLOAT.fullmatch(node.text):
        return float(node.text)
    return node.text


class _TreeBuilder:
    """The tree so far, and the open collections from the root down."""

    def __init__(self, path: str, skipped: int, max_nodes: int, text: str) -> None:
        self.path, self.skipped, self.text = path, skipped, text
        self.left = max_nodes
        self.root: Node | None = None
        self.open: list[Sequence | Mapping] = []
        self.keys: list[Scalar | None] = []
        self.documents = 0

    def read(self, loader: Any) -> None:  # noqa: ANN401 - a class of PyYAML's
        for event in yaml.parse(self.text, Loader=loader):
            self.take(event)

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no common type
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._guard(event)
            line, column = self._position(event.start_mark)
            value = event.value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in event.value else event.value
            if control := CONTROL.search(value):
                what = say("the YAML writes the character {character}", character=name_character(control[0]))
                self._refuse_at(line, column, "control-character", what, say("leave it out"))
            end = self._position(event.end_mark)
            self._place(Scalar(nfc(value), event.style is None or event.style == "", line, column, end))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._guard(event)
            line, column = self._position(event.start_mark)
            node: Mapping | Sequence
            node = Mapping({}, line, column) if kind is yaml.MappingStartEvent else Sequence([], line, column)
            if event.flow_style:
                node.end = line, column
            self._place(node)
            self.open.append(node)
            self.keys.append(None)
            if len(self.open) > MAX_DEPTH:
                what = say("the YAML is nested deeper than {levels} levels", levels=MAX_DEPTH)
                self._refuse(event, "yaml-depth", what, say("flatten it"))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._close(event)
        elif kind is yaml.AliasEvent:
            what = say("the YAML uses the alias *{name}", name=event.anchor)
            self._refuse_sign(event, "yaml-alias", what, say("write the value out again"))
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                what = say("the YAML holds a second YAML document")
                self._refuse(event, "yaml-documents", what, say("remove the line `---`"))

    def _position(self, mark: yaml.Mark) -> tuple[int, int]:
        return mark.line + 1 + self.skipped, mark.column + 1

    def _close(self, event: Any) -> None:  # noqa: ANN401
        node = self.open.pop()
        self.keys.pop()
        if node.end[0]:
            node.end = self._position(event.end_mark)

    def _guard(self, event: Any) -> None:  # noqa: ANN401
        self.left -= 1
        if self.left < 0:
            what = say("the YAML holds too many values")
            self._refuse(event, "yaml-size", what, say("split it into smaller files"))
        if event.anchor is not None:
            what = say("the YAML sets the anchor &{name}", name=event.anchor)
            self._refuse_sign(event, "yaml-anchor", what, say("remove it"))
        if event.tag is not None and event.tag != "!":
            what = say("the YAML uses the tag {tag}", tag=event.tag)
            self._refuse_sign(event, "yaml-tag", what, say("remove it"))

    def _refuse_sign(self, event: Any, rule: str, what: Message, fix: Message) -> None:  # noqa: ANN401
        """Refuse a special sign of YAML, which may be meant as the beginning of a text."""
        better = Quoting.of(self.text.split("\n"), event.start_mark.line)
        fix = say("{fix}, or put the value in quotes: {line}", fix=fix, line=better.shown) if better else fix
        edits = (better.edit(self.skipped),) if better else ()
        place = Location(self.path, *self._position(event.start_mark))
        raise YamlFault(Problem(place, rule, what, fix, edits=edits))

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            self._refuse_swallowed(node)
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self._key(parent, node)
        else:
            parent.entries[key.text] = (key, node)
            self.keys[-1] = None

    def _refuse_swallowed(self, node: Node) -> None:
        """Refuse an item whose text includes what was meant as the next item."""
        if not isinstance(node, Scalar) or not node.plain or node.end[0] <= node.line:
            return
        first, last = node.line - 1 - self.skipped, node.end[0] - 1 - self.skipped
        if slip := find_swallowed_item(self.text.split("\n"), first, last, self.skipped):
            raise YamlFault(replace(slip, location=replace(slip.location, path=self.path)))

    def _key(self, parent: Mapping, node: Node) -> None:
        if not isinstance(node, Scalar):
            what = say("the YAML has a key that is not text")
            self._refuse_at(node.line, node.column, "yaml-key", what, say("use a word"))
        elif node.text == "<<" and node.plain:
            what = say("the YAML uses a merge key")
            self._refuse_at(node.line, node.column, "yaml-merge", what, say("write the keys out"))
        elif node.text in parent.entries:
            first = parent.entries[node.text][0]
            what = say("the YAML has `{name}` twice (first in line {line})", name=node.text, line=first.line)
            self._refuse_at(node.line, node.column, "duplicate-key", what, say("keep one of the two"))
        else:
            self.keys[-1] = node

    def _refuse(self, event: Any, rule: str, what: Message, fix: Message) -> None:  # noqa: ANN401
        self._refuse_at(*self._position(event.start_mark), rule, what, fix)

    def _refuse_at(self, line: int, column: int, rule: str, what: Message, fix: Message) -> None:
        raise YamlFault(Problem(Location(self.path, line, column), rule, what, fix))

    def unreadable(self) -> Problem:
        at = next((i for i, c in enumerate(self.text) if not _is_yaml(c)), 0)
        line = self.text.count("\n", 0, at)
        column = at - self.text.rfind("\n", 0, at)
        name = name_character(self.text[at]) if self.text else say("nothing")
        place = Location(self.path, line + 1 + self.skipped, column)
        what = say("the YAML holds the character {character}", character=name)
        return Problem(place, "control-character", what, say("delete it"))

    def malformed(self, error: yaml.MarkedYAMLError, names: Collection[str]) -> Problem:
        opened = (error.context or "").startswith(_OPENED)
        mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        place = Location(self.path, line + 1 + self.skipped, column + 1)
        return explain_fault(place, self.text.split("\n"), line, error.problem or say("it is not valid YAML"), names)


def _is_yaml(character: str) -> bool:
    """Whether YAML 1.1 allows the character in a stream."""
    return (
        character in "\t\n\r\x85"
        or " " <= character <= "~"
        or "\xa0" <= character <= "\ud7ff"
        or ("\ue000" <= character <= "\U0010ffff" and character not in "\ufffe\uffff")
    )
