"""Joining: what was read of every story becomes the newspaper of one moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from msgspec import structs

from newsgen.config.settings import Config
from newsgen.content.permalinks import StoryLinks
from newsgen.core.errors import Problems
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.stories import Article, StandingPage
from newsgen.model.taxonomy import Author
from newsgen.site.feed_ids import same_ids
from newsgen.site.joining import At, Joining
from newsgen.site.newspaper import Kept, Newspaper
from newsgen.site.redirects import Table, draw_up
from newsgen.site.ties import Ties, ties


def join(config: Config, inputs: Content, now: datetime, problems: Problems, *, drafts: bool = False) -> Newspaper:
    """Join what was read into the newspaper of the moment `now`; `drafts` shows unpublished stories too."""
    shown = (Status.PUBLISHED, *((Status.DRAFT, Status.SCHEDULED) if drafts else ()))
    at, links = At(now, problems, shown), StoryLinks(config)
    joinings = {code: Joining(links.editions[code], part, at) for code, part in _apart(config, inputs)}
    return _joined(links, inputs, at, joinings)


def join_again(before: Newspaper, inputs: Content, now: datetime, problems: Problems) -> Newspaper:
    """The same as `join` with the settings of `before`, of which whatever did not change is kept.

    A story is kept with its manuscript, which is known by its identity, as long as all that it names is the same.
    """
    at, links = At(now, problems, before.kept.shown), before.links
    known = {code: one for code, one in before.editions.items() if one.kept.holds_at(now)}
    parts = _apart(before.config, inputs)
    joinings = {code: Joining(links.editions[code], part, at, known.get(code)) for code, part in parts}
    return _joined(links, inputs, at, joinings, before if len(known) == len(before.editions) else None)


def _joined(
    links: StoryLinks, inputs: Content, at: At, joinings: Mapping[str, Joining], before: Newspaper | None = None
) -> Newspaper:
    """The newspaper of all editions; `before` is that of which each holds still."""
    parts, config = tuple(joinings.values()), links.config
    urls = parts[0].urls if len(parts) == 1 else {source: url for one in parts for source, url in one.urls.items()}
    tied, faults = _kept_ties(inputs, parts, before), Problems()
    if tied is None:
        tied = ties(config, inputs, [m for one in parts for m in one.public], urls, faults)
        at.problems.extend(faults.found)
    editions = {code: one.edition(tied) for code, one in joinings.items()}
    if given := [m for one in parts for m in one.special if m.guid]:
        articles = (article for one in editions.values() for article in one.articles)
        first = {article.source: article.first_url for article in articles if article.first_url}
        at.problems.extend(same_ids(given, config, {**urls, **first}))
    old, old_faults = _kept_table(inputs, parts, before), Problems()
    if old is None:
        living, gone = [m for one in parts for m in one.living], [m for one in parts for m in one.over["gone"]]
        old = draw_up(links, living, gone, inputs.published, old_faults)
        at.problems.extend(old_faults.found)
    kept = Kept(inputs, at.shown, None if faults.found else tied, None if old_faults.found else old)
    return Newspaper(config, links, at.now, editions, _urls(inputs, parts, urls, before), old, kept)


def _urls(
    inputs: Content, parts: Sequence[Joining], urls: Mapping[str, str], before: Newspaper | None
) -> dict[str, str | None]:
    """Every source under content/ with its url, None where it is not public."""
    if before is None or before.kept.inputs.broken != inputs.broken:
        found: dict[str, str | None] = dict.fromkeys(sorted(inputs.broken), "/")
        found.update((m.path, None) for m in (*inputs.manuscripts, *inputs.intros))
        found.update((m.path, url) for one in parts for m in one.living if (url := urls.get(m.source)))
        return found
    found = dict(before.urls)
    for m in (*before.kept.inputs.intros, *(m for one in parts for m in one.gone)):
        del found[m.path]
    new = (*(m for one in parts for m in one.new), *inputs.intros)
    found.update((m.path, urls.get(m.source)) for m in new)
    return found


def _kept_ties(inputs: Content, parts: Sequence[Joining], before: Newspaper | None) -> Ties | None:
    """The ties of before where no story that is other could change them, and they tell nothing of other languages."""
    known = before.kept.ties if before else None
    if before is None or known is None or known.versions:
        return None
    told, were = ((read.broken, read.broken_values, read.picks, read.remnants) for read in (inputs, before.kept.inputs))
    come = [_named(m, one.standing[id(m)]) for one in parts for m in one.new]
    went = [_named(m, one.stood(m)) for one in parts for m in one.gone]
    changed = [m for one in parts for m in (*one.new, *one.gone)]
    stay = come == went or (len(parts) == 1 and not any(_is_tied(m, known) for m in changed))
    return known if told == were and stay else None


def _is_tied(m: Manuscript, ties: Ties) -> bool:
    """Whether a story names others, or could be one that others name."""
    return bool(m.related or m.translation_of) or not ties.asked.isdisjoint((m.path, m.slug))


def _kept_table(inputs: Content, parts: Sequence[Joining], before: Newspaper | None) -> Table | None:
    """The old addresses of before where no story that is other could change them."""
    if before is None or before.kept.inputs.published is not inputs.published:
        return None
    if any(one.before and one.before.introduced != one.introduced for one in parts):
        return None
    come = [one.addressed(m, one.standing[id(m)]) for one in parts for m in one.new]
    went = [one.addressed(m, one.stood(m)) for one in parts for m in one.gone]
    is_plain = not any(one.over["gone"] for one in parts)
    changed = ((one, m) for one in parts for m in (*one.new, *one.gone))
    has_old = any(m.aliases or one.is_over(m) or one.is_published(m) for one, m in changed)
    return before.kept.old_addresses if come == went or (is_plain and not has_old) else None


def _named(m: Manuscript, standing: Status) -> tuple[object, ...]:
    """What stories are known by to those that name them, and what they name."""
    return m.source, m.path, m.slug, m.lang, m.is_page, m.related, m.translation_of, standing


UNSEEN = (Status.DRAFT, Status.SCHEDULED, Status.EMBARGOED)
"""How stories stand that readers cannot see yet."""


def join_unseen(paper: Newspaper) -> Iterator[tuple[str, tuple[Article, ...], tuple[StandingPage, ...]]]:
    """What readers cannot see yet and `paper` does not show: for each edition its code, stories and standing pages.

    They are joined by themselves: no list, tag or count of the paper knows of them.
    """
    for code, edition in paper.editions.items():
        kept = edition.kept
        hidden = [m for m in kept.rest if kept.standing[id(m)] in UNSEEN]
        if unseen := tuple(m for m in hidden if paper.urls.get(m.path) is None):
            own = replace(kept.inputs, manuscripts=unseen)
            joining = Joining(edition.permalinks, own, At(paper.now, Problems(), UNSEEN))
            yield code, tuple(joining.articles), tuple(joining.pages)


def _apart(config: Config, inputs: Content) -> Iterator[tuple[str, Content]]:
    """What was read of each edition, by its code."""
    if not config.languages:
        yield "", inputs
        return
    code_of = {lang: config.edition_of(lang) for lang in {m.lang for m in (*inputs.manuscripts, *inputs.intros)}}
    for code in ("", *config.languages):
        yield (
            code,
            replace(
                inputs,
                manuscripts=tuple(m for m in inputs.manuscripts if code_of[m.lang] == code),
                intros=tuple(m for m in inputs.intros if code_of[m.lang] == code),
                people=_translated(inputs.people, inputs.people_in.get(code, {})),
            ),
        )


def _translated(people: Mapping[str, Author], own: Mapping[str, Author]) -> dict[str, Author]:
    """The authors as a language's own files tell of them; photograph and other addresses need not be said again."""
    found = dict(people)
    for name, author in own.items():
        known = people.get(name, author)
        found[name] = structs.replace(
            author, photo=author.photo or known.photo, same_as=author.same_as or known.same_as
        )
    return found
