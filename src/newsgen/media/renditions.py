"""Renditions: the pictures that are made of one file in several widths and formats, planned from its size alone.

Pages, feeds, the copier and the preview all ask here, so that what a page names is what is published.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec
from msgspec.structs import replace

from newsgen.config.pictures import Format, Pictures
from newsgen.config.settings import Config
from newsgen.core.urls import OUTPUT_BYTES, STEP_BYTES, Output, as_output, to_url, write_srcset
from newsgen.media.photos import is_photo
from newsgen.media.recipes import Resizing
from newsgen.media.resizing import scale
from newsgen.model.pictures import Asset, Picture, PictureFile

FOLDER = "theme/pictures"
"""Where all renditions are published. A name is never given to other bytes, so that browsers may keep them for ever."""

SHARED = 1200
"""The width of the picture that feeds, search engines and social networks get."""

WIDER = 1.2
"""How many times wider than its widest rendition a picture is that gets one of its own width as well."""

DIGITS = 8
"""Digits of the digest of a picture's bytes in the names of its renditions."""

RECENT = 1000
"""Of how many pictures the plan is kept: many pages show the same ones."""

ENDINGS: dict[Format, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}

Role = Literal["lead", "body"]
"""What a page shows a picture as. A lead picture also stands in lists, in feeds, and on other sites."""


ROLES: tuple[Role, ...] = ("lead", "body")

ShownPicture = tuple[str, Role]
"""The source of a picture that a page shows, and what as."""


class Rendition(msgspec.Struct, frozen=True):
    """A picture that is made of a file by a recipe and published at `output`; its size in pixels."""

    output: Output
    width: int
    height: int
    recipe: Resizing


class Renditions:
    """The renditions of pictures under the settings of a site. A picture narrower than the smallest width has none."""

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
        widths = self._list_widths(file)
        return self._make(file, "jpeg", min(SHARED, file.width)) if widths else None

    def show(self, asset: Asset, base: str) -> Picture:
        """A file as pages show it: in a middle width, or as it is where it has no renditions."""
        file = asset.file
        middle = self.find_middle(file) if file is not None else None
        if middle is None:
            return show_whole(asset)
        return Picture(to_url(middle.output, base), width=middle.width, height=middle.height, file=file)

    def list_published(self, file: PictureFile, role: Role) -> Iterator[Rendition]:
        """All renditions that are published of a picture which a page shows."""
        for form in getattr(self._pictures.formats, role):
            yield from self.plan(file, form)
        if role == "lead" and (shared := self.find_shared(file)) is not None:
            yield shared

    def _list_widths(self, file: PictureFile) -> Sequence[int]:
        widths = [width for width in self._widths if width <= file.width]
        if widths and len(widths) < len(self._widths) and file.width > WIDER * widths[-1]:
            widths.append(file.width)
        return widths

    def _make_all(self, file: PictureFile, form: Format) -> tuple[Rendition, ...]:
        return tuple(self._make(file, form, width) for width in self._list_widths(file))

    def _make(self, file: PictureFile, form: Format, width: int) -> Rendition:
        settings = self._pictures
        base = min(max(self._widths[-1], SHARED), file.width)
        recipe = Resizing(form, settings.get_quality(form), base, settings.max_megapixels, width)
        size = scale((file.width, file.height), width)
        return Rendition(name_rendition(file, recipe), *size, recipe)


def show_whole(asset: Asset) -> Picture:
    """A file as pages show it that is published as it is."""
    return Picture(asset.url, width=asset.width, height=asset.height)


def share(picture: Picture, config: Config) -> Picture:
    """A picture as feeds and other sites get it: as JPEG, or as it is where it has no renditions."""
    shared = Renditions(config.pictures).find_shared(picture.file) if picture.file is not None else None
    if shared is None:
        return picture
    return replace(picture, src=to_url(shared.output, config.base), width=shared.width, height=shared.height, file=None)


def write_sources(planned: Iterable[Rendition], base: str) -> str:
    """Renditions of one format as a `srcset`."""
    return write_srcset((to_url(one.output, base), f"{one.width}w") for one in planned)


def name_rendition(file: PictureFile, recipe: Resizing) -> Output:
    """The output of what a recipe makes of a file, `theme/pictures/kinh-te/cau.640.1f0c9d2e5ab1.webp` of one 640 wide.

    Where the name would be too long it has only the digests.
    """
    end = f"{recipe.width}.{file.digest[:DIGITS]}{recipe.code}.{ENDINGS[recipe.form]}"
    path = f"{FOLDER}/{find_stem(file.output)}.{end}"
    step = path.rpartition("/")[2]
    if len(path) * 4 > STEP_BYTES and (len(path.encode()) > OUTPUT_BYTES or len(step.encode()) > STEP_BYTES):
        path = f"{FOLDER}/{end}"
    return as_output(path)


def find_stem(output: str) -> str:
    """The path of a picture without its ending: "kinh-te/cau" of kinh-te/cau.jpg, and of kinh-te/cau.heic.webp."""
    stem = output.removesuffix(".webp")
    output = stem if is_photo(stem) else output
    folder, slash, name = output.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0] or name}"
