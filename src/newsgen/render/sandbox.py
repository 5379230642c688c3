"""A stricter sandbox than Jinja's: a template reaches what docs/templates.md names, and nothing else.

The attributes that a template may read are listed by the type of the object, so a template can only ever hold and call
values, the globals, its own macros and the methods listed here. Calls need no further check.
"""

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from keyword import iskeyword
from types import FunctionType, MethodType
from typing import Any, NoReturn

import jinja2
import msgspec
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import (
    BlockReference,
    Context,
    LoopContext,
    Macro,
    TemplateReference,
    markup_join,
    str_join,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Namespace, _PassArg, missing
from markupsafe import Markup

from newsgen.core.errors import find_nearest
from newsgen.core.messages import say
from newsgen.core.queries import QueryMethods
from newsgen.render.data import Data, FixedList, FixedMapping
from newsgen.render.printing import (
    CAREFUL,
    LONGEST,
    check_pattern,
    make_method,
    measure_text,
    name_kind,
    operate,
    printable,
    printed,
)

READ_LIST, READ_MAPPING = frozenset({"copy", "count", "index"}), frozenset({"copy", "get", "items", "keys", "values"})

TEXTS = frozenset(
    (
        *("capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha", "isascii"),
        *("isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle"),
        *("isupper", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rfind", "rindex", "rpartition"),
        *("rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper"),
    )
)

DATES = frozenset(["ctime", "day", "isocalendar", "isoformat", "isoweekday", "month", "toordinal", "weekday", "year"])
TIMES = frozenset(["fold", "hour", "isoformat", "microsecond", "minute", "second"])

REACHED: Mapping[type, frozenset[str]] = {
    str: TEXTS,
    Markup: TEXTS | {"striptags", "unescape"},
    int: frozenset({"bit_length"}),
    float: frozenset({"is_integer"}),
    range: frozenset({"count", "index", "start", "step", "stop"}),
    tuple: frozenset({"count", "index"}),
    list: READ_LIST | {"append", "clear", "insert", "pop", "remove", "reverse", "sort"},
    dict: READ_MAPPING | {"clear", "pop", "popitem", "setdefault", "update"},
    FixedList: READ_LIST,
    FixedMapping: READ_MAPPING,
    Data: READ_MAPPING - {"copy"},
    date: DATES,
    datetime: DATES | TIMES | {"date", "time", "utcoffset", "tzname"},
    time: TIMES,
    timedelta: frozenset({"days", "microseconds", "seconds", "total_seconds"}),
    Macro: frozenset({"arguments", "caller", "catch_kwargs", "catch_varargs", "name"}),
    BlockReference: frozenset({"name", "super"}),
    Cycler: frozenset({"current", "next", "pos", "reset"}),
    LoopContext: frozenset(
        (
            *("changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem"),
            *("previtem", "revindex", "revindex0"),
        )
    ),
}
"""The attributes of types that are not newsgen's own. Lists and mappings that a template makes may change."""

NAMED_BY_TEMPLATES = (TemplateModule, Namespace, TemplateReference, jinja2.Undefined)
"""Types whose attributes templates name: any name is allowed that does not start with `_`."""


class Reach(dict[type, frozenset[str]]):
    """The attributes that templates may read of each type, found when its first object is met."""

    def __init__(self, queries: Mapping[type, frozenset[str]]) -> None:
        super().__init__({**REACHED, **queries})

    def __missing__(self, kind: type) -> frozenset[str]:
        names: Iterable[str] = ()
        if issubclass(kind, msgspec.Struct):
            attributes = (item for base in kind.__mro__ for item in vars(base).items())
            properties = (name for name, value in attributes if isinstance(value, property))
            names = (*kind.__struct_fields__, *properties)
        elif is_dataclass(kind):
            names = (field.name for field in fields(kind))
        elif issubclass(kind, tuple):  # a named tuple, of groupby
            names = (*REACHED[tuple], *getattr(kind, "_fields", ()))
        self[kind] = frozenset(name for name in names if not name.startswith("_"))
        return self[kind]


class Missing(jinja2.StrictUndefined):
    """An undefined value, with messages in an editor's words."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return super()._undefined_message
        name, typed = self._undefined_name, repr(self._undefined_name)
        if self._undefined_obj is missing:
            return say("{name} is undefined", name=typed)
        if not isinstance(name, str):
            return say("{noun} has no element {name}", noun=name_kind(self._undefined_obj), name=typed)
        return say("{noun} has no attribute {name}", noun=name_kind(self._undefined_obj), name=typed)


class SandboxedCode(CodeGenerator):
    """Refuses names that start with `_` when a template is compiled, and compiles `~` to a checked call.

    An attribute is read directly where the type of the object was met before, and may be read: the code has, as
    `types_title`, the set of these types for the attribute `title`.
    """

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as Jinja has it
        super().__init__(*given, **named)
        self._attributes: set[str] = set()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Write the code of a template."""
        super().visit_Template(node, frame)
        for name in sorted(self._attributes):
            self.writeline(f"types_{name} = environment.types_with({name!r})")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write the printing of texts and values, which a template gives as a single text."""
        if frame.buffer is not None:
            super().visit_Output(node, frame)
            return
        frame.buffer = "yield environment.text"  # Jinja writes `.append(…)` or `.extend((…))` behind it
        super().visit_Output(node, frame)
        frame.buffer = None

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write the reading of an attribute."""
        self._check(node.attr, node.lineno)
        name = node.attr
        if not isinstance(node.node, nodes.Name) or not name.isascii() or not name.isidentifier() or iskeyword(name):
            super().visit_Getattr(node, frame)
            return
        self._attributes.add(name)
        ref = frame.symbols.ref(node.node.name)
        self.write(f"({ref}.{name} if type({ref}) in types_{name} else environment.read(")
        self.visit(node.node, frame)
        self.write(f", {name!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, *given: Any, **named: Any) -> None:  # noqa: ANN401, N802
        """Write a call, without the variables of loops and blocks: nothing that templates can call asks for them."""
        before = frame.loop_frame, frame.block_frame
        frame.loop_frame = frame.block_frame = False
        super().visit_Call(node, frame, *given, **named)
        frame.loop_frame, frame.block_frame = before

    def visit_NSRef(self, node: nodes.NSRef, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write the place of a namespace that is set."""
        self._check(node.attr, node.lineno)
        super().visit_NSRef(node, frame)

    def visit_Keyword(self, node: nodes.Keyword, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write a named argument."""
        self._check(node.key, node.lineno)
        super().visit_Keyword(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write `a ~ b`."""
        self.write("environment.concatenate(context.eval_ctx, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ANN401 - Jinja's own
        """Check a constant before Jinja writes it as text."""
        printable(node.as_const(frame.eval_ctx))
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 - Jinja's own
        """Begin a printed value: a single call where it is escaped, as nearly everywhere."""
        if _is_escaped(frame):
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 - Jinja's own
        """End a printed value."""
        if _is_escaped(frame):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)

    def _check(self, name: str, line: int) -> None:
        if name.startswith("_"):
            self.fail(say("“{name}” starts with _, and is out of reach of templates", name=name), line)


def _is_escaped(frame: Frame) -> bool:
    """Whether values printed here are always escaped."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


class OneText:
    """Takes what a template prints at one place, and gives it as a single text."""

    append = staticmethod(str)
    extend = staticmethod("".join)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of templates. `reach` has the attributes that they may read; `printed` gives a value as HTML."""

    code_generator_class = SandboxedCode
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    printed: Callable[[Any], str] = staticmethod(printed)
    text = OneText()
    reach: Reach

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as Jinja has it
        super().__init__(*given, **named)
        self._types: dict[str, set[type]] = {}

    def types_with(self, name: str) -> set[type]:
        """The types met so far whose attribute `name` templates may read."""
        return self._types.setdefault(name, set())

    def read(self, obj: Any, name: str) -> Any:  # noqa: ANN401 - whatever a template holds
        """`obj.name`, which the code of templates reads by itself once the type is in `types_with`."""
        if name in self.reach[type(obj)]:
            self._types[name].add(type(obj))
            return getattr(obj, name)
        return self._find(obj, name)

    @staticmethod
    def call(context: Context, called: Any, /, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        """`called(…)`: a template may call whatever it can reach."""
        kind = type(called)
        if kind is Macro:
            return _call_macro(context, called, given, named)
        if kind is MethodType and isinstance(called.__self__, QueryMethods):
            return called(*given, **named)
        if kind is FunctionType and vars(called).get("jinja_pass_arg") is _PassArg.eval_context:
            return called(context.eval_ctx, *given, **named)  # as `Context.call`, which looks at all that may be called
        return context.call(called, *given, **named)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: the same mapping for all templates without more of them."""
        return super().make_globals(d) if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - whatever a template holds
        """`obj.attribute`, or `obj["attribute"]`."""
        if attribute in self.reach[type(obj)]:
            return getattr(obj, attribute)
        return self._find(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - whatever a template holds
        """`obj[argument]`, or its attribute of that name."""
        if not isinstance(obj, type):
            try:
                return obj[argument]
            except (AttributeError, TypeError, LookupError):
                pass
        if isinstance(argument, str):
            return self.getattr(obj, str(argument))
        return self.undefined(obj=obj, name=argument)

    def _find(self, obj: Any, name: str) -> Any:  # noqa: ANN401 - whatever a template holds
        """A method that is checked, an attribute that a template named, or an item."""
        if not name.startswith("_"):
            if isinstance(obj, NAMED_BY_TEMPLATES) and hasattr(obj, name):
                return getattr(obj, name)
            if method := self._find_method(obj, name):
                return method
        if not isinstance(obj, type):
            try:
                return obj[name]
            except (AttributeError, TypeError, LookupError):
                pass
        if name.startswith("_") or hasattr(type(obj), name):
            return self._refuse(obj, name)
        return self.undefined(obj=obj, name=name)

    def _refuse(self, obj: Any, name: str) -> jinja2.Undefined:  # noqa: ANN401 - whatever a template holds
        values = {"name": name, "noun": name_kind(obj)}
        hint = say("“{name}” of {noun} is out of reach of templates", **values)
        if isinstance(obj, FixedList | FixedMapping):
            own = say("for other pages read it too: make a list or a mapping of your own")
            hint = say("{hint}, {own}", hint=hint, own=own)
        elif close := find_nearest(name, self.reach[type(obj)]):
            hint = say("{hint}; did you mean `{name}`?", hint=hint, name=close)
        return self.undefined(hint, obj=obj, name=name, exc=SecurityError)

    def _find_method(self, obj: Any, name: str) -> Callable[..., Any] | None:  # noqa: ANN401 - whatever a template holds
        """The method of this name with its limits, if it is one that has limits."""
        if isinstance(obj, str):
            return make_method(self, obj, name) if name in CAREFUL else None
        if isinstance(obj, date | time) and name == "strftime":
            return partial(_write_time, obj)
        if isinstance(obj, date | time) and name == "replace":
            return partial(_replace_time, obj)
        return partial(_extend, obj) if type(obj) is list and name == "extend" else None

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002
        """The result of an arithmetic operator."""
        return operate(operator, left, right)

    def concatenate(self, context: nodes.EvalContext, parts: tuple[Any, ...]) -> str:
        """The result of `a ~ b`: the texts of all parts, escaped where one of them is HTML."""
        measure_text(parts)
        return markup_join(parts) if context.autoescape else str_join(parts)

    def compile(self, source: Any, name: Any = None, filename: Any = None, *given: Any) -> Any:  # noqa: ANN401
        """The code of a template; any error is a syntax error at its line."""
        try:
            return super().compile(source, name, filename, *given)
        except jinja2.TemplateSyntaxError:
            raise
        except Exception as error:  # noqa: BLE001 - Python's own limits, in the lexer, the parser or its compiler
            self._fail(str(source), name, filename, error)

    def _fail(self, source: str, name: str, filename: str, error: Exception) -> NoReturn:
        what = say("the template has too many parts inside one another, or a value that Python cannot read")
        line = 1
        for number, kind, text in self.lex(source):
            if kind == "integer" and len(text) > 4000:
                what, line = say("this number has thousands of digits"), number
                break
        else:
            rows = source.splitlines() or [""]
            line = max(range(len(rows)), key=lambda row: sum(map(rows[row].count, "([{"))) + 1
            if isinstance(error, SyntaxError) and error.lineno:
                line = self._line_of(source, name, filename, error.lineno)
        raise jinja2.TemplateSyntaxError(what, line, name, filename) from None

    def _line_of(self, source: str, name: str, filename: str, line: int) -> int:
        """The line of the template from which a line of its code was made."""
        code = self._generate(self._parse(source, name, filename), name, filename)
        pairs = re.findall(r"(\d+)=(\d+)", code.rpartition("debug_info = ")[2])
        return max((int(mine) for mine, made in pairs if int(made) <= line), default=1)


def _call_macro(context: Context, macro: Macro, given: tuple[Any, ...], named: dict[str, Any]) -> str:
    """The text of a macro: most have neither `caller` nor further arguments, and need less than Jinja does for all."""
    if not (macro.caller or macro.catch_kwargs or macro.catch_varargs) and len(given) <= macro._argument_count:
        given += tuple([named.pop(name, missing) for name in macro.arguments[len(given) :]])
        if not named:
            text = macro._func(*given)
            return str.__new__(Markup, text) if context.eval_ctx.autoescape else text
    return macro(context.eval_ctx, *given, **named)


def _write_time(value: date | time, pattern: str) -> str:
    check_pattern(str(pattern))
    return value.strftime(str(pattern))


def _replace_time(value: date | time, **changes: int) -> date | time:
    if "tzinfo" in changes:
        raise TypeError(say("the time zone of a date cannot be replaced in a template"))
    return value.replace(**changes)  # type: ignore[arg-type]


def _extend(values: list[Any], more: Iterable[Any]) -> None:
    more = [*more]
    if len(values) + len(more) > LONGEST:
        raise OverflowError(say("this list would be longer than {most:,} items", most=LONGEST))
    values.extend(more)
