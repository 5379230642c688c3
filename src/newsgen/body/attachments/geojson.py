"""GeoJSON (RFC 7946) → the places of a map: points, lines and areas with their names, and every fault at its place."""

from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any, Literal

import msgspec

from newsgen.core.errors import Location, Problem, Problems
from newsgen.core.json_text import locate_part, read_json
from newsgen.core.messages import Message, say

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

Path = tuple[str | int, ...]

MOST_PLACES = 1000
NAMES = ("name", "Name", "NAME", "ten", "tên", "Tên", "title")
"""Properties that hold the name of a place, the first one counts."""

LONGEST_NAME = 200
LONGEST_NUMBER = 20


class Place(msgspec.Struct, frozen=True):
    """One place: its name, "" for none, and what draws it: single points, lines, or the edges of an area."""

    kind: Literal["point", "line", "area"]
    name: str
    runs: tuple[tuple[Point, ...], ...]


class NoMap(ValueError):
    """A part of a file that is no GeoJSON: where it stands, and why."""

    def __init__(self, path: Path, what: Message, fix: Message) -> None:
        super().__init__(what)
        self.path, self.what, self.fix = path, what, fix


def read_places(text: str, source: str, problems: Problems) -> list[Place] | None:
    """The places of a text; None after adding its fault."""
    value, fault = read_json(text, source)
    if fault is not None:
        problems.extend([fault])
        return None
    try:
        places = list(_read_any(value, (), ""))
    except NoMap as error:
        problems.add(locate_part(text, source, error.path), "bad-geojson", error.what, error.fix)
        return None
    if not any(place.runs for place in places):
        what, fix = say("there is no place in this file"), say("add a feature with a geometry")
        problems.add(Location(source), "bad-geojson", what, fix)
        return None
    if len(places) > MOST_PLACES:
        what = say("the map has {count} places, more than {most}", count=len(places), most=MOST_PLACES)
        problems.extend([Problem(Location(source), "table-size", what, say("leave some out"))])
        return None
    return places


def _read_any(value: Any, path: Path, name: str) -> Iterator[Place]:  # noqa: ANN401 - JSON's own types
    """The places of a collection, a feature or a geometry."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection":
        for at, feature in enumerate(_get_list(value, "features", path)):
            yield from _read_any(feature, (*path, "features", at), name)
    elif kind == "Feature":
        if value.get("geometry") is not None:
            yield from _read_any(value["geometry"], (*path, "geometry"), _find_name(value) or name)
    elif kind == "GeometryCollection":
        for at, geometry in enumerate(_get_list(value, "geometries", path)):
            yield from _read_any(geometry, (*path, "geometries", at), name)
    elif isinstance(kind, str) and kind in _READERS:
        kind_of_place, read = _READERS[kind]
        if value.get("coordinates") != []:  # without coordinates it is no place (RFC 7946, section 3.1)
            yield Place(kind_of_place, name, tuple(read(value.get("coordinates"), (*path, "coordinates"))))
    else:
        raise _refuse(kind, path)


def _refuse(kind: object, path: Path) -> NoMap:
    """The fault of a part whose type is none of GeoJSON."""
    if not isinstance(kind, str):
        return NoMap(path, say("this has no `type`, so it is no GeoJSON"), say("export the places again as GeoJSON"))
    what = say("this has the type “{kind}”, which GeoJSON does not have", kind=kind[:LONGEST_NAME])
    if kind == "Topology":
        return NoMap(path, what, say("export the places again as GeoJSON"))
    known = ", ".join(("FeatureCollection", "Feature", "GeometryCollection", *_READERS))
    return NoMap(path, what, say("use one of {names}", names=known))


def _get_list(value: dict[str, Any], name: str, path: Path) -> list[Any]:
    found = value.get(name)
    if not isinstance(found, list):
        what, fix = say("`{name}` must be a list", name=name), say("write `{name}: [first, second]`", name=f'"{name}"')
        raise NoMap((*path, name), what, fix)
    return found


def _find_name(feature: dict[str, Any]) -> str:
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return ""
    names = (properties.get(name) for name in NAMES)
    found = next((name for name in names if isinstance(name, str | int) and str(name).strip()), "")
    return " ".join(str(found)[:LONGEST_NAME].split())


def _read_point(value: Any, path: Path) -> Point:  # noqa: ANN401 - JSON's own types
    """A point of the earth."""
    numbers = value[:2] if isinstance(value, list) else []
    if len(numbers) < 2 or not all(map(_is_number, numbers)):
        what = say("a point must be a list of longitude and latitude")
        raise NoMap(path, what, say("write `[{sample}]`", sample="105.85, 21.03"))
    longitude, latitude = numbers
    if not -180 <= longitude <= 180 or not -90 <= latitude <= 90:  # before `float`, which takes no number of any length
        shown = {"longitude": _shorten(longitude), "latitude": _shorten(latitude)}
        what = say("the point {longitude}, {latitude} is no place on the earth", **shown)
        raise NoMap(path, what, say("write longitude and latitude in degrees (WGS 84), the longitude first"))
    return float(longitude), float(latitude)


def _is_number(value: object) -> bool:
    return type(value) is int or (type(value) is float and isfinite(value))


def _shorten(number: float) -> str:
    text = str(number)
    return text if len(text) <= LONGEST_NUMBER else f"{text[:LONGEST_NUMBER]}…"


def _read_run(value: Any, path: Path, least: int = 2) -> tuple[Point, ...]:  # noqa: ANN401 - JSON's own types
    if not isinstance(value, list) or len(value) < least:
        what = say("this must be a list of {least} points or more", least=least)
        raise NoMap(path, what, say("correct its `coordinates`"))
    return tuple(_read_point(point, (*path, at)) for at, point in enumerate(value))


def _read_edge(value: Any, path: Path) -> tuple[Point, ...]:  # noqa: ANN401 - JSON's own types
    return _read_run(value, path, 4)


def _list_single(value: Any, path: Path) -> Iterator[tuple[Point, ...]]:  # noqa: ANN401 - JSON's own types
    yield (_read_point(value, path),)


Reader = Callable[[Any, Path], Any]


def _make_list(read: Reader, depth: int) -> Callable[[Any, Path], Iterator[tuple[Point, ...]]]:
    """Reads lists in lists, so many deep, of what `read` reads."""

    def read_list(value: Any, path: Path, left: int = depth) -> Iterator[tuple[Point, ...]]:  # noqa: ANN401 - JSON's
        if left == 0:
            yield read(value, path)
            return
        if not isinstance(value, list):
            raise NoMap(path, say("`{name}` must be a list", name="coordinates"), say("correct its `coordinates`"))
        for at, inner in enumerate(value):
            yield from read_list(inner, (*path, at), left - 1)

    return read_list


_READERS: dict[str, tuple[Literal["point", "line", "area"], Callable[[Any, Path], Iterator[tuple[Point, ...]]]]] = {
    "Point": ("point", _list_single),
    "MultiPoint": ("point", _make_list(lambda value, path: (_read_point(value, path),), 1)),
    "LineString": ("line", _make_list(_read_run, 0)),
    "MultiLineString": ("line", _make_list(_read_run, 1)),
    "Polygon": ("area", _make_list(_read_edge, 1)),
    "MultiPolygon": ("area", _make_list(_read_edge, 2)),
}
