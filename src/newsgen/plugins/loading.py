"""Find the plugins that newsgen.yaml switches on, check their options, and import them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import msgspec

from newsgen.api import Plugin
from newsgen.body.components.names import fold_name
from newsgen.body.components.registry import BUILT_IN
from newsgen.body.link_targets import LinkTargets
from newsgen.config.reading import find_setting, locate_setting
from newsgen.config.settings import Config
from newsgen.core import yaml_tree
from newsgen.core.code_digest import digest_files, digest_package
from newsgen.core.digests import digest_of
from newsgen.core.errors import MIN_LIKENESS, ConfigError, Location, Problem, Problems, find_nearest, suggest_name
from newsgen.core.messages import fill, say
from newsgen.core.questions import IN
from newsgen.core.schema import Schema
from newsgen.core.site_files import PLUGINS, SETTINGS
from newsgen.core.walk import walk_files
from newsgen.documents.queries import DocumentQueries
from newsgen.plugins.guards import PLUGIN_SECONDS, PluginDigests, name_rule
from newsgen.plugins.importing import CannotLoad, PluginImporter, describe_error, find_options, no_bytecode
from newsgen.plugins.registry import NO_PLUGINS, LoadedPlugin, Plugins
from newsgen.render.data import Data
from newsgen.render.template_loader import ThemeLoader
from newsgen.render.templates import list_filters
from newsgen.render.theme import StaticFiles
from newsgen.site.queries import News
from newsgen.workers.limits import TooSlow, time_limit

GROUP = "newsgen.plugins"
"""The entry points under which installed packages offer plugins."""


def load_plugins(site: Path, config: Config) -> Plugins:
    """Import the plugins that newsgen.yaml switches on, in its order.

    Raises:
        ConfigError: with a problem for each that is not there, cannot be loaded, or is given options it does not have.
    """
    if not config.plugins:
        return NO_PLUGINS
    problems = Problems()
    loader, entries = _Loader(site, problems), list(_read_entries(site))
    plugins = tuple(plugin for entry in entries if (plugin := loader.load(*entry)) is not None)
    problems.extend(_find_taken(plugins, {name: place for name, place, _ in entries}, config))
    problems.extend(_find_unknown_rules(site, plugins, config))
    problems.stop_on_errors(ConfigError)
    return Plugins(plugins)


def _find_unknown_rules(site: Path, plugins: Iterable[LoadedPlugin], config: Config) -> Iterator[Problem]:
    """A problem for each of `rules` in newsgen.yaml that a plugin does not have."""
    for one in plugins:
        known = [name_rule(one.name, rule) for check in one.plugin.checks for rule in check.rules]
        for name in config.rules:
            if name.startswith(f"{one.name}/") and name not in known:
                what = say("`{name}` is no rule", name=f"rules.{name}")
                yield Problem(locate_setting(site, "rules", name), "bad-setting", what, suggest_name(name, known))


def _find_taken(plugins: Iterable[LoadedPlugin], places: Mapping[str, Location], config: Config) -> Iterator[Problem]:
    """A problem for each name of a filter, query or component that newsgen or an earlier plugin has too."""
    noun = {
        "filter": say("the filter “{name}”"),
        "query": say("the query “{name}”"),
        "component": say("the component “{name}”"),
    }
    owners = {("query", name): "newsgen" for name in [*_list_query_names(), *dir(News)]}
    owners |= {("component", fold_name(name)): "newsgen" for one in BUILT_IN for name in one.names}
    for one in plugins:
        if one.plugin.filters:
            owners.update((("filter", name), "newsgen") for name in list_filters(config))
        for key in _list_names(one.plugin):
            owner = owners.setdefault(key, one.name)
            if owner != one.name:
                values = {"what": fill(noun[key[0]], name=key[1]), "one": owner, "other": one.name}
                what = say("{what} is there twice: of {one} and of {other}", **values)
                fix = say("remove one of the plugins, or rename it there")
                yield Problem(places[one.name], "bad-plugin", what, fix)


def _list_names(plugin: Plugin) -> Iterator[tuple[str, str]]:
    yield from (("filter", name) for name in plugin.filters)
    yield from (("query", ask.__name__) for ask in plugin.queries)
    yield from (("component", fold_name(name)) for name in plugin.components)


def _list_query_names() -> Iterator[str]:
    """The names of newsgen's own queries, whoever asks them."""
    yield IN
    for answerer in (News, DocumentQueries, LinkTargets, ThemeLoader, StaticFiles, Data, PluginDigests):
        yield from answerer.queries


def _read_entries(site: Path) -> Iterator[tuple[str, Location, yaml_tree.Node | None]]:
    """The entries of `plugins` in newsgen.yaml: each name with its place and its options."""
    node = find_setting(site, "plugins")
    for item in node.items if isinstance(node, yaml_tree.Sequence) else ():
        if isinstance(item, yaml_tree.Scalar):
            yield item.text, Location(SETTINGS, item.line, item.column), None
        elif isinstance(item, yaml_tree.Mapping):
            for name, (key, options) in item.entries.items():
                yield name, Location(SETTINGS, key.line, key.column), options


