"""The newspaper: what is public at one moment, in order, by section, term and author."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from newsgen.config.settings import Config
from newsgen.config.taxonomies import TAGS
from newsgen.content.permalinks import Permalinks
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Banner, Card, Intro, Notice, StandingPage
from newsgen.model.taxonomy import Author, Section, Taxonomy, Term
from newsgen.site.grouping import Groups
from newsgen.site.groups import by_term
from newsgen.site.lifecycle import span
from newsgen.site.redirects import Table
from newsgen.site.register import Register
from newsgen.site.related import Related
from newsgen.site.sitemap_parts import Ranges
from newsgen.site.ties import Ties


@dataclass(frozen=True)
class Kept:
    """What the next join may keep of one language's: what was read, how each manuscript stands, what was made of it.

    `standing` is by the identity of manuscripts. `dated` are the public stories in order, `articles` what was made of
    each, `urls` theirs by source, `rest` all other manuscripts, `special` those with a series or an id. `unlisted` are
    the sources of those in no list, `introduced` the texts of sections, `filed` the sections that stories name. `ties`
    and the `old` addresses are there where nothing was wrong with them; `groups` are those of the paper before. `new`
    are the manuscripts that no earlier join knew, `inherited` is the next moment at which one of the others changes.
    """

    inputs: Content
    now: datetime
    shown: tuple[Status, ...]
    standing: Mapping[int, Status]
    dated: Sequence[Manuscript]
    rest: Sequence[Manuscript]
    special: Sequence[Manuscript]
    introduced: Mapping[str, Manuscript]
    filed: frozenset[str]
    urls: Mapping[str, str]
    unlisted: frozenset[str]
    articles: Sequence[Article]
    named: Register
    ties: Ties | None
    groups: Groups | None
    inherited: datetime | None
    new: Sequence[Manuscript]
    old: Table | None = None

    @cached_property
    def until(self) -> datetime | None:
        """The next moment at which anything of a manuscript is another; None where there is none."""
        coming = span(self.new, self.now)[1]
        ends = [*([datetime.fromisoformat(coming)] if coming else []), *([self.inherited] if self.inherited else [])]
        return min(ends, default=None)

    def holds_at(self, now: datetime) -> bool:
        """Whether each manuscript that is the same stands at `now` as it stood."""
        return self.now <= now and (self.until is None or now < self.until)


@dataclass(frozen=True)
class Site:
    """Everything public at `now` in one language. `articles` is oldest first; a story's rank is its place in it.

    `terms` are by taxonomy. `unlisted` have a page and stand in no list; `picks` are sources. `intros` are by section,
    that of the home page by "". The main language's has what is there once for all: `stories`, every source under
    content/ with its url, None where it is not public; the `old` addresses; the `others`. What can be worked out from
    these is worked out when it is first asked for.
    """

    config: Config
    permalinks: Permalinks
    now: datetime
    articles: tuple[Article, ...]
    pages: tuple[StandingPage, ...]
    sections: Mapping[str, Section]
    taxonomies: Mapping[str, Taxonomy]
    terms: Mapping[str, Mapping[str, Term]]
    authors: Mapping[str, Author]
    chosen: Mapping[str, tuple[str, ...]]
    stories: Mapping[str, str | None]
    logo: Picture | None
    unlisted: tuple[Article, ...] = ()
    notices: tuple[Notice, ...] = ()
    old: Table = field(default_factory=Table)
    banner: Banner | None = None
    picks: tuple[str, ...] = ()
    favicon: str = ""
    others: tuple["Site", ...] = ()
    intros: Mapping[str, Intro] = field(default_factory=dict)
    kept: Kept | None = field(default=None, compare=False, repr=False)

    @property
    def trees(self) -> tuple["Site", ...]:
        """The newspaper in every language, this one first."""
        return self, *self.others

    @property
    def tags(self) -> Mapping[str, Term]:
        """The tags by id."""
        return self.terms[TAGS]

    @property
    def until(self) -> datetime | None:
        """The next moment at which the paper changes though nobody edits it; None where there is none."""
        kept = [tree.kept for tree in self.trees if tree.kept]
        ends = [one.until for one in kept if one.until]
        coming = [span((), self.now, one.inputs.banners)[1] for one in kept[:1]]
        return min([*ends, *(datetime.fromisoformat(at) for at in coming if at)], default=None)

    @cached_property
    def groups(self) -> Groups:
        """The stories by what they have in common."""
        return Groups(self.articles, self.terms, self.config.url, self.kept.groups if self.kept else None)

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The rank of each story by its source."""
        return dict(zip(self.groups.sources, range(len(self.articles)), strict=True))

    @property
    def by_section(self) -> Mapping[str, Sequence[int]]:
        """The ranks of each section's stories, ascending."""
        return self.groups.by_section

    @property
    def by_author(self) -> Mapping[str, Sequence[int]]:
        """The ranks of each author's stories, ascending."""
        return self.groups.by_author

    @cached_property
    def by_term(self) -> Mapping[str, Mapping[str, Sequence[int]]]:
        """The ranks of the stories of each term by taxonomy, ascending."""
        return {name: by_term(self.groups.by_own_term[name], known) for name, known in self.terms.items()}

    @property
    def by_month(self) -> Mapping[tuple[int, int], Sequence[int]]:
        """The ranks of the stories of each month, by its year and number, the oldest month first."""
        return self.groups.by_month

    @property
    def series(self) -> Mapping[str, Sequence[int]]:
        """The ranks of each series' stories in their order, by its name."""
        return self.groups.series

    @cached_property
    def late(self) -> tuple[Article, ...]:
        """The stories that appeared after their date."""
        return tuple(self.articles[rank] for rank in self.groups.by_mark.get("late", ()))

    @cached_property
    def pinned(self) -> tuple[Card, ...]:
        """The stories that editors pinned to the front, newest first."""
        return self.cards(reversed(self.groups.by_mark.get("pinned", ())))

    @cached_property
    def related(self) -> Related:
        """Which stories belong together."""
        return Related(self.articles, self.chosen, self.rank, self.groups)

    @property
    def parts(self) -> Mapping[int, Ranges]:
        """The ranks of each year's sitemaps."""
        return self.groups.parts

    def cards(self, ranks: Iterable[int]) -> tuple[Card, ...]:
        """The cards of these stories, in the order given."""
        return tuple(map(self.groups.cards.__getitem__, ranks))
