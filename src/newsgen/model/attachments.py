"""Attachments: files that a story shows with the syntax of pictures and that are none, such as tables and films."""

from typing import Literal

import msgspec

from newsgen.config.attachments import Numbers

Kind = Literal["table"]
"""What an attachment is shown as."""

KINDS: dict[str, Kind] = {".csv": "table", ".tsv": "table"}
"""What each ending of a file is shown as."""


def find_kind(name: str) -> Kind | None:
    """What a file of this name or address is shown as; None for a picture, and for what cannot be shown."""
    return KINDS.get(f".{name.rpartition('.')[2].casefold()}")


class FileFacts(msgspec.Struct, frozen=True, gc=False):
    """What is known of the file of an attachment: its size in bytes, and of a text a digest of its bytes.

    A text that is too large to be shown has no digest.
    """

    size: int
    digest: str = ""


class TableOptions(msgspec.Struct, frozen=True, gc=False):
    """How the sidecar of a table wants it shown: which columns and how many rows, in which order.

    `highlight` names rows by their first cell. None and "" leave a decision to the file.
    """

    columns: tuple[str, ...] = ()
    order: str = ""
    descending: bool = False
    rows: int | None = None
    highlight: tuple[str, ...] = ()
    unit: str = ""
    decimals: int | None = None
    numbers: Numbers = ""


PLAIN = TableOptions()


class Attachment(msgspec.Struct, frozen=True):
    """A file that a story shows, with what its sidecar says of it; None for the words that it leaves out.

    `places` are the lines and columns of the sidecar's values, by their names.
    """

    source: str
    facts: FileFacts
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    options: TableOptions = PLAIN
    sidecar: str = ""
    places: dict[str, tuple[int, int]] = {}
