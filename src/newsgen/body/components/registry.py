"""The components of a site by every name that begins a block: newsgen's own and those of plugins."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec.structs import replace

from newsgen.body.components.boxes import make_box, make_columns, make_questions, make_quote
from newsgen.body.components.contract import NO_OWN, Component, DeclaredComponent, OwnComponents, declare_component
from newsgen.body.components.labelled_lists import make_facts, make_numbers, make_timeline
from newsgen.body.components.names import fold_name
from newsgen.body.components.paired_pictures import make_comparison
from newsgen.body.components.read_also import make_read_also
from newsgen.body.live.entries import NAMES, make_entry
from newsgen.core.errors import MIN_LIKENESS, find_nearest

_WORDS: tuple[tuple[Component, str], ...] = (
    (make_box, "box info hộp"),
    (make_quote, "quote trích trích-dẫn"),
    (make_timeline, "timeline mốc mốc-thời-gian"),
    (make_questions, "qa hỏi-đáp"),
    (make_facts, "facts thông-tin"),
    (make_numbers, "numbers con-số"),
    (make_comparison, "before-after trước-sau"),
    (make_columns, "columns cạnh-nhau"),
    (make_read_also, "read-also đọc-thêm"),
    (make_entry, NAMES),
)
BUILT_IN: tuple[DeclaredComponent, ...] = tuple(
    replace(declare_component(call, *names.split()), is_own=True) for call, names in _WORDS
)
"""newsgen's own components, each with its names in English and Vietnamese."""


def _by_name(components: Iterable[DeclaredComponent]) -> Mapping[str, DeclaredComponent]:
    return MappingProxyType({fold_name(name): one for one in components for name in one.names})


_OWN = _by_name(BUILT_IN)
OWN_NAMES = frozenset(_OWN)
"""The names of newsgen's own, in the form in which names are compared."""


class Components:
    """What is known of the names that begin blocks, with or without diacritics, in small letters or large ones."""

    def __init__(self, added: Iterable[DeclaredComponent], own: OwnComponents = NO_OWN) -> None:
        self._every, self._own = {**_OWN, **_by_name(added)}, own
        self._names = {fold_name(name): name for one in self._every.values() for name in one.names}

    def find(self, typed: str) -> DeclaredComponent | None:
        """The component whose blocks begin with this name, if there is one.

        Two words that are no name of newsgen's or a plugin's are hardly ever one: templates are not asked for them.
        """
        name = fold_name(typed)
        return self._every.get(name) or (None if " " in typed else self._own.find(name))

    def suggest(self, typed: str) -> str | None:
        """The name that was meant by one that no component has, if any is similar."""
        names = {**{name: name for name in self._own.list_names()}, **self._names}
        close = find_nearest(fold_name(typed), names, MIN_LIKENESS)
        return names[close] if close else None

    def list_names(self) -> list[str]:
        """Every name, for a message."""
        return sorted({*self._names.values(), *self._own.list_names()})
