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
    Reference,
    Section,
    SectionRef,
    StandingPage,
    Status,
    Tag,
)
from newsgen.site.chosen import Chosen
from newsgen.site.ends import ended, notice_of
from newsgen.site.groups import grouped, in_series, with_parents
from newsgen.site.inputs import Inputs
from newsgen.site.permalinks import Permalinks
from newsgen.site.redirects import Table, draw_up
from newsgen.site.related import Related
from newsgen.site.splitting import Ranges, parts
from newsgen.site.translations import translations, with_translations
from newsgen.text import fold, slugify

FRONT = "data/front.yaml"


@dataclass(frozen=True, slots=True)
class Site:
    """Everything public at `now`. `articles` is oldest first; the groups hold ranks in it, ascending.

    `stories` maps every source under content/ to its url, None where it is not public; `parts` are the ranks of each
    year's sitemaps. `unlisted` have a page and stand in no list; `picks` are sources; `series` are ranks in their
    order, by name. `late` are stories that appeared after their date.
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
    late: tuple[Article, ...] = ()

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
        self.sections: dict[str, Section] = {}
        self.tags: dict[str, Tag] = {}
        self.authors: dict[str, Author] = {}
        self.urls: dict[str, str] = {}
        shown = {Status.PUBLISHED, *((Status.DRAFT, Status.SCHEDULED) if drafts else ())}
        self.public = [m for m in inputs.manuscripts if m.status(now) in shown]
        self.over = ended(inputs.manuscripts, now)

    def join(self) -> Site:
        dated = [m for m in self.public if m.date is not None]
        dated.sort(key=lambda m: (m.date, m.source))
        unlisted = self.over["unlist"]
        self._list_sections([*dated, *unlisted, *self.over["notice"]])
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
            sections=self.sections,
            tags=self.tags,
            authors=self.authors,
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
            notices=tuple(notice_of(m, self.permalinks, self.sections, now=self.now) for m in self.over["notice"]),
            old=self._old(),
            banner=banner if (banner := self.inputs.banner) and banner.is_shown(self.now) else None,
            picks=self._picks(finder),
            series=in_series(articles),
            late=tuple(article for article in articles if article.appeared),
        )
        return replace(site, stories=self._stories())

    def _picks(self, finder: Chosen) -> tuple[str, ...]:
        noun = "shown on the front page"
        found = (finder.find(ref.text, Location(FRONT, ref.line, ref.column), noun) for ref in self.inputs.picks)
        return tuple(source for source in found if source)

    def _old(self) -> Table:
        living = [*self.public, *self.over["unlist"], *self.over["notice"]]
        return draw_up(self.config, living, self.over["gone"], self.inputs.ledger, self.problems)

    def _list_sections(self, dated: list[Manuscript]) -> None:
        used = {section for m in dated if m.section for section in with_parents(m.section)}
        listed = list(self.config.sections)
        for section in [*listed, *sorted(used - set(listed))]:
            for each in with_parents(section):
                self._add_section(each)

    def _add_section(self, section: str) -> None:
        if section in self.sections:
            return
        known = self.config.sections.get(section)
        name = section.rpartition("/")[2]
        title = known.title if known and known.title else name.replace("-", " ").capitalize()
        self.sections[section] = Section(
            id=section,
            title=title,
            url=self.permalinks.section(section).url,
            description=known.description if known else "",
            parent=section.rpartition("/")[0] or None,
        )

    def _article(self, m: Manuscript) -> Article:
        link = self.permalinks.story(m)
        self.urls[m.source] = link.url
        section = self.sections[m.section] if m.section else None
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
            authors=tuple(dict.fromkeys(a for ref in m.authors if (a := self._author(m, ref)))),
            lang=m.lang,
            pinned=m.is_pinned(self.now),
            sponsor=m.sponsor,
        )
        tags = tuple({tag.id: tag for ref in m.tags if (tag := self._tag(m, ref))}.values())
        return Article(
            card=card,
            lead=m.summary if m.has_lead else "",
            source=m.source,
            output=link.output,
            slug=m.slug,
            tags=tags,
            extra=m.extra,
            corrections=tuple(c for c in m.corrections if c.date <= self.now),
            series=m.series,
            appeared=m.embargo if m.embargo and m.embargo > m.date else None,
        )

    def _page(self, m: Manuscript) -> StandingPage:
        link = self.permalinks.story(m)
        self.urls[m.source] = link.url
        picture = self.inputs.pictures.get(m.source)
        return StandingPage(m.title, link.url, m.source, link.output, m.summary, picture, m.lang, m.extra)

    def _author(self, m: Manuscript, ref: Reference) -> Author | None:
        name, place = ref.text, Location(m.source, ref.line, ref.column)
        key = name if name in self.inputs.people else slugify(name)
        if not key:
            what, fix = f"no address can be made of the author “{name}”", "use letters or digits"
            self.problems.add(place, "empty-slug", what, fix)
            return None
        if key not in self.authors:
            known = self.inputs.people.get(key)
            self.authors[key] = replace(known or Author(key, name, ""), url=self.permalinks.author(key).url)
        author = self.authors[key]
        if name != key and fold(name) != fold(author.name):
            what = f"the authors “{name}” and “{author.name}” share the address {author.url}"
            self.problems.add(place, "duplicate-address", what, f"write “{author.name}” in both, or rename one")
        return author

    def _tag(self, m: Manuscript, ref: Reference) -> Tag | None:
        name, place = ref.text, Location(m.source, ref.line, ref.column)
        slug = slugify(name)
        if not slug:
            self.problems.add(
                place, "empty-slug", f"no address can be made of the tag “{name}”", "use letters or digits"
            )
            return None
        tag = self.tags.get(slug)
        if tag is None:
            tag = self.tags[slug] = Tag(slug, name, self.permalinks.tag(slug).url)
        if tag.name != name and fold(tag.name) != fold(name):
            what = f"the tags “{name}” and “{tag.name}” share the address {tag.url}"
            self.problems.add(place, "duplicate-address", what, f"write “{tag.name}” in both, or rename one")
        return tag

    def _stories(self) -> dict[str, str | None]:
        urls: dict[str, str | None] = dict.fromkeys(sorted(self.inputs.broken), "/")
        urls.update((m.path, None) for m in self.inputs.manuscripts)
        urls.update((m.path, self.urls[m.source]) for m in [*self.public, *self.over["unlist"]])
        return urls
