"""Import functions of plugins: those in the site's own files, and those that installed packages offer."""

import importlib
import inspect
import sys
import traceback
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, get_message, say
from newsgen.core.site_files import PLUGINS
from newsgen.workers.limits import TooSlow

if TYPE_CHECKING:  # start-up: it brings a reader of mail along
    from importlib.metadata import EntryPoint

OWN = "newsgen_site_plugins"
"""The package under whose name a site's own are imported, so that their functions can be named in other processes."""


def describe_error(error: BaseException) -> Message:
    """The message of a plugin's exception; its type where it has no message that can be read."""
    try:
        return get_message(error)
    except Exception:  # noqa: BLE001 - it is the plugin's, as its text is
        return Message(type(error).__name__)


def list_own_plugins(site: Path) -> dict[str, str]:
    """The files of a site's own plugins, by the names under which newsgen.yaml switches them on.

    `plugins/reading_list.py` is `reading-list`; files whose names begin with `_` are shared by several.
    """
    return dict(_find_own_files(site))


def _find_own_files(site: Path) -> Iterator[tuple[str, str]]:
    for name in sorted(path.name for path in (site / PLUGINS).glob("[!._]*.py")):
        yield name.removesuffix(".py").replace("_", "-"), f"{PLUGINS}/{name}"


def find_line(error: BaseException) -> Location | None:
    """The line of the site's own plugins at which an exception was raised; None where it was elsewhere."""
    lines = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        lines.append((error.filename, error.lineno or 1))
    folders = sys.modules[OWN].__path__ if OWN in sys.modules else []
    for file, line in reversed(lines):
        for folder in folders:
            if Path(file).is_relative_to(folder):
                return Location(f"{PLUGINS}/{Path(file).relative_to(folder).as_posix()}", line)
    return None


class CannotLoad(Exception):
    """A plugin cannot be loaded; `problem` says why."""

    def __init__(self, place: Location, what: Message, fix: Message) -> None:
        super().__init__(what)
        self.problem = Problem(place, "bad-plugin", what, fix)


class PluginImporter:
    """Imports functions of plugins for one site."""

    def __init__(self, site: Path) -> None:
        self.site, self.own = site, list_own_plugins(site)
        _forget_own_modules(site)

    def find_twin(self, name: str) -> str | None:
        """Another file of the site that has the name of a plugin."""
        return next((path for own, path in _find_own_files(self.site) if own == name and path != self.own[name]), None)

    def import_own(self, name: str, function: str = "plugin") -> Callable[..., Any]:
        """A function of a file of the site's own.

        Raises:
            CannotLoad: when it cannot be imported.
        """
        path = self.own[name]
        with self.watch(name, Location(path)), no_bytecode():
            module = importlib.import_module(f"{OWN}.{Path(path).stem}")
        found = getattr(module, function, None)
        if not callable(found):
            what = say("the plugin “{name}” has no function `{function}`", name=name, function=function)
            raise CannotLoad(Location(path), what, say("write a function of that name"))
        return found  # type: ignore[no-any-return]

    def import_installed(self, point: "EntryPoint", place: Location) -> Callable[..., Any]:
        """The function of an installed package's entry point.

        Raises:
            CannotLoad: when it cannot be imported.
        """
        with self.watch(point.name, place):
            found = point.load()
        if not callable(found):
            what = say("the plugin “{name}” is no function: {value}", name=point.name, value=point.value)
            raise CannotLoad(place, what, say("ask for an entry point that is one, or remove the plugin"))
        return found  # type: ignore[no-any-return]

    @contextmanager
    def watch(self, name: str, place: Location) -> Iterator[None]:
        """Raise CannotLoad for what a plugin raises, `sys.exit` too."""
        try:
            yield
        except (CannotLoad, KeyboardInterrupt, TooSlow):
            raise
        except BaseException as error:
            raise self._failed(name, error, place) from error

    def _failed(self, name: str, error: BaseException, place: Location) -> CannotLoad:
        reason = error.msg if isinstance(error, SyntaxError) else describe_error(error)
        values = {"name": name, "kind": type(error).__name__, "error": reason}
        what = say("the plugin “{name}” cannot be loaded: {kind}: {error}", **values)
        return CannotLoad(find_line(error) or place, what, say("correct it, or remove it from `plugins`"))


def find_options(
    function: Callable[..., Any], name: str, place: Location, given: int, form: Message
) -> type[msgspec.Struct] | None:
    """The type of a plugin's options, the parameter after those that are `given`; None where its function has none.

    Raises:
        CannotLoad: when the function has other parameters than `form` says.
    """
    try:
        parameters = list(inspect.signature(function).parameters)
        further = parameters[given:]
        kind = typing.get_type_hints(function).get(further[0]) if further else None
    except Exception:  # noqa: BLE001 - a hint is an expression of the plugin's, and not everything callable has a signature
        parameters, further, kind = [""] * (given + 1), [""], None
    if len(parameters) == given:
        return None
    if len(further) != 1 or not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        what = say("the function of the plugin “{name}” takes something else than its options", name=name)
        raise CannotLoad(place, what, form)
    return kind


@contextmanager
def no_bytecode() -> Iterator[None]:
    """Import without leaving compiled modules in the site's folder."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _forget_own_modules(site: Path) -> None:
    """Forget the plugins that were imported: they may have changed, or be those of another site."""
    for name in [name for name in sys.modules if name == OWN or name.startswith(f"{OWN}.")]:
        del sys.modules[name]
    importlib.invalidate_caches()
    package = ModuleType(OWN, "The plugins of the site.")
    package.__path__ = [str((site / PLUGINS).resolve())]
    sys.modules[OWN] = package
