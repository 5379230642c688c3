"""Convert a YAML tree to a typed value, or find every fault in it with its line and column.

A schema is a `msgspec.Struct`. The whole tree is converted in one call; only when that fails is each value converted
on its own, to report all that are wrong.
"""

import types
import typing
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from newsgen.core.errors import MIN_LIKENESS, Edit, Location, Problem, Problems, find_nearest
from newsgen.core.messages import Message, fill_name, join_with_or, say
from newsgen.core.yaml_hints import is_plain, quote
from newsgen.core.yaml_tree import (
    TOML,
    Mapping,
    Node,
    Scalar,
    Sequence,
    follow,
    parse,
    to_texts,
    to_toml,
    write_toml_key,
)

T = TypeVar("T", bound=msgspec.Struct)
Hook = Callable[[type, Any], Any]
Fix = tuple[Message, tuple[Edit, ...]]
"""A fix in words and as edits."""


_LISTS = frozenset((list, tuple))
SWITCHES = dict.fromkeys(("true", "yes", "on", "y", "1", "có"), "true")
SWITCHES |= dict.fromkeys(("false", "no", "off", "n", "0", "không"), "false")
"""What editors write for true and false."""


Filled = Annotated[str, msgspec.Meta(pattern=r"\S")]
"""A text that is not blank."""


class FieldFault(ValueError):
    """Raised by a hook for a value that it refuses; `better` is the value to write, "" where that is not known.

    `path` leads from the value to the faulty part: names of keys and indexes of items.
    """

    def __init__(self, what: Message, fix: Message, better: str = "", path: tuple[str | int, ...] = ()) -> None:
        super().__init__(what)
        self.what, self.fix, self.better, self.path = what, fix, better, path


