"""Places as a map that is drawn when the paper is built: an SVG in the colours of the theme, with a list of the places.

The map is flat, with the middle of its latitudes true to scale, and has no tiles: nothing is asked of any other site.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import cos, radians

import msgspec

from newsgen.body.attachments.date_line import join_halves
from newsgen.body.attachments.geojson import Place, Point
from newsgen.body.attachments.label_widths import FONT, cut_text, measure_text
from newsgen.body.attachments.shown import ShownFile
from newsgen.body.attachments.tables import write_caption, write_link
from newsgen.body.attachments.writing import Writing

WIDTH, LOWEST, HIGHEST = 340, 140, 460
"""The size of a map in its own units, which are nearly pixels on a phone."""

EDGE = 24
MOST_POINTS = 4000
"""How many points draw all lines and areas: with more, those that lie nearest to one another are left out."""

FINEST = 0.3
WIDEST_LABEL = 140
HALF = FONT / 2
LISTED = 8
"""How many places are named in the words for those who do not see the map."""


class Flat(msgspec.Struct, frozen=True):
    """How places of the earth lie on the map."""

    left: float
    top: float
    across: float
    scale: float
    height: float
    shift: Point

    def place(self, point: Point) -> Point:
        """Where a point lies, from the left and from the top."""
        x = self.shift[0] + (point[0] - self.left) * self.across * self.scale
        return x, self.shift[1] + (self.top - point[1]) * self.scale


class Label(msgspec.Struct, frozen=True):
    """A name on the map, and the box that it takes."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Label") -> bool:
        """Whether two names overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def draw_map(shown: ShownFile, places: Sequence[Place], writing: Writing) -> str:
    """The figure of a map."""
    places = join_halves(places)
    flat = _flatten([point for place in places for run in place.runs for point in run])
    lit = set(shown.attachment.options.highlight or ())
    order = {"area": 0, "line": 1, "point": 2}
    tolerance, drawn = _simplify(places, flat)
    marks = [
        _draw_place(place, runs, tolerance, is_lit=place.name in lit)
        for place, runs in sorted(zip(places, drawn, strict=True), key=lambda one: order[one[0].kind])
    ]
    marks += [_draw_label(label) for label in _find_labels(places, flat)]
    names = list(dict.fromkeys(place.name for place in places if place.name))
    style = escape(" ".join(filter(None, ("data-map", shown.style))))
    box = f'viewBox="0 0 {WIDTH} {flat.height:g}" role="img" aria-label="{escape(_describe(shown, names, writing))}"'
    listed = "".join(f"<li>{escape(name)}</li>" for name in names)
    details = f"<details><summary>{writing.say('places')}</summary><ul>{listed}</ul></details>" if names else ""
    return (
        f'<figure class="{style}"><p class="data-title">{write_caption(shown)}</p>'
        f'<svg class="map" {box} direction="ltr">{"".join(marks)}</svg>{details}'
        f"<figcaption>{write_link(shown, writing)}</figcaption></figure>"
    )


def _flatten(points: Sequence[Point]) -> Flat:
    """The map on which all these points lie."""
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    left, right, low, top = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    across = max(0.05, cos(radians((low + top) / 2)))
    wide, high = (right - left) * across, top - low
    room = WIDTH - 2 * EDGE
    scales = [room / wide] if wide else []
    scales += [(HIGHEST - 2 * EDGE) / high] if high else []
    scale = min(scales, default=1.0)
    height = min(HIGHEST, max(LOWEST, high * scale + 2 * EDGE))
    shift = (WIDTH - wide * scale) / 2, (height - high * scale) / 2
    return Flat(left, top, across, scale, round(height), shift)


def _simplify(places: Sequence[Place], flat: Flat) -> tuple[float, list[list[list[Point]]]]:
    """The runs of each place on the map, with points left out that lie nearer to the last one than a distance."""
    whole = [[[flat.place(point) for point in run] for run in place.runs] for place in places]
    distance = FINEST
    while True:
        thin = [[_thin_run(run, distance) for run in runs] for runs in whole]
        if distance > WIDTH or sum(len(run) for runs in thin for run in runs) <= MOST_POINTS + len(places) * 4:
            return distance, thin
        distance *= 1.5


def _thin_run(run: Sequence[Point], distance: float) -> list[Point]:
    kept = [run[0]]
    for point in run[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= distance:
            kept.append(point)
    return [*kept, run[-1]] if len(run) > 1 else kept


def _draw_place(place: Place, runs: list[list[Point]], tolerance: float, *, is_lit: bool) -> str:
    style = f"{place.kind} lit" if is_lit else place.kind
    title = f"<title>{escape(place.name)}</title>" if place.name else ""
    if place.kind == "point":
        return "".join(
            f'<circle class="{style}" cx="{x:.1f}" cy="{y:.1f}" r="{6 if is_lit else 4.5}">{title}</circle>'
            for (x, y), *_ in runs
        )
    end = "Z" if place.kind == "area" else ""
    least = 3 if place.kind == "area" else 2
    path = "".join(_write_path(run) + end for run in runs if len(run) >= least or len(runs) == 1 or tolerance <= FINEST)
    return f'<path class="{style}" fill-rule="evenodd" d="{path}">{title}</path>' if path else ""


def _write_path(run: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run)


def _find_labels(places: Sequence[Place], flat: Flat) -> Iterator[Label]:
    """The names that have room: those of points beside them, those of lines and areas in their middle."""
    taken: list[Label] = []
    for place in places:
        for run in place.runs if place.kind == "point" else ():
            x, y = flat.place(run[0])
            taken.append(Label("", x - 5, y - 5, x + 5, y + 5))
    for place in sorted(places, key=lambda one: one.kind != "point"):
        if not place.name or not place.runs:
            continue
        text = cut_text(place.name, WIDEST_LABEL)
        for label in _list_boxes(place, text, flat):
            inside = label.left >= 0 and label.right <= WIDTH and label.top >= 0 and label.bottom <= flat.height
            if inside and not any(label.meets(other) for other in taken):
                taken.append(label)
                yield label
                break


def _list_boxes(place: Place, text: str, flat: Flat) -> Iterator[Label]:
    """Where the name of a place may stand, the best first."""
    wide, high = measure_text(text), FONT + 2
    points = [flat.place(point) for point in max(place.runs, key=len)]
    if place.kind != "point":
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        if place.kind == "line":
            x, y = points[len(points) // 2]
            yield Label(text, x + 6, y - high / 2, x + 6 + wide, y + high / 2)
            yield Label(text, x - 6 - wide, y - high / 2, x - 6, y + high / 2)
        elif right - left >= wide:
            x, y = (left + right) / 2, (top + bottom) / 2
            yield Label(text, x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        return
    x, y = points[0]
    yield Label(text, x + 8, y - high / 2, x + 8 + wide, y + high / 2)
    yield Label(text, x - 8 - wide, y - high / 2, x - 8, y + high / 2)
    yield Label(text, x - wide / 2, y - 8 - high, x + wide / 2, y - 8)
    yield Label(text, x - wide / 2, y + 8, x + wide / 2, y + 8 + high)


def _draw_label(label: Label) -> str:
    """A name in the middle of its box, so that it may be narrower than it was taken for."""
    x, y = (label.left + label.right) / 2, (label.top + label.bottom) / 2 + FONT / 3
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(label.text)}</text>'


def _describe(shown: ShownFile, names: Sequence[str], writing: Writing) -> str:
    """What a map shows, in words."""
    said = [f"{shown.alt}." if shown.alt else "", writing.phrase("map")]
    if names:
        more = "…" if len(names) > LISTED else "."
        said.append(f"{', '.join(names[:LISTED])}{more}")
    return " ".join(filter(None, said))
