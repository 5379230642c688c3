"""Animations of all kinds, frame by frame: GIF as browsers draw it, PNG and WebP as their decoders do."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newsgen.core.messages import say
from newsgen.media.cleaning.fault import DAMAGED, NotCleanable, PictureFault
from newsgen.media.gif_drawing import draw_frames
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
    return _open_gif(data, most) if kind == "GIF" else _open_other(data, kind, most)


def _open_gif(data: bytes, most: int) -> Animation:
    gif = read_gif(data)
    if not gif.is_inside:
        raise NotCleanable(DAMAGED)
    size, durations = (gif.width, gif.height), [one.duration for one in gif.frames]
    _check(size, len(durations), most)
    is_flat = _is_flat(data, size, len(durations))
    return Animation(size, durations, gif.plays, gif.has_holes, is_flat, lambda: draw_frames(data, gif))


def _open_other(data: bytes, kind: str, most: int) -> Animation:
    import PIL.Image  # start-up: only where animations are made

    PIL.Image.MAX_IMAGE_PIXELS = None  # `is_too_long` knows the site's own limit
    image: Any = PIL.Image.open(io.BytesIO(data), formats=[kind.upper()])
    first = int(bool(image.info.get("default_image")))  # of a PNG, for programs that do not know animations
    _check(image.size, image.n_frames - first, most)
    profile = image.info.get("icc_profile") or b""

    def draw() -> "Iterator[Image]":
        for number in range(first, image.n_frames):
            image.seek(number)
            image.load()
            yield convert_to_srgb(image.copy(), profile) if profile else image

    durations = [_choose_duration(image.info.get("duration", 0)) for _ in draw()]
    has_holes = image.has_transparency_data
    is_flat = b"VP8L" in data if kind == "WebP" else _is_flat(data, image.size, len(durations))
    return Animation(image.size, durations, image.info.get("loop", 0), has_holes, is_flat, draw)


def _check(size: Size, frames: int, most: int) -> None:
    if is_too_long(size, frames, most):
        raise PictureFault(say("its frames have too many pixels"))


def _is_flat(data: bytes, size: Size, frames: int) -> bool:
    return FLAT * len(data) < size[0] * size[1] * frames


def _choose_duration(milliseconds: float) -> int:
    return round(milliseconds) if milliseconds > SHORTEST else INSTEAD
