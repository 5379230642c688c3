"""Parse TOML front matter to the same tree as YAML, with the places of its keys and values."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from newsgen.core.errors import Location, Problem, name_character
from newsgen.core.messages import say
from newsgen.core.reasons import translate_reason
from newsgen.core.text import nfc
from newsgen.core.yaml_tree import CONTROL, MAX_DEPTH, MAX_NODES, TOML, Mapping, Node, Scalar, Sequence, YamlFault

_KEY = re.compile(r"""("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_VALUE = re.compile(
    r'''"""(?:\\.|[^\\])*?"""(?:"{0,2})|"(?:\\.|[^"\\\n])*"|'''
    r"""'''[\s\S]*?'''(?:'{0,2})|'[^'\n]*'|[^\s,\]}#](?:[^,\]}#\n]*[^\s,\]}#])?""",
    re.DOTALL,
)
"""A text in any of its quotes, or any other value but a list or a table."""

_AT_END = " (at end of document)"
_AT = re.compile(r"^(.*?) \(at line (\d+), column (\d+)\)$", re.DOTALL)


def parse(text: str, path: str, *, first_line: int = 1) -> Node | None:
    """The tree of a TOML document; a value without a place of its own has that of its key.

    Raises:
        YamlFault: with the first fault, as for YAML.
    """
    try:
        value, tree = tomllib.loads(text), _Tree(text, path, first_line)
    except ValueError as error:
        raise YamlFault(_malformed(str(error), path, first_line, text)) from None
    except RecursionError:
        what, fix = say("the TOML is nested too deeply"), say("flatten it")
        raise YamlFault(Problem(Location(path, first_line), "yaml-depth", what, fix)) from None
    return tree.node(value, (), (first_line, 1))


def _malformed(message: str, path: str, first_line: int, text: str) -> Problem:
    match = _AT.match(message)
    line, column = (int(match[2]), int(match[3])) if match else (1, 1)
    if message.endswith(_AT_END):
        lines = text.rstrip().split("\n")
        message, line, column = message.removesuffix(_AT_END), len(lines), len(lines[-1]) + 1
    what = say("the TOML cannot be read: {why}", why=translate_reason(match[1] if match else message))
    place = Location(path, first_line + line - 1, column)
    return Problem(place, "toml-syntax", what, say('write `name = "value"`, texts in quotes'))


Path = tuple[str | int, ...]
"""Names of keys and indexes of items that lead to a value."""


class _Places:
    """The spans of keys and values in a TOML text that `tomllib` reads.

    A key that stands more than once, as in dotted keys and headers, has several. What has no place of its own, such as
    an array of `[[tables]]`, has no value.
    """

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.keys: dict[Path, list[tuple[int, int]]] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self._counts: dict[Path, int] = {}
        table: Path = ()
        while self._blank():
            table = self._header() if text[self.at] == "[" else table
            if self._blank() and text[self.at] != "[":
                self._entry(table)

    def _blank(self) -> bool:
        """Skip spaces, line ends and comments; whether anything is left."""
        self.at = self._behind(_BLANK)
        return self.at < len(self.text)

    def _behind(self, pattern: re.Pattern[str]) -> int:
        """The index after a match here; that of the end of the text where there is none."""
        match = pattern.match(self.text, self.at)
        return match.end() if match else len(self.text)

    def _header(self) -> Path:
        is_list = self.text.startswith("[[", self.at)
        self.at += 1 + is_list
        self._blank()
        table = self._key(())
        if is_list:
            number = self._counts[table] = self._counts.get(table, -1) + 1
            self.keys[*table, number] = self.keys[table][-1:]
        self.at += 1 + is_list
        return self._last_item(table)

    def _entry(self, table: Path) -> None:
        path = self._key(table)
        self.at += 1
        self._blank()
        self._value(path)

    def _key(self, table: Path) -> Path:
        """The path of a dotted key from a table; an array of tables on the way stands for its last one."""
        while match := _KEY.match(self.text, self.at):
            name = match[1]
            if name[0] in "\"'":
                name = next(iter(tomllib.loads(f"{name} = 0")))
            table = (*table, name)
            self.keys.setdefault(table, []).append(match.span(1))
            self.at = match.end()
            if self.text[self.at : self.at + 1] != ".":
                break
            table = self._last_item(table)
            self.at += 1
            self._blank()
        return table

    def _last_item(self, table: Path) -> Path:
        return (*table, self._counts[table]) if table in self._counts else table

    def _value(self, path: Path) -> None:
        start = self.at
        opening = self.text[start : start + 1]
        if opening in ("[", "{"):
            self.at += 1
            number = 0
            while self._blank() and self.text[self.at] not in "]}":
                if self.text[self.at] == ",":
                    self.at += 1
                elif opening == "[":
                    self._value((*path, number))
                    number += 1
                else:
                    self._entry(path)
            self.at += 1
        else:
            self.at = self._behind(_VALUE)
        self.values[path] = start, self.at


class _Tree:
    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path, self.first_line, self.left = path, first_line, MAX_NODES
        self.places = _Places(text)
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def node(self, value: Any, at: Path, place: tuple[int, int]) -> Node:  # noqa: ANN401 - TOML's types
        """The node of a value; `place` is that of its key, for a value without a place."""
        line, column, end = *place, (0, 0)
        if span := self.places.values.get(at):
            (line, column), end = map(self._place, span)
        elif at and isinstance(at[-1], int) and at in self.places.keys:
            line, column = self._place(self.places.keys[at][0][0])
        if len(at) > MAX_DEPTH:
            what = say("the TOML is nested deeper than {levels} levels", levels=MAX_DEPTH)
            raise YamlFault(Problem(Location(self.path, line, column), "yaml-depth", what, say("flatten it")))
        self.left -= 1
        if self.left < 0:
            what, fix = say("the TOML holds too many values"), say("split it into smaller files")
            raise YamlFault(Problem(Location(self.path, line, column), "yaml-size", what, fix))
        if isinstance(value, dict):
            return Mapping(dict(self._entries(value, at, (line, column))), line, column, end, syntax=TOML)
        if isinstance(value, list):
            items = [self.node(item, (*at, number), (line, column)) for number, item in enumerate(value)]
            return Sequence(items, line, column, end, TOML)
        text = nfc(_text(value))
        if control := CONTROL.search(text):
            what = say("the TOML writes the character {character}", character=name_character(control[0]))
            where = Location(self.path, line, column)
            raise YamlFault(Problem(where, "control-character", what, say("leave it out")))
        return Scalar(text, not isinstance(value, str), line, column, end, TOML)

    def _entries(
        self, table: dict[str, Any], at: Path, place: tuple[int, int]
    ) -> Iterator[tuple[str, tuple[Scalar, Node]]]:
        for name, item in table.items():
            spans = self.places.keys.get((*at, name), [])
            line, column = self._place(spans[0][0]) if spans else place
            end = self._place(spans[0][1]) if len(spans) == 1 else (0, 0)
            key = Scalar(name, True, line, column, end, TOML)
            yield name, (key, self.node(item, (*at, name), (line, column)))

    def _place(self, index: int) -> tuple[int, int]:
        """Line and column of an index of the text."""
        number = bisect_right(self.starts, index)
        return self.first_line + number - 1, index - self.starts[number - 1] + 1


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)
