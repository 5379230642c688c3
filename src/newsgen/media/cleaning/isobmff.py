"""AVIF and HEIC without EXIF, XMP, thumbnails, gain maps, times, names, and what follows the picture.

Everything keeps its place in the file, as places are written in it: what goes leaves free boxes and zeros.
"""

from newsgen.media.cleaning.boxes import Box, Extent, list_boxes, make_box, make_free
from newsgen.media.cleaning.fault import DAMAGED, UNKNOWN, NotCleanable
from newsgen.media.cleaning.items import make_meta, read_items
from newsgen.media.cleaning.tracks import make_tracks

KEPT = (b"ftyp", b"meta", b"moov", b"mdat")
_WORDS = """avif avis avio mif1 mif2 msf1 miaf MA1A MA1B MiHE MiHB MiHA heic heix heim heis hevc hevx 1pic tmap pred
isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 mp41 mp42 av01"""
BRANDS = frozenset(_WORDS.encode().split())
"""What files say that they conform to."""


def clean_isobmff(data: bytes) -> bytes:
    """An AVIF or HEIC file without private data; its pixels, profile and orientation are the same.

    Raises:
        NotCleanable: when it cannot be cleaned for certain.
    """
    boxes = list(list_boxes(data, 0, len(data)))
    while boxes and boxes[-1].type not in KEPT:
        boxes.pop()
    names = [box.type for box in boxes if box.type in KEPT[:3]]
    if names[:1] != [b"ftyp"] or len(names) == 1 or len(set(names)) < len(names):
        raise NotCleanable(UNKNOWN)
    made: dict[int, bytes] = {}
    extents: list[Extent] = []
    for box in boxes:
        if box.type == b"meta":
            items = read_items(data, box)
            extents += (extent for item in items.seen for extent in items.extents.get(item, ()))
            items.check_apart()
            made[box.start] = make_meta(items, box)
        elif box.type == b"moov":
            made[box.start], more = make_tracks(data, box)
            extents += more
    places = _place(_merge(extents), [box for box in boxes if box.type == b"mdat"])
    return b"".join(made.get(box.start) or _make(data, box, places.get(box.start, [])) for box in boxes)


def _merge(extents: list[Extent]) -> list[Extent]:
    """The same bytes in their order, each once: the still of an animation is also the first picture of its track."""
    merged: list[Extent] = []
    for start, end in sorted(extents):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _place(extents: list[Extent], boxes: list[Box]) -> dict[int, list[Extent]]:
    """The extents in each of the boxes for pixels, by where it begins; both in their order in the file.

    Raises:
        NotCleanable: when one lies in none of them.
    """
    places: dict[int, list[Extent]] = {box.start: [] for box in boxes}
    following = iter(boxes)
    box = next(following, None)
    for start, end in extents:
        while box is not None and box.end <= start:
            box = next(following, None)
        if box is None or not box.content <= start < end <= box.end:
            raise NotCleanable(DAMAGED)
        places[box.start].append((start, end))
    return places


def _make(data: bytes, box: Box, extents: list[Extent]) -> bytes:
    """A box with what is kept of its content."""
    if box.type == b"ftyp":
        return _make_brands(data[box.content : box.end])
    if box.type != b"mdat":
        return make_free(box.end - box.start)
    content = bytearray(box.end - box.content)
    for start, end in extents:
        content[start - box.content : end - box.content] = data[start:end]
    return data[box.start : box.content] + bytes(content)


def _make_brands(content: bytes) -> bytes:
    """The first box, with a known brand in the place of one that is not known."""
    brands = [content[at : at + 4] for at in (0, *range(8, len(content), 4))]
    known = next((brand for brand in brands if brand in BRANDS), b"")
    if not known or len(content) % 4:
        raise NotCleanable(UNKNOWN)
    first, *others = (brand if brand in BRANDS else known for brand in brands)
    return make_box(b"ftyp", first, bytes(4), *others)
