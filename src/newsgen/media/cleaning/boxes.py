"""Boxes of the ISO base media file format (ISO/IEC 14496-12), of which AVIF and HEIC files are made."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from newsgen.media.cleaning.fault import CUT, DAMAGED, NotCleanable

VERSION = 4
"""Bytes of a version and its flags, with which the content of many boxes begins."""

Extent = tuple[int, int]
"""Where a piece of data begins and ends."""


class Box(NamedTuple):
    """A box of a file: its type, where it begins, where its content begins, and where it ends."""

    type: bytes
    start: int
    content: int
    end: int


class Reader:
    """Reads numbers in their order from a part of a file."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self.data, self.at, self.end = data, at, end

    def number(self, size: int) -> int:
        """The next number, of so many bytes; 0 for none.

        Raises:
            NotCleanable: when the part ends before.
        """
        return int.from_bytes(self.bytes(size), "big")

    def bytes(self, size: int) -> bytes:
        """The next bytes, as many as asked for.

        Raises:
            NotCleanable: when the part ends before.
        """
        start, self.at = self.at, self.at + size
        if self.at > self.end:
            raise NotCleanable(DAMAGED)
        return self.data[start : self.at]


def list_boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places of a file, of which they fill every byte.

    Raises:
        NotCleanable: when one of them is longer than that.
    """
    at = start
    while at < end:
        if at + 8 > end:
            raise NotCleanable(CUT)
        length, name = struct.unpack_from(">I4s", data, at)
        content = at + 8
        if length == 1 and at + 16 <= end:
            (length,) = struct.unpack_from(">Q", data, content)
            content += 8
        elif length == 0:  # to the end of the file
            length = end - at
        if at + length > end:
            raise NotCleanable(CUT)
        if length < content - at:
            raise NotCleanable(DAMAGED)
        yield Box(name, at, content, at + length)
        at += length


def make_box(name: bytes, *content: bytes) -> bytes:
    """A box of this type."""
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, name) + body


def make_free(size: int) -> bytes:
    """A box of so many bytes, 8 or more, that says nothing."""
    return make_box(b"free", bytes(size - 8))
