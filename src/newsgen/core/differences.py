"""The differences of two sequences that share most of their objects, in the same order."""

from collections.abc import Callable, Iterable, Sequence
from itertools import compress, count
from operator import is_not
from typing import TypeVar

T = TypeVar("T")
V = TypeVar("V")


def find_differences(before: Sequence[T], now: Sequence[T]) -> tuple[list[int], list[int]]:
    """The indexes in `before` of what is not in `now`, and in `now` of what is not in `before`, ascending.

    Members are the same if they are the same object. No object stands twice in one sequence.
    """
    most = min(len(before), len(now))
    start = _count_alike(before, now, most)
    end = _count_alike(reversed(before), reversed(now), most - start)
    changed_before = before[start : len(before) - end]
    changed_now = now[start : len(now) - end]
    return _find_missing(changed_before, changed_now, start), _find_missing(changed_now, changed_before, start)


def _find_missing(members: Sequence[T], others: Sequence[T], start: int) -> list[int]:
    """The indexes, from `start` on, of members that are not among the others."""
    identities = set(map(id, others))
    return [index for index, member in enumerate(members, start) if id(member) not in identities]


def bring_forward(known: Iterable[V], gone: Sequence[int], new: Sequence[int], make: Callable[[int], V]) -> list[V]:
    """A value for each member of the second sequence: from `known`, which has those of the first, or `make` (index)."""
    values = list(known)
    for index in reversed(gone):
        del values[index]
    for index in new:
        values.insert(index, make(index))
    return values


def _count_alike(before: Iterable[T], now: Iterable[T], most: int) -> int:
    """How many members are the same before the first difference, at most `most`."""
    return min(next(compress(count(), map(is_not, before, now)), most), most)
