"""The newspaper: what is public at one moment, in editions by language: in order, by section, term and author."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from newsgen.config.settings import Config
from newsgen.core.errors import Problem
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.permalinks import Permalinks, StoryLinks
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Banner, Card, Intro, Notice, StandingPage
from newsgen.model.taxonomy import Author, Section, Taxonomy, Term
from newsgen.search.matching import SearchedHead, make_head
from newsgen.site.groups import Groups, group_by_term
from newsgen.site.lifecycle import find_span
from newsgen.site.redirects import FirstAddresses, RedirectTable
from newsgen.site.references import References
from newsgen.site.register import Register
from newsgen.site.related import Related
from newsgen.site.sitemap_parts import Ranges, split_years
from newsgen.site.story_digests import StoryDigests
from newsgen.site.story_finder import Choices


@dataclass(frozen=True)
class KeptEdition:
    """What the next join may keep of one edition: what was read, how each manuscript stands, what was made of it.

    `standing` is by the identity of manuscripts, without those that are published. `dated` are the public stories in
    order, `articles` what was made of each, `urls` theirs by source, `rest` all other manuscripts, `named` the sections
    that stories name, `same_parts` the problems of parts of series, `intros` the `_index.md` of sections. `groups` and
    `digests` are those of the edition before.
    """

    inputs: Content
    standing: Mapping[int, Status]
    dated: Sequence[Manuscript]
    rest: Sequence[Manuscript]
    named: frozenset[str]
    same_parts: Sequence[Problem]
    urls: Mapping[str, str]
    intros: Mapping[str, Manuscript]
    articles: Sequence[Article]
    register: Register
    groups: Groups | None
    digests: StoryDigests | None


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

    @cached_property
    def groups(self) -> Groups:
        """The stories by what they have in common."""
        return Groups(self.articles, self.kept.groups)

    @cached_property
    def digests(self) -> StoryDigests:
        """The digests of the stories."""
        return StoryDigests(self.articles, self.kept.digests)

    @property
    def last_digests(self) -> StoryDigests | None:
        """Those digests, or where nobody asked for them, those of an edition before."""
        return vars(self).get("digests", self.kept.digests)

    @cached_property
    def by_term(self) -> Mapping[str, Mapping[str, Sequence[int]]]:
        """The ranks of the stories of each term by taxonomy, ascending; under all above a term too."""
        return {name: group_by_term(self.groups.by_own_term(name), known) for name, known in self.terms.items()}

    @cached_property
    def late(self) -> tuple[Article, ...]:
        """The stories that appeared after their date."""
        return tuple(self.articles[rank] for rank in self.groups.by_feature.get("late", ()))

    @cached_property
    def pinned(self) -> tuple[Card, ...]:
        """The stories that editors pinned to the front, newest first."""
        return self.cards(reversed(self.groups.by_feature.get("pinned", ())))

    @cached_property
    def related(self) -> Related:
        """Which stories belong together."""
        return Related(self.articles, self.chosen, self.groups)

    @cached_property
    def heads(self) -> Sequence[SearchedHead]:
        """What is searched of the stories by their rank, beside their texts."""
        return [
            make_head(
                one.title, (one.kicker, one.summary, *(a.name for a in one.authors), *(t.name for t in one.every_term))
            )
            for one in self.articles
        ]

    @cached_property
    def sitemaps(self) -> Mapping[int, Ranges]:
        """The stories of each year's sitemaps, as ranks: (first, one after the last)."""
        counts = Counter[int]()
        for (year, _), ranks in self.groups.by_month.items():
            counts[year] += len(ranks)
        return split_years(self.articles, self.config.url, counts)

    def cards(self, ranks: Iterable[int]) -> tuple[Card, ...]:
        """The cards of these stories, in the order given."""
        return tuple(map(self.groups.cards.__getitem__, ranks))


@dataclass(frozen=True)
class Kept:
    """What the next join may keep of what all editions have in common: what was read, which stories are shown.

    `new` are the manuscripts that no earlier join knew, `inherited` is the next moment at which one of the others
    changes. The references and the old addresses are there where nothing was wrong with them.
    """

    inputs: Content
    shown: tuple[Status, ...]
    new: Sequence[Manuscript]
    inherited: datetime | None
    first_addresses: FirstAddresses
    references: References | None
    old_addresses: RedirectTable | None


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
    old_addresses: RedirectTable
    kept: Kept = field(compare=False, repr=False)

    @property
    def main(self) -> Edition:
        """The edition at the root of the site, in the language of newsgen.yaml."""
        return self.editions[""]

    @cached_property
    def stories_until(self) -> datetime | None:
        """The next moment at which anything of a manuscript changes; None where there is none."""
        return _find_first(find_span(self.kept.new, self.now)[1], self.kept.inherited)

    @property
    def until(self) -> datetime | None:
        """The next moment at which the paper changes though nobody edits it; None where there is none."""
        inputs = self.kept.inputs
        return _find_first(find_span((), self.now, inputs.banners, inputs.licences)[1], self.stories_until)

    def stands_at(self, now: datetime) -> bool:
        """Whether each manuscript that is the same has the same status at `now`."""
        return self.now <= now and (self.stories_until is None or now < self.stories_until)


def _find_first(*moments: datetime | None) -> datetime | None:
    return min(filter(None, moments), default=None)
