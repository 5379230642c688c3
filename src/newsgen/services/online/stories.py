"""The stories that may be among the most read: those that the paper's latest.json names, read again as it changes."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.request import Request, urlopen

import msgspec

from newsgen.core.messages import say
from newsgen.core.urls import base_path

FRESH = 60.0
"""Seconds for which the files are not looked at again."""

LIMIT = 10.0
"""Seconds that a web server may take to give one."""

LARGEST = 4_000_000
"""Bytes of a latest.json that are read."""


class Story(msgspec.Struct, frozen=True):
    """A story as lists show it. `url` is the path on the paper's host."""

    url: str
    title: str
    language: str = ""


class _Latest(msgspec.Struct, frozen=True):
    stories: tuple[Story, ...]


class Stories:
    """The stories of some files or addresses of latest.json. `tell` prints a line once for each that cannot be read."""

    def __init__(self, places: Sequence[str], site_url: str, tell: Callable[[str], None]) -> None:
        self._places, self._tell = places, tell
        self._url, self._base = f"{site_url}/", base_path(site_url)
        self._known: dict[str, Mapping[str, Story]] = {}
        self._all: Mapping[str, Story] = {}
        self._reported: set[str] = set()
        self._read_at: float | None = None
        self._reading: asyncio.Task[None] | None = None

    def known(self, now: float) -> Mapping[str, Story]:
        """The stories by their urls. They may be those of a minute ago: nobody waits for a file."""
        if self._reading is None and (self._read_at is None or not 0 <= now - self._read_at < FRESH):
            self._reading = asyncio.create_task(self.read(now))
        return self._all

    async def read(self, now: float) -> None:
        """Read every file; one that cannot be read keeps what it last named."""
        for place in self._places:
            try:
                self.take(place, await asyncio.to_thread(_read_bytes, place))
                self._reported.discard(place)
            except (OSError, ValueError, msgspec.MsgspecError) as error:
                if place not in self._reported:
                    self._reported.add(place)
                    self._tell(
                        say("“Most read” does without {place}, which cannot be read: {error}", place=place, error=error)
                    )
        self._read_at, self._reading = now, None

    def take(self, place: str, latest: bytes) -> None:
        """Let these be the stories of a place. Raises ValueError or MsgspecError for what is no latest.json."""
        stories = msgspec.json.decode(latest, type=_Latest).stories
        paths = [msgspec.structs.replace(story, url=self._path(story.url)) for story in stories]
        self._known[place] = {story.url: story for story in paths if story.url}
        self._all = {url: story for known in self._known.values() for url, story in known.items()}

    def _path(self, url: str) -> str:
        """The path of a page of the paper, "" for any other address."""
        return f"{self._base}/{url.removeprefix(self._url)}" if url.startswith(self._url) else ""


def is_web(place: str) -> bool:
    """Whether a place is an address and not a file."""
    return place.startswith(("https://", "http://"))


def _read_bytes(place: str) -> bytes:
    if not is_web(place):
        with Path(place).open("rb") as file:
            return file.read(LARGEST)
    request = Request(place, headers={"User-Agent": "newsgen"})  # noqa: S310 - the operator's own address, http or https
    with urlopen(request, timeout=LIMIT) as answer:  # noqa: S310
        return bytes(answer.read(LARGEST))
