"""Bars that lie one below the other, each under its label: the form for long labels, which have the whole width."""

from decimal import Decimal

import msgspec

from newsgen.body.attachments.chart_data import Chart, Series
from newsgen.body.attachments.label_widths import FONT, LINE, measure_text, wrap_text
from newsgen.body.attachments.marks import NARROWEST, describe_mark, draw_line, draw_svg, draw_text, write_share
from newsgen.body.attachments.writing import NOTHING, Writing

THICK, BETWEEN, GAP = 14, 10, 6
MOST_LINES = 3
WIDEST_VALUE = 110
"""Wider values stand in a line of their own."""

LETTERS = "abcdef"
"""The series in their order, as the style sheet names them."""


class _Layout(msgspec.Struct, frozen=True):
    """From where to where bars reach, as shares of the width, and between which values."""

    left: float
    right: float
    low: Decimal
    high: Decimal
    is_apart: bool

    def place(self, value: Decimal) -> float:
        """Where a value ends."""
        return self.left + (self.right - self.left) * float((value - self.low) / (self.high - self.low))


def draw_bars(chart: Chart, writing: Writing) -> str:
    """The drawing of a chart."""
    layout, parts, y = _lay_out(chart, writing), [""], 0.0
    for row, label in enumerate(chart.labels):
        for line in wrap_text(label, NARROWEST, MOST_LINES):
            parts.append(draw_text(line, "0", y + FONT))
            y += LINE
        y += 2
        for at, series in enumerate(chart.series):
            style = f"series-{LETTERS[at]}" + (" lit" if row in chart.lit else "")
            parts.append(_draw_bar(series, row, (layout, y, style, label), writing))
            y += LINE * 2 if layout.is_apart else LINE
        y += BETWEEN
    height = y - BETWEEN
    if layout.low < 0:
        parts[0] = draw_line((write_share(layout.place(Decimal(0))),) * 2, (0, height), "zero")
    return draw_svg(parts, height, "chart-plot")


def _draw_bar(series: Series, row: int, where: tuple[_Layout, float, str, str], writing: Writing) -> str:
    """One bar with its value behind its end."""
    layout, y, style, label = where
    value, zero = series.values[row], layout.place(Decimal(0))
    if value is None:
        return draw_text(NOTHING, write_share(zero), y + FONT, more=f' dx="{GAP}"')
    told = writing.write_value(series.column, value)
    end = layout.place(value)
    data, title = describe_mark(value, f"{label}, {series.name}: {told}")
    x, width = write_share(min(zero, end)), write_share(abs(end - zero))
    top = y + LINE if layout.is_apart else y
    bar = f'<rect class="{style}" x="{x}" y="{top:g}" width="{width}" height="{THICK}"{data}>{title}</rect>'
    if layout.is_apart:
        return draw_text(told, "0", y + FONT) + bar
    side = -GAP if value < 0 else GAP
    return bar + draw_text(told, write_share(end), y + FONT - 1, "end" if value < 0 else "start", f' dx="{side}"')


def _lay_out(chart: Chart, writing: Writing) -> _Layout:
    """The layout that leaves room for the values at both sides."""
    wide = {True: 0.0, False: 0.0}
    for series in chart.series:
        for value in filter(None, series.values):
            wide[value < 0] = max(wide[value < 0], measure_text(writing.write_value(series.column, value)) + GAP + 2)
    low, high = min(chart.values, default=Decimal(0)), max(chart.values, default=Decimal(0))
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    if max(wide.values()) > WIDEST_VALUE:
        return _Layout(0, 1, low, high, is_apart=True)
    least = measure_text(NOTHING) + GAP + 2
    zeros = [measure_text(writing.write_value(one.column, Decimal(0))) + GAP + 2 for one in chart.series]
    right = max(wide[False], least, *zeros)
    return _Layout(wide[True] / NARROWEST, 1 - right / NARROWEST, low, high, is_apart=False)
