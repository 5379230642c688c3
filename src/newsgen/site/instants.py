"""The instants at which the paper changes though nobody edits it: between two of them every build gives the same."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from newsgen.core.messages import Message, say
from newsgen.model.manuscripts import Manuscript
from newsgen.model.stories import Banner
from newsgen.site.sitemap_parts import IN_THE_NEWS

APPEARS = {
    "correction": say("correction appears"),
    "clarification": say("clarification appears"),
    "update": say("update appears"),
}
"""What happens when an entry of a story's corrections comes to be shown, by its kind."""

NONE: Mapping[str, Banner] = {}


class Instant(msgspec.Struct, frozen=True):
    """A moment at which a build would change something: `what` happens, to the story `source` or a file of data/."""

    at: datetime
    what: Message
    source: str
    title: str


def instants(manuscripts: Iterable[Manuscript], banners: Mapping[str, Banner] = NONE) -> Iterator[Instant]:
    """Every such instant, past and coming, in no order. Drafts have none, whatever their dates.

    `banners` are by their files.
    """
    for m in manuscripts:
        if m.date is not None and not m.is_draft:
            yield from _of_story(m, m.date)
    for source, banner in banners.items():
        ends = ((banner.start, say("banner starts")), (banner.end, say("banner ends")))
        yield from (Instant(at, what, source, banner.text) for at, what in ends if at is not None)


def _of_story(m: Manuscript, date: datetime) -> Iterator[Instant]:
    is_embargoed = m.embargo is not None and m.embargo >= date
    appears = m.embargo if is_embargoed and m.embargo is not None else date
    yield Instant(appears, say("embargo ends") if is_embargoed else say("is published"), m.source, m.title)
    if m.is_withdrawn:
        return
    leaves = appears + IN_THE_NEWS
    if not m.sponsor and not (m.expires and m.expires < leaves):
        yield Instant(leaves, say("leaves the news sitemap"), m.source, m.title)
    if m.expires is not None and m.expires > appears:
        yield Instant(m.expires, say("expires"), m.source, m.title)
    if m.pinned and m.pin_until is not None and appears < m.pin_until and not (m.expires and m.expires < m.pin_until):
        yield Instant(m.pin_until, say("pin ends"), m.source, m.title)
    if m.updated is not None and m.updated > appears:
        yield Instant(m.updated, say("is marked as updated"), m.source, m.title)
    yield from (Instant(c.date, APPEARS[c.kind], m.source, m.title) for c in m.corrections if c.date > appears)
