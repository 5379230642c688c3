"""Checks of one story: its front matter, its text, its title and its date."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from newsgen.body.lint import find_front_matter_notes
from newsgen.checks.check import Examined, Story
from newsgen.content.toml_fixes import translate_to_toml
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.text import fold
from newsgen.model.manuscripts import Manuscript
from newsgen.model.stories import Body

FAR = timedelta(days=366)
"""How long before its date a story gets a warning."""


def check_head(story: Story) -> Iterator[Problem]:
    """The warnings of a story's front matter, those of a build and an editor's."""
    yield from story.manuscript.warnings
    yield from _fix_in_toml(story.manuscript, find_front_matter_notes(story.manuscript, story.lead))


def check_text(story: Story) -> Iterator[Problem]:
    """The warnings of a story's text."""
    if story.body is not None:
        yield from _list_warnings(story.body, is_intro=story.manuscript.is_intro)


def check_broken_texts(paper: Examined) -> Iterator[Problem]:
    """The warnings of the texts whose front matter cannot be read."""
    for source, body in paper.bodies.items():
        if body is not None and source not in paper.reading.by_source:
            yield from _list_warnings(body, is_intro=source.rpartition("/")[2].startswith("_index."))


def check_title(story: Story) -> Iterator[Problem]:
    """A warning where an earlier story of the same day in the same language has the same title."""
    m = story.manuscript
    earlier = story.paper.first_titles.get((m.lang, fold(m.title), m.date.date())) if m.date else None
    if earlier is not None and m.date and earlier.date and (earlier.date, earlier.source) < (m.date, m.source):
        what = say("the story {source} of the same day has the same title", source=earlier.source)
        place = Location(m.source, *m.get_place("title"))
        yield Problem(place, "same-title", what, say("remove one of the two, or tell them apart"), "warning")


def check_date(story: Story) -> Iterator[Problem]:
    """A warning where a story is to appear in more than a year: mostly a slip in the year."""
    return _find_far_dates([story.manuscript], story.paper.newspaper.now)


def check_hidden_dates(paper: Examined) -> Iterator[Problem]:
    """The same of the stories that readers do not see yet."""
    return _find_far_dates(paper.hidden, paper.newspaper.now)


def _find_far_dates(manuscripts: Iterable[Manuscript], now: datetime) -> Iterator[Problem]:
    for manuscript in manuscripts:
        if manuscript.date is not None and not manuscript.is_draft and manuscript.date - now > FAR:
            what = say("the story is not shown before {day}", day=manuscript.date.date())
            place = Location(manuscript.source, *manuscript.get_place("date"))
            far = Problem(place, "far-date", what, say("correct the year, or write `status: draft`"), "warning")
            yield from _fix_in_toml(manuscript, [far])


def _fix_in_toml(manuscript: Manuscript, problems: Iterable[Problem]) -> Iterable[Problem]:
    """The problems, with fixes in TOML where the front matter is."""
    return map(translate_to_toml, problems) if manuscript.is_toml else problems


def _list_warnings(body: Body, *, is_intro: bool) -> Iterator[Problem]:
    found = (problem for problem in (*body.problems, *body.notes) if problem.level == "warning")
    return (problem for problem in found if problem.rule != "empty-story" or not is_intro)
