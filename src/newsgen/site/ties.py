"""What ties stories across the languages of a paper: an editor's related stories, versions, picks for the fronts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from msgspec import structs

from newsgen.config.settings import Config
from newsgen.core.errors import Location, Problems
from newsgen.core.messages import say
from newsgen.core.site_files import FRONT
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript
from newsgen.model.stories import Article, StandingPage
from newsgen.site.references import Choices, Chosen
from newsgen.site.translations import Versions, translations

Told = TypeVar("Told", Article, StandingPage)


@dataclass(frozen=True, slots=True)
class Ties:
    """What editors joined across the languages of a paper: related stories, versions, picks for the front pages.

    `asked` are the paths and slugs by which stories were looked for.
    """

    chosen: Choices
    versions: Versions
    picks: tuple[str, ...]
    asked: frozenset[str]


def ties(
    config: Config, inputs: Content, public: Sequence[Manuscript], urls: Mapping[str, str], problems: Problems
) -> Ties:
    """What ties the `public` stories and pages of all languages; `urls` are by source."""
    stories, pages = Chosen(config, inputs, problems), Chosen(config, inputs, problems, pages=True)
    versions = translations((m for m in public if not m.is_page), urls, stories, problems)
    versions.update(translations((m for m in public if m.is_page), urls, pages, problems))
    role = say("shown on the front page")
    picks = (stories.find(ref.text, Location(FRONT, ref.line, ref.column), role) for ref in inputs.picks)
    stories.judge(inputs.remnants)
    shown, chosen = tuple(source for source in picks if source), stories.by_story(public)
    return Ties(chosen, versions, shown, frozenset(stories.asked | pages.asked))


def with_versions(found: Iterable[Told], versions: Versions) -> Iterator[Told]:
    """Stories or pages, each with what its page tells of its versions in other languages."""
    for one in found:
        told = versions.get(one.source)
        yield structs.replace(one, translations=told) if told else one
