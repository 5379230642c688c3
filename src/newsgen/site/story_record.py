"""What a build keeps of the stories of an edition, so that the next one sees which are others."""

from collections.abc import Mapping

import msgspec


class StoryRecord(msgspec.Struct, frozen=True, array_like=True):
    """What a build keeps of the stories of an edition, oldest first.

    `sources` and `ties` (JSON) are texts, each story's after the other's, `cards` are the digests of cards. `chosen` is
    `Edition.chosen`, `series` are the sources of parts of series.
    """

    sources: bytes = b""
    ties: bytes = b""
    cards: bytes = b""
    chosen: Mapping[str, tuple[str, ...]] = {}
    series: tuple[str, ...] = ()
