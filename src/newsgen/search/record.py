"""What a build remembers of the index for the next one."""

from collections.abc import Iterator

import msgspec

from newsgen.search.tier_files import Spelling
from newsgen.search.tiers import Part


class KeptTier(msgspec.Struct, frozen=True):
    """A tier: what it was made of (`Tier.key`), the digests of its files by output, its table, its spellings."""

    key: str
    files: dict[str, str]
    table: str
    spellings: list[Spelling]


class IndexRecord(msgspec.Struct, frozen=True):
    """The indexes of all editions: parts by language, newest first, tiers by language and name, all other files."""

    parts: dict[str, list[Part]] = {}
    tiers: dict[str, KeptTier] = {}
    files: dict[str, str] = {}

    def join(self, other: "IndexRecord") -> "IndexRecord":
        """The record of the editions of both."""
        return IndexRecord(self.parts | other.parts, self.tiers | other.tiers, self.files | other.files)

    @property
    def segments(self) -> dict[str, int]:
        """The sizes of all segments by name."""
        return {part.segment: part.size for parts in self.parts.values() for part in parts}

    def list_outputs(self) -> Iterator[str]:
        """Every file of the indexes."""
        yield from self.files
        for tier in self.tiers.values():
            yield from tier.files
