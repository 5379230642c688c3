"""What a component is: a function of the HTML in a block and of its arguments, and what it may ask for besides."""

import inspect
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import msgspec

from newsgen.body.link_targets import LinkTargets
from newsgen.core.errors import Edit, Location, Problem, Problems
from newsgen.core.messages import as_message, say


class Component(Protocol):
    """Makes the HTML of a block: a function `(html, arguments)` or `(html, arguments, context)`.

    `html` is what stands in the block, rendered. `arguments` is annotated as `str`, for the words that follow the name
    as they were typed, or as a msgspec.Struct, whose fields are the arguments. `context` is a ComponentContext. The
    result is sanitised as every text is.
    """

    def __call__(self, html: str, /, *given: Any, **named: Any) -> str:  # noqa: ANN401 - each has its own arguments
        """The HTML of a block."""


@dataclass(frozen=True, slots=True)
class ComponentContext:
    """Where a block stands, and what its component may ask.

    `name` is the block's as it was typed, `language` that of the paper's words, `source` the file and `line` the
    block's first line in it; `folder` is that of the source below content/, `base` the path before every address of the
    site. `text` is what stands in the block, as it was typed. What `targets` are asked is recorded: the page is made
    again when an answer is another one. Files of the site that the block shows or links to are put into `files`.
    `began` is when a live story began, None in others.
    """

    name: str
    language: str
    source: str
    line: int
    folder: str
    base: str
    text: str
    targets: LinkTargets
    problems: Problems
    files: dict[str, None] = field(repr=False)
    began: datetime | None = None

    def locate(self, words: str) -> Location:
        """The place in the file of the first mention of these words in the block, or the block's first line."""
        at = self.text.find(words) if words else -1
        if at < 0:
            return Location(self.source, self.line)
        line = self.text.count("\n", 0, at)
        return Location(self.source, self.line + 1 + line, at - self.text.rfind("\n", 0, at))

    def tell(self, what: str, fix: str, place: Location | None = None, edits: tuple[Edit, ...] = ()) -> None:
        """Tell an error of this block, in its first line if no place is given: what is wrong, and what to write."""
        where = place or Location(self.source, self.line)
        self.problems.extend([Problem(where, "bad-block", as_message(what), as_message(fix), edits=edits)])


class DeclaredComponent(msgspec.Struct, frozen=True):
    """A component with what its signature says.

    `names` are those that begin a block. `arguments` is the type of its arguments, None for the words as they were
    typed; `is_own` says that it is newsgen's or the paper's own, whose HTML is not sanitised again. `faults` are told
    wherever it is used, which makes nothing then.
    """

    names: tuple[str, ...]
    call: Component
    arguments: type[msgspec.Struct] | None = None
    wants_context: bool = False
    is_own: bool = False
    faults: tuple[Problem, ...] = ()


class OwnComponents(Protocol):
    """The components that a paper's templates make. What is asked is recorded."""

    def find(self, name: str, /) -> DeclaredComponent | None:
        """The component of a name in the form in which names are compared."""

    def list_names(self) -> Sequence[str]:
        """The names of all."""


class NoOwnComponents:
    """Where no templates are known."""

    def find(self, _name: str, /) -> None:
        """There is none."""

    def list_names(self) -> tuple[str, ...]:
        """There is none."""
        return ()


NO_OWN = NoOwnComponents()


def declare_component(call: Callable[..., Any], *names: str) -> DeclaredComponent:
    """A function as a component of these names.

    Raises:
        TypeError: when it takes other parameters than a component gets.
    """
    taken = _list_parameters(call)
    if taken is None:  # such as `*given`, or a function in C
        return DeclaredComponent(names, call)
    kind = taken[1] if len(taken) in (2, 3) else None
    struct = kind if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else None
    if kind is not str and struct is None:
        form = "def {name}(html: str, arguments: Arguments, context: ComponentContext) -> str:"
        values = {"name": names[0], "form": form.replace("{name}", names[0].replace("-", "_"))}
        what = say(
            "the component “{name}” takes other parameters than `{form}`, where Arguments is `str` or a msgspec.Struct,"
            " and `context` may be left out",
            **values,
        )
        raise TypeError(what)
    return DeclaredComponent(names, call, struct, len(taken) == 3)


def _list_parameters(call: Callable[..., Any]) -> list[object] | None:
    """The types of a function's parameters, `str` for those without an annotation; None where nobody can tell."""
    try:
        parameters = list(inspect.signature(call).parameters.values())
    except (TypeError, ValueError):
        return None
    if any(one.kind is one.VAR_POSITIONAL for one in parameters):
        return None
    try:
        hints = typing.get_type_hints(call)
    except Exception:  # noqa: BLE001 - a hint is an expression of the plugin's
        hints = {one.name: one.annotation for one in parameters if one.annotation is not one.empty}
    required = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    return [hints.get(one.name, str) for one in required]
