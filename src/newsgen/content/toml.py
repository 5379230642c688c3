"""TOML front matter → the same tree as YAML, with the places of its keys."""

import re
import tomllib
from bisect import bisect_left
from datetime import date, datetime, time
from typing import Any

from newsgen.errors import Location, Problem, name_character
from newsgen.messages import say
from newsgen.text import nfc
from newsgen.yamltree import CONTROL, MAX_DEPTH, MAX_NODES, Mapping, Node, Scalar, Sequence, YamlFault

_KEY = re.compile(r"""(?:^|(?<=[\s.{\[,]))("[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_-]+)\s*[=\].]\s*""")
_AT = re.compile(r"^(.*?) \(at line (\d+), column (\d+)\)$", re.DOTALL)


def parse(text: str, path: str, *, first_line: int = 1) -> Node | None:
    """The tree of a TOML document; values stand where their key does.

    Raises:
        YamlFault: with the first fault, as for YAML.
    """
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise YamlFault(_malformed(str(error), path, first_line)) from None
    except ValueError as error:
        raise YamlFault(_malformed(str(error), path, first_line)) from None
    except RecursionError:
        what, fix = say("the TOML is nested too deeply"), say("flatten it")
        raise YamlFault(Problem(Location(path, first_line), "yaml-depth", what, fix)) from None
    return _Tree(text, path, first_line).node(value, first_line, 1, 0)


def _malformed(message: str, path: str, first_line: int) -> Problem:
    match = _AT.match(message)
    line, column = (int(match[2]), int(match[3])) if match else (1, 1)
    what = say("the TOML cannot be read: {why}", why=match[1] if match else message)
    place = Location(path, first_line + line - 1, column)
    return Problem(place, "toml-syntax", what, say('write `name = "value"`, texts in quotes'))


class _Tree:
    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path, self.first_line, self.left = path, first_line, MAX_NODES
        self.keys: dict[str, list[tuple[int, int, int]]] = {}
        for number, line in enumerate(text.split("\n"), first_line):
            for match in _KEY.finditer(line):
                name = match[1].strip("\"'")
                self.keys.setdefault(name, []).append((number, match.start(1) + 1, match.end() + 1))

    def node(self, value: Any, line: int, column: int, depth: int) -> Node:  # noqa: ANN401 - TOML's types
        if depth > MAX_DEPTH:
            what = say("the TOML is nested deeper than {levels} levels", levels=MAX_DEPTH)
            raise YamlFault(Problem(Location(self.path, line, column), "yaml-depth", what, say("flatten it")))
        self.left -= 1
        if self.left < 0:
            what, fix = say("the TOML holds too many values"), say("split it into smaller files")
            raise YamlFault(Problem(Location(self.path, line, column), "yaml-size", what, fix))
        if isinstance(value, dict):
            entries = {}
            for key, item in value.items():
                key_line, key_column, value_column = self._find(key, line, column)
                name = Scalar(key, True, key_line, key_column)
                entries[key] = (name, self.node(item, key_line, value_column, depth + 1))
            return Mapping(entries, line, column)
        if isinstance(value, list):
            return Sequence([self.node(item, line, column, depth + 1) for item in value], line, column)
        text = nfc(_text(value))
        if control := CONTROL.search(text):
            what = say("the TOML writes the character {character}", character=name_character(control[0]))
            place = Location(self.path, line, column)
            raise YamlFault(Problem(place, "control-character", what, say("leave it out")))
        return Scalar(text, not isinstance(value, str), line, column)

    def _find(self, key: str, line: int, column: int) -> tuple[int, int, int]:
        """Line and column of a key at or after a line, and the column of its value."""
        known = self.keys.get(key, [])
        at = bisect_left(known, (line, 0, 0))
        return known[at] if at < len(known) else (line, column, column)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)
