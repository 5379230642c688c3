"""BMP: a header, a table of colours, the pixels. What lies between and behind them goes, as does a profile."""

import struct

from newsgen.media.cleaning.fault import CUT, DAMAGED, UNKNOWN, NotCleanable

_FILE = 14
_CORE, _INFO, _LONGEST = 12, 40, 124
_DEPTHS = (1, 4, 8, 16, 24, 32)
_WITH_ALPHA = 32
_PLAIN, _PACKED, _MASKS = 0, (1, 2), (3, 6)
_COLORS = slice(_FILE + 56, _FILE + _LONGEST)
"""What newer headers say of colours, with the path or the place of a profile."""


def clean_bmp(data: bytes) -> bytes:
    """A BMP file without private data; its pixels are the same.

    Raises:
        NotCleanable: when it cannot be cleaned for certain.
    """
    table_end, size = _measure(data[_FILE:])
    first = int.from_bytes(data[10:14], "little")
    if first < _FILE + table_end:
        raise NotCleanable(DAMAGED)
    if first + size > len(data):
        raise NotCleanable(CUT)
    head = bytearray(data[: _FILE + table_end])
    head[2:14] = struct.pack("<IHHI", len(head) + size, 0, 0, len(head))
    length = int.from_bytes(data[_FILE : _FILE + 4], "little")
    if length > 56:
        head[_COLORS.start : _FILE + length] = b"BGRs".ljust(length - 56, b"\0")
    return bytes(head) + data[first : first + size]


def cut_icon(data: bytes) -> bytes:
    """The bitmap of an icon up to its last pixel: its height counts a mask, whose pixels follow the others.

    Raises:
        NotCleanable: when it is none.
    """
    table_end, size = _measure(data)
    if int.from_bytes(data[:4], "little") == _CORE:
        raise NotCleanable(UNKNOWN)
    width, double = struct.unpack_from("<ii", data, 4)
    end = table_end + size // 2
    pixels, mask = data[:end], data[end : end + (width + 31) // 32 * 4 * (abs(double) // 2)]
    has_alpha = data[14] == _WITH_ALPHA and any(pixels[table_end + 3 :: 4])
    return pixels + (bytes(len(mask)) if has_alpha else mask)  # no reader looks at the mask then


def _measure(bitmap: bytes) -> tuple[int, int]:
    """How long the header of a bitmap and its colours are, and its pixels."""
    length = int.from_bytes(bitmap[:4], "little")
    if length == _CORE and len(bitmap) >= _CORE:
        width, height, _, depth = struct.unpack_from("<HHHH", bitmap, 4)
        way = size = colors = 0
    elif _INFO <= length <= min(_LONGEST, len(bitmap)):
        width, height, _, depth, way, size, _, _, colors = struct.unpack_from("<iiHHIIiiI", bitmap, 4)
    else:
        raise NotCleanable(UNKNOWN)
    if width <= 0 or not height or depth not in _DEPTHS or way not in (_PLAIN, *_PACKED, *_MASKS) or colors > 256:
        raise NotCleanable(UNKNOWN)
    if way not in _PACKED:
        size = (width * depth + 31) // 32 * 4 * abs(height)
    table = (colors or (1 << depth if depth <= 8 else 0)) * (3 if length == _CORE else 4)
    masks = {3: 12, 6: 16}.get(way, 0) if length == _INFO else 0
    return length + masks + table, size
