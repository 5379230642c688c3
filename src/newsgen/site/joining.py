"""Joining the stories of one edition: their order, what they name, what is made of each."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsgen.content.permalinks import Permalinks
from newsgen.core.differences import bring_forward, find_differences
from newsgen.core.errors import Problems
from newsgen.core.site_files import breaking
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.stories import Article, Card, Notice, StandingPage
from newsgen.model.taxonomy import SectionRef, Taxonomy
from newsgen.site.groups import by_weight
from newsgen.site.lifecycle import OVER, ended, notice_of, span
from newsgen.site.newspaper import Edition, KeptEdition
from newsgen.site.redirects import FirstAddresses
from newsgen.site.register import Register
from newsgen.site.section_intros import intro_of, one_a_section
from newsgen.site.series import same_parts
from newsgen.site.ties import Ties, with_versions


@dataclass(frozen=True, slots=True)
class At:
    """The moment that is joined, where its faults go, and how the stories stand that are shown."""

    now: datetime
    problems: Problems
    shown: tuple[Status, ...]


def _sections(stories: Iterable[Manuscript]) -> frozenset[str]:
    """The sections that stories name."""
    found = set[str]()
    for m in stories:
        found.add(m.section)
        found.update(m.also_in)
    return frozenset(found - {""})


def _order(m: Manuscript) -> tuple[datetime | None, str]:
    """The place of a story in the paper."""
    return m.date, m.source


class Joining:
    """Joins the stories of one edition; of `before` it keeps what did not change."""

    def __init__(self, permalinks: Permalinks, inputs: Content, at: At, before: Edition | None = None) -> None:
        self.permalinks, self.config, self.inputs, self.now, self.at = permalinks, permalinks.config, inputs, at.now, at
        self.known, self.before = before, before.kept if before else None
        first = self.before.first if self.before else None
        is_known = first is not None and first.ledger is inputs.published
        self.first = first if first and is_known else FirstAddresses(inputs.published, self.config)
        self._compare()
        self.rest, self.special = self._rest(), self._special()
        self.over = ended(m for m in self.rest if self.standing[id(m)] in OVER)
        self.dated = self._in_order()
        self.introduced = one_a_section((m for m in inputs.intros if m.status(self.now) in at.shown), at.problems)
        self.intros = {section: intro_of(m, inputs.pictures.get(m.source)) for section, m in self.introduced.items()}
        self.named = Register(self.config, inputs.people, at.problems)
        self.filed = self._filed()
        self.named.list_sections(self.filed, self.intros)
        self._make_articles()
        self.pages = [self._page(m) for m in self.rest if m.date is None and self.standing[id(m)] in at.shown]
        self.pages.sort(key=lambda page: (by_weight(page.weight), page.title, page.source))
        self.unlisted = [self._article(m) for m in self.over["unlist"]]
        self.urls = {**self.article_urls, **{article.source: article.card.url for article in self.unlisted}}
        self.urls.update((page.source, page.url) for page in self.pages)
        self.urls.update((m.source, self.permalinks.story(m).url) for m in self.introduced.values())
        parts = sorted((m for m in self.special if m.series and self._is_listed(m, self.standing)), key=_order)
        at.problems.extend(same_parts(parts))

    def _compare(self) -> None:
        """Find which manuscripts are `new`, which of before are `gone`, and how each stands."""
        self.new, self.gone = list(self.inputs.manuscripts), list[Manuscript]()
        self.standing: dict[int, Status] = {}
        if kept := self.before:
            self.standing, were, are = dict(kept.standing), kept.inputs.manuscripts, self.inputs.manuscripts
            gone, new = find_differences(were, are)
            self.gone, self.new = [were[place] for place in gone], [are[place] for place in new]
        for m in self.gone:
            del self.standing[id(m)]
        self.standing.update((id(m), m.status(self.now)) for m in self.new)

    def stood(self, m: Manuscript) -> Status:
        """How a manuscript that is gone stood."""
        assert self.before is not None  # noqa: S101 - it is gone from what was before
        return self.before.standing[id(m)]

    def is_published(self, m: Manuscript) -> bool:
        """Whether the ledger has a story, or its address of today."""
        return self.first.mentions(m, self.permalinks.story(m).url)

    def is_over(self, m: Manuscript) -> bool:
        """Whether a manuscript that is new or gone is or was that of a story that is over."""
        return (self.standing[id(m)] if id(m) in self.standing else self.stood(m)) in OVER

    def addressed(self, m: Manuscript, standing: Status) -> tuple[object, ...]:
        """All of a manuscript that old addresses are made of."""
        return m.source, self.permalinks.story(m), m.aliases, standing in self.at.shown, standing in OVER, m.replacement

    def _is_listed(self, m: Manuscript, standing: Mapping[int, Status]) -> bool:
        return m.date is not None and standing[id(m)] in self.at.shown

    def _rest(self) -> list[Manuscript]:
        """The manuscripts of all that is in no list, in their order."""
        if self.before is None or not all(self._is_listed(m, self.standing) for m in self.new):
            return [m for m in self.inputs.manuscripts if not self._is_listed(m, self.standing)]
        return [m for m in self.before.rest if id(m) in self.standing]

    def _special(self) -> list[Manuscript]:
        """The manuscripts with a series or an id of their own, in no order."""
        known = [m for m in self.before.special if id(m) in self.standing] if self.before else []
        return [*known, *(m for m in self.new if m.series or m.guid)]

    def _in_order(self) -> list[Manuscript]:
        """The public stories, oldest first."""
        come = [m for m in self.new if self._is_listed(m, self.standing)]
        if self.before is None:
            return sorted(come, key=_order)
        dated = list(self.before.dated)
        for m in self._unlisted_now():
            del dated[bisect_left(dated, _order(m), key=_order)]
        for m in come:
            insort(dated, m, key=_order)
        return dated

    def _unlisted_now(self) -> list[Manuscript]:
        """The public stories of before that are gone."""
        return [m for m in self.gone if self.before and self._is_listed(m, self.before.standing)]

    def _filed(self) -> frozenset[str]:
        """The sections that stories name which have a page."""
        if self.before is not None:
            went = _sections(m for m in self.gone if self._has_page(m, self.stood(m)))
            come = _sections(m for m in self.new if self._has_page(m, self.standing[id(m)]))
            if went <= come <= self.before.filed:
                return self.before.filed
        return _sections([*self.dated, *self.over["unlist"], *self.over["notice"]])

    def _has_page(self, m: Manuscript, standing: Status) -> bool:
        is_shown = m.date is not None and standing in self.at.shown
        return is_shown or (standing in OVER and m.replacement in ("unlist", "notice"))

    def _make_articles(self) -> None:
        """Make the stories, and their addresses by source; those of before stay as far as they are the same."""
        kept, made = self.before if self.known and self._may_stay(self.known) else None, dict[int, Article]()
        dated, articles = (kept.dated, kept.articles) if kept else ((), ())
        gone, new = find_differences(dated, self.dated)

        def make(rank: int) -> Article:
            made[rank] = self._article(self.dated[rank])
            return made[rank]

        found = bring_forward(articles, gone, new, make)
        for rank in self._with_other_pictures() - made.keys():
            found[rank] = make(rank)
        self.articles = tuple(found)
        self.article_urls: dict[str, str] = dict(self.before.urls) if self.before else {}
        for m in self._unlisted_now():
            del self.article_urls[m.source]
        self.article_urls.update((article.source, article.card.url) for article in made.values())

    def _with_other_pictures(self) -> set[int]:
        """The ranks of the stories whose lead picture is not that of before."""
        pictures, were = self.inputs.pictures, self.before.inputs.pictures if self.before else {}
        if pictures == were:
            return set()
        other = {source for source in pictures.keys() | were.keys() if pictures.get(source) != were.get(source)}
        return {rank for rank, m in enumerate(self.dated) if m.source in other}

    def _may_stay(self, before: Edition) -> bool:
        """Whether stories of before are the same with the same manuscript and picture; then `named` knows all names."""
        kept = before.kept
        if kept.inputs.published is not self.inputs.published or kept.inputs.people != self.inputs.people:
            return False
        sections = {name for name, one in self.named.sections.items() if before.sections.get(name, one) != one}
        ids = {id(m) for m in self.new}
        new = [m for m in self.new if self._is_listed(m, self.standing)]
        last = {m.source for m in self.over["unlist"]}
        stay = last == kept.unlisted and not any(id(m) in ids for m in self.over["unlist"])
        if sections or not stay or not kept.named.holds(self._unlisted_now(), new, last):
            return False
        self.named.learn(kept.named)
        return True

    @property
    def public(self) -> list[Manuscript]:
        """The manuscripts of what readers find in lists, and of standing pages."""
        return [m for m in self.inputs.manuscripts if self.standing[id(m)] in self.at.shown]

    @property
    def living(self) -> list[Manuscript]:
        """What has a page at its address."""
        return [*self.public, *self.over["unlist"], *self.over["notice"], *self.introduced.values()]

    def edition(self, ties: Ties) -> Edition:
        """The edition, with what ties its stories to others."""
        articles = tuple(with_versions(self.articles, ties.versions)) if ties.versions else self.articles
        terms = {name: one.known for name, one in self.named.terms.items()}
        banner = self.inputs.banners.get(breaking(self.config.prefix))
        return Edition(
            config=self.config,
            permalinks=self.permalinks,
            articles=articles,
            pages=tuple(with_versions(self.pages, ties.versions)),
            sections=self.named.sections,
            taxonomies=self._taxonomies(),
            terms=terms,
            authors=self.named.authors,
            chosen=ties.chosen,
            logo=self.inputs.logo,
            favicon=self.inputs.favicon,
            unlisted=tuple(self.unlisted),
            notices=tuple(self._notice(m) for m in self.over["notice"]),
            banner=banner if banner and banner.is_shown(self.now) else None,
            picks=ties.picks,
            intros=self.intros,
            kept=self._kept(),
        )

    def _kept(self) -> KeptEdition:
        """What the next join may keep."""
        inherited, new = self._times()
        return KeptEdition(
            inputs=self.inputs,
            now=self.now,
            standing=self.standing,
            dated=self.dated,
            rest=self.rest,
            special=self.special,
            introduced=self.introduced,
            filed=self.filed,
            urls=self.article_urls,
            unlisted=frozenset(article.source for article in self.unlisted),
            articles=self.articles,
            named=self.named,
            groups=self.known.groups if self.known else None,
            inherited=inherited,
            new=new,
            first=self.first,
        )

    def _times(self) -> tuple[datetime | None, Sequence[Manuscript]]:
        """The next moment at which one of the manuscripts changes that were there before, and the others."""
        kept = self.before
        if kept is None:
            return None, self.inputs.manuscripts
        if kept.until is not None:
            coming = span(self.gone, kept.now)[1]
            if coming and datetime.fromisoformat(coming) <= kept.until:
                return None, self.inputs.manuscripts
        return kept.until, self.new

    def _article(self, m: Manuscript) -> Article:
        link = self.permalinks.story(m)
        assert m.date is not None  # noqa: S101 - only dated manuscripts come here
        card = Card(
            title=m.title,
            url=link.url,
            date=m.date,
            updated=m.public_update(self.now),
            section=self._section(m.section) if m.section else None,
            summary=m.summary,
            image=self.inputs.pictures.get(m.source),
            kicker=m.kicker,
            authors=self.named.authors_of(m),
            lang=m.lang,
            pinned=m.is_pinned(self.now),
            sponsor=m.sponsor,
            also_in=tuple(map(self._section, m.also_in)),
        )
        return Article(
            card=card,
            lead=m.summary if m.has_lead else "",
            source=m.source,
            output=link.output,
            slug=m.slug,
            terms=self.named.terms_of(m),
            extra=m.extra,
            corrections=tuple(c for c in m.corrections if c.date <= self.now),
            series=m.series,
            weight=m.weight,
            appeared=m.embargo if m.embargo and m.embargo > m.date else None,
            first_url=self.first.of(m, link.url),
            guid=m.guid.text if m.guid else "",
        )

    def _taxonomies(self) -> dict[str, Taxonomy]:
        """The taxonomies; those that newsgen.yaml names have a list of their terms."""
        listed, links = self.config.taxonomies, self.permalinks
        return {
            name: Taxonomy(name, one.title, links.taxonomy(name).url if name in listed else "", one.description)
            for name, one in self.config.every_taxonomy.items()
        }

    def _section(self, name: str) -> SectionRef:
        section = self.named.sections[name]
        return SectionRef(section.id, section.title, section.url)

    def _page(self, m: Manuscript) -> StandingPage:
        link = self.permalinks.story(m)
        picture = self.inputs.pictures.get(m.source)
        return StandingPage(
            m.title, link.url, m.source, link.output, m.summary, picture, m.lang, m.extra, weight=m.weight
        )

    def _notice(self, m: Manuscript) -> Notice:
        return notice_of(m, self.permalinks, self.named.sections, now=self.now)
