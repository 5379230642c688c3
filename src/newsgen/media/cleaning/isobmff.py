"""AVIF and HEIC without EXIF, XMP, thumbnails, gain maps, times, names, and what follows the picture.

Everything keeps its place in the file, as places are written in it: what goes leaves free boxes and zeros.
"""

from newsgen.media.cleaning.boxes import Box, Extent, list_boxes, make_free
from newsgen.media.cleaning.fault import DAMAGED, UNKNOWN, NotCleanable
from newsgen.media.cleaning.items import make_meta, read_items
from newsgen.media.cleaning.tracks import make_tracks

KEPT = (b"ftyp", b"meta", b"moov", b"mdat")


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
    _check_places(extents, [box for box in boxes if box.type == b"mdat"])
    return b"".join(made.get(box.start) or _make(data, box, extents) for box in boxes)


def _check_places(extents: list[Extent], boxes: list[Box]) -> None:
    """Check that all pixels lie in boxes that are for them."""
    for start, end in extents:
        if not any(box.content <= start < end <= box.end for box in boxes):
            raise NotCleanable(DAMAGED)


def _make(data: bytes, box: Box, extents: list[Extent]) -> bytes:
    """A box with what is kept of its content."""
    if box.type == b"ftyp":
        return data[box.start : box.end]
    if box.type != b"mdat":
        return make_free(box.end - box.start)
    content = bytearray(box.end - box.content)
    for start, end in extents:
        if box.content <= start < box.end:
            content[start - box.content : end - box.content] = data[start:end]
    return data[box.start : box.content] + bytes(content)
