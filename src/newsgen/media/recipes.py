"""Recipes: what is made of a file of the site before it is published, the same bytes from the same source each time."""

import json
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Protocol

from newsgen.config.pictures import Format, Pictures, Shown
from newsgen.core.code_digest import digest_files, find_versions
from newsgen.core.digests import digest
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.text import nfc
from newsgen.media import animations, scripts
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import EMPTY, HasParts, PictureFault
from newsgen.media.cleaning.svg import clean_svg
from newsgen.media.originals import describe_original, digest_cleaning, make_original
from newsgen.media.photos import METHOD, convert_photo, is_photo
from newsgen.media.pictures import HEAD, RASTERS, guess_kind
from newsgen.media.resizing import EFFORTS, KINDS, Copies, PictureOpener, encode_picture
from newsgen.media.scripts import find_parts_of_drawing, is_drawing
from newsgen.model.pictures import Crop

LIBRARIES = ("pillow", "pillow-heif")
PHOTOS = 1
"""The version of `convert_photo`: where it changes what it makes, photos are converted again."""

COPIES = 3
"""The version of media/resizing.py, as above."""

MOTIONS = 2
"""The version of media/animations.py, as above."""

CODE = 4
"""Letters of the digest of a recipe in the names of outputs."""


class Recipe(Protocol):
    """One way to make a file. `key` names all that its bytes depend on but the source."""

    @property
    def key(self) -> str:
        """The way, its settings, and the versions of code and libraries that matter."""

    @property
    def is_costly(self) -> bool:
        """Whether making it takes much longer than reading it from a store."""

    def make(self, source: str, data: bytes) -> bytes:
        """What is published of a source with these bytes.

        Raises:
            PictureFault: when nothing can be published of it.
        """

    def is_fit(self, made: bytes) -> bool:
        """Whether these bytes may be what it makes: nothing in a store is trusted."""

    def describe(self, source: str, why: Message) -> Problem:
        """The problem with a source of which nothing can be published."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """The file without the private data of pictures."""

    @property
    def key(self) -> str:
        """The digest of the code."""
        return digest_cleaning()

    @property
    def is_costly(self) -> bool:
        """It is not: a digest of the file takes as long."""
        return False

    def make(self, source: str, data: bytes) -> bytes:
        """The file, cleaned."""
        return make_original(source, data)

    def is_fit(self, made: bytes) -> bool:
        """It is never stored."""
        return not made

    def describe(self, source: str, why: Message) -> Problem:
        """The problem with a picture that cannot be cleaned."""
        return describe_original(source, why)


@dataclass(frozen=True, slots=True)
class Redrawing:
    """An SVG with nothing but what draws.

    `is_strict`: what runs code or loads another file is refused. `is_kept`: what is not refused is published as it is.
    """

    is_strict: bool
    is_kept: bool = False

    @property
    def key(self) -> str:
        """Settings, and the digest of the code."""
        return f"svg {self.is_strict:d}{self.is_kept:d} {digest_cleaning()} {digest_scripts()}"

    @property
    def is_costly(self) -> bool:
        """It is not: a millisecond."""
        return False

    def make(self, source: str, data: bytes) -> bytes:
        """The drawing, drawn again; a picture of another kind with its name is cleaned."""
        if guess_kind(data[:HEAD]):
            return data if self.is_kept else make_original(source, data)
        if not data:
            raise PictureFault(EMPTY)
        if self.is_strict and (parts := tuple(find_parts_of_drawing(source, data, is_redrawn=not self.is_kept))):
            raise HasParts(parts)
        return data if self.is_kept else clean_svg(data)

    def is_fit(self, made: bytes) -> bool:
        """It is never stored."""
        return not made

    def describe(self, source: str, why: Message) -> Problem:
        """The problem with a drawing that cannot be drawn again."""
        if why == EMPTY:
            return describe_original(source, why)
        what = say("the drawing “{name}” cannot be published: {why}", name=posixpath.basename(source), why=why)
        fix = say(
            "save it again as SVG in the program that made it, or publish it as it is: "
            "`pictures: {{svg: {{{file}: allow}}}}`",
            file=json.dumps(nfc(source), ensure_ascii=False),
        )
        return Problem(Location(source), "not-a-picture", what, fix)


@dataclass(frozen=True, slots=True)
class Conversion:
    """A HEIC photo as WebP of a quality from 1 to 100, of so many megapixels at most."""

    quality: int
    most: int

    @property
    def key(self) -> str:
        """Settings, and the releases of the libraries."""
        return f"webp {PHOTOS} {self.quality} {METHOD} {self.most} {_find_releases()}"

    @property
    def is_costly(self) -> bool:
        """It is: up to a second."""
        return True

    def make(self, source: str, data: bytes) -> bytes:  # noqa: ARG002 - the name does not matter
        """The photo, converted."""
        if not data:
            raise PictureFault(EMPTY)
        if (kind := guess_kind(data[:HEAD])) in RASTERS:
            raise PictureFault(say("it is a {kind} picture, whose name should say so", kind=kind))
        return convert_photo(data, self.quality, self.most)

    def is_fit(self, made: bytes) -> bool:
        """Whether it is a clean WebP."""
        return _is_clean(made, "WebP")

    def describe(self, source: str, why: Message) -> Problem:
        """The problem with a photo that cannot be converted."""
        if why == EMPTY:
            return describe_original(source, why)
        what = say(
            "the photo “{name}” cannot be converted for browsers: {why}", name=posixpath.basename(source), why=why
        )
        return Problem(
            Location(source),
            "not-a-picture",
            what,
            say("save it as JPEG on the phone or in a picture editor; rename it if it is no HEIC photo"),
        )


@dataclass(frozen=True, slots=True)
class Resizing:
    """A picture, or a part of it, in another width, format and quality.

    All widths of a picture are made of that of `base`, the largest. It may have `most` megapixels.
    """

    form: Format
    quality: int
    base: int
    most: int
    width: int = 0
    crop: Crop | None = None

    @property
    def key(self) -> str:
        """The settings but for `most`, which only says what is refused, and the releases of the libraries."""
        return f"{self.code} {self.width}"

    @property
    def code(self) -> str:
        """A short digest of the settings but for the width, for the names of outputs."""
        return _encode_resizing(self.form, self.quality, self.base, self.crop)

    @property
    def is_costly(self) -> bool:
        """It is."""
        return True

    def make(self, source: str, data: bytes) -> bytes:
        """The picture, resized."""
        return next(self.make_several([self], source, data))

    @staticmethod
    def make_several(recipes: "Sequence[Resizing]", _source: str, data: bytes) -> Iterator[bytes]:
        """What each of several recipes makes of a picture. Those of one part should be neighbours: it is cut once.

        Raises:
            PictureFault: when nothing can be made of it.
        """
        if not data:
            raise PictureFault(EMPTY)
        opener = PictureOpener(data, min(recipe.most for recipe in recipes))
        for (base, crop), parts in groupby(recipes, lambda recipe: (recipe.base, recipe.crop)):
            copies = Copies(opener.open(base, crop))
            for recipe in parts:
                yield encode_picture(copies.scale_to(recipe.width).image, recipe.form, recipe.quality)

    def is_fit(self, made: bytes) -> bool:
        """Whether it is a clean picture of the format."""
        return _is_clean(made, KINDS[self.form])

    def describe(self, source: str, why: Message) -> Problem:
        """The problem with a picture that cannot be resized."""
        what = say("the picture “{name}” cannot be made smaller: {why}", name=posixpath.basename(source), why=why)
        return Problem(Location(source), "not-a-picture", what, say("save it again in a picture editor"))


@dataclass(frozen=True, slots=True)
class Animating:
    """An animation in another format, width and quality, whose frames may have `most` megapixels each."""

    form: Shown
    quality: int
    width: int
    most: int

    @property
    def key(self) -> str:
        """As that of `Resizing`."""
        return f"{self.code} {self.width}"

    @property
    def code(self) -> str:
        """As that of `Resizing`, and one letter longer, so that a still never has the same name."""
        words = ("moving", MOTIONS, self.form, self.quality, dict(animations.EFFORTS[self.form]), _find_releases())
        return digest(" ".join(map(str, words)).encode())[: CODE + 1]

    @property
    def is_costly(self) -> bool:
        """It is: seconds."""
        return True

    def make(self, source: str, data: bytes) -> bytes:  # noqa: ARG002 - the name does not matter
        """The animation."""
        if not data:
            raise PictureFault(EMPTY)
        return animations.animate(data, self.form, self.quality, self.width, self.most)

    def is_fit(self, made: bytes) -> bool:
        """Whether it is a clean picture of the format."""
        return _is_clean(made, KINDS[self.form])

    def describe(self, source: str, why: Message) -> Problem:
        """The problem with an animation that cannot be made smaller."""
        what = say("the animation “{name}” cannot be made smaller: {why}", name=posixpath.basename(source), why=why)
        return Problem(Location(source), "not-a-picture", what, say("save it again, or make a film of it (MP4)"))


def make_together(recipes: Sequence[Recipe], source: str, data: bytes) -> Iterator[bytes]:
    """What each of several recipes makes of a source, in their order.

    Raises:
        PictureFault: when nothing can be published of it.
    """
    resizings = [recipe for recipe in recipes if isinstance(recipe, Resizing)]
    if resizings:
        return Resizing.make_several(resizings, source, data)
    return (recipe.make(source, data) for recipe in recipes)


def choose_recipe(pictures: Pictures, source: str) -> Recipe | None:
    """What is made of a file of the site; None where it is published as it is."""
    if is_photo(source):
        return Conversion(pictures.get_quality("webp"), pictures.max_megapixels)
    is_cleaned = pictures.are_cleaned(source)
    if is_drawing(source) and (setting := pictures.choose_drawings(source)) != "allow":
        is_strict = setting == "refuse"
        return Redrawing(is_strict, is_kept=is_strict and not is_cleaned)
    return Cleaning() if is_cleaned else None


def list_problems(recipe: Recipe | None, source: str, fault: PictureFault) -> tuple[Problem, ...]:
    """The problems with a source of which nothing can be published."""
    return fault.problems if isinstance(fault, HasParts) else ((recipe or Cleaning()).describe(source, fault.why),)


@cache
def digest_scripts() -> str:
    """The digest of the code that finds what runs: where it changes, drawings are examined again."""
    return digest_files([Path(scripts.__file__)])


def _is_clean(made: bytes, kind: str) -> bool:
    """Whether these bytes are a clean picture of a kind."""
    try:
        return guess_kind(made[:HEAD]) == kind and clean_picture(kind, made) == made
    except PictureFault:
        return False


@cache
def _encode_resizing(form: Format, quality: int, base: int, crop: Crop | None) -> str:
    part = f"{crop.width}:{crop.height} {crop.across:g} {crop.down:g}" if crop else ""
    words = (COPIES, form, quality, base, part, dict(EFFORTS[form]), _find_releases())
    return digest(" ".join(map(str, words)).encode())[:CODE]


@cache
def _find_releases() -> str:
    return " ".join(find_versions(LIBRARIES))
