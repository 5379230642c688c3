"""GIFs that move, of any frames, written byte by byte where no program writes such ones."""

import io
import struct
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import NamedTuple
from zlib import compress, crc32

from PIL import Image

COLORS = ((220, 30, 30), (30, 160, 30), (30, 30, 220), (240, 240, 240))
LOOP = b"!\xff\x0bNETSCAPE2.0\3\1%s\0"


class Part(NamedTuple):
    """One frame of one colour: its place, its time in hundredths of a second, and what is done with it afterwards."""

    color: int
    box: tuple[int, int, int, int]
    hundredths: int = 10
    disposal: int = 1
    hole: tuple[int, int, int, int] | None = None


def write_gif(size: tuple[int, int], parts: Sequence[Part], again: int | None = 0, notes: bytes = b"") -> bytes:
    """A GIF of these frames. It is played `again` so often, 0 for without an end, None for once; `notes` are blocks."""
    table = b"".join(map(bytes, COLORS))
    written = [b"GIF89a", struct.pack("<2H", *size), b"\x81\0\0", table]
    written += [notes, LOOP % struct.pack("<H", again) if again is not None else b""]
    for part in parts:
        left, top, right, bottom = part.box
        image = Image.new("P", (right - left, bottom - top), part.color)
        image.putpalette(table)
        if part.hole is not None:
            image.paste(3, part.hole)
        file = io.BytesIO()
        image.save(file, "GIF", optimize=False)
        plain = file.getvalue()
        start = plain.index(b",\0\0\0\0") + 10
        start += 3 << ((plain[start - 1] & 7) + 1) if plain[start - 1] & 0x80 else 0
        flags = part.disposal << 2 | (part.hole is not None)
        written.append(b"!\xf9\4" + bytes([flags]) + struct.pack("<H", part.hundredths) + b"\3\0")
        written.append(b"," + struct.pack("<4H", left, top, right - left, bottom - top) + b"\0" + plain[start:-1])
    return b"".join((*written, b";"))


class PngPart(NamedTuple):
    """One frame of an animated PNG, of one colour: its place, what is done with it, and whether it lies over others."""

    color: tuple[int, int, int, int]
    box: tuple[int, int, int, int]
    disposal: int = 0
    is_over: bool = False


def write_png(size: tuple[int, int], parts: Sequence[PngPart], times: tuple[int, int] = (9, 100)) -> bytes:
    """An animated PNG of these frames, whose time is a fraction of a second."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">2I5B", *size, 8, 6, 0, 0, 0))
    written = [b"\x89PNG\r\n\x1a\n", head, chunk(b"acTL", struct.pack(">2I", len(parts), 0))]
    for number, part in enumerate(parts):
        left, top, right, bottom = part.box
        place = right - left, bottom - top, left, top
        written.append(chunk(b"fcTL", struct.pack(">5I2H2B", number, *place, *times, part.disposal, part.is_over)))
        pixels = compress((b"\0" + bytes(part.color) * (right - left)) * (bottom - top))
        written.append(chunk(b"fdAT", struct.pack(">I", number) + pixels) if number else chunk(b"IDAT", pixels))
    return b"".join((*written, chunk(b"IEND", b"")))


@cache
def make_large_gif(seed: int = 0, size: tuple[int, int] = (320, 240), frames: int = 8, again: int | None = 0) -> bytes:
    """A GIF of more than 500 KB: noise, and a square that moves."""
    random = Random(seed)  # noqa: S311 - for tests
    images = []
    for number in range(frames):
        image = Image.frombytes("L", size, random.randbytes(size[0] * size[1]))
        image.paste(255, (8 * number, 8 * number, 8 * number + 40, 8 * number + 40))
        images.append(image)
    file = io.BytesIO()
    more = {} if again is None else {"loop": again}
    images[0].save(file, "GIF", save_all=True, append_images=images[1:], duration=120, **more)
    return file.getvalue()


@cache
def make_large_animation(kind: str, loop: int = 0) -> bytes:
    """The same as an animated PNG or WebP, without loss."""
    first, *others = [image.convert("RGB") for image, _ in list_frames(make_large_gif())]
    file = io.BytesIO()
    first.save(file, kind, save_all=True, append_images=others, duration=120, loop=loop, lossless=True)
    return file.getvalue()


def make_bomb(side: int, frames: int) -> bytes:
    """A GIF of a few kilobytes for each of its large frames."""
    image = Image.new("P", (side, side), 1)
    file = io.BytesIO()
    image.save(file, "GIF")
    plain = file.getvalue()
    at = plain.index(b",\0\0\0\0")
    return plain[:at] + plain[at:-1] * frames + b";"


def list_frames(data: bytes) -> list[tuple[Image.Image, int]]:
    """The frames of a picture in RGBA, each with its time in milliseconds."""
    found = []
    with Image.open(io.BytesIO(data)) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            image.load()
            found.append((image.convert("RGBA"), image.info.get("duration")))
    return found
