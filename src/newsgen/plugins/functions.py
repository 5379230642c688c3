"""Functions of plugins that run when their name is typed. They are found without an import; no build runs them."""

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
from newsgen.plugins.importing import (
    CannotLoad,
    PluginImporter,
    describe_error,
    find_line,
    find_options,
    list_own_plugins,
)


@dataclass(frozen=True, slots=True)
class FunctionKind:
    """A kind of functions: the `group` of their entry points, the name of the `function` in a file of plugins/.

    `typed` is what is typed before their name, `form` says how they are written.
    """

    group: str
    function: str
    typed: str
    form: Message


COMMAND = FunctionKind(
    "newsgen.commands",
    "command",
    "newsgen",
    say("write `def command(newsroom: Newsroom, options: Options) -> None:`, where Options is a msgspec.Struct"),
)


IMPORTER = FunctionKind(
    "newsgen.importers",
    "importer",
    "newsgen import",
    say(
        "write `def importer(source: str, options: Options) -> Iterator[ImportedFile]:`,"
        " where Options is a msgspec.Struct"
    ),
)
DEPLOYER = FunctionKind(
    "newsgen.deployers",
    "deployer",
    "newsgen deploy",
    say("write `def deployer(finished: Finished, options: Options) -> None:`, where Options is a msgspec.Struct"),
)

TAKEN = ("help", "site", "source")
"""Names that options cannot have."""


@dataclass(frozen=True, slots=True)
class PluginFunction:
    """A function that is offered under a name. `origin` is its file, or what its entry point says."""

    name: str
    origin: str
    point: EntryPoint | None = None


@dataclass(frozen=True, slots=True)
class LoadedFunction:
    """A function that was imported, and the type of its options; None where it has none."""

    call: Callable[..., Any]
    options: type[msgspec.Struct] | None


class PluginFunctions:
    """The functions of one kind that a site's own plugins and installed packages offer."""

    def __init__(self, site: Path, kind: FunctionKind) -> None:
        self.site, self.kind = site, kind

    @cached_property
    def offered(self) -> Mapping[str, tuple[PluginFunction, ...]]:
        """All of them by name; nothing is imported."""
        found: dict[str, tuple[PluginFunction, ...]] = {}
        for name, path in list_own_plugins(self.site).items():
            if _has_function(self.site / path, self.kind.function):
                found[name] = (PluginFunction(name, path),)
        for point in entry_points(group=self.kind.group):
            found[point.name] = (*found.get(point.name, ()), PluginFunction(point.name, point.value, point))
        return dict(sorted(found.items()))

    def find(self, name: str) -> PluginFunction | None:
        """The function that is offered under a name.

        Raises:
            ConfigError: when two plugins offer it.
        """
        functions = self.offered.get(name, ())
        if len(functions) > 1:
            one, other = functions[:2]
            what = say(
                "two plugins have the name “{name}”: {one} and {other}", name=name, one=one.origin, other=other.origin
            )
            fix = say("remove one of the plugins, or rename it there")
            if one.point is None:
                fix = say("give {path} another name", path=one.origin)
            raise ConfigError(Problem(self._place(one), "bad-plugin", what, fix))
        return functions[0] if functions else None

    def load(self, function: PluginFunction) -> LoadedFunction:
        """Import it.

        Raises:
            ConfigError: when it cannot be imported, or has not the form of its kind.
        """
        place = self._place(function)
        try:
            if function.point is not None:
                call = self._importer.import_installed(function.point, place)
            else:
                call = self._importer.import_own(function.name, self.kind.function)
            options = find_options(call, function.name, place, 1, self.kind.form)
            if options and (taken := next((name for name in options.__struct_fields__ if name in TAKEN), None)):
                what = say(
                    "the option `{option}` of the plugin “{name}” is newsgen's own", option=taken, name=function.name
                )
                raise CannotLoad(place, what, say("give it another name there"))
            return LoadedFunction(call, options)
        except CannotLoad as fault:
            raise ConfigError(fault.problem) from fault

    @contextmanager
    def run(self, function: PluginFunction) -> Iterator[None]:
        """Name the plugin in what it raises. What newsgen raises passes, and `sys.exit`, which ends the command.

        Raises:
            ContentError: when it fails.
        """
        try:
            yield
        except (NewsgenError, BrokenPipeError):
            raise
        except Exception as error:
            values = {"name": function.name, "kind": type(error).__name__, "error": describe_error(error)}
            what = say("the plugin “{name}” fails: {kind}: {error}", **values)
            fix = say("correct the plugin; `newsgen --debug` shows where it fails")
            place = find_line(error) or self._place(function)
            raise ContentError(Problem(place, "plugin-failed", what, fix)) from error

    def get_command_line(self, function: PluginFunction) -> str:
        """The command that calls it."""
        return f"{self.kind.typed} {function.name}"

    def _place(self, function: PluginFunction) -> Location:
        return Location(self.get_command_line(function) if function.point else function.origin)

    @cached_property
    def _importer(self) -> PluginImporter:
        return PluginImporter(self.site)


def _has_function(path: Path, name: str) -> bool:
    """Whether a module has a function of a name, as far as is known without importing it."""
    try:
        text = path.read_text("utf-8")
        nodes = ast.parse(text).body
    except OSError:
        return False
    except (SyntaxError, ValueError):  # importing it reports what is wrong
        return f"def {name}(" in text
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return True
        if isinstance(node, ast.ImportFrom) and any(name == (alias.asname or alias.name) for alias in node.names):
            return True
    return False
