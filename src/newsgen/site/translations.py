"""Versions of a story or page in several languages: joined by `translation_of`, or by their files' names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec.structs import replace

from newsgen.core.errors import Location, Problems
from newsgen.core.locales import get_language_name
from newsgen.core.messages import say
from newsgen.model.manuscripts import Manuscript
from newsgen.model.stories import Article, StandingPage, Translation
from newsgen.site.story_finder import StoryFinder

Subject = TypeVar("Subject", Article, StandingPage)

Versions = dict[str, tuple[Translation, ...]]
"""The other languages' versions of each story or page that has some, by source, in the order of their languages."""


def find_translations(
    public: Iterable[Manuscript], urls: Mapping[str, str], finder: StoryFinder, problems: Problems
) -> Versions:
    """The versions of public stories, or of pages. `urls` are by source; `finder` finds what `translation_of` names."""
    stories = list(public)
    above = _find_originals(stories, finder)
    if not above:
        return {}
    groups: defaultdict[str, list[Manuscript]] = defaultdict(list)
    for m in stories:
        groups[_find_root(m.source, above)].append(m)
    found = {}
    for group in groups.values():
        if len(group) > 1:
            _check_languages(group, problems)
            for m in group:
                others = sorted((o for o in group if o.lang != m.lang), key=lambda other: (other.lang, other.source))
                found[m.source] = tuple(
                    Translation(o.lang, get_language_name(o.lang), o.title, urls[o.source], finder.get_language(o))
                    for o in others
                )
    return found


def add_translations(subjects: Iterable[Subject], versions: Versions) -> Iterator[Subject]:
    """Stories or pages, each with its versions in other languages."""
    for subject in subjects:
        others = versions.get(subject.source)
        yield replace(subject, translations=others) if others else subject


def _find_originals(stories: Iterable[Manuscript], finder: StoryFinder) -> dict[str, str]:
    """Which source each translation names as its original, or stands beside under its name."""
    above = {}
    for m in stories:
        if m.translation_of is not None:
            place = Location(m.source, m.translation_of.line, m.translation_of.column)
            if (original := finder.find(m.translation_of.text, place, say("a translation of"))) is not None:
                above[m.source] = original
        elif (original := finder.find_original(m)) is not None:
            above[m.source] = original
    return above


def _find_root(source: str, above: Mapping[str, str]) -> str:
    """The first original; of stories that name one another in a circle, the first by name."""
    seen = [source]
    while (source := above.get(source, "")) and source not in seen:
        seen.append(source)
    return min(seen[seen.index(source) :]) if source else seen[-1]


def _check_languages(group: list[Manuscript], problems: Problems) -> None:
    """Report versions of one story that are in the same language."""
    by_language: dict[str, Manuscript] = {}
    for m in group:
        other = by_language.setdefault(m.lang, m)
        if other is not m:
            at = m.translation_of or other.translation_of
            source = m.source if m.translation_of else other.source
            place = Location(source, at.line, at.column) if at else Location(source)
            values = {"one": m.source, "other": other.source, "lang": m.lang}
            what = say("{one} and {other} are versions of one story in the same language “{lang}”", **values)
            problems.add(place, "same-language", what, say("write the `lang` of each, or name another story"))
