"""Turns values of templates into text: only values whose text is the same in every build, and within limits.

Python would print the memory address of a function, an iterator or an object without a text of its own. Everything
that makes a text comes through here: `{{ }}`, `~`, `%`, filters, methods of texts, and interface strings.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from functools import wraps
from string import Formatter
from types import FunctionType, MethodType
from typing import Any

import jinja2
import msgspec
from jinja2.environment import TemplateModule
from jinja2.filters import do_format, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEscapeFormatter, SandboxedFormatter
from markupsafe import Markup, escape, soft_str

from newsgen.core.errors import Location, Problem
from newsgen.core.messages import Message, say

try:  # the text alone, where `escape` would wrap each in a Markup, which takes longer than to escape it
    from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined, unused-ignore]
except ImportError:

    def escape_text(text: str, /) -> str:
        """A text as HTML."""
        return str(escape(text))


PRINTED = frozenset({str, Markup, int, float, bool, type(None), date, datetime})
"""The types that templates print most; they always have a text."""

WITH_TEXT = (
    *(str, int, float, complex, type(None), date, time, timedelta, range),
    *(TemplateModule, Location, Problem),
)
"""The types with a text of their own."""

PLACE = 10
"""How many characters each value inside another counts as, since looking at it takes time."""

LONGEST = 10_000_000
"""The most characters of a text, and items of a list, that an operation of a template may make."""

WORK = 20 * LONGEST
"""The most characters that a filter may write that repeats its argument."""

LARGEST_BITS = 12_000
"""A number of so many bits has 3,600 digits. Python prints up to 4,300."""

WIDTH = r"[-#0 +]*(?:\*|\d*\.?\*|\d{4}|\d*\.\d{4})"
WIDE = re.compile(rf"%(?:\([^()]*(?:\(|\){WIDTH})|{WIDTH})")
"""A `%` with a width or precision of four digits, one taken from the values, or one that nested brackets may hide."""

WIDEST = 1000

DATE_CODES = frozenset("aAbBdHIjmMpSUwWyYzGuVf")
"""The codes of `strftime` that need the date alone; `%s` needs the machine's time zone, others its language."""


def describe(value: Any) -> Message:  # noqa: ANN401 - whatever a template holds
    """A value as a message names it: the text “…”, the number 5, a list, a card."""
    if value is None:
        return say("nothing")
    if isinstance(value, str):
        return say("the text “{text}”", text=f"{value[:40]}{'…' if len(value) > 40 else ''}")
    if isinstance(value, bool):
        return Message("true" if value else "false")
    if isinstance(value, int | float):
        is_long = isinstance(value, int) and value.bit_length() >= 200
        return say("a long number") if is_long else say("the number {number}", number=value)
    return name_kind(value)


def name_kind(value: Any) -> Message:  # noqa: ANN401 - whatever a template holds
    """What kind of value it is: "a list", "a card"."""
    if value is None:
        return say("nothing")
    nouns = (
        (str, say("a text")),
        (int | float, say("a number")),
        (datetime, say("a moment")),
        (date, say("a date")),
        (Mapping, say("a mapping")),
        (list | tuple, say("a list")),
        (Iterator, say("an iterator")),
        (type | FunctionType | MethodType, say("a function")),
    )
    for kind, noun in nouns:
        if isinstance(value, kind):
            return noun
    name = type(value).__name__.lower().removesuffix("view")
    return say("an {name}", name=name) if name[0] in "aeiou" else say("a {name}", name=name)


