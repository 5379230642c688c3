"""Settings of the search for readers."""

from typing import Annotated, Literal

import msgspec

MOST_IN_FULL = 20_000
"""Stories up to which all their words are searched where the settings leave it open."""


class Search(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of stories readers can search, and how many results they see at first.

    `head` are headline, lead, tags and authors, `full` is the text too, `auto` the one or the other by the number of
    stories, and `none`, which is the default, is a paper without a search.
    """

    text: Literal["auto", "head", "full", "none"] = "none"
    results: Annotated[int, msgspec.Meta(ge=1, le=100)] = 10

    def has_texts(self, stories: int) -> bool:
        """Whether the texts of so many stories are searched."""
        return self.text == "full" or (self.text == "auto" and stories <= MOST_IN_FULL)
