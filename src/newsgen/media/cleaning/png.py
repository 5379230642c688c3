"""PNG and APNG (W3C PNG, third edition) without texts, times, EXIF, private chunks and what follows the picture."""

import struct
from collections.abc import Iterator
from zlib import crc32

from newsgen.media.cleaning.fault import CUT, DAMAGED, NotCleanable
from newsgen.media.cleaning.orientation import make_exif, read_orientation

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split())
"""The chunks that say how the picture looks. The colour profile, iCCP, has a name of its own besides."""

PROFILE_NAME = b"icc"
_LONGEST_NAME = 79


def clean_png(data: bytes) -> bytes:
    """A PNG file without private data; its pixels, profile and orientation are the same.

    Raises:
        NotCleanable: when it cannot be cleaned for certain.
    """
    kept: list[bytes | memoryview] = [SIGNATURE]
    view, seen = memoryview(data), set()
    for name, start, end in _list_chunks(data):
        content = view[start + 8 : end - 4]
        if name == b"eXIf":
            if (orientation := read_orientation(bytes(content))) != 1 and name not in seen:
                kept.append(_make_chunk(name, make_exif(orientation)))
        elif name == b"iCCP" and name not in seen:
            _check(view[start:end])
            kept.append(_rename_profile(bytes(content)))
        elif name in KEPT:
            _check(view[start:end])
            kept.append(view[start:end])
        seen.add(name)
    if not {b"IHDR", b"IDAT"} <= seen:
        raise NotCleanable(DAMAGED)
    return b"".join(kept)


def _list_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk up to the last one, IEND: its name, and where it begins and ends."""
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            break
        if name == b"IEND" and length:
            raise NotCleanable(DAMAGED)
        yield name, at, end
        if name == b"IEND":
            return
        at = end
    raise NotCleanable(CUT)


def _check(chunk: memoryview) -> None:
    """Check the sum of a chunk: a damaged name could make pixels of private data."""
    if crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
        raise NotCleanable(DAMAGED)


def _rename_profile(content: bytes) -> bytes:
    """The chunk of a profile without the name that its maker gave to it."""
    name, zero, rest = content.partition(b"\0")
    if not zero or len(name) > _LONGEST_NAME:
        raise NotCleanable(DAMAGED)
    return _make_chunk(b"iCCP", PROFILE_NAME + b"\0" + rest)


def _make_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc32(name + content))
