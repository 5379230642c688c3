"""Attachments: files that a story shows with the syntax of pictures and that are none, such as tables and films."""

from typing import Literal

import msgspec

from newsgen.config.attachments import PLAIN, TableOptions
from newsgen.core.messages import Message, say

Kind = Literal["table", "recording", "film", "document", "map"]
"""What an attachment is shown as."""

KINDS: dict[str, Kind] = {
    ".csv": "table",
    ".tsv": "table",
    ".mp3": "recording",
    ".m4a": "recording",
    ".ogg": "recording",
    ".opus": "recording",
    ".mp4": "film",
    ".webm": "film",
    ".pdf": "document",
    ".geojson": "map",
}
"""What each ending of a file is shown as."""


def find_kind(name: str) -> Kind | None:
    """What a file of this name or address is shown as; None for a picture, and for what cannot be shown."""
    _, dot, ending = name.rpartition(".")
    return KINDS.get(f".{ending.casefold()}") if dot else None


_NOUNS: dict[Kind | None, Message] = {
    None: say("picture"),
    "table": say("table"),
    "recording": say("recording"),
    "film": say("film"),
    "document": say("document"),
    "map": say("map"),
}


def name_kind(name: str) -> Message:
    """The word for what a file of this name or address is shown as: "table", "picture"."""
    return _NOUNS[find_kind(name.partition("#")[0].partition("?")[0])]


class FileFacts(msgspec.Struct, frozen=True, gc=False):
    """What is known of the file of an attachment: its size in bytes, and of a text a digest of its bytes.

    A text that is too large to be shown has no digest. Films have `width` and `height` in pixels, documents a number of
    `pages`, recordings the `seconds` that they play, None where the file does not tell it. One that is not `is_sound`
    is no file of its kind.
    """

    size: int
    digest: str = ""
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    seconds: int | None = None
    is_sound: bool = True


class Attachment(msgspec.Struct, frozen=True):
    """A file that a story shows, with what its sidecar says of it; None for the words that it leaves out.

    `options` are those of its sidecar, and of the settings where that leaves them open.
    `poster` is the path of a picture that stands for a film, "" where the sidecar names none. `places` are the lines
    and columns of the sidecar's values, by their names.
    """

    source: str
    facts: FileFacts
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    options: TableOptions = PLAIN
    poster: str = ""
    sidecar: str = ""
    places: dict[str, tuple[int, int]] = {}
