"""The words that agencies and photographers write into a picture: XMP (ISO 16684-1) and IPTC-IIM 4.2.

Pictures lose both when they are published. What is damaged tells nothing; cleaning tells of damage.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from newsgen.core.opening import open_inside
from newsgen.core.text import tidy_line
from newsgen.media.cleaning.boxes import list_boxes
from newsgen.media.cleaning.fault import NotCleanable
from newsgen.media.cleaning.items import read_items
from newsgen.media.cleaning.jpeg import APP1, APP13, SOS, list_segments
from newsgen.media.cleaning.png import list_chunks as list_png_chunks
from newsgen.media.cleaning.webp import list_chunks as list_webp_chunks
from newsgen.media.pictures import HEAD, guess_kind
from newsgen.media.xmp import Languages, XmpWords, read_xmp

_XMP_SEGMENT = b"http://ns.adobe.com/xap/1.0/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_XMP_TEXT = b"XML:com.adobe.xmp\0"
_HEADS = (64 * 1024, 512 * 1024)
"""How much of a JPEG is read first: words stand before the pixels, behind the camera's notes and a thumbnail."""

_IIM_BLOCK, _RESOURCE = 0x0404, b"8BIM"
_CREDIT, _BYLINE, _CAPTION = 110, 80, 120
_UTF8 = b"\x1b%G"
_MOST_LETTERS = 5000
"""What is longer is no caption."""

_UNSEEN = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
"""Characters without a shape, and those that turn the direction of the text around them."""

OF_CAMERAS = frozenset(
    [
        *(f"{maker} DIGITAL CAMERA" for maker in ("OLYMPUS", "MINOLTA", "KONICA MINOLTA")),
        *("DIGITAL CAMERA", "SONY DSC", "SAMSUNG CAMERA PICTURES", "Exif_JPEG_PICTURE", "DCIM"),
    ]
)
"""What cameras write where a caption belongs."""


class EmbeddedWords(msgspec.Struct, frozen=True, gc=False):
    """The words in a picture: texts by their languages in lower case, "x-default" for any, and who took it."""

    alt: Languages = {}
    caption: Languages = {}
    credit: str = ""

    def choose(self, language: str) -> tuple[str, str, str]:
        """The alternative text, caption and credit for a story in this language."""
        return _choose(self.alt, language), _choose(self.caption, language), self.credit


NO_WORDS = EmbeddedWords()


def read_embedded_words(site: Path, source: str) -> EmbeddedWords:
    """The words in a picture.

    Raises:
        OSError: when the machine refuses the file.
    """
    with open_inside(site, site / source) as file:
        kind = guess_kind(file.read(HEAD))
        file.seek(0)
        packet, iim = b"", b""
        with suppress(NotCleanable, struct.error):  # a build tells of it when it cleans the picture
            packet, iim = _find_packets(file, kind)
    return _join(read_xmp(packet) if packet else XmpWords(), dict(_read_iim(iim)))


def _find_packets(file: BinaryIO, kind: str) -> tuple[bytes, bytes]:
    """The XMP of a picture, and its IIM; b"" for none."""
    if kind == "JPEG":
        return _search_jpeg(file)
    if kind not in ("PNG", "WebP", "AVIF", "HEIC"):
        return b"", b""
    data = file.read()
    return {"PNG": _search_png, "WebP": _search_webp}.get(kind, _search_boxes)(data), b""


def _search_jpeg(file: BinaryIO) -> tuple[bytes, bytes]:
    """The packets before the pixels. Only as much of the file is read as they need."""
    data = b""
    for size in (*_HEADS, -1):
        data += file.read(size if size < 0 else size - len(data))
        packet, resources = b"", []
        try:
            for marker, start, end, _ in list_segments(data):
                content = data[start + 4 : end]
                if marker == APP1 and content.startswith(_XMP_SEGMENT) and not packet:
                    packet = content[len(_XMP_SEGMENT) :]
                elif marker == APP13 and content.startswith(_PHOTOSHOP):
                    resources.append(content[len(_PHOTOSHOP) :])
                elif marker == SOS:
                    return packet, _search_resources(b"".join(resources))
        except NotCleanable:
            if size < 0 or len(data) < size:
                raise
    return b"", b""


