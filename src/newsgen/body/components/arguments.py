"""The arguments of a block, `words {key: value, other: 2}`, as the type that its component declares."""

import re
from collections.abc import Iterator
from dataclasses import replace as replace_field
from functools import lru_cache
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec.structs import replace

from newsgen.body.components.blocks import Block
from newsgen.body.components.contract import DeclaredComponent
from newsgen.body.components.names import fold_name
from newsgen.core.errors import MIN_LIKENESS, Edit, Location, Problem, find_nearest
from newsgen.core.messages import Message, get_message, say
from newsgen.core.schema import describe_type, find_value_faults, rename_key
from newsgen.core.yaml_tree import Mapping, Node, Scalar, YamlFault, parse, to_texts

_BRACES = re.compile(r"(?<!\S)\{.*\}|(?<!\\)\{[ ]*[^\W\d_][\w -]*:[ ].*\}$")
"""Behind a space, or at the end of the words where they begin as arguments do."""

_UNCLOSED = re.compile(r"(?<!\S)\{[ ]*[^\W\d_][\w -]*:[ ][^{}]*$")
_JOINED = re.compile(r"([^\W\d_][\w -]*?)\s*[:=：]\s*(\S.*)", re.DOTALL)
"""An argument whose name and value YAML reads as one word: `giá=150`, `giá:150`."""

_DIGITS = re.compile(r"-?\d+")
_QUOTES = "“”„‟\"'"


class Argument(msgspec.Struct, frozen=True):
    """An argument that a component declares: a field, the names that may be typed, and words for its values."""

    name: str
    encoded: str
    names: tuple[str, ...]
    kind: Any
    is_required: bool
    values: dict[str, str]


@lru_cache(maxsize=256)
def list_arguments(kind: type[msgspec.Struct]) -> tuple[Argument, ...]:
    """The arguments that a Struct declares. Other names and words for its values stand in `Meta(extra={…})`."""
    return tuple(
        Argument(
            field.name,
            field.encode_name,
            (field.encode_name.replace("_", "-"), *extra.get("names", ())),
            field.type,
            field.required,
            {fold_name(typed): meant for typed, meant in extra.get("values", {}).items()},
        )
        for field in msgspec.structs.fields(kind)
        for extra in (_get_extra(field.type),)
    )


