"""The joined newspaper: what is public at one moment, in order, by section, tag and author."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from newsgen.config import Config
from newsgen.errors import Location, Problems
from newsgen.model import (
    Article,
    Author,
    Card,
    Manuscript,
    Picture,
    Reference,
    Section,
    SectionRef,
    StandingPage,
    Status,
    Tag,
)
from newsgen.site.chosen import Chosen
from newsgen.site.permalinks import Permalinks
from newsgen.site.related import Related
from newsgen.text import fold, slugify


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the reading gave: manuscripts, people by id, lead pictures by source, templates' data.

    `broken` are the sources (relative to content/) that could not be read; what points at them is not judged.
    """

    manuscripts: tuple[Manuscript, ...]
    people: Mapping[str, Author]
    pictures: Mapping[str, Picture]
    data: Mapping[str, Any]
    broken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Site:
    """Everything public at `now`. `articles` is oldest first; the groups hold ranks in it, ascending.

    `stories` maps every source under content/ to its url, None where it is not public.
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
        self.public = [m for m in inputs.manuscripts if self._is_public(m, drafts=drafts)]

    def _is_public(self, manuscript: Manuscript, *, drafts: bool) -> bool:
        status = manuscript.status(self.now)
        return status is Status.PUBLISHED or (drafts and status in (Status.DRAFT, Status.SCHEDULED))

    def join(self) -> Site:
        dated = [m for m in self.public if m.date is not None]
        dated.sort(key=lambda m: (m.date, m.source))
        self._list_sections(dated)
        articles = tuple(self._article(m) for m in dated)
        chosen = Chosen(self.inputs.manuscripts, self.inputs.broken, self.problems).by_story(self.public)
        by_section: defaultdict[str, list[int]] = defaultdict(list)
        by_tag: defaultdict[str, list[int]] = defaultdict(list)
        by_author: defaultdict[str, list[int]] = defaultdict(list)
        for rank, article in enumerate(articles):
            if article.section is not None:
                for section in _with_parents(article.section.id):
                    by_section[section].append(rank)
            for tag in article.tags:
                by_tag[tag.id].append(rank)
            for author in article.authors:
                by_author[author.id].append(rank)
        return Site(
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
            stories=self._stories(),
            data=self.inputs.data,
        )

    def _list_sections(self, dated: list[Manuscript]) -> None:
        used = {section for m in dated if m.section for section in _with_parents(m.section)}
        listed = list(self.config.sections)
        for section in [*listed, *sorted(used - set(listed))]:
            for each in _with_parents(section):
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
            pinned=m.pinned,
        )
        tags = tuple({tag.id: tag for ref in m.tags if (tag := self._tag(m, ref))}.values())
        return Article(card, m.summary if m.has_lead else "", m.source, link.output, m.slug, tags, m.extra)

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
        urls.update((m.path, self.urls[m.source]) for m in self.public)
        return urls


def _with_parents(section: str) -> list[str]:
    """A section's id after those of the sections above it."""
    steps = section.split("/")
    return ["/".join(steps[: i + 1]) for i in range(len(steps))]
