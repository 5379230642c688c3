"""Queries: the kinds of questions that a page may ask, each declared once with its answer and its words for editors.

    class News(QueryMethods):
        @Query(say("the {count} latest stories"), show=list_of(headline))
        def latest(self, count: int) -> tuple[Card, ...]: ...

`news.latest(10)` records the question `("latest", 10)` and answers it. A `QueryTable` has the queries of every answerer
of one build: it answers a recorded question again, and describes it.
"""

import sys
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import update_wrapper
from inspect import unwrap
from types import MappingProxyType
from typing import Any, ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

import msgspec
from msgspec.structs import replace

from newsgen.core.digests import digest_of, encode
from newsgen.core.errors import CannotAnswer
from newsgen.core.messages import Message, fill, say
from newsgen.core.questions import Answer, OnQuestion, Question, ignore_question, split_edition

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound="QueryMethods")

ALL = sys.maxsize
"""Keep every answer as long as the build lasts."""

SHOWN = 5
"""How many members of a list are shown by name."""

NO_CHANGES: Mapping[str, object] = MappingProxyType({})

NOTHING = Answer("")
"""The answer about something that does not exist."""

NONE = say("there is none")


class UnknownName(CannotAnswer):
    """A question is about a section, a tag or an author that does not exist."""


class Subject(msgspec.Struct, frozen=True):
    """How a first argument that is no plain data, such as a story, is recorded in a question.

    `name` gives the text for it; `find` (answerer, text) finds it again, or raises UnknownName.
    """

    name: Callable[[Any], str]
    find: Callable[[Any, str], Any]


def show_text(answer: object) -> str:
    """An answer in words: the text or number, or "none"."""
    return say("none") if answer in (None, "", (), []) else str(answer)


def show_presence(answer: object) -> Message:
    """An answer in words that only says whether there is one."""
    return say("it is there") if answer else NONE


def list_of(show_one: Callable[[Any], str]) -> Callable[[Any], Message]:
    """How to show an answer that is nothing, one thing or a list: by name, the first few of a list."""

    def show(answer: Any) -> Message:  # noqa: ANN401 - whatever the query answers
        if answer is None or answer in ((), []):
            return say("none")
        if not isinstance(answer, list | tuple):
            return _to_message(show_one(answer))
        members = [member for member in answer if member != ()]
        names = show(members[0])
        for member in members[1:SHOWN]:
            names = Message("{names}, {name}", {"names": names, "name": show(member)})
        more = len(members) - SHOWN
        return say("{names} and {more} more", names=names, more=more) if more > 0 else names

    return show


