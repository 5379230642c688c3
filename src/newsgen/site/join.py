"""Joining: what was read of every story becomes the newspaper of one moment."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from msgspec import structs

from newsgen.config.settings import Config
from newsgen.core.errors import Problems
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.stories import Article, StandingPage
from newsgen.model.taxonomy import Author
from newsgen.site.feed_ids import same_ids
from newsgen.site.joining import At, Joining
from newsgen.site.newspaper import Site
from newsgen.site.redirects import Table, draw_up
from newsgen.site.ties import Ties, ties


def join(config: Config, inputs: Content, now: datetime, problems: Problems, *, drafts: bool = False) -> Site:
    """Join what was read into the newspaper of the moment `now`; `drafts` shows unpublished stories too."""
    shown = (Status.PUBLISHED, *((Status.DRAFT, Status.SCHEDULED) if drafts else ()))
    at = At(now, problems, shown)
    return _joined(config, inputs, at, [Joining(own, part, at) for own, part in _apart(config, inputs)])


def join_again(before: Site, inputs: Content, now: datetime, problems: Problems) -> Site:
    """The same as `join` with the settings of `before`, of which whatever did not change is kept.

    A story is kept with its manuscript, which is known by its identity, as long as all that it names is the same.
    """
    assert before.kept is not None  # noqa: S101 - every newspaper that was joined has it
    at = At(now, problems, before.kept.shown)
    known = {tree.config.language: tree for tree in before.trees if tree.kept and tree.kept.holds_at(now)}
    trees = [Joining(own, part, at, known.get(own.language)) for own, part in _apart(before.config, inputs)]
    return _joined(before.config, inputs, at, trees)


def _joined(config: Config, inputs: Content, at: At, trees: Sequence[Joining]) -> Site:
    """The newspaper in all its languages."""
    urls = {source: url for tree in trees for source, url in tree.urls.items()}
    tied, is_clear = _kept_ties(inputs, trees), True
    if tied is None:
        public = [m for tree in trees for m in tree.public]
        faults = Problems()
        tied = ties(config, inputs, public, urls, faults)
        at.problems.extend(faults.found)
        is_clear = not faults.found
    main, *others = [tree.site(tied, is_clear=is_clear) for tree in trees]
    if given := [m for tree in trees for m in tree.special if m.guid]:
        at.problems.extend(same_ids(given, trees[0].config, {**urls, **_first_urls(main, *others)}))
    old, faults = _kept_table(inputs, trees), Problems()
    if old is None:
        living, gone = [m for tree in trees for m in tree.living], [m for tree in trees for m in tree.over["gone"]]
        old = draw_up(main.permalinks, living, gone, inputs.published, faults)
        at.problems.extend(faults.found)
    stories = _stories(inputs, trees, urls)
    kept = replace(main.kept, old=None if faults.found else old) if main.kept else None
    return replace(main, stories=stories, old=old, others=tuple(others), kept=kept)


def _stories(inputs: Content, trees: Sequence[Joining], urls: Mapping[str, str]) -> dict[str, str | None]:
    """Every source under content/ with its url, None where it is not public."""
    known, were = trees[0].known, [tree.before for tree in trees]
    if known is None or not all(kept and kept.inputs.broken == inputs.broken for kept in were):
        stories: dict[str, str | None] = dict.fromkeys(sorted(inputs.broken), "/")
        stories.update((m.path, None) for m in (*inputs.manuscripts, *inputs.intros))
        stories.update((m.path, url) for tree in trees for m in tree.living if (url := urls.get(m.source)))
        return stories
    stories = dict(known.stories)
    for kept in filter(None, were):
        for m in kept.inputs.intros:
            del stories[m.path]
    for m in (m for tree in trees for m in tree.gone):
        del stories[m.path]
    new = (m for tree in trees for m in (*tree.new, *tree.inputs.intros))
    stories.update((m.path, urls.get(m.source)) for m in new)
    return stories


def _kept_ties(inputs: Content, trees: Sequence[Joining]) -> Ties | None:
    """The ties of before where no story that is other could change them, and they tell nothing of other languages."""
    before = trees[0].before
    if before is None or before.ties is None or before.ties.versions or not all(tree.before for tree in trees):
        return None
    told, were = ((read.broken, read.broken_values, read.picks, read.remnants) for read in (inputs, before.inputs))
    come = [_named(m, tree.standing[id(m)]) for tree in trees for m in tree.new]
    went = [_named(m, tree.stood(m)) for tree in trees for m in tree.gone]
    changed = [m for tree in trees for m in (*tree.new, *tree.gone)]
    stay = come == went or (len(trees) == 1 and not any(_is_tied(m, before.ties) for m in changed))
    return before.ties if told == were and stay else None


def _is_tied(m: Manuscript, ties: Ties) -> bool:
    """Whether a story names others, or could be one that others name."""
    return bool(m.related or m.translation_of) or not ties.asked.isdisjoint((m.path, m.slug))


def _kept_table(inputs: Content, trees: Sequence[Joining]) -> Table | None:
    """The old addresses of before where no story that is other could change them."""
    before = trees[0].before
    if before is None or before.old is None or before.inputs.published != inputs.published:
        return None
    if not all(tree.before and tree.before.introduced == tree.introduced for tree in trees):
        return None
    come = [tree.addressed(m, tree.standing[id(m)]) for tree in trees for m in tree.new]
    went = [tree.addressed(m, tree.stood(m)) for tree in trees for m in tree.gone]
    is_plain = not inputs.published and not any(tree.over["gone"] for tree in trees)
    has_old = any(m.aliases or tree.is_over(m) for tree in trees for m in (*tree.new, *tree.gone))
    return before.old if come == went or (is_plain and not has_old) else None


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
        hidden = [m for m in kept.rest if kept.standing[id(m)] in UNSEEN]
        unseen = tuple(m for m in hidden if site.stories.get(m.path) is None)
        if not unseen:
            continue
        joining = Joining(tree.config, replace(kept.inputs, manuscripts=unseen), At(site.now, Problems(), UNSEEN))
        yield tree.config.language, tuple(joining.articles), tuple(joining.pages)


def _apart(config: Config, inputs: Content) -> Iterator[tuple[Config, Content]]:
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
