"""The tracks of a moving AVIF or HEIC file: their pictures, without times, names and data of programs."""

from newsgen.media.cleaning.boxes import VERSION, Box, Extent, Reader, list_boxes, make_box, make_free
from newsgen.media.cleaning.fault import DAMAGED, UNKNOWN, NotCleanable

FOLDERS = {b"trak": b"moov", b"mdia": b"trak", b"edts": b"trak", b"minf": b"mdia", b"stbl": b"minf"}
"""Boxes of boxes, with the one that each lies in."""

LONGEST = {b"vmhd": 12, b"nmhd": 4, b"tref": 64, b"mvhd": 112, b"tkhd": 96, b"mdhd": 36}
TABLES = {b"elst": 20, b"stts": 8, b"ctts": 8, b"stss": 4, b"stsc": 12, b"stsz": 4, b"stco": 4, b"co64": 8}
"""How many bytes boxes have at most, or each entry of a table."""

TIMED = frozenset(b"mvhd tkhd mdhd".split())
"""Boxes that begin with the times at which something was made and changed."""

_HERE = make_box(b"dinf", make_box(b"dref", bytes(7), b"\1", make_box(b"url ", b"\0\0\0\1")))
"""The box that says that pictures lie in this file."""

HANDLERS = (b"pict", b"auxv", b"vide")
ENTRIES = frozenset(b"av01 hvc1 hev1".split())
IN_ENTRY = frozenset(b"av1C hvcC colr pasp ccst auxi clap clli mdcv btrt".split())
_ENTRY_HEAD = 78
_COMPRESSOR = slice(42, 74)
"""Where the name of the program that compressed stands in the head of an entry."""


def make_tracks(data: bytes, movie: Box) -> tuple[bytes, list[Extent]]:
    """The same `moov` box without private data, as long as before, and the extents of its pictures in the file.

    Raises:
        NotCleanable: when it holds more than pictures, or cannot be read.
    """
    made = bytearray(data[movie.start : movie.end])
    extents: list[Extent] = []
    _clean_folder(data, movie, made, movie.start, extents)
    return bytes(made), extents


def _clean_folder(data: bytes, folder: Box, made: bytearray, origin: int, extents: list[Extent]) -> None:
    """Clean the boxes of a folder in `made`, which begins at `origin` in the file."""
    boxes = list(list_boxes(data, folder.content, folder.end))
    for box in boxes:
        start = box.content - origin
        _check_length(data, box)
        if FOLDERS.get(box.type) == folder.type:
            _clean_folder(data, box, made, origin, extents)
        elif box.type in TIMED:
            size = 16 if data[box.content : box.content + 1] == b"\1" else 8
            _clear(made, start + VERSION, size)
        elif box.type == b"hdlr":
            if data[box.content + 8 : box.content + 12] not in HANDLERS:
                raise NotCleanable(UNKNOWN)
            _clear(made, start + 24, box.end - box.content - 24)
        elif box.type == b"stsd":
            _clean_entries(data, box, made, origin)
        elif box.type == b"dinf":
            made[box.start - origin : box.end - origin] = _make_here(box.end - box.start)
        elif box.type not in LONGEST and box.type not in TABLES:
            made[box.start - origin : box.end - origin] = make_free(box.end - box.start)
    if folder.type == b"stbl":
        extents += _list_samples(data, {box.type: box for box in boxes})


def _check_length(data: bytes, box: Box) -> None:
    """Check that a box has no room for more than what belongs there."""
    length = box.end - box.content
    if box.type in TABLES:
        reader = Reader(data, box.content + VERSION, box.end)
        head = 2 * VERSION
        if box.type == b"stsz":
            head, is_same = head + 4, reader.number(4)
            longest = head + (0 if is_same else TABLES[box.type] * reader.number(4))
        else:
            longest = head + TABLES[box.type] * reader.number(4)
    else:
        longest = LONGEST.get(box.type, length)
    if length > longest:
        raise NotCleanable(DAMAGED)


def _make_here(size: int) -> bytes:
    left = size - len(_HERE)
    if left and left < 8:
        raise NotCleanable(UNKNOWN)
    return _HERE + (make_free(left) if left else b"")


def _clear(made: bytearray, start: int, size: int) -> None:
    if size < 0 or start + size > len(made):
        raise NotCleanable(DAMAGED)
    made[start : start + size] = bytes(size)


def _clean_entries(data: bytes, box: Box, made: bytearray, origin: int) -> None:
    """Clean the box that says how the pictures of a track are coded."""
    for entry in list_boxes(data, box.content + VERSION + 4, box.end):
        if entry.type not in ENTRIES or entry.end - entry.content < _ENTRY_HEAD:
            raise NotCleanable(UNKNOWN)
        start = entry.content - origin
        _clear(made, start + _COMPRESSOR.start, _COMPRESSOR.stop - _COMPRESSOR.start)
        for inner in list_boxes(data, entry.content + _ENTRY_HEAD, entry.end):
            if inner.type not in IN_ENTRY:
                made[inner.start - origin : inner.end - origin] = make_free(inner.end - inner.start)


def _list_samples(data: bytes, boxes: dict[bytes, Box]) -> list[Extent]:
    """The extents of a track's pictures: chunks of several, each with its place in the file."""
    if not {b"stsc", b"stsz"} <= boxes.keys() or not {b"stco", b"co64"} & boxes.keys():
        raise NotCleanable(UNKNOWN)
    sizes = _open(data, boxes[b"stsz"])
    same, count = sizes.number(4), sizes.number(4)
    runs = _open(data, boxes[b"stsc"])
    starts = {runs.number(4): (runs.number(4), runs.number(4))[0] for _ in range(runs.number(4))}
    width = 4 if b"stco" in boxes else 8
    places = _open(data, boxes[b"stco" if width == 4 else b"co64"])
    found, in_chunk = [], 0
    for number in range(1, places.number(4) + 1):
        in_chunk = starts.get(number, in_chunk)
        start = at = places.number(width)
        at += same * min(in_chunk, count) or sum(sizes.number(4) for _ in range(min(in_chunk, count)))
        count -= min(in_chunk, count)
        found.append((start, at))
    return found


def _open(data: bytes, box: Box) -> Reader:
    return Reader(data, box.content + VERSION, box.end)
