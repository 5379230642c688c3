"""What a body may point at: stories, files, addresses. Every look is a recorded question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from newsgen.core.digests import digest_of
from newsgen.core.questions import Asked, Question, unheard
from newsgen.media.assets import Assets, locate
from newsgen.model.pictures import Asset


class Texts(Protocol):
    """The texts of stories, by the paths of their sources under content/."""

    def digest(self, path: str) -> str:
        """What tells a text from others; "" where there is none."""

    def read(self, path: str) -> str:
        """The text behind the front matter."""


def nowhere(_address: str) -> None:
    """No story has an address."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a body may point at; `asked` is told of every look.

    `stories` maps each source under content/ to its url, None where it is not public. `known` says whether the site
    has a root-relative address, `story_at` the source of the story there. `texts` are asked for places in stories.
    """

    stories: Mapping[str, str | None]
    assets: Assets
    known: Callable[[str], bool]
    asked: Asked = unheard
    texts: Texts | None = None
    story_at: Callable[[str], str | None] = nowhere

    def is_story(self, path: str) -> bool:
        """Whether a source of that path under content/ exists."""
        self.asked(("story", path))
        return path in self.stories

    def file(self, written: str, folder: str) -> Asset | None:
        """The file that an address names, if there is one."""
        self.asked(("file", locate(written, folder)))
        return self.assets.find(written, folder)

    def exists(self, path: str) -> bool:
        """Whether the site has a page or file at a root-relative address."""
        self.asked(("address", path))
        return self.known(path)

    def find_story(self, address: str) -> str | None:
        """The source under content/ of the story at a root-relative address."""
        self.asked(("story at", address))
        return self.story_at(address)

    def text(self, path: str) -> str | None:
        """The text of a story, for the places in it; None where nothing is known of it."""
        self.asked(("places", path))
        return self.texts.read(path) if self.texts and self.texts.digest(path) else None

    def fingerprint(self, question: Question) -> str:
        """The digest of the answer to a question that a body asked."""
        kind, name = question[0], str(question[1])
        if kind == "story":
            return digest_of((name in self.stories, self.stories.get(name)))
        if kind == "address":
            return digest_of(self.known(name))
        if kind == "story at":
            return self.story_at(name) or ""
        if kind == "places":
            return self.texts.digest(name) if self.texts else ""
        return digest_of(self.assets.at(name) if question[1] is not None else None)
