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
_STRAY_COMMA = re.compile(rf",[{_SPACE}]*[\]}}]")


def read_json(text: str, source: str) -> tuple[Any, Problem | None]:
    """The value of a text; None with the problem that keeps it from being read."""
    try:
        value = json.loads(text)
        if _is_deep(value):
            raise RecursionError
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        return None, _report_json(text, source, error)
    except RecursionError:
        what = say("the JSON is nested deeper than {levels} levels", levels=MAX_JSON_DEPTH)
        return None, Problem(Location(source), "json-depth", what, say("flatten it"))
    except ValueError as error:
        what = say("the JSON cannot be read: {why}", why=error)
        return None, Problem(Location(source), "json-syntax", what, say("correct the value"))
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
    return Location(source, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


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
