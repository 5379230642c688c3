"""Calls of plugins' functions: what they made is made again for other code, and what fails names its plugin."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial, wraps
from itertools import islice
from typing import Any, TypeVar

from msgspec import convert, structs, to_builtins
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.components.contract import DeclaredComponent
from newsgen.body.context import BodyContext, BodyPass
from newsgen.body.embeds.provider import Player, Provider, is_of
from newsgen.checks.check import Check, Examined, Story
from newsgen.config.reading import locate_setting
from newsgen.core.digests import encode
from newsgen.core.errors import ContentError, Location, PluginFailed, Problem, SourceMoved
from newsgen.core.messages import as_message, get_message, say
from newsgen.core.queries import Query, QueryMethods, show_presence
from newsgen.core.questions import OnQuestion, ignore_question
from newsgen.core.site_files import SETTINGS
from newsgen.core.urls import as_output
from newsgen.documents.document import Document, Paper
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput
from newsgen.plugins.importing import describe_error, find_line
from newsgen.site.queries import News
from newsgen.workers.limits import TooSlow, time_limit

T = TypeVar("T")

PLUGIN_SECONDS = 10.0
"""How long a plugin may take to be loaded, and to plan a document."""

MOST_PROBLEMS = 10_000
"""How many problems a check may report of one story, or of the paper."""

FIX = say("correct the plugin, or remove it from `plugins`")


def name_rule(plugin: str, rule: str) -> str:
    """The name under which newsgen.yaml and reports know a rule of a plugin."""
    return f"{plugin}/{rule}"


class PluginDigests(QueryMethods):
    """Answers with the digest of a plugin's code: whatever called the plugin is made again when it changes."""

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

    def guard_function(self, call: Callable[..., T]) -> Callable[..., T]:
        """The function, guarded."""

        @wraps(call)
        def guarded(*given: Any, **named: Any) -> T:  # noqa: ANN401 - what the function takes
            with self.watch():
                return call(*given, **named)

        return guarded

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Record that the plugin is called, and name it in what it raises.

        Raises:
            PluginFailed: for whatever is raised inside.
        """
        self.on_question(("plugin", self.name))
        try:
            yield
        except (PluginFailed, SourceMoved, KeyboardInterrupt, GeneratorExit):
            raise
        except TooSlow as error:
            error.plugin = error.plugin or self.name
            raise
        except BaseException as error:  # a call of sys.exit too
            kind, words = type(error).__name__, describe_error(error)
            values: dict[str, object] = {"name": self.name, "kind": kind, "error": words}
            what = say("the plugin “{name}” fails: {kind}: {error}", **values)
            if (line := find_line(error)) is not None:
                values |= {"file": line.path, "line": line.line}
                what = say("the plugin “{name}” fails: {kind}: {error} ({file}, line {line})", **values)
            raise PluginFailed(what) from error

    def expect(self, result: object, kind: type[T]) -> T:
        """What the plugin returned, which has to be of that type.

        Raises:
            PluginFailed: when it is of another.
        """
        if not isinstance(result, kind):
            values = {"name": self.name, "given": type(result).__name__, "kind": kind.__name__}
            raise PluginFailed(say("the plugin “{name}” gives {given} in place of {kind}", **values))
        return result

    def guard_component(self, component: DeclaredComponent) -> DeclaredComponent:
        """The component, guarded: it has to return text."""

        def guarded(html: str, /, *given: Any, **named: Any) -> str:  # noqa: ANN401 - what the component takes
            with self.watch():
                made = self.expect(component.call(html, *given, **named), str)
                made.encode()
                return made

        return structs.replace(component, call=guarded)


def guard_provider(guard: Guard, provider: Provider) -> Provider:
    """The provider with a guarded function: it has to give a player whose address begins as it said."""

    def find(address: str) -> Player | None:
        with guard.watch():
            made = provider.find(address)
            if made is None:
                return None
            player = convert(to_builtins(guard.expect(made, Player)), Player)
            if not is_of(player, provider):
                values = {"name": guard.name, "address": player.address, "starts": ", ".join(provider.players)}
                what = say("the plugin “{name}” gives the player “{address}”, and `players` are {starts}", **values)
                raise PluginFailed(what)
            return player

    return structs.replace(provider, find=find)


class GuardedPass:
    """A plugin's pass over texts. A failure is a problem of the story."""

    def __init__(self, guard: Guard, go_over: BodyPass) -> None:
        self.guard, self.go_over = guard, go_over

    def __call__(self, tree: LexborHTMLParser, body: BodyContext, /) -> None:
        """Go over a body."""
        try:
            with self.guard.watch():
                self.go_over(tree, body)
        except PluginFailed as error:
            body.problems.add(Location(body.source, body.first_line), "plugin-failed", get_message(error), FIX)


