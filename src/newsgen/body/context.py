"""One body on its way through the passes, and the protocol of a pass."""

import posixpath
from datetime import datetime
from functools import cached_property
from typing import Protocol

import msgspec
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.attachments.shown import ShownFile
from newsgen.body.components.blocks import SIGN
from newsgen.body.components.contract import NO_OWN, DeclaredComponent, OwnComponents
from newsgen.body.components.registry import Components
from newsgen.body.embeds.provider import Embeds, Provider
from newsgen.body.embeds.registry import choose_providers
from newsgen.body.engine import Engine, choose_engine
from newsgen.body.headings import Anchors, set_anchors
from newsgen.body.link_targets import LinkTargets
from newsgen.body.lint import Notes
from newsgen.body.sanitizer import Sanitiser
from newsgen.body.source_positions import Mentions
from newsgen.config.settings import Config
from newsgen.core.errors import Problems
from newsgen.core.filenames import FilesByName
from newsgen.core.urls import read_url
from newsgen.media.renditions import Renditions
from newsgen.model.live import LiveEntry
from newsgen.model.manuscripts import Reference
from newsgen.model.stories import Body, Heading


class BodyAdditions(msgspec.Struct, frozen=True):
    """What plugins add: components, passes that run after newsgen's own, and providers of players.

    `own` are the components of the paper's templates.
    """

    components: tuple[DeclaredComponent, ...] = ()
    passes: tuple["BodyPass", ...] = ()
    providers: tuple[Provider, ...] = ()
    own: OwnComponents = NO_OWN


NO_ADDITIONS = BodyAdditions()


class BodySite:
    """What the bodies of a site in one language share: settings, engine, and the targets of their links."""

    def __init__(
        self, config: Config, engine: Engine, targets: LinkTargets, additions: BodyAdditions, language: str
    ) -> None:
        self.config, self.engine, self.targets, self.language = config, engine, targets, language
        self.additions, self.components = additions, Components(additions.components, additions.own)
        site_url = read_url(config.url)
        self.hosts = ("", site_url.netloc.casefold() if site_url else "")
        self.sanitiser = Sanitiser()
        self.embeds = Embeds((*choose_providers(config.markdown.embeds), *additions.providers))
        self.renditions = Renditions(config.pictures)
        self._places: dict[str, Anchors | None] = {}

    @cached_property
    def files_by_name(self) -> FilesByName:
        """The paths of the stories, to suggest one for a dead link."""
        return FilesByName(self.targets.stories)

    def places(self, path: str) -> Anchors | None:
        """The anchors of another story; None where its text is not known or cannot be rendered."""
        text = self.targets.read_text(path)  # each time, since each body that asks depends on the answer
        if path not in self._places:
            self._places[path] = None if text is None else self._read_places(text, posixpath.dirname(path))
        return self._places[path]

    def _read_places(self, text: str, folder: str) -> Anchors | None:
        raw_html = self.config.markdown.raw_html_in(folder)
        try:
            html = choose_engine(self.engine, raw_html).convert(text)
        except Exception:  # noqa: BLE001 - an extension of the site's may raise anything; that story's rendering tells it
            return None
        anchors = set_anchors(LexborHTMLParser(self.sanitiser.choose_cleaner(raw_html)(html), is_fragment=True))
        anchors.is_partial = SIGN in text  # what components make has places of its own
        return anchors


class StoryText(msgspec.Struct, frozen=True):
    """A text to be rendered: that of the source `path` (relative to content/), which begins in `first_line`.

    `began` is when a live story began, None for others.
    """

    text: str
    path: str
    source: str
    first_line: int
    began: datetime | None = None


class BodyContext:
    """One body on its way through the passes: where its text stands, and what they found.

    `html` is what the engine made, sanitised, before the first pass, and `tags` the elements in it: a pass looks there
    first whether it has anything to do. `problems` are told by every build, and errors among them keep the page from
    being published; `notes` are for an editor. `files` are the sources that the body shows as they are or links to,
    `pictures` those of which it shows several sizes, `attachments` what it shows of files that are no pictures, `links`
    the addresses of other sites, `images` those of pictures.
    """

    def __init__(self, site: BodySite, given: StoryText) -> None:
        self.site, self.targets, self.began = site, site.targets, given.began
        self.text, self.path, self.source, self.first_line = given.text, given.path, given.source, given.first_line
        self.folder = posixpath.dirname(given.path)
        self.raw_html = site.config.markdown.raw_html_in(self.folder)
        self.mentions = Mentions(given.text, given.source, given.first_line)
        self.html, self.tags = "", frozenset[str]()
        self.words, self.minutes = 0, 0
        self.headings: tuple[Heading, ...] = ()
        self.problems = Problems()
        self.notes = Notes(self.mentions)
        self.files: dict[str, None] = {}
        self.links: dict[str, Reference] = {}
        self.images: dict[str, None] = {}
        self.pictures: dict[str, None] = {}
        self.attachments: list[ShownFile] = []
        self.has_absent = False
        self.entries: tuple[LiveEntry, ...] = ()

    def finish(self, html: str) -> Body:
        """The body with this HTML, and what was found about it."""
        return Body(
            html=html,
            words=self.words,
            minutes=self.minutes,
            headings=self.headings,
            files=tuple(self.files),
            problems=tuple(self.problems.found),
            notes=tuple(self.notes.found),
            links=tuple(self.links.values()),
            images=tuple(self.images),
            pictures=tuple(self.pictures),
            entries=self.entries,
        )


class BodyPass(Protocol):
    """Looks at, or changes, the tree of one body. Called once a body; it may keep nothing between two bodies."""

    def __call__(self, tree: LexborHTMLParser, body: BodyContext, /) -> None:
        """Go over a body. What is wrong with it is added to its `problems` or `notes`."""
