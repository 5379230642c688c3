"""Episodes of the podcast: recordings that stories have in their front matter."""

from typing import Literal

import msgspec

EpisodeKind = Literal["full", "trailer", "bonus"]


class Episode(msgspec.Struct, frozen=True, gc=False):
    """A story's recording as readers and podcast apps get it: addresses, media types, its size in bytes.

    `seconds` is how long it plays, None where its file does not tell it. `season`, `number` and `explicit` are None
    where the front matter leaves them out. `transcript` and `chapters` are "" for none.
    """

    url: str
    type: str
    size: int
    seconds: int | None = None
    season: int | None = None
    number: int | None = None
    kind: EpisodeKind = "full"
    explicit: bool | None = None
    transcript: str = ""
    transcript_type: str = ""
    chapters: str = ""

    @property
    def minutes(self) -> int | None:
        """How many minutes it plays, one at least; None where its file does not tell it."""
        return None if self.seconds is None else max(1, round(self.seconds / 60))
