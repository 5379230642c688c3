"""The picture of a podcast: whether directories take it (PSP-1, `itunes:image`; Apple Podcasts, show artwork)."""

from contextlib import suppress
from pathlib import Path

from newsgen.core.messages import Message, say
from newsgen.core.opening import read_inside
from newsgen.media.cleaning.fault import NotCleanable
from newsgen.media.cleaning.jpeg import list_segments
from newsgen.media.pictures import guess_kind
from newsgen.model.pictures import Asset

LEAST, MOST = 1400, 3000
"""The width of the picture in pixels."""

PNG_COLORS = (2, 3, 6)
"""The types of colour of a PNG that are RGB: in full, from a palette, with transparency."""

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of a JPEG behind which its size and its number of colours stand."""


def find_show_fault(site: Path, picture: Asset) -> Message | None:
    """Why directories do not take a picture as that of a podcast; None where they do.

    Raises:
        OSError: when the machine refuses the file.
    """
    data = read_inside(site, site / picture.source)
    kind = guess_kind(data)
    if kind not in ("JPEG", "PNG"):
        return say("the picture of the podcast is no JPEG and no PNG, which directories ask for")
    width, height = picture.width or 0, picture.height or 0
    if width != height or not LEAST <= width <= MOST:
        values = {"width": width, "height": height, "least": LEAST, "most": MOST}
        return say(
            "the picture of the podcast has {width} × {height} pixels; directories take square ones"
            " from {least} to {most} pixels wide",
            **values,
        )
    if not (_is_png_in_rgb(data) if kind == "PNG" else _count_colors(data) == 3):
        return say("the picture of the podcast is not in RGB, as directories ask")
    return None


def _is_png_in_rgb(data: bytes) -> bool:
    return len(data) > 25 and data[25] in PNG_COLORS


def _count_colors(data: bytes) -> int:
    """How many components the pixels of a JPEG have: 1 of grey, 3 of RGB, 4 of CMYK; 0 where it does not say."""
    with suppress(NotCleanable):
        for marker, start, end, _ in list_segments(data):
            if marker in _FRAMES and end - start > 9:
                return data[start + 9]
    return 0
