"""Joining: what was read of every story becomes the newspaper of one moment."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from msgspec import structs

from newsgen.config.settings import Config
from newsgen.content.permalinks import Permalinks
from newsgen.core.errors import Problems
from newsgen.core.site_files import breaking
from newsgen.model.content import Inputs
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.stories import Article, Card, Intro, Notice, StandingPage
from newsgen.model.taxonomy import Author, SectionRef, Taxonomy
from newsgen.site.feed_ids import same_ids
from newsgen.site.groups import by_term, by_weight, grouped, in_series
from newsgen.site.lifecycle import ENDS, ended, notice_of
from newsgen.site.newspaper import Site
from newsgen.site.redirects import FirstAddresses, draw_up
from newsgen.site.register import Register
from newsgen.site.related import Related
from newsgen.site.section_intros import intro_of, one_a_section
from newsgen.site.series import same_parts
from newsgen.site.sitemap_parts import parts
from newsgen.site.ties import Ties, ties, with_versions


def join(config: Config, inputs: Inputs, now: datetime, problems: Problems, *, drafts: bool = False) -> Site:
    """Join what was read into the newspaper of the moment `now`; `drafts` shows unpublished stories too."""
    shown = frozenset({Status.PUBLISHED, *((Status.DRAFT, Status.SCHEDULED) if drafts else ())})
    trees = [_Joining(own, part, now, problems, shown) for own, part in _apart(config, inputs)]
    urls = {source: url for tree in trees for source, url in tree.urls.items()}
    public = [m for tree in trees for m in tree.public]
    tied = ties(config, inputs, public, urls, problems)
    main, *others = [tree.site(tied) for tree in trees]
    over = {end: [m for tree in trees for m in tree.over[end]] for end in ENDS}
    living = [m for tree in trees for m in tree.living]
    stories: dict[str, str | None] = dict.fromkeys(sorted(inputs.broken), "/")
    stories.update((m.path, None) for m in (*inputs.manuscripts, *inputs.intros))
    stories.update((m.path, url) for m in living if (url := urls.get(m.source)))
    problems.extend(same_ids(inputs.manuscripts, trees[0].config, {**urls, **_first_urls(main, *others)}))
    old = draw_up(main.permalinks, living, over["gone"], inputs.ledger, problems)
    return replace(main, stories=stories, old=old, others=tuple(others))


def _first_urls(*trees: Site) -> dict[str, str]:
    """The first url of each story that has moved, by source."""
    return {story.source: story.first_url for tree in trees for story in tree.articles if story.first_url}


UNSEEN = frozenset({Status.DRAFT, Status.SCHEDULED, Status.EMBARGOED})
"""How stories stand that readers cannot see yet."""


def join_unseen(
    config: Config, inputs: Inputs, site: Site
) -> Iterator[tuple[str, tuple[Article, ...], tuple[StandingPage, ...]]]:
    """What readers cannot see yet and `site` does not show, by language: its code, the stories, the standing pages.

    They are joined by themselves: no list, tag or count of the site knows of them.
    """
    for own, part in _apart(config, inputs):
        unseen = [m for m in part.manuscripts if m.status(site.now) in UNSEEN and site.stories.get(m.path) is None]
        joining = _Joining(own, replace(part, manuscripts=tuple(unseen)), site.now, Problems(), UNSEEN)
        yield own.language, tuple(joining.articles), tuple(joining.pages)


def _apart(config: Config, inputs: Inputs) -> Iterator[tuple[Config, Inputs]]:
    """The settings of each language, the main one first, with what was read of it."""
    if not config.languages:
        yield config, inputs
        return
    parts: defaultdict[str, list[Manuscript]] = defaultdict(list)
    intros: defaultdict[str, list[Manuscript]] = defaultdict(list)
    for m in (*inputs.manuscripts, *inputs.intros):
        (intros if m.is_intro else parts)[config.language_of(m.lang) or config.language].append(m)
    for code in (config.language, *config.languages):
        own = replace(inputs, manuscripts=tuple(parts[code]), intros=tuple(intros[code]))
        if code == config.language:
            yield config, own
        else:
            people = _translated(inputs.people, inputs.people_in.get(code, {}))
            yield config.in_language(code), replace(own, people=people)


def _translated(people: Mapping[str, Author], own: Mapping[str, Author]) -> dict[str, Author]:
    """The authors as a language's own files tell of them; photograph and other addresses need not be said again."""
    found = dict(people)
    for name, author in own.items():
        known = people.get(name, author)
        found[name] = structs.replace(
            author, photo=author.photo or known.photo, same_as=author.same_as or known.same_as
        )
    return found


