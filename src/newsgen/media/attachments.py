"""Files that stories show and that are no pictures: what is known of them, and the bytes of those that are read."""

from io import SEEK_END
from pathlib import Path

from newsgen.core.digests import hash_bytes
from newsgen.core.errors import SourceMoved
from newsgen.core.opening import open_inside, read_inside
from newsgen.model.attachments import Attachment, FileFacts, find_kind
from newsgen.model.pictures import Sidecar

TEXTS = ("table",)
"""The kinds whose files are read whole."""

LARGEST_TEXT = 10_000_000
"""A text of more bytes is not read."""


def examine_attachment(site: Path, source: str) -> FileFacts:
    """What is known of a file.

    Raises:
        OSError: when the machine refuses the file.
    """
    with open_inside(site, site / source) as file:
        size = file.seek(0, SEEK_END)
        file.seek(0)
        if find_kind(source) in TEXTS and size <= LARGEST_TEXT:
            return FileFacts(size, hash_bytes(file.read()))
    return FileFacts(size)


def describe_attachment(source: str, facts: FileFacts, sidecar: Sidecar | None) -> Attachment:
    """A file with what its sidecar says of it."""
    if sidecar is None:
        return Attachment(source, facts)
    words = sidecar.alt, sidecar.caption, sidecar.credit
    return Attachment(source, facts, *words, sidecar.options, sidecar.source, dict(sidecar.places))


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