def printable(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """The value itself, if a template may print it.

    Raises:
        TypeError: when it, or something in it, has no text that is the same in every build.
        OverflowError: when the text would be too long.
    """
    if type(value) not in PRINTED:
        measure_text(value)
    return value


def printed(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    """A value as HTML. Raises as `printable` does."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return] # which it is
    return escape(printable(value))


def measure_text(value: Any) -> int:  # noqa: ANN401 - whatever a template holds
    """About how many characters the text of a value has. Raises as `printable` does."""
    size, pending = 0, [value]
    while pending:
        item = pending.pop()
        size += PLACE
        if isinstance(item, str):
            size += len(item)
        elif isinstance(item, dict):
            size += len(item)
            pending += [*item.keys(), *item.values()] if size <= LONGEST else []
        elif isinstance(item, list | tuple):
            size += len(item)
            pending += item if size <= LONGEST else []
        elif isinstance(item, jinja2.Undefined):
            str(item)  # raises
        elif not isinstance(item, WITH_TEXT):
            raise TypeError(_explain_no_text(item))
        if size > LONGEST:
            raise OverflowError(say("this text would be longer than {most:,} characters", most=LONGEST))
    return size


def _explain_no_text(value: Any) -> Message:  # noqa: ANN401 - whatever a template holds
    if isinstance(value, msgspec.Struct):
        return say("{noun} is written as a text here: write one of its values, such as `.title`", noun=name_kind(value))
    if callable(value):
        return say("a {name} is printed here: call it, with () after its name", name=type(value).__name__)
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        return say("{noun} is printed here: write |join or |list after it, or a loop", noun=name_kind(value))
    return say("{noun} has no text of its own: print one of its values", noun=name_kind(value))


def _check_size(size: int, most: int = LONGEST) -> None:
    if size > most:
        raise OverflowError(say("this would be longer than {most:,} characters or items", most=most))


def _length(value: Any) -> int:  # noqa: ANN401 - an operand
    return len(value) if isinstance(value, str | list | tuple | bytes) else 0


def operate(sign: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - operands of a template
    """`left sign right`, within the limits; the sign is one of + - * / // ** %.

    Raises:
        OverflowError: when the text, list or number would be too long.
        TypeError: when the operands do not fit, or have no text where one is made.
    """
    if sign == "%" and isinstance(left, str):
        return fill(left, right)
    if sign == "-" and (isinstance(left, AbstractSet) or isinstance(right, AbstractSet)):
        raise TypeError(say("names cannot be taken away from names: their order would be another in each build"))
    if sign == "*":
        for repeated, times in ((left, right), (right, left)):
            if isinstance(times, int):
                _check_size(_length(repeated) * times)
    elif sign == "+":
        _check_size(_length(left) + _length(right))
    elif sign == "**" and isinstance(left, int) and isinstance(right, int) and right > 0:
        _check_bits(max(0, left.bit_length() - 1) * right)
    try:
        made = OPERATORS[sign](left, right)
    except OverflowError:
        raise OverflowError(say("this number would be too large")) from None
    if isinstance(made, int):
        _check_bits(made.bit_length())
    return made


OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "**": operator.pow,
    "%": operator.mod,
}


def _check_bits(bits: int) -> None:
    if bits > LARGEST_BITS:
        raise OverflowError(say("this number would have thousands of digits"))


def fill(text: str, values: Any) -> str:  # noqa: ANN401 - a value, or several
    """`text % values`, within the limits."""
    if WIDE.search(text.replace("%%", "")):
        raise ValueError(say("a width in this pattern is too large, or taken from the values"))
    places = text.count("%")
    _check_size(len(text) + places * (measure_text(values) + (WIDEST if places > WIDEST else 0)))
    filled: str = text % values
    return filled


class _Checked(Formatter):
    """`"{}".format()` that writes only values with a text, within the limits."""

    written = 0

    def convert_field(self, value: Any, conversion: Any) -> Any:  # noqa: ANN401 - as in the class above
        if conversion is not None:
            self._write(value)
        return super().convert_field(value, conversion)

    def format_field(self, value: Any, format_spec: str) -> Any:  # noqa: ANN401 - as in the class above
        self._write(value)
        if re.search(r"\d{4}", format_spec):
            raise ValueError(say("a width in this pattern is too large"))
        self.written += WIDEST if format_spec else 0
        if isinstance(value, date | time):
            check_pattern(format_spec)
        return super().format_field(value, format_spec)

    def _write(self, value: Any) -> None:  # noqa: ANN401 - whatever a template holds
        self.written += measure_text(value)
        _check_size(self.written)


class _PlainFormatter(_Checked, SandboxedFormatter):
    pass


class _EscapingFormatter(_Checked, SandboxedEscapeFormatter):
    pass


def check_pattern(pattern: str) -> None:
    """Refuse a pattern for `strftime` that depends on the machine.

    Raises:
        ValueError: naming the part of the pattern.
    """
    for found in re.finditer(r"%-?(.?)", pattern.replace("%%", "")):
        if found[1] not in DATE_CODES:
            part = found[0]
            what = say("`{part}` would ask the machine for its language or time zone: use the filter `date`", part=part)
            raise ValueError(what)


def make_method(environment: jinja2.Environment, text: str, name: str) -> Callable[..., Any]:
    """A method of a text, within the limits; `name` is one of CAREFUL."""

    def write(*arguments: Any, **named: Any) -> str:  # noqa: ANN401 - as the method has it
        return _format(environment, text, arguments, named)

    def write_mapping(values: Mapping[str, Any]) -> str:
        return _format(environment, text, (), values)

    def join(parts: Iterable[Any]) -> str:
        whole = [*parts]
        _check_size(len(text) * len(whole) + measure_text(whole))
        return text.join(whole)

    def replace(old: str, new: str, count: int = -1) -> str:
        _check_size(len(text) + text.count(str(old)) * measure_text(new))
        return text.replace(old, new, count)

    def widen(width: int = 8, *fill: str) -> str:
        tabs = text.count("\t") if name == "expandtabs" else 1
        _check_size(len(text) + tabs * width)
        return getattr(text, name)(width, *fill)  # type: ignore[no-any-return]

    methods: Mapping[str, Callable[..., str]] = {"format": write, "format_map": write_mapping, "join": join}
    return {**methods, "replace": replace}.get(name, widen)


CAREFUL = frozenset({"format", "format_map", "join", "replace", "center", "ljust", "rjust", "zfill", "expandtabs"})
"""Methods of texts that have limits."""


def _format(environment: jinja2.Environment, text: str, arguments: tuple[Any, ...], named: Any) -> str:  # noqa: ANN401
    if isinstance(text, Markup):
        return Markup(_EscapingFormatter(environment, escape=text.escape).vformat(text, arguments, named))  # noqa: S704
    return _PlainFormatter(environment).vformat(text, arguments, named)


REPEATS = frozenset({"center", "indent", "join", "replace", "tojson", "urlize", "wordwrap"})
WRITES = REPEATS | {
    *("capitalize", "e", "escape", "forceescape", "format", "lower", "pprint", "safe", "string", "striptags"),
    *("title", "trim", "truncate", "upper", "urlencode", "wordcount", "xmlattr"),
}
"""Jinja's filters that make a text; those of REPEATS may write an argument many times."""

COUNTS = frozenset({"batch", "slice", "round", "sum", "int"})
"""Jinja's filters whose results grow with a number that they are given."""


def limit_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Jinja's filters that make texts, lists or numbers, within the limits."""
    limited = {name: _limit_text(filters[name], repeats=name in REPEATS) for name in WRITES}
    limited["join"] = _limit_join(filters["join"])
    return limited | {name: _limit_number(filters[name]) for name in COUNTS}


def _leave_out_contexts(arguments: Iterable[Any]) -> list[Any]:
    return [value for value in arguments if not isinstance(value, Context | EvalContext | jinja2.Environment)]


def _limit_text(filter_: Callable[..., Any], *, repeats: bool) -> Callable[..., Any]:
    @wraps(filter_)
    def limited(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the filter has it
        values = _leave_out_contexts((*arguments, *named.values()))
        if filter_ is do_format and values and not (named and values[1 + len(named) :]):
            return fill(soft_str(printable(values[0])), named or tuple(values[1:]))
        sizes = [1 if type(v) is not str and type(v) in PRINTED else measure_text(v) for v in values]
        numbers = sum(abs(v) for v in values[1:] if isinstance(v, int))
        if repeats and values:
            _check_size(sizes[0] * (sum(sizes[1:]) + numbers), WORK)
        return filter_(*arguments, **named)

    return limited


def _limit_join(filter_: Callable[..., Any]) -> Callable[..., Any]:
    limited = _limit_text(filter_, repeats=True)

    @wraps(filter_)
    def join(context: EvalContext, value: Any, d: str = "", attribute: Any = None) -> Any:  # noqa: ANN401
        if attribute is not None:
            value = map(make_attrgetter(context.environment, attribute), value)
        return limited(context, value if isinstance(value, str) else [*value], d)

    return join


def _limit_number(filter_: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(filter_)
    def limited(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the filter has it
        for value in _leave_out_contexts((*arguments[1:], *named.values())):
            if isinstance(value, int) and abs(value) > 100_000:
                raise OverflowError(say("the number that this filter is given is too large"))
        made = filter_(*arguments, **named)
        if isinstance(made, int):
            _check_bits(made.bit_length())
        return made

    return limited
