"""Lines over moments or numbers, with gaps where values are missing."""

from collections.abc import Iterator
from decimal import Decimal

from newsgen.body.attachments.axes import PLOT, TOP, Axis, draw_labels, make_axis
from newsgen.body.attachments.bars import LETTERS
from newsgen.body.attachments.chart_data import Chart, Series
from newsgen.body.attachments.label_widths import FONT
from newsgen.body.attachments.marks import NARROWEST, describe_mark, draw_svg, write_share
from newsgen.body.attachments.writing import Writing

SPACE = 6
"""Room at both sides for the points of the first and last value."""

UNITS = 1000
"""The width of the plot in the units of its lines."""

MARKED = 30
"""With more rows the points of a line are not drawn larger than it is."""


def draw_lines(chart: Chart, writing: Writing) -> tuple[str, Axis]:
    """The drawing of a chart and its axis."""
    axis = make_axis(chart, writing, with_zero=False)
    room = NARROWEST - axis.width
    places = [(SPACE + (room - 2 * SPACE) * step) / room for step in chart.steps]
    below = TOP + PLOT + FONT + 6
    parts = axis.draw_grid()
    parts += [_draw_series(series, at, places, axis) for at, series in enumerate(chart.series)]
    for at, series in enumerate(chart.series):
        parts += _draw_points(chart, series, f"series-{LETTERS[at]}", (places, axis, writing))
    parts += draw_labels(chart, places, room, below)
    return axis.draw(below + 5) + draw_svg(parts, below + 5, "chart-plot"), axis


def _draw_series(series: Series, at: int, places: list[float], axis: Axis) -> str:
    """The line of a series, stretched to the width of the plot."""
    path = ""
    for run in _find_runs(series.values):
        steps = [f"{UNITS * places[row]:.1f} {axis.place(value):g}" for row, value in run]
        path += f"M{'L'.join(steps)}"
    return (
        f'<svg width="100%" height="{TOP + PLOT}" viewBox="0 0 {UNITS} {TOP + PLOT}" preserveAspectRatio="none">'
        f'<path class="series-{LETTERS[at]}" d="{path}" vector-effect="non-scaling-stroke"/></svg>'
        if path
        else ""
    )


def _find_runs(values: tuple[Decimal | None, ...]) -> Iterator[list[tuple[int, Decimal]]]:
    """The rows that a line joins: two or more without a missing value in between."""
    run: list[tuple[int, Decimal]] = []
    for row, value in enumerate((*values, None)):
        if value is not None:
            run.append((row, value))
            continue
        if len(run) > 1:
            yield run
        run = []


def _draw_points(chart: Chart, series: Series, style: str, where: tuple[list[float], Axis, Writing]) -> Iterator[str]:
    """A point for each value."""
    places, axis, writing = where
    joined = {row for run in _find_runs(series.values) for row, _ in run}
    for row, value in enumerate(series.values):
        if value is None:
            continue
        size = 5 if row in chart.lit else 3 if len(chart.labels) <= MARKED or row not in joined else 1
        told = f"{chart.labels[row]}, {series.name}: {writing.write_value(series.column, value)}"
        data, title = describe_mark(value, told)
        place = f'cx="{write_share(places[row])}" cy="{axis.place(value):g}" r="{size}"'
        yield f'<circle class="{style}" {place}{data}>{title}</circle>'
