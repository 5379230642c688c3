"""The fields of a story's life: its pin, its series, its corrections; and the short digests of its sentences."""

import re
from collections.abc import Mapping
from datetime import datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from newsgen.content.moments import parse_moment
from newsgen.digests import digest
from newsgen.messages import IT, Message, named, say
from newsgen.model import Correction, SeriesPart
from newsgen.schema import SWITCHES, FieldFault
from newsgen.text import squeeze

KINDS = ("correction", "clarification", "update")
MARKS = 16
"""How many sentences' digests are kept: the smallest ones, so that two texts can be compared by them."""

SENTENCE = re.compile(r"[.!?…;:]\s+|\n\s*")


class Pin:
    """`pin`: on or off, and until when."""

    __slots__ = ("is_on", "until")

    def __init__(self, *, is_on: bool, until: datetime | None = None) -> None:
        self.is_on, self.until = is_on, until


class SeriesForm:
    """`series`: its name, or a mapping of name, part and of."""

    __slots__ = ("part",)

    def __init__(self, part: SeriesPart) -> None:
        self.part = part


class Corrections(tuple[Correction, ...]):
    """`corrections`, in the order in which they were made."""

    __slots__ = ()


def read_pin(value: object, zone: ZoneInfo) -> Pin:
    """The pin that a text sets: true, false, or the moment at which it ends.

    Raises:
        FieldFault: for anything else.
    """
    if value in ("true", "false", True, False):
        return Pin(is_on=value in ("true", True))
    try:
        return Pin(is_on=True, until=parse_moment(value, zone).at)
    except FieldFault as fault:
        what = say(
            "`{name}` must be true, false or the moment at which the pin ends, not “{value}”", name=IT, value=value
        )
        better = fault.better or SWITCHES.get(str(value).casefold(), "")
        fix = say("write `pin: true`, or `pin: 2022-07-12 18:00`")
        if better:
            fix = say("write `pin: {better}`", better=better)
        raise FieldFault(what, fix, better) from None


def read_series(value: object) -> SeriesForm:
    """The series that a text or a mapping names.

    Raises:
        FieldFault: for an empty name, other keys, or parts that are no numbers from 1.
    """
    fix = say("write `series: name`, or `series: {name: name, part: 2, of: 5}`")
    given = value if isinstance(value, Mapping) else {"name": value}
    name = given.get("name")
    if not isinstance(name, str) or not squeeze(name) or given.keys() - {"name", "part", "of"}:
        raise FieldFault(say("`{name}` must be a name, or a mapping of name, part and of", name=IT), fix)
    part, of = (_number(given[key], key, fix) if key in given else None for key in ("part", "of"))
    if part is not None and of is not None and part > of:
        what = say("`{name}` has part {part} of {of}", name=IT, part=part, of=of)
        raise FieldFault(what, say("correct one of the two numbers"))
    return SeriesForm(SeriesPart(squeeze(name), part, of))


def _number(value: object, key: str, fix: Message) -> int:
    text = str(value)
    if not re.fullmatch(r"[1-9]\d{0,3}", text, re.ASCII):
        values = {"name": IT, "key": key, "text": text}
        raise FieldFault(say("`{name}` has a `{key}` that is no whole number from 1: “{text}”", **values), fix)
    return int(text)


def read_corrections(value: object, zone: ZoneInfo) -> Corrections:
    """The corrections of a list of mappings, in order of time.

    Raises:
        FieldFault: for the first that is not complete.
    """
    sample = say("write `- {date: 2022-07-12 09:30, kind: correction, text: …}` lines")
    if not isinstance(value, list):
        raise FieldFault(say("`{name}` must be a list", name=IT), sample)
    found = []
    for number, item in enumerate(value, 1):
        if not isinstance(item, Mapping) or item.keys() != {"date", "kind", "text"}:
            what = say("`{name}` must have `date`, `kind` and `text` in entry {number}", name=IT, number=number)
            raise FieldFault(what, sample)
        if item["kind"] not in KINDS:
            values = {"name": IT, "kinds": ", ".join(KINDS), "number": number, "kind": item["kind"]}
            what = say("`{name}` must have a kind of {kinds} in entry {number}, not “{kind}”", **values)
            raise FieldFault(what, sample)
        text = item["text"]
        if not isinstance(text, str) or not squeeze(text):
            what = say("`{name}` has no text in entry {number}", name=IT, number=number)
            raise FieldFault(what, say("say what was wrong and what is right"))
        try:
            at = parse_moment(item["date"], zone).at
        except FieldFault as fault:
            values = {"name": IT, "number": number, "fault": named(fault.what, "date")}
            raise FieldFault(say("`{name}` has a fault in entry {number}: {fault}", **values), fault.fix) from None
        found.append(Correction(at, str(item["kind"]), squeeze(text)))
    return Corrections(sorted(found, key=lambda correction: correction.date))


def text_mark(body: str) -> str:
    """The short digest of a text, whatever lies around it."""
    return digest(body.strip().encode("utf-8", "replace"))[:8]


def sentence_marks(body: str) -> bytes:
    """The `MARKS` smallest digests of a text's sentences, four bytes each, without those that stand twice."""
    marks = sorted({crc32(s.encode("utf-8", "replace")) for s in SENTENCE.split(body.strip()) if s})[:MARKS]
    return b"".join(mark.to_bytes(4, "big") for mark in marks)
