"""What differs in two sequences of which most members are the very same objects, in the same order."""

from collections.abc import Callable, Iterable, Sequence
from itertools import compress, count
from operator import is_not
from typing import TypeVar

T = TypeVar("T")
V = TypeVar("V")


def find_differences(before: Sequence[T], now: Sequence[T]) -> tuple[list[int], list[int]]:
    """The places in the first of what is not in the second, and in the second of what is not in the first, ascending.

    Members are the same if they are the same object. No object stands twice in one sequence.
    """
    most = min(len(before), len(now))
    start = _count_alike(before, now, most)
    end = _count_alike(reversed(before), reversed(now), most - start)
    were, are = before[start : len(before) - end], now[start : len(now) - end]
    left, come = set(map(id, were)), set(map(id, are))
    gone = [place for place, one in enumerate(were, start) if id(one) not in come]
    new = [place for place, one in enumerate(are, start) if id(one) not in left]
    return gone, new


def bring_forward(known: Iterable[V], gone: Sequence[int], new: Sequence[int], make: Callable[[int], V]) -> list[V]:
    """What there is for each member of the second sequence, where `known` has it for the first; `make` has a place."""
    found = list(known)
    for place in reversed(gone):
        del found[place]
    for place in new:
        found.insert(place, make(place))
    return found


def _count_alike(before: Iterable[T], now: Iterable[T], most: int) -> int:
    """How many members are the same before the first that is another, but no more than `most`."""
    return min(next(compress(count(), map(is_not, before, now)), most), most)