def _search_resources(data: bytes) -> bytes:
    """The IIM among the resources of Photoshop."""
    at = 0
    while data[at : at + 4] == _RESOURCE and at + 12 <= len(data):
        kind, name_length = struct.unpack_from(">HB", data, at + 4)
        start = at + 7 + name_length + (name_length + 1) % 2
        length = int.from_bytes(data[start : start + 4], "big")
        if kind == _IIM_BLOCK:
            return data[start + 4 : start + 4 + length]
        at = start + 4 + length + length % 2
    return b""


def _search_png(data: bytes) -> bytes:
    """The XMP of a PNG: a text that is not compressed, as the standard has it (ISO 16684-3)."""
    for name, start, end in list_png_chunks(data):
        content = data[start + 8 : end - 4]
        if name == b"iTXt" and content.startswith(_XMP_TEXT) and content[len(_XMP_TEXT) :][:1] == b"\0":
            return content[len(_XMP_TEXT) + 2 :].split(b"\0", 2)[-1]
    return b""


def _search_webp(data: bytes) -> bytes:
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    return next((content for name, content in list_webp_chunks(data, 12, end) if name == b"XMP "), b"")


def _search_boxes(data: bytes) -> bytes:
    """The XMP of an AVIF or HEIC: an item of its own."""
    meta = next((box for box in list_boxes(data, 0, len(data)) if box.type == b"meta"), None)
    items = read_items(data, meta) if meta is not None else None
    for item, kind in items.types.items() if items is not None else ():
        if items is not None and kind == b"mime":
            extents = items.extents.get(item) or items.idat.get(item) or []
            content = b"".join(data[start:end] for start, end in extents)
            if b"adobe:ns:meta" in content[:HEAD] or b"22-rdf-syntax-ns" in content[:HEAD]:
                return content
    return b""


def _read_iim(data: bytes) -> Iterator[tuple[int, str]]:
    """The datasets that hold words, the last of each: several bylines are one text."""
    found: dict[int, list[bytes]] = {}
    is_utf8, at = False, 0
    while data[at : at + 1] == b"\x1c" and at + 5 <= len(data):
        record, dataset, length = struct.unpack_from(">BBH", data, at + 1)
        if length & 0x8000:  # only pictures are so long
            break
        content = data[at + 5 : at + 5 + length]
        if (record, dataset) == (1, 90):
            is_utf8 = content == _UTF8
        elif record == 2 and dataset in (_CREDIT, _BYLINE, _CAPTION):
            found.setdefault(dataset, []).append(content)
        at += 5 + length
    yield from (
        (dataset, ", ".join(_decode(one, is_utf8=is_utf8) for one in parts)) for dataset, parts in found.items()
    )


def _decode(content: bytes, *, is_utf8: bool) -> str:
    """A text of IIM. Programs write UTF-8 without saying so; what is none is of old Windows programs."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("utf-8", "ignore") if is_utf8 else content.decode("cp1252", "ignore")


def _join(xmp: XmpWords, iim: Mapping[int, str]) -> EmbeddedWords:
    """The words of both: where XMP says nothing, those of IIM."""
    old_caption = {"x-default": iim[_CAPTION]} if iim.get(_CAPTION) else {}
    names = (xmp.credit, ", ".join(xmp.creators), iim.get(_CREDIT, ""), iim.get(_BYLINE, ""))
    credit = next(filter(None, map(_clean, names)), "")
    return EmbeddedWords(_clean_all(xmp.alt), _clean_all(xmp.caption) or _clean_all(old_caption), credit)


def _clean_all(texts: Languages) -> Languages:
    return {language: cleaned for language, text in texts.items() if (cleaned := _clean(text))}


def _clean(text: str) -> str:
    """A text as a page can show it; "" for one that no person wrote."""
    cleaned = tidy_line(_UNSEEN.sub("", text[: _MOST_LETTERS + 1]))
    is_of_camera = cleaned in OF_CAMERAS or cleaned.startswith("DCIM\\")
    return "" if is_of_camera or len(cleaned) > _MOST_LETTERS else cleaned


def _choose(texts: Languages, language: str) -> str:
    """The text in a language, in that language of another country, or else for any."""
    wanted = language.casefold()
    primary = wanted.partition("-")[0]
    close = (text for tag, text in texts.items() if tag.partition("-")[0] == primary)
    return texts.get(wanted) or texts.get(primary) or next(close, "") or texts.get("x-default", "")
