"""The size of the pictures of a film, from the head of its file: MP4 (ISO 14496-12) and WebM (Matroska)."""

from collections.abc import Iterator
from io import SEEK_END
from typing import BinaryIO

Size = tuple[int, int]

_INSIDE = frozenset([b"moov", b"trak"])
_TURNED = (0, 0x10000, 0xFFFF0000)
"""The first numbers of the matrix of a film that is turned by a quarter: 0, and 1 or -1 beside it."""

_SEGMENT, _TRACKS, _TRACK, _VIDEO, _WIDTH, _HEIGHT = 0x18538067, 0x1654AE6B, 0xAE, 0xE0, 0xB0, 0xBA
_MASTERS = frozenset([_SEGMENT, _TRACKS, _TRACK, _VIDEO])
MOST_PARTS = 10_000
"""How many parts of a file are looked at."""


def read_film_size(file: BinaryIO, ending: str) -> Size | None:
    """Width and height in pixels as shown; None where the file does not say."""
    end = file.seek(0, SEEK_END)
    try:
        return _read_mp4(file, end) if ending == ".mp4" else _read_webm(file, end)
    except (IndexError, ValueError):
        return None


def _read_mp4(file: BinaryIO, end: int) -> Size | None:
    for kind, at, length in _walk_boxes(file, 0, end):
        if kind != b"tkhd" or length > 1000:
            continue
        file.seek(at)
        data = file.read(length)
        numbers = [int.from_bytes(data[place : place + 4], "big") for place in range(len(data) - 44, len(data), 4)]
        width, height = numbers[-2] >> 16, numbers[-1] >> 16
        if width and height:
            is_turned = numbers[0] == _TURNED[0] and numbers[1] in _TURNED[1:]
            return (height, width) if is_turned else (width, height)
    return None


def _walk_boxes(file: BinaryIO, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places, those inside of others after them: kind, place and length of what they hold."""
    places = [(at, end)]
    for _ in range(MOST_PARTS):
        while places and places[-1][0] + 8 > places[-1][1]:
            places.pop()
        if not places:
            return
        at, end = places.pop()
        file.seek(at)
        head = file.read(16)
        length, kind, begin = int.from_bytes(head[:4], "big"), head[4:8], 8
        if length == 1:
            length, begin = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = end - at
        if length < begin:
            return
        places.append((at + length, end))
        yield kind, at + begin, length - begin
        if kind in _INSIDE:
            places.append((at + begin, min(at + length, end)))


def _read_webm(file: BinaryIO, end: int) -> Size | None:
    found: dict[int, int] = {}
    at = 0
    for _ in range(MOST_PARTS):
        if at >= end:
            break
        file.seek(at)
        head = file.read(12)
        name, taken = _read_number(head, keep_mark=True)
        length, more = _read_number(head[taken:], keep_mark=False)
        at += taken + more
        if name in (_WIDTH, _HEIGHT) and length <= 8:
            found.setdefault(name, int.from_bytes(_read_at(file, at, length), "big"))
            if len(found) == 2:
                return (found[_WIDTH], found[_HEIGHT]) if all(found.values()) else None
        if name not in _MASTERS:
            at += length
    return None


def _read_at(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)


def _read_number(data: bytes, *, keep_mark: bool) -> tuple[int, int]:
    """A number of EBML and its length in bytes: the zeros before its first one say how long it is.

    Raises:
        ValueError, IndexError: when there is none.
    """
    length = 9 - data[0].bit_length()
    if length > 8:
        raise ValueError(data)
    value = int.from_bytes(data[:length], "big")
    return value if keep_mark else value & ((1 << (7 * length)) - 1), length
