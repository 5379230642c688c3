"""The targets of a body's links: stories, files, addresses, places in other stories. Each is found by a query."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from newsgen.core.errors import CannotAnswer
from newsgen.core.messages import Message, say
from newsgen.core.queries import NONE, Query, QueryMethods, list_of, show_presence
from newsgen.core.questions import OnQuestion, ignore_question
from newsgen.media.assets import Assets, locate
from newsgen.media.attachments import read_attachment
from newsgen.model.attachments import Attachment
from newsgen.model.pictures import Asset, PictureWords


class Texts(Protocol):
    """The texts of stories, by the paths of their sources under content/."""

    def digest(self, path: str) -> str:
        """The digest of a text; "" where there is none."""

    def read(self, path: str) -> str:
        """The text behind the front matter."""

    def title(self, path: str) -> str:
        """The title; "" where there is no story."""


class Target(NamedTuple):
    """A story that a body may point at; `url` is None where it is not public."""

    url: str | None


def _show_story(story: Target | None) -> str:
    if story is None:
        return NONE
    return say("it is not public") if story.url is None else story.url


def _show_source(path: str | None) -> Message:
    return Message(f"content/{path}") if path else NONE


def _show_address(answer: object) -> Message:
    return say("the paper has it") if answer else say("the paper has no such address")


def _show_asset(asset: Asset) -> str:
    if not asset.width or not asset.height:
        return asset.source
    size = {"width": asset.width, "height": asset.height}
    return say("{source}, {width} × {height} pixels", source=asset.source, **size)


def _show_words(words: PictureWords) -> str:
    told = {"alt": words.alt, "caption": words.caption, "credit": words.credit}
    shown = [f"{name} “{word.text}” ({word.source})" for name, word in told.items() if word.text]
    return ", ".join(shown) or NONE


def _show_attachment(attachment: Attachment) -> Message:
    return say("{source}, {size} bytes", source=attachment.source, size=attachment.facts.size)


def find_nothing(_address: str) -> None:
    """No story has an address."""


@dataclass(eq=False)
class LinkTargets(QueryMethods):
    """The targets of a body's links.

    `stories` maps each source under content/ to its url, None where it is not public. `has_address` says whether the
    site has a page or file at a root-relative address, `find_source` which source under content/ the story there has.
    `texts` are asked for the places inside stories.
    """

    stories: Mapping[str, str | None]
    assets: Assets
    has_address: Callable[[str], bool]
    on_question: OnQuestion = ignore_question
    texts: Texts | None = None
    find_source: Callable[[str], str | None] = find_nothing

    def __post_init__(self) -> None:
        super().__init__(self.on_question)

    @Query(say("the story content/{path}"), show=_show_story, outside=True, keep=0)
    def story(self, path: str) -> Target | None:
        """The story of a source under content/, if there is one."""
        return Target(self.stories[path]) if path in self.stories else None

    @Query(say("the title of content/{path}"), outside=True, keep=0)
    def headline(self, path: str) -> str:
        """The title of a source under content/, "" where there is none."""
        return self.texts.title(path) if self.texts else ""

    @Query(say("the file {output}"), show=list_of(_show_asset), outside=True, keep=0)
    def file(self, output: str | None) -> Asset | None:
        """The file beside the stories that is published at `output`, if there is one."""
        return self.assets.find_output(output) if output is not None else None

    @Query(say("the words of the picture {source} in “{language}”"), show=_show_words, outside=True, keep=0)
    def picture_words(self, source: str, language: str) -> PictureWords:
        """What the sidecar of a picture and the picture itself tell to a story in a language.

        Raises:
            CannotAnswer: when it is no longer there.
        """
        self._require(source)
        return self.assets.find_words(source, language)

    @Query(say("the file {source} and what its sidecar says"), show=_show_attachment, outside=True, keep=0)
    def attachment(self, source: str) -> Attachment:
        """What is known of a file that a story shows and that is no picture.

        Raises:
            CannotAnswer: when it is no longer there.
        """
        self._require(source)
        return self.assets.describe_attachment(source)

    def _require(self, source: str) -> None:
        if not self.assets.has(source):
            raise CannotAnswer(source)

    def read_attachment(self, attachment: Attachment) -> bytes:
        """The bytes of a text that a story shows.

        Raises:
            SourceMoved: when it is no longer the file that was asked for.
        """
        return read_attachment(self.assets.site, attachment)

    def find_file(self, written: str, folder: str) -> Asset | None:
        """The file that an address names in a source in `folder`, if there is one."""
        return self.file(locate(written, folder))

    @Query(say("the address {path}"), show=_show_address, outside=True, keep=0)
    def address(self, path: str) -> bool:
        """Whether the site has a page or file at a root-relative address."""
        return self.has_address(path)

    @Query(say("the story at the address {address}"), show=_show_source, outside=True, keep=0)
    def story_at(self, address: str) -> str | None:
        """The source under content/ of the story at a root-relative address, if there is one."""
        return self.find_source(address)

    @Query(say("the places in content/{path}, to which links lead"), show=show_presence, outside=True, keep=0)
    def places(self, path: str) -> str:
        """The digest of a story's text, in which links find their places; "" where nothing is known of it."""
        return self.texts.digest(path) if self.texts else ""

    def read_text(self, path: str) -> str | None:
        """The text of a story, for the places in it; None where nothing is known of it."""
        return self.texts.read(path) if self.places(path) and self.texts else None
