"""What a build remembers of the index for the next one."""

from collections.abc import Iterator

import msgspec

from newsgen.search.tier_files import Spelling


class KeptTier(msgspec.Struct, frozen=True):
    """A tier: what it was made of (`Tier.key`), the digests of its files by output, its table, its spellings."""

    key: str
    files: dict[str, str]
    table: str
    spellings: list[Spelling]


class IndexRecord(msgspec.Struct, frozen=True):
    """The indexes of all editions: the sizes of segments by name, the tiers by language and name, all other files."""

    segments: dict[str, int] = {}
    tiers: dict[str, KeptTier] = {}
    files: dict[str, str] = {}

    def join(self, other: "IndexRecord") -> "IndexRecord":
        """The record of the editions of both."""
        return IndexRecord(self.segments | other.segments, self.tiers | other.tiers, self.files | other.files)

    def list_outputs(self) -> Iterator[str]:
        """Every file of the indexes."""
        yield from self.files
        for tier in self.tiers.values():
            yield from tier.files
