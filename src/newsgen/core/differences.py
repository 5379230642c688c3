"""What differs in two sequences of which most members are the very same objects, in the same order."""

from collections.abc import Sequence
from operator import is_not
from typing import TypeVar

T = TypeVar("T")


def find_differences(before: Sequence[T], now: Sequence[T]) -> tuple[list[int], list[int]]:
    """The places in the first of what is not in the second, and in the second of what is not in the first, ascending.

    Members are the same if they are the same object. No object stands twice in one sequence.
    """
    start = _count_alike(list(map(is_not, before, now)))
    most = min(len(before), len(now)) - start
    end = min(_count_alike(list(map(is_not, reversed(before), reversed(now)))), most)
    were, are = before[start : len(before) - end], now[start : len(now) - end]
    left, come = set(map(id, were)), set(map(id, are))
    gone = [place for place, one in enumerate(were, start) if id(one) not in come]
    new = [place for place, one in enumerate(are, start) if id(one) not in left]
    return gone, new


def _count_alike(others: list[bool]) -> int:
    """How many members are the same before the first that is another."""
    return others.index(True) if True in others else len(others)
