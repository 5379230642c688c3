"""The frames of a GIF (version 89a), read from their heads: where each lies, how long it stays, what follows.

No pixel is decoded: `media/gif_drawing.py` draws.
"""

import struct

import msgspec

from newsgen.media.cleaning.fault import CUT, DAMAGED, NotCleanable
from newsgen.media.cleaning.gif import APPLICATION, CONTROL, EXTENSION, IMAGE, LOOPS, TRAILER

HEADER = 13
"""Bytes before the table of colours."""

SHORTEST, INSTEAD = 20, 100
"""Browsers show a frame of less than so many milliseconds for so many, since programs write 0 for any time."""

Range = tuple[int, int]
"""Where something begins and ends in the file."""

NOTHING: Range = (0, 0)


class Frame(msgspec.Struct, frozen=True, gc=False):
    """One frame: its place on the canvas, its table of colours and its codes in the file.

    `duration` is in milliseconds, as browsers show it; `transparent` is the number of a colour, or None. `disposal`
    says what is done before the next frame: 2 empties the frame's place, 3 restores what was there. So does 4, which
    some programs write for it.
    """

    left: int
    top: int
    width: int
    height: int
    is_interlaced: bool
    colors: Range
    codes: Range
    duration: int = INSTEAD
    disposal: int = 0
    transparent: int | None = None


class GifFile(msgspec.Struct, frozen=True, gc=False):
    """A GIF: its canvas in pixels, its frames, and how often they are played, 0 for without an end."""

    width: int
    height: int
    frames: tuple[Frame, ...]
    plays: int

    @property
    def is_inside(self) -> bool:
        """Whether all frames lie on the canvas; browsers do different things where they do not."""
        return all(
            one.width and one.height and one.left + one.width <= self.width and one.top + one.height <= self.height
            for one in self.frames
        )

    @property
    def has_holes(self) -> bool:
        """Whether what lies behind the picture may show through at some time."""
        first = self.frames[0]
        is_full = (first.width, first.height) == (self.width, self.height)
        empties = first.disposal == 3 or any(one.disposal == 2 for one in self.frames[:-1])
        return not is_full or first.transparent is not None or empties


def read_gif(data: bytes) -> GifFile:
    """The frames of a GIF.

    Raises:
        NotCleanable: when it is cut off or damaged.
    """
    try:
        reader = _Reader(data)
        reader.run()
    except (IndexError, struct.error):
        raise NotCleanable(CUT) from None
    if not reader.frames:
        raise NotCleanable(DAMAGED)
    width, height = struct.unpack_from("<2H", data, 6)
    return GifFile(width, height, tuple(reader.frames), reader.plays)


class _Reader:
    """The way through one file. `control` has the flags, the duration and the transparent colour of the next frame."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, HEADER
        self.frames: list[Frame] = []
        self.control: tuple[int, int, int] = (0, 0, 0)
        self.plays = 1

    def run(self) -> None:
        """Read all blocks up to the trailer, or to the end of the file.

        Raises:
            NotCleanable, IndexError: when one is not as the format says, or is cut off.
        """
        data = self.data
        shared = self._read_colors(data[10])
        while not (self.frames and self.at == len(data)) and (kind := data[self.at]) != TRAILER:
            if kind == EXTENSION:
                self._read_extension(data[self.at + 1])
            elif kind == IMAGE:
                self._read_frame(shared)
            else:
                raise NotCleanable(DAMAGED)

    def _read_extension(self, label: int) -> None:
        start = self.at + 2
        self.at = start
        self._skip_blocks()
        data = self.data
        if label == CONTROL:
            self.control = data[start + 1], int.from_bytes(data[start + 2 : start + 4], "little"), data[start + 4]
        is_loop = label == APPLICATION and data[start] == 11 and data[start + 1 : start + 12] in LOOPS
        if is_loop and data[start + 12] == 3 and data[start + 13] & 7 == 1:
            again = int.from_bytes(data[start + 14 : start + 16], "little")
            self.plays = again + 1 if again else 0

    def _read_frame(self, shared: Range) -> None:
        data, start = self.data, self.at
        left, top, width, height = struct.unpack_from("<4H", data, start + 1)
        packed = data[start + 9]
        self.at += 10
        own = self._read_colors(packed)
        codes = self.at
        self.at += 1
        self._skip_blocks()
        flags, hundredths, number = self.control
        self.frames.append(
            Frame(
                left=left,
                top=top,
                width=width,
                height=height,
                is_interlaced=bool(packed & 0x40),
                colors=shared if own == NOTHING else own,
                codes=(codes, self.at),
                duration=10 * hundredths if 10 * hundredths >= SHORTEST else INSTEAD,
                disposal=3 if flags >> 2 & 7 == 4 else flags >> 2 & 7,
                transparent=number if flags & 1 else None,
            )
        )
        self.control = (0, 0, 0)

    def _read_colors(self, flags: int) -> Range:
        """Go on behind the table of colours that these flags announce; where it is."""
        if not flags & 0x80:
            return NOTHING
        start = self.at
        self.at += 3 << ((flags & 7) + 1)
        return start, self.at

    def _skip_blocks(self) -> None:
        data, at = self.data, self.at
        while length := data[at]:
            at += length + 1
        self.at = at + 1
