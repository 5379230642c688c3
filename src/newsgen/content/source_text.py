"""One article file, read once: its text, its front matter, and the digest of its bytes."""

import os
from collections.abc import Collection
from pathlib import Path

import msgspec

from newsgen.content import front_matter as frontmatter
from newsgen.content.fences import get_body
from newsgen.content.front_matter import Head
from newsgen.content.sources import BODY_BYTES, FRONT_MATTER_BYTES
from newsgen.core.decoding import decode, decode_again
from newsgen.core.digests import SIZE, hash_bytes
from newsgen.core.errors import MOVING, UNREADABLE, Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.opening import OPEN_FLAGS, OutsideSite, open_descriptor
from newsgen.core.stamps import make_stamp

LARGEST = FRONT_MATTER_BYTES + BODY_BYTES
TRIES = 3
USUAL = 1 << 15
"""Most sources have fewer bytes."""


class SourceText(msgspec.Struct, frozen=True):
    """A source: its text, its front matter, and the digest of its bytes."""

    text: str
    head: Head
    digest: str

    @property
    def body(self) -> str:
        """What follows the front matter."""
        return self.text[self.head.body_at :]


def read_source(site: Path, source: str, declared: Collection[str] = ()) -> SourceText | Problem:
    """Read and split one article file, or give its problem. `declared` are the fields that newsgen.yaml adds.

    Raises:
        OutsideSite: when its name leads elsewhere by now.
    """
    try:
        raw = _read_whole(site, source)
    except OutsideSite:
        raise
    except FileNotFoundError:
        what = say("the file went away while the site was being read")
        return Problem(Location(source), MOVING, what, say("run again when the saving is over"))
    except OSError as error:
        what = say("the file cannot be read: {reason}", reason=error.strerror)
        return Problem(Location(source), UNREADABLE, what, say("check its permissions"))
    if raw is None:
        what = say("the file keeps changing while it is being read")
        return Problem(Location(source), MOVING, what, say("run again when the saving is over"))
    if len(raw) > LARGEST:
        return _too_large(say("the file is larger than {size} KiB", size=LARGEST // 1024), source)
    text = decode(raw, source)
    if isinstance(text, Problem):
        return text
    head = frontmatter.split_head(text, source, declared)
    if isinstance(head, Problem):
        return head
    if len(raw) > BODY_BYTES and len(text[head.body_at :].encode()) > BODY_BYTES:
        what = say("the text of the story is larger than {size} KiB", size=BODY_BYTES // 1024)
        return _too_large(what, source)
    return SourceText(text, head, _digest(raw))


def _too_large(what: Message, source: str) -> Problem:
    return Problem(Location(source), "file-size", what, say("split the story, or move its tables into data/"))


def read_body(site: Path, source: str, known: str) -> str | None:
    """The body of an article file that was read before; None when its digest is no longer the `known` one.

    Raises:
        OutsideSite: when its name leads elsewhere by now.
    """
    try:
        raw = _read_at_once(f"{site}/{source}")
        if _digest(raw) != known:  # it may be changing, or lead elsewhere
            whole = _read_whole(site, source)
            if whole is None or _digest(whole) != known:
                return None
            raw = whole
    except OutsideSite:
        raise
    except OSError:
        return None
    return get_body(decode_again(raw))


def _digest(raw: bytes) -> str:
    """The digest of a source: half of its SHA-256, for which most processors have instructions."""
    return hash_bytes(raw)[: 2 * SIZE]


def _read_at_once(path: str) -> bytes:
    """The bytes of a file wherever it lies: bytes that have the digest of a source are harmless."""
    descriptor = os.open(path, OPEN_FLAGS)
    try:
        raw = os.read(descriptor, USUAL)
        return raw if len(raw) < USUAL else raw + _read(descriptor, LARGEST)
    finally:
        os.close(descriptor)


def _read_whole(site: Path, source: str) -> bytes | None:
    """The bytes of a file as it stood at one moment, at most one more than the largest; None while it changes."""
    for _ in range(TRIES):
        descriptor, before = open_descriptor(site, f"{site}/{source}")
        try:
            raw = _read(descriptor, min(before.st_size, LARGEST))
            after = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if make_stamp(before) == make_stamp(after):
            return raw
    return None


def _read(descriptor: int, size: int) -> bytes:
    """The bytes of an open file of that size, and one more where it has grown."""
    raw = os.read(descriptor, size + 1)
    while len(raw) < size and (more := os.read(descriptor, size + 1 - len(raw))):
        raw += more
    return raw
