"""What plugins do when somebody types their name. It is found without an import, and never runs in a build."""

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import msgspec

from newsgen.core.errors import ConfigError, ContentError, Location, NewsgenError, Problem
from newsgen.core.messages import Message, say
from newsgen.plugins.importing import CannotLoad, PluginImporter, find_line, find_options, own_plugins, words_of


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of functions: the group of their entry points, their name in a file of plugins/, and how they are written.

    `typed` is what is typed before their name.
    """

    group: str
    function: str
    typed: str
    form: Message


COMMAND = Kind(
    "newsgen.commands",
    "command",
    "newsgen",
    say("write `def command(newsroom: Newsroom, options: Options) -> None:`, where Options is a msgspec.Struct"),
)


IMPORTER = Kind(
    "newsgen.importers",
    "importer",
    "newsgen import",
    say(
        "write `def importer(source: str, options: Options) -> Iterator[ImportedFile]:`,"
        " where Options is a msgspec.Struct"
    ),
)
DEPLOYER = Kind(
    "newsgen.deployers",
    "deployer",
    "newsgen deploy",
    say("write `def deployer(finished: Finished, options: Options) -> None:`, where Options is a msgspec.Struct"),
)

TAKEN = ("help", "site", "source")
"""What options cannot be called."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A function that is offered under a name. `origin` is its file, or what its entry point says."""

    name: str
    origin: str
    point: EntryPoint | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A function that was imported, and the type of its options; None where it has none."""

    call: Callable[..., Any]
    options: type[msgspec.Struct] | None


class Effects:
    """The functions of one kind that a site's own plugins and installed packages offer."""

    def __init__(self, site: Path, kind: Kind) -> None:
        self.site, self.kind = site, kind

    @cached_property
    def offered(self) -> Mapping[str, tuple[Effect, ...]]:
        """All of them by name; nothing is imported."""
        found: dict[str, tuple[Effect, ...]] = {}
        for name, path in own_plugins(self.site).items():
            if _has_function(self.site / path, self.kind.function):
                found[name] = (Effect(name, path),)
        for point in entry_points(group=self.kind.group):
            found[point.name] = (*found.get(point.name, ()), Effect(point.name, point.value, point))
        return dict(sorted(found.items()))

    def find(self, name: str) -> Effect | None:
        """What is offered under a name.

        Raises:
            ConfigError: when two plugins offer it.
        """
        effects = self.offered.get(name, ())
        if len(effects) > 1:
            one, other = effects[:2]
            what = say(
                "two plugins have the name “{name}”: {one} and {other}", name=name, one=one.origin, other=other.origin
            )
            fix = say("remove one of the plugins, or rename it there")
            if one.point is None:
                fix = say("give {path} another name", path=one.origin)
            raise ConfigError(Problem(self._place(one), "bad-plugin", what, fix))
        return effects[0] if effects else None

    def load(self, effect: Effect) -> Loaded:
        """Import it.

        Raises:
            ConfigError: when it cannot be had, or is written otherwise than its kind.
        """
        place = self._place(effect)
        try:
            if effect.point is not None:
                call = self._importer.import_installed(effect.point, place)
            else:
                call = self._importer.import_own(effect.name, self.kind.function)
            options = find_options(call, effect.name, place, 1, self.kind.form)
            if options and (taken := next((name for name in options.__struct_fields__ if name in TAKEN), None)):
                what = say(
                    "the option `{option}` of the plugin “{name}” is newsgen's own", option=taken, name=effect.name
                )
                raise CannotLoad(place, what, say("give it another name there"))
            return Loaded(call, options)
        except CannotLoad as fault:
            raise ConfigError(fault.problem) from fault

    @contextmanager
    def running(self, effect: Effect) -> Iterator[None]:
        """Name the plugin in what it raises but for what newsgen raises, and for `sys.exit`, which ends the command.

        Raises:
            ContentError: when it fails.
        """
        try:
            yield
        except (NewsgenError, BrokenPipeError):
            raise
        except Exception as error:
            values = {"name": effect.name, "kind": type(error).__name__, "error": words_of(error)}
            what = say("the plugin “{name}” fails: {kind}: {error}", **values)
            fix = say("correct the plugin; `newsgen --debug` shows where it fails")
            place = find_line(error) or self._place(effect)
            raise ContentError(Problem(place, "plugin-failed", what, fix)) from error

    def typed(self, effect: Effect) -> str:
        """What is typed to have it done."""
        return f"{self.kind.typed} {effect.name}"

    def _place(self, effect: Effect) -> Location:
        return Location(self.typed(effect) if effect.point else effect.origin)

    @cached_property
    def _importer(self) -> PluginImporter:
        return PluginImporter(self.site)


def _has_function(path: Path, name: str) -> bool:
    """Whether a module has a function of a name, as far as can be told without importing it."""
    try:
        text = path.read_text("utf-8")
        nodes = ast.parse(text).body
    except OSError:
        return False
    except (SyntaxError, ValueError):  # whoever calls it is told what is wrong
        return f"def {name}(" in text
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return True
        if isinstance(node, ast.ImportFrom) and any(name == (alias.asname or alias.name) for alias in node.names):
            return True
    return False
