"""Files that stories show and that are no pictures: what is known of them, and the bytes of those that are read."""

import logging
from io import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO

from newsgen.config.attachments import PLAIN, Attachments
from newsgen.core.digests import hash_bytes
from newsgen.core.errors import SourceMoved
from newsgen.core.media_types import get_ending
from newsgen.core.opening import open_inside, read_inside
from newsgen.media.film_sizes import read_film_size
from newsgen.model.attachments import Attachment, FileFacts, find_kind
from newsgen.model.pictures import Sidecar

TEXTS = ("table", "map")
"""The kinds whose files are read whole, as captions are."""

CAPTIONS = ".vtt"

LARGEST_TEXT = 10_000_000
"""A text of more bytes is not read."""

LARGEST_DOCUMENT = 200_000_000
"""The pages of a document of more bytes are not counted."""

LONGEST = 1_000_000
"""No recording plays so many seconds: a file that tells more is damaged."""

HEAD = 1024
_OGG, _ISO = b"OggS", b"ftyp"


def examine_attachment(site: Path, source: str) -> FileFacts:
    """What is known of a file.

    Raises:
        OSError: when the machine refuses the file.
    """
    kind, ending = find_kind(source), get_ending(source)
    with open_inside(site, site / source) as file:
        size = file.seek(0, SEEK_END)
        file.seek(0)
        if kind in TEXTS or ending == CAPTIONS:
            return FileFacts(size, hash_bytes(file.read()) if size <= LARGEST_TEXT else "")
        if not _begins_as(file.read(HEAD), ending):
            return FileFacts(size, is_sound=False)
        if kind == "film":
            width, height = read_film_size(file, ending) or (None, None)
            return FileFacts(size, width=width, height=height)
        if kind == "recording":
            return FileFacts(size, seconds=read_seconds(file))
        if kind == "document" and size <= LARGEST_DOCUMENT:
            return FileFacts(size, pages=count_pages(file))
    return FileFacts(size)


def _begins_as(head: bytes, ending: str) -> bool:
    """Whether a file begins as its ending says."""
    if ending == ".pdf":
        return b"%PDF-" in head
    if ending in (".ogg", ".opus"):
        return head.startswith(_OGG)
    if ending == ".webm":
        return head.startswith(b"\x1aE\xdf\xa3")
    if ending == ".mp3":
        return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)
    return head[4:8] == _ISO


def read_seconds(file: BinaryIO) -> int | None:
    """How many seconds a recording plays; None where its file does not tell it, as it is damaged."""
    from mutagen import File  # start-up: few papers have recordings

    try:
        file.seek(0)
        found: Any = File(file)
        seconds = round(found.info.length)
    except Exception:  # noqa: BLE001 - a hostile file may make it raise anything
        return None
    return seconds if 0 < seconds < LONGEST else None


def count_pages(file: BinaryIO) -> int | None:
    """How many pages a PDF has; None where it does not say, as it is damaged or locked."""
    from pypdf import PdfReader  # start-up: few papers show documents

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        file.seek(0)
        root: Any = PdfReader(file).trailer["/Root"]
        count = root["/Pages"]["/Count"]
    except Exception:  # noqa: BLE001 - a hostile document may make it raise anything
        return None
    return int(count) if isinstance(count, int) and count > 0 else None


def describe_attachment(source: str, facts: FileFacts, sidecar: Sidecar | None, settings: Attachments) -> Attachment:
    """A file with what its sidecar says of it, and the settings where that says nothing of a table."""
    given = settings.choose(source) if find_kind(source) == "table" else PLAIN
    if sidecar is None:
        return Attachment(source, facts, options=given)
    words, options = (sidecar.alt, sidecar.caption, sidecar.credit), sidecar.options.complete(given)
    return Attachment(source, facts, *words, options, sidecar.poster, sidecar.source, dict(sidecar.places))


def read_attachment(site: Path, attachment: Attachment) -> bytes:
    """The bytes of a text.

    Raises:
        SourceMoved: when it is no longer the file that was examined.
        OSError: when the machine refuses the file.
    """
    data = read_inside(site, site / attachment.source)
    if hash_bytes(data) != attachment.facts.digest:
        raise SourceMoved(attachment.source)
    return data
