"""`data` in templates: the content of the files in data/, which no template can change."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from newsgen.core.digests import digest
from newsgen.core.messages import say
from newsgen.core.queries import Query, QueryMethods, show_presence
from newsgen.core.questions import OnQuestion, ignore_question

BOTH = ("__delitem__", "__setitem__", "clear", "pop")
OF_LISTS = ("__iadd__", "__imul__", "append", "extend", "insert", "remove", "reverse", "sort")
OF_MAPPINGS = ("__ior__", "popitem", "setdefault", "update")


def _refuse(*_: object, **__: object) -> NoReturn:
    what = say("a template cannot change this, for other pages read it too: make a list or a mapping of your own")
    raise TypeError(what)


FixedList = type("FixedList", (list,), dict.fromkeys((*BOTH, *OF_LISTS), _refuse))
FixedMapping = type("FixedMapping", (dict,), dict.fromkeys((*BOTH, *OF_MAPPINGS), _refuse))


def freeze(value: Any) -> Any:  # noqa: ANN401 - what a file gave
    """The value with lists and mappings, at any depth, that cannot be changed."""
    if isinstance(value, dict):
        return FixedMapping({key: freeze(item) for key, item in value.items()})
    if isinstance(value, list):
        return FixedList(map(freeze, value))
    return tuple(map(freeze, value)) if isinstance(value, tuple) else value


class Data(QueryMethods, Mapping[str, Any]):
    """`data` in templates: each file that is read is a question."""

    def __init__(self, values: Mapping[str, Any], on_question: OnQuestion = ignore_question) -> None:
        super().__init__(on_question)
        self._values = values
        self._fixed: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - what the file gave
        self._on_question(("data", name))  # without an answer: the digest of a large file takes time
        if name not in self._fixed:
            self._fixed[name] = freeze(self._values[name])
        return self._fixed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.data_names())

    def __len__(self) -> int:
        return len(self.data_names())

    @Query(say("data/{name}"), show=show_presence, outside=True)
    def data(self, name: str) -> str:
        """The digest of a file in data/; "" where there is none."""
        return digest(repr(self._values[name]).encode("utf-8", "backslashreplace")) if name in self._values else ""

    @Query(say("the names of all files in data/"), show=", ".join, outside=True)
    def data_names(self) -> tuple[str, ...]:
        """The names of the files in data/, in their order."""
        return tuple(self._values)
