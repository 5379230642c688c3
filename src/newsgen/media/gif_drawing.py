"""The frames of a GIF, drawn one after another as browsers draw them."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsgen.media.gif_frames import Frame, GifFile

if TYPE_CHECKING:
    from PIL.Image import Image

CLEAR = (0, 0, 0, 0)


def draw_frames(data: bytes, gif: GifFile) -> Iterator["Image"]:
    """The canvas after each frame in RGBA, clear where nothing is drawn: one picture, which the next frame changes."""
    from PIL.Image import new  # start-up: only where animations are drawn

    canvas = new("RGBA", (gif.width, gif.height), CLEAR)
    for frame in gif.frames:
        box = (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
        before = canvas.crop(box) if frame.disposal == 3 else None
        drawn = _decode(data, frame)
        canvas.paste(drawn, box, drawn)
        yield canvas
        if frame.disposal == 2:
            canvas.paste(CLEAR, box)
        elif before is not None:
            canvas.paste(before, box)


def _decode(data: bytes, frame: Frame) -> "Image":
    """One frame in RGBA, decoded as a GIF of its own."""
    import PIL.Image  # start-up: only where animations are drawn

    PIL.Image.MAX_IMAGE_PIXELS = None  # whoever asks knows the site's own limit
    colors = data[slice(*frame.colors)]
    table = 0x80 | (len(colors) // 3).bit_length() - 2 if colors else 0
    size = frame.width.to_bytes(2, "little") + frame.height.to_bytes(2, "little")
    parts = [b"GIF89a", size, bytes([table, 0, 0]), colors]
    if frame.transparent is not None:
        parts.append(b"!\xf9\4\1\0\0" + bytes([frame.transparent, 0]))
    parts += [b",\0\0\0\0", size, bytes([0x40 * frame.is_interlaced]), data[slice(*frame.codes)], b";"]
    with PIL.Image.open(io.BytesIO(b"".join(parts)), formats=["GIF"]) as image:
        return image.convert("RGBA")
