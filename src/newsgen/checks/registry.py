"""Every check of newsgen. A new one is a function, and a line here."""

from collections.abc import Iterable, Iterator

from newsgen.body.components.registry import OWN_NAMES
from newsgen.checks import cards, pictures, podcast, settings, stories, unread_texts
from newsgen.checks.check import Check, Examined, Story
from newsgen.core.errors import Problem
from newsgen.render.blocks import find_unknown_blocks
from newsgen.render.components import find_component_faults
from newsgen.render.template_loader import ThemeLoader

CHECKS: tuple[Check, ...] = (
    Check(story=stories.check_head),
    Check(story=stories.check_text, paper=stories.check_broken_texts),
    Check(story=stories.check_title),
    Check(story=cards.check_card),
    Check(story=stories.check_date, paper=stories.check_hidden_dates),
    Check(story=pictures.check_lead_words, paper=pictures.check_licences, plan=pictures.check_static_pictures),
    Check(paper=unread_texts.check_unread_texts),
    Check(paper=settings.check_sections),
    Check(plan=settings.check_redirects),
    Check(plan=settings.check_banners),
    Check(plan=settings.check_partners),
    Check(plan=settings.check_defaults),
    Check(plan=podcast.check_podcast),
    Check(plan=settings.check_tables),
    Check(plan=lambda paper: find_unknown_blocks(paper.reading.site, paper.theme)),
    Check(plan=lambda paper: find_component_faults(ThemeLoader(paper.reading.site, theme=paper.theme), OWN_NAMES)),
)


def examine(checks: Iterable[Check], paper: Examined) -> Iterator[Problem]:
    """The problems of each story, and of the paper."""
    for check in checks:
        for story in paper.stories if check.story is not None else ():
            yield from examine_story([check], story)
        if check.paper is not None:
            yield from check.paper(paper)


def examine_story(checks: Iterable[Check], story: Story) -> Iterator[Problem]:
    """The problems of one story."""
    for check in checks:
        if check.story is not None:
            yield from check.story(story)


def examine_plan(checks: Iterable[Check], paper: Examined) -> Iterator[Problem]:
    """The problems of a paper that is planned."""
    for check in checks:
        if check.plan is not None:
            yield from check.plan(paper)
