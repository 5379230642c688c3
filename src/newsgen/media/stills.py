"""The still of an animation: its first frame, as browsers show it, or the first that shows something."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from newsgen.media.cleaning.fault import NotCleanable
from newsgen.media.gif_drawing import draw_frames
from newsgen.media.gif_frames import GifFile, read_gif
from newsgen.media.pictures import SMALLEST

if TYPE_CHECKING:
    from PIL.Image import Image

FLATTEST = 16
"""A frame whose colours differ by no more, of 255, is blank."""

OPAQUE = (255, 255)


def load_still(image: Any, kind: str, data: bytes, most: int) -> "Image":  # noqa: ANN401 - a picture with a file of its own
    """The pixels of an open picture with these bytes; of an animation those of its still.

    Of blank frames no more are passed over than have twice `most` megapixels together.
    """
    gif = _read_gif(data) if kind == "GIF" else None
    if gif is not None:
        return _drop_alpha(_choose(lambda: draw_frames(data, gif), most))
    if kind != "GIF" and getattr(image, "is_animated", False):
        return _choose(lambda: _seek_frames(image), most)
    image.load()
    still: Image = image
    return still


def _choose(draw: "Callable[[], Iterator[Image]]", most: int) -> "Image":
    """The first frame that shows something, or else the first."""
    left = 2 * most * 1_000_000
    for frame in draw():
        left -= max(frame.width * frame.height, SMALLEST)
        if not _is_blank(frame):
            return frame
        if left <= 0:
            break
    return next(draw())


def _seek_frames(image: Any) -> "Iterator[Image]":  # noqa: ANN401 - as above
    """The frames of an open picture, of which each is the same object."""
    for number in range(image.n_frames):
        image.seek(number)
        image.load()
        yield image


def _is_blank(image: "Image") -> bool:
    """Whether a picture is clear, or of one colour."""
    image = image.convert("RGBA") if image.mode.startswith("P") else image
    bands: Any = image.getextrema()
    bands = bands if isinstance(bands[0], tuple) else (bands,)
    is_clear = image.mode.endswith("A") and not bands[-1][1]
    return is_clear or all(high - low <= FLATTEST for low, high in bands)


def _drop_alpha(image: "Image") -> "Image":
    """A picture in RGBA, in RGB where nothing of it is clear."""
    bands: Any = image.getextrema()
    return image.convert("RGB") if bands[3] == OPAQUE else image


def _read_gif(data: bytes) -> GifFile | None:
    """The frames of a GIF that is whole; None for another, of which browsers show different things."""
    try:
        gif = read_gif(data)
    except NotCleanable:
        return None
    return gif if gif.is_inside else None
