"""The component of an entry of a live story: `:::truc-tiep 14:05 Nước rút` … `:::`."""

from datetime import datetime, timedelta
from html import escape
from typing import Annotated

import msgspec
from msgspec import Meta

from newsgen.body.components.blocks import SIGN, find_blocks
from newsgen.body.components.contract import ComponentContext
from newsgen.body.components.names import fold_name
from newsgen.body.live.times import EntryTime, read_entry_time
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say

ENTRY = "live-entry"
"""The class of an entry."""


NAMES = "live trực-tiếp"
"""The names that begin an entry."""


class EntryArguments(msgspec.Struct, frozen=True):
    """What follows the name of an entry."""

    when: Annotated[str, Meta(description="The time and the title.", extra={"names": ("luc",)})]
    pin: Annotated[bool, Meta(description="Keep it above the others.", extra={"names": ("ghim",)})] = False
    key: Annotated[bool, Meta(description="List it among the key points.", extra={"names": ("diem-chinh",)})] = False
    id: Annotated[str, Meta(description="Its anchor; made of the time by default.", pattern=r"^[\w-]{1,80}$")] = ""


def make_entry(html: str, arguments: EntryArguments, context: ComponentContext) -> str:
    """An entry with its time and title. Its passes put it where readers see it."""
    if context.began is None:
        what = say("the story has entries of a live report, but its front matter does not say that it is one")
        context.tell(what, say("write `live: true` in the front matter"))
        return ""
    found = read_entry_time(arguments.when, context.began)
    if found is None:
        what = say("an entry begins with its time, not “{words}”", words=arguments.when)
        name = context.name
        context.tell(what, say("write `:::{name} 14:05 …`, or with the day, `:::{name} 2022-07-12 14:05 …`", name=name))
        return ""
    if found.at < context.began.replace(second=0, microsecond=0):
        _tell_early(found, context.began, context)
    return _write_entry(html, found, arguments, context)


def _tell_early(when: EntryTime, began: datetime, context: ComponentContext) -> None:
    """Warn of an entry older than its report: after midnight a time without a day is that of the day before."""
    day = when.at + timedelta(days=1)
    what = say("this entry is older than its report, which began at {moment}", moment=f"{began:%Y-%m-%d %H:%M}")
    fix = say(
        "write its day, as in `:::{name} {day} …`, or when the report began: `live: {{start: {start}}}`",
        name=context.name,
        day=f"{day.day}/{day.month} {day:%H:%M}",
        start=f"{when.at:%Y-%m-%d %H:%M}",
    )
    context.problems.extend([Problem(Location(context.source, context.line), "early-entry", what, fix, "warning")])


def _write_entry(html: str, when: EntryTime, arguments: EntryArguments, context: ComponentContext) -> str:
    assert context.began is not None  # noqa: S101 - asked before
    is_same_day = when.at.date() == context.began.date()
    name = f"{when.at:%H%M}" if is_same_day else f"{when.at:%Y%m%d-%H%M}"
    clock = f"{when.at:%H:%M}" if is_same_day else f"{when.at:%H:%M} {when.at.day}/{when.at.month}"
    marks = "".join(f" data-{mark}" for mark, is_on in (("pinned", arguments.pin), ("key", arguments.key)) if is_on)
    at = when.at.isoformat()
    title = f'<h2 class="live-title">{escape(when.title)}</h2>' if when.title else ""
    anchor = f' id="{escape(arguments.id)}"' if arguments.id else ""
    return (
        f'<article class="{ENTRY}"{anchor} data-at="{at}" data-name="luc-{name}" data-line="{context.line}"{marks}>'
        f'<p class="live-stamp"><a class="live-time"><time datetime="{at}">{clock}</time></a></p>'
        f"{title}{html}</article>"
    )


_FOLDED = frozenset(map(fold_name, NAMES.split()))


def count_entries(text: str) -> int:
    """How many entries a text has."""
    if SIGN not in text:
        return 0
    found = find_blocks(text, lambda _: True, lambda _: False)
    return sum(fold_name(block.name) in _FOLDED for block in found.blocks)
