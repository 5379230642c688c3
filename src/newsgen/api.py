"""What plugins import from newsgen: `from newsgen.api import Plugin`. Everything else may change in any release.

A plugin is a function of its options that returns a `Plugin`. An installed package offers it as an entry point of the
group `newsgen.plugins`; a site has its own in `plugins/NAME.py`, where the function is called `plugin`. newsgen.yaml
switches plugins on, in their order, with their options:

    plugins: [reading-list, {cards: {font: Be Vietnam Pro}}]
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import msgspec

from newsgen.body.components.contract import Component, ComponentContext, declare_component
from newsgen.body.components.names import NAME
from newsgen.body.context import BodyContext, BodyPass
from newsgen.body.embeds.provider import HOST_NAME, PLAYER_START, Player, Provider
from newsgen.checks.check import Check, Examined, Story
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say
from newsgen.core.queries import Query
from newsgen.core.text import is_slug
from newsgen.documents.document import Document, Paper
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput
from newsgen.site.queries import News

__all__ = [
    "BodyContext",
    "BodyPass",
    "Check",
    "Command",
    "Component",
    "ComponentContext",
    "Deployer",
    "Document",
    "DocumentOutput",
    "DocumentQueries",
    "Examined",
    "Finished",
    "FinishedFile",
    "ImportedFile",
    "Importer",
    "Location",
    "News",
    "Newsroom",
    "Paper",
    "Player",
    "Plugin",
    "Problem",
    "Provider",
    "Story",
    "query",
]


def query(words: str) -> Query:
    """Declare a function of `News` and plain data as a query: `words` name what is asked, with arguments as `{count}`.

    Templates ask it as `news.NAME(…)`. What it returns is plain data, of which a digest is taken: pages that asked are
    made again when it is another.
    """
    return Query(Message(words))


@dataclass(frozen=True)
class Newsroom:
    """What a command works with: the site's folder, the output folder of its builds, and what readers see now."""

    site: Path
    output: Path
    open_news: Callable[[], News] = field(repr=False)

    @cached_property
    def news(self) -> News:
        """What templates ask as `news`, of the paper in its main language, when it is first asked for.

        Raises:
            NewsgenError: when the site cannot be read; the command ends with what is wrong.
        """
        return self.open_news()


class Command(Protocol):
    """A function that runs when somebody types `newsgen NAME`. It may have options, a msgspec.Struct."""

    def __call__(self, newsroom: Newsroom, options: Any = ..., /) -> None:  # noqa: ANN401 - each has its own
        """Do it. What it prints is for whoever typed it; `sys.exit(CODE)` ends newsgen with that code."""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that an importer gives: `path` is its place below content/, such as `kinh-te/gia-vai.md`."""

    path: str
    data: str | bytes


class Importer(Protocol):
    """A function that runs for `newsgen import NAME SOURCE`. It may have options, a msgspec.Struct."""

    def __call__(self, source: str, options: Any = ..., /) -> Iterable[ImportedFile]:  # noqa: ANN401 - as above
        """Files to write, stories and what lies beside them. `source` is what was typed, such as a file."""


class FinishedFile(msgspec.Struct, frozen=True):
    """A file of a finished output: its SHA-256 in hexadecimal digits, its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The output of the last build, to be brought elsewhere: its folder, the paper's address, its files by path.

    `files` are those of newsgen-files.json: all that is published but that list itself and newsgen.json.
    """

    folder: Path
    url: str
    files: Mapping[str, FinishedFile]


class Deployer(Protocol):
    """A function that runs for `newsgen deploy NAME`. It may have options, a msgspec.Struct."""

    def __call__(self, finished: Finished, options: Any = ..., /) -> None:  # noqa: ANN401 - as above
        """Bring it elsewhere. Nothing in its folder is changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """What a plugin adds to newsgen: functions of what they are given, which keep nothing between two calls.

    They run in several processes, and not at all for what is known from the build before. So they read no clock, no
    network and no file of which newsgen does not know. `newsgen build --verify` tells what differs between two builds.
    """

    queries: tuple[Callable[..., Any], ...] = ()
    """Functions that are declared with `query`."""
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """Filters of templates by name: `{{ value|name }}`."""
    components: Mapping[str, Component] = field(default_factory=dict)
    """Blocks of texts by name, from `:::name words {key: value}` to `:::`."""
    providers: tuple[Provider, ...] = ()
    """Sites whose videos, posts, sounds or maps a link alone in its paragraph shows."""
    body_passes: tuple[BodyPass, ...] = ()
    """What goes over the HTML of every text, after newsgen's own passes."""
    documents: tuple[Document[Any], ...] = ()
    """Outputs that no template makes."""
    checks: tuple[Check, ...] = ()
    """What looks at stories and at the paper, and tells problems."""
    theme: Path | None = None
    """A folder with `templates/`, `static/` and `locale/`, which stand between the site's own and newsgen's."""

    def __post_init__(self) -> None:
        """Check that everything is of its type.

        Raises:
            TypeError: where something is not.
        """
        for field_name, is_right, wanted in self._checks():
            if not is_right:
                raise TypeError(say("`{name}` takes {wanted}", name=field_name, wanted=wanted))

    def _checks(self) -> Iterator[tuple[str, bool, Message]]:
        """Each field, whether it is right, and what it takes."""
        words = say("functions that are declared with `query`, each with a name of its own")
        yield "queries", _are(self.queries, _is_query) and _are_other(self.queries, "__name__"), words
        yield "filters", _are_named(self.filters, str.isidentifier), say("functions by name, such as `in_words`")
        is_named = _are_named(self.components, NAME.fullmatch)
        yield "components", is_named, say("functions by name, such as `reading-list`")
        for name, call in self.components.items():
            declare_component(call, name)
        words = say("Providers with hosts such as `phim.example`, and players such as `https://phim.example/embed/`")
        yield "providers", _are(self.providers, _is_provider), words
        yield "body_passes", _are(self.body_passes, callable), say("functions")
        words = say("objects with `name`, `plan` and `write`, each with a name of its own")
        yield "documents", _are(self.documents, _is_document) and _are_other(self.documents, "name"), words
        words = say("Checks, each with the names of its rules, such as `rules=['no-summary']`, and a function")
        yield "checks", _are(self.checks, _is_check), words
        yield "theme", self.theme is None or _is_folder(self.theme), say("the Path of a folder that is there")


