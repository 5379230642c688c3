"""Questions, their answers and the reasons of a build in an editor's words."""

from collections.abc import Callable, Sequence
from typing import Any

from newsgen.model import (
    Archive,
    Asset,
    Author,
    Banner,
    Card,
    CorrectionEntry,
    Item,
    Listed,
    Neighbours,
    Picture,
    Redirect,
    Section,
    Series,
    Taxonomy,
    Term,
)
from newsgen.output.ledger import Origin, Reason
from newsgen.questions import Question
from newsgen.taxonomies import TAGS

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
    "subtopics": "the terms below {0}",
    "term": "the {0} {1}",
    "terms": "all terms of {0}",
    "taxonomy": "the taxonomy {0}",
    "taxonomies": "the taxonomies",
    "author": "the author {0}",
    "authors": "all authors",
    "archive": "the months in which stories appeared",
    "pages": "the standing pages",
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
    "stories": "the {2} latest stories of the {0} {1}",
    "sitemap": "the stories of the year {0} in its sitemap {1}",
    "recent": "the stories of the last two days",
    "corrected": "the {0} latest corrections with their stories",
    "redirects": "all old addresses and where they lead",
    "gone": "the addresses of stories that were removed for good",
    "manuscript": "the text of {0}",
    "length": "the size of the lead picture of {0}",
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
    if kind == "stories" and about[0] == "term":
        about = [*str(about[1]).split("/"), about[2]]
    if kind in ("term", "terms", "stories") and about[0] == TAGS:
        if kind == "terms":
            return "all tags"
        about = ["tag", *about[1:]]
    known = QUESTIONS.get(str(kind))
    return known.format(*about).rstrip() if known else " ".join(str(part) for part in question if part is not None)


def reason(why: Reason, origin: Origin, source: str) -> str:
    """Why a page was made or kept; `source` is the file whose body it shows, "" where it shows none."""
    if why is Reason.NEW:
        return ORIGINS[origin]
    if why is Reason.OWN_INPUT:
        return f"{source}, its address or its lead picture had changed" if source else "what it lists had changed"
    return REASONS[why]


def told(answer: Any) -> str:  # noqa: ANN401 - whatever a question gave
    """An answer in words: names of stories, sections, tags; the first few of many."""
    if answer is None or answer in ("", (), []):
        return "none"
    if isinstance(answer, list | tuple):
        return _several(answer)
    words = TOLD.get(type(answer), str)
    return words(answer)


def _several(members: Sequence[Any]) -> str:
    names = ", ".join(map(told, members[:SHOWN]))
    more = len(members) - SHOWN
    return f"{names} and {more} more" if more > 0 else names


def _quoted(text: str) -> str:
    return f"“{text}”"


def _asset(asset: Asset) -> str:
    size = f", {asset.width} × {asset.height} pixels" if asset.width and asset.height else ""
    return f"{asset.source}{size}"


def _archive(archive: Archive) -> str:
    months = [month for year in archive.years for month in year.months]
    return f"{len(months)} months from {months[-1].date:%Y-%m} to {months[0].date:%Y-%m}" if months else "none"


TOLD: dict[type, Callable[[Any], str]] = {
    Archive: _archive,
    Asset: _asset,
    Author: lambda author: _quoted(author.name),
    Banner: lambda banner: _quoted(banner.text),
    Card: lambda card: _quoted(card.title),
    CorrectionEntry: lambda entry: told(entry.card),
    Item: lambda item: told(item.card),
    Listed: lambda listed: str(listed.url),
    Neighbours: lambda two: f"{told(two.older)} before, {told(two.newer)} after",
    Picture: lambda picture: str(picture.src),
    Redirect: lambda redirect: f"{redirect.path} to {redirect.target}",
    Section: lambda section: _quoted(section.title),
    Series: lambda series: f"{_quoted(series.name)}, part {series.part} of {series.total}",
    Taxonomy: lambda taxonomy: _quoted(taxonomy.title or taxonomy.id),
    Term: lambda tag: _quoted(tag.name),
}
"""How an answer that is one thing is told."""
