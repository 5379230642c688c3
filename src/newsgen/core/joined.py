"""Sequences one after another, as one sequence."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TypeVar, overload

T = TypeVar("T", covariant=True)


class Joined(Sequence[T]):
    """The members of its `parts`, in their order. Nothing is copied; a part may make its members when they are read."""

    def __init__(self, parts: Iterable[Sequence[T]]) -> None:
        self.parts: tuple[Sequence[T], ...] = tuple(
            chain.from_iterable(part.parts if isinstance(part, Joined) else (part,) for part in parts)
        )
        self._ends = list(accumulate(map(len, self.parts)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self.parts)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """A member, or several as a list."""
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        number = bisect_right(self._ends, at)
        return self.parts[number][at - (self._ends[number - 1] if number else 0)]