def _are(parts: object, is_right: Callable[[Any], object]) -> bool:
    return isinstance(parts, Sequence) and all(map(is_right, parts))


def _are_named(parts: object, is_name: Callable[[str], object]) -> bool:
    if not isinstance(parts, Mapping):
        return False
    return all(isinstance(name, str) and is_name(name) and callable(part) for name, part in parts.items())


def _are_other(parts: Sequence[object], name: str) -> bool:
    return len({getattr(part, name) for part in parts}) == len(parts)


def _is_query(part: object) -> bool:
    declared = getattr(part, "query", None)
    if not (callable(part) and isinstance(declared, Query) and declared.name.isidentifier()):
        return False
    try:
        declared.describe((declared.name, *declared.parameters))
    except (LookupError, ValueError, AttributeError):
        raise TypeError(
            say("the words of the query “{name}” name what is no parameter of it", name=declared.name)
        ) from None
    return not declared.name.startswith("_")


def _is_check(part: object) -> bool:
    """Whether it is a check with names of rules, and with functions only."""
    if not isinstance(part, Check):
        return False
    calls = [call for call in (part.story, part.paper, part.plan) if call is not None]
    rules: object = part.rules
    are_rules = not isinstance(rules, str) and bool(rules) and _are(rules, _is_rule)
    return are_rules and bool(calls) and _are(calls, callable)


def _is_rule(part: object) -> bool:
    return isinstance(part, str) and is_slug(part)


def _is_folder(part: object) -> bool:
    return isinstance(part, Path) and part.is_dir()


def _is_provider(part: object) -> bool:
    """Whether it is a provider whose hosts and players can stand in a table, and in a content policy."""
    if not isinstance(part, Provider) or not callable(part.find):
        return False
    given: tuple[object, ...] = (part.name, part.hosts, part.players)
    name, hosts, players = given
    is_named = isinstance(name, str) and bool(name) and isinstance(hosts, tuple) and bool(hosts)
    return is_named and _are_texts(hosts, HOST_NAME) and _are_texts(players, PLAYER_START)


def _are_texts(parts: object, form: re.Pattern[str]) -> bool:
    return isinstance(parts, tuple) and _are(parts, lambda text: isinstance(text, str) and form.fullmatch(text))


def _is_document(part: object) -> bool:
    return isinstance(getattr(part, "name", None), str) and all(
        callable(getattr(part, m, None)) for m in ("plan", "write")
    )
