"""Live stories: how their entries are divided into batches, and where the files lie that pages read them from."""

from collections.abc import Sequence

import msgspec

from newsgen.core.digests import digest_of

BATCH = 10
"""Entries in a batch, but in the last, which may have fewer."""


class LiveEntry(msgspec.Struct, frozen=True, gc=False):
    """An entry of a live story: `id` is its anchor, `html` all of it, `text` what stands in it without markup.

    `number` counts from the oldest, 1. `at` is its moment as RFC 3339 writes it, `clock` as readers see it; `version`
    is a digest of what it shows. `is_pinned` keeps it above the others; `is_key` lists its title among the key points.
    """

    number: int
    id: str
    at: str
    clock: str
    version: str
    title: str
    html: str
    text: str
    is_pinned: bool = False
    is_key: bool = False


def divide(entries: Sequence[LiveEntry]) -> list[Sequence[LiveEntry]]:
    """The batches of entries that stand oldest first."""
    return [entries[at : at + BATCH] for at in range(0, len(entries), BATCH)]


def tell_versions(entries: Sequence[LiveEntry]) -> list[str]:
    """A digest of each batch."""
    return [digest_of(batch)[:12] for batch in divide(entries)]


def tell_version(versions: Sequence[str]) -> str:
    """The digest of all batches by those of each."""
    return digest_of(versions)[:12]


def place_live_folder(url: str) -> str:
    """The address of the folder of a story's files with entries: "/a/b.live/" for "/a/b.html", "/a/b/" or "/a/b"."""
    return f"{url.removesuffix('.html').removesuffix('/')}.live/"
