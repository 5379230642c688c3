"""Joining: what was read of every story becomes the newspaper of one moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from msgspec import structs

from newsgen.config.settings import Config
from newsgen.core.errors import Problems
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.permalinks import StoryLinks
from newsgen.model.stories import Article, StandingPage
from newsgen.model.taxonomy import Author
from newsgen.site.feed_ids import find_duplicate_ids
from newsgen.site.joining import EditionJoiner, JoinContext
from newsgen.site.lifecycle import OVER, find_span
from newsgen.site.newspaper import Kept, Newspaper
from newsgen.site.redirects import FirstAddresses, RedirectTable, make_redirect_table
from newsgen.site.references import References, find_references


def join(config: Config, inputs: Content, now: datetime, problems: Problems, *, drafts: bool = False) -> Newspaper:
    """Join what was read into the newspaper of the moment `now`; `drafts` shows unpublished stories too."""
    shown = (Status.PUBLISHED, *((Status.DRAFT, Status.SCHEDULED) if drafts else ()))
    context = JoinContext(now, problems, shown, FirstAddresses(inputs.published, config))
    return _join(StoryLinks(config), inputs, context)


def join_again(before: Newspaper, inputs: Content, now: datetime, problems: Problems) -> Newspaper:
    """The same as `join` with the settings of `before`, of which whatever did not change is kept.

    A story is kept with its manuscript, which is known by its identity, as long as all that it names is the same.
    """
    first = before.kept.first_addresses
    if first.published is not inputs.published:
        first = FirstAddresses(inputs.published, before.config)
    context = JoinContext(now, problems, before.kept.shown, first)
    return _join(before.links, inputs, context, before if before.stands_at(now) else None)


def _join(links: StoryLinks, inputs: Content, context: JoinContext, before: Newspaper | None = None) -> Newspaper:
    config, known = links.config, before.editions if before else {}
    joiners = {
        code: EditionJoiner(links.editions[code], part, context, known.get(code))
        for code, part in _split_by_edition(config, inputs)
    }
    parts = tuple(joiners.values())
    urls = parts[0].urls if len(parts) == 1 else {source: url for part in parts for source, url in part.urls.items()}
    references, faults = _keep_references(inputs, parts, before), Problems()
    if references is None:
        references = find_references(config, inputs, [m for part in parts for m in part.public], urls, faults)
        context.problems.extend(faults.found)
    editions = {code: joiner.make_edition(references) for code, joiner in joiners.items()}
    if with_id := [m for m in inputs.manuscripts if m.guid]:
        articles = (article for edition in editions.values() for article in edition.articles)
        first = {article.source: article.first_url for article in articles if article.first_url}
        context.problems.extend(find_duplicate_ids(with_id, config, {**urls, **first}))
    old, old_faults = _keep_old_addresses(inputs, parts, before), Problems()
    if old is None:
        living = [(m, urls.get(m.source) or links.of(m).url) for part in parts for m in part.living]
        gone = [m for part in parts for m in part.over["gone"]]
        old = make_redirect_table(links, living, gone, inputs.published, old_faults)
        context.problems.extend(old_faults.found)
    kept = Kept(
        inputs,
        context.shown,
        *_find_inherited(inputs, parts, before),
        context.first_addresses,
        None if faults.found else references,
        None if old_faults.found else old,
    )
    return Newspaper(config, links, context.now, editions, _list_urls(inputs, parts, urls, before), old, kept)


def _list_urls(
    inputs: Content, parts: Sequence[EditionJoiner], urls: Mapping[str, str], before: Newspaper | None
) -> dict[str, str | None]:
    """Every source under content/ with its url, None where it is not public."""
    if before is None or before.kept.inputs.broken != inputs.broken:
        listed: dict[str, str | None] = dict.fromkeys(sorted(inputs.broken), "/")
        new: Sequence[Manuscript] = inputs.manuscripts
    else:
        listed, new = dict(before.urls), [m for part in parts for m in part.new]
        for m in (*before.kept.inputs.intros, *(m for part in parts for m in part.gone)):
            del listed[m.path]
    listed.update((m.path, urls.get(m.source)) for m in (*new, *inputs.intros))
    return listed


def _find_inherited(
    inputs: Content, parts: Sequence[EditionJoiner], before: Newspaper | None
) -> tuple[Sequence[Manuscript], datetime | None]:
    """The manuscripts that no earlier join knew, and the next moment at which one of the others changes."""
    if before is None:
        return inputs.manuscripts, None
    coming = find_span([m for part in parts for m in part.gone], before.now)[1]
    if coming and before.stories_until and coming <= before.stories_until:
        return inputs.manuscripts, None
    return [m for part in parts for m in part.new], before.stories_until


def _keep_references(inputs: Content, parts: Sequence[EditionJoiner], before: Newspaper | None) -> References | None:
    """The references of before where no story that differs can change them, and none leads to another language."""
    known = before.kept.references if before else None
    if before is None or known is None or known.versions:
        return None
    now, was = ((read.broken, read.broken_values, read.picks, read.remnants) for read in (inputs, before.kept.inputs))
    gone, new = _list_changed(parts)
    changed = [m for _, m, _ in (*gone, *new)]
    is_apart = len(parts) == 1 and not any(_takes_part(m, known) for m in changed)
    is_same = [_describe(m, status) for _, m, status in gone] == [_describe(m, status) for _, m, status in new]
    return known if now == was and (is_same or is_apart) else None


def _takes_part(m: Manuscript, references: References) -> bool:
    """Whether a story names others, or could be one that others name."""
    return bool(m.related or m.translation_of) or not references.searched.isdisjoint((m.path, m.slug))


def _describe(m: Manuscript, status: Status) -> tuple[object, ...]:
    """What stories are known by to those that name them, and what they name."""
    return m.source, m.path, m.slug, m.lang, m.is_page, m.related, m.translation_of, status


def _keep_old_addresses(
    inputs: Content, parts: Sequence[EditionJoiner], before: Newspaper | None
) -> RedirectTable | None:
    """The old addresses of before where no story that differs can change them."""
    if before is None or before.kept.inputs.published is not inputs.published:
        return None
    if any(part.before and part.before.kept.intros != part.intros for part in parts):
        return None
    gone, new = _list_changed(parts)
    is_same = [part.list_addresses(m, status) for part, m, status in gone] == [
        part.list_addresses(m, status) for part, m, status in new
    ]
    has_gone = any(part.over["gone"] for part in parts)
    has_old = any(m.aliases or status in OVER or part.is_published(m) for part, m, status in (*gone, *new))
    return before.kept.old_addresses if is_same or not (has_gone or has_old) else None


Changed = list[tuple[EditionJoiner, Manuscript, Status]]


def _list_changed(parts: Sequence[EditionJoiner]) -> tuple[Changed, Changed]:
    """The manuscripts of all editions that are gone and those that are new, each with its edition and status."""
    pairs = [(part, *part.changed) for part in parts]
    gone = [(part, m, status) for part, left, _ in pairs for m, status in left]
    return gone, [(part, m, status) for part, _, come in pairs for m, status in come]


UNSEEN = (Status.DRAFT, Status.SCHEDULED, Status.EMBARGOED)
"""The status of stories that readers cannot see yet."""


def join_unseen(paper: Newspaper) -> Iterator[tuple[str, tuple[Article, ...], tuple[StandingPage, ...]]]:
    """What readers cannot see yet and `paper` does not show: for each edition its code, stories and standing pages.

    They are joined by themselves: no list, tag or count of the paper knows of them.
    """
    for code, edition in paper.editions.items():
        kept = edition.kept
        hidden = [m for m in kept.rest if kept.standing.get(id(m)) in UNSEEN]
        if unseen := tuple(m for m in hidden if paper.urls.get(m.path) is None):
            own = replace(kept.inputs, manuscripts=unseen)
            context = JoinContext(paper.now, Problems(), UNSEEN, paper.kept.first_addresses)
            joiner = EditionJoiner(edition.permalinks, own, context)
            yield code, joiner.articles, tuple(joiner.pages)


def _split_by_edition(config: Config, inputs: Content) -> Iterator[tuple[str, Content]]:
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
                people=_translate_people(inputs.people, inputs.people_in.get(code, {})),
            ),
        )


def _translate_people(people: Mapping[str, Author], own: Mapping[str, Author]) -> dict[str, Author]:
    """The authors as a language's own files tell of them; photograph and other addresses need not be said again."""
    found = dict(people)
    for name, author in own.items():
        known = people.get(name, author)
        found[name] = structs.replace(
            author, photo=author.photo or known.photo, same_as=author.same_as or known.same_as
        )
    return found
