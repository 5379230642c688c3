"""The files of the index that browsers read, and how they are written.

All but the head are compressed with zlib and named by a digest of what is in them, so that they may be kept for ever:

- The head, in JSON: `letters` and `marks`, by which words are folded; `tiers`, newest first, each with its `name`,
  how many `stories` and `shards` it has, the name of its `table`, and its `years`, newest first, each with the number
  behind its last story; `docs`, how many stories are in a file; `sections` and `authors`, names by id; `spellings`, the
  name of their file.
- The table of a tier `{tier}t0.{digest}.bin` has DIGEST bytes of a digest for each of its shards, zeros for one without
  terms, which has no file, and then for each of its files of stories. Numbers in names are hexadecimal.
- A shard `{tier}{number}.{digest}.bin` has terms, each as one byte with the length of the term in UTF-8, the term, and
  three lists: of the stories with it in the title, in the lead, and only in the text. A list begins with the number of
  its bytes, doubled, and one more where it ends early because the term is too common. Its numbers ascend; each is
  written as how many lie between it and the one before. All numbers in shards are LEB128.
- A file of stories `{tier}d{number}.{digest}.bin` is a JSON list of stories, each a list: title, address, day, summary,
  address of a picture, id of the section; the last two can be "".
- The file of spellings `s0.{digest}.bin` has the most frequent terms of titles and leads, one in a line.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from newsgen.core.digests import digest
from newsgen.search.segments import TERM, Entry
from newsgen.search.terms import TermHashes
from newsgen.search.tiers import MOST

FOLDER = "theme/search"
"""The folder of the index in the output."""

DOCS = 8
"""Stories in a file of stories."""

LONGEST = 255
"""Bytes of a term. Longer ones are no words."""

DIGEST = 3
"""Bytes of a digest in a table."""


def find_index_folder(language: str) -> str:
    """The folder of the index of an edition, with a slash behind it."""
    return f"{FOLDER}/{language}/"


def find_head(language: str) -> str:
    """The output of the head of the index of an edition. It lies beside the folder, for hosts keep that for ever."""
    return f"{FOLDER}/{language}.json"


def write_number(value: int) -> bytes:
    """A number as LEB128: seven bits a byte, the lowest first, the highest bit set on all but the last byte."""
    if value < 128:
        return _BYTES[value]
    if value < 16384:
        return bytes((value & 127 | 128, value >> 7))
    return bytes((value & 127 | 128,)) + write_number(value >> 7)


_BYTES = [bytes((value,)) for value in range(256)]
_EMPTY = _BYTES[0]


def write_list(numbers: Sequence[int], most: int | None = None) -> bytes:
    """A list of ascending numbers, of at most `most`."""
    if not numbers:
        return _EMPTY
    if len(numbers) == 1:
        data = write_number(numbers[0])
        return _BYTES[2 * len(data)] + data
    is_cut = most is not None and len(numbers) > most
    shown = numbers[:most] if is_cut else numbers
    gaps = [shown[0], *[second - first - 1 for first, second in pairwise(shown)]]
    data = bytes(gaps) if max(gaps) < 128 else b"".join(map(write_number, gaps))
    return write_number(len(data) * 2 + is_cut) + data


def write_shards(entries: Iterable[Entry], count: int) -> dict[int, bytes]:
    """The shards with these entries, each by its number of `count`, not compressed yet."""
    parts: defaultdict[int, list[bytes]] = defaultdict(list)
    find_hash, last = TermHashes().find, count - 1
    for term, titles, leads, texts in sorted(entries, key=TERM):
        name = term.encode()
        if len(name) <= LONGEST:
            lists = write_list(titles), write_list(leads, MOST), write_list(texts, MOST)
            parts[find_hash(term) & last] += (_BYTES[len(name)], name, *lists)
    return {number: b"".join(part) for number, part in parts.items()}


def compress(data: bytes) -> bytes:
    """A file as it is published."""
    return zlib.compress(data, 6)


def name_file(stem: str, data: bytes) -> str:
    """The name of a file whose bytes before compression are these."""
    return f"{stem}.{digest(data)[: 2 * DIGEST]}.bin"
