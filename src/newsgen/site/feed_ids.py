"""Ids of stories in feeds: no two stories have one."""

from collections.abc import Iterable, Iterator, Mapping

from newsgen.config.settings import Config
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.urls import make_absolute
from newsgen.model.manuscripts import Manuscript


def find_duplicate_ids(manuscripts: Iterable[Manuscript], config: Config, urls: Mapping[str, str]) -> Iterator[Problem]:
    """An error for each story whose `guid` another one has, as its own or as its first address.

    `urls` are the first urls of stories by source.
    """
    given = sorted((m.guid.text, m.source, m.guid.place(m.source)) for m in manuscripts if m.guid)
    if not given:
        return
    owners = {make_absolute(url, config.url): Location(source) for source, url in sorted(urls.items())}
    has_guid = {source for _, source, _ in given}
    taken = {url: place for url, place in owners.items() if place.path not in has_guid}
    for guid, _, place in given:
        if (owner := taken.setdefault(guid, place)) is not place:
            what = say("feeds know {place} by the id “{guid}” already", place=str(owner), guid=guid)
            yield Problem(place, "duplicate-guid", what, say("remove `guid` of one of the two, or correct it"))
