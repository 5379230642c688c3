"""Errors of templates, as problems at their line and in an editor's words, without names of newsgen's code."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any, NamedTuple

import jinja2

from newsgen.core.errors import Location, Problem, suggest_name
from newsgen.core.messages import Message, get_message, say
from newsgen.model.pages import Page
from newsgen.render.filters import Misuse
from newsgen.render.syntax import explain_syntax
from newsgen.render.template_loader import ThemeLoader
from newsgen.render.theme import OF_PLUGIN, PREFIX

CALLED_WRONGLY = re.compile(r"([\w.<>]+)\(\) (.+)", re.DOTALL)
"""Python's message for a wrong call: `make_filters.<locals>.as_date() missing 1 required …`."""

MEMORY = re.compile(r" at 0x[0-9A-Fa-f]+")
MODULES = re.compile(r"\b(?:newsgen|jinja2|msgspec|markupsafe)(?:\.\w+)*\.(?=[A-Z])")
NAMES_A_TEMPLATE = r"\{{%[-+]?\s*(?:extends|include|import|from)\s+(['\"]){}\1"


class Part(NamedTuple):
    """A part of a page that a template makes by itself; `url` is the source whose text it stands in."""

    template: str
    url: str


def list_template_frames(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    """The name in messages and the line of each template in a traceback, outermost first."""
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if name.startswith(("templates/", PREFIX, OF_PLUGIN)):
            yield name, _line(traceback.tb_frame, traceback.tb_lineno)
        traceback = traceback.tb_next


def _line(frame: FrameType, line: int) -> int:
    """The template's line. Jinja puts it into the traceback of an `Exception`, but not of a `BaseException`."""
    template = frame.f_globals.get("__jinja_template__")
    return line if template is None else int(template.get_corresponding_lineno(line))


def locate_error(error: BaseException, otherwise: str) -> Location:
    """The innermost line of a template in an error's traceback; the first line of `otherwise` where there is none."""
    frames = [*list_template_frames(error.__traceback__)]
    return Location(*frames[-1]) if frames else Location(otherwise)


class TemplateErrors:
    """Explains errors of the templates of one site. `queries` are the methods of `news`, by name."""

    def __init__(
        self, environment: jinja2.Environment, loader: ThemeLoader, queries: Mapping[str, Callable[..., Any]]
    ) -> None:
        self.environment, self.loader, self.queries = environment, loader, queries

    def explain_missing(self, error: jinja2.TemplateNotFound, page: Page | Part) -> Problem:
        """The problem of a template that is not there."""
        name = page.template if error.name is None else str(error.name)
        place = locate_error(error, self.loader.shown(page.template))
        if not name or (isinstance(error, jinja2.TemplatesNotFound) and not error.templates):
            what = say("a template with an empty name is wanted here")
            return Problem(place, "template-missing", what, say("write its name"))
        what = say("there is no template “{name}”", name=name if len(name) <= 80 else name[:80] + "…")
        return Problem(place, "template-missing", what, suggest_name(name, self.loader.list_templates()))

    def explain_syntax(self, error: jinja2.TemplateSyntaxError, page: Page | Part) -> Problem:
        """The problem of a template that Jinja cannot read."""
        place = Location(error.filename or self.loader.shown(page.template), error.lineno)
        if isinstance(error.message, Message):
            return Problem(place, "template-syntax", error.message, say("correct the template here"))
        return Problem(place, "template-syntax", *self._explain(error))

    def _explain(self, error: jinja2.TemplateError) -> tuple[Message, Message]:
        names = {"filter": self.environment.filters, "test": self.environment.tests}
        return explain_syntax(str(error.message), names)

    def explain_failure(self, error: Exception, page: Page | Part) -> Problem:
        """The problem of a template that fails on a page."""
        place = locate_error(error, self.loader.shown(page.template))
        what, fix = get_message(error), say("correct the expression in this line")
        if isinstance(error, RecursionError):
            place, what, fix = self._explain_recursion(error, place)
        elif isinstance(error, jinja2.UndefinedError) and not isinstance(error, jinja2.exceptions.SecurityError):
            fix = say("correct the expression; a value that may be missing wants `{% if … is defined %}`")
        elif isinstance(error, Misuse):
            fix = error.fix
        elif type(error) is jinja2.TemplateRuntimeError:
            what, fix = self._explain(error)
        elif isinstance(error, UnicodeEncodeError):
            what = say("half a character (a surrogate, such as `\\ud800`) is in this text, which no file can hold")
        elif isinstance(error, MemoryError):
            what = say("a value here takes more memory than there is")
        elif isinstance(error, KeyError):
            what = say("there is no {name}", name=error)
        elif isinstance(error, TypeError) and (called := CALLED_WRONGLY.fullmatch(what)):
            what, fix = self._explain_call(called[1], called[2], fix)
        what = say("the template fails here for {url}: {what}", url=page.url, what=_remove_names(what))
        return Problem(place, "template-error", what, fix)

    def _explain_recursion(self, error: RecursionError, place: Location) -> tuple[Location, Message, Message]:
        """The place, message and fix of a recursion: the line where a template names itself, if there is one."""
        what = say("the template extends, includes or calls itself without end (recursion)")
        for shown in sorted({name for name, _ in list_template_frames(error.__traceback__)}, reverse=True):
            name = shown.partition("/")[2]
            found = self.loader.text(name) if shown.startswith("templates/") else None
            named = re.search(NAMES_A_TEMPLATE.format(re.escape(name)), found) if found else None
            if found and named and self.loader.text(PREFIX + name) is not None:
                line = found.count("\n", 0, named.start()) + 1
                what = say("this is “{name}” itself, so the page has no end (recursion)", name=name)
                fix = say("write `{name}` for the theme's template of that name", name=f"{PREFIX}{name}")
                return Location(shown, line), what, fix
        return place, what, say("let it end: name another template, or call the macro only under a condition")

    def _explain_call(self, function: str, said: str, fix: Message) -> tuple[Message, Message]:
        """The message and fix of a wrong call, with the name that templates use."""
        for noun, usage, known in self._list_callables():
            if function in (getattr(known, "__qualname__", ""), getattr(known, "__name__", "")):
                return say("{noun} is called wrongly: {said}", noun=noun, said=said), say("write `{name}`", name=usage)
        return say("this is called wrongly: {said}", said=said), fix

    def _list_callables(self) -> Iterator[tuple[Message, str, Callable[..., Any]]]:
        environment = self.environment
        known: Mapping[str, Mapping[str, Any]] = {
            "filter": environment.filters,
            "test": environment.tests,
            "function": {n: v for n, v in environment.globals.items() if inspect.isroutine(v)},
            "query": self.queries,
        }
        for kind, functions in known.items():
            for name, function in sorted(functions.items(), key=lambda item: -len(item[0])):  # `default` before `d`
                if callable(function):
                    yield _name_callable(kind, name), _show_usage(kind, name, function), inspect.unwrap(function)


def _remove_names(what: Message) -> Message:
    """The message without memory addresses and names of modules."""
    values = {
        n: v if isinstance(v, Message) or not isinstance(v, str) else _remove_name(v) for n, v in what.values.items()
    }
    return Message(what.template, values) if values else Message(_remove_name(what.template))


def _remove_name(text: str) -> str:
    return MODULES.sub("", MEMORY.sub("", text))


def _name_callable(kind: str, name: str) -> Message:
    nouns = {
        "filter": say("the filter “{name}”", name=name),
        "test": say("the test “{name}”", name=name),
        "function": say("the function “{name}”", name=name),
        "query": say("the query “{name}”", name=name),
    }
    return nouns[kind]


def _show_usage(kind: str, name: str, function: Callable[..., Any]) -> str:
    """How a template calls it: `value|date(name)`, `news.latest(count, section=none)`."""
    try:
        parameters = [*inspect.signature(function).parameters.values()]
    except (TypeError, ValueError):
        return name
    dropped = (kind in ("filter", "test", "query")) + hasattr(function, "jinja_pass_arg")
    words = ", ".join(_show_parameter(parameter) for parameter in parameters[dropped:])
    if kind == "filter":
        return f"value|{name}({words})" if words else f"value|{name}"
    if kind == "test":
        return f"value is {name}({words})" if words else f"value is {name}"
    return f"news.{name}({words})" if kind == "query" else f"{name}({words})"


def _show_parameter(parameter: inspect.Parameter) -> str:
    if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
        return "…"
    if parameter.default is parameter.empty:
        return parameter.name.lstrip("_")
    default = parameter.default
    return (
        f"{parameter.name}={repr(default).lower() if default is None or isinstance(default, bool) else repr(default)}"
    )