class _Loader:
    """Loads the plugins of one site."""

    def __init__(self, site: Path, problems: Problems) -> None:
        self.site, self.problems = site, problems
        self.installed = {point.name: point for point in entry_points(group=GROUP)}
        self.importer = PluginImporter(site)

    def load(self, name: str, place: Location, options: yaml_tree.Node | None) -> LoadedPlugin | None:
        """Load one plugin; None after reporting why it cannot be loaded."""
        try:
            with time_limit(PLUGIN_SECONDS):
                return self._load(name, place, options)
        except CannotLoad as fault:
            self.problems.extend([fault.problem])
        except TooSlow:
            values = {"name": name, "most": PLUGIN_SECONDS}
            what = say("loading the plugin “{name}” takes longer than {most:.0f} seconds", **values)
            self.problems.add(place, "bad-plugin", what, say("correct it, or remove it from `plugins`"))
        return None

    def _load(self, name: str, place: Location, options: yaml_tree.Node | None) -> LoadedPlugin | None:
        factory, digest, origin = self._find(name, place)
        form = say("write `def plugin(options: Options) -> Plugin:`, where Options is a msgspec.Struct")
        kind = find_options(factory, name, place, 0, form)
        given = self._read_options(name, place, options, kind)
        if given is None and kind is not None:
            return None
        plugin = self._make(factory, given, name, place)
        texts = yaml_tree.to_texts(options) if options is not None else None
        return LoadedPlugin(name, plugin, digest_of([digest, texts]), origin)

    def _find(self, name: str, place: Location) -> tuple[Callable[..., Any], str, str]:
        """The function that makes a plugin, the digest of its code, and where it comes from."""
        path, point = self.importer.own.get(name), self.installed.get(name)
        if path is not None and (twin := self.importer.find_twin(name)):
            what = say("two plugins have the name “{name}”: {one} and {other}", name=name, one=path, other=twin)
            raise CannotLoad(place, what, say("give {path} another name", path=twin))
        if path is not None and point is not None:
            values = {"name": name, "one": path, "other": point.value}
            what = say("two plugins have the name “{name}”: {one}, and {other} of an installed package", **values)
            raise CannotLoad(place, what, say("give {path} another name", path=path))
        if path is not None:
            return self.importer.import_own(name), digest_files([self.site / path, *self._list_shared_modules()]), path
        if point is not None:
            return self.importer.import_installed(point, place), digest_package(point.module), point.value
        fix = say("install the package that has it, or write {path}", path=f"{PLUGINS}/{name.replace('-', '_')}.py")
        if (close := find_nearest(name, [*self.importer.own, *self.installed], MIN_LIKENESS)) is not None:
            fix = say("did you mean `{name}`?", name=close)
        raise CannotLoad(place, say("there is no plugin “{name}”", name=name), fix)

    def _list_shared_modules(self) -> list[Path]:
        """The modules that plugins of the site may share: those in folders, and those whose names begin with `_`."""
        found = sorted(walk_files(self.site / PLUGINS))
        return [path for name, path in found if path.suffix == ".py" and ("/" in name or name.startswith("_"))]

    def _read_options(
        self, name: str, place: Location, options: yaml_tree.Node | None, kind: type[msgspec.Struct] | None
    ) -> msgspec.Struct | None:
        """The options of a plugin, None where it has none or they are wrong."""
        is_empty = isinstance(options, yaml_tree.Scalar) and options.plain and not options.text
        if kind is None:
            if options is not None and not is_empty:
                what, fix = say("the plugin “{name}” has no options", name=name), say("write `- {name}`", name=name)
                raise CannotLoad(Location(SETTINGS, options.line, options.column), what, fix)
            return None
        strict = msgspec.defstruct(kind.__name__, [], bases=(kind,), forbid_unknown_fields=True)
        schema = Schema(strict, say("the plugin “{name}”", name=name))
        node = yaml_tree.Mapping({}, place.line, place.column) if options is None or is_empty else options
        count = len(self.problems.found)
        with self.importer.watch(name, place):
            given = schema.read(node, SETTINGS, self.problems)
            if given is None and len(self.problems.found) == count:  # it is the plugin that refuses, and not a type
                _report_refusal(strict, node, name)
        return given

    def _make(self, factory: Callable[..., Any], options: msgspec.Struct | None, name: str, place: Location) -> Plugin:
        with self.importer.watch(name, place), no_bytecode():
            plugin = factory(options) if options is not None else factory()
        if not isinstance(plugin, Plugin):
            what = say("the plugin “{name}” gives {kind}, and no Plugin", name=name, kind=type(plugin).__name__)
            raise CannotLoad(place, what, say("end its function with `return Plugin(…)`"))
        return plugin


def _report_refusal(kind: type[msgspec.Struct], node: yaml_tree.Node, name: str) -> None:
    """Say why options are refused whose types are right, such as by their `__post_init__`."""
    try:
        msgspec.convert(yaml_tree.to_texts(node), kind, strict=False)
    except msgspec.ValidationError as error:
        reason = describe_error(error.__cause__ or error)
        what = say("the plugin “{name}” refuses its options: {error}", name=name, error=reason)
        place = Location(SETTINGS, node.line, node.column)
        raise CannotLoad(place, what, say("correct them, as its documentation says")) from error