class GuardedCheck:
    """A plugin's check, which reports warnings of the plugin's own rules. One that was too slow is not run again."""

    def __init__(self, name: str, check: Check) -> None:
        self.guard, self.check = Guard(name, ignore_question), check
        self._is_slow = False

    def as_check(self) -> Check:
        """The check with functions that never raise what the plugin raises."""
        story, paper, plan = (
            partial(self._run, call) if call is not None else None
            for call in (self.check.story, self.check.paper, self.check.plan)
        )
        rules = tuple(name_rule(self.guard.name, rule) for rule in self.check.rules)
        return Check(rules=rules, story=story, paper=paper, plan=plan)

    def _run(self, call: Callable[[Any], Iterable[Problem]], looked_at: Story | Examined) -> list[Problem]:
        """The problems that the plugin finds in a story or paper; its own failure is one of them."""
        if self._is_slow:
            return []
        try:
            with time_limit(PLUGIN_SECONDS):
                return self._collect(call, looked_at)
        except PluginFailed as error:
            what = get_message(error)
        except TooSlow:
            self._is_slow = True
            values = {"name": self.guard.name, "most": PLUGIN_SECONDS}
            what = say("a check of the plugin “{name}” takes longer than {most:.0f} seconds", **values)
        return [Problem(self._find_place(looked_at), "plugin-failed", what, FIX)]

    def _collect(self, call: Callable[[Any], Iterable[Problem]], looked_at: Story | Examined) -> list[Problem]:
        with self.guard.watch():
            found: object = call(looked_at)
            if not isinstance(found, Iterable):
                found = self.guard.expect(found, list)
            problems = [self._check_problem(problem) for problem in islice(found, MOST_PROBLEMS + 1)]
        if len(problems) > MOST_PROBLEMS:
            values = {"name": self.guard.name, "most": MOST_PROBLEMS}
            raise PluginFailed(say("a check of the plugin “{name}” tells more than {most:,} problems", **values))
        return problems

    def _check_problem(self, problem: Problem) -> Problem:
        """A warning of the plugin's own rule, every part of which is of its type."""
        place = self.guard.expect(self.guard.expect(problem, Problem).location, Location)
        for part, kind in ((place.path, str), (place.line, int), (place.column, int)):
            self.guard.expect(part, kind)
        what, fix = (self.guard.expect(text, str) for text in (problem.what, problem.fix))
        if problem.rule not in self.check.rules:
            values = {"name": self.guard.name, "rule": problem.rule, "names": ", ".join(self.check.rules)}
            raise PluginFailed(
                say("the plugin “{name}” tells of the rule “{rule}”, and `rules` of its check are {names}", **values)
            )
        rule = name_rule(self.guard.name, problem.rule)
        return Problem(place, rule, as_message(what), as_message(fix), "warning")

    def _find_place(self, looked_at: Story | Examined) -> Location:
        """The story, or where newsgen.yaml switches the plugin on."""
        if isinstance(looked_at, Story):
            return Location(looked_at.source)
        reading = looked_at.reading
        return locate_setting(reading.site, "plugins", reading.config.plugin_names.index(self.guard.name))


class GuardedDocument:
    """A plugin's document, under a name that begins with the plugin's."""

    def __init__(self, guard: Guard, document: Document[Any]) -> None:
        self.guard, self.document = guard, document
        self.name = f"{guard.name}/{document.name}"

    def plan(self, paper: Paper, /) -> Iterator[DocumentOutput[Any]]:
        """The outputs that the plugin plans.

        Raises:
            ContentError: when it fails.
        """
        try:
            with time_limit(PLUGIN_SECONDS):
                return iter(self._plan(paper))
        except PluginFailed as error:
            raise ContentError(Problem(Location(SETTINGS), "plugin-failed", get_message(error), FIX)) from error
        except TooSlow as error:
            values = {"name": self.guard.name, "most": PLUGIN_SECONDS}
            what = say("the plugin “{name}” plans for longer than {most:.0f} seconds", **values)
            raise ContentError(Problem(Location(SETTINGS), "plugin-failed", what, FIX)) from error

    def write(self, output: DocumentOutput[Any], ask: DocumentQueries, /) -> bytes:
        """The bytes that the plugin writes."""
        with self.guard.watch():
            made = self.document.write(structs.replace(output, document=self.document.name), ask)
            return self.guard.expect(made, bytes)

    def _plan(self, paper: Paper) -> list[DocumentOutput[Any]]:
        """The outputs, each of which can be written and remembered."""
        with self.guard.watch():
            planned = [self.guard.expect(output, DocumentOutput) for output in self.document.plan(paper)]
            for output in planned:
                as_output(output.output)
                for text in (output.url, output.title, output.story):
                    self.guard.expect(text, str)
                encode(output.subject)
        return [structs.replace(output, document=self.name) for output in planned]


def guard_query(guard: Guard, ask: Callable[..., Any]) -> Callable[..., Any]:
    """A plugin's query as a method of `News`."""
    query: Query = vars(ask)["query"]
    answer = _guard_answer(Guard(guard.name, ignore_question), query.answer or ask)
    asked = structs.replace(query, answer=answer).method()

    @wraps(asked)
    def method(news: News, /, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - each query has its own answer
        with guard.watch():
            return asked(news, *given, **named)

    return method


def _guard_answer(guard: Guard, answer: Callable[..., T]) -> Callable[..., T]:
    """A query's function, guarded: it has to return plain data."""

    @wraps(answer)
    def guarded(*given: Any, **named: Any) -> T:  # noqa: ANN401 - what the function takes
        with guard.watch():
            found = answer(*given, **named)
            encode(found)  # raises for what is no data
            return found

    return guarded
