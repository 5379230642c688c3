"""`data` in templates: what the files of data/ say, as no template can change it."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from newsgen.core.digests import digest, digest_of
from newsgen.core.messages import say
from newsgen.core.questions import Asked, Question

BOTH = ("__delitem__", "__setitem__", "clear", "pop")
OF_LISTS = ("__iadd__", "__imul__", "append", "extend", "insert", "remove", "reverse", "sort")
OF_MAPPINGS = ("__ior__", "popitem", "setdefault", "update")


def _refuse(*_: object, **__: object) -> NoReturn:
    what = say("a template cannot change this, for other pages read it too: make a list or a mapping of your own")
    raise TypeError(what)


FixedList = type("FixedList", (list,), dict.fromkeys((*BOTH, *OF_LISTS), _refuse))
FixedMapping = type("FixedMapping", (dict,), dict.fromkeys((*BOTH, *OF_MAPPINGS), _refuse))


def fixed(value: Any) -> Any:  # noqa: ANN401 - what a file gave
    """The same value, with lists and mappings, at any depth, that cannot be changed."""
    if isinstance(value, dict):
        return FixedMapping({key: fixed(one) for key, one in value.items()})
    if isinstance(value, list):
        return FixedList(map(fixed, value))
    return tuple(map(fixed, value)) if isinstance(value, tuple) else value


class Data(Mapping[str, Any]):
    """`data` in templates: each top name that is looked at is asked about."""

    def __init__(self, values: Mapping[str, Any], asked: Asked) -> None:
        self._values, self._asked = values, asked
        self._fixed: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - what the file gave
        self._asked(("data", name))
        if name not in self._fixed:
            self._fixed[name] = fixed(self._values[name])
        return self._fixed[name]

    def __iter__(self) -> Iterator[str]:
        self._asked(("data names", None))
        return iter(self._values)

    def __len__(self) -> int:
        self._asked(("data names", None))
        return len(self._values)

    def fingerprint(self, question: Question) -> str:
        """The digest of one file's value, or of all names in their order."""
        name = str(question[1])
        if question[0] == "data names":
            return digest_of(list(self._values))
        return digest(repr(self._values[name]).encode("utf-8", "backslashreplace")) if name in self._values else ""
