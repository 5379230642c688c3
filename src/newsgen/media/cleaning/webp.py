"""WebP (RFC 9649) without EXIF, XMP, unknown chunks and what follows the picture."""

import struct
from collections.abc import Iterator

from newsgen.media.cleaning.fault import CUT, DAMAGED, NotCleanable
from newsgen.media.cleaning.orientation import make_exif, read_orientation
from newsgen.media.cleaning.profile import clean_profile

HAS_EXIF, HAS_XMP = 0x08, 0x04
"""Flags of the chunk VP8X."""

IS_ANIMATION = 0x02

PIXELS = (b"VP8 ", b"VP8L")
STILL = frozenset({*PIXELS, b"ALPH"})
MOVING = frozenset({b"ANIM", b"ANMF"})
_ANIM_SIZE = 6
_FRAME_HEAD = 16
"""Bytes of a frame of an animation before its own chunks."""

_EXIF = b"Exif\0\0"
"""Some programs write this before the EXIF, as in JPEG."""


def clean_webp(data: bytes) -> bytes:
    """A WebP file without private data; its pixels, profile and orientation are the same.

    Raises:
        NotCleanable: when it cannot be cleaned for certain.
    """
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise NotCleanable(CUT)
    chunks = list(list_chunks(data, 12, end))
    orientation = next((_read(content) for name, content in chunks if name == b"EXIF"), 1)
    seen = _choose(chunks) if chunks else []
    names = {name for name, _ in seen}
    if not names & {*PIXELS, b"ANMF"}:
        raise NotCleanable(DAMAGED)
    kept = [_clean(name, content, orientation) for name, content in seen]
    if orientation != 1 and b"VP8X" in names:
        kept.append(_make_chunk(b"EXIF", make_exif(orientation)))
    body = b"".join((b"WEBP", *kept))
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _read(content: bytes) -> int:
    return read_orientation(content.removeprefix(_EXIF))


def _choose(chunks: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The chunks that readers look at: without the head VP8X the first alone, else those of a picture or of frames."""
    if chunks[0][0] != b"VP8X":
        return [chunk for chunk in chunks[:1] if chunk[0] in PIXELS]
    is_animation = chunks[0][1][:1] and chunks[0][1][0] & IS_ANIMATION
    profile = next((chunk for chunk in chunks if chunk[0] == b"ICCP" and clean_profile(chunk[1])), None)
    seen = [chunk for chunk in chunks if chunk[0] in MOVING] if is_animation else _choose_still(chunks)
    return [chunks[0], *([profile] if profile else ()), *seen]


def _choose_still(chunks: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The first picture among chunks, behind its alpha."""
    found = [chunk for chunk in chunks if chunk[0] in STILL]
    number = next((number for number, (name, _) in enumerate(found) if name in PIXELS), None)
    if number is None:
        raise NotCleanable(DAMAGED)
    return [*found[:number][-1:], found[number]]


def _clean(name: bytes, content: bytes, orientation: int) -> bytes:
    """A chunk with what is kept of its content."""
    if name == b"VP8X":
        if len(content) != 10:
            raise NotCleanable(DAMAGED)
        flags = content[0] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if orientation != 1 else 0)
        content = bytes([flags, 0, 0, 0]) + content[4:]
    elif name == b"ICCP":
        content = clean_profile(content)
    elif name == b"ANIM":
        content = content[:_ANIM_SIZE]
    elif name == b"ANMF":
        inner = [_clean(*one, 1) for one in _choose_still([*list_chunks(content, _FRAME_HEAD, len(content))])]
        content = content[:_FRAME_HEAD] + b"".join(inner)
    elif (name == b"VP8L" and content[:1] != b"\x2f") or (name == b"VP8 " and content[3:6] != b"\x9d\x01\x2a"):
        raise NotCleanable(DAMAGED)
    return _make_chunk(name, content)


def list_chunks(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """The name and the content of each chunk between two places."""
    at = start
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > end:
            raise NotCleanable(CUT)
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _make_chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
