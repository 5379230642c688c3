"""What plugins import from newsgen: `from newsgen.api import Plugin`. Everything else may change in any release.

A plugin is a function of its options that returns a `Plugin`. An installed package offers it as an entry point of the
group `newsgen.plugins`; a site has its own in `plugins/NAME.py`, where the function is called `plugin`. newsgen.yaml
switches plugins on, in their order, with their options:

    plugins: [reading-list, {cards: {font: Be Vietnam Pro}}]
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsgen.body.components import Component
from newsgen.body.context import BodyContext, BodyPass
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message
from newsgen.core.queries import Query
from newsgen.documents.document import Document, Paper
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput
from newsgen.site.queries import News

__all__ = [
    "BodyContext",
    "BodyPass",
    "Component",
    "Document",
    "DocumentOutput",
    "DocumentQueries",
    "Location",
    "News",
    "Paper",
    "Plugin",
    "Problem",
    "query",
]


def query(words: str) -> Query:
    """Declare a function of `News` and plain data as a query: `words` name what is asked, with arguments as `{count}`.

    Templates ask it as `news.NAME(…)`. What it returns is plain data, of which a digest is taken: pages that asked are
    made again when it is another.
    """
    return Query(Message(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """What a plugin adds to newsgen: functions of what they are given, which keep nothing between two calls.

    They run in several processes, and not at all for what is known from the build before. So they read no clock, no
    network and no file of which newsgen does not know: `newsgen build --verify` finds those that do.
    """

    queries: tuple[Callable[..., Any], ...] = ()
    """Functions that are declared with `query`."""
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """Filters of templates by name: `{{ value|name }}`."""
    components: Mapping[str, Component] = field(default_factory=dict)
    """Blocks of texts by name, from `:::name argument` to `:::`."""
    body_passes: tuple[BodyPass, ...] = ()
    """What goes over the HTML of every text, after newsgen's own passes."""
    documents: tuple[Document[Any], ...] = ()
    """Outputs that no template makes."""
    theme: Path | None = None
    """A folder with `templates/`, `static/` and `locale/`, which stand between the site's own and newsgen's."""
