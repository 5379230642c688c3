"""The scale of a drawing: from values to places, and the round numbers at its axis."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import msgspec

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
"""The digits with which a round step may begin."""

MOST_STEPS = 5


class Scale(msgspec.Struct, frozen=True):
    """Values from `low` to `high`, and the round ones in between, which are both ends among them."""

    ticks: tuple[Decimal, ...]

    @property
    def low(self) -> Decimal:
        """The value at the lower end."""
        return self.ticks[0]

    @property
    def high(self) -> Decimal:
        """The value at the upper end."""
        return self.ticks[-1]

    def place(self, value: Decimal) -> float:
        """Where a value lies, from 0 at the lower to 1 at the upper end."""
        return float((value - self.low) / (self.high - self.low))


def make_scale(values: Iterable[Decimal], *, with_zero: bool) -> Scale:
    """A scale around values; from zero on where the length of a mark says how large a value is."""
    known = [*values, *([Decimal(0)] if with_zero else [])] or [Decimal(0)]
    low, high = min(known), max(known)
    if not with_zero and low >= 0 and low <= (high - low) / 2:
        low = Decimal(0)
    if low == high:
        low, high = (low, low + 1) if low >= 0 else (low, Decimal(0))
    step = _find_step((high - low) / MOST_STEPS)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return Scale(tuple(step * (first + number) for number in range(int(last - first) + 1)))


def _find_step(least: Decimal) -> Decimal:
    """The smallest round step that is no smaller than this."""
    unit = Decimal(1).scaleb(least.adjusted())
    return next(step * unit for step in _STEPS if step * unit >= least)
