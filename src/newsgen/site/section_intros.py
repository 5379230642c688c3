"""What an `_index.md` says at the head of its section's first page, or of the home page."""

from collections.abc import Iterable

from newsgen.core.errors import Location, Problems
from newsgen.core.messages import say
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pictures import Picture
from newsgen.model.stories import Intro


def one_a_section(intros: Iterable[Manuscript], problems: Problems) -> dict[str, Manuscript]:
    """The intros by section, that of the home page by ""; of two for the same page the second is a problem."""
    found: dict[str, Manuscript] = {}
    for m in intros:
        first = found.setdefault(m.section, m)
        if first is not m:
            what = say("the text for the head of this section's page is {source} already", source=first.source)
            problems.add(Location(m.source), "duplicate-address", what, say("keep one of the two files"))
    return found


def intro_of(m: Manuscript, image: Picture | None) -> Intro:
    """What pages show of an `_index.md`; `image` is its picture as found."""
    return Intro(m.source, m.title, m.summary, m.summary if m.has_lead else "", image, m.extra, m.weight)
