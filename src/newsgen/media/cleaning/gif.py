"""GIF (version 89a) without comments, XMP, texts of its own and what follows the picture."""

from functools import cache
from itertools import accumulate

from newsgen.media.cleaning.fault import CUT, DAMAGED, NotCleanable

EXTENSION, IMAGE, TRAILER = 0x21, 0x2C, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""The applications that say how often an animation runs."""

_CODE_SIZES = range(1, 12)
_LONGEST_CODE, _MOST_CODES = 12, 4096


def clean_gif(data: bytes) -> bytes:
    """A GIF file without private data; its frames, times and colours are the same.

    Raises:
        NotCleanable: when it cannot be cleaned for certain.
    """
    try:
        return _Cleaning(data).run()
    except IndexError:
        raise NotCleanable(CUT) from None


class _Cleaning:
    """The way through one file. `control` is the last extension that says how the next frame is drawn."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 13
        self.kept: list[bytes] = []
        self.control = b""
        self.frames = 0

    def run(self) -> bytes:
        header_end = self._skip_colors(self.data[10])
        self.kept.append(self.data[:header_end])
        while not self._is_over() and (kind := self.data[self.at]) != TRAILER:
            if kind == EXTENSION:
                self._read_extension(self.data[self.at + 1])
            elif kind == IMAGE:
                self._read_frame()
            else:
                raise NotCleanable(DAMAGED)
        if not self.frames:
            raise NotCleanable(DAMAGED)
        return b"".join((*self.kept, bytes([TRAILER])))

    def _is_over(self) -> bool:
        """Whether the file ends behind a frame: some programs leave the trailer out."""
        return bool(self.frames) and self.at == len(self.data)

    def _read_extension(self, label: int) -> None:
        start = self.at
        self.at += 2
        self._skip_blocks()
        if label == CONTROL:
            if self.at - start != 8 or self.data[start + 2] != 4:
                raise NotCleanable(DAMAGED)
            self.control = self.data[start : self.at]
        elif label == APPLICATION:
            name = self.data[start + 3 : start + 14] if self.data[start + 2] == 11 else b""
            if name in LOOPS:
                self.kept.append(self.data[start : start + 14] + _keep_loop(self.data[start + 14 : self.at]))

    def _read_frame(self) -> None:
        start = self.at
        flags = self.data[start + 9]
        self.at += 10
        code = self._skip_colors(flags)
        if self.data[code] not in _CODE_SIZES:
            raise NotCleanable(DAMAGED)
        self.at = code + 1
        self._skip_blocks()
        pixels = _join(self.data[code + 1 : self.at])
        end = find_last_code(pixels, self.data[code])
        self.kept += self.control, self.data[start : code + 1], _split(pixels[:end])
        self.control = b""
        self.frames += 1

    def _skip_colors(self, flags: int) -> int:
        """Go on behind the table of colours that these flags announce."""
        if flags & 0x80:
            self.at += 3 << ((flags & 7) + 1)
        return self.at

    def _skip_blocks(self) -> None:
        """Go on behind the blocks that begin here."""
        data, at = self.data, self.at
        while length := data[at]:
            at += length + 1
        self.at = at + 1


def find_last_code(pixels: bytes, size: int) -> int:
    """How many bytes the codes of a frame take up to the one that says that they end; `size` are the bits of a color.

    Raises:
        NotCleanable: when they do not end, or have no meaning.
    """
    try:
        return _follow_codes(pixels, size, _list_full(size))
    except NotCleanable:  # it may be no full table that was skipped
        return _follow_codes(pixels, size, ())


def _follow_codes(pixels: bytes, size: int, full: tuple[int, ...]) -> int:
    """The same, where tables that are cleared after one of so many bits are skipped.

    The codes grow as the table of their meanings does (appendix F), so that private data among them would not fit.
    """
    clear, at, count, bits = 1 << size, 0, 0, 8 * len(pixels)
    while True:
        if not count:
            at = _skip_full_tables(pixels, 1 << size, at, full)
        newest = _newest(clear, count)
        width = min(newest.bit_length(), _LONGEST_CODE)
        code = _read_code(pixels, at, width)
        at += width
        if at > bits or code > newest:
            raise NotCleanable(DAMAGED)
        if code == clear + 1:
            return (at + 7) // 8
        count = 0 if code == clear else count + 1


def _newest(clear: int, count: int) -> int:
    """The newest code that may be used after so many others."""
    return min(clear + 1 + (count or 1), _MOST_CODES)


def _read_code(pixels: bytes, at: int, width: int) -> int:
    return int.from_bytes(pixels[at >> 3 : (at >> 3) + 3], "little") >> (at & 7) & ((1 << width) - 1)


def _skip_full_tables(pixels: bytes, clear: int, at: int, full: tuple[int, ...]) -> int:
    """Where the codes go on behind tables that were cleared when they were full, as most programs do."""
    while place := next((place for place in full if _read_code(pixels, at + place, _LONGEST_CODE) == clear), 0):
        at += place + _LONGEST_CODE
    return at


@cache
def _list_full(size: int) -> tuple[int, ...]:
    """After how many bits of codes a table is full, by the reckoning of most programs first."""
    clear = 1 << size
    counts = range(_MOST_CODES - clear + 1)
    bits = [*accumulate(min(_newest(clear, count).bit_length(), _LONGEST_CODE) for count in counts)]
    return bits[-3], bits[-2], bits[-1], bits[-4]


def _join(blocks: bytes) -> bytes:
    """The content of blocks, each of which begins with its length, up to the empty one."""
    parts, at = [], 0
    while length := blocks[at]:
        parts.append(blocks[at + 1 : at + 1 + length])
        at += length + 1
    return b"".join(parts)


def _split(content: bytes) -> bytes:
    """The same in blocks as long as they may be, and the empty one."""
    blocks = (content[at : at + 255] for at in range(0, len(content), 255))
    return b"".join((*(bytes([len(block)]) + block for block in blocks), b"\0"))


def _keep_loop(blocks: bytes) -> bytes:
    """The block of three bytes that says how often, and the end of blocks."""
    if blocks[0] != 3 or blocks[1] & 7 != 1:
        return b"\0"
    return blocks[:4] + b"\0"
