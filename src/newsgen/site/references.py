"""What editors joined: related stories, versions in other languages, stories picked for the front pages."""

from collections.abc import Mapping, Sequence

import msgspec

from newsgen.config.settings import Config
from newsgen.core.errors import Location, Problems
from newsgen.core.messages import say
from newsgen.core.site_files import FRONT
from newsgen.model.content import Content
from newsgen.model.manuscripts import Manuscript
from newsgen.site.story_finder import Choices, StoryFinder
from newsgen.site.translations import Versions, find_translations


class References(msgspec.Struct, frozen=True):
    """What editors joined: related stories, versions in other languages, picks for the front pages.

    `searched` are the paths and slugs by which stories were looked for.
    """

    chosen: Choices
    versions: Versions
    picks: tuple[str, ...]
    searched: frozenset[str]


def find_references(
    config: Config, inputs: Content, public: Sequence[Manuscript], urls: Mapping[str, str], problems: Problems
) -> References:
    """The references of the `public` stories and pages of all languages; `urls` are by source."""
    stories = StoryFinder(config, inputs, problems)
    pages = StoryFinder(config, inputs, problems, pages=True)
    versions = find_translations((m for m in public if not m.is_page), urls, stories, problems)
    versions.update(find_translations((m for m in public if m.is_page), urls, pages, problems))
    role = say("shown on the front page")
    picks = (stories.find(ref.text, Location(FRONT, ref.line, ref.column), role) for ref in inputs.picks)
    shown = tuple(source for source in picks if source)
    stories.check_broken(inputs.remnants)
    return References(stories.find_related(public), versions, shown, frozenset(stories.searched | pages.searched))
