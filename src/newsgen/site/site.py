"""The joined newspaper: what is public at one moment, in order, by section, tag and author."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from newsgen.config import Config
from newsgen.errors import Location, Problems
from newsgen.model import (
    Article,
    Author,
    Banner,
    Card,
    Manuscript,
    Notice,
    Picture,
    Section,
    SectionRef,
    StandingPage,
    Status,
    Tag,
)
from newsgen.site.chosen import Chosen
from newsgen.site.ends import ended, notice_of
from newsgen.site.groups import grouped, in_series
from newsgen.site.inputs import Inputs
from newsgen.site.permalinks import Permalinks
from newsgen.site.redirects import Table, draw_up
from newsgen.site.register import Register
from newsgen.site.related import Related
from newsgen.site.splitting import Ranges, parts
from newsgen.site.translations import translations, with_translations

FRONT = "data/front.yaml"


@dataclass(frozen=True, slots=True)
class Site:
    """Everything public at `now`. `articles` is oldest first; the groups hold ranks in it, ascending.

    `stories` maps every source under content/ to its url, None where it is not public; `parts` are the ranks of each
    year's sitemaps. `unlisted` have a page and stand in no list; `picks` are sources; `series` are ranks in their
    order, by name.
    """

    config: Config
    permalinks: Permalinks
    now: datetime
    articles: tuple[Article, ...]
    pages: tuple[StandingPage, ...]
    sections: Mapping[str, Section]
    tags: Mapping[str, Tag]
    authors: Mapping[str, Author]
    by_section: Mapping[str, Sequence[int]]
    by_tag: Mapping[str, Sequence[int]]
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

    def cards(self, ranks: Iterable[int]) -> tuple[Card, ...]:
        """The cards of these stories, in the order given."""
        return tuple(self.articles[rank].card for rank in ranks)


def join(config: Config, inputs: Inputs, now: datetime, problems: Problems, *, drafts: bool = False) -> Site:
    """Join what was read into the newspaper of the moment `now`; `drafts` shows unpublished stories too."""
    return _Joining(config, inputs, now, problems, drafts=drafts).join()


class _Joining:
    def __init__(self, config: Config, inputs: Inputs, now: datetime, problems: Problems, *, drafts: bool) -> None:
        self.config, self.inputs, self.now, self.problems = config, inputs, now, problems
        self.permalinks = Permalinks(config)
        self.named = Register(config, inputs.people, problems)
        self.urls: dict[str, str] = {}
        shown = {Status.PUBLISHED, *((Status.DRAFT, Status.SCHEDULED) if drafts else ())}
        self.public = [m for m in inputs.manuscripts if m.status(now) in shown]
        self.over = ended(inputs.manuscripts, now)

    def join(self) -> Site:
        dated = [m for m in self.public if m.date is not None]
        dated.sort(key=lambda m: (m.date, m.source))
        unlisted = self.over["unlist"]
        self.named.list_sections([*dated, *unlisted, *self.over["notice"]])
        finder = Chosen(self.inputs.manuscripts, self.inputs.broken, self.problems)
        alone = [self._article(m) for m in dated]
        articles = tuple(with_translations(alone, translations(self.public, finder, self.problems)))
        chosen = finder.by_story(self.public)
        by_section, by_tag, by_author = grouped(articles)
        site = Site(
            config=self.config,
            permalinks=self.permalinks,
            now=self.now,
            articles=articles,
            pages=tuple(self._page(m) for m in self.public if m.date is None),
            sections=self.named.sections,
            tags=self.named.tags,
            authors=self.named.authors,
            by_section=by_section,
            by_tag=by_tag,
            by_author=by_author,
            rank={article.source: rank for rank, article in enumerate(articles)},
            related=Related(articles, chosen),
            chosen=chosen,
            stories={},
            data=self.inputs.data,
            parts=parts(articles, self.config.url),
            logo=self.inputs.logo,
            unlisted=tuple(self._article(m) for m in unlisted),
            notices=tuple(
                notice_of(m, self.permalinks, self.named.sections, now=self.now) for m in self.over["notice"]
            ),
            old=self._old(),
            banner=banner if (banner := self.inputs.banner) and banner.is_shown(self.now) else None,
            picks=self._picks(finder),
            series=in_series(articles),
        )
        return replace(site, stories=self._stories())

    def _picks(self, finder: Chosen) -> tuple[str, ...]:
        noun = "shown on the front page"
        found = (finder.find(ref.text, Location(FRONT, ref.line, ref.column), noun) for ref in self.inputs.picks)
        return tuple(source for source in found if source)

    def _old(self) -> Table:
        living = [*self.public, *self.over["unlist"], *self.over["notice"]]
        return draw_up(self.config, living, self.over["gone"], self.inputs.ledger, self.problems)

    def _article(self, m: Manuscript) -> Article:
        link = self.permalinks.story(m)
        self.urls[m.source] = link.url
        section = self.named.sections[m.section] if m.section else None
        assert m.date is not None  # noqa: S101 - only dated manuscripts come here
        card = Card(
            title=m.title,
            url=link.url,
            date=m.date,
            updated=m.updated,
            section=SectionRef(section.id, section.title, section.url) if section else None,
            summary=m.summary,
            image=self.inputs.pictures.get(m.source),
            kicker=m.kicker,
            authors=self.named.authors_of(m),
            lang=m.lang,
            pinned=m.is_pinned(self.now),
            sponsor=m.sponsor,
        )
        return Article(
            card=card,
            lead=m.summary if m.has_lead else "",
            source=m.source,
            output=link.output,
            slug=m.slug,
            tags=self.named.tags_of(m),
            extra=m.extra,
            corrections=tuple(c for c in m.corrections if c.date <= self.now),
            series=m.series,
        )

    def _page(self, m: Manuscript) -> StandingPage:
        link = self.permalinks.story(m)
        self.urls[m.source] = link.url
        picture = self.inputs.pictures.get(m.source)
        return StandingPage(m.title, link.url, m.source, link.output, m.summary, picture, m.lang, m.extra)

    def _notice(self, m: Manuscript) -> Notice:
        return notice_of(m, self.permalinks, self.named.sections, now=self.now)

    def _stories(self) -> dict[str, str | None]:
        urls: dict[str, str | None] = dict.fromkeys(sorted(self.inputs.broken), "/")
        urls.update((m.path, None) for m in self.inputs.manuscripts)
        urls.update((m.path, self.urls[m.source]) for m in [*self.public, *self.over["unlist"]])
        return urls
