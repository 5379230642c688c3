"""Joining the stories of one edition: their order, what they name, what is made of each."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from itertools import chain

import msgspec

from newsgen.core.differences import bring_forward, find_differences
from newsgen.core.errors import Location, Problem, Problems
from newsgen.core.messages import say
from newsgen.core.site_files import breaking
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.permalinks import Permalinks
from newsgen.model.stories import Article, Card, Intro, StandingPage
from newsgen.model.taxonomy import SectionRef, Taxonomy
from newsgen.site.groups import order_by_weight
from newsgen.site.lifecycle import OVER, group_by_replacement, make_notice
from newsgen.site.newspaper import Edition, KeptEdition
from newsgen.site.redirects import FirstAddresses
from newsgen.site.references import References
from newsgen.site.register import Register
from newsgen.site.series import find_duplicate_parts
from newsgen.site.translations import add_translations


class JoinContext(msgspec.Struct, frozen=True):
    """What all editions are joined with: `shown` are the statuses that readers see."""

    now: datetime
    problems: Problems
    shown: tuple[Status, ...]
    first_addresses: FirstAddresses


class EditionJoiner:
    """Joins the stories of one edition; of `before` it keeps what did not change."""

    def __init__(
        self, permalinks: Permalinks, inputs: Content, context: JoinContext, before: Edition | None = None
    ) -> None:
        self.permalinks, self.config, self.inputs, self.context = permalinks, permalinks.config, inputs, context
        self.now, self.problems, self.before = context.now, context.problems, before
        self._compare()
        self.rest = self._list_rest()
        self.dated = self._order()
        self.over = group_by_replacement(m for m in self.rest if self._get_status(m) in OVER)
        self.intros = choose_intros((m for m in inputs.intros if m.status(self.now) in context.shown), self.problems)
        self._section_refs: dict[str, SectionRef] = {}
        self.section_intros = {section: self._make_intro(m) for section, m in self.intros.items()}
        self.register = Register(self.config, inputs.people, self.problems)
        self.named = self._list_named_sections()
        self.register.list_sections(self.named, self.section_intros)
        self.articles = self._make_articles()
        self.unlisted = [self._make_article(m) for m in self.over["unlist"]]
        standing = (m for m in self.rest if m.date is None and self._get_status(m) in context.shown)
        self.pages = sorted(map(self._make_page, standing), key=_page_order)
        others = ((article.source, article.card.url) for article in self.unlisted)
        self.urls = {**self.article_urls, **dict(others), **{page.source: page.url for page in self.pages}}
        self.urls.update((m.source, permalinks.story(m).url) for m in self.intros.values())
        self.same_parts = self._find_same_parts()
        self.problems.extend(self.same_parts)

    def _compare(self) -> None:
        """Find which manuscripts are `new`, which of before are `gone`, and how those that are not published stand."""
        self.new, self.gone = list(self.inputs.manuscripts), list[Manuscript]()
        self.standing: dict[int, Status] = {}
        if self.before:
            kept, are = self.before.kept, self.inputs.manuscripts
            were, self.standing = kept.inputs.manuscripts, dict(kept.standing)
            gone, new = find_differences(were, are)
            self.gone, self.new = [were[index] for index in gone], [are[index] for index in new]
        for m in self.gone:
            self.standing.pop(id(m), None)
        statuses = ((id(m), m.status(self.now)) for m in self.new)
        self.standing.update((known, status) for known, status in statuses if status is not Status.PUBLISHED)

    def _get_status(self, m: Manuscript) -> Status:
        return self.standing.get(id(m), Status.PUBLISHED)

    def _list_rest(self) -> Sequence[Manuscript]:
        """All manuscripts but the public stories, in their order."""
        if self.before and all(self._is_listed(m, status) for m, status in chain(*self.changed)):
            return self.before.kept.rest
        shown, find = self.context.shown, self.standing.get
        return [m for m in self.inputs.manuscripts if m.date is None or find(id(m), Status.PUBLISHED) not in shown]

    def _list_named_sections(self) -> frozenset[str]:
        """The sections of stories that have a page or a notice."""
        over = [*self.over["unlist"], *self.over["notice"]]
        if self.before:
            (gone, new), others = self.changed, set(map(id, over))
            come = _list_sections(m for m, status in new if self._is_listed(m, status) or id(m) in others)
            if _list_sections(m for m, _ in gone) <= come:
                return self.before.kept.named | come
        return _list_sections((*self.dated, *over))

    def _find_same_parts(self) -> Sequence[Problem]:
        """The problems of stories that are the same part of a series."""
        if self.before and not any(m.series for m, _ in chain(*self.changed)):
            return self.before.kept.same_parts
        return tuple(find_duplicate_parts(self.dated))

    @cached_property
    def changed(self) -> tuple[list[tuple[Manuscript, Status]], list[tuple[Manuscript, Status]]]:
        """The manuscripts that are gone and those that are new, each with its status."""
        was = self.before.kept.standing if self.before else {}
        gone = [(m, was.get(id(m), Status.PUBLISHED)) for m in self.gone]
        find = self.standing.get  # there are many: few calls for each
        return gone, [(m, find(id(m), Status.PUBLISHED)) for m in self.new]

    def _order(self) -> list[Manuscript]:
        """The public stories, oldest first."""
        gone, new = self._changed_stories
        if self.before is None:
            return sorted(new, key=_get_place)
        dated = list(self.before.kept.dated)
        for m in gone:
            del dated[bisect_left(dated, _get_place(m), key=_get_place)]
        for m in new:
            insort(dated, m, key=_get_place)
        return dated

    @cached_property
    def _changed_stories(self) -> list[list[Manuscript]]:
        """The public stories that are gone, and those that are new."""
        shown = self.context.shown
        return [[m for m, status in part if m.date is not None and status in shown] for part in self.changed]

    def is_published(self, m: Manuscript) -> bool:
        """Whether urls.lock has a story, or its address of today."""
        return self.context.first_addresses.mentions(m, self.permalinks.story(m).url)

    def list_addresses(self, m: Manuscript, status: Status) -> tuple[object, ...]:
        """All of a manuscript that old addresses are made of."""
        is_shown, is_over = status in self.context.shown, status in OVER
        return m.source, self.permalinks.story(m), m.aliases, is_shown, is_over, m.replacement

    def _is_listed(self, m: Manuscript, status: Status) -> bool:
        return m.date is not None and status in self.context.shown

    def _make_articles(self) -> tuple[Article, ...]:
        """Make the stories; those of before stay as far as they are the same."""
        kept, made = self.before.kept if self.before and self._may_stay(self.before) else None, dict[int, Article]()
        dated, articles = (kept.dated, kept.articles) if kept else ((), ())
        gone, new = find_differences(dated, self.dated)

        def make(rank: int) -> Article:
            made[rank] = self._make_article(self.dated[rank])
            return made[rank]

        found = bring_forward(articles, gone, new, make)
        for rank in self._find_other_files() - made.keys():
            found[rank] = make(rank)
        self.article_urls: dict[str, str] = dict(self.before.kept.urls) if self.before else {}
        for m in self._changed_stories[0]:
            del self.article_urls[m.source]
        self.article_urls.update((article.source, article.card.url) for article in made.values())
        return tuple(found)

    def _find_other_files(self) -> set[int]:
        """The ranks of the stories whose lead picture or episode is not that of before."""
        before, other = self.before.kept.inputs if self.before else None, set[str]()
        for now, were in (
            (self.inputs.pictures, before.pictures if before else {}),
            (self.inputs.episodes, before.episodes if before else {}),
        ):
            if now != were:
                other |= {source for source in now.keys() | were.keys() if now.get(source) != were.get(source)}
        if not other:
            return set()
        return {rank for rank, m in enumerate(self.dated) if m.source in other}

    def _may_stay(self, before: Edition) -> bool:
        """Whether stories of before are the same with the same manuscript and picture; then all names are known."""
        kept = before.kept
        if kept.inputs.published is not self.inputs.published or kept.inputs.people != self.inputs.people:
            return False
        sections = self.register.sections.items()
        if any(before.sections.get(name, section) != section for name, section in sections):
            return False
        unlisted, ids = {m.source for m in self.over["unlist"]}, {id(m) for m in self.new}
        has_new = any(id(m) in ids for m in self.over["unlist"])
        if has_new or unlisted != {article.source for article in before.unlisted}:
            return False
        gone, new = self._changed_stories
        if not kept.register.holds(gone, new, unlisted):
            return False
        self.register.learn(kept.register)
        return True

    @property
    def public(self) -> list[Manuscript]:
        """The manuscripts of what readers find in lists, and of standing pages."""
        shown, find = self.context.shown, self.standing.get
        return [m for m in self.inputs.manuscripts if find(id(m), Status.PUBLISHED) in shown]

    @property
    def living(self) -> list[Manuscript]:
        """What has a page at its address."""
        return [*self.public, *self.over["unlist"], *self.over["notice"], *self.intros.values()]

    def make_edition(self, references: References) -> Edition:
        """The edition; `references` are those of all editions."""
        versions = references.versions
        banner = self.inputs.banners.get(breaking(self.config.prefix))
        return Edition(
            config=self.config,
            permalinks=self.permalinks,
            articles=tuple(add_translations(self.articles, versions)) if versions else self.articles,
            pages=tuple(add_translations(self.pages, versions)),
            sections=self.register.sections,
            taxonomies=self._make_taxonomies(),
            terms={name: terms.known for name, terms in self.register.terms.items()},
            authors=self.register.authors,
            chosen=references.chosen,
            logo=self.inputs.logo,
            favicon=self.inputs.favicon,
            unlisted=tuple(self.unlisted),
            notices=tuple(
                make_notice(m, self.permalinks, self.register.sections, now=self.now) for m in self.over["notice"]
            ),
            banner=banner if banner and banner.is_shown(self.now) else None,
            picks=references.picks,
            intros=self.section_intros,
            kept=KeptEdition(
                inputs=self.inputs,
                standing=self.standing,
                dated=self.dated,
                rest=self.rest,
                named=self.named,
                same_parts=self.same_parts,
                urls=self.article_urls,
                intros=self.intros,
                articles=self.articles,
                register=self.register,
                groups=self.before.groups if self.before else None,
                digests=self.before.last_digests if self.before else None,
            ),
        )

    def _make_article(self, m: Manuscript) -> Article:
        link = self.permalinks.story(m)
        assert m.date is not None  # noqa: S101 - only dated manuscripts come here
        card = Card(
            title=m.title,
            url=link.url,
            date=m.date,
            updated=m.public_update(self.now),
            section=self._refer_to_section(m.section) if m.section else None,
            summary=m.summary,
            image=self.inputs.pictures.get(m.source),
            kicker=m.kicker,
            authors=self.register.find_authors(m),
            lang=m.lang,
            live=m.live is not None and m.live.is_on(self.now),
            pinned=m.is_pinned(self.now),
            sponsor=m.sponsor,
            also_in=tuple(map(self._refer_to_section, m.also_in)),
        )
        return Article(
            card=card,
            lead=m.summary if m.has_lead else "",
            source=m.source,
            output=link.output,
            slug=m.slug,
            terms=self.register.find_terms(m),
            extra=m.extra,
            corrections=tuple(c for c in m.corrections if c.date <= self.now),
            series=m.series,
            weight=m.weight,
            appeared=m.embargo if m.embargo and m.embargo > m.date else None,
            first_url=self.context.first_addresses.find(m, link.url),
            guid=m.guid.text if m.guid else "",
            live=m.live,
            episode=self.inputs.episodes.get(m.source),
        )

    def _make_taxonomies(self) -> dict[str, Taxonomy]:
        """The taxonomies; those that newsgen.yaml names have a list of their terms."""
        listed, links = self.config.taxonomies, self.permalinks
        return {
            name: Taxonomy(name, one.title, links.taxonomy(name).url if name in listed else "", one.description)
            for name, one in self.config.every_taxonomy.items()
        }

    def _refer_to_section(self, name: str) -> SectionRef:
        """A section as cards have it: one object for all."""
        if name not in self._section_refs:
            section = self.register.sections[name]
            self._section_refs[name] = SectionRef(section.id, section.title, section.url)
        return self._section_refs[name]

    def _make_page(self, m: Manuscript) -> StandingPage:
        link, picture = self.permalinks.story(m), self.inputs.pictures.get(m.source)
        return StandingPage(
            m.title, link.url, m.source, link.output, m.summary, picture, m.lang, m.extra, weight=m.weight
        )

    def _make_intro(self, m: Manuscript) -> Intro:
        lead, picture = m.summary if m.has_lead else "", self.inputs.pictures.get(m.source)
        return Intro(m.source, m.title, m.summary, lead, picture, m.extra, m.weight)


def _get_place(m: Manuscript) -> tuple[datetime | None, str]:
    """The place of a story in the paper."""
    return m.date, m.source


def _list_sections(manuscripts: Iterable[Manuscript]) -> frozenset[str]:
    sections = set[str]()
    for m in manuscripts:
        sections.add(m.section)
        if m.also_in:
            sections.update(m.also_in)
    return frozenset(sections - {""})


def _page_order(page: StandingPage) -> tuple[tuple[bool, int], str, str]:
    return order_by_weight(page.weight), page.title, page.source


def choose_intros(intros: Iterable[Manuscript], problems: Problems) -> dict[str, Manuscript]:
    """The `_index.md` by section, that of the home page by ""; of two for the same page the second is a problem."""
    found: dict[str, Manuscript] = {}
    for m in intros:
        first = found.setdefault(m.section, m)
        if first is not m:
            what = say("the text for the head of this section's page is {source} already", source=first.source)
            problems.add(Location(m.source), "duplicate-address", what, say("keep one of the two files"))
    return found
