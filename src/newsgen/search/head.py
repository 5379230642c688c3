"""The head of an index: what a browser reads first."""

from collections.abc import Mapping, Sequence

import msgspec

from newsgen.search.folding import LETTERS, MARKS
from newsgen.search.shards import DOCS
from newsgen.search.tiers import Tier


class Names(msgspec.Struct, frozen=True):
    """The names of sections and authors by id, in the order in which readers choose."""

    sections: Mapping[str, str]
    authors: Mapping[str, str]


def write_head(tiers: Sequence[Tier], tables: Sequence[str], spellings: str, names: Names) -> bytes:
    """The head of an index with these tiers, each with the name of its table."""
    described = [
        {"name": tier.name, "stories": tier.stories, "shards": tier.shards, "table": table, "years": tier.years}
        for tier, table in zip(tiers, tables, strict=True)
    ]
    head = {
        "tiers": described,
        "docs": DOCS,
        "spellings": spellings,
        "sections": names.sections,
        "authors": names.authors,
        "letters": dict(LETTERS),
        "marks": "".join(c if c == "-" else f"\\u{ord(c):04x}" for c in MARKS),
    }
    return msgspec.json.encode(head)