class _Joining:
    """Joins the stories of one language."""

    def __init__(
        self, config: Config, inputs: Inputs, now: datetime, problems: Problems, shown: frozenset[Status]
    ) -> None:
        self.config, self.inputs, self.now = config, inputs, now
        self.permalinks = Permalinks(config)
        self.first = FirstAddresses(inputs.ledger, config)
        self.named = Register(config, inputs.people, problems)
        self.urls: dict[str, str] = {}
        self.public = [m for m in inputs.manuscripts if m.status(now) in shown]
        self.over = ended(inputs.manuscripts, now)
        dated = [m for m in self.public if m.date is not None]
        dated.sort(key=lambda m: (m.date, m.source))
        self.introduced = one_a_section((m for m in inputs.intros if m.status(now) in shown), problems)
        self.intros = {section: self._intro(m) for section, m in self.introduced.items()}
        self.named.list_sections([*dated, *self.over["unlist"], *self.over["notice"]], self.intros)
        self.articles = [self._article(m) for m in dated]
        self.pages = [self._page(m) for m in self.public if m.date is None]
        self.pages.sort(key=lambda page: (by_weight(page.weight), page.title, page.source))
        self.unlisted = [self._article(m) for m in self.over["unlist"]]
        problems.extend(same_parts(dated))

    @property
    def living(self) -> list[Manuscript]:
        """What has a page at its address."""
        return [*self.public, *self.over["unlist"], *self.over["notice"], *self.introduced.values()]

    def site(self, ties: Ties) -> Site:
        """The newspaper of this language; what is there once for all languages is not in it yet."""
        articles = tuple(with_versions(self.articles, ties.versions))
        by_section, by_author = grouped(articles)
        terms = {name: one.known for name, one in self.named.terms.items()}
        banner = self.inputs.banners.get(breaking(self.config.prefix))
        return Site(
            config=self.config,
            permalinks=self.permalinks,
            now=self.now,
            articles=articles,
            pages=tuple(with_versions(self.pages, ties.versions)),
            sections=self.named.sections,
            taxonomies=self._taxonomies(),
            terms=terms,
            authors=self.named.authors,
            by_section=by_section,
            by_term={name: by_term(articles, known, name) for name, known in terms.items()},
            by_author=by_author,
            rank={article.source: rank for rank, article in enumerate(articles)},
            related=Related(articles, ties.chosen),
            chosen=ties.chosen,
            stories={},
            data=self.inputs.data,
            parts=parts(articles, self.config.url),
            logo=self.inputs.logo,
            favicon=self.inputs.favicon,
            unlisted=tuple(self.unlisted),
            notices=tuple(self._notice(m) for m in self.over["notice"]),
            banner=banner if banner and banner.is_shown(self.now) else None,
            picks=ties.picks,
            series=in_series(articles),
            late=tuple(article for article in articles if article.appeared),
            intros=self.intros,
        )

    def _article(self, m: Manuscript) -> Article:
        link = self.permalinks.story(m)
        self.urls[m.source] = link.url
        assert m.date is not None  # noqa: S101 - only dated manuscripts come here
        card = Card(
            title=m.title,
            url=link.url,
            date=m.date,
            updated=m.told_update(self.now),
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
        self.urls[m.source] = link.url
        picture = self.inputs.pictures.get(m.source)
        return StandingPage(
            m.title, link.url, m.source, link.output, m.summary, picture, m.lang, m.extra, weight=m.weight
        )

    def _intro(self, m: Manuscript) -> Intro:
        self.urls[m.source] = self.permalinks.story(m).url
        return intro_of(m, self.inputs.pictures.get(m.source))

    def _notice(self, m: Manuscript) -> Notice:
        return notice_of(m, self.permalinks, self.named.sections, now=self.now)
