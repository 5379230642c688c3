"""Pictures and other files beside stories."""

from datetime import datetime
from typing import Literal

import msgspec

from newsgen.config.attachments import PLAIN, TableOptions
from newsgen.core.errors import Location
from newsgen.core.messages import Message
from newsgen.core.urls import Output

Motion = Literal["", "kept", "ending", "endless"]
"""How a picture moves: not at all; published as it is; made anew, and played so often or without an end."""

Size = tuple[int, int]

Focus = tuple[float, float]
"""The place in a picture that stays in view when it is cut: per cent from the left and from the top."""

CENTRE: Focus = (50.0, 50.0)


class Crop(msgspec.Struct, frozen=True, gc=False):
    """A part of a picture: its shape, such as 16 by 9, and the point in per cent that is nearest to its middle."""

    width: int
    height: int
    across: float = 50
    down: float = 50

    def find_box(self, size: Size) -> tuple[int, int, int, int]:
        """The largest part of this shape in a picture of that size: left, top, right, bottom."""
        width, height = size
        wide = min(width, max(1, round(height * self.width / self.height)))
        high = min(height, max(1, round(width * self.height / self.width)))
        left = min(max(0, round(width * self.across / 100 - wide / 2)), width - wide)
        top = min(max(0, round(height * self.down / 100 - high / 2)), height - high)
        return left, top, left + wide, top + high


class PictureFile(msgspec.Struct, frozen=True, gc=False):
    """A file of which pictures in other sizes are made: its own output, its size, and a digest of its bytes.

    Where only a part of it is shown, `crop` is this part, and the size is that of the part. Of one with `motion` these
    pictures are its still.
    """

    output: str
    width: int
    height: int
    digest: str
    crop: Crop | None = None
    motion: Motion = ""


class Picture(msgspec.Struct, frozen=True, gc=False):
    """A picture as a page shows it. `src` is a url, sizes are in pixels, None where unknown.

    `crops` are the same picture cut to other shapes, for search engines. `file` is what other sizes are made of, None
    where the picture is published in one size. `focus` is what must be seen where it is cut, None where nobody says it.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None
    crops: tuple["Picture", ...] = ()
    file: PictureFile | None = None
    focus: Focus | None = None


class Flaw(msgspec.Struct, frozen=True, gc=False):
    """Why browsers cannot show a file as a picture, and what to do.

    `bar` says why nobody may see it: the end of its licence, or no consent; "" where that is not the reason.
    """

    what: Message
    fix: Message
    bar: Literal["", "licence", "consent"] = ""


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
    motion: Motion = ""

    @property
    def file(self) -> PictureFile | None:
        """What other sizes are made of; None where there can be none."""
        if not self.digest or not self.width or not self.height:
            return None
        return PictureFile(self.output, self.width, self.height, self.digest, motion=self.motion)


class Sidecar(msgspec.Struct, frozen=True, gc=False):
    """What the file `source` beside a picture or an attachment says of it; None where it says nothing.

    `licence_place` and `consent_place` are the lines and columns of these values, `places` those of all values of an
    attachment. `options` say how a table is shown, `poster` what picture stands for a film.
    """

    source: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    focus: Focus | None = None
    licence_until: datetime | None = None
    licence_place: tuple[int, int] = (1, 1)
    has_consent: bool = True
    consent_place: tuple[int, int] = (1, 1)
    options: TableOptions = PLAIN
    poster: str = ""
    places: dict[str, tuple[int, int]] = {}

    def is_barred(self, now: datetime) -> bool:
        """Whether the picture must not be shown at `now`."""
        return not self.has_consent or (self.licence_until is not None and self.licence_until <= now)


class Licence(msgspec.Struct, frozen=True):
    """The moment at which a picture's licence ends, and where its sidecar says so."""

    until: datetime
    place: Location


class Word(msgspec.Struct, frozen=True, gc=False):
    """A text about a picture, and the file that it was taken from: its sidecar or itself; "" for neither."""

    text: str = ""
    source: str = ""


class PictureWords(msgspec.Struct, frozen=True, gc=False):
    """What is told of a picture in its sidecar or in itself, in one language."""

    alt: Word = Word()
    caption: Word = Word()
    credit: Word = Word()
