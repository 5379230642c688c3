"""Checks of pictures: words that nobody in the newsroom wrote, and licences that end soon."""

import posixpath
from collections.abc import Iterator, Mapping
from datetime import timedelta

from newsgen.body.lint import note_taken_words
from newsgen.checks.check import Examined, Story
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.media.lead_images import find_taken_words
from newsgen.media.sidecar_names import is_sidecar
from newsgen.model.attachments import name_kind

SOON = timedelta(days=14)
"""How long before its end a licence gets a warning."""

NAMED = 3
"""How many of the stories that show a picture a warning names."""


def check_lead_words(story: Story) -> Iterator[Problem]:
    """A warning where words of the lead picture are taken from its file."""
    m = story.manuscript
    if m.image is not None and (taken := find_taken_words(m, story.paper.reading.assets)):
        names = [name for name, source in taken.items() if not is_sidecar(source)]
        yield from note_taken_words(m.image.references[0].place(m.source), names)


def check_static_pictures(paper: Examined) -> Iterator[Problem]:
    """A warning for each picture of static/ to which nobody consented: a style sheet or template may name it."""
    for picture, sidecar in paper.reading.assets.barred.items():
        if picture.startswith("static/") and not sidecar.has_consent:
            values = {"noun": name_kind(picture), "source": picture}
            what = say("the {noun} {source} is not published; what names its address shows nothing", **values)
            fix = say("take its address out of templates and style sheets, and delete it and this sidecar")
            yield Problem(Location(sidecar.source, *sidecar.consent_place), "no-consent", what, fix, "warning")


def check_licences(paper: Examined) -> Iterator[Problem]:
    """A warning for each picture whose licence ends soon and that is shown; of those in static/ also behind the end."""
    now, showing = paper.newspaper.now, _list_showing(paper)
    for picture, licence in paper.reading.inputs.licences.items():
        stories, values = showing.get(picture, []), {"noun": name_kind(picture), "name": posixpath.basename(picture)}
        if licence.until <= now and picture.startswith("static/"):
            what = say("the licence of the {noun} “{name}” has ended", **values)
            fix = say("take its address out of templates and style sheets, and delete it and this sidecar")
            yield Problem(licence.place, "licence-ends", what, fix, "warning")
        if not now < licence.until <= now + SOON or not (stories or picture.startswith("static/")):
            continue
        values |= {"moment": f"{licence.until:%Y-%m-%d %H:%M}"}
        what = say("the licence of the {noun} “{name}” ends at {moment}", **values)
        if stories:
            named = ", ".join(stories[:NAMED]) + (", …" if len(stories) > NAMED else "")
            what = say(
                "the licence of the {noun} “{name}” ends at {moment}; then {count} stories lack it: {stories}",
                **values,
                count=len(stories),
                stories=named,
            )
            if len(stories) == 1:
                what = say(
                    "the licence of the {noun} “{name}” ends at {moment}; then {story} lacks it", **values, story=named
                )
        fix = say("renew it and write the new moment here, or show another {noun}", noun=name_kind(picture))
        yield Problem(licence.place, "licence-ends", what, fix, "warning")


def _list_showing(paper: Examined) -> Mapping[str, list[str]]:
    """The stories that show or link to each picture with a licence, by picture."""
    licences = paper.reading.inputs.licences
    showing: dict[str, list[str]] = {}
    for story in paper.stories if licences else ():
        files = {*(story.body.files if story.body else ()), *paper.reading.files.get(story.source, ())}
        for picture in files & licences.keys():
            showing.setdefault(picture, []).append(story.source)
    return showing
