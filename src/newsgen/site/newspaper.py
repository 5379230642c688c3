"""The newspaper: what is public at one moment, in order, by section, term and author."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newsgen.config.settings import Config
from newsgen.config.taxonomies import TAGS
from newsgen.content.permalinks import Permalinks
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Banner, Card, Intro, Notice, StandingPage
from newsgen.model.taxonomy import Author, Section, Taxonomy, Term
from newsgen.site.redirects import Table
from newsgen.site.related import Related
from newsgen.site.sitemap_parts import Ranges


@dataclass(frozen=True, slots=True)
class Site:
    """Everything public at `now` in one language. `articles` is oldest first; the groups hold ranks in it, ascending.

    `terms` and `by_term` are by taxonomy. `parts` are the ranks of each year's sitemaps. `unlisted` have a page and
    stand in no list; `picks` are sources; `series` are ranks in their order, by name; `late` are stories that appeared
    after their date. `intros` are by section, that of the home page by "". The main language's has what is there once
    for all: `stories`, every source under content/ with its url, None where it is not public; the `old` addresses; the
    `others`.
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
    by_section: Mapping[str, Sequence[int]]
    by_term: Mapping[str, Mapping[str, Sequence[int]]]
    by_author: Mapping[str, Sequence[int]]
    rank: Mapping[str, int]
    related: Related
    chosen: Mapping[str, tuple[str, ...]]
    stories: Mapping[str, str | None]
    data: Mapping[str, Any]
    parts: Mapping[int, Ranges]
    logo: Picture | None
    unlisted: tuple[Article, ...] = ()
    notices: tuple[Notice, ...] = ()
    old: Table = field(default_factory=Table)
    banner: Banner | None = None
    picks: tuple[str, ...] = ()
    series: Mapping[str, Sequence[int]] = field(default_factory=dict)
    late: tuple[Article, ...] = ()
    favicon: str = ""
    others: tuple["Site", ...] = ()
    intros: Mapping[str, Intro] = field(default_factory=dict)

    @property
    def trees(self) -> tuple["Site", ...]:
        """The newspaper in every language, this one first."""
        return self, *self.others

    @property
    def tags(self) -> Mapping[str, Term]:
        """The tags by id."""
        return self.terms[TAGS]

    def cards(self, ranks: Iterable[int]) -> tuple[Card, ...]:
        """The cards of these stories, in the order given."""
        articles = self.articles
        return tuple([articles[rank].card for rank in ranks])
