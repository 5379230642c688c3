"""The axis of a chart with its round numbers, the lines at them, and the labels below, of which some are left out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from newsgen.body.attachments.chart_data import Chart
from newsgen.body.attachments.label_widths import FONT, cut_text, measure_text
from newsgen.body.attachments.marks import Anchor, draw_line, draw_svg, draw_text, write_share
from newsgen.body.attachments.numbers import count_decimals, write_number
from newsgen.body.attachments.scales import Scale, make_scale
from newsgen.body.attachments.writing import Writing

TOP, PLOT = 20, 190
"""Where the plot begins, and how high it is."""

WIDEST_TICK = 64
"""Wider numbers at the axis are written in thousands, millions or billions."""

WIDEST_LABEL = 110
GAP = 8
UNITS = ("", "thousand", "million", "billion")


class Axis(msgspec.Struct, frozen=True):
    """The axis of a chart: its scale, the numbers at it in units of a power of 1,000, and how wide they are."""

    scale: Scale
    texts: tuple[str, ...]
    power: int

    @property
    def width(self) -> int:
        """The width of the axis with its numbers, in pixels."""
        return round(max(map(measure_text, self.texts))) + GAP

    def place(self, value: Decimal) -> float:
        """How far from the top a value lies."""
        return round(TOP + PLOT * (1 - self.scale.place(value)), 1)

    def draw(self, height: float) -> str:
        """The numbers."""
        parts = [
            draw_text(text, str(self.width - GAP // 2), self.place(tick) + FONT / 3, "end")
            for tick, text in zip(self.scale.ticks, self.texts, strict=True)
        ]
        return draw_svg(parts, height, "chart-axis", str(self.width))

    def draw_grid(self) -> list[str]:
        """A line across the plot at each number."""
        return [
            draw_line(("0", "100%"), (self.place(tick),) * 2, "zero" if not tick else "grid")
            for tick in self.scale.ticks
        ]


def make_axis(chart: Chart, writing: Writing, *, with_zero: bool) -> Axis:
    """The axis for the values of a chart."""
    scale = make_scale(chart.values, with_zero=with_zero)
    column = chart.series[0].column
    sign = "%" if all(one.column.is_percent for one in chart.series) else ""
    for power in range(len(UNITS)):
        numbers = [tick.scaleb(-3 * power).normalize() for tick in scale.ticks]
        decimals = max(map(count_decimals, numbers))
        texts = [
            write_number(number, decimals, writing.language, is_grouped=not column.is_year) + sign for number in numbers
        ]
        if max(map(measure_text, texts)) <= WIDEST_TICK or sign or column.is_year:
            break
    return Axis(scale, tuple(texts), power)


def thin_labels(labels: Sequence[str], places: Sequence[float], width: float) -> Iterator[tuple[int, str, Anchor]]:
    """The labels that have room at their places in a width, from 0 to 1: the first, the last, and those in between."""
    boxes = [_find_box(label, place * width, width) for label, place in zip(labels, places, strict=True)]
    last = len(labels) - 1
    taken = float("-inf")
    for number, (text, anchor, left, right) in enumerate(boxes):
        if number != last and (left < taken + GAP or right + GAP > boxes[last][2]):
            continue
        if number == last and left < taken + GAP:
            return
        taken = right
        yield number, text, anchor


def draw_labels(chart: Chart, places: Sequence[float], width: float, y: float) -> list[str]:
    """The labels below a chart that have room."""
    return [
        draw_text(text, write_share(places[number]), y, anchor)
        for number, text, anchor in thin_labels(chart.labels, places, width)
    ]


def _find_box(label: str, at: float, width: float) -> tuple[str, Anchor, float, float]:
    """A label with its anchor, and where it begins and ends."""
    text = cut_text(label, WIDEST_LABEL)
    size = measure_text(text)
    if at - size / 2 < 0:
        return text, "start", at, at + size
    if at + size / 2 > width:
        return text, "end", at - size, at
    return text, "middle", at - size / 2, at + size / 2
