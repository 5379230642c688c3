"""A GeoJSON that a story shows is a map with the names that have room, a list of its places, and located faults."""

import json
import re
from itertools import combinations
from math import sin
from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.attachments.geojson import read_places
from newsgen.body.attachments.maps import EDGE, MOST_POINTS, WIDTH, Label, _find_labels, _flatten
from newsgen.body.static_form import make_static
from newsgen.core.errors import Problems
from story_rendering import body_of

SHOWN = '![Các bến sông](ben.geojson "Bến còn dùng | Đồ họa: Thu Trang")\n'


def feature(kind, coordinates, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collect(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


RIVER = [[105.8, 21.0], [105.85, 21.02], [105.9, 21.01], [106.0, 21.05]]
TOWN = [[[105.84, 21.0], [105.88, 21.0], [105.88, 21.04], [105.84, 21.04], [105.84, 21.0]]]
PLACES = collect(
    feature("Polygon", TOWN, name="Vân Hải"),
    feature("LineString", RIVER, name="Sông Lạc"),
    feature("Point", [105.85, 21.02], name="Bến Gỗ"),
    feature("MultiPoint", [[105.9, 21.01], [106.0, 21.05]], name="Bến phà"),
    feature("MultiPolygon", [TOWN], ten="Vùng ngập"),
    feature("MultiLineString", [RIVER]),
    {"type": "Feature", "properties": None, "geometry": None},
)


def show(text, sidecar=""):
    files = {"ben.geojson": text, **({"ben.geojson.yaml": sidecar} if sidecar else {})}
    return body_of(SHOWN, files=files)


def test_every_geometry_is_drawn():
    """Areas first and points last; the places with names are in a list, and the file can be downloaded."""
    body = show(PLACES)
    assert () == body.problems
    tree = LexborHTMLParser(body.html)
    figure = tree.css_first("figure.data-map")
    assert ["p", "svg", "details", "figcaption"] == [node.tag for node in figure.iter()]
    marks = [node.attrs["class"] for node in figure.css("path, circle")]
    assert ["area", "area", "line", "line", "point", "point", "point"] == marks
    assert ["Vân Hải", "Sông Lạc", "Bến Gỗ", "Bến phà", "Vùng ngập"] == [n.text() for n in figure.css("details li")]
    assert (
        "Các bến sông. Bản đồ. Vân Hải, Sông Lạc, Bến Gỗ, Bến phà, Vùng ngập."
        == figure.css_first("svg").attrs["aria-label"]
    )
    assert "Tải dữ liệu (GEOJSON, 1 KB)" in body.html
    assert None is tree.css_first("[style], script, image")


def test_a_map_is_as_the_earth_is():
    """North is up, east is right, and a degree of longitude is as long as it is there."""
    places = collect(*(feature("Point", [106 + x, 60 + y]) for x, y in ((0, 0), (2, 0), (0, 1))))
    points = [
        (float(node.attrs["cx"]), float(node.attrs["cy"])) for node in LexborHTMLParser(show(places).html).css("circle")
    ]
    (x, y), (east, level), (across, north) = points
    assert (True, True) == (east > x, north < y)
    assert (level, across) == pytest.approx((y, x))
    assert 1 == pytest.approx((east - x) / (y - north), rel=0.02)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"type": "Point", "coordinates": [105.8, 21]}),
        json.dumps({"type": "Point", "coordinates": [105.8, 21, 7.5]}),
        json.dumps({"type": "GeometryCollection", "geometries": [{"type": "LineString", "coordinates": RIVER}]}),
        collect(feature("LineString", [[105.8, 21], [105.8, 21]])),
        collect(feature("Point", [-180, -90]), feature("Point", [180, 90])),
    ],
)
def test_a_map_of_any_extent_is_drawn(text):
    """A single point, one with a height, a line without length, and the whole earth."""
    body = show(text)
    assert ((), True) == (body.problems, "<svg" in body.html)
    numbers = [float(number) for number in re.findall(r' c[xy]="([-\d.]+)"', body.html)]
    assert all(0 <= number <= WIDTH + EDGE * 5 for number in numbers)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"type": "Point", "coordinates": [1, 2]', "1:40 json-syntax"),
        (
            '{"type": "FeatureCollection",\n "features": [{"type": "Feature", "geometry":\n {"type": "Kreis"}}]}',
            "3:2 bad-geojson",
        ),
        ('{"type": "FeatureCollection", "features": {}}', "1:43 bad-geojson"),
        ('{"type": "Point", "coordinates": [21.03, 105.8]}', "1:34 bad-geojson"),
        ('{"type": "LineString", "coordinates": [[1, 2], [3]]}', "1:48 bad-geojson"),
        ('{"type": "LineString", "coordinates": [[1, 2]]}', "1:39 bad-geojson"),
        ('{"type": "Polygon", "coordinates": [[1, 2], [3, 4]]}', "1:37 bad-geojson"),
        ('{"type": "Point", "coordinates": [NaN, 2]}', "1:34 bad-geojson"),
        ('{"type": "Point", "coordinates": [true, 2]}', "1:34 bad-geojson"),
        ('{"type": "Point", "coordinates": [580000, 2326000]}', "1:34 bad-geojson"),
        ('{"type": "Point"}', "1:1 bad-geojson"),
        ('{"type": "FeatureCollection", "features": []}', "1:1 bad-geojson"),
        ("[]", "1:1 bad-geojson"),
        ("[" * 100_000, "1:1 json-depth"),
        (collect(*[feature("Point", [1, 2])] * 1001), "1:1 table-size"),
    ],
)
def test_a_fault_of_a_file_has_its_place(text, fault):
    """Line and column of what is no JSON, no GeoJSON, or no place on the earth."""
    body = show(text)
    (problem,) = body.problems
    assert ("content/kinh-te/ben.geojson", fault) == (
        problem.location.path,
        f"{problem.location.line}:{problem.location.column} {problem.rule}",
    )
    assert "<svg" not in body.html


