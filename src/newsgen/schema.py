"""A YAML tree → a typed value, or every fault in it with its line and column.

A schema is a `msgspec.Struct`. The whole tree is converted in one call; only when that fails is each value
tried on its own, to say of every one of them what is wrong.
"""

import types
import typing
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, TypeVar

import msgspec

from newsgen.errors import Location, Problems, did_you_mean, nearest
from newsgen.yamltree import Mapping, Node, Scalar, Sequence, texts

T = TypeVar("T", bound=msgspec.Struct)
Hook = Callable[[type, Any], Any]


class FieldFault(ValueError):
    """Raised by a hook for a value it refuses: `what` is wrong, and the `fix`."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def no_hook(kind: type, value: object) -> Any:  # noqa: ANN401 - the shape msgspec asks for
    """The hook of a schema that has no types of its own."""
    raise NotImplementedError(f"{kind} from {value}")


class Schema(Generic[T]):
    """Reads trees into `kind`. `hook` makes the types that msgspec does not know."""

    def __init__(self, kind: type[T], noun: str, hook: Hook = no_hook) -> None:
        self.kind, self.noun, self.hook = kind, noun, hook

    def read(self, node: Node | None, path: str, problems: Problems, first_line: int = 1) -> T | None:
        """The typed value of the tree; None after adding what is wrong with it to `problems`."""
        node = node or Mapping({}, first_line, 1)
        try:
            return msgspec.convert(texts(node), self.kind, strict=False, dec_hook=self.hook)
        except msgspec.ValidationError:
            _Explaining(path, problems, self.hook).struct(node, self.kind, self.noun)
            return None

    def sound_fields(self, node: Node | None) -> dict[str, Any]:
        """Those fields of a tree that convert on their own, so that the rest of a faulty one can be judged too."""
        entries = node.entries if isinstance(node, Mapping) else {}
        sound = {}
        for field in msgspec.structs.fields(self.kind):
            if field.encode_name in entries:
                value = texts(entries[field.encode_name][1])
                with suppress(msgspec.ValidationError):
                    sound[field.name] = msgspec.convert(value, field.type, strict=False, dec_hook=self.hook)
        return sound


class _Explaining:
    """Finds every fault of a tree that did not convert."""

    def __init__(self, path: str, problems: Problems, hook: Hook) -> None:
        self.path, self.problems, self.hook = path, problems, hook

    def struct(self, node: Node, kind: Any, noun: str) -> None:  # noqa: ANN401 - a type
        if not isinstance(node, Mapping):
            self._add(node, "wrong-type", f"{noun} must be a mapping of names and values", "write `name: value` lines")
            return
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        for name, (key, _) in node.entries.items():
            if name not in fields:
                self._add(key, "unknown-key", f"{noun} has no `{name}`", did_you_mean(name, fields))
        for name, field in fields.items():
            if name in node.entries:
                self.value(node.entries[name][1], field.type, name)
            elif field.required:
                self._add(node, "missing-key", f"{noun} lacks `{name}`", f"add a line `{name}: …`")

    def value(self, node: Node, kind: Any, name: str) -> None:  # noqa: ANN401 - a type
        for option in _options(kind):
            origin, arguments = typing.get_origin(option), typing.get_args(option)
            if isinstance(node, Mapping) and _is_struct(option):
                return self.struct(node, option, f"`{name}`")
            if isinstance(node, Mapping) and origin is dict:
                for key, (_, item) in node.entries.items():
                    self.value(item, arguments[1], key)
                return None
            if isinstance(node, Sequence) and origin in (list, tuple):
                for item in node.items:
                    self.value(item, arguments[0], name)
                return None
        return self._leaf(node, kind, name)

    def _leaf(self, node: Node, kind: Any, name: str) -> None:  # noqa: ANN401 - a type
        try:
            msgspec.convert(texts(node), kind, strict=False, dec_hook=self.hook)
        except msgspec.ValidationError as error:
            if isinstance(error.__cause__, FieldFault):
                self._add(node, "bad-value", f"`{name}` {error.__cause__.what}", error.__cause__.fix)
            else:
                given = f", not “{node.text}”" if isinstance(node, Scalar) else ""
                self._add(node, "wrong-type", f"`{name}` must be {_words(kind)}{given}", _example(kind, name, node))

    def _add(self, node: Node, rule: str, what: str, fix: str) -> None:
        self.problems.add(Location(self.path, node.line, node.column), rule, what, fix)


def _options(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a type
    kind = typing.get_args(kind)[0] if typing.get_origin(kind) is typing.Annotated else kind
    union = typing.get_origin(kind) in (typing.Union, types.UnionType)
    return typing.get_args(kind) if union else (kind,)


def _is_struct(kind: Any) -> bool:  # noqa: ANN401 - a type
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _words(kind: Any) -> str:  # noqa: ANN401 - a type
    """What a value of this type is called, such as "a whole number from 1"."""
    if typing.get_origin(kind) is typing.Annotated:
        inner, *metas = typing.get_args(kind)
        meta = next((m for m in metas if isinstance(m, msgspec.Meta)), msgspec.Meta())
        low = f" from {meta.ge}" if meta.ge is not None else ""
        return f"{_words(inner)}{low}{f' to {meta.le}' if meta.le is not None else ''}"
    if typing.get_origin(kind) is typing.Literal:
        return f"one of {', '.join(map(str, typing.get_args(kind)))}"
    options = [option for option in _options(kind) if option is not type(None)]
    return " or ".join(_words(o) if typing.get_origin(o) is typing.Literal else _word(o) for o in options)


def _word(kind: Any) -> str:  # noqa: ANN401 - a type
    known = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}
    if kind in known:
        return known[kind]
    return {list: "a list", tuple: "a list", dict: "a mapping"}.get(typing.get_origin(kind) or kind, "a mapping")


def _example(kind: Any, name: str, node: Node) -> str:  # noqa: ANN401 - a type
    words = _words(kind)
    if words.startswith("one of"):
        literal = next(o for o in (kind, *_options(kind)) if typing.get_origin(o) is typing.Literal)
        choices = [str(choice) for choice in typing.get_args(literal)]
        meant = nearest(node.text, choices) if isinstance(node, Scalar) else None
        return f"write `{name}: {meant or choices[0]}`"
    if "list" in words:
        return f"write `{name}: [first, second]`"
    sample = {"true": "true", "text": "some text", "a mapping": "{key: value}"}
    number = next((str(m.ge) for m in typing.get_args(kind)[1:] if isinstance(m, msgspec.Meta) and m.ge), "10")
    return f"write `{name}: {next((v for k, v in sample.items() if words.startswith(k)), number)}`"
