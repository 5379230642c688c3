"""What a source file says, before it is joined with the others."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

import msgspec

from newsgen.config.taxonomies import TAGS
from newsgen.core.errors import Location, Problem


class Status(IntEnum):
    """How far a story is on its way to readers, in order."""

    DRAFT = 0
    SCHEDULED = 1
    EMBARGOED = 2
    PUBLISHED = 3
    EXPIRED = 4
    WITHDRAWN = 5

    @property
    def word(self) -> str:
        """Its name for programs: "draft"."""
        return self.name.lower()

    @property
    def is_secret(self) -> bool:
        """Whether nothing of the story may be seen yet."""
        return self < Status.PUBLISHED


CorrectionKind = Literal["correction", "clarification", "update"]


class Correction(msgspec.Struct, frozen=True):
    """What the paper owns up to in a story."""

    date: datetime
    kind: CorrectionKind
    text: str


class SeriesPart(msgspec.Struct, frozen=True):
    """A story's place in a series: `part` and `of` are None where the editor leaves counting to newsgen."""

    name: str
    part: int | None = None
    of: int | None = None


class Reference(msgspec.Struct, frozen=True):
    """A text in the front matter that names something else, and where it stands.

    `path` is the file in which it stands where that is not the story's own.
    """

    text: str
    line: int
    column: int
    path: str = ""

    def place(self, source: str) -> Location:
        """Where it stands; `source` is the story's file."""
        return Location(self.path or source, self.line, self.column)


class ImageField(msgspec.Struct, frozen=True):
    """The front matter's `image` before its files are found; `line`, `column` are where its path stands.

    `path` is the file in which it stands where that is not the story's own.
    """

    src: str
    alt: str
    caption: str
    credit: str
    line: int
    column: int
    crops: tuple[Reference, ...] = ()
    path: str = ""

    @property
    def references(self) -> tuple[Reference, ...]:
        """The picture and its crops, as the editor named them."""
        return Reference(self.src, self.line, self.column, self.path), *self.crops


class PartialManuscript(msgspec.Struct, frozen=True):
    """What a source that cannot be read whole names all the same: its picture, and stories related to it."""

    source: str
    path: str
    image: ImageField | None
    related: tuple[Reference, ...]


TEXT_FIELDS = ("digest", "body_line", "sentence_digests", "text_digest")
"""The fields of a manuscript that tell one body from another."""


class Manuscript(msgspec.Struct, frozen=True):
    """A source file, read and typed, before it is joined with the others.

    `weight` orders standing pages, parts of series and sections: the lightest first, before those without one.
    `url` is the path from the site's root that front matter asks for, "" for the one that newsgen.yaml makes.
    `is_intro` tells that it is an `_index.md`: no story, but the text at the head of its section's first page.
    `digest` is of the file's bytes, `body_line` the line where the body starts. `section` is the folder's or
    the front matter's; "" for a page of content/pages/. `path` is
    the source relative to content/. `has_lead` says that the summary was written by an editor. `warnings` are what
    was found in reading that does not stop a build. `replacement` is what stands at the address after the story's end:
    `gone`, `notice` or `unlist`. `words` are the sentences' short digests, `text` is that of the whole text. `given` is
    the digest of what newsgen.yaml gave to the front matter, "" for nothing. `former_slug` is what earlier versions of
    newsgen made of the title, where that is another slug.
    """

    source: str
    path: str
    digest: str
    body_line: int
    is_page: bool
    title: str
    slug: str
    slug_place: tuple[int, int]
    date: datetime | None
    updated: datetime | None
    expires: datetime | None
    section: str
    summary: str
    has_lead: bool
    kicker: str
    lang: str
    authors: tuple[Reference, ...]
    terms: Mapping[str, tuple[Reference, ...]]
    related: tuple[Reference, ...]
    image: ImageField | None
    is_draft: bool
    pinned: bool
    extra: Mapping[str, Any]
    is_toml: bool = False
    warnings: tuple[Problem, ...] = ()
    title_place: tuple[int, int] = (1, 1)
    updated_place: tuple[int, int] = (1, 1)
    summary_place: tuple[int, int] = (1, 1)
    date_place: tuple[int, int] = (1, 1)
    is_withdrawn: bool = False
    embargo: datetime | None = None
    pin_until: datetime | None = None
    replacement: str = "gone"
    notice: str = ""
    sponsor: str = ""
    series: SeriesPart | None = None
    series_place: tuple[int, int] = (1, 1)
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[Reference, ...] = ()
    sentence_digests: bytes = b""
    text_digest: str = ""
    translation_of: Reference | None = None
    guid: Reference | None = None
    also_in: tuple[str, ...] = ()
    is_intro: bool = False
    url: str = ""
    weight: int | None = None
    defaults_digest: str = ""
    former_slug: str = ""

    @property
    def tags(self) -> tuple[Reference, ...]:
        """What it names under `tags`."""
        return self.terms.get(TAGS, ())

    @property
    def basis(self) -> str:
        """The digest of all that it was read from."""
        return self.digest + self.defaults_digest

    @property
    def text_basis(self) -> str:
        """What tells its rendered text from others: the digest of its file, and its language."""
        return f"{self.digest} {self.lang}"

    def differs_in_text_only(self, other: "Manuscript") -> bool:
        """Whether everything that is joined is the same in another reading of the source."""
        return msgspec.structs.replace(self, **{name: getattr(other, name) for name in TEXT_FIELDS}) == other

    def status(self, now: datetime) -> Status:
        """Where the story stands at `now`."""
        if self.is_draft:
            return Status.DRAFT
        if self.embargo is not None and self.embargo > now:
            return Status.EMBARGOED
        if self.date is not None and self.date > now:
            return Status.SCHEDULED
        if self.is_withdrawn:
            return Status.WITHDRAWN
        if self.expires is not None and self.expires <= now:
            return Status.EXPIRED
        return Status.PUBLISHED

    def public_update(self, now: datetime) -> datetime | None:
        """The last change that readers are told of at `now`; one to come is not told yet."""
        return self.updated if self.updated is not None and self.updated <= now else None

    def is_pinned(self, now: datetime) -> bool:
        """Whether the front keeps the story at `now`."""
        return self.pinned and (self.pin_until is None or now < self.pin_until)
