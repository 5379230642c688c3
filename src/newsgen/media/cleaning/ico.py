"""ICO: a table of icons, each a PNG file or a bitmap."""

import struct

from newsgen.media.cleaning.bmp import cut_icon
from newsgen.media.cleaning.fault import CUT, DAMAGED, NotCleanable
from newsgen.media.cleaning.png import SIGNATURE, clean_png

_HEAD, _ENTRY = 6, 16


def clean_ico(data: bytes) -> bytes:
    """An ICO file whose PNG files are clean, without bytes that belong to no icon.

    Raises:
        NotCleanable: when it cannot be cleaned for certain.
    """
    (count,) = struct.unpack_from("<H", data.ljust(_HEAD, b"\0"), 4)
    at = _HEAD + _ENTRY * count
    if not count:
        raise NotCleanable(DAMAGED)
    if at > len(data):
        raise NotCleanable(CUT)
    entries: list[bytes] = []
    icons: list[bytes] = []
    for number in range(count):
        head, size, place = struct.unpack_from("<8sII", data, _HEAD + _ENTRY * number)
        icon = data[place : place + size]
        if len(icon) < size:
            raise NotCleanable(CUT)
        icon = clean_png(icon) if icon.startswith(SIGNATURE) else cut_icon(icon)
        entries.append(struct.pack("<8sII", head, len(icon), at))
        icons.append(icon)
        at += len(icon)
        if at > len(data):  # the same bytes again and again
            raise NotCleanable(DAMAGED)
    return b"".join((data[:_HEAD], *entries, *icons))
