"""Examine the file of a picture by its bytes, not its name: its size, or why browsers cannot show it."""

import posixpath
import struct
from codecs import getincrementaldecoder
from contextlib import suppress
from io import SEEK_END
from math import ceil
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from newsgen.config.pictures import MOST_MEGAPIXELS
from newsgen.core.digests import hash_bytes
from newsgen.core.messages import Message, say
from newsgen.core.opening import open_inside
from newsgen.media.cleaning.fault import CUT, NotCleanable
from newsgen.media.cleaning.orientation import SIDEWAYS, read_orientation
from newsgen.media.cleaning.webp import IS_ANIMATION, list_chunks
from newsgen.media.gif_frames import read_gif
from newsgen.media.photos import is_photo, read_size
from newsgen.media.scripts import NotXml, find_root
from newsgen.model.pictures import Flaw, Motion

DIGITS = 16
"""Hexadecimal digits of the digest of a picture: two versions of one picture are told apart, and names stay short."""

HEAD = 4096
TAIL = 1024
PNG_HEAD = 65_536
"""How much of a PNG is searched for its EXIF, which programs write before the pixels, behind a colour profile."""

LARGE = 500_000
"""An animation of more bytes is published as animations of other formats, which are much smaller."""

LARGEST = 100_000_000
"""A picture of more bytes is not read."""

FEWEST, SMALLEST = 16, 10_000
"""For how many frames, of how many pixels, an animation counts at least: each needs memory and time of its own."""

SVG = "http://www.w3.org/2000/svg"
RASTERS = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png", ".apng"),
    "GIF": (".gif",),
    "WebP": (".webp",),
    "AVIF": (".avif",),
    "BMP": (".bmp",),
    "ICO": (".ico",),
}
"""The kinds of raster pictures that browsers show, with the endings of their files."""

ENDINGS = tuple(ending for endings in RASTERS.values() for ending in endings)
_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"\0\0\1\0", "ICO"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
)
_AVIF = frozenset({b"avif", b"avis"})
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_OTHER = (
    (b"%PDF", say("a PDF document")),
    (b"PK\3\4", say("a document or an archive, such as those of Word and ZIP")),
    (b"\xd0\xcf\x11\xe0", say("a document of an old Word or Excel")),
    (b"\0\0\0", say("a film")),
)


class PictureInfo(msgspec.Struct, frozen=True):
    """A picture's width and height in pixels as shown (after the rotation of EXIF), or its flaw.

    `digest` is that of its bytes, "" where no other sizes are made of it: of drawings and icons. `frames` are those of
    an animation of which others are made.
    """

    width: int | None = None
    height: int | None = None
    flaw: Flaw | None = None
    digest: str = ""
    motion: Motion = ""
    frames: int = 0


def examine_picture(site: Path, source: str, most: int = 1000) -> PictureInfo:
    """Examine the file of a picture, which may have so many megapixels.

    Raises:
        OSError: when the machine refuses the file.
    """
    name = posixpath.basename(source)
    with open_inside(site, site / source) as file:
        head = file.read(HEAD)
        kind = guess_kind(head)
        if (kind in RASTERS or kind == "HEIC") and (length := file.seek(0, SEEK_END)) > LARGEST:
            return PictureInfo(flaw=_describe_bulk(kind, name, length))
        file.seek(len(head))
        if kind in RASTERS:
            return check_size(_add_digest(_examine_pixels(file, kind, name), kind, file), name, most)
        if kind == "HEIC":
            return check_size(_add_digest(_examine_photo(head + file.read(), name), kind, file), name, most)
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return _examine_drawing(head + file.read(), name)
        return PictureInfo(flaw=_flaw(kind, head, name))


