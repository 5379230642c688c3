"""Call the functions of plugins: what they made is made again for other code, and what fails names its plugin."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from msgspec import structs
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.context import BodyContext, BodyPass
from newsgen.core.errors import (
    ContentError,
    Location,
    PluginFailed,
    Problem,
)
from newsgen.core.messages import said_by, say
from newsgen.core.queries import Query, QueryMethods, show_presence
from newsgen.core.questions import OnQuestion, ignore_question
from newsgen.core.site_files import SETTINGS
from newsgen.documents.document import Document, Paper
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput
from newsgen.site.queries import News
from newsgen.workers.limits import TooSlow

T = TypeVar("T")


class PluginDigests(QueryMethods):
    """Answers what tells a plugin's code from other code: whatever called the plugin is made again for new code."""

    def __init__(self, digests: Mapping[str, str]) -> None:
        super().__init__()
        self._digests = digests

    @Query(say("the plugin “{name}”"), show=show_presence, outside=True)
    def plugin(self, name: str) -> str:
        """The digest of a plugin's code and options, "" for one that is not switched on."""
        return self._digests.get(name, "")


class Guard:
    """Calls the functions of one plugin: each call is a recorded question, and what fails names the plugin."""

    def __init__(self, name: str, on_question: OnQuestion) -> None:
        self.name, self.on_question = name, on_question

    def function(self, call: Callable[..., T]) -> Callable[..., T]:
        """A function that is guarded."""

        @wraps(call)
        def guarded(*given: Any, **named: Any) -> T:  # noqa: ANN401 - what the function takes
            with self.watched():
                return call(*given, **named)

        return guarded

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Record that the plugin is called, and name it in what it raises.

        Raises:
            PluginFailed: for whatever is raised inside.
        """
        self.on_question(("plugin", self.name))
        try:
            yield
        except PluginFailed:
            raise
        except TooSlow as error:
            error.plugin = error.plugin or self.name
            raise
        except Exception as error:
            values = {"name": self.name, "kind": type(error).__name__, "error": error}
            raise PluginFailed(say("the plugin “{name}” fails: {kind}: {error}", **values)) from error


class GuardedPass:
    """A plugin's pass over texts. Where it fails, the story is told."""

    def __init__(self, guard: Guard, go_over: BodyPass) -> None:
        self.guard, self.go_over = guard, go_over

    def __call__(self, tree: LexborHTMLParser, body: BodyContext, /) -> None:
        """Go over a body."""
        try:
            with self.guard.watched():
                self.go_over(tree, body)
        except PluginFailed as error:
            fix = say("correct the plugin, or remove it from `plugins`")
            body.problems.add(Location(body.source, body.first_line), "plugin-failed", said_by(error), fix)


class GuardedDocument:
    """A plugin's document, under a name of its own."""

    def __init__(self, guard: Guard, document: Document[Any]) -> None:
        self.guard, self.document = guard, document
        self.name = f"{guard.name}/{document.name}"

    def plan(self, paper: Paper, /) -> Iterator[DocumentOutput[Any]]:
        """The outputs that the plugin plans.

        Raises:
            ContentError: when it fails.
        """
        try:
            with self.guard.watched():
                planned = list(self.document.plan(paper))
        except PluginFailed as error:
            fix = say("correct the plugin, or remove it from `plugins`")
            raise ContentError(Problem(Location(SETTINGS), "plugin-failed", said_by(error), fix)) from error
        return (structs.replace(output, document=self.name) for output in planned)

    def write(self, output: DocumentOutput[Any], ask: DocumentQueries, /) -> bytes:
        """The bytes that the plugin writes."""
        with self.guard.watched():
            return self.document.write(structs.replace(output, document=self.document.name), ask)


def guard_query(guard: Guard, ask: Callable[..., Any]) -> Callable[..., Any]:
    """A plugin's query as a method of `News`."""

    @wraps(ask)
    def method(news: News, /, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - each query has its own answer
        with guard.watched():
            return ask(news, *given, **named)

    query = vars(ask)["query"]
    vars(method)["query"] = structs.replace(query, answer=Guard(guard.name, ignore_question).function(query.answer))
    return method
