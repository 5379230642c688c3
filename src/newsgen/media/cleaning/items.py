"""The items of an AVIF or HEIC file (ISO/IEC 23008-12): the pictures that make up what is seen, and no other item.

What is seen is the primary item, the items that it is put together from, and the alpha of these. Thumbnails, gain maps,
depths, EXIF and XMP are other items.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from newsgen.media.cleaning.boxes import VERSION, Box, Extent, Reader, list_boxes, make_box, make_free
from newsgen.media.cleaning.fault import DAMAGED, UNKNOWN, NotCleanable
from newsgen.media.cleaning.profile import clean_profile

PICTURES = frozenset(b"av01 hvc1 hev1 grid iovl iden".split())
"""Types of items that hold a picture, or say how others are put together."""

PROPERTIES = {
    b"ispe": 12,
    b"pixi": 9,
    b"av1C": 64,
    b"hvcC": 4096,
    b"colr": 1 << 24,
    b"pasp": 8,
    b"irot": 1,
    b"imir": 1,
    b"clap": 32,
    b"auxC": 64,
    b"a1op": 1,
    b"lsel": 2,
    b"a1lx": 13,
    b"clli": 4,
    b"mdcv": 24,
    b"amve": 8,
}
"""Properties that say how a picture is decoded and shown, with how many bytes they have at most."""

ALPHA = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1", b"urn:mpeg:avc:2015:auxid:1")
_IN_FILE, _IN_IDAT = 0, 1
_COLOR_CODES = 7


@dataclass
class Items:
    """What a `meta` box says of its items, by their ids.

    `infos` and `places` are the entries of iinf and iloc as they stand, `extents` where data lies in the file, `idat`
    where in a box of that name, `associations` the numbers of properties, each with whether readers must know it.
    """

    data: bytes
    boxes: dict[bytes, Box]
    primary: int
    types: dict[int, bytes] = field(default_factory=dict)
    infos: dict[int, bytes] = field(default_factory=dict)
    places: dict[int, bytes] = field(default_factory=dict)
    place_head: bytes = b""
    extents: dict[int, list[Extent]] = field(default_factory=dict)
    idat: dict[int, list[Extent]] = field(default_factory=dict)
    references: list[tuple[bytes, int, tuple[int, ...]]] = field(default_factory=list)
    wide_references: bool = False
    properties: list[Box] = field(default_factory=list)
    associations: dict[int, list[tuple[bool, int]]] = field(default_factory=dict)

    @cached_property
    def seen(self) -> frozenset[int]:
        """The items that make up what is seen."""
        seen: set[int] = set()
        waiting = [self.primary]
        linked: dict[int, list[int]] = {}
        for kind, origin, targets in self.references:
            if kind == b"dimg":
                linked.setdefault(origin, []).extend(targets)
            elif kind == b"auxl" and self._is_alpha(origin):
                for target in targets:
                    linked.setdefault(target, []).append(origin)
        while waiting:
            item = waiting.pop()
            if item in seen:
                continue
            if self.types.get(item) not in PICTURES:
                raise NotCleanable(UNKNOWN)
            seen.add(item)
            waiting += linked.pop(item, ())
        return frozenset(seen)

    def check_apart(self) -> None:
        """Check that no seen item shares bytes with another one, whose data goes.

        Raises:
            NotCleanable: when one does.
        """
        for extents in (self.extents, self.idat):
            every = sorted((*extent, item in self.seen) for item, found in extents.items() for extent in found)
            ends = {True: 0, False: 0}
            for start, end, is_seen in every:
                if start < ends[not is_seen] and start < end:
                    raise NotCleanable(UNKNOWN)
                ends[is_seen] = max(ends[is_seen], end)

    def _is_alpha(self, item: int) -> bool:
        found = (self.properties[number - 1] for _, number in self.associations.get(item, ()))
        return any(self.is_of_alpha(one) for one in found if one.type == b"auxC")

    def is_of_alpha(self, one: Box) -> bool:
        """Whether a property says that an item is the alpha of another one."""
        return self.data[one.content + VERSION : one.end].split(b"\0")[0] in ALPHA


def read_items(data: bytes, meta: Box) -> Items:
    """Read a `meta` box.

    Raises:
        NotCleanable: when it is not as the standard has it.
    """
    boxes: dict[bytes, Box] = {}
    for box in list_boxes(data, meta.content + VERSION, meta.end):
        boxes.setdefault(box.type, box)
    if not {b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp"} <= boxes.keys():
        raise NotCleanable(UNKNOWN)
    version, reader = _open(data, boxes[b"pitm"])
    items = Items(data, boxes, reader.number(4 if version else 2))
    _read_infos(items)
    _read_places(items)
    _read_references(items)
    _read_properties(items)
    return items


def make_meta(items: Items, meta: Box) -> bytes:
    """The same `meta` box for the seen items alone, with a free box behind it where it has become shorter.

    Raises:
        NotCleanable: when it cannot be made as long as before.
    """
    seen, data = items.seen, items.data
    pitm, idat = items.boxes[b"pitm"], items.boxes.get(b"idat")
    made = [
        data[pitm.start : pitm.end],
        _make_infos(items, seen),
        _make_places(items, seen),
        _make_references(items, seen),
        _make_properties(items, seen),
        make_box(b"idat", _keep(data, idat, items.idat, seen)) if idat is not None else b"",
    ]
    handler = items.boxes[b"hdlr"]
    head = bytes(8) + data[handler.content + 8 : handler.content + 12].ljust(16, b"\0") + b"\0"
    whole = make_box(b"meta", bytes(VERSION), make_box(b"hdlr", head), *made)
    left = meta.end - meta.start - len(whole)
    if left < 0:
        raise NotCleanable(UNKNOWN)
    if left < 8:  # no box is so small, and the name of a handler may end with several zeros
        return make_box(b"meta", bytes(VERSION), make_box(b"hdlr", head, bytes(left)), *made)
    return whole + make_free(left)


def _open(data: bytes, box: Box) -> tuple[int, Reader]:
    """The version of a box, and a reader behind it."""
    reader = Reader(data, box.content, box.end)
    version = reader.number(1)
    reader.number(3)
    return version, reader


def _read_infos(items: Items) -> None:
    version, reader = _open(items.data, box := items.boxes[b"iinf"])
    reader.number(4 if version else 2)
    for entry in list_boxes(items.data, reader.at, box.end):
        version, reader = _open(items.data, entry)
        if entry.type != b"infe" or version not in (2, 3):
            raise NotCleanable(UNKNOWN)
        item = reader.number(4 if version == 3 else 2)
        reader.number(2)
        items.types[item] = reader.bytes(4)
        items.infos[item] = make_box(b"infe", items.data[entry.content : reader.at], b"\0")


def _make_infos(items: Items, seen: frozenset[int]) -> bytes:
    entries = [entry for item, entry in items.infos.items() if item in seen]
    return make_box(b"iinf", bytes(VERSION), struct.pack(">H", len(entries)), *entries)


def _read_places(items: Items) -> None:
    version, reader = _open(items.data, box := items.boxes[b"iloc"])
    sizes = reader.number(2)
    offset_size, length_size, base_size, index_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    if version > 2 or not length_size:  # the whole of a file, as often as one likes
        raise NotCleanable(UNKNOWN)
    items.place_head = items.data[box.content : reader.at]
    idat = items.boxes.get(b"idat")
    for _ in range(reader.number(4 if version == 2 else 2)):
        start = reader.at
        item = reader.number(4 if version == 2 else 2)
        method = reader.number(2) & 15 if version else _IN_FILE
        data_reference, base = reader.number(2), reader.number(base_size)
        if item in items.places or data_reference or method > _IN_IDAT or (method == _IN_IDAT and idat is None):
            raise NotCleanable(UNKNOWN)
        origin = base + (idat.content if idat is not None and method == _IN_IDAT else 0)
        extents = (items.idat if method == _IN_IDAT else items.extents).setdefault(item, [])
        for _ in range(reader.number(2)):
            reader.number(index_size if version else 0)
            at = origin + reader.number(offset_size)
            extents.append((at, at + reader.number(length_size)))
        items.places[item] = items.data[start : reader.at]


def _make_places(items: Items, seen: frozenset[int]) -> bytes:
    entries = [entry for item, entry in items.places.items() if item in seen]
    count = struct.pack(">I" if items.place_head[0] == 2 else ">H", len(entries))
    return make_box(b"iloc", items.place_head, count, *entries)


def _read_references(items: Items) -> None:
    if (box := items.boxes.get(b"iref")) is None:
        return
    version, reader = _open(items.data, box)
    items.wide_references, size = bool(version), 4 if version else 2
    for one in list_boxes(items.data, reader.at, box.end):
        inner = Reader(items.data, one.content, one.end)
        origin = inner.number(size)
        targets = tuple([inner.number(size) for _ in range(inner.number(2))])
        items.references.append((one.type, origin, targets))


def _make_references(items: Items, seen: frozenset[int]) -> bytes:
    letter = "I" if items.wide_references else "H"
    kept = [
        make_box(kind, struct.pack(f">{letter}H{len(targets)}{letter}", origin, len(targets), *targets))
        for kind, origin, targets in items.references
        if kind in (b"dimg", b"auxl", b"prem") and seen.issuperset((origin, *targets))
    ]
    return make_box(b"iref", bytes([items.wide_references, 0, 0, 0]), *kept) if kept else b""


def _read_properties(items: Items) -> None:
    inner = list(list_boxes(items.data, (box := items.boxes[b"iprp"]).content, box.end))
    for container in (one for one in inner if one.type == b"ipco"):
        items.properties += list_boxes(items.data, container.content, container.end)
    for one in (one for one in inner if one.type == b"ipma"):
        version, reader = _open(items.data, one)
        is_wide = items.data[one.content + 3] & 1
        for _ in range(reader.number(4)):
            numbers = items.associations.setdefault(reader.number(4 if version else 2), [])
            for _ in range(reader.number(1)):
                value = reader.number(2 if is_wide else 1)
                top = 0x8000 if is_wide else 0x80
                if value & ~top > len(items.properties):
                    raise NotCleanable(DAMAGED)
                if value & ~top:
                    numbers.append((bool(value & top), value & ~top))


def _make_properties(items: Items, seen: frozenset[int]) -> bytes:
    """The properties of the seen items; others become free boxes, as they are counted."""
    kept = {
        item: [(is_essential, n) for is_essential, n in numbers if _is_kept(items, items.properties[n - 1])]
        for item, numbers in sorted(items.associations.items())
        if item in seen
    }
    used = {n for numbers in kept.values() for _, n in numbers}
    made = [
        _make_property(items.data, one) if number in used else make_free(8)
        for number, one in enumerate(items.properties, 1)
    ]
    is_wide, is_long = len(made) > 0x7F, any(item > 0xFFFF for item in kept)
    entries = [
        struct.pack(">IB" if is_long else ">HB", item, len(numbers))
        + b"".join(struct.pack(">H", e << 15 | n) if is_wide else struct.pack(">B", e << 7 | n) for e, n in numbers)
        for item, numbers in kept.items()
    ]
    head = struct.pack(">BBBBI", is_long, 0, 0, is_wide, len(entries))
    return make_box(b"iprp", make_box(b"ipco", *made), make_box(b"ipma", head, *entries))


def _is_kept(items: Items, one: Box) -> bool:
    """Whether a property says how a picture looks, and has no room for more.

    Raises:
        NotCleanable: when it is longer than it may be.
    """
    if one.end - one.content > PROPERTIES.get(one.type, one.end):
        raise NotCleanable(DAMAGED)
    if one.type == b"colr":
        return bool(_keep_color(items.data, one))
    return one.type in PROPERTIES and (one.type != b"auxC" or items.is_of_alpha(one))


def _make_property(data: bytes, one: Box) -> bytes:
    """A property with what is kept of its content."""
    if one.type != b"colr":
        return data[one.start : one.end]
    return make_box(b"colr", data[one.content : one.content + VERSION], _keep_color(data, one))


def _keep_color(data: bytes, one: Box) -> bytes:
    """What is kept of a property that says how colours are meant: its codes, or a profile."""
    kind, content = data[one.content : one.content + VERSION], data[one.content + VERSION : one.end]
    if kind == b"nclx":
        return content[:_COLOR_CODES]
    return clean_profile(content) if kind in (b"prof", b"rICC") else b""


def _keep(data: bytes, box: Box, extents: Mapping[int, list[Extent]], seen: frozenset[int]) -> bytes:
    """The content of a box, with zeros for all that does not belong to seen items."""
    kept = bytearray(box.end - box.content)
    for first, last in (extent for item in seen for extent in extents.get(item, ())):
        if first < box.content or last > box.end:
            raise NotCleanable(DAMAGED)
        kept[first - box.content : last - box.content] = data[first:last]
    return bytes(kept)
