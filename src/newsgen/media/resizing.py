"""Smaller copies of a picture: upright, in the colours of sRGB, and with nothing but their pixels.

A picture is decoded once for all copies that are wanted together. All are made of one that is as wide as the widest, or
of half of that, so that the bytes of each are the same whichever others are made with it.
"""

import io
from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from newsgen.config.pictures import Format
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import DAMAGED, PictureFault
from newsgen.media.cleaning.orientation import ORIENTATION, SIDEWAYS
from newsgen.media.photos import check_size, read_photo
from newsgen.media.pictures import HEAD, guess_kind
from newsgen.media.stills import load_still
from newsgen.model.pictures import Crop, Size

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


def scale(size: Size, width: int) -> Size:
    """The size of a picture that is scaled to a width."""
    return width, max(1, round(size[1] * width / size[0]))


class OpenPicture(NamedTuple):
    """A picture, decoded no larger than it is wanted, the size that it has in its file when it is upright, its profile.

    `profile` is that of the file, b"" for none.
    """

    image: "Image"
    size: Size
    profile: bytes = b""

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
        return OpenPicture(part, (right - left, bottom - top), self.profile)


class PictureOpener:
    """Opens parts of one picture of at most so many megapixels. What is decoded for one part serves for the next."""

    def __init__(self, data: bytes, most: int) -> None:
        self._data, self._most = data, most
        self._decoded: tuple[Size, OpenPicture] | None = None

    def open(self, width: int, crop: Crop | None = None) -> OpenPicture:
        """The picture or a part of it, scaled to a width.

        Raises:
            PictureFault: when the picture is damaged, or has more pixels.
        """
        try:
            opened = self._decode(width, crop)
            if crop is not None:
                opened = opened.cut(crop)
            opened = opened.scale_to(width)
            return opened._replace(image=convert_to_srgb(opened.image, opened.profile))
        except (MemoryError, PictureFault):
            raise
        except Exception as error:  # decoders raise whatever they stumble over
            raise PictureFault(DAMAGED) from error

    def _decode(self, width: int, crop: Crop | None) -> OpenPicture:
        """The upright picture; a JPEG may be decoded smaller, but so that the part is no narrower than `width`."""
        kind = guess_kind(self._data[:HEAD])
        if kind == "HEIC":
            if self._decoded is None:
                photo: Image = read_photo(self._data, self._most)
                self._decoded = photo.size, _turn_upright(photo, photo.size)
            return self._decoded[1]
        image = _open_file(self._data, kind)
        check_size(image.size, self._most)
        _forget_notes(image, kind)
        size = image.size
        if kind == "JPEG":
            upright = size[::-1] if image.getexif().get(ORIENTATION, 1) in SIDEWAYS else size
            wanted = scale(upright, _find_whole_width(upright, width, crop))
            image.draft(None, wanted if upright == size else wanted[::-1])
        if self._decoded is None or self._decoded[0] != image.size:
            drawn_size = image.size
            still = load_still(image, kind, self._data, self._most)
            _forget_notes(still, kind)
            self._decoded = drawn_size, _turn_upright(still, size)
        return self._decoded[1]


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
    return PictureOpener(data, most).open(width, crop)


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


def _find_whole_width(size: Size, width: int, crop: Crop | None) -> int:
    """The width at which a part of a picture of that size is so wide."""
    if crop is None:
        return width
    left, _, right, _ = crop.find_box(size)
    return ceil(width * size[0] / (right - left))


def _open_file(data: bytes, kind: str) -> Any:  # noqa: ANN401 - a picture with a file of its own
    """A picture that is not decoded yet."""
    import PIL.Image  # start-up: only where pictures are made
    from PIL.JpegImagePlugin import JpegImageFile  # start-up: as above

    PIL.Image.MAX_IMAGE_PIXELS = None  # `check_size` knows the site's own limit
    file = io.BytesIO(data)
    # Opened as what it is, a JPEG is not searched for further pictures behind it.
    return JpegImageFile(file) if kind == "JPEG" else PIL.Image.open(file, formats=[kind.upper()])


def _forget_notes(image: "Image", kind: str) -> None:
    """Keep of what a file says of its picture only what browsers heed: no orientation of XMP, nor that of a WebP."""
    heeded = {"icc_profile", "transparency", *(() if kind == "WebP" else ("exif",))}
    for name in set(image.info) - heeded:
        del image.info[name]


def _turn_upright(image: "Image", size: Size) -> OpenPicture:
    """The picture of a file with that size, turned as its EXIF says, in a mode that can be scaled."""
    from PIL import ImageOps  # start-up: only where pictures are made

    is_turned = image.getexif().get(ORIENTATION, 1) in SIDEWAYS
    ImageOps.exif_transpose(image, in_place=True)
    profile, image = image.info.get("icc_profile") or b"", choose_mode(image)
    image.info.clear()
    return OpenPicture(image, size[::-1] if is_turned else size, profile)


def choose_mode(image: "Image") -> "Image":
    """The picture in a mode that can be scaled."""
    if image.mode.startswith("I"):  # 16 bits
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def convert_to_srgb(image: "Image", profile: bytes) -> "Image":
    """A picture with a profile in the colours of sRGB, without a profile or any other note."""
    from PIL import ImageCms  # start-up: only where pictures are made

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
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
