"""JPEG (ITU-T T.81, annex B) without EXIF, XMP, IPTC, comments, thumbnails and whatever follows the picture.

A picture is a row of segments up to EOI. Phones write a film or further pictures behind it, whose bytes may hold
another EOI: so the segments are followed from the start, and the first end is the end.
"""

import re
from collections.abc import Callable, Iterator

from newsgen.core.messages import Message, say
from newsgen.media.cleaning.fault import CUT, DAMAGED, NotCleanable
from newsgen.media.cleaning.orientation import make_exif, read_orientation
from newsgen.media.cleaning.profile import clean_profile

SOI, EOI, SOS, DRI, DNL, EXP = 0xD8, 0xD9, 0xDA, 0xDD, 0xDC, 0xDF
DHT, DAC, DQT = 0xC4, 0xCC, 0xDB
APP0, APP1, APP2, APP13, APP14 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
FRAMES = frozenset(range(0xC0, 0xD0)) - {DHT, 0xC8, DAC}
"""The markers of a frame header, one for each process of coding."""

EXIF, ICC = b"Exif\0\0", b"ICC_PROFILE\0"
_PROFILE_PART = 65_519
_MOST_COMPONENTS = 4
_JFIF = re.compile(rb"JFIF\0(.{7})", re.DOTALL)
_ADOBE = re.compile(rb"Adobe.{7}", re.DOTALL)
_MARKER = re.compile(rb"\xff[\x02-\xcf\xd8-\xfe]")
"""The next marker that is neither a stuffed zero nor one without a segment (RST0 to RST7, TEM)."""

_SECOND: Message = say("a second picture begins inside it")


def clean_jpeg(data: bytes) -> bytes:
    """A JPEG file without private data; its pixels, profile and orientation are the same.

    Raises:
        NotCleanable: when it cannot be cleaned for certain.
    """
    kept: list[bytes | memoryview] = [b"\xff\xd8"]
    view, orientation, is_framed, is_scanned = memoryview(data), 1, False, False
    profile: dict[int, bytes] = {}
    for marker, start, end, scan_end in list_segments(data):
        content = data[start + 4 : end]
        if marker == APP1 and content.startswith(EXIF) and orientation == 1:
            orientation = read_orientation(content[len(EXIF) :])
        elif marker == APP2 and content.startswith(ICC):
            profile.setdefault(content[len(ICC)] if len(content) > len(ICC) else 0, content[len(ICC) + 2 :])
        elif marker in (APP0, APP14):
            kept.append(_clean_application(marker, content))
        elif marker in _CHECKS or marker in FRAMES:
            _check(marker, content)
            if is_framed == (marker in FRAMES) and marker in (SOS, *FRAMES):  # one frame, and then its scans
                raise NotCleanable(DAMAGED)
            is_framed = is_framed or marker in FRAMES
            is_scanned = is_scanned or marker == SOS
            kept.append(view[start:scan_end])
    if not (is_framed and is_scanned):
        raise NotCleanable(DAMAGED)
    first = 2 if kept[1][3:7] == b"\x10JFI" else 1
    kept[first:first] = _make_profile(b"".join(part for _, part in sorted(profile.items())))
    if orientation != 1:
        kept.insert(first, _make_segment(APP1, EXIF + make_exif(orientation)))
    return b"".join((*kept, b"\xff\xd9"))


def list_segments(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """The segments before EOI: the marker, where it and its segment begin and end, and where the coded data ends.

    Bytes between segments, which decoders pass over, are in none.
    """
    at = 2
    while (found := _MARKER.search(data, at)) is not None:
        marker, start = found[0][1], found.start()
        if marker == EOI:
            return
        if marker == SOI:
            raise NotCleanable(_SECOND)
        end = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        if end < start + 4 or end > len(data):
            raise NotCleanable(CUT)
        at = end
        if marker == SOS:
            following = _MARKER.search(data, end)
            at = following.start() if following else len(data)
        yield marker, start, end, at
    raise NotCleanable(CUT)


def _clean_application(marker: int, content: bytes) -> bytes:
    """What is kept of a segment of an application: its part that says how colours are meant."""
    if marker == APP14 and (adobe := _ADOBE.match(content)):
        return _make_segment(APP14, adobe[0])
    if marker == APP0 and (jfif := _JFIF.match(content)):
        return _make_segment(APP0, b"JFIF\0" + jfif[1] + b"\0\0")  # its thumbnail has no pixels
    return b""


def _make_profile(profile: bytes) -> list[bytes]:
    """The segments of a profile, which may be longer than one; none if it is no profile."""
    cleaned = clean_profile(profile)
    parts = [cleaned[at : at + _PROFILE_PART] for at in range(0, len(cleaned), _PROFILE_PART)]
    return [_make_segment(APP2, ICC + bytes([n, len(parts)]) + part) for n, part in enumerate(parts, 1)]


def _make_segment(marker: int, content: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(content) + 2).to_bytes(2, "big") + content


def _check(marker: int, content: bytes) -> None:
    """Check that a segment holds what its marker says: a damaged marker could make tables of private data."""
    if not _CHECKS.get(marker, _is_frame)(content):
        raise NotCleanable(DAMAGED)


def _is_frame(content: bytes) -> bool:
    return len(content) >= 9 and len(content) == 6 + 3 * content[5] and content[5] <= _MOST_COMPONENTS


def _is_scan(content: bytes) -> bool:
    return len(content) >= 6 and content[0] <= 4 and len(content) == 4 + 2 * content[0]


def _is_quantization(content: bytes) -> bool:
    at = 0
    while at < len(content):
        if content[at] >> 4 > 1 or content[at] & 15 > 3:
            return False
        at += 129 if content[at] >> 4 else 65
    return at == len(content)


def _is_huffman(content: bytes) -> bool:
    at = 0
    while at < len(content):
        if content[at] >> 4 > 1 or content[at] & 15 > 3:
            return False
        at += 17 + sum(content[at + 1 : at + 17])
    return at == len(content)


def _is_arithmetic(content: bytes) -> bool:
    return len(content) % 2 == 0 and all(one >> 4 <= 1 for one in content[::2])


def _has_size(size: int) -> Callable[[bytes], bool]:
    return lambda content: len(content) == size


_CHECKS: dict[int, Callable[[bytes], bool]] = {
    SOS: _is_scan,
    DQT: _is_quantization,
    DHT: _is_huffman,
    DAC: _is_arithmetic,
    DRI: _has_size(2),
    DNL: _has_size(2),
    EXP: _has_size(1),
}
