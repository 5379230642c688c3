"""The frames of an animated PNG (W3C PNG, third edition), drawn one after another as browsers draw them."""

import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from newsgen.media.cleaning.fault import DAMAGED, NotCleanable
from newsgen.media.cleaning.png import SIGNATURE, list_chunks, make_chunk
from newsgen.media.gif_drawing import CLEAR
from newsgen.media.resizing import choose_mode

if TYPE_CHECKING:
    from PIL.Image import Image

COLORS = (b"PLTE", b"tRNS")
"""The chunks of colours, which all frames share."""

HUNDREDTHS = 100
"""A time of which the parts of a second are 0 is in hundredths."""

EMPTIED, RESTORED = 1, 2
"""What is done with the place of a frame before the next one: it is emptied, or what was there is restored."""

ALPHA = 4
"""A flag of the colour type."""

Range = tuple[int, int]
"""Where something begins and ends in the file."""


class PngFrame(msgspec.Struct, frozen=True, gc=False):
    """One frame: its place on the canvas, its time in milliseconds, what is done with it, its pixels in the file.

    `is_over`: what lies behind it shows through.
    """

    left: int
    top: int
    width: int
    height: int
    milliseconds: float
    disposal: int
    is_over: bool
    codes: tuple[Range, ...] = ()


class PngAnimation(msgspec.Struct, frozen=True, gc=False):
    """An animated PNG: its canvas in pixels, its frames, how often they are played, 0 for without an end.

    `form` is what its head says behind the size, `colors` are the chunks that all frames share.
    """

    width: int
    height: int
    frames: tuple[PngFrame, ...]
    plays: int
    form: bytes
    colors: bytes

    @property
    def has_holes(self) -> bool:
        """Whether what lies behind the picture may show through at some time."""
        first = self.frames[0]
        is_full = (first.width, first.height) == (self.width, self.height)
        empties = any(one.disposal == EMPTIED for one in self.frames) or first.disposal == RESTORED
        return not is_full or empties or bool(self.form[1] & ALPHA) or b"tRNS" in self.colors


def read_png(data: bytes) -> PngAnimation:
    """The frames of an animated PNG. A picture that only programs see which do not know animations is none.

    Raises:
        NotCleanable: when it is cut off or damaged.
    """
    size, form, colors, plays = (0, 0), b"", b"", 0
    heads: list[bytes] = []
    codes: list[list[Range]] = []
    for name, start, end in list_chunks(data):
        content = data[start + 8 : end - 4]
        if name == b"IHDR":
            size, form = struct.unpack_from(">2I", content), content[8:]
        elif name in COLORS:
            colors += data[start:end]
        elif name == b"acTL":
            plays = int.from_bytes(content[4:8], "big")
        elif name == b"fcTL":
            heads.append(content)
            codes.append([])
        elif name in (b"IDAT", b"fdAT") and codes:
            codes[-1].append((start + (8 if name == b"IDAT" else 12), end - 4))
    frames = tuple(_read_head(head, tuple(parts)) for head, parts in zip(heads, codes, strict=True))
    if not frames or not all(_is_sound(one, size) for one in frames):
        raise NotCleanable(DAMAGED)
    return PngAnimation(*size, frames, plays, form, colors)


def _read_head(head: bytes, codes: tuple[Range, ...]) -> PngFrame:
    try:
        _, width, height, left, top, parts, of, disposal, blend = struct.unpack(">5I2H2B", head)
    except struct.error:
        raise NotCleanable(DAMAGED) from None
    milliseconds = 1000 * parts / (of or HUNDREDTHS)
    return PngFrame(left, top, width, height, milliseconds, disposal, blend == 1, codes)


def _is_sound(frame: PngFrame, size: tuple[int, int]) -> bool:
    is_inside = frame.left + frame.width <= size[0] and frame.top + frame.height <= size[1]
    return bool(frame.width and frame.height and frame.codes) and is_inside


def draw_frames(data: bytes, png: PngAnimation) -> Iterator["Image"]:
    """The canvas after each frame in RGBA, clear where nothing is drawn: one picture, which the next frame changes."""
    from PIL.Image import new  # start-up: only where animations are drawn

    canvas = new("RGBA", (png.width, png.height), CLEAR)
    for number, frame in enumerate(png.frames):
        box = (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
        before = canvas.crop(box) if frame.disposal == RESTORED and number else None
        drawn = _decode(data, png, frame)
        if frame.is_over:
            canvas.alpha_composite(drawn, box[:2])
        else:
            canvas.paste(drawn, box)
        yield canvas
        if before is not None:
            canvas.paste(before, box)
        elif frame.disposal in (EMPTIED, RESTORED):
            canvas.paste(CLEAR, box)


def _decode(data: bytes, png: PngAnimation, frame: PngFrame) -> "Image":
    """One frame in RGBA, decoded as a PNG of its own."""
    import PIL.Image  # start-up: only where animations are drawn

    PIL.Image.MAX_IMAGE_PIXELS = None  # whoever asks knows the site's own limit
    head = struct.pack(">2I", frame.width, frame.height) + png.form
    pixels = b"".join(data[start:end] for start, end in frame.codes)
    parts = (SIGNATURE, make_chunk(b"IHDR", head), png.colors, make_chunk(b"IDAT", pixels), make_chunk(b"IEND", b""))
    with PIL.Image.open(io.BytesIO(b"".join(parts)), formats=["PNG"]) as image:
        return choose_mode(image).convert("RGBA")
