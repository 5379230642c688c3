"""Fonts of cards: what characters a font file has, read from its own table without a library (OpenType 1.9, `cmap`)."""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from struct import Struct, error

import msgspec

from newsgen.core.digests import digest

PACKAGE = "fontpkg_be_vietnam_pro"
BOLD, SEMIBOLD = "BeVietnamPro-Bold.ttf", "BeVietnamPro-SemiBold.ttf"
KINDS = (b"\0\1\0\0", b"OTTO", b"true")
"""The first bytes of TrueType and OpenType fonts. Packed ones (WOFF) and collections are not read."""

UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platforms and encodings of tables of Unicode, the widest first."""

MOST = 0x110000
"""As many characters as Unicode can have: a damaged table may tell of more."""

_TABLE, _ENCODING, _GROUP = Struct(">4sIII"), Struct(">HHI"), Struct(">III")
_SHORT, _LONG = Struct(">H"), Struct(">I")


class FontFault(Exception):
    """A file is no font that can be read."""


class Font(msgspec.Struct, frozen=True):
    """A font file: its bytes, their digest, and the characters that it has, as code points."""

    data: bytes
    digest: str
    characters: frozenset[int]


@cache
def find_bundled(name: str) -> Font:
    """A font of Be Vietnam Pro, by the name of its file."""
    spec = find_spec(PACKAGE)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return open_font(Path(folders[0], "files", name).read_bytes())


def open_font(data: bytes) -> Font:
    """The font with these bytes.

    Raises:
        FontFault: when they are no font with a table of Unicode characters.
    """
    return Font(data, digest(data), read_characters(data))


def read_characters(data: bytes) -> frozenset[int]:
    """The code points that a font has a glyph for.

    Raises:
        FontFault: when the bytes are no font with a table of Unicode characters.
    """
    if data[:4] not in KINDS:
        raise FontFault
    try:
        at = _find_table(data)
        format_ = _SHORT.unpack_from(data, at)[0]
        pairs = _read_segments(data, at) if format_ == 4 else _read_groups(data, at) if format_ == 12 else ()
        found = frozenset(code for code, glyph in islice(pairs, MOST) if glyph)
    except error:
        raise FontFault from None
    if not found:
        raise FontFault
    return found


def _find_table(data: bytes) -> int:
    """Where the widest table of Unicode begins."""
    count = _SHORT.unpack_from(data, 4)[0]
    tables: dict[bytes, tuple[int, int]] = {
        name: (offset, length)
        for name, _, offset, length in (_TABLE.unpack_from(data, 12 + 16 * number) for number in range(count))
    }
    if b"cmap" not in tables or any(offset + length > len(data) for offset, length in tables.values()):
        raise FontFault
    start = tables[b"cmap"][0]
    count = _SHORT.unpack_from(data, start + 2)[0]
    entries: list[tuple[int, int, int]] = [
        _ENCODING.unpack_from(data, start + 4 + 8 * number) for number in range(count)
    ]
    places = {(platform, encoding): start + offset for platform, encoding, offset in reversed(entries)}
    found = [places[wanted] for wanted in UNICODE if wanted in places]
    if not found:
        raise FontFault
    return found[0]


def _read_segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The characters of a table of format 4, each with its glyph."""
    doubled = _SHORT.unpack_from(data, at + 6)[0] & ~1
    for step in range(0, doubled, 2):
        end = _SHORT.unpack_from(data, at + 14 + step)[0]
        first = at + 16 + doubled + step
        start, delta, place = (_SHORT.unpack_from(data, first + doubled * column)[0] for column in range(3))
        for code in range(start, min(end, 0xFFFE) + 1):
            if not place:
                yield code, (code + delta) & 0xFFFF
                continue
            glyph = _SHORT.unpack_from(data, first + doubled * 2 + place + 2 * (code - start))[0]
            yield code, (glyph + delta) & 0xFFFF if glyph else 0


def _read_groups(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The characters of a table of format 12, each with its glyph."""
    for number in range(_LONG.unpack_from(data, at + 12)[0]):
        start, end, glyph = _GROUP.unpack_from(data, at + 16 + 12 * number)
        for code in range(start, end + 1):
            yield code, glyph + code - start
