"""The orientation of a picture: the one value of its EXIF that readers see, and all that is kept of it.

EXIF is a TIFF file (CIPA DC-008, section 4.5): a header, then directories of entries of 12 bytes.
"""

import struct

ORIENTATION = 0x0112
MOST_ENTRIES = 1000
_SHORT = 3
_TURNED = range(2, 9)
"""The orientations that turn or mirror a picture; 1 is upright."""

SIDEWAYS = range(5, 9)
"""Those that exchange width and height."""


def read_orientation(tiff: bytes) -> int:
    """The orientation that EXIF gives, 2 to 8; 1 where it gives none, or cannot be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(min(count, MOST_ENTRIES)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if tag == ORIENTATION and kind == _SHORT:
                return value if value in _TURNED else 1
    except struct.error:  # it is cut off
        pass
    return 1


def make_exif(orientation: int) -> bytes:
    """A TIFF file that holds an orientation and nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, _SHORT, 1, orientation, 0, 0)
