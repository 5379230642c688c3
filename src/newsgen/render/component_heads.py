"""The head of a component's template: a first comment in YAML with its other names and its arguments."""

import keyword
import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from newsgen.body.components.names import fold_name
from newsgen.core.errors import Location, Problem, Problems
from newsgen.core.messages import say
from newsgen.core.schema import Filled, Schema, find_value_faults
from newsgen.core.yaml_tree import Node, YamlFault, follow, parse

Kind = Literal["text", "number", "bool", "date", "choice"]

_TYPES: Mapping[str, Any] = MappingProxyType({"text": str, "number": int | float, "bool": bool, "date": date})
_ABSENT: Mapping[str, Any] = MappingProxyType({"text": "", "bool": False})
"""The value of an argument that is not given, by its type; none for any other."""

_HEAD = re.compile(r"\s*\{#-?(.*?)-?#\}", re.DOTALL)
_DECLARES = re.compile(r"\s*(?:names|arguments)[ \t]*:")
_RESERVED = frozenset({"content", "block", "site", "news", "data", "asset", "page", "body", "self", "loop"})
"""Names that templates have for other things."""


class ArgumentForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An argument in its long form. `choices` are the values of a choice, `names` other names of the argument."""

    type: Kind = "text"
    choices: tuple[Filled, ...] = ()
    required: bool = False
    default: str | None = None
    names: tuple[Filled, ...] = ()


class HeadForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a head may say: other names of the component, and its arguments by their names.

    An argument is a type, a list of choices, or the long form.
    """

    names: tuple[Filled, ...] = ()
    arguments: dict[str, Kind | tuple[Filled, ...] | ArgumentForm] = {}


class Head(msgspec.Struct, frozen=True):
    """A head as it was read: other names, the type of the arguments, and what is wrong in the template."""

    names: tuple[str, ...] = ()
    arguments: type[msgspec.Struct] = msgspec.Struct
    problems: tuple[Problem, ...] = ()


_SCHEMA = Schema(HeadForm, say("the head of a component"))


def read_head(text: str, shown: str) -> Head:
    """The head of a template with this text and this name in messages."""
    comment = _HEAD.match(text)
    if comment is None or not _DECLARES.match(comment[1]):
        return Head(arguments=msgspec.defstruct("Arguments", []))
    before = text[: comment.start(1)]
    indent = " " * (len(before) - before.rfind("\n") - 1)
    problems = Problems()
    try:
        tree = parse(indent + comment[1], shown, first_line=before.count("\n") + 1)
    except YamlFault as fault:
        return Head(problems=(fault.problem,))
    form = _SCHEMA.read(tree, shown, problems)
    fields = list(_list_fields(form, tree, shown, problems)) if form else []
    if problems.found:
        return Head(form.names if form else (), problems=tuple(problems.found))
    return Head(form.names if form else (), msgspec.defstruct("Arguments", fields, kw_only=True, frozen=True))


def _list_fields(form: HeadForm, tree: Node | None, shown: str, problems: Problems) -> Iterator[tuple[Any, ...]]:
    """The arguments as fields of a Struct: name, type and, where it need not be given, value."""
    taken: set[str] = set()
    for name, typed in form.arguments.items():
        node = follow(tree, ("arguments", name))
        place = Location(shown, node.line, node.column) if node else Location(shown)
        variable = fold_name(name).replace("-", "_")
        if not variable.isidentifier() or keyword.iskeyword(variable) or variable in _RESERVED | taken:
            what = say("no argument can be called “{name}”: its name in the template is taken, or no name", name=name)
            problems.add(place, "bad-component", what, say("choose another name, of letters and digits"))
            continue
        taken.add(variable)
        argument = _complete(typed)
        if (argument.type == "choice") != bool(argument.choices):
            what = say("`choices` and the type `choice` go together, and “{name}” has one of them", name=name)
            problems.add(place, "bad-component", what, say("write `{name}: [one, other]`", name=name))
            continue
        field = _make_field(name, argument, follow(node, ("default",)), shown, problems)
        if field is not None:
            yield field


def _complete(typed: Any) -> ArgumentForm:  # noqa: ANN401 - one of the forms of an argument
    """The long form of an argument."""
    if isinstance(typed, ArgumentForm):
        is_choice = bool(typed.choices) and typed.type == "text"
        return msgspec.structs.replace(typed, type="choice") if is_choice else typed
    return ArgumentForm("choice", typed) if isinstance(typed, tuple) else ArgumentForm(typed)


def _make_field(
    name: str, argument: ArgumentForm, default: Node | None, shown: str, problems: Problems
) -> tuple[Any, ...] | None:
    """An argument as a field of a Struct: its name, type and default; None after telling what is wrong with that."""
    kind = Literal[argument.choices] if argument.type == "choice" else _TYPES[argument.type]
    values = {choice: choice for choice in argument.choices}
    extra = {"names": (name, *argument.names), "values": values}
    variable = fold_name(name).replace("-", "_")
    if argument.required:
        return variable, Annotated[kind, Meta(extra=extra)]
    if argument.default is None:
        absent = _ABSENT.get(argument.type)
        return variable, Annotated[kind if absent is not None else kind | None, Meta(extra=extra)], absent
    if default is not None and (faults := find_value_faults(default, kind, "default", shown)):
        problems.extend(faults)
        return None
    return variable, Annotated[kind, Meta(extra=extra)], msgspec.convert(argument.default, kind, strict=False)
