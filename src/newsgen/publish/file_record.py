"""What is known of one published file: the digest of its bytes, and its stamps in the two trees.

It is kept in few bytes, because an archive has many files. A *file* is 64 bytes: its digest and its stamp in one tree.
A *row* is what both trees have: a file of the first tree, and where the second tree does not share it but has a copy,
the copy's stamp.
"""

from dataclasses import dataclass, field
from struct import Struct
from zlib import crc32

from newsgen.core.stamps import Stamp
from newsgen.publish.build_info import digest_file

_STAMP = Struct(">QqqQ")
_DIGEST = 32
FILE = _DIGEST + _STAMP.size
"""Bytes of a file; of a row too, unless it has the stamp of a copy."""


def make_file(made: str, stamp: Stamp) -> bytes:
    """A file from the digest of its bytes, in hexadecimal, and its stamp."""
    return bytes.fromhex(made) + _STAMP.pack(*stamp)


def digest_of(file: bytes) -> str:
    """The digest of a file's bytes, in hexadecimal."""
    return file[:_DIGEST].hex()


def stamp_of(file: bytes) -> Stamp:
    """The stamp of a file."""
    size, modified, changed, inode = _STAMP.unpack_from(file, _DIGEST)
    return size, modified, changed, inode


def is_same_place(one: bytes, other: bytes) -> bool:
    """Whether two files are one on the disk: they have the same inode."""
    return one[FILE - 8 :] == other[FILE - 8 :]


def has_digest(file: bytes | None, made: str) -> bool:
    """Whether a file is known, and its bytes have this digest (hexadecimal)."""
    return file is not None and file[:_DIGEST] == bytes.fromhex(made)


def make_row(file: bytes, copy: bytes | None, side: int) -> bytes:
    """The row of a file of one tree, and of its copy in the other, None where they share it; `side` is 0 or 1."""
    if copy is None:
        return file
    return file + copy[_DIGEST:] if side == 0 else copy + file[_DIGEST:]


def file_in(row: bytes, side: int) -> bytes:
    """The file of one of the trees, 0 or 1, from a row."""
    if len(row) == FILE:
        return row
    return row[:FILE] if side == 0 else row[:_DIGEST] + row[FILE:]


def weigh(path: int, stamp: Stamp) -> int:
    """A number of 64 bits that tells a file at a path (CRC-32 of its UTF-8) and its stamp from others.

    The sum over a tree says whether anything in it is other than recorded, for much less than comparing each file. It
    is as good as 64 bits are at telling what happens by chance. Python computes it the same way in every process, but
    not in every version: then a tree is compared file by file once.
    """
    return hash((path, *stamp))


def weigh_place(path: int, inode: int) -> int:
    """As `weigh`, of the inode only."""
    return hash((path, inode))


@dataclass(slots=True)
class Sums:
    """Sums over all files: how many, their digests (`digest_file`), and for each of the two trees their weights."""

    files: int = 0
    digest: int = 0
    stamps: list[int] = field(default_factory=lambda: [0, 0])
    places: list[int] = field(default_factory=lambda: [0, 0])

    def add(self, output: str, row: bytes, sign: int = 1) -> None:
        """Add a row, or take it away (`sign` -1)."""
        self.files += sign
        self.digest += sign * digest_file(output, row[:_DIGEST])
        path, first = crc32(output.encode()), stamp_of(row)
        weights = weigh(path, first), weigh_place(path, first[3])
        for side in (0, 1):
            if side and len(row) > FILE:
                second = stamp_of(file_in(row, 1))
                weights = weigh(path, second), weigh_place(path, second[3])
            self.stamps[side] += sign * weights[0]
            self.places[side] += sign * weights[1]
