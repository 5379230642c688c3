"""Pictures and other files beside stories."""

import msgspec

from newsgen.core.messages import Message
from newsgen.core.urls import Output


class PictureFile(msgspec.Struct, frozen=True, gc=False):
    """A file of which pictures in other sizes are made: its own output, its size, and a digest of its bytes."""

    output: str
    width: int
    height: int
    digest: str


class Picture(msgspec.Struct, frozen=True, gc=False):
    """A picture as a page shows it. `src` is a url, sizes are in pixels, None where unknown.

    `crops` are the same picture cut to other shapes, for search engines. `file` is what other sizes are made of, None
    where the picture is published in one size.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None
    crops: tuple["Picture", ...] = ()
    file: PictureFile | None = None


class Flaw(msgspec.Struct, frozen=True, gc=False):
    """Why browsers cannot show a file as a picture, and what to do."""

    what: Message
    fix: Message


class Asset(msgspec.Struct, frozen=True, gc=False):
    """A file in content/ or static/: its size in pixels if it is a picture, else its flaw.

    `digest` is that of the bytes of a picture of which other sizes can be made, else "".
    """

    source: str
    url: str
    output: Output
    width: int | None = None
    height: int | None = None
    flaw: Flaw | None = None
    digest: str = ""

    @property
    def file(self) -> PictureFile | None:
        """What other sizes are made of; None where there can be none."""
        if not self.digest or not self.width or not self.height:
            return None
        return PictureFile(self.output, self.width, self.height, self.digest)
