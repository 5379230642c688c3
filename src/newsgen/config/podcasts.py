"""Settings of the podcast, a feed of the recordings that stories have."""

import re
from collections.abc import Iterator

import msgspec

from newsgen.config.taxonomies import Fault
from newsgen.core.errors import suggest_name
from newsgen.core.messages import IT, say

CATEGORIES = (
    "Arts", "Business", "Comedy", "Education", "Fiction", "Government", "Health & Fitness", "History", "Kids & Family",
    "Leisure", "Music", "News", "Religion & Spirituality", "Science", "Society & Culture", "Sports", "TV & Film",
    "Technology", "True Crime",
)  # fmt: skip
"""The categories of podcasts (Apple Podcasts categories, to which PSP-1 refers)."""


_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Podcast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The show that the paper's recordings make. There is one where it has an `image`.

    Without a title, a description or an author those of the paper count.
    """

    title: str = ""
    description: str = ""
    author: str = ""
    email: str = ""
    category: str = "News"
    image: str = ""
    explicit: bool = False
    guid: str = ""


def find_faults(podcast: Podcast) -> Iterator[Fault]:
    """Every fault of these settings."""
    if podcast.category not in CATEGORIES:
        what = say("`{name}` is no category of podcasts: “{given}”", name=IT, given=podcast.category)
        yield ("podcast", "category"), what, suggest_name(podcast.category, CATEGORIES)
    if podcast.guid and not _GUID.fullmatch(podcast.guid):
        what = say("`{name}` is no id of a podcast: “{given}”", name=IT, given=podcast.guid)
        yield ("podcast", "guid"), what, say("copy what `podcast:guid` has in the feed of before, or remove it")
