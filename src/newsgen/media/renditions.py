"""Renditions: the pictures that are made of one file in several widths and formats, planned from its size alone.

Pages, feeds, the copier and the preview all ask here, so that what a page names is what is published.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec
from msgspec.structs import replace

from newsgen.config.pictures import Format, Pictures, Shape, Shown
from newsgen.config.settings import Config
from newsgen.core.urls import OUTPUT_BYTES, STEP_BYTES, Output, as_output, to_url, write_srcset
from newsgen.media.animations import choose_width
from newsgen.media.photos import is_photo
from newsgen.media.recipes import Animating, Resizing
from newsgen.media.resizing import scale
from newsgen.model.pictures import CENTRE, Asset, Crop, Picture, PictureFile

FOLDER = "theme/pictures"
"""Where all renditions are published. A name is never given to other bytes, so that browsers may keep them for ever."""

SHARED = 1200
"""The width of the picture that feeds, search engines and social networks get."""

WIDER = 1.2
"""How many times wider than its widest rendition a picture is that gets one of its own width as well."""

LONGEST = 16_383
"""The longest side of a rendition in pixels, which is that of WebP."""

DIGITS = 8
"""Digits of the digest of a picture's bytes in the names of its renditions."""

RECENT = 1000
"""Of how many pictures the plan is kept: many pages show the same ones."""

SHOWN: tuple[Shown, ...] = ("avif", "webp")
"""The formats in which pages may show pictures, the best first."""

CROP = re.compile(r"([1-9]\d*)x([1-9]\d*)-(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")
"""The name of a part of a picture."""

ENDINGS: dict[Format, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}

Role = Literal["lead", "body"]
"""What a page shows a picture as. A lead picture also stands in lists, in feeds, and on other sites."""


ROLES: tuple[Role, ...] = ("lead", "body")

ShownPicture = tuple[str, Role]
"""The source of a picture that a page shows, and what as."""


class ShownCrop(msgspec.Struct, frozen=True, array_like=True):
    """One rendition of a part of a picture that a page shows; `output` is that of the whole picture."""

    output: str
    crop: Crop
    form: Format
    width: int


class Rendition(msgspec.Struct, frozen=True):
    """A picture that is made of a file by a recipe and published at `output`; its size in pixels."""

    output: Output
    width: int
    height: int
    recipe: Resizing | Animating