class FieldFaults(ValueError):
    """Raised by a hook for a value with several faults."""

    def __init__(self, faults: Iterable[FieldFault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def get_refusals(error: BaseException, node: Node, name: str, path: str) -> list[Problem]:
    """The problems that a hook raised for a value of the field `name`; none where msgspec itself refused it."""
    cause = error.__cause__
    faults = cause.faults if isinstance(cause, FieldFaults) else (cause,) if isinstance(cause, FieldFault) else ()
    problems = []
    for fault in faults:
        part = follow(node, fault.path) or node
        edits, fix = replace_value(part, fault.better) if fault.better else (), fault.fix
        if fault.better and part.syntax == TOML and not fault.path:
            fix = say("write `{name}`", name=write_entry(name, fault.better, part))
        place = Location(path, part.line, part.column)
        problems.append(Problem(place, "bad-value", fill_name(fault.what, name), fix, edits=edits))
    return problems


def refuse_type(kind: type, value: object) -> Any:  # noqa: ANN401 - the shape msgspec asks for
    """The hook of a schema that has no types of its own."""
    raise NotImplementedError(f"{kind} from {value}")


def suggest_nearest(name: str, tree: Mapping, names: Collection[str]) -> Fix:
    """The fix of an unknown name: the nearest of `names` that the mapping does not have yet."""
    free = [other for other in names if other not in tree.entries]
    if (close := find_nearest(name, free, MIN_LIKENESS)) is not None:
        return say("did you mean `{name}`?", name=close), rename_key(tree.entries[name][0], close)
    return say("use one of {names}", names=", ".join(sorted(free or names))), ()


def rename_key(key: Scalar, name: str) -> tuple[Edit, ...]:
    """The edit that renames a key; none for one that stands in several places."""
    line, column = key.end
    return (Edit(key.line, key.column, line, column, write_key(key, name)),) if line else ()


def write_key(key: Scalar, name: str) -> str:
    """A name in the syntax of a key."""
    return write_toml_key(name) if key.syntax == TOML else name


def replace_value(node: Node, text: str) -> tuple[Edit, ...]:
    """The edit that replaces a value by a text of YAML; none where the end of the value is not known.

    For a value of TOML the text is translated to TOML. A list of several lines may have comments, and is not replaced.
    """
    line, column = node.end
    if not line or (isinstance(node, Sequence) and line != node.line):
        return ()
    if node.syntax == TOML:
        meant = parse(text, "")
        return (Edit(node.line, node.column, line, column, to_toml(meant)),) if meant is not None else ()
    is_empty = isinstance(node, Scalar) and node.plain and not node.text
    return (Edit(node.line, node.column, line, column, f" {text}" if is_empty else text),)


def _new_name(key: Scalar, fix: Fix) -> str:
    """The name that a fix gives a key, "" for any other fix."""
    _, edits = fix
    is_renamed = len(edits) == 1 and (edits[0].line, edits[0].column) == (key.line, key.column)
    return edits[0].text if is_renamed and (edits[0].end_line, edits[0].end_column) == key.end else ""


def write_entry(name: str, better: str, node: Node) -> str:
    """A field with a value of YAML in the syntax of a node: `name: value`, or `name = "value"` in TOML."""
    if node.syntax == TOML and (meant := parse(better, "")) is not None:
        return f"{name} = {to_toml(meant)}"
    return f"{name}: {better}"


Advice = Callable[[str, Mapping, Collection[str]], Fix]
"""A function that gives the fix of an unknown name in a mapping, from the names that it may have."""


class Schema(Generic[T]):
    """Reads trees as `kind`. `hook` converts types that msgspec does not know, `advice` gives fixes for names."""

    def __init__(
        self, kind: type[T], noun: Message, hook: Hook = refuse_type, advice: Advice = suggest_nearest
    ) -> None:
        self.kind, self.noun, self.hook, self.advice = kind, noun, hook, advice

    def read(self, node: Node | None, path: str, problems: Problems, first_line: int = 1) -> T | None:
        """The typed value of the tree; None after adding its faults to `problems`."""
        node = node or Mapping({}, first_line, 1)
        try:
            return msgspec.convert(to_texts(node), self.kind, strict=False, dec_hook=self.hook)
        except msgspec.ValidationError:
            _FaultFinder(path, problems, self.hook).check_struct(node, self.kind, self.noun, self.advice)
            return None

    def sound_fields(self, node: Node | None) -> dict[str, Any]:
        """The fields of a faulty tree that can be converted, so that they can be checked further."""
        return _convert_fields(node, self.kind, self.hook)


def find_value_faults(node: Node, kind: Any, name: str, path: str) -> list[Problem]:  # noqa: ANN401 - a type
    """What is wrong with a single value of this type, which has a name in its file."""
    problems = Problems()
    _FaultFinder(path, problems, refuse_type).check_value(node, kind, name)
    return problems.found


def _convert_fields(node: Node | None, kind: Any, hook: Hook) -> dict[str, Any]:  # noqa: ANN401 - a type
    entries = node.entries if isinstance(node, Mapping) else {}
    fields = [field for field in msgspec.structs.fields(kind) if field.encode_name in entries]
    sound = {field.name: _convert(entries[field.encode_name][1], field.type, hook) for field in fields}
    return {name: found[0] for name, found in sound.items() if found}


def _convert(node: Node, kind: Any, hook: Hook) -> list[Any]:  # noqa: ANN401 - a type
    """The value of a node in a list, of a mapping what can be converted; an empty list where nothing can."""
    with suppress(msgspec.ValidationError):
        return [msgspec.convert(to_texts(node), kind, strict=False, dec_hook=hook)]
    for option in _options(kind):
        if _is_struct(option):
            with suppress(TypeError):  # it lacks what is required
                return [option(**_convert_fields(node, option, hook))]
        if isinstance(node, Mapping) and typing.get_origin(option) is dict:
            inner = typing.get_args(option)[1]
            return [
                {key: found[0] for key, (_, item) in node.entries.items() if (found := _convert(item, inner, hook))}
            ]
    return []


class _FaultFinder:
    """Finds every fault of a tree that could not be converted."""

    def __init__(self, path: str, problems: Problems, hook: Hook) -> None:
        self.path, self.problems, self.hook = path, problems, hook

    def check_struct(self, node: Node, kind: Any, noun: Message, advice: Advice = suggest_nearest) -> None:  # noqa: ANN401 - a type
        if not isinstance(node, Mapping):
            what = say("{noun} must be a mapping of names and values", noun=noun)
            self._add(node, "wrong-type", what, say("write `name: value` lines"))
            return
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        for name, (key, value) in list(node.entries.items()):
            if name not in fields:
                what = say("{noun} has no `{name}`", noun=noun, name=name)
                fix = advice(name, node, fields)
                self._add(key, "unknown-key", what, fix)
                if (meant := _new_name(key, fix)) in fields:
                    # The value is checked as that field's, which is then neither missing nor free for another key.
                    node = replace(node, entries={**node.entries, meant: (key, value)})
        for name, field in fields.items():
            if name in node.entries:
                self.check_value(node.entries[name][1], field.type, name)
            elif field.required and name not in node.unread:
                what = say("{noun} lacks `{name}`", noun=noun, name=name)
                self._add(node, "missing-key", what, say("add a line `{name}: …`", name=name))

    def check_value(self, node: Node, kind: Any, name: str) -> None:  # noqa: ANN401 - a type
        for option in _options(kind):
            origin, arguments = typing.get_origin(option), typing.get_args(option)
            if isinstance(node, Mapping) and _is_struct(option):
                return self.check_struct(node, option, Message(f"`{name}`"))
            if isinstance(node, Mapping) and origin is dict:
                for key, (_, item) in node.entries.items():
                    self.check_value(item, arguments[1], key)
                return None
            if isinstance(node, Sequence) and origin in _LISTS:
                for item in node.items:
                    self._item(item, arguments[0], name)
                return None
        return self._leaf(node, kind, name)

    def _item(self, node: Node, kind: Any, name: str) -> None:  # noqa: ANN401 - a type
        if _is_struct(kind):
            self.check_struct(node, kind, say("an entry of `{name}`", name=name))
        else:
            self.check_value(node, kind, name)

    def _leaf(self, node: Node, kind: Any, name: str) -> None:  # noqa: ANN401 - a type
        try:
            msgspec.convert(to_texts(node), kind, strict=False, dec_hook=self.hook)
        except msgspec.ValidationError as error:
            if refused := get_refusals(error, node, name, self.path):
                self.problems.extend(refused)
            else:
                words = describe_type(kind)
                what = say("`{name}` must be {kind}", name=name, kind=words)
                if isinstance(node, Scalar):
                    what = say("`{name}` must be {kind}, not “{given}”", name=name, kind=words, given=node.text)
                self._add(node, "wrong-type", what, _advice(kind, name, node))

    def _add(self, node: Node, rule: str, what: Message, fix: Message | Fix) -> None:
        words, edits = (fix, ()) if isinstance(fix, Message) else fix
        place = Location(self.path, node.line, node.column)
        self.problems.extend([Problem(place, rule, what, words, edits=edits)])


def _options(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type
    kind = typing.get_args(kind)[0] if typing.get_origin(kind) is Annotated else kind
    union = typing.get_origin(kind) in (typing.Union, types.UnionType)
    return typing.get_args(kind) if union else (kind,)


def _origins(kind: Any) -> list[Any]:  # noqa: ANN401 - a type
    """The types that a value may have, besides None: without their parameters and limits."""
    options = [option for option in _options(kind) if option is not type(None)]
    bare = [typing.get_args(o)[0] if typing.get_origin(o) is Annotated else o for o in options]
    return [typing.get_origin(option) or option for option in bare]


def _is_struct(kind: Any) -> bool:  # noqa: ANN401 - a type
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def describe_type(kind: Any) -> Message:  # noqa: ANN401 - a type
    """A type in words, such as "a whole number from 1"."""
    if kind is Filled:
        return say("text that is not empty")
    if typing.get_origin(kind) is typing.Annotated:
        inner, *metas = typing.get_args(kind)
        meta = next((m for m in metas if isinstance(m, msgspec.Meta)), msgspec.Meta())
        values = {"kind": describe_type(inner), "low": str(meta.ge), "high": str(meta.le)}
        if meta.le is None:
            return say("{kind} from {low}", **values) if meta.ge is not None else describe_type(inner)
        return (
            say("{kind} from {low} to {high}", **values) if meta.ge is not None else say("{kind} to {high}", **values)
        )
    if typing.get_origin(kind) is typing.Literal:
        return say("one of {choices}", choices=", ".join(map(str, typing.get_args(kind))))
    options = [option for option in _options(kind) if option is not type(None)]
    has_more = (typing.Literal, typing.Annotated)
    return join_with_or(
        [describe_type(o) if typing.get_origin(o) in has_more else _describe_plain_type(o) for o in options]
    )


def _describe_plain_type(kind: Any) -> Message:  # noqa: ANN401 - a type
    kind = typing.get_origin(kind) or kind
    names = {int: say("a whole number"), float: say("a number"), bool: say("true or false"), str: say("text")}
    names[date] = say("a date such as 2022-07-12")
    if kind in _LISTS:
        return say("a list")
    return names.get(kind, say("a mapping"))


def _advice(kind: Any, name: str, node: Node) -> Fix:  # noqa: ANN401 - a type
    """The fix of a value of the wrong type: the whole value where it can be guessed, else an example."""
    if better := _guess_value(kind, node):
        return say("write `{name}`", name=write_entry(name, better, node)), replace_value(node, better)
    options = _options(kind)
    origins = _origins(kind)
    if origins[0] is typing.Literal:
        return say("write {sample}", sample=join_with_or([f"`{name}: {choice}`" for choice in _choices(kind)])), ()
    if not _LISTS.isdisjoint(origins):
        item = next(typing.get_args(option)[0] for option in options if typing.get_origin(option) in _LISTS)
        if _is_struct(item):
            return say("write `- {entry}` lines", entry=_write_required(item) or "{key: value}"), ()
        return say("write `{name}: [first, second]`", name=name), ()
    if origins[0] is bool:
        return say("write `{name}: true` or `{name}: false`", name=name), ()
    if origins[0] is str:
        return say("write `{name}: some text`", name=name), ()
    if origins[0] in (int, float, date):
        return say("write {sample}", sample=describe_type(kind)), ()
    if entry := next((_write_required(option) for option in options if _is_struct(option)), ""):
        return say("write `{name}`", name=f"{name}: {entry}"), ()
    return say("write `{name}: {{key: value}}`", name=name), ()


def _write_required(struct: Any) -> str:  # noqa: ANN401 - a type
    """A mapping with the required names of a struct, such as `{name: …}`; "" where there are none."""
    names = [f"{field.encode_name}: …" for field in msgspec.structs.fields(struct) if field.required]
    return f"{{{', '.join(names)}}}" if names else ""


def _guess_value(kind: Any, node: Node) -> str:  # noqa: ANN401 - a type
    """The value that was meant; "" where nobody can tell."""
    origins = _origins(kind)
    if isinstance(node, Scalar):
        if origins[0] is typing.Literal:
            return find_nearest(node.text, _choices(kind)) or ""
        if origins == [bool]:
            return SWITCHES.get(node.text.casefold(), "")
        return _guess_list(kind, node.text)
    if isinstance(node, Sequence) and origins[0] is str and _LISTS.isdisjoint(origins):
        parts = [item.text for item in node.items if isinstance(item, Scalar)]
        text = ", ".join(parts) if len(parts) == len(node.items) else ""
        return text if is_plain(text) or not text else quote(text)
    return ""


def _guess_list(kind: Any, text: str) -> str:  # noqa: ANN401 - a type
    """The list of texts that was meant with one, `[1:1, 4:3]` with `1:1, 4:3`; "" for values of another type."""
    items = [typing.get_args(option)[0] for option in _options(kind) if typing.get_origin(option) in _LISTS]
    texts = [one.strip() for one in text.split(",")]
    if items != [str] or not all(map(is_plain, texts)) or any(sign in text for sign in "[]{}~"):
        return ""
    return f"[{', '.join(texts)}]"


def _choices(kind: Any) -> list[str]:  # noqa: ANN401 - a type
    literal = next(o for o in (kind, *_options(kind)) if typing.get_origin(o) is typing.Literal)
    return [str(choice) for choice in typing.get_args(literal)]
