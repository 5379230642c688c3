"""Joining: what was read of every story becomes the newspaper of one moment."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from msgspec import structs

from newsgen.config.settings import Config
from newsgen.content.permalinks import Permalinks
from newsgen.core.errors import Problems
from newsgen.core.site_files import breaking
from newsgen.model.content import Inputs
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.stories import Article, Card, Notice, StandingPage
from newsgen.model.taxonomy import Author, SectionRef, Taxonomy
from newsgen.site.feed_ids import same_ids
from newsgen.site.groups import by_weight
from newsgen.site.lifecycle import ENDS, OVER, ended, notice_of, span
from newsgen.site.newspaper import Kept, Site
from newsgen.site.redirects import FirstAddresses, draw_up
from newsgen.site.register import Register
from newsgen.site.section_intros import intro_of, one_a_section
from newsgen.site.series import same_parts
from newsgen.site.ties import Ties, ties, with_versions


def join(config: Config, inputs: Inputs, now: datetime, problems: Problems, *, drafts: bool = False) -> Site:
    """Join what was read into the newspaper of the moment `now`; `drafts` shows unpublished stories too."""
    shown = (Status.PUBLISHED, *((Status.DRAFT, Status.SCHEDULED) if drafts else ()))
    at = _At(now, problems, shown)
    return _joined(config, inputs, at, [_Joining(own, part, at) for own, part in _apart(config, inputs)])


def join_again(before: Site, inputs: Inputs, now: datetime, problems: Problems) -> Site:
    """The same as `join` with the settings of `before`, of which whatever did not change is kept.

    A story is kept with its manuscript, which is known by its identity, as long as all that it names is the same.
    """
    assert before.kept is not None  # noqa: S101 - every newspaper that was joined has it
    at = _At(now, problems, before.kept.shown)
    known = {tree.config.language: tree for tree in before.trees if tree.kept and tree.kept.holds_at(now)}
    trees = [_Joining(own, part, at, known.get(own.language)) for own, part in _apart(before.config, inputs)]
    return _joined(before.config, inputs, at, trees)


def _joined(config: Config, inputs: Inputs, at: "_At", trees: Sequence["_Joining"]) -> Site:
    """The newspaper in all its languages."""
    urls = {source: url for tree in trees for source, url in tree.urls.items()}
    public = [m for tree in trees for m in tree.public]
    tied, is_clear = _kept_ties(inputs, trees), True
    if tied is None:
        faults = Problems()
        tied = ties(config, inputs, public, urls, faults)
        at.problems.extend(faults.found)
        is_clear = not faults.found
    main, *others = [tree.site(tied, is_clear=is_clear) for tree in trees]
    over = {end: [m for tree in trees for m in tree.over[end]] for end in ENDS}
    living = [m for tree in trees for m in tree.living]
    stories: dict[str, str | None] = dict.fromkeys(sorted(inputs.broken), "/")
    stories.update((m.path, None) for m in (*inputs.manuscripts, *inputs.intros))
    stories.update((m.path, url) for m in living if (url := urls.get(m.source)))
    at.problems.extend(same_ids(inputs.manuscripts, trees[0].config, {**urls, **_first_urls(main, *others)}))
    old = draw_up(main.permalinks, living, over["gone"], inputs.ledger, at.problems)
    return replace(main, stories=stories, old=old, others=tuple(others))


def _kept_ties(inputs: Inputs, trees: Sequence["_Joining"]) -> Ties | None:
    """The ties of before where no story that is other could change them, and they tell nothing of other languages."""
    known = [tree.before for tree in trees]
    before = known[0]
    if before is None or before.ties is None or before.ties.versions or not all(known):
        return None
    told, were = ((read.broken, read.broken_values, read.picks, read.remnants) for read in (inputs, before.inputs))
    come = [_named(m, tree.standing[id(m)]) for tree in trees for m in tree.new]
    went = [
        _named(m, kept.standing[id(m)])
        for tree, kept in zip(trees, known, strict=True)
        for m in (kept.inputs.manuscripts if kept else ())
        if kept and id(m) not in tree.standing
    ]
    return before.ties if told == were and come == went else None


def _named(m: Manuscript, standing: Status) -> tuple[object, ...]:
    """What stories are known by to those that name them, and what they name."""
    return m.source, m.path, m.slug, m.lang, m.is_page, m.related, m.translation_of, standing


def _first_urls(*trees: Site) -> dict[str, str]:
    """The first url of each story that has moved, by source."""
    return {story.source: story.first_url for tree in trees for story in tree.articles if story.first_url}


UNSEEN = (Status.DRAFT, Status.SCHEDULED, Status.EMBARGOED)
"""How stories stand that readers cannot see yet."""


def join_unseen(site: Site) -> Iterator[tuple[str, tuple[Article, ...], tuple[StandingPage, ...]]]:
    """What readers cannot see yet and `site` does not show, by language: its code, the stories, the standing pages.

    They are joined by themselves: no list, tag or count of the site knows of them.
    """
    for tree in site.trees:
        kept = tree.kept
        assert kept is not None  # noqa: S101 - every newspaper that was joined has it
        hidden = [m for m in kept.inputs.manuscripts if kept.standing[id(m)] in UNSEEN]
        unseen = tuple(m for m in hidden if site.stories.get(m.path) is None)
        joining = _Joining(tree.config, replace(kept.inputs, manuscripts=unseen), _At(site.now, Problems(), UNSEEN))
        yield tree.config.language, tuple(joining.articles), tuple(joining.pages)


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


@dataclass(frozen=True, slots=True)
class _At:
    """The moment that is joined, where its faults go, and how the stories stand that are shown."""

    now: datetime
    problems: Problems
    shown: tuple[Status, ...]


def _order(m: Manuscript) -> tuple[datetime | None, str]:
    """The place of a story in the paper."""
    return m.date, m.source


class _Joining:
    """Joins the stories of one language; of `before` it keeps what did not change."""

    def __init__(self, config: Config, inputs: Inputs, at: _At, before: Site | None = None) -> None:
        self.config, self.inputs, self.now, self.at = config, inputs, at.now, at
        self.before = kept = before.kept if before else None
        self.permalinks = before.permalinks if before else Permalinks(config)
        self.first = FirstAddresses(inputs.ledger, config)
        known = kept.standing if kept else {}
        self.standing = {id(m): known.get(id(m)) or m.status(self.now) for m in inputs.manuscripts}
        self.new = [m for m in inputs.manuscripts if id(m) not in known] if kept else inputs.manuscripts
        self.public = [m for m in inputs.manuscripts if self.standing[id(m)] in at.shown]
        self.over = ended(m for m in inputs.manuscripts if self.standing[id(m)] in OVER)
        self.dated = self._in_order()
        self.introduced = one_a_section((m for m in inputs.intros if m.status(self.now) in at.shown), at.problems)
        self.intros = {section: intro_of(m, inputs.pictures.get(m.source)) for section, m in self.introduced.items()}
        self.named = Register(config, inputs.people, at.problems)
        self.named.list_sections([*self.dated, *self.over["unlist"], *self.over["notice"]], self.intros)
        made = self._made(before) if before and kept else {}
        self.articles = [made.get(id(m)) or self._article(m) for m in self.dated]
        self.pages = [self._page(m) for m in self.public if m.date is None]
        self.pages.sort(key=lambda page: (by_weight(page.weight), page.title, page.source))
        self.unlisted = [self._article(m) for m in self.over["unlist"]]
        self.urls = {article.source: article.card.url for article in (*self.articles, *self.unlisted)}
        self.urls.update((page.source, page.url) for page in self.pages)
        self.urls.update((m.source, self.permalinks.story(m).url) for m in self.introduced.values())
        at.problems.extend(same_parts(self.dated))

    def _in_order(self) -> list[Manuscript]:
        """The public stories, oldest first."""
        stay = [m for m in self.before.dated if id(m) in self.standing] if self.before else []
        new = [m for m in self.new if m.date is not None and self.standing[id(m)] in self.at.shown]
        return sorted([*stay, *new], key=_order)

    def _made(self, before: Site) -> Mapping[int, Article]:
        """The stories of before that are the same, by their manuscripts; with them `named` knows what they name."""
        kept = self.before
        assert kept is not None  # noqa: S101 - it is that of `before`
        if kept.inputs.ledger != self.inputs.ledger or kept.inputs.people != self.inputs.people:
            return {}
        pictures, were = self.inputs.pictures, kept.inputs.pictures
        sections = {name for name, one in self.named.sections.items() if before.sections.get(name, one) != one}
        ids = {id(m) for m in self.new}
        gone = [m for m in kept.dated if id(m) not in self.standing]
        new = [m for m in self.dated if id(m) in ids]
        last = {m.source for m in self.over["unlist"]}
        stay = last == kept.unlisted and not any(id(m) in ids for m in self.over["unlist"])
        if sections or not stay or not kept.named.holds(gone, new, last):
            return {}
        self.named.learn(kept.named)
        if pictures == were:
            return kept.articles
        return {key: a for key, a in kept.articles.items() if pictures.get(a.source) == were.get(a.source)}

    @property
    def living(self) -> list[Manuscript]:
        """What has a page at its address."""
        return [*self.public, *self.over["unlist"], *self.over["notice"], *self.introduced.values()]

    def site(self, ties: Ties, *, is_clear: bool) -> Site:
        """The newspaper of this language; what is there once for all languages is not in it yet.

        `is_clear` tells that nothing was wrong with `ties`.
        """
        articles = tuple(with_versions(self.articles, ties.versions)) if ties.versions else tuple(self.articles)
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
            chosen=ties.chosen,
            stories={},
            logo=self.inputs.logo,
            favicon=self.inputs.favicon,
            unlisted=tuple(self.unlisted),
            notices=tuple(self._notice(m) for m in self.over["notice"]),
            banner=banner if banner and banner.is_shown(self.now) else None,
            picks=ties.picks,
            intros=self.intros,
            kept=self._kept(ties if is_clear else None),
        )

    def _kept(self, ties: Ties | None) -> Kept:
        """What the next join may keep; `ties` where nothing was wrong with them."""
        inherited, new = self._times()
        return Kept(
            inputs=self.inputs,
            now=self.now,
            shown=self.at.shown,
            standing=self.standing,
            dated=self.dated,
            unlisted=frozenset(article.source for article in self.unlisted),
            articles={id(m): article for m, article in zip(self.dated, self.articles, strict=True)},
            named=self.named,
            ties=ties,
            inherited=inherited,
            new=new,
        )

    def _times(self) -> tuple[datetime | None, Sequence[Manuscript]]:
        """The next moment at which one of the manuscripts changes that were there before, and the others."""
        kept = self.before
        if kept is None:
            return None, self.inputs.manuscripts
        if kept.until is not None:
            gone = [m for m in kept.inputs.manuscripts if id(m) not in self.standing]
            coming = span(gone, kept.now)[1]
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
        picture = self.inputs.pictures.get(m.source)
        return StandingPage(
            m.title, link.url, m.source, link.output, m.summary, picture, m.lang, m.extra, weight=m.weight
        )

    def _notice(self, m: Manuscript) -> Notice:
        return notice_of(m, self.permalinks, self.named.sections, now=self.now)
