"""The newspaper: what is public at one moment, in editions by language: in order, by section, term and author."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from newsgen.config.settings import Config
from newsgen.config.taxonomies import TAGS
from newsgen.content.permalinks import Permalinks, StoryLinks
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Banner, Card, Intro, Notice, StandingPage
from newsgen.model.taxonomy import Author, Section, Taxonomy, Term
from newsgen.site.grouping import Groups
from newsgen.site.groups import by_term
from newsgen.site.lifecycle import span
from newsgen.site.redirects import FirstAddresses, Table
from newsgen.site.references import Choices
from newsgen.site.register import Register
from newsgen.site.related import Related
from newsgen.site.sitemap_parts import Ranges
from newsgen.site.ties import Ties


@dataclass(frozen=True)
class KeptEdition:
    """What the next join may keep of one edition: what was read, how each manuscript stands, what was made of it.

    `standing` is by the identity of manuscripts. `dated` are the public stories in order, `articles` what was made of
    each, `urls` theirs by source, `rest` all other manuscripts, `special` those with a series or an id. `unlisted` are
    the sources of those in no list, `introduced` the texts of sections, `filed` the sections that stories name;
    `groups` are those of the edition before. `new` are the manuscripts that no earlier join knew, `inherited` is the
    next moment at which one of the others changes. `first` knows the ledger.
    """

    inputs: Content
    now: datetime
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
    groups: Groups | None
    inherited: datetime | None
    new: Sequence[Manuscript]
    first: FirstAddresses

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
class Edition:
    """Everything public in one language. `articles` is oldest first; a story's rank is its place in it.

    `terms` are by taxonomy. `unlisted` have a page and stand in no list; `picks` are sources. `intros` are by section,
    that of the home page by "". What can be worked out from these is worked out when it is first asked for.
    """

    config: Config
    permalinks: Permalinks
    articles: tuple[Article, ...]
    pages: tuple[StandingPage, ...]
    sections: Mapping[str, Section]
    taxonomies: Mapping[str, Taxonomy]
    terms: Mapping[str, Mapping[str, Term]]
    authors: Mapping[str, Author]
    chosen: Choices
    logo: Picture | None
    favicon: str
    unlisted: tuple[Article, ...]
    notices: tuple[Notice, ...]
    banner: Banner | None
    picks: tuple[str, ...]
    intros: Mapping[str, Intro]
    kept: KeptEdition = field(compare=False, repr=False)

    @property
    def tags(self) -> Mapping[str, Term]:
        """The tags by id."""
        return self.terms[TAGS]

    @cached_property
    def groups(self) -> Groups:
        """The stories by what they have in common."""
        return Groups(self.articles, self.terms, self.config.url, self.kept.groups)

    @property
    def rank(self) -> Mapping[str, int]:
        """The rank of each story by its source."""
        return self.groups.rank

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


@dataclass(frozen=True)
class Kept:
    """What the next join may keep of what all editions have in common: what was read, which stories are shown.

    The ties and the old addresses are there where nothing was wrong with them.
    """

    inputs: Content
    shown: tuple[Status, ...]
    ties: Ties | None
    old_addresses: Table | None


@dataclass(frozen=True)
class Newspaper:
    """Everything public at `now`: the editions by their code, and what they have in common.

    The code of the main edition is "", that of another its language's. `urls` has every source under content/, with
    None where it is not public.
    """

    config: Config
    links: StoryLinks
    now: datetime
    editions: Mapping[str, Edition]
    urls: Mapping[str, str | None]
    old_addresses: Table
    kept: Kept = field(compare=False, repr=False)

    @property
    def main(self) -> Edition:
        """The edition at the root of the site, in the language of newsgen.yaml."""
        return self.editions[""]

    @property
    def until(self) -> datetime | None:
        """The next moment at which the paper changes though nobody edits it; None where there is none."""
        coming = span((), self.now, self.kept.inputs.banners)[1]
        ends = [*(one.kept.until for one in self.editions.values()), datetime.fromisoformat(coming) if coming else None]
        return min(filter(None, ends), default=None)
