"""Settings of pictures, and their checks."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import gcd
from typing import Annotated, Literal, TypeVar

import msgspec

from newsgen.config.taxonomies import Fault
from newsgen.core.messages import IT, Message, say
from newsgen.core.site_files import CONTENT, STATIC
from newsgen.core.text import nfc

Originals = Literal["clean", "keep"]
Drawings = Literal["sanitize", "refuse", "allow"]
Setting = TypeVar("Setting", bound=str)
Format = Literal["avif", "webp", "jpeg"]
Shown = Literal["avif", "webp"]
"""The formats in which pages show pictures. Feeds and other sites get JPEG."""

Shape = tuple[int, int]
"""The shape of a picture or of a part of it: width and height without a common divisor, such as 16 and 9."""

MOST_MEGAPIXELS = 1000
"""The highest `max_megapixels`."""

LONGEST = 5
"""How many times longer than the other side one side of a crop may be."""

SQUARE = ("square", "vuông")
_SHAPE = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*[:x×/∶：-]\s*(\d{1,4}(?:\.\d{1,3})?)")
_MEANT = re.compile(r"[\d\s.,:x×/∶：+-]*\d[\d\s.,:x×/∶：+-]*")
"""What nobody calls a file."""


Percent = Annotated[int, msgspec.Meta(ge=1, le=100)]
Width = Annotated[int, msgspec.Meta(ge=16, le=8192)]


class Formats(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The formats of the pictures that pages show, the best first: of lead pictures, and of those in texts."""

    lead: tuple[Shown, ...] = ("avif", "webp")
    body: tuple[Shown, ...] = ("webp",)


class Quality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The quality of what is made of pictures, by format."""

    webp: Percent = 75
    avif: Percent = 57
    jpeg: Percent = 82


class Sizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How wide pictures in texts are shown, in the words of the attribute `sizes`: by default as the theme does."""

    figure: str = (
        "(min-width: 72rem) 45rem, (min-width: 64rem) calc(100vw - 27rem), (min-width: 49rem) 45rem, "
        "(min-width: 25rem) 92vw, calc(100vw - 2rem)"
    )
    pair: str = (
        "(min-width: 72rem) 22rem, (min-width: 64rem) calc(50vw - 14rem), (min-width: 49rem) 22rem, "
        "(min-width: 32rem) calc(46vw - .5rem), (min-width: 25rem) 92vw, calc(100vw - 2rem)"
    )
    four: str = (
        "(min-width: 72rem) 22rem, (min-width: 64rem) calc(50vw - 14rem), (min-width: 49rem) 22rem, "
        "(min-width: 25rem) calc(46vw - .5rem), calc(50vw - 1.5rem)"
    )
    gallery: str = (
        "(min-width: 72rem) 14.4rem, (min-width: 64rem) calc(33.4vw - 9.7rem), (min-width: 49rem) 14.4rem, "
        "(min-width: 41.3rem) calc(30.7vw - .7rem), (min-width: 25rem) calc(46vw - .5rem), calc(50vw - 1.5rem)"
    )

    def choose(self, count: int) -> str:
        """How wide each of that many pictures is shown that stand together."""
        return {1: self.figure, 2: self.pair, 4: self.four}.get(count, self.gallery)