class Query(msgspec.Struct, frozen=True):
    """A kind of question. As a decorator it makes a method of `QueryMethods` a query with the method's name.

    `words` describe the question, with its arguments by name (`{count}`), or are a function of the arguments; `show`
    describes an answer. `outside` says that the answer depends on more than the paper's stories: a file, a template,
    the moment. `keep` is how many answers are kept at most, 0 where asking again is as fast. `stays` (changes, the
    question's arguments) says that the answer is that of the last build, after these changes of the edition. `extract`
    gives what is kept of an answer that one page alone asks for: short plain data, of which the answer can be made
    again.

    `answer` (answerer, its arguments) gives the answer: plain data, of which the digest is taken. `parameters` are the
    arguments' names.
    """

    words: Message | Callable[..., Message]
    show: Callable[[Any], str] = show_text
    outside: bool = False
    keep: int = ALL
    about: Subject | None = None
    stays: Callable[..., bool] | None = None
    extract: Callable[[Any], Any] | None = None
    name: str = ""
    answer: Callable[..., Any] | None = None
    parameters: tuple[str, ...] = ()

    def __call__(self, method: Callable[Concatenate[M, P], T]) -> Callable[Concatenate[M, P], T]:
        """Declare a method as this query. A call of it records a question; its arguments are plain data."""
        code = method.__code__
        parameters = code.co_varnames[1 : code.co_argcount]
        return replace(self, name=self.name or method.__name__, answer=method, parameters=parameters).method()

    def method(self) -> Callable[..., Any]:
        """The method that asks this query. `answer` may be a wrapper (functools.wraps) of the declared function."""
        query, method, parameters = self, self.answer, self.parameters
        assert method is not None  # noqa: S101 - a declared one has it
        defaults = getattr(unwrap(method), "__defaults__", None) or ()

        def ask(answerer: QueryMethods, /, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - each has its own answer
            if len(given) == len(parameters) and not named:
                return answerer.ask(query, given)
            bound = _bind(parameters, defaults, given, named)
            if bound is None:  # a wrong call: Python raises its TypeError
                return method(answerer, *given, **named)
            return answerer.ask(query, bound)

        update_wrapper(ask, method)
        vars(ask)["query"] = query
        return ask

    def question(self, arguments: tuple[Any, ...]) -> Question:
        """The question with these arguments."""
        if self.about is None:
            return self.name, *arguments
        return self.name, self.about.name(arguments[0]), *arguments[1:]

    def arguments(self, answerer: Any, question: Question) -> tuple[Any, ...]:  # noqa: ANN401 - who answers it
        """The arguments of a question.

        Raises:
            UnknownName: when what it is about no longer exists.
        """
        if self.about is None:
            return question[1:]
        return self.about.find(answerer, str(question[1])), *question[2:]

    def describe(self, question: Question) -> Message:
        """A question in words."""
        if isinstance(self.words, Message):
            return fill(self.words, **dict(zip(self.parameters, question[1:], strict=True)))
        return self.words(*question[1:])


class Answerer(Protocol):
    """Answers the questions of some queries."""

    @property
    def queries(self) -> Mapping[str, Query]:
        """Its queries by name."""

    def find_answer(self, question: Question) -> Any:  # noqa: ANN401 - each query has its own kind of answer
        """Today's answer to a recorded question; raises UnknownName."""


class QueryMethods:
    """An answerer whose queries are methods, declared with `@Query`. `on_question` is called with every question."""

    queries: ClassVar[Mapping[str, Query]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        declared = [method.query for method in vars(cls).values() if isinstance(getattr(method, "query", None), Query)]
        cls.queries = MappingProxyType({**cls.queries, **{query.name: query for query in declared}})

    def __init__(self, on_question: OnQuestion = ignore_question) -> None:
        self._on_question = on_question
        self._kept: dict[Question, Any] = {}
        self._recent: dict[Question, Any] = {}

    def ask(self, query: Query, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - each query has its own answer
        """Record a question, and answer it."""
        question = query.question(arguments)
        self._on_question(question)
        return self._answer(query, question, arguments)

    def find_answer(self, question: Question) -> Any:  # noqa: ANN401 - each query has its own kind of answer
        """Answer a recorded question, without recording it."""
        query = self.queries[str(question[0])]
        return self._answer(query, question, query.arguments(self, question))

    def _answer(self, query: Query, question: Question, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
        assert query.answer is not None  # noqa: S101 - a declared one has it
        if not query.keep:
            return query.answer(self, *arguments)
        kept = self._kept if query.keep == ALL else self._recent
        if question not in kept:
            if len(kept) >= query.keep:
                kept.clear()
            kept[question] = query.answer(self, *arguments)
        return kept[question]


class QueryTable:
    """The queries of all answerers of a newspaper: today's answers, each found once, and words for them.

    `answerers` are by the code of their edition; those of what all editions have in common are with the main one's.
    `is_known` says that the paper's stories are those of the earlier answers: then only queries with `outside` are
    answered again. Where they are not, `changes` tell of each edition what `Query.stays` asks for.
    """

    def __init__(
        self,
        answerers: Mapping[str, Iterable[Answerer]],
        *,
        is_known: bool = False,
        changes: Mapping[str, object] = NO_CHANGES,
    ) -> None:
        self.is_known, self._changes = is_known, changes
        self._entries = {code: _entries(own) for code, own in answerers.items()}
        self._taken: dict[Question, Answer] = {}

    def answer(self, question: Question, earlier: Answer | None = None) -> Answer:
        """Today's answer. `earlier` is that of the last build, and is returned where nothing can have changed."""
        answer = self._taken.get(question)
        if answer is None:
            answer = self._taken[question] = self._take(question, earlier)
        return answer

    def describe(self, question: Question) -> Message:
        """A question in words; one that no answerer knows as its parts."""
        code, own = split_edition(question)
        found = self._find(code, own) or self._find("", own)
        words = found[1].describe(own) if found else Message(" ".join(str(p) for p in own if p is not None))
        return say("{question}, in “{language}”", question=words, language=code) if code else words

    def describe_answer(self, question: Question) -> Message:
        """Today's answer in words."""
        code, own = split_edition(question)
        found = self._find(code, own)
        if found is None:
            return NONE
        answerer, query = found
        try:
            return _to_message(query.show(answerer.find_answer(own)))
        except CannotAnswer:
            return NONE

    def _find(self, code: str, question: Question) -> tuple[Answerer, Query] | None:
        """The answerer of a question of an edition and its query; None where none has it with as many arguments."""
        found = self._entries.get(code, {}).get(question[0])
        return found if found and len(question) == len(found[1].parameters) + 1 else None

    def _take(self, question: Question, earlier: Answer | None) -> Answer:
        code, own = split_edition(question)
        found = self._find(code, own)
        if found is None:
            return NOTHING
        answerer, query = found
        if earlier is not None and self.is_known and not query.outside:
            return earlier
        changes = self._changes.get(code)
        if earlier is not None and changes is not None and query.stays is not None and query.stays(changes, *own[1:]):
            return earlier
        try:
            answer = answerer.find_answer(own)
            extract = encode(query.extract(answer)) if query.extract else b""
            return Answer(digest_of(answer), extract)
        except CannotAnswer:
            return NOTHING

    def find(self, question: Question) -> tuple[Query, Any] | None:
        """The query of a question and today's answer itself; None where there is none."""
        code, own = split_edition(question)
        found = self._find(code, own)
        try:
            return (found[1], found[0].find_answer(own)) if found else None
        except CannotAnswer:
            return None


def _entries(answerers: Iterable[Answerer]) -> dict[Hashable, tuple[Answerer, Query]]:
    """The answerer of each query, by the query's name.

    Raises:
        ValueError: when two answerers have a query of one name.
    """
    entries: dict[Hashable, tuple[Answerer, Query]] = {}
    for answerer in answerers:
        for name, query in answerer.queries.items():
            if name in entries:
                owners = {"one": type(entries[name][0]).__name__, "other": type(answerer).__name__}
                raise ValueError(
                    say("two queries have the name “{name}”: of {one} and of {other}", name=name, **owners)
                )
            entries[name] = answerer, query
    return entries


def _bind(
    parameters: tuple[str, ...], defaults: tuple[Any, ...], given: tuple[Any, ...], named: Mapping[str, Any]
) -> tuple[Any, ...] | None:
    """All arguments of a call in order, defaults included; None where the call is wrong."""
    values = dict(zip(parameters, given, strict=False))
    if len(given) > len(parameters) or values.keys() & named.keys() or named.keys() - set(parameters):
        return None
    values = {**dict(zip(reversed(parameters), reversed(defaults), strict=False)), **values, **named}
    return tuple(values[name] for name in parameters) if len(values) == len(parameters) else None


def _to_message(words: str) -> Message:
    return words if isinstance(words, Message) else Message(words)
