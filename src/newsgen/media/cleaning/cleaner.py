"""Clean a picture of any format by the bytes of its file."""

from newsgen.media.cleaning.bmp import clean_bmp
from newsgen.media.cleaning.fault import UNKNOWN, NotCleanable
from newsgen.media.cleaning.gif import clean_gif
from newsgen.media.cleaning.ico import clean_ico
from newsgen.media.cleaning.isobmff import clean_isobmff
from newsgen.media.cleaning.jpeg import clean_jpeg
from newsgen.media.cleaning.png import clean_png
from newsgen.media.cleaning.webp import clean_webp

_CLEANERS = {
    "JPEG": clean_jpeg,
    "PNG": clean_png,
    "GIF": clean_gif,
    "WebP": clean_webp,
    "AVIF": clean_isobmff,
    "HEIC": clean_isobmff,
    "ICO": clean_ico,
    "BMP": clean_bmp,
}
"""How each kind of picture is cleaned, by its name as `guess_kind` gives it."""

CLEANABLE = frozenset(_CLEANERS)


def clean_picture(kind: str, data: bytes) -> bytes:
    """The file of a picture without private data; pixels, colour profile and orientation stay as they are.

    Raises:
        NotCleanable: when nobody can be certain that all of it is gone.
    """
    clean = _CLEANERS.get(kind)
    if clean is None:
        raise NotCleanable(UNKNOWN)
    return clean(data)
