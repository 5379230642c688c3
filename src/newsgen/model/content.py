"""The content of a site as it is read, before stories are joined."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from newsgen.model.episodes import Episode
from newsgen.model.manuscripts import Manuscript, PartialManuscript, Reference
from newsgen.model.pictures import Licence, Picture
from newsgen.model.stories import Banner
from newsgen.model.taxonomy import Author
from newsgen.model.unreadable import Unreadable


class PublishedAddress(msgspec.Struct, frozen=True, gc=False):
    """An address in urls.lock: the source that was published there, and whether editors gave it up (`is_gone`).

    `fingerprint` is that of the story as published, `line` is its line in the file, `first` is the first path of a
    story that has moved, else "".
    """

    source: str
    is_gone: bool = False
    fingerprint: str = ""
    line: int = 1
    first: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What was read: manuscripts, people by id, lead pictures by source, data for templates, the publisher's logo.

    `manuscripts` are stories and standing pages, `intros` the `_index.md` of sections.
    `broken` are the sources (relative to content/) that could not be read; references that may mean them are not
    checked. `broken_values` are the texts in their front matter, `remnants` what could be read of them.
    `banners` are by file, `people_in` are the people of other languages, by code.
    `favicon` is the url of the site's favicon where pages have to link to it, else "".
    `picks` are the editors' choice for the front page, `published` the addresses of urls.lock, by path. `licences` are
    by the sources of pictures, `episodes` by those of stories.
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
    licences: Mapping[str, Licence] = field(default_factory=dict)
    episodes: Mapping[str, Episode] = field(default_factory=dict)

    @property
    def unreadable(self) -> Unreadable:
        """The names that the sources that could not be read may have."""
        return Unreadable(self.broken, self.broken_values)
