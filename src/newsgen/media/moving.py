"""Animations of all kinds, frame by frame, as browsers draw them."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newsgen.core.messages import say
from newsgen.media import gif_drawing, png_frames
from newsgen.media.cleaning.fault import DAMAGED, NotCleanable, PictureFault
from newsgen.media.gif_frames import INSTEAD, read_gif
from newsgen.media.pictures import is_too_long
from newsgen.media.resizing import convert_to_srgb
from newsgen.model.pictures import Size

if TYPE_CHECKING:
    from PIL.Image import Image

FLAT = 8
"""A GIF or PNG of so many pixels a byte has flat colours, as recordings of screens have."""

SHORTEST = 10
"""Browsers show a frame of so many milliseconds or less for a tenth of a second."""


class Animation(NamedTuple):
    """An animation that can be drawn, again and again from its first frame on.

    `durations` are in milliseconds, as browsers show the frames; `plays` is 0 for without an end. `has_holes`: what
    lies behind may show through. `is_flat`: it has few colours, and may be smaller without loss. A frame that is drawn
    may be changed by the next one.
    """

    size: Size
    durations: Sequence[int]
    plays: int
    has_holes: bool
    is_flat: bool
    draw: "Callable[[], Iterator[Image]]"


def open_animation(data: bytes, kind: str, most: int) -> Animation:
    """The animation in a file, whose frames may have twice `most` megapixels together.

    Raises:
        PictureFault: when it is damaged, or has more pixels.
    """
    return {"GIF": _open_gif, "PNG": _open_png}.get(kind, _open_webp)(data, most)


def _open_gif(data: bytes, most: int) -> Animation:
    gif = read_gif(data)
    if not gif.is_inside:
        raise NotCleanable(DAMAGED)
    size, durations = (gif.width, gif.height), [one.duration for one in gif.frames]
    _check(size, len(durations), most)
    is_flat = _is_flat(data, size, len(durations))
    return Animation(size, durations, gif.plays, gif.has_holes, is_flat, lambda: gif_drawing.draw_frames(data, gif))


def _open_png(data: bytes, most: int) -> Animation:
    png = png_frames.read_png(data)
    size, durations = (png.width, png.height), [_choose_duration(one.milliseconds) for one in png.frames]
    _check(size, len(durations), most)
    with _open(data, "PNG") as image:
        profile = image.info.get("icc_profile") or b""

    def draw() -> "Iterator[Image]":
        return _convert(png_frames.draw_frames(data, png), profile)

    return Animation(size, durations, png.plays, png.has_holes, _is_flat(data, size, len(durations)), draw)


def _open_webp(data: bytes, most: int) -> Animation:
    image = _open(data, "WEBP")
    _check(image.size, image.n_frames, most)
    profile = image.info.get("icc_profile") or b""

    def seek() -> "Iterator[Image]":
        for number in range(image.n_frames):
            image.seek(number)
            image.load()
            yield image

    durations = [_choose_duration(image.info.get("duration", 0)) for _ in seek()]
    has_holes, is_flat = image.mode == "RGBA", b"VP8L" in data
    return Animation(image.size, durations, image.info["loop"], has_holes, is_flat, lambda: _convert(seek(), profile))


def _open(data: bytes, kind: str) -> Any:  # noqa: ANN401 - a picture with a file of its own
    import PIL.Image  # start-up: only where animations are made

    PIL.Image.MAX_IMAGE_PIXELS = None  # `is_too_long` knows the site's own limit
    return PIL.Image.open(io.BytesIO(data), formats=[kind])


def _convert(frames: "Iterator[Image]", profile: bytes) -> "Iterator[Image]":
    """The frames in sRGB."""
    return (convert_to_srgb(frame.copy(), profile) for frame in frames) if profile else frames


def _check(size: Size, frames: int, most: int) -> None:
    if is_too_long(size, frames, most):
        raise PictureFault(say("its frames have too many pixels"))


def _is_flat(data: bytes, size: Size, frames: int) -> bool:
    return FLAT * len(data) < size[0] * size[1] * frames


def _choose_duration(milliseconds: float) -> int:
    return round(milliseconds) if milliseconds > SHORTEST else INSTEAD
