"""Questions, their answers and the reasons of a build in an editor's words."""

from collections.abc import Callable, Sequence
from typing import Any

from newsgen.build.traces import Origin, Reason
from newsgen.config.taxonomies import TAGS
from newsgen.core.messages import Message, filled, say
from newsgen.core.questions import Question
from newsgen.model.pages import Archive, Item, Listed, Redirect
from newsgen.model.pictures import Asset, Picture
from newsgen.model.stories import Banner, Card, CorrectionEntry, Neighbours, PageRef, Series
from newsgen.model.taxonomy import Author, Section, SectionName, Taxonomy, Term

SHOWN = 5
"""How many members of a list are told by name."""

QUESTIONS = {
    "latest": say("the {first} latest stories"),
    "pinned": say("the stories pinned to the front"),
    "related": say("the {second} stories related to it"),
    "neighbours": say("the stories published just before and after it"),
    "section": say("the section {first}"),
    "sections": say("the sections"),
    "menu": say("the sections and those below them"),
    "subsections": say("the sections below {first}"),
    "subtopics": say("the terms below {first}"),
    "term": say("the {first} {second}"),
    "terms": say("all terms of {first}"),
    "taxonomy": say("the taxonomy {first}"),
    "taxonomies": say("the taxonomies"),
    "author": say("the author {first}"),
    "authors": say("all authors"),
    "archive": say("the months in which stories appeared"),
    "pages": say("the standing pages"),
    "series": say("the series that it is a part of"),
    "corrections": say("the {first} latest corrections"),
    "banner": say("the banner over every page"),
    "logo": say("the publisher's logo"),
    "favicon": say("the favicon"),
    "story": say("the story content/{first}"),
    "places": say("the places in content/{first}, to which links lead"),
    "story at": say("the story at the address {first}"),
    "file": say("the file {first}"),
    "address": say("the address {first}"),
    "template": say("the template {first}"),
    "static": say("the file {first}"),
    "data": say("data/{first}"),
    "data names": say("the names of all files in data/"),
    "stories": say("the {third} latest stories of the {first} {second}"),
    "sitemap": say("the stories of the year {first} in its sitemap {second}"),
    "recent": say("the stories of the last two days"),
    "begun": say("the date of the oldest story"),
    "corrected": say("the {first} latest corrections with their stories"),
    "redirects": say("all old addresses and where they lead"),
    "gone": say("the addresses of stories that were removed for good"),
    "manuscript": say("the text of {first}"),
    "length": say("the size of the lead picture of {first}"),
}
"""Each kind of question; `{first}`, `{second}` are what is asked about."""

OWNERS = {
    TAGS: say("tag"),
    "author": say("author"),
    "partner": say("partner"),
    "section": say("section"),
    "site": say("site"),
}
"""What has stories, by the word in a question; the names of taxonomies are the paper's own."""

ORIGINS = {
    Origin.FIRST: say("nothing was remembered of an earlier build"),
    Origin.CLEAN: say("the build was told to forget earlier ones (--clean)"),
    Origin.OTHER: say("newsgen.yaml, newsgen itself or one of its libraries had changed"),
    Origin.CONTINUED: say("it was a new page"),
}
"""Why a page that the build before did not know was made."""

REASONS = {
    Reason.KEPT: say("nothing that it reads had changed"),
    Reason.OWN_INPUT: say("what it shows had changed"),
    Reason.ANSWERS: say("what it had asked had another answer"),
    Reason.BYTES_LOST: say("its file in the output was missing or had been changed by hand"),
}


def asked(question: Question) -> Message:
    """A recorded question in words."""
    kind, *about = question
    if kind == "in":
        return say("{question}, in “{language}”", question=asked(question[2:]), language=about[0])
    if kind == "latest" and about[1] is not None:
        return say("the {count} latest stories of {section}", count=about[0], section=about[1])
    if kind == "stories" and about[0] == "term":
        about = [*str(about[1]).split("/"), about[2]]
    if kind in ("terms", "taxonomy") and about[0] == TAGS:
        return say("all tags") if kind == "terms" else say("the taxonomy of the tags")
    if kind in ("term", "stories"):
        about = [OWNERS.get(str(about[0]), about[0]), *about[1:]]
    if kind == "stories" and about[1] == "":
        return say("the {count} latest stories of the {kind}", count=about[2], kind=about[0])
    known = QUESTIONS.get(str(kind))
    if known is None:
        return Message(" ".join(str(part) for part in question if part is not None))
    return filled(known, **dict(zip(("first", "second", "third"), about, strict=False)))


def reason(why: Reason, origin: Origin, source: str | Message) -> Message:
    """Why a page was made or kept; `source` is the file whose body it shows, "" where it shows none."""
    if why is Reason.NEW:
        return ORIGINS[origin]
    if why is Reason.OWN_INPUT and source:
        return say("{source}, its address or its lead picture had changed", source=source)
    return say("what it lists had changed") if why is Reason.OWN_INPUT else REASONS[why]


def told(answer: Any) -> Message:  # noqa: ANN401 - whatever a question gave
    """An answer in words: names of stories, sections, tags; the first few of many."""
    if answer is None or answer in ("", (), []):
        return say("none")
    if isinstance(answer, list | tuple):
        return _several([member for member in answer if member != ()])
    words = TOLD.get(type(answer), str)(answer)
    return words if isinstance(words, Message) else Message(words)


def _several(members: Sequence[Any]) -> Message:
    names = told(members[0])
    for member in members[1:SHOWN]:
        names = Message("{names}, {name}", {"names": names, "name": told(member)})
    more = len(members) - SHOWN
    return say("{names} and {more} more", names=names, more=more) if more > 0 else names


def _quoted(text: str) -> str:
    return f"“{text}”"


def _asset(asset: Asset) -> str:
    if not asset.width or not asset.height:
        return asset.source
    size = {"width": asset.width, "height": asset.height}
    return say("{source}, {width} × {height} pixels", source=asset.source, **size)


def _archive(archive: Archive) -> str:
    months = [month for year in archive.years for month in year.months]
    if not months:
        return say("none")
    first, last = f"{months[-1].date:%Y-%m}", f"{months[0].date:%Y-%m}"
    return say("{count} months from {first} to {last}", count=len(months), first=first, last=last)


def _series(series: Series) -> str:
    return say("“{name}”, part {part} of {total}", name=series.name, part=series.part, total=series.total)


TOLD: dict[type, Callable[[Any], str]] = {
    Archive: _archive,
    Asset: _asset,
    Author: lambda author: _quoted(author.name),
    Banner: lambda banner: _quoted(banner.text),
    Card: lambda card: _quoted(card.title),
    CorrectionEntry: lambda entry: told(entry.card),
    Item: lambda item: told(item.card),
    Listed: lambda listed: str(listed.url),
    PageRef: lambda page: _quoted(page.title),
    Neighbours: lambda two: say("{older} before, {newer} after", older=told(two.older), newer=told(two.newer)),
    Picture: lambda picture: str(picture.src),
    Redirect: lambda redirect: say("{path} to {target}", path=redirect.path, target=redirect.target),
    Section: lambda section: _quoted(section.title),
    SectionName: lambda section: _quoted(section.title),
    Series: _series,
    Taxonomy: lambda taxonomy: say("all tags") if taxonomy.id == TAGS else _quoted(taxonomy.title or taxonomy.id),
    Term: lambda tag: _quoted(tag.name),
}
"""How an answer that is one thing is told."""