class Pictures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of pictures: the widths in pixels, formats and qualities in which pages show them.

    `originals` says whether private data is removed from the files that are published as they are, `svg` what becomes
    of what runs in a drawing, or loads another file. A number as `quality` is that of WebP and JPEG. A picture of more
    than `max_megapixels` is refused. `crops` are the shapes to which lead pictures are cut for search engines, where
    their stories do not name others.
    """

    originals: Originals | dict[str, Originals] = "clean"
    svg: Drawings | dict[str, Drawings] = "refuse"
    widths: tuple[Width, ...] = (400, 640, 960, 1280, 1920)
    formats: Formats = Formats()
    quality: Percent | Quality = Quality()
    sizes: Sizes = Sizes()
    crops: tuple[str, ...] = ()
    max_megapixels: Annotated[int, msgspec.Meta(ge=1, le=MOST_MEGAPIXELS)] = 100

    def are_cleaned(self, source: str) -> bool:
        """Whether private data is removed from a source: its own setting, or that of the nearest folder above it."""
        return _find_setting(self.originals, source, "clean") == "clean"

    def choose_drawings(self, source: str) -> Drawings:
        """What becomes of an SVG: its own setting, or that of the nearest folder above it."""
        return _find_setting(self.svg, source, "refuse")

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes of `crops`."""
        return tuple(shape for text in self.crops if (shape := parse_shape(text)) is not None)

    def get_quality(self, form: Format) -> int:
        """The quality of what is made in a format."""
        if isinstance(self.quality, int):
            return Quality().avif if form == "avif" else self.quality
        return {"webp": self.quality.webp, "avif": self.quality.avif, "jpeg": self.quality.jpeg}[form]


def parse_shape(text: str) -> Shape | None:
    """The shape that a text such as `16:9` or `1.91:1` names; None for any other text, or one that is too long."""
    named = _SHAPE.fullmatch(text)
    if named is None or text != f"{named[1]}:{named[2]}":
        return None
    width, height = (int(1000 * Decimal(side)) for side in named.groups())
    if not width or not height or max(width, height) > LONGEST * min(width, height):
        return None
    common = gcd(width, height)
    return width // common, height // common


def find_shape_fault(text: str) -> tuple[Message, Message, str] | None:
    """What is wrong with a text that is meant as a shape, the fix, and the right text if it is known.

    None for a shape, and for a text that is not meant as one.
    """
    named = _SHAPE.fullmatch(text)
    if parse_shape(text) is not None or not (_MEANT.fullmatch(text) or text.casefold() in SQUARE):
        return None
    better = f"{named[1]}:{named[2]}" if named else "" if _MEANT.fullmatch(text) else "1:1"
    what = say("“{text}” in `{name}` is not a shape to which a picture can be cut", name=IT, text=text)
    if parse_shape(better) is None:
        fix = say("write width and height such as `16:9`; one side is at most {most} times the other", most=LONGEST)
        return what, fix, ""
    return what, say("write `{name}`", name=better), better


def _find_setting(settings: Setting | Mapping[str, Setting], source: str, default: Setting) -> Setting:
    """The setting of a source: its own, that of the nearest folder above it, or else the default."""
    if isinstance(settings, str):
        return settings
    known, place = {nfc(name): setting for name, setting in settings.items()}, nfc(source)
    while place and place not in known:
        place = place.rpartition("/")[0]
    return known.get(place, default)


def find_faults(pictures: Pictures) -> Iterator[Fault]:
    """Every fault of these settings."""
    for key, settings in (("originals", pictures.originals), ("svg", pictures.svg)):
        for folder in settings if isinstance(settings, dict) else ():
            if folder.partition("/")[0] not in (CONTENT, STATIC) or folder.endswith("/"):
                what = say("`{name}` is no folder with pictures", name=IT)
                yield ("pictures", key, folder), what, say("write it from the site, such as `static/downloads`")
    for number, width in enumerate(pictures.widths):
        if width in pictures.widths[:number]:
            yield ("pictures", "widths", number), say("`{name}` has a width twice", name=IT), say("delete one")
    yield from _find_crop_faults(pictures.crops)
    for role in ("lead", "body"):
        formats = getattr(pictures.formats, role)
        if "webp" not in formats:
            what = say("`{name}` lacks the format that every browser shows", name=IT)
            yield ("pictures", "formats", role), what, say("add `webp`")


def _find_crop_faults(crops: tuple[str, ...]) -> Iterator[Fault]:
    for number, text in enumerate(crops):
        if (fault := find_shape_fault(text)) is not None:
            yield ("pictures", "crops", number), fault[0], fault[1]
        elif parse_shape(text) is None:
            what = say("“{text}” in `{name}` is not a shape to which a picture can be cut", name=IT, text=text)
            yield ("pictures", "crops", number), what, say("write `[1:1, 4:3, 16:9]`")
