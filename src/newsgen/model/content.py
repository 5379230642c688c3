"""What reading gives to joining."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from newsgen.model.manuscripts import Manuscript, PartialManuscript, Reference
from newsgen.model.pictures import Picture
from newsgen.model.stories import Banner
from newsgen.model.taxonomy import Author
from newsgen.model.unreadable import Unreadable


class PublishedAddress(msgspec.Struct, frozen=True):
    """An address of urls.lock: the source that was published there, and whether editors let go of it.

    `mark` tells its words from others, `line` is where it stands in the file, `first` is the path at which the story
    was published before it came here, the first of them.
    """

    source: str
    is_gone: bool = False
    fingerprint: str = ""
    line: int = 1
    first: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What the reading gave: manuscripts, people by id, lead pictures by source, templates' data, publisher's logo.

    `manuscripts` are stories and standing pages, `intros` what `_index.md` says of sections.
    `broken` are the sources (relative to content/) that could not be read; what may point at them is not judged.
    `broken_values` are the texts in their front matter, `remnants` what can be read of it.
    `banners` are by their files, `people_in` what is said of people in other languages, by code.
    `favicon` is the url of the site's own where browsers have to be told of it, else "".
    `picks` are the editors' choice for the front page, `ledger` the addresses that were published before, by path.
    """

    manuscripts: tuple[Manuscript, ...]
    people: Mapping[str, Author]
    pictures: Mapping[str, Picture]
    data: Mapping[str, Any]
    broken: frozenset[str] = frozenset()
    broken_values: frozenset[str] = frozenset()
    logo: Picture | None = None
    favicon: str = ""
    banners: Mapping[str, Banner] = field(default_factory=dict)
    picks: tuple[Reference, ...] = ()
    published: Mapping[str, PublishedAddress] = field(default_factory=dict)
    people_in: Mapping[str, Mapping[str, Author]] = field(default_factory=dict)
    intros: tuple[Manuscript, ...] = ()
    remnants: tuple[PartialManuscript, ...] = ()

    @property
    def unreadable(self) -> Unreadable:
        """What the sources that could not be read may be called."""
        return Unreadable(self.broken, self.broken_values)