def _get_extra(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a type
    metas = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return {key: value for one in metas if isinstance(one, msgspec.Meta) for key, value in (one.extra or {}).items()}


class Reading(msgspec.Struct, frozen=True):
    """What was read of a block's arguments: `given` for its component, None where something is wrong with them."""

    given: Any
    problems: tuple[Problem, ...] = ()


def read_arguments(component: DeclaredComponent, block: Block, place: Location) -> Reading:
    """The arguments of a block that begins at a place."""
    if component.arguments is None:
        return Reading(block.words)
    try:
        reader = _Reader(component.arguments, block, place)
        if problems := tuple(reader.read()):
            return Reading(None, problems)
    except YamlFault as fault:
        return Reading(None, (fault.problem,))
    try:
        return Reading(msgspec.convert(reader.get_values(), component.arguments, strict=False))
    except msgspec.ValidationError as error:  # the type itself refuses, such as by its `__post_init__`
        reason = get_message(error.__cause__ or error)
        what = say("the block “{name}” refuses its arguments: {error}", name=block.name, error=reason)
        return Reading(None, (Problem(place, "bad-value", what, say("correct them")),))


class _Reader:
    """Reads the arguments of one block. `found` has the value of each, with the name that was typed."""

    def __init__(self, kind: type[msgspec.Struct], block: Block, place: Location) -> None:
        self.known, self.block, self.place = list_arguments(kind), block, place
        self.found: dict[str, tuple[str, Node]] = {}
        braces = _BRACES.search(block.words)
        at = braces.start() if braces else len(block.words)
        self.words, self.braces = block.words[:at].rstrip().replace("\\{", "{"), block.words[at:]
        self.indent = block.column - 1 + at

    def get_values(self) -> dict[str, Any]:
        """The values as plain data, by the names that the type gives its fields."""
        encoded = {one.name: one.encoded for one in self.known}
        return {encoded[name]: to_texts(value) for name, (_, value) in self.found.items()}

    def read(self) -> Iterator[Problem]:
        """Find the values; gives what is wrong with them.

        Raises:
            YamlFault: when what stands in the braces is not YAML.
        """
        if not self.braces and (opened := _UNCLOSED.search(self.words)) is not None:
            yield self._tell_unclosed(opened.start())
            return
        if self.words:
            yield from self._take_words()
        if self.braces:
            tree = parse(" " * self.indent + self.braces, self.place.path, first_line=self.place.line)
            if isinstance(tree, Mapping):
                yield from self._take_entries(tree)
        for argument in self.known:
            if argument.name in self.found:
                yield from self._check(argument, *self.found[argument.name])
            elif argument.is_required:
                yield self._lacks(argument)

    def _take_words(self) -> Iterator[Problem]:
        line, column = self.place.line, self.block.column
        end = column + len(self.block.words[: self.indent - column + 1].rstrip())
        if self.known:
            words = Scalar(self.words, plain=True, line=line, column=column, end=(line, end))
            self.found[self.known[0].name] = ("", _translate(self.known[0], words))
            return
        what = say("nothing may follow the name of the block “{name}”", name=self.block.name)
        edit = Edit(line, column, line, end, "")
        fix = say("remove “{words}”", words=self.words)
        yield Problem(Location(self.place.path, line, column), "bad-value", what, fix, edits=(edit,))

    def _tell_unclosed(self, at: int) -> Problem:
        column = self.block.column + len(self.block.words.rstrip())
        place = Location(self.place.path, self.place.line, self.block.column + at)
        edit = Edit(place.line, column, place.line, column, "}")
        what = say("the braces of the block “{name}” are not closed", name=self.block.name)
        return Problem(place, "bad-value", what, say("write `}` at the end of this line"), edits=(edit,))

    def _take_entries(self, tree: Mapping) -> Iterator[Problem]:
        arguments = {fold_name(name): argument for argument in self.known for name in argument.names}
        last = ""
        for typed, (key, value) in tree.entries.items():
            argument = arguments.get(fold_name(typed))
            place = Location(self.place.path, key.line, key.column)
            if argument is None:
                if isinstance(value, Scalar) and value.plain and not value.text:
                    if (joined := _JOINED.fullmatch(typed)) and (argument := arguments.get(fold_name(joined[1]))):
                        self.found[argument.name] = (joined[1], Scalar(joined[2], plain=False, line=0, column=0))
                        yield self._tell_joined(key, f"{joined[1]}: {joined[2]}")
                        continue
                    if last:
                        yield self._tell_comma(last, key)
                        continue
                what = say("the block “{name}” has no argument `{argument}`", name=self.block.name, argument=typed)
                argument, fix, edits = self._suggest(key)
                yield Problem(place, "unknown-key", what, fix, edits=edits)
            elif argument.name in self.found:
                what = say("the block “{name}” is given `{argument}` twice", name=self.block.name, argument=typed)
                yield Problem(place, "duplicate-key", what, say("keep one of the two"))
            if argument is not None:
                self.found[argument.name] = (typed, _translate(argument, value))
                last = argument.name

    def _tell_joined(self, key: Scalar, entry: str) -> Problem:
        """The fault of a name and a value without a colon and a space between them."""
        what = say("a colon and a space stand between an argument and its value")
        place = Location(self.place.path, key.line, key.column)
        return Problem(place, "yaml-space", what, say("write `{name}`", name=entry), edits=rename_key(key, entry))

    def _tell_comma(self, name: str, key: Scalar) -> Problem:
        """The fault of a comma within the value of an argument, which is right then as far as is known."""
        typed, value = self.found[name]
        before = value.text if isinstance(value, Scalar) else ""
        argument = next(one for one in self.known if one.name == name)
        text = f'"{f"{before}, {key.text}".strip(_QUOTES)}"'
        if _DIGITS.fullmatch(before) and _DIGITS.fullmatch(key.text) and _refuses_words(argument):
            text = f"{before}.{key.text}"
        self.found[name] = (typed, Scalar(text.strip('"'), plain=False, line=0, column=0))
        what = say("the comma before “{words}” ends the value of `{argument}`", words=key.text, argument=typed)
        edits: tuple[Edit, ...] = ()
        if isinstance(value, Scalar) and value.end[0] and key.end[0]:
            edits = (Edit(value.line, value.column, *key.end, text),)
        fix = say("write `{name}`", name=f"{typed}: {text}")
        return Problem(Location(self.place.path, key.line, key.column), "unknown-key", what, fix, edits=edits)

    def _suggest(self, key: Scalar) -> tuple[Argument | None, Message, tuple[Edit, ...]]:
        """The argument that was meant by an unknown name, if any has a similar one, and the fix."""
        free = [one for one in self.known if one.name not in self.found]
        names = {fold_name(name): (one, name) for one in free for name in one.names}
        if (close := find_nearest(fold_name(key.text), names, MIN_LIKENESS)) is not None:
            argument, name = names[close]
            return argument, say("did you mean `{name}`?", name=name), rename_key(key, name)
        known = ", ".join(name for _, name in names.values())
        return None, say("use one of {names}", names=known) if known else say("remove it"), ()

    def _check(self, argument: Argument, typed: str, value: Node) -> Iterator[Problem]:
        """What is wrong with a value; `typed` is "" for the words behind the block's name."""
        for problem in find_value_faults(value, argument.kind, typed or argument.names[0], self.place.path):
            if typed:
                yield problem
            elif problem.edits:
                yield replace(problem, fix=say("write `{name}`", name=problem.edits[0].text))
            else:
                fix = say("write {kind} behind the name of the block", kind=describe_type(argument.kind))
                yield replace(problem, fix=fix)

    def _lacks(self, argument: Argument) -> Problem:
        name = argument.names[0]
        what = say("the block “{name}” lacks `{argument}`", name=self.block.name, argument=name)
        fix = say("write `{{{argument}: …}}` at the end of this line", argument=name)
        if argument is self.known[0]:
            fix = say("write it behind the name, `:::{name} …`", name=self.block.name)
        elif self.braces:
            fix = say("add `{argument}: …` in the braces", argument=name)
        return Problem(self.place, "missing-key", what, fix)


def _refuses_words(argument: Argument) -> bool:
    """Whether an argument is no text, such as a number."""
    return bool(find_value_faults(Scalar("a", plain=True, line=0, column=0), argument.kind, argument.name, ""))


def _translate(argument: Argument, value: Node) -> Node:
    """The value; for a word that stands for one of the argument's values that one."""
    if not isinstance(value, Scalar) or (meant := argument.values.get(fold_name(value.text))) is None:
        return value
    return replace_field(value, text=meant)
