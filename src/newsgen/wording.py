"""Questions, their answers and the reasons of a build in an editor's words."""

from collections.abc import Sequence
from typing import Any

from newsgen.model import Archive, Asset, Author, Card, Neighbours, Section, Tag
from newsgen.output.ledger import Origin, Reason
from newsgen.questions import Question

SHOWN = 5
"""How many members of a list are told by name."""

QUESTIONS = {
    "latest": "the {0} latest stories",
    "pinned": "the stories pinned to the front",
    "related": "the {1} stories related to it",
    "neighbours": "the stories published just before and after it",
    "section": "the section {0}",
    "sections": "the sections",
    "subsections": "the sections below {0}",
    "tag": "the tag {0}",
    "subtopics": "the topics below {0}",
    "tags": "all tags",
    "author": "the author {0}",
    "authors": "all authors",
    "archive": "the months in which stories appeared",
    "series": "the series that it is a part of",
    "corrections": "the {0} latest corrections",
    "banner": "the banner over every page",
    "logo": "the publisher's logo",
    "story": "the story content/{0}",
    "file": "the file {0}",
    "address": "the address {0}",
    "template": "the template {0}",
    "static": "the file {0}",
    "data": "data/{0}",
    "data names": "the names of all files in data/",
}
"""Each kind of question; {0}, {1} are what is asked about."""

ORIGINS = {
    Origin.FIRST: "nothing was remembered of an earlier build",
    Origin.CLEAN: "the build was told to forget earlier ones (--clean)",
    Origin.OTHER: "newsgen.yaml, newsgen itself or one of its libraries had changed",
    Origin.CONTINUED: "it was a new page",
}
"""Why a page that the build before did not know was made."""

REASONS = {
    Reason.KEPT: "nothing that it reads had changed",
    Reason.OWN_INPUT: "what it shows had changed",
    Reason.ANSWERS: "what it had asked had another answer",
    Reason.BYTES_LOST: "its file in the output was missing or had been changed by hand",
}


def asked(question: Question) -> str:
    """A recorded question in words."""
    kind, *about = question
    if kind == "in":
        return f"{asked(question[2:])}, in “{about[0]}”"
    if kind == "latest" and about[1] is not None:
        return f"the {about[0]} latest stories of {about[1]}"
    known = QUESTIONS.get(str(kind))
    return known.format(*about) if known else " ".join(str(part) for part in question if part is not None)


def reason(why: Reason, origin: Origin, source: str) -> str:
    """Why a page was made or kept; `source` is the file whose body it shows, "" where it shows none."""
    if why is Reason.NEW:
        return ORIGINS[origin]
    if why is Reason.OWN_INPUT:
        return f"{source}, its address or its lead picture had changed" if source else "what it lists had changed"
    return REASONS[why]


def told(answer: Any) -> str:  # noqa: ANN401 - whatever a question gave
    """An answer in words: names of stories, sections, tags; the first few of many."""
    match answer:
        case None | "" | () | []:
            return "none"
        case Card():
            return f"“{answer.title}”"
        case Section() | Tag() | Author() | Asset():
            return _named(answer)
        case Neighbours():
            return f"{told(answer.older)} before, {told(answer.newer)} after"
        case Archive():
            months = [month for year in answer.years for month in year.months]
            return f"{len(months)} months from {months[-1].date:%Y-%m} to {months[0].date:%Y-%m}" if months else "none"
        case list() | tuple():
            return _several(answer)
    return str(answer)


def _named(answer: Section | Tag | Author | Asset) -> str:
    if isinstance(answer, Asset):
        size = f", {answer.width} × {answer.height} pixels" if answer.width and answer.height else ""
        return f"{answer.source}{size}"
    return f"“{answer.title if isinstance(answer, Section) else answer.name}”"


def _several(members: Sequence[Any]) -> str:
    names = ", ".join(map(told, members[:SHOWN]))
    more = len(members) - SHOWN
    return f"{names} and {more} more" if more > 0 else names