class Renditions:
    """The renditions of pictures under the settings of a site.

    A picture narrower than the smallest width has none, nor has one that would be higher than `LONGEST` in each width.
    Those of an animation are stills, and a GIF made anew as `find_moving` says.
    """

    def __init__(self, pictures: Pictures) -> None:
        self._pictures, self._widths = pictures, sorted(pictures.widths)
        self._plan = lru_cache(RECENT)(self._make_all)

    def plan(self, file: PictureFile, form: Format) -> tuple[Rendition, ...]:
        """The renditions of a picture in a format, the narrowest first."""
        return self._plan(file, form)

    def find_middle(self, file: PictureFile) -> Rendition | None:
        """The rendition for whoever takes only one: a WebP of a middle width."""
        planned = self.plan(file, "webp")
        middle = self._widths[len(self._widths) // 2] if planned else 0
        return max((one for one in planned if one.width <= middle), key=lambda one: one.width, default=None)

    def find_shared(self, file: PictureFile) -> Rendition | None:
        """The rendition for feeds, search engines and social networks: a JPEG."""
        is_made = file.crop is not None or self._list_widths(file)
        return self._make(file, "jpeg", min(SHARED, file.width)) if is_made else None

    def show(self, asset: Asset, base: str) -> Picture:
        """A file as pages show it: in a middle width, or as it is where it has no renditions."""
        file = asset.file
        middle = self.find_middle(file) if file is not None else None
        if middle is None:
            return show_whole(asset)
        return Picture(to_url(middle.output, base), width=middle.width, height=middle.height, file=file)

    def find_crop(self, file: PictureFile, shown: ShownCrop) -> Rendition | None:
        """The rendition of a part of a picture that a page shows, if it can still be made."""
        wanted = shown.form, shown.width
        planned = self.list_crop(file, shown.crop)
        return next((one for one in planned if (one.recipe.form, one.width) == wanted), None)

    def list_crop(self, file: PictureFile, crop: Crop) -> Iterator[Rendition]:
        """All renditions that there can be of a part of a picture."""
        part = cut_file(file, crop)
        if part.crop is None:
            return
        for form in SHOWN:
            yield from self.plan(part, form)
        if (shared := self.find_shared(part)) is not None:
            yield shared

    def find_moving(self, file: PictureFile, form: Shown) -> Rendition | None:
        """The animation that is made of one: as AVIF where the site makes any, and of what is played without an end."""
        formats = self._pictures.formats
        is_made = form == "webp" or (file.motion == "endless" and form in (*formats.lead, *formats.body))
        if not self._list_widths(file) or not is_made or file.motion not in ("ending", "endless"):
            return None
        width = choose_width((file.width, file.height))
        recipe = Animating(form, self._pictures.get_quality(form), width, self._pictures.max_megapixels)
        return Rendition(name_rendition(file, recipe), *scale((file.width, file.height), width), recipe)

    def show_moving(self, file: PictureFile, base: str, form: Shown = "webp") -> Picture | None:
        """An animation as it moves on a page; None for a still or a part, and where this format is not made."""
        if file.crop is not None:
            return None
        if file.motion == "kept" and form == "webp" and self._list_widths(file):
            return Picture(to_url(file.output, base), width=file.width, height=file.height)
        made = self.find_moving(file, form)
        return Picture(to_url(made.output, base), width=made.width, height=made.height) if made else None

    def list_published(self, file: PictureFile, role: Role) -> Iterator[Rendition]:
        """All renditions that are published of a picture which a page shows.

        A text shows the stills of an animation as WebP alone, and only to those who want no motion.
        """
        forms: tuple[Shown, ...] = getattr(self._pictures.formats, role)
        for form in forms if not file.motion or role == "lead" else ("webp",):
            yield from self.plan(file, form)
        yield from filter(None, (self.find_moving(file, form) for form in SHOWN))
        if role == "lead" and (shared := self.find_shared(file)) is not None:
            yield shared

    def _list_widths(self, file: PictureFile) -> Sequence[int]:
        widths = [width for width in self._widths if width <= file.width]
        if widths and len(widths) < len(self._widths) and file.width > WIDER * widths[-1]:
            widths.append(file.width)
        is_made = file.crop is not None or file.motion
        widths = widths or ([file.width] if is_made and self._widths else [])
        return [width for width in widths if max(scale((file.width, file.height), width)) <= LONGEST]

    def _make_all(self, file: PictureFile, form: Format) -> tuple[Rendition, ...]:
        return tuple(self._make(file, form, width) for width in self._list_widths(file))

    def _make(self, file: PictureFile, form: Format, width: int) -> Rendition:
        settings = self._pictures
        is_only_shared = form == "jpeg" and file.crop is not None  # in no other size, as a rule
        base = min(SHARED if is_only_shared else max([*self._widths, SHARED]), file.width)
        recipe = Resizing(form, settings.get_quality(form), base, settings.max_megapixels, width, file.crop)
        size = scale((file.width, file.height), width)
        return Rendition(name_rendition(file, recipe), *size, recipe)


def show_whole(asset: Asset) -> Picture:
    """A file as pages show it that is published as it is."""
    return Picture(asset.url, width=asset.width, height=asset.height)


def cut_file(file: PictureFile, crop: Crop) -> PictureFile:
    """What the sizes of a part of a picture are made of; the picture itself where it is all of it."""
    left, top, right, bottom = crop.find_box((file.width, file.height))
    if (right - left, bottom - top) == (file.width, file.height):
        return file
    return replace(file, width=right - left, height=bottom - top, crop=crop)


def cut_picture(picture: Picture, shape: Shape) -> PictureFile | None:
    """What the sizes of the part of a picture around its focus are made of; None where none can be made."""
    if picture.file is None or picture.file.crop is not None:
        return None
    return cut_file(picture.file, Crop(*shape, *(picture.focus or CENTRE)))


def share(picture: Picture, config: Config) -> Picture:
    """A picture as feeds and other sites get it: as JPEG, or as it is where it has no renditions."""
    shared = Renditions(config.pictures).find_shared(picture.file) if picture.file is not None else None
    if shared is None:
        return picture
    return replace(picture, src=to_url(shared.output, config.base), width=shared.width, height=shared.height, file=None)


def write_sources(planned: Iterable[Rendition], base: str) -> str:
    """Renditions of one format as a `srcset`."""
    return write_srcset((to_url(one.output, base), f"{one.width}w") for one in planned)


def name_rendition(file: PictureFile, recipe: Resizing | Animating) -> Output:
    """The output of what a recipe makes of a file, `theme/pictures/kinh-te/cau.640.1f0c9d2e5ab1.webp` of one 640 wide.

    A part has its shape and focus in its name, `cau.16x9-30-60.640.1f0c9d2e5ab1.webp`. Where the name would be too long
    it has neither folder nor name of the file.
    """
    part = f"{name_crop(file.crop)}." if file.crop is not None else ""
    end = f"{part}{recipe.width}.{file.digest[:DIGITS]}{recipe.code}.{ENDINGS[recipe.form]}"
    path = f"{FOLDER}/{find_stem(file.output)}.{end}"
    step = path.rpartition("/")[2]
    if len(path) * 4 > STEP_BYTES and (len(path.encode()) > OUTPUT_BYTES or len(step.encode()) > STEP_BYTES):
        path = f"{FOLDER}/{end}"
    return as_output(path)


def name_crop(crop: Crop) -> str:
    """A part of a picture in names and questions: `16x9-30-60`."""
    return f"{crop.width}x{crop.height}-{crop.across:g}-{crop.down:g}"


def read_crop(name: str) -> Crop | None:
    """The part of a picture that `name_crop` named."""
    found = CROP.fullmatch(name)
    if found is None:
        return None
    width, height, across, down = found.groups()
    return Crop(int(width), int(height), float(across), float(down))


def find_stem(output: str) -> str:
    """The path of a picture without its ending: "kinh-te/cau" of kinh-te/cau.jpg, and of kinh-te/cau.heic.webp."""
    stem = output.removesuffix(".webp")
    output = stem if is_photo(stem) else output
    folder, slash, name = output.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0] or name}"
