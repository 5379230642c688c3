"""The life of a story: the moments at which the paper changes though nobody edits it, and what replaces ended stories.

Between two of these moments every build gives the same paper.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from newsgen.core.messages import Message, say
from newsgen.model.manuscripts import CorrectionKind, Manuscript, Status
from newsgen.model.permalinks import Permalinks
from newsgen.model.pictures import Licence
from newsgen.model.stories import Banner, Notice
from newsgen.model.taxonomy import Section, SectionRef

ENDS = ("unlist", "notice", "gone")
"""What takes the place of a story after its end."""

OVER = (Status.EXPIRED, Status.WITHDRAWN)
"""The status of stories that readers could read once."""

IN_THE_NEWS = timedelta(hours=48)
"""How long a story stands in the news sitemap (Google Search Central: the last two days)."""

APPEARS: Mapping[CorrectionKind, Message] = {
    "correction": say("correction appears"),
    "clarification": say("clarification appears"),
    "update": say("update appears"),
}
"""What happens when an entry of a story's corrections comes to be shown, by its kind."""

PUBLISHED = say("is published")
EMBARGO_ENDS = say("embargo ends")
LEAVES_NEWS = say("leaves the news sitemap")
EXPIRES = say("expires")
PIN_ENDS = say("pin ends")
UPDATED = say("is marked as updated")
LIVE_ENDS = say("live report ends")
"""What happens to a story, made once for all stories."""

LICENCE_ENDS = say("the licence of a file ends")
NONE: Mapping[str, Any] = {}


class Instant(msgspec.Struct, frozen=True):
    """A moment at which a build would change something: `what` happens.

    `source` is the story, the file of data/ or the picture to which it does, `title` is "" for a picture.
    """

    at: datetime
    what: Message
    source: str
    title: str


class _Moment(NamedTuple):
    """A moment that a story names; `counts` tells whether readers see a change, as the story is now."""

    at: datetime
    what: Message
    counts: bool


def _list_moments(m: Manuscript) -> Iterator[_Moment]:
    """Every moment at which anything of a story could change, whatever the others are and whether drafts are shown."""
    date, embargo, expires = m.date, m.embargo, m.expires
    is_embargoed = date is not None and embargo is not None and embargo >= date
    appears = embargo if is_embargoed else date
    is_shown = date is not None and not m.is_draft
    lives = is_shown and not m.is_withdrawn
    begins = (date, PUBLISHED, not is_embargoed), (embargo, EMBARGO_ENDS, is_embargoed)
    for at, what, is_first in begins:
        if at is not None:
            leaves = at + IN_THE_NEWS
            is_news = not m.sponsor and not (expires and expires < leaves)
            yield _Moment(at, what, is_shown and is_first)
            yield _Moment(leaves, LEAVES_NEWS, lives and is_first and is_news)
    is_pinned = m.pinned and not (expires and m.pin_until and expires < m.pin_until)
    later = [
        (expires, EXPIRES, True),
        (m.pin_until, PIN_ENDS, is_pinned),
        (m.updated, UPDATED, True),
        (m.live.end if m.live else None, LIVE_ENDS, True),
        *((correction.date, APPEARS[correction.kind], True) for correction in m.corrections),
    ]
    for at, what, counts in later:
        if at is not None:
            yield _Moment(at, what, lives and counts and appears is not None and at > appears)


def _list_banner_moments(banner: Banner) -> Iterator[_Moment]:
    ends = ((banner.start, say("banner starts")), (banner.end, say("banner ends")))
    yield from (_Moment(at, what, counts=True) for at, what in ends if at is not None)


def list_instants(
    manuscripts: Iterable[Manuscript], banners: Mapping[str, Banner] = NONE, licences: Mapping[str, Licence] = NONE
) -> Iterator[Instant]:
    """Every moment at which readers would see a change, past and coming, in no order. Drafts have none.

    `banners` are by their files, `licences` by their pictures.
    """
    moments_of = [(_list_moments(m), m.source, m.title) for m in manuscripts]
    moments_of += [(_list_banner_moments(banner), source, banner.text) for source, banner in banners.items()]
    for moments, source, title in moments_of:
        yield from (Instant(moment.at, moment.what, source, title) for moment in moments if moment.counts)
    yield from (Instant(licence.until, LICENCE_ENDS, picture, "") for picture, licence in licences.items())


def find_span(
    manuscripts: Iterable[Manuscript],
    now: datetime,
    banners: Mapping[str, Banner] = NONE,
    licences: Mapping[str, Licence] = NONE,
) -> tuple[datetime | None, datetime | None]:
    """The moments, before and after `now`, between which nothing appears or ends; None where there is none.

    Those that readers would not notice count too: drafts may be shown, and a story may be another one next time.
    """
    # Nearly all stories have only a date, and are many.
    plain, others = list[datetime](), list[Manuscript]()
    for m in manuscripts:
        if m.date is None or m.embargo or m.expires or m.pin_until or m.updated or m.corrections or m.live:
            others.append(m)
        else:
            plain.append(m.date)
    moments = {moment.at for m in others for moment in _list_moments(m)}
    moments.update(plain, (at + IN_THE_NEWS for at in plain))
    moments.update(moment.at for banner in banners.values() for moment in _list_banner_moments(banner))
    moments.update(licence.until for licence in licences.values())
    past = max((at for at in moments if at <= now), default=None)
    coming = min((at for at in moments if at > now), default=None)
    return past, coming


def group_by_replacement(manuscripts: Iterable[Manuscript]) -> dict[str, list[Manuscript]]:
    """Stories that are over, by what takes the place of each."""
    over = list(manuscripts)
    return {kind: [m for m in over if m.replacement == kind] for kind in ENDS}


def make_notice(m: Manuscript, links: Permalinks, sections: Mapping[str, Section], *, now: datetime) -> Notice:
    """The notice at a story's address. That of a withdrawn story has no title."""
    section, link = sections.get(m.section), links.story(m)
    is_withdrawn = m.status(now) is Status.WITHDRAWN
    return Notice(
        title="" if is_withdrawn else m.title,
        url=link.url,
        output=link.output,
        date=m.date or now,
        text=m.notice,
        is_withdrawn=is_withdrawn,
        section=SectionRef(section.id, section.title, section.url) if section else None,
        lang=m.lang,
    )
