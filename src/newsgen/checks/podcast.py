"""The podcast: episodes that no feed has, and a picture of the show that directories do not take."""

from collections.abc import Iterator

from newsgen.checks.check import Examined
from newsgen.config.reading import locate_setting
from newsgen.core.errors import Problem
from newsgen.core.messages import Message, say
from newsgen.media.show_pictures import LEAST, MOST, find_show_fault


def check_podcast(paper: Examined) -> Iterator[Problem]:
    """A warning for the newest episode where there is no feed, and for the picture where it is a wrong one."""
    reading = paper.reading
    written = reading.config.podcast.image
    if not written:
        yield from _find_unheard(paper)
        return
    asset = reading.assets.find(f"/{written.lstrip('/')}", "")
    if asset is None or asset.flaw is not None:  # told where the settings are read
        return
    if (what := find_show_fault(reading.site, asset)) is not None:
        place = locate_setting(reading.site, "podcast", "image")
        fix = say("save it as JPEG or PNG in RGB, square, from {least} to {most} pixels wide", least=LEAST, most=MOST)
        yield Problem(place, "podcast-picture", what, fix, "warning")


def _find_unheard(paper: Examined) -> Iterator[Problem]:
    """A warning at the newest of the episodes that readers see."""
    editions = paper.newspaper.editions.values()
    episodes = [one for edition in editions for one in edition.articles if one.episode is not None]
    if not episodes:
        return
    newest = max(episodes, key=lambda one: (one.date, one.source))
    given = paper.reading.by_source[newest.source].podcast
    assert given is not None  # noqa: S101 - the story has an episode
    what = say("podcast apps do not get this episode: the paper has no feed of its podcast")
    yield Problem(given.file.place(newest.source), "no-podcast", what, _suggest_picture(), "warning")


def _suggest_picture() -> Message:
    values = {"least": LEAST, "most": MOST}
    return say(
        "write `podcast: {{image: /podcast.jpg}}` in newsgen.yaml, and put a square picture from {least} to {most}"
        " pixels wide into static/",
        **values,
    )
