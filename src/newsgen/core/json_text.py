"""JSON → plain values, or the problem at its line and column; and the place of each part of a text."""

import json
import re
from collections.abc import Callable, Sequence
from json.decoder import JSONArray, JSONObject  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.reasons import translate_reason

MAX_JSON_DEPTH = 200
"""How many levels a JSON file may have. Python's own limit differs from version to version."""

_SPACE = " \t\n\r"
_SIGNS = re.compile(r'(?P<name>"(?:[^"\\]|\\.)*+")\s*+:|"(?:[^"\\]|\\.)*+"|[{}\[\]]', re.DOTALL)
"""Names, texts and brackets."""

_ENDLESS = re.compile(r"\d{4301,}")
_HALF = re.compile(
    r"(?<!\\)(?:\\\\)*+(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]..)"
)
"""The escape of half a character (Unicode: a surrogate) without the other half."""

_STRAY_COMMA = re.compile(rf",[{_SPACE}]*[\]}}]")


def read_json(text: str, source: str) -> tuple[Any, Problem | None]:
    """The value of a text; None with the problem that keeps it from being read."""
    try:
        value = json.loads(text, object_pairs_hook=_join_pairs)
        if _is_deep(value):
            raise RecursionError
        json.dumps(value, ensure_ascii=False).encode()
    except _Twice as fault:
        return None, _report_twice(text, source, fault.name)
    except json.JSONDecodeError as error:
        return None, _report_json(text, source, error)
    except RecursionError:
        what = say("the JSON is nested deeper than {levels} levels", levels=MAX_JSON_DEPTH)
        return None, Problem(Location(source), "json-depth", what, say("flatten it"))
    except ValueError as error:
        return None, _report_value(text, source, error)
    return value, None


def locate_part(text: str, source: str, path: Sequence[str | int]) -> Location:
    """The place of a part of a text that can be read, by the names and numbers that lead to it.

    That of a text, a number or nothing is the place of the object or list around it.
    """
    starts: dict[int, int] = {}
    value = _PlacingDecoder(starts).decode(text)
    at = starts.get(id(value), 0)
    for step in path:
        try:
            value = value[step]
        except (IndexError, KeyError, TypeError):
            break
        at = starts.get(id(value), at) if isinstance(value, dict | list) else at
    return _place(text, source, at)


class _PlacingDecoder(json.JSONDecoder):
    """Reads JSON and keeps where each object and list begins, by its identity."""

    def __init__(self, starts: dict[int, int]) -> None:
        super().__init__()
        self._starts, self._kept = starts, list[Any]()
        self.parse_object = self._place(JSONObject)
        self.parse_array = self._place(JSONArray)
        self.scan_once = py_make_scanner(self)

    def _place(self, parse: Callable[..., tuple[Any, int]]) -> Callable[..., tuple[Any, int]]:
        def parse_placed(found: tuple[str, int], *more: Any) -> tuple[Any, int]:  # noqa: ANN401 - as json hands it on
            value, end = parse(found, *more)
            self._starts[id(value)] = found[1] - 1
            self._kept.append(value)  # so that no other value gets its identity
            return value, end

        return parse_placed


class _Twice(ValueError):
    """A name that stands twice in an object."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _join_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these names and values; of two values with one name, one would be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _Twice(name)
            seen.add(name)
    return found


def _report_twice(text: str, source: str, name: str) -> Problem:
    """The problem of the first object in which a name stands twice, at the second one."""
    levels: list[dict[str, int]] = []
    at = 0
    for sign in _SIGNS.finditer(text):
        if sign[0] in "{[":
            levels.append({})
        elif sign[0] in "}]":
            levels.pop()
        elif sign["name"] is not None and json.loads(sign["name"], strict=False) == name:
            at = sign.start()
            if name in levels[-1]:
                break
            levels[-1][name] = at
    what = say("`{name}` stands twice in one object", name=name)
    return Problem(_place(text, source, at), "json-syntax", what, say("delete one of the two"))


def _report_value(text: str, source: str, error: ValueError) -> Problem:
    """The problem of a value that JSON allows and nobody can use: a number of thousands of digits, half a character."""
    if (number := _ENDLESS.search(text)) is not None:
        what, at = say("a number has {count} digits", count=len(number[0])), number.start()
        return Problem(_place(text, source, at), "json-syntax", what, say("write it with fewer digits"))
    if (half := _HALF.search(text)) is not None:
        what = say("`{sign}` is half of a character", sign=half[0])
        return Problem(_place(text, source, half.start()), "json-syntax", what, say("write the character itself"))
    what = say("the JSON cannot be read: {why}", why=error)
    return Problem(Location(source), "json-syntax", what, say("correct the value"))


def _place(text: str, source: str, at: int) -> Location:
    return Location(source, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _is_deep(value: object) -> bool:
    """Whether a value of JSON has more levels than MAX_JSON_DEPTH."""
    level: list[Any] = [[value]]
    for _ in range(MAX_JSON_DEPTH + 1):
        inner = (value for outer in level for value in (outer.values() if isinstance(outer, dict) else outer))
        level = [value for value in inner if isinstance(value, (dict, list))]
        if not level:
            return False
    return True


def _report_json(text: str, source: str, error: json.JSONDecodeError) -> Problem:
    """The problem with its place. Before Python 3.13 the parser reports a stray comma at the bracket behind it."""
    at = error.pos
    what, fix = say("the JSON cannot be read: {why}", why=translate_reason(error.msg)), say("correct it here")
    before = len(text[:at].rstrip(_SPACE)) - 1 if text[at : at + 1] in ("]", "}") else at
    if before >= 0 and _STRAY_COMMA.match(text, before):
        at = before
        what, fix = say("a comma stands before the closing bracket"), say("leave the comma out")
    place = json.JSONDecodeError("", text, at)
    return Problem(Location(source, place.lineno, place.colno), "json-syntax", what, fix)
