"""A source file as it is read, before it is joined with others."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from struct import Struct
from typing import Any, Literal

import msgspec

from newsgen.config.taxonomies import TAGS
from newsgen.core.errors import Location, Problem
from newsgen.model.episodes import EpisodeKind
from newsgen.model.pictures import Focus


class Status(IntEnum):
    """The status of a story, in the order of its life."""

    DRAFT = 0
    SCHEDULED = 1
    EMBARGOED = 2
    PUBLISHED = 3
    EXPIRED = 4
    WITHDRAWN = 5

    @property
    def word(self) -> str:
        """Its name for programs, such as "draft"."""
        return self.name.lower()

    @property
    def is_secret(self) -> bool:
        """Whether nothing of the story may be published yet."""
        return self < Status.PUBLISHED


CorrectionKind = Literal["correction", "clarification", "update"]


class Correction(msgspec.Struct, frozen=True, gc=False):
    """A correction that the paper publishes with a story."""

    date: datetime
    kind: CorrectionKind
    text: str


class SeriesPart(msgspec.Struct, frozen=True, gc=False):
    """A story's part in a series; `part` and `of` are None where newsgen counts."""

    name: str
    part: int | None = None
    of: int | None = None


class Coverage(msgspec.Struct, frozen=True, gc=False):
    """When a live story is reported: `start` is None for its date, `end` is None while it goes on.

    `entries` counts the entries in its text.
    """

    start: datetime | None = None
    end: datetime | None = None
    entries: int = 0

    def is_on(self, now: datetime) -> bool:
        """Whether more entries may come."""
        return self.end is None or now < self.end


class Reference(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A text in the front matter that names something, with its place; `path` is its file, "" for the story's own."""

    text: str
    line: int
    column: int
    path: str = ""

    def place(self, source: str) -> Location:
        """Its location; `source` is the story's file."""
        return Location(self.path or source, self.line, self.column)


class ImageField(msgspec.Struct, frozen=True, gc=False):
    """The front matter's `image` before its files are looked for.

    `alt`, `caption` and `credit` are None where they are left out: the picture's file may tell them. `line` and
    `column` are those of its path; `path` is the file with it, "" for the story's own. `crops` are other files,
    `shapes` those to which newsgen cuts the picture around its `focus`, None where the front matter names no crops.
    """

    src: str
    alt: str | None
    caption: str | None
    credit: str | None
    line: int
    column: int
    crops: tuple[Reference, ...] = ()
    path: str = ""
    shapes: tuple[Reference, ...] | None = None
    focus: Focus | None = None

    @property
    def references(self) -> tuple[Reference, ...]:
        """The picture and the files with its crops as named in the front matter."""
        return Reference(self.src, self.line, self.column, self.path), *self.crops


class EpisodeField(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The front matter's `podcast` before its files are looked for."""

    file: Reference
    transcript: Reference | None = None
    chapters: Reference | None = None
    season: int | None = None
    episode: int | None = None
    kind: EpisodeKind = "full"
    explicit: bool | None = None


class PartialManuscript(msgspec.Struct, frozen=True, gc=False):
    """What could be read of a faulty source: its picture, and stories related to it."""

    source: str
    path: str
    image: ImageField | None
    related: tuple[Reference, ...]


TEXT_FIELDS = ("digest", "body_line", "sentence_digests", "text_digest")
"""The fields of a manuscript that depend on the body."""

PLACED = ("title", "slug", "summary", "date", "updated", "series")
"""The fields of front matter whose places a manuscript has, in the order of `Manuscript.places`."""

_PLACE = Struct("<2I")


def pack_places(places: Mapping[str, tuple[int, int]]) -> bytes:
    """The places (line, column) of the fields in `PLACED`, as `Manuscript.places` has them."""
    return b"".join(_PLACE.pack(*places[field]) for field in PLACED)


class Manuscript(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A source file, read and typed, before it is joined with the others.

    `path` is the source relative to content/. `digest` is of the file's bytes, `body_line` the first line of the
    body. `places` are for `get_place`. `section` is that of the folder or the front matter, "" for a page of
    content/pages/. `has_lead` says that an editor wrote the summary. `url` is the path from the site's root that
    the front matter asks for, "" for that of the pattern. `weight` orders standing pages, parts of series and
    sections: the lightest first, before those without. `is_intro` marks an `_index.md`: no story, but the text at
    the head of its section's first page. `warnings` were found in reading. `replacement` is what follows at the
    address after the story's end: `gone`, `notice` or `unlist`. `sentence_digests` are short digests of the
    sentences, `text_digest` is that of the whole text: a story read without a urls.lock has neither.
    `defaults_digest` is that of the fields from newsgen.yaml, "" for none. `former_slug` is the slug that earlier
    versions of newsgen made of the title, "" for the same.
    """

    source: str
    path: str
    digest: str
    body_line: int
    is_page: bool
    title: str
    slug: str
    places: bytes
    date: datetime | None
    updated: datetime | None
    expires: datetime | None
    section: str
    summary: str
    has_lead: bool
    kicker: str
    lang: str
    authors: tuple[Reference, ...]
    tags: tuple[Reference, ...]
    related: tuple[Reference, ...]
    image: ImageField | None
    is_draft: bool
    pinned: bool
    extra: Mapping[str, Any]
    other_terms: Mapping[str, tuple[Reference, ...]] = {}
    is_toml: bool = False
    warnings: tuple[Problem, ...] = ()
    is_withdrawn: bool = False
    embargo: datetime | None = None
    pin_until: datetime | None = None
    replacement: str = "gone"
    notice: str = ""
    sponsor: str = ""
    series: SeriesPart | None = None
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
    live: Coverage | None = None
    podcast: EpisodeField | None = None

    @property
    def terms(self) -> Mapping[str, tuple[Reference, ...]]:
        """The terms that it names, by taxonomy; `other_terms` are those of all taxonomies but the tags."""
        return {TAGS: self.tags, **self.other_terms} if self.tags else self.other_terms

    def get_place(self, field: str) -> tuple[int, int]:
        """The line and the column of a field in `PLACED`; those of the front matter where it is missing."""
        line, column = _PLACE.unpack_from(self.places, PLACED.index(field) * _PLACE.size)
        return line, column

    @property
    def began(self) -> datetime | None:
        """When a live story began; None for others."""
        return (self.live.start or self.date) if self.live else None

    @property
    def basis(self) -> str:
        """The digests of everything it was read from."""
        return self.digest + self.defaults_digest

    @property
    def text_basis(self) -> str:
        """What its rendered text depends on: the digest of its file, and its language."""
        return f"{self.digest} {self.lang}"

    def differs_in_text_only(self, other: "Manuscript") -> bool:
        """Whether a second reading of the source differs only in the body."""
        return msgspec.structs.replace(self, **{name: getattr(other, name) for name in TEXT_FIELDS}) == other

    def status(self, now: datetime) -> Status:
        """The story's status at `now`."""
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
        """The last change that readers see at `now`; one in the future is not shown yet."""
        return self.updated if self.updated is not None and self.updated <= now else None

    def is_pinned(self, now: datetime) -> bool:
        """Whether the story is pinned to the front page at `now`."""
        return self.pinned and (self.pin_until is None or now < self.pin_until)
