"""The components of a site by every name that begins a block: newsgen's own and those of plugins."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from newsgen.body.components.contract import DeclaredComponent
from newsgen.body.components.names import fold_name
from newsgen.core.errors import MIN_LIKENESS, find_nearest

BUILT_IN: tuple[DeclaredComponent, ...] = ()
"""newsgen's own components."""


def _by_name(components: Iterable[DeclaredComponent]) -> Mapping[str, DeclaredComponent]:
    return MappingProxyType({fold_name(name): one for one in components for name in one.names})


_OWN = _by_name(BUILT_IN)


class Components:
    """What is known of the names that begin blocks, with or without diacritics, in small letters or large ones."""

    def __init__(self, added: Iterable[DeclaredComponent]) -> None:
        self._every = {**_OWN, **_by_name(added)}
        self._names = {fold_name(name): name for one in self._every.values() for name in one.names}

    def find(self, typed: str) -> DeclaredComponent | None:
        """The component whose blocks begin with this name, if there is one."""
        return self._every.get(fold_name(typed))

    def suggest(self, typed: str) -> str | None:
        """The name that was meant by one that no component has, if any is similar."""
        close = find_nearest(fold_name(typed), self._names, MIN_LIKENESS)
        return self._names[close] if close else None

    def list_names(self) -> list[str]:
        """Every name, for a message."""
        return sorted(self._names.values())
