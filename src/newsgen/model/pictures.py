"""Pictures and other files beside stories."""

import msgspec

from newsgen.core.messages import Message
from newsgen.core.urls import Output


class Picture(msgspec.Struct, frozen=True, gc=False):
    """A picture as a page shows it. `src` is a url, sizes are in pixels, None where unknown.

    `crops` are the same picture cut to other shapes, for search engines.
    """

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None
    crops: tuple["Picture", ...] = ()


class Flaw(msgspec.Struct, frozen=True, gc=False):
    """Why browsers cannot show a file as a picture, and what to do."""

    what: Message
    fix: Message


class Asset(msgspec.Struct, frozen=True, gc=False):
    """A file in content/ or static/: its size in pixels if it is a picture, else its flaw."""

    source: str
    url: str
    output: Output
    width: int | None = None
    height: int | None = None
    flaw: Flaw | None = None
