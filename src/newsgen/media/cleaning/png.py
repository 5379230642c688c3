"""PNG and APNG (W3C PNG, third edition) without texts, times, EXIF, private chunks and what follows the picture."""

import struct
from collections.abc import Iterator
from zlib import compress, crc32, decompressobj, error

from newsgen.media.cleaning.fault import CUT, DAMAGED, NotCleanable
from newsgen.media.cleaning.orientation import make_exif, read_orientation
from newsgen.media.cleaning.profile import clean_profile

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LONGEST = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"IEND": 0,
    b"tRNS": 256,
    b"cHRM": 32,
    b"gAMA": 4,
    b"sBIT": 4,
    b"sRGB": 1,
    b"cICP": 4,
    b"mDCV": 24,
    b"cLLI": 8,
    b"bKGD": 6,
    b"pHYs": 9,
    b"acTL": 8,
}
"""The chunks that stand once and say how the picture looks, with how many bytes they have at most.

The colour profile, iCCP, has a name of its own besides.
"""

FRAME = b"fcTL"
PIXELS = (b"IDAT", FRAME, b"fdAT")
_FRAME_HEAD = 26
_COLOR_TYPE, _INDEXED = 25, 3

PROFILE_NAME = b"icc"
_LONGEST_NAME = 79
_MOST_OF_PROFILE = 16 * 1024 * 1024


def clean_png(data: bytes) -> bytes:
    """A PNG file without private data; its pixels, profile and orientation are the same.

    Raises:
        NotCleanable: when it cannot be cleaned for certain.
    """
    kept: list[bytes | memoryview] = [SIGNATURE]
    view, seen, last = memoryview(data), set[bytes](), b""
    for name, start, end in list_chunks(data):
        content = view[start + 8 : end - 4]
        if name == b"eXIf":
            if (orientation := read_orientation(bytes(content))) != 1 and name not in seen:
                kept.append(make_chunk(name, make_exif(orientation)))
        elif name == b"iCCP" and name not in seen:
            _check(view[start:end])
            kept.append(_clean_profile(bytes(content)))
        elif (name in LONGEST and name not in seen) or (name in PIXELS and (name == b"IDAT" or b"acTL" in seen)):
            _check(view[start:end])
            if name == b"PLTE" and data[_COLOR_TYPE] != _INDEXED:
                continue  # a hint for old screens
            if len(content) > LONGEST.get(name, _FRAME_HEAD if name == FRAME else len(content)):
                raise NotCleanable(DAMAGED)
            if name == b"IDAT" and name in seen and last != name:
                raise NotCleanable(DAMAGED)
            kept.append(view[start:end])
        seen.add(name)
        last = name
    if not {b"IHDR", b"IDAT"} <= seen:
        raise NotCleanable(DAMAGED)
    return b"".join(kept)


def list_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
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


def _clean_profile(content: bytes) -> bytes:
    """The chunk of a profile without the name that its maker gave to it; nothing if there is none in it."""
    name, zero, rest = content.partition(b"\0")
    if not zero or len(name) > _LONGEST_NAME:
        raise NotCleanable(DAMAGED)
    stream = decompressobj()
    try:
        profile = stream.decompress(rest[1:], _MOST_OF_PROFILE)
    except error:
        return b""
    cleaned = clean_profile(profile)
    if not cleaned or not stream.eof:
        return b""
    packed = rest if cleaned == profile and not stream.unused_data else b"\0" + compress(cleaned, 9)
    return make_chunk(b"iCCP", PROFILE_NAME + b"\0" + packed)


def make_chunk(name: bytes, content: bytes) -> bytes:
    """A chunk with its length and its sum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc32(name + content))