def _describe_bulk(kind: str, name: str, length: int) -> Flaw:
    what = say("“{name}” has {count} MB, too many for a picture", name=name, count=length // 1_000_000)
    if kind == "GIF":
        return Flaw(what, say("make a film of it (MP4), or save it with fewer or smaller frames"))
    return Flaw(what, say("save it smaller, photographs as JPEG"))


def guess_kind(head: bytes) -> str:
    """The kind of picture by the beginning of its file; "" for none."""
    if head[4:8] == b"ftyp":
        size = int.from_bytes(head[:4], "big")
        brands = {head[8:12], *(head[i : i + 4] for i in range(16, min(size, HEAD), 4))}
        return "AVIF" if brands & _AVIF else "HEIC" if brands & _HEIC else ""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")


def _examine_pixels(file: BinaryIO, kind: str, name: str) -> PictureInfo:
    import imagesize  # start-up: it brings a whole web client along

    if Path(name).suffix and not name.casefold().endswith(ENDINGS):
        what = say("“{name}” is a {kind} picture, and its name does not say so to browsers", name=name, kind=kind)
        right = name.removesuffix(Path(name).suffix) + RASTERS[kind][0]
        return PictureInfo(flaw=Flaw(what, say("rename it to `{name}`", name=right)))
    if _lacks_end(file, kind):
        what = say("“{name}” is a {kind} picture whose end is missing", name=name, kind=kind)
        return PictureInfo(flaw=Flaw(what, say("copy the file again from where it came")))
    file.seek(0)
    width, height = imagesize.get(file)
    file.seek(0)
    if kind == "AVIF" and (size := _read_avif_size(file.read())) is not None:
        width, height = size
    elif kind == "PNG" and _is_png_on_its_side(file.read(PNG_HEAD)):
        width, height = height, width
    if width > 0 and height > 0:
        return PictureInfo(round(width), round(height))
    if kind in ("ICO", "AVIF"):
        return PictureInfo()
    what = say("“{name}” is a damaged {kind} picture: it does not say how large it is", name=name, kind=kind)
    return PictureInfo(flaw=Flaw(what, say("save it again in a picture editor")))


def _add_digest(info: PictureInfo, kind: str, file: BinaryIO) -> PictureInfo:
    """The same with the digest of the file, if other sizes can be made of the picture."""
    if info.flaw is not None or not info.width or kind == "ICO":
        return info
    file.seek(0)
    data = file.read()
    motion, frames = find_motion(kind, data) or (None, 0)
    return info if motion is None else replace(info, digest=digest_picture(data), motion=motion, frames=frames)


def digest_picture(data: bytes) -> str:
    """The digest of a picture's bytes by which its renditions are named."""
    return hash_bytes(data)[:DIGITS]


def find_motion(kind: str, data: bytes) -> tuple[Motion, int] | None:
    """How a picture of a kind moves, and how many frames it has if others are made of it.

    None for a GIF whose frames cannot be read, or lie outside of it.
    """
    if kind != "GIF":
        return _find_motion(kind, data) if _is_animated(kind, data) else ("", 0)
    try:
        gif = read_gif(data)
    except NotCleanable:
        return None
    if not gif.is_inside:
        return None
    if len(gif.frames) == 1:
        return "", 0
    return _describe_motion(len(gif.frames), gif.plays) if len(data) > LARGE else ("kept", 0)


def _find_motion(kind: str, data: bytes) -> tuple[Motion, int]:
    """The same for an animated PNG, WebP or AVIF. An AVIF is as small as can be."""
    frames = plays = 0
    if kind == "PNG" and len(data) > LARGE:
        at = data.index(b"acTL") + 4
        frames, plays = struct.unpack_from(">2I", data, at)
    elif kind == "WebP" and len(data) > LARGE:
        with suppress(NotCleanable):
            chunks = [*list_chunks(data, 12, len(data))]
            frames = sum(name == b"ANMF" for name, _ in chunks)
            plays = next((int.from_bytes(content[4:6], "little") for name, content in chunks if name == b"ANIM"), 0)
    return _describe_motion(frames, plays) if frames > 1 else ("kept", 0)


def _describe_motion(frames: int, plays: int) -> tuple[Motion, int]:
    return ("ending" if plays else "endless"), frames


def _is_animated(kind: str, data: bytes) -> bool:
    if kind == "PNG":
        return b"acTL" in data[: max(0, data.find(b"IDAT"))]
    if kind == "WebP":
        return data[12:16] == b"VP8X" and bool(data[20] & IS_ANIMATION)
    return kind == "AVIF" and b"avis" in data[8 : int.from_bytes(data[:4], "big")]


def _read_avif_size(data: bytes) -> tuple[int, int] | None:
    """The size of an AVIF as shown; None where its items do not say."""
    try:
        return read_size(data)
    except NotCleanable:
        return None


def _is_png_on_its_side(head: bytes) -> bool:
    """Whether the EXIF of a PNG, which browsers heed, turns it by a quarter."""
    at = head.find(b"eXIf")
    return at > 0 and read_orientation(head[at + 4 : at + 4 + int.from_bytes(head[at - 4 : at], "big")]) in SIDEWAYS


def _examine_photo(data: bytes, name: str) -> PictureInfo:
    """Examine a HEIC photo, which is converted."""
    if not is_photo(name):
        what = say("“{name}” is a {kind} picture, and its name does not say so to browsers", name=name, kind="HEIC")
        right = name.removesuffix(Path(name).suffix) + ".heic"
        return PictureInfo(flaw=Flaw(what, say("rename it to `{name}`", name=right)))
    try:
        return PictureInfo(*read_size(data))
    except NotCleanable:
        what = say("“{name}” is a damaged {kind} picture: it does not say how large it is", name=name, kind="HEIC")
        return PictureInfo(flaw=Flaw(what, say("copy the file again from where it came")))


def check_size(info: PictureInfo, name: str, most: int) -> PictureInfo:
    """The same, with a flaw where the picture has more than so many megapixels."""
    if not info.width or not info.height:
        return info
    if info.frames and is_too_long((info.width, info.height), info.frames, most):
        values = {"name": name, "frames": info.frames, "width": info.width, "height": info.height}
        what = say("“{name}” has {frames} frames of {width} × {height} pixels, too many for a picture", **values)
        return PictureInfo(flaw=Flaw(what, say("make a film of it (MP4), or save it with fewer or smaller frames")))
    if info.width * info.height <= most * 1_000_000:
        return info
    count = ceil(info.width * info.height / 1_000_000)
    what = say("“{name}” has {count} megapixels, more than {most}", name=name, count=count, most=most)
    fix = say("save it smaller, or raise `pictures: {{max_megapixels: {count}}}`", count=count)
    return PictureInfo(flaw=Flaw(what, fix if count <= MOST_MEGAPIXELS else say("save it smaller")))


def is_too_long(size: tuple[int, int], frames: int, most: int) -> bool:
    """Whether so many frames of this size have more than twice as many megapixels together as one picture may have."""
    return max(size[0] * size[1], SMALLEST) * max(frames, FEWEST) > 2 * most * 1_000_000


def _lacks_end(file: BinaryIO, kind: str) -> bool:
    """Whether the end of a picture is missing. Data after the end, as some cameras write it, is ignored."""
    size = file.seek(0, SEEK_END)
    file.seek(max(0, size - TAIL))
    tail = file.read()
    file.seek(0)
    if kind == "JPEG" and b"\xff\xd9" not in tail:
        data = file.read()
        return b"\xff\xd9" not in data[max(0, data.rfind(b"\xff\xda")) :]
    if kind == "PNG" and b"IEND" not in tail:
        return b"IEND\xae\x42\x60\x82" not in file.read()
    if kind == "GIF":
        return _is_cut_off(file.read())
    if kind == "WebP":
        return int.from_bytes(file.read(8)[4:], "little") + 8 > size
    return kind == "AVIF" and _lacks_boxes(file, size)


def _is_cut_off(gif: bytes) -> bool:
    try:
        read_gif(gif)
    except NotCleanable as fault:
        return fault.why == CUT
    return False


def _lacks_boxes(file: BinaryIO, size: int) -> bool:
    """Whether a box of an ISO file (ISO 14496-12) is longer than the file."""
    at = 0
    while at + 8 <= size:
        file.seek(at)
        head = file.read(16)
        length = int.from_bytes(head[:4], "big")
        if length == 0:  # to the end of the file
            return False
        if length == 1:
            length = int.from_bytes(head[8:], "big")
        if length < 8:
            return True
        at += length
    return at != size


def _examine_drawing(data: bytes, name: str) -> PictureInfo:
    """Examine a file that begins like XML or HTML."""
    again = say("save it again as SVG in the program that made it")
    try:
        root = find_root(data)
    except NotXml as fault:
        if b"<svg" not in data[:HEAD]:
            return PictureInfo(flaw=_not_a_picture(name, say("a page of HTML")))
        values = {"name": name, "line": fault.line, "column": fault.column, "why": fault.why}
        what = say("“{name}” cannot be shown: in its line {line}, column {column}: {why}", **values)
        return PictureInfo(flaw=Flaw(what, again))
    if root.name != f"{SVG} svg":
        if root.name == "svg":
            what = say("the <svg> of “{name}” lacks its namespace, so browsers do not show it", name=name)
            return PictureInfo(flaw=Flaw(what, say('write `<svg xmlns="http://www.w3.org/2000/svg" …`')))
        return PictureInfo(flaw=_not_a_picture(name, say("a file of XML or HTML")))
    if not name.casefold().endswith(".svg"):
        what = say("“{name}” is an SVG drawing, and its name does not say so to browsers", name=name)
        return PictureInfo(
            flaw=Flaw(what, say("rename it to `{name}`", name=name.removesuffix(Path(name).suffix) + ".svg"))
        )
    return PictureInfo(*root.size)


def _flaw(kind: str, head: bytes, name: str) -> Flaw:
    """Why browsers cannot show a file as a picture."""
    if kind:
        what = say("“{name}” is a {kind} picture, which browsers do not show", name=name, kind=kind)
        return Flaw(what, say("save it as JPEG, PNG or WebP in a picture editor"))
    if not head:
        return Flaw(say("“{name}” is empty", name=name), say("copy the file again from where it came"))
    other = next((noun for magic, noun in _OTHER if head.startswith(magic)), None)
    return _not_a_picture(name, other or _text_or_not(head))


def _text_or_not(head: bytes) -> Message:
    if b"\0" not in head:
        try:
            getincrementaldecoder("utf-8")().decode(head)  # its last character may be cut
        except UnicodeDecodeError:
            pass
        else:
            return say("a text")
    return say("a file of no known kind")


def _not_a_picture(name: str, noun: Message) -> Flaw:
    what = say("“{name}” is no picture but {noun}", name=name, noun=noun)
    return Flaw(what, say("name a picture: JPEG, PNG, WebP, AVIF, GIF or SVG"))
