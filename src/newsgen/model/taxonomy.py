"""What stories are sorted by: sections, authors, tags and the terms of other taxonomies."""

import msgspec

from newsgen.config.taxonomies import TAGS
from newsgen.model.pictures import Picture


class Author(msgspec.Struct, frozen=True):
    """Who wrote a story: from `data/authors/<id>.yaml`, or only the name in the front matter."""

    id: str
    name: str
    url: str
    role: str = ""
    bio: str = ""
    photo: Picture | None = None
    same_as: tuple[str, ...] = ()


class Term(msgspec.Struct, frozen=True):
    """A tag, or a term of another taxonomy, as newsgen.yaml names it or under the first spelling used.

    `parent` is the id of the one above.
    """

    id: str
    name: str
    url: str
    description: str = ""
    parent: str | None = None
    taxonomy: str = TAGS

    @property
    def key(self) -> str:
        """What tells it from the terms of all taxonomies, such as "tags/song-lac"."""
        return f"{self.taxonomy}/{self.id}"


class Taxonomy(msgspec.Struct, frozen=True):
    """A way in which the paper sorts its stories: by tags, by places. `id` is the field of front matter.

    `url` is that of the list of its terms, "" where it has none; `title` may be "" for the tags.
    """

    id: str
    title: str = ""
    url: str = ""
    description: str = ""


class TermCount(msgspec.Struct, frozen=True):
    """A term with the number of its stories, those of the terms below it among them."""

    term: Term
    count: int


class TermIndex(msgspec.Struct, frozen=True):
    """The list of a taxonomy's terms, by name."""

    taxonomy: Taxonomy
    entries: tuple[TermCount, ...]


class SectionRef(msgspec.Struct, frozen=True):
    """What a card shows of its section."""

    id: str
    title: str
    url: str


class SectionName(msgspec.Struct, frozen=True):
    """What menus show of a section, a folder of content/: a change of its summary or picture leaves every menu alone.

    `id` is its path, such as `xa-hoi/giao-duc`; `parent` the id of the one above.
    """

    id: str
    title: str
    url: str
    parent: str | None = None


class Section(SectionName, frozen=True):
    """A section with what its own pages show; `image` is the picture that its `_index.md` names."""

    description: str = ""
    image: Picture | None = None

    def as_name(self) -> SectionName:
        """What menus show of it."""
        return SectionName(self.id, self.title, self.url, self.parent)
