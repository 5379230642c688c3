"""What stands at the address of a story after its end."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from newsgen.content.permalinks import Permalinks
from newsgen.model.manuscripts import Manuscript, Status
from newsgen.model.stories import Notice
from newsgen.model.taxonomy import Section, SectionRef

ENDS = ("unlist", "notice", "gone")


def ended(manuscripts: Iterable[Manuscript], now: datetime) -> dict[str, list[Manuscript]]:
    """The stories that have expired or were withdrawn, by what takes their place."""
    over = [m for m in manuscripts if m.status(now) in (Status.EXPIRED, Status.WITHDRAWN)]
    return {kind: [m for m in over if m.replacement == kind] for kind in ENDS}


def notice_of(m: Manuscript, links: Permalinks, sections: Mapping[str, Section], *, now: datetime) -> Notice:
    """The notice at a story's address. Of a withdrawn one not even the title is told."""
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
