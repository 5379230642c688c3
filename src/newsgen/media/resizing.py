"""Smaller copies of a picture: upright, in the colours of sRGB, and with nothing but their pixels.

A picture is decoded once for all copies that are wanted together. All are made of one that is as wide as the widest, or
of half of that, so that the bytes of each are the same whichever others are made with it.
"""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from newsgen.config.pictures import Format
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import DAMAGED, PictureFault
from newsgen.media.cleaning.orientation import ORIENTATION, SIDEWAYS
from newsgen.media.photos import check_size, read_photo
from newsgen.media.pictures import HEAD, guess_kind

if TYPE_CHECKING:
    from PIL.Image import Image

KINDS: Mapping[Format, str] = {"webp": "WebP", "avif": "AVIF", "jpeg": "JPEG"}
"""The kind of picture that each format is, as `guess_kind` names it."""

EFFORTS: Mapping[Format, Mapping[str, Any]] = {
    "webp": {"method": 4},
    "avif": {"speed": 6, "codec": "aom", "max_threads": 1, "autotiling": False},
    "jpeg": {"progressive": True, "optimize": True},
}
"""How hard the encoders try: faster AVIF is hardly smaller than WebP, and more threads may give other bytes."""

SHARPEST = 3.0
"""How many times larger than wanted a picture is that is resampled with care; a larger one is shrunk by means first."""

WHITE = (255, 255, 255)

Size = tuple[int, int]


class Crop(msgspec.Struct, frozen=True):
    """A part of a picture: its shape, such as 16 by 9, and the point in per cent that is nearest to its middle."""

    width: int
    height: int
    across: int = 50
    down: int = 50

    def find_box(self, size: Size) -> tuple[int, int, int, int]:
        """The largest part of this shape in a picture of that size: left, top, right, bottom."""
        width, height = size
        wide = min(width, max(1, round(height * self.width / self.height)))
        high = min(height, max(1, round(width * self.height / self.width)))
        left = min(max(0, round(width * self.across / 100 - wide / 2)), width - wide)
        top = min(max(0, round(height * self.down / 100 - high / 2)), height - high)
        return left, top, left + wide, top + high


def scale(size: Size, width: int) -> Size:
    """The size of a picture that is scaled to a width."""
    return width, max(1, round(size[1] * width / size[0]))


class OpenPicture(NamedTuple):
    """A picture, decoded no larger than it is wanted, and the size that it has in its file when it is upright."""

    image: "Image"
    size: Size

    def scale_to(self, width: int) -> "OpenPicture":
        """The picture, scaled to a width."""
        from PIL.Image import Resampling  # start-up: only where pictures are made

        size = scale(self.size, width)
        if size == self.image.size:
            return self
        return self._replace(image=self.image.resize(size, Resampling.LANCZOS, reducing_gap=SHARPEST))

    def cut(self, crop: Crop) -> "OpenPicture":
        """A part of the picture."""
        left, top, right, bottom = box = crop.find_box(self.size)
        factors = [here / whole for here, whole in zip(self.image.size, self.size, strict=True)] * 2
        edges = [round(edge * factor) for edge, factor in zip(box, factors, strict=True)]
        part = self.image.crop((edges[0], edges[1], edges[2], edges[3]))
        return OpenPicture(part, (right - left, bottom - top))


class Copies:
    """The copies of a picture that is as wide as the widest of them; each is scaled once."""

    def __init__(self, widest: OpenPicture) -> None:
        self._widest = widest
        self._scaled = {widest.image.width: widest}

    def scale_to(self, width: int) -> OpenPicture:
        """The copy of a width. One that is less than half as wide as the widest is made of half of it, in less time."""
        if width not in self._scaled:
            half = self._widest.image.width // 2
            source = self.scale_to(half) if width < half else self._widest
            self._scaled[width] = source.scale_to(width)
        return self._scaled[width]


def open_picture(data: bytes, width: int, most: int, crop: Crop | None = None) -> OpenPicture:
    """A picture of at most so many megapixels, or a part of it, scaled to a width.

    Raises:
        PictureFault: when it is damaged, or has more pixels.
    """
    try:
        opened = _turn_upright(_decode(data, width, most))
        if crop is not None:
            opened = opened.cut(crop)
        opened = opened.scale_to(width)
        return opened._replace(image=_to_srgb(opened.image))
    except (MemoryError, PictureFault):
        raise
    except Exception as error:  # decoders raise whatever they stumble over
        raise PictureFault(DAMAGED) from error


def encode_picture(image: "Image", form: Format, quality: int) -> bytes:
    """The file of a picture."""
    if form == "jpeg" and image.mode == "RGBA":
        from PIL.Image import new  # start-up: only where pictures are made

        ground = new("RGB", image.size, WHITE)
        ground.paste(image, mask=image)
        image = ground
    made = io.BytesIO()
    image.save(made, KINDS[form], quality=quality, **EFFORTS[form])
    return clean_picture(KINDS[form], made.getvalue())


def _decode(data: bytes, width: int, most: int) -> OpenPicture:
    """A picture as it is in its file; a JPEG may be decoded smaller, but no narrower than `width`."""
    kind = guess_kind(data[:HEAD])
    if kind == "HEIC":
        image: Image = read_photo(data, most)
        return OpenPicture(image, image.size)
    import PIL.Image  # start-up: only where pictures are made
    from PIL.JpegImagePlugin import JpegImageFile  # start-up: as above

    PIL.Image.MAX_IMAGE_PIXELS = None  # `check_size` knows the site's own limit
    file = io.BytesIO(data)
    # Opened as what it is, a JPEG is not searched for further pictures behind it.
    image = JpegImageFile(file) if kind == "JPEG" else PIL.Image.open(file, formats=[kind.upper()])
    check_size(image.size, most)
    _forget_notes(image, kind)
    size = across, down = image.size
    if kind == "JPEG":
        is_turned = image.getexif().get(ORIENTATION, 1) in SIDEWAYS
        image.draft(None, scale(size, max(1, across * width // down) if is_turned else width))
    image.load()
    _forget_notes(image, kind)
    return OpenPicture(image, size)


def _forget_notes(image: "Image", kind: str) -> None:
    """Keep of what a file says of its picture only what browsers heed: no orientation of XMP, nor that of a WebP."""
    heeded = {"icc_profile", "transparency", *(() if kind == "WebP" else ("exif",))}
    for name in set(image.info) - heeded:
        del image.info[name]


def _turn_upright(opened: OpenPicture) -> OpenPicture:
    """The picture, turned as its EXIF says, in a mode that can be scaled."""
    from PIL import ImageOps  # start-up: only where pictures are made

    image, size = opened
    is_turned = image.getexif().get(ORIENTATION, 1) in SIDEWAYS
    ImageOps.exif_transpose(image, in_place=True)
    return OpenPicture(_choose_mode(image), size[::-1] if is_turned else size)


def _choose_mode(image: "Image") -> "Image":
    """The picture in a mode that can be scaled."""
    if image.mode.startswith("I"):  # 16 bits
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _to_srgb(image: "Image") -> "Image":
    """The picture in the colours of sRGB, without a profile or any other note."""
    from PIL import ImageCms  # start-up: only where pictures are made

    mode, profile = "RGBA" if image.mode == "RGBA" else "RGB", image.info.get("icc_profile")
    if profile and b"s\0R\0G\0B" not in profile and b"sRGB" not in profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
            image = image if converted is None else converted
        except (ImageCms.PyCMSError, OSError, ValueError):  # it is damaged, or for pictures of another kind
            pass
    if image.mode != mode:
        image = image.convert(mode)
    image.info.clear()
    return image
