"""HEIC photos, as an iPhone takes them: no browser but Safari shows them, so each is published as WebP.

Their size is read from the header. Only a worker that converts one imports Pillow.
"""

import io
from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING

from newsgen.core.messages import say
from newsgen.core.text import nfc
from newsgen.core.urls import Output, as_output
from newsgen.media.cleaning.boxes import VERSION, Reader, list_boxes
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import DAMAGED, UNKNOWN, NotCleanable, PictureFault
from newsgen.media.cleaning.items import read_items

if TYPE_CHECKING:
    from PIL.Image import Image

ENDINGS = (".heic", ".heif", ".hif")
METHOD = 4
"""How hard libwebp tries, 0 to 6: more takes a third more time for two per cent of the bytes."""


def name_published(path: str) -> str:
    """The path at which a file of the site is published: of the photo `a.heic` it is `a.heic.webp`."""
    return f"{path}.webp" if is_photo(path) else path


def locate_output(source: str) -> Output:
    """Where a file of content/ or static/ is published."""
    return as_output(name_published(nfc(source.partition("/")[2])))


def is_photo(source: str) -> bool:
    """Whether a file has the name of a HEIC photo."""
    return source.casefold().endswith(ENDINGS)


def read_size(data: bytes) -> tuple[int, int]:
    """The width and the height in pixels with which a HEIC photo or an AVIF is shown.

    Raises:
        NotCleanable: when its header does not say.
    """
    meta = next((box for box in list_boxes(data, 0, len(data)) if box.type == b"meta"), None)
    if meta is None:
        raise NotCleanable(UNKNOWN)
    items = read_items(data, meta)
    own = [items.properties[number - 1] for _, number in items.associations.get(items.primary, ())]
    found: Mapping[bytes, Reader] = {box.type: Reader(data, box.content, box.end) for box in own}
    if (size := found.get(b"ispe")) is None:
        raise NotCleanable(DAMAGED)
    size.bytes(VERSION)
    width, height = size.number(4), size.number(4)
    if (cut := found.get(b"clap")) is not None:
        width, height = (cut.number(4) // max(1, cut.number(4)) for _ in range(2))
    is_turned = (turn := found.get(b"irot")) is not None and turn.number(1) & 1
    if not width or not height:
        raise NotCleanable(DAMAGED)
    return (height, width) if is_turned else (width, height)


def convert_photo(data: bytes, quality: int, most: int) -> bytes:
    """A HEIC photo as WebP: upright, with its colour profile, and without anything else.

    Raises:
        PictureFault: when it is damaged, or has more than so many megapixels.
    """
    photo = read_photo(data, most)
    made = io.BytesIO()
    try:
        photo.save(made, "WEBP", quality=quality, method=METHOD, icc_profile=photo.info["icc_profile"])
    except MemoryError:
        raise
    except Exception as error:  # as in `read_photo`
        raise PictureFault(DAMAGED) from error
    return clean_picture("WebP", made.getvalue())


def read_photo(data: bytes, most: int) -> "Image":
    """The pixels of a HEIC photo, upright, and its colour profile.

    Raises:
        PictureFault: when it is damaged, or has more than so many megapixels.
    """
    check_size(read_size(data), most)
    from PIL import Image  # start-up: only where a photo is converted
    from pillow_heif import read_heif  # start-up: only where a photo is converted

    try:
        photo = read_heif(io.BytesIO(data))
        profile = photo.info.get("icc_profile") or b""
        image = Image.frombytes(photo.mode, photo.size, photo.data, "raw", photo.mode, photo.stride)
        image.info["icc_profile"] = profile
    except MemoryError:
        raise
    except Exception as error:  # decoders raise whatever they stumble over
        raise PictureFault(DAMAGED) from error
    return image


def check_size(size: tuple[int, int], most: int) -> None:
    """Check that a picture has no more than so many megapixels.

    Raises:
        PictureFault: when it has.
    """
    if size[0] * size[1] > most * 1_000_000:
        megapixels = ceil(size[0] * size[1] / 1_000_000)
        raise PictureFault(say("it has {count} megapixels, and {most} are allowed", count=megapixels, most=most))
