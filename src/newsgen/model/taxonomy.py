"""What stories are listed by: sections, authors, tags and the terms of other taxonomies."""

import msgspec

from newsgen.config.taxonomies import TAGS
from newsgen.model.pictures import Picture


class Author(msgspec.Struct, frozen=True, gc=False):
    """An author: from `data/authors/<id>.yaml`, or only a name in front matter."""

    id: str
    name: str
    url: str
    role: str = ""
    bio: str = ""
    photo: Picture | None = None
    same_as: tuple[str, ...] = ()


class Term(msgspec.Struct, frozen=True, gc=False):
    """A tag or a term of another taxonomy, under its name in newsgen.yaml or its first spelling.

    `parent` is the id of the term above it.
    """

    id: str
    name: str
    url: str
    description: str = ""
    parent: str | None = None
    taxonomy: str = TAGS

    @property
    def key(self) -> str:
        """Its key among the terms of all taxonomies, such as "tags/song-lac"."""
        return f"{self.taxonomy}/{self.id}"


class Taxonomy(msgspec.Struct, frozen=True, gc=False):
    """A taxonomy, such as the tags; `id` is its field in front matter.

    `url` is that of the list of its terms, "" where it has none; `title` may be "" for the tags.
    """

    id: str
    title: str = ""
    url: str = ""
    description: str = ""


class TermCount(msgspec.Struct, frozen=True, gc=False):
    """A term with the number of its stories, including those of the terms below it."""

    term: Term
    count: int


class TermIndex(msgspec.Struct, frozen=True, gc=False):
    """The list of a taxonomy's terms, by name."""

    taxonomy: Taxonomy
    entries: tuple[TermCount, ...]


class SectionRef(msgspec.Struct, frozen=True, gc=False):
    """A section in a card."""

    id: str
    title: str
    url: str


class SectionName(msgspec.Struct, frozen=True, gc=False):
    """A section in menus. A change of its description or picture does not change it.

    `id` is its path, such as `xa-hoi/giao-duc`; `parent` is the id of the section above.
    """

    id: str
    title: str
    url: str
    parent: str | None = None


class Section(SectionName, frozen=True, gc=False):
    """A section on its own pages; `image` is the picture of its `_index.md`."""

    description: str = ""
    image: Picture | None = None

    def as_name(self) -> SectionName:
        """The section in menus."""
        return SectionName(self.id, self.title, self.url, self.parent)
