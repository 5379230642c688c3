"""Addresses of maps: OpenStreetMap and Google Maps."""

import re
from math import cos, log2, radians
from typing import NamedTuple
from urllib.parse import quote, unquote_plus, urlencode

from newsgen.body.embeds.provider import Address, Player, Provider, read_address

_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?")
_PLACE = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?),(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)")
_VIEW = re.compile(rf"@{_PLACE.pattern},([0-9]{{1,2}}(?:\.[0-9]{{1,6}})?)z.*")
_BBOX = re.compile(r"(?:-?[0-9]{1,3}(?:\.[0-9]{1,20})?,){3}-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
_PB = re.compile(r"[\w!.:%+~*'()-]{2,2000}")
_PB_PLACE = re.compile(rf"!2d({_DEGREES.pattern})!3d({_DEGREES.pattern})(?![\d.])")
_MAP_ID = re.compile(r"[\w-]{10,80}", re.ASCII)
_ZOOMS = range(20)
_ZOOM, _TILE, _SHAPE = 15, 256, (720, 480)
_HIGHEST = 85.0


class _Place(NamedTuple):
    latitude: float
    longitude: float


def _read_place(latitude: str, longitude: str) -> _Place | None:
    if not (_DEGREES.fullmatch(latitude) and _DEGREES.fullmatch(longitude)):
        return None
    place = _Place(float(latitude), float(longitude))
    return place if abs(place.latitude) <= _HIGHEST and abs(place.longitude) <= 180 else None


def find_openstreetmap(address: str) -> Player | None:
    """A part of the map of OpenStreetMap, with a mark where its address has one."""
    parts = read_address(address)
    if parts is None:
        return None
    if parts.steps == ("export", "embed.html"):
        box = parts.fields.get("bbox", "")
        mark = parts.fields.get("marker", "")
        return _show_box(box, mark, _name_page(box, mark)) if _BBOX.fullmatch(box) else None
    if parts.steps or not (fields := dict(re.findall(r"(\w+)=([^&]*)", parts.fragment)) | dict(parts.fields)):
        return None
    marked = _read_place(fields.get("mlat", ""), fields.get("mlon", ""))
    zoom, _, place = fields.get("map", "").partition("/")
    centre = _read_place(*place.split("/")[:2]) if place.count("/") else marked
    if centre is None:
        return None
    level = int(zoom) if zoom.isascii() and zoom.isdecimal() and int(zoom) in _ZOOMS else _ZOOM
    mark = f"{marked.latitude:.5f},{marked.longitude:.5f}" if marked else ""
    return _show_box(_make_box(centre, level), mark, "")


def _make_box(centre: _Place, zoom: int) -> str:
    """The corners of a map around a place, as a page of 720 by 480 points shows it at a level of the web's maps."""
    across = 360 * _SHAPE[0] / (_TILE * 2**zoom) / 2
    down = 360 * _SHAPE[1] / (_TILE * 2**zoom) / 2 * cos(radians(centre.latitude))
    sides = (centre.longitude - across, centre.latitude - down, centre.longitude + across, centre.latitude + down)
    return ",".join(f"{max(-180, min(180, side)):.5f}" for side in sides)


def _name_page(box: str, mark: str) -> str:
    """The page of the map with these corners, at the level of the web's maps that comes next."""
    west, south, east, north = map(float, box.split(","))
    across = max(1e-6, abs(east - west))
    level = max(0, min(_ZOOMS[-1], round(log2(360 * _SHAPE[0] / (_TILE * across)))))
    marked = _PLACE.fullmatch(mark)
    fields = f"?mlat={marked[1]}&mlon={marked[2]}" if marked else ""
    place = f"{(south + north) / 2:.5f}/{(west + east) / 2:.5f}"
    return f"https://www.openstreetmap.org/{fields}#map={level}/{place}"


def _show_box(box: str, mark: str, page: str) -> Player:
    marked = {"marker": mark} if _PLACE.fullmatch(mark) else {}
    fields = urlencode({"bbox": box, "layer": "mapnik", **marked}, quote_via=quote)
    return Player(f"https://www.openstreetmap.org/export/embed.html?{fields}", "map", 3, 2, page)


def find_google_map(address: str) -> Player | None:
    """A place, a search or a map of one's own at Google Maps; a short address, and a route, have no player."""
    parts = read_address(address)
    if parts is None:
        return None
    if parts.host in ("maps.app.goo.gl", "goo.gl"):
        is_map = bool(parts.steps) and (parts.host != "goo.gl" or parts.steps[0] == "maps")
        return Player(kind="map") if is_map else None
    steps = parts.steps
    if not parts.host.startswith("maps."):
        if steps[:1] != ("maps",):
            return None
        steps = steps[1:]
    if steps[:1] == ("maps",):
        steps = steps[1:]
    if steps == ("embed",):
        return _find_embedded(parts.fields.get("pb", ""))
    if steps[:1] == ("d",):
        return _find_own_map(parts.fields.get("mid", ""), is_player="embed" in steps)
    return _find_place(parts, steps)


def _find_embedded(pb: str) -> Player | None:
    """The map of a code for embedding, which leads to the place at its centre."""
    if not _PB.fullmatch(pb):
        return None
    found = _PB_PLACE.search(pb)
    place = _read_place(found[2], found[1]) if found else None
    where = f"?api=1&query={place.latitude},{place.longitude}" if place else ""
    page = f"https://www.google.com/maps/search/{where}" if where else "https://www.google.com/maps"
    return Player(f"https://www.google.com/maps/embed?pb={quote(pb, safe='!:')}", "map", 3, 2, page)


def _find_own_map(number: str, *, is_player: bool) -> Player | None:
    if not _MAP_ID.fullmatch(number):
        return None
    page = f"https://www.google.com/maps/d/viewer?mid={number}" if is_player else ""
    return Player(f"https://www.google.com/maps/d/embed?mid={number}", "map", 3, 2, page)


def _find_place(parts: Address, steps: tuple[str, ...]) -> Player | None:
    """The map of a place, found by its name, or by where the map's centre is."""
    view = next((found for step in steps if (found := _VIEW.fullmatch(step))), None)
    query = parts.fields.get("q") or parts.fields.get("query") or parts.fields.get("ll") or ""
    if steps[:1] in (("place",), ("search",)) and len(steps) > 1 and not steps[1].startswith("@"):
        query = unquote_plus(steps[1])
    elif steps[:1] == ("dir",) or "daddr" in parts.fields:
        return Player(kind="map")
    at = f"{view[1]},{view[2]}" if view else ""
    query = query.strip() or at
    if not query:
        return Player(kind="map") if steps else None
    zoom = str(round(float(view[3]))) if view else parts.fields.get("z", "")
    fields = {"q": query, **({"ll": at} if at else {}), **({"z": zoom} if zoom.isdecimal() else {}), "output": "embed"}
    address = f"https://www.google.com/maps?{urlencode(fields, quote_via=quote, errors='replace')}"
    is_player = parts.fields.get("output") == "embed"
    page = f"https://www.google.com/maps/search/?api=1&query={quote(query, safe='', errors='replace')}"
    return Player(address, "map", 3, 2, page if is_player else "")


OPENSTREETMAP = Provider(
    "OpenStreetMap",
    ("openstreetmap.org",),
    ("https://www.openstreetmap.org/export/embed.html",),
    find_openstreetmap,
)
GOOGLE_MAPS = Provider(
    "Google Maps",
    ("google.com", "google.com.vn", "maps.google.com", "maps.google.com.vn", "maps.app.goo.gl", "goo.gl"),
    ("https://www.google.com/maps?", "https://www.google.com/maps/embed?", "https://www.google.com/maps/d/embed?"),
    find_google_map,
)
