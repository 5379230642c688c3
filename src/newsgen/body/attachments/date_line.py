"""Places on both sides of the date line: their longitudes count on behind 180 degrees, so that they lie together."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from newsgen.body.attachments.geojson import Place, Point

TURN = 360.0

Run = tuple[Point, ...]


def join_halves(places: Sequence[Place]) -> list[Place]:
    """The places with longitudes by which the map is as narrow as can be; as they are, where these are.

    What crosses the date line need not be split there (RFC 7946, section 3.1.9, asks programs to do so; not all do).
    """
    joined = [replace(place, runs=tuple(map(_join_run, place.runs))) for place in places]
    turned = [replace(place, runs=tuple(map(_turn, place.runs))) for place in joined]
    centred = [replace(place, runs=tuple(map(_centre, place.runs))) for place in joined]
    return min(centred, turned, key=_measure)


def _join_run(run: Run) -> Run:
    """A line or edge that jumps from one side of the date line to the other, without the jump.

    One that goes round the whole earth along a pole stays.
    """
    if not any(TURN / 2 < abs(b[0] - a[0]) < TURN for a, b in pairwise(run)):
        return run
    points, turns = [run[0]], 0.0
    for (before, _), (longitude, latitude) in pairwise(run):
        if abs(longitude - before) > TURN / 2:
            turns += TURN if longitude < before else -TURN
        points.append((longitude + turns, latitude))
    return tuple(points)


def _turn(run: Run) -> Run:
    """A run whose middle lies from 0 to 360 degrees."""
    return _shift(run, TURN if _find_middle(run) < 0 else 0)


def _centre(run: Run) -> Run:
    """A run whose middle lies from -180 to 180 degrees."""
    middle = _find_middle(run)
    return _shift(run, TURN if middle < -TURN / 2 else -TURN if middle > TURN / 2 else 0)


def _shift(run: Run, turns: float) -> Run:
    return tuple((longitude + turns, latitude) for longitude, latitude in run) if turns else run


def _find_middle(run: Run) -> float:
    longitudes = [point[0] for point in run]
    return (min(longitudes) + max(longitudes)) / 2


def _measure(places: Iterable[Place]) -> float:
    """How many degrees lie between the outermost longitudes."""
    longitudes = [point[0] for place in places for run in place.runs for point in run]
    return max(longitudes) - min(longitudes)
