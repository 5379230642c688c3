"""The files of pictures as they are published: without private data, or not at all."""

import json
import posixpath
from functools import cache
from pathlib import Path

from newsgen.core.code_digest import digest_modules
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.text import nfc
from newsgen.media import cleaning
from newsgen.media.cleaning.cleaner import CLEANABLE, clean_picture
from newsgen.media.cleaning.fault import EMPTY, NotCleanable
from newsgen.media.pictures import ENDINGS, HEAD, guess_kind

_CAMERAS = ".heic .heif .hif .tif .tiff .dng .nef .cr2 .cr3 .arw .raf .rw2 .orf .pef .srw"
_PROGRAMS = ".psd .psb .jxl .jp2 .j2k .jpf .jpx"
OF_CAMERAS = (*_CAMERAS.split(), *_PROGRAMS.split())
"""Endings of pictures that browsers do not show, but that hold as much as a camera writes."""

OF_PICTURES = (*ENDINGS, *OF_CAMERAS)
UNSURE = ("BMP", "ICO")
"""Kinds whose first bytes may be those of another file."""


def is_picture(source: str) -> bool:
    """Whether a file has the name of a picture."""
    return source.casefold().endswith(OF_PICTURES)


def make_original(source: str, data: bytes) -> bytes:
    """The bytes to publish of a file of the site: those of a picture are cleaned, others stay.

    Raises:
        NotCleanable: for a picture that nobody can be certain of.
    """
    kind = guess_kind(data[:HEAD])
    if kind in UNSURE and not is_picture(source):
        kind = ""
    if kind in CLEANABLE:
        return clean_picture(kind, data)
    if not kind and not is_picture(source):
        return data
    if not data:
        raise NotCleanable(EMPTY)
    raise NotCleanable(say("newsgen does not know where such a file keeps it"))


def describe_original(source: str, why: Message) -> Problem:
    """The problem with a picture that cannot be cleaned."""
    if why == EMPTY:
        what, fix = (
            say("“{name}” is empty", name=posixpath.basename(source)),
            say("copy the file again from where it came"),
        )
        return Problem(Location(source), "not-a-picture", what, fix)
    what = say("“{name}” may hold private data that cannot be removed: {why}", name=posixpath.basename(source), why=why)
    fix = say(
        "save it again as JPEG, PNG or WebP, or publish it as it is: `pictures: {{originals: {{{file}: keep}}}}`",
        file=json.dumps(nfc(source), ensure_ascii=False),
    )
    return Problem(Location(source), "private-data", what, fix)


@cache
def digest_cleaning() -> str:
    """The digest of the code that cleans: where it changes, pictures are cleaned again."""
    return digest_modules(Path(cleaning.__file__).parent)
