"""Parts of a file, which browsers ask for to play films and sounds (RFC 9110, section 14)."""

import re
from pathlib import Path

from newsgen.core.media_types import type_of
from newsgen.core.opening import open_inside
from newsgen.preview.responses import Answer

_ONE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


def asked_range(header: str, size: int) -> range | None:
    """The bytes that a Range header asks for; an empty range where the file has none of them.

    None for the whole file: no header, another unit, several ranges at once, or what is no range.
    """
    match = _ONE.fullmatch(header)
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return range(max(0, size - int(match[2])), size)
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None
    return range(first, min(last + 1, size)) if first < size else range(0)


def part_of(root: Path, file: Path, wanted: str) -> Answer:
    """A file of `root`, or the part of it that the Range header `wanted` asks for.

    Raises:
        OSError: when there is none, or its name leads out of `root`.
    """
    kind = type_of(file.name)
    with open_inside(root, file) as opened:
        size = opened.seek(0, 2)
        part = asked_range(wanted, size)
        if part is None:
            opened.seek(0)
            return Answer(200, opened.read(), kind, is_file=True)
        if not part:
            return Answer(416, kind=kind, is_file=True, extent=f"bytes */{size}")
        opened.seek(part.start)
        data = opened.read(len(part))
    return Answer(206, data, kind, is_file=True, extent=f"bytes {part.start}-{part.stop - 1}/{size}")
