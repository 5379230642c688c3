"""Recipes: what is made of a file of the site before it is published, the same bytes from the same source each time."""

import posixpath
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from newsgen.config.pictures import Pictures
from newsgen.core.code_digest import find_versions
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.media.cleaning.cleaner import clean_picture
from newsgen.media.cleaning.fault import EMPTY, PictureFault
from newsgen.media.originals import describe_original, digest_cleaning, make_original
from newsgen.media.photos import METHOD, convert_photo, is_photo
from newsgen.media.pictures import HEAD, RASTERS, guess_kind

LIBRARIES = ("pillow", "pillow-heif")
PHOTOS = 1
"""The version of `convert_photo`: where it changes what it makes, photos are converted again."""


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
        try:
            return made[8:12] == b"WEBP" and clean_picture("WebP", made) == made
        except PictureFault:
            return False

    def describe(self, source: str, why: Message) -> Problem:
        """The problem with a photo that cannot be converted."""
        what = say(
            "the photo “{name}” cannot be converted for browsers: {why}", name=posixpath.basename(source), why=why
        )
        return Problem(
            Location(source),
            "not-a-picture",
            what,
            say("save it as JPEG on the phone or in a picture editor; rename it if it is no HEIC photo"),
        )


def choose_recipe(pictures: Pictures, source: str) -> Recipe | None:
    """What is made of a file of the site; None where it is published as it is."""
    if is_photo(source):
        return Conversion(pictures.quality, pictures.max_megapixels)
    return Cleaning() if pictures.are_cleaned(source) else None


@cache
def _find_releases() -> str:
    return " ".join(find_versions(LIBRARIES))
