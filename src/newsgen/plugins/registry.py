"""The plugins that a site has switched on, and what they add."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from newsgen.api import Plugin
from newsgen.body.components import Component
from newsgen.body.context import BodyAdditions, BodyPass
from newsgen.core.questions import OnQuestion
from newsgen.documents.document import Document
from newsgen.documents.registry import DOCUMENTS
from newsgen.plugins.guards import Guard, GuardedDocument, GuardedPass, guard_query
from newsgen.render.extensions import Extensions
from newsgen.render.theme import Theme
from newsgen.site.newspaper import Site
from newsgen.site.queries import QUERIES, News


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plugin that is switched on. `digest` tells its code and options from others, `origin` is where it is from."""

    name: str
    plugin: Plugin
    digest: str
    origin: str


@dataclass(frozen=True)
class Plugins:
    """The plugins of a site, in the order of newsgen.yaml."""

    loaded: tuple[LoadedPlugin, ...] = ()

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """What tells the code and options of each from others, by name."""
        return {one.name: one.digest for one in self.loaded}

    @cached_property
    def theme(self) -> Theme:
        """The themes of the plugins, before the packaged one."""
        return Theme({one.name: one.plugin.theme for one in self.loaded if one.plugin.theme is not None})

    def news(self, site: Site, on_question: OnQuestion) -> News:
        """What templates ask as `news`: newsgen's own queries, and those of the plugins."""
        guards = ((Guard(one.name, on_question), one.plugin) for one in self.loaded)
        queries = {ask.__name__: guard_query(guard, ask) for guard, plugin in guards for ask in plugin.queries}
        kind: type[News] = type("News", (News,), queries) if queries else News
        return kind(site, on_question)

    @cached_property
    def queries(self) -> frozenset[str]:
        """The names of what templates may call of `news`."""
        return QUERIES | {ask.__name__ for one in self.loaded for ask in one.plugin.queries}

    def extensions(self, on_question: OnQuestion) -> Extensions:
        """What the plugins add to renders. `on_question` is called with a question for each call of a plugin."""
        filters: dict[str, Callable[..., Any]] = {}
        components: dict[str, Component] = {}
        passes: list[BodyPass] = []
        documents: list[Document[Any]] = []
        for one in self.loaded:
            guard = Guard(one.name, on_question)
            filters.update((name, guard.function(call)) for name, call in one.plugin.filters.items())
            components.update((name, guard.component(call)) for name, call in one.plugin.components.items())
            passes += [GuardedPass(guard, call) for call in one.plugin.body_passes]
            documents += [GuardedDocument(guard, document) for document in one.plugin.documents]
        return Extensions(self.theme, filters, BodyAdditions(components, tuple(passes)), (*DOCUMENTS, *documents))


NO_PLUGINS = Plugins()
