"""A check of social cards: which stories have none because of their letters."""

from collections.abc import Iterator

from newsgen.checks.check import Story
from newsgen.core.errors import Problem
from newsgen.core.messages import say
from newsgen.plan.social_cards import SocialCards

SHOWN = 5
"""How many letters are named."""


def check_card(story: Story) -> Iterator[Problem]:
    """A warning for a story that is to have a social card and has letters that its font lacks."""
    style = story.paper.reading.cards
    for edition in story.paper.newspaper.editions.values() if style else ():
        rank = edition.groups.rank.get(story.source)
        if rank is None or style is None:
            continue
        if missing := SocialCards(style, edition).find_missing(edition.articles[rank]):
            what = say("the story has no card, whose font lacks {letters}", letters=" ".join(missing[:SHOWN]))
            fix = say("name a font of the paper's own that has them: `cards: {font: static/fonts/name.ttf}`")
            yield Problem(story.place(), "no-card", what, fix, "warning")
