"""The fields `pin`, `series`, `corrections` and `live`, and the short digests of a story's text and sentences."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any
from zlib import crc32
from zoneinfo import ZoneInfo

import msgspec

from newsgen.body.live.entries import count_entries
from newsgen.core.date_input import Moment, parse_moment
from newsgen.core.digests import digest
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import IT, say
from newsgen.core.schema import SWITCHES, FieldFault, Filled
from newsgen.core.text import squeeze
from newsgen.core.yaml_tree import Node, Scalar, follow
from newsgen.model.manuscripts import Correction, CorrectionKind, Coverage, SeriesPart

PartNumber = Annotated[int, msgspec.Meta(ge=1, le=9999)]
WHOLE = re.compile(r"[0-9]{1,4}")
MOST_SENTENCES = 16
"""How many digests of sentences are kept. They are the smallest, so that two texts can be compared by them."""

SENTENCE = re.compile(r"[.!?…;:\n](?:(?<=\n)\s*|(?<!\n)\s+)")
"""What ends a sentence: a mark before white space, or the end of a line."""


class Pin:
    """`pin`: on or off, and until when."""

    __slots__ = ("is_on", "until")

    def __init__(self, *, is_on: bool, until: datetime | None = None) -> None:
        self.is_on, self.until = is_on, until


class SeriesForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`series` in its long form."""

    name: Filled
    part: PartNumber | None = None
    of: PartNumber | None = None


class CorrectionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of `corrections`."""

    date: Moment
    kind: CorrectionKind
    text: Filled


class LiveForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`live` in its long form."""

    start: Moment | None = None
    end: Moment | None = None


def read_pin(value: object, zone: ZoneInfo) -> Pin:
    """The pin of a value: true, false, or the moment at which it ends.

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


def make_series_part(given: str | SeriesForm | None) -> SeriesPart | None:
    """The part of a series, from the series' name or from the long form."""
    if isinstance(given, SeriesForm):
        return SeriesPart(squeeze(given.name), given.part, given.of)
    return SeriesPart(squeeze(given)) if given else None


def find_part_faults(series: Node, path: str) -> Iterator[Problem]:
    """The problem of a part that is higher than the number of parts. The schema checks each number alone."""
    part, of = (follow(series, (key,)) for key in ("part", "of"))
    if not (isinstance(part, Scalar) and isinstance(of, Scalar)):
        return
    if WHOLE.fullmatch(part.text) and WHOLE.fullmatch(of.text) and int(part.text) > int(of.text) > 0:
        what = say("`{name}` has part {part} of {of}", name="series", part=part.text, of=of.text)
        place = Location(path, part.line, part.column)
        yield Problem(place, "bad-value", what, say("correct one of the two numbers"))


def sort_corrections(given: Iterable[CorrectionForm]) -> tuple[Correction, ...]:
    """Corrections in the order in which they were made."""
    found = (Correction(form.date.at, form.kind, squeeze(form.text)) for form in given)
    return tuple(sorted(found, key=lambda correction: correction.date))


def make_coverage(given: bool | LiveForm, body: str) -> Coverage | None:  # noqa: FBT001 - the value of the field
    """The coverage of a live story with this text; None of another."""
    if given is False:
        return None
    form = given if isinstance(given, LiveForm) else LiveForm()
    start, end = (moment.at if moment else None for moment in (form.start, form.end))
    return Coverage(start, end, count_entries(body))


def digest_body(body: str) -> dict[str, Any]:
    """The digests of a story's text that urls.lock keeps, as fields of its manuscript."""
    return {"sentence_digests": digest_sentences(body), "text_digest": digest_text(body)}


def digest_text(body: str) -> str:
    """The short digest of a text without the white space around it."""
    return digest(body.strip().encode("utf-8", "replace"))[:8]


def digest_sentences(body: str) -> bytes:
    """The `MOST_SENTENCES` smallest digests of a text's sentences, four bytes each, without repetitions."""
    marks = sorted({crc32(s.encode("utf-8", "replace")) for s in SENTENCE.split(body.strip()) if s})[:MOST_SENTENCES]
    return b"".join(mark.to_bytes(4, "big") for mark in marks)
