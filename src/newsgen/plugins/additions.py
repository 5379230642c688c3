"""What the plugins of a site add to its queries and renders."""

from collections.abc import Callable
from typing import Any

from newsgen.body.components.contract import DeclaredComponent, declare_component
from newsgen.body.context import BodyAdditions, BodyPass
from newsgen.body.embeds.provider import Provider
from newsgen.checks.check import Check
from newsgen.checks.registry import CHECKS
from newsgen.core.questions import OnQuestion
from newsgen.documents.document import Document
from newsgen.documents.registry import DOCUMENTS
from newsgen.plugins.guards import Guard, GuardedCheck, GuardedDocument, GuardedPass, guard_provider, guard_query
from newsgen.plugins.registry import Plugins
from newsgen.render.extensions import Extensions
from newsgen.site.newspaper import Edition
from newsgen.site.queries import QUERIES, News


def make_news(plugins: Plugins, edition: Edition, on_question: OnQuestion) -> News:
    """The `news` of templates: the queries of newsgen and of the plugins."""
    guards = ((Guard(one.name, on_question), one.plugin) for one in plugins.loaded)
    queries = {ask.__name__: guard_query(guard, ask) for guard, plugin in guards for ask in plugin.queries}
    kind: type[News] = type("News", (News,), queries) if queries else News
    return kind(edition, on_question)


def list_query_names(plugins: Plugins) -> frozenset[str]:
    """The names of what templates may call of `news`."""
    return QUERIES | {ask.__name__ for one in plugins.loaded for ask in one.plugin.queries}


def make_checks(plugins: Plugins) -> tuple[Check, ...]:
    """The checks of newsgen and of the plugins."""
    added = (GuardedCheck(one.name, check).as_check() for one in plugins.loaded for check in one.plugin.checks)
    return (*CHECKS, *added)


def make_extensions(plugins: Plugins, on_question: OnQuestion) -> Extensions:
    """What the plugins add to renders. `on_question` is called with a question for each call of a plugin."""
    filters: dict[str, Callable[..., Any]] = {}
    components: list[DeclaredComponent] = []
    passes: list[BodyPass] = []
    providers: list[Provider] = []
    documents: list[Document[Any]] = []
    for one in plugins.loaded:
        guard = Guard(one.name, on_question)
        filters.update((name, guard.guard_function(call)) for name, call in one.plugin.filters.items())
        components += [guard.guard_component(declare_component(call, n)) for n, call in one.plugin.components.items()]
        passes += [GuardedPass(guard, call) for call in one.plugin.body_passes]
        providers += [guard_provider(guard, provider) for provider in one.plugin.providers]
        documents += [GuardedDocument(guard, document) for document in one.plugin.documents]
    bodies = BodyAdditions(tuple(components), tuple(passes), tuple(providers))
    return Extensions(plugins.theme, filters, bodies, (*DOCUMENTS, *documents))