def make_towns(seed, count=40):
    """Places with random names, near one another."""
    random = Random(f"map {seed}")  # noqa: S311 - the same every time
    names = ("Bến Gỗ", "Thành phố Vân Hải", "An Phúc", "Khu công nghiệp Thuận Lạc mở rộng", "Phù Vân", "W" * 30)
    return [
        feature("Point", [105 + random.random(), 20 + random.random()], name=random.choice(names)) for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_names_never_overlap(seed):
    """Neither one another nor the points, and none leaves the map; what has no room is in the list."""
    text = collect(*make_towns(seed))
    places = read_places(text, "a.geojson", Problems())
    flat = _flatten([run[0] for place in places for run in place.runs])
    labels = list(_find_labels(places, flat))
    points = [flat.place(run[0]) for place in places for run in place.runs]
    boxes = [*labels, *(Label("", x - 4, y - 4, x + 4, y + 4) for x, y in points)]
    assert labels
    assert [] == [(a, b) for a, b in combinations(boxes, 2) if a.meets(b) and (a.text or b.text)]
    assert all(0 <= one.left and one.right <= WIDTH and 0 <= one.top <= one.bottom <= flat.height for one in labels)


def test_a_map_of_very_many_points_is_bounded():
    """Points that lie near to one another are left out."""
    line = [[105 + step / 50_000, 20 + sin(step / 100) / 10] for step in range(50_000)]
    html = show(collect(feature("LineString", line))).html
    assert 100 < html.count("L") <= MOST_POINTS + 10
    assert len(html) < 100_000


def test_a_sidecar_highlights_places():
    """By their names; a wrong one has its place."""
    html = show(PLACES, "highlight: [Bến Gỗ]\n").html
    assert 1 == html.count('class="point lit"')
    (problem,) = show(PLACES, "highlight: [Bến Gỗ, Bến Đá]\n").problems
    assert ("unknown-column", 1, 21) == (problem.rule, problem.location.line, problem.location.column)


def test_names_are_text():
    """No markup of a file comes to life."""
    body = show(
        collect(feature("Point", [105, 20], name="<script>alert(1)</script>"), feature("Point", [105.1, 20], name=7))
    )
    tree = LexborHTMLParser(body.html)
    assert ((), None) == (body.problems, tree.css_first("script"))
    assert ["<script>alert(1)</script>", "7"] == [node.text() for node in tree.css("li")]


def test_other_programs_get_the_list():
    """A map is the list of its places."""
    tree = LexborHTMLParser(make_static(show(PLACES).html))
    assert None is tree.css_first("svg, details, summary")
    assert ["p", "ul", "figcaption"] == [node.tag for node in tree.css_first("figure").iter()]


def width_of(*geometries: dict) -> list[tuple[float, float]]:
    """How far every drawn place reaches from left to right."""
    text = json.dumps({"type": "GeometryCollection", "geometries": list(geometries)})
    html = body_of("![a](a.geojson)\n", files={"a.geojson": text}).html
    tree = LexborHTMLParser(html)
    paths = [[float(x) for x in re.findall(r"[ML]([\d.-]+)", p.attrs["d"])] for p in tree.css("svg path")]
    return [(min(xs), max(xs)) for xs in paths]


def test_places_at_the_date_line_lie_together():
    """What crosses it is drawn in one piece, whether the file splits it or not; what goes round a pole stays."""
    whole = {"type": "Polygon", "coordinates": [[[178, -18], [-178, -18], [-178, -16], [178, -16], [178, -18]]]}
    west = {"type": "Polygon", "coordinates": [[[178, -18], [180, -18], [180, -16], [178, -16], [178, -18]]]}
    east = {"type": "Polygon", "coordinates": [[[-180, -18], [-178, -18], [-178, -16], [-180, -16], [-180, -18]]]}
    edge = WIDTH - EDGE
    assert [(EDGE, edge)] == width_of(whole)
    assert [(EDGE, WIDTH / 2), (WIDTH / 2, edge)] == width_of(west, east)
    line = {"type": "LineString", "coordinates": [[-170, 1], [179, 2], [170, 3]]}
    hanoi = {"type": "LineString", "coordinates": [[100, 0], [110, 0]]}
    assert [(pytest.approx(251.1), edge), (EDGE, pytest.approx(56.4))] == width_of(line, hanoi)
    pole = [[-180, -90], [180, -90], [180, -60], [-180, -60], [-180, -90]]
    assert [(EDGE, edge)] == width_of({"type": "Polygon", "coordinates": [pole]})


@pytest.mark.parametrize("kind", ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"])
def test_a_geometry_without_coordinates_is_no_place(kind):
    """As one that is null: the others are drawn."""
    empty, point = {"type": kind, "coordinates": []}, {"type": "Point", "coordinates": [1, 2]}
    text = json.dumps({"type": "GeometryCollection", "geometries": [empty, point]})
    body = body_of("![a](a.geojson)\n", files={"a.geojson": text})
    assert ((), 1) == (body.problems, body.html.count("<circle"))


@pytest.mark.parametrize(
    ("text", "place", "fix"),
    [
        ('{"type": "Point", "coordinates": [%s, 1]}' % ("9" * 400), "1:34", "write longitude and latitude in degrees"),
        ('{"type": "Point",\n"coordinates": [%s, 1]}' % ("9" * 5000), "2:17", "write it with fewer digits"),
        ('{"type": "Point",\n"coordinates": [1, 2],\n"coordinates": [3, 4]}', "3:1", "delete one of the two"),
        ('{"a": [{"b": 1, "a": {"b": 2}}, "b:"], "b": 1,\n "b": 1}', "2:2", "delete one of the two"),
        ('{"type": "Point",\n"name": "a \\ud800b", "coordinates": [1, 2]}', "2:12", "write the character itself"),
        ('{"type": "Point",\n"name": "a \\ude00b", "coordinates": [1, 2]}', "2:12", "write the character itself"),
        ('{"type": "Topology", "objects": {}}', "1:1", "export the places again as GeoJSON"),
        ("[]", "1:1", "export the places again as GeoJSON"),
    ],
)
def test_what_json_cannot_hold_has_its_place(text, place, fix):
    """No number is too long, no name stands twice, and no character is cut in two."""
    (problem,) = body_of("![a](a.geojson)\n", files={"a.geojson": text}).problems
    assert place == f"{problem.location.line}:{problem.location.column}"
    assert problem.fix.startswith(fix)
    assert 200 > len(problem.what)


def test_a_character_of_two_halves_is_whole():
    """As JSON writes those outside the first plane."""
    head, tail = (
        '{"type": "Feature", "properties": {"name": "',
        '"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}',
    )
    text = rf"{head}\ud83d\ude00 \\ud800{tail}"
    body = body_of("![a](a.geojson)\n", files={"a.geojson": text})
    assert () == body.problems
    assert "\U0001f600 \\ud800" in body.html
