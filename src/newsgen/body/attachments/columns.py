"""Columns beside one another, with an axis: for short labels, and for moments, of which not all need a label."""

from newsgen.body.attachments.axes import PLOT, TOP, Axis, draw_labels, make_axis
from newsgen.body.attachments.bars import LETTERS
from newsgen.body.attachments.chart_data import Chart
from newsgen.body.attachments.label_widths import FONT, LINE, fits, measure_text, wrap_text
from newsgen.body.attachments.marks import NARROWEST, describe_mark, draw_svg, draw_text, write_share
from newsgen.body.attachments.writing import Writing

FILLED = 0.7
"""The part of the width that columns take."""

MOST_LINES = 3
THINNEST = 2
"""The width of a column in pixels, below which it is not seen."""


def draw_columns(chart: Chart, writing: Writing) -> tuple[str, Axis] | None:
    """The drawing of a chart and its axis; None where its labels or columns have no room."""
    axis = make_axis(chart, writing, with_zero=True)
    room = NARROWEST - axis.width
    slot = room / len(chart.labels)
    has_room = all(fits(label, slot - 6, MOST_LINES) for label in chart.labels)
    if (not has_room and not chart.is_ordered) or slot * FILLED / len(chart.series) < THINNEST:
        return None
    below = TOP + PLOT + (LINE if axis.scale.low < 0 else 0) + FONT + 4
    parts = [*axis.draw_grid(), *_draw_marks(chart, axis, writing, slot)]
    centres = [(row + 0.5) / len(chart.labels) for row in range(len(chart.labels))]
    lines = 1
    if has_room:
        for label, centre in zip(chart.labels, centres, strict=True):
            wrapped = wrap_text(label, slot - 6, MOST_LINES)
            lines = max(lines, len(wrapped))
            parts += [
                draw_text(text, write_share(centre), below + LINE * number, "middle")
                for number, text in enumerate(wrapped)
            ]
    else:
        parts += draw_labels(chart, centres, room, below)
    height = below + LINE * (lines - 1) + 5
    return axis.draw(height) + draw_svg(parts, height, "chart-plot"), axis


def _draw_marks(chart: Chart, axis: Axis, writing: Writing, slot: float) -> list[str]:
    """The columns, each with its value where all values have room."""
    count, size = len(chart.labels), len(chart.series)
    zero = axis.place(axis.scale.ticks[0] * 0)
    texts = [writing.write_value(chart.series[0].column, value) for value in chart.values]
    with_values = size == 1 and all(measure_text(text) <= slot - 2 for text in texts)
    parts = []
    for row, label in enumerate(chart.labels):
        for at, series in enumerate(chart.series):
            if (value := series.values[row]) is None:
                continue
            left = (row + (1 - FILLED) / 2 + FILLED * at / size) / count
            end, told = axis.place(value), writing.write_value(series.column, value)
            data, title = describe_mark(value, f"{label}, {series.name}: {told}")
            style = f"series-{LETTERS[at]}" + (" lit" if row in chart.lit else "")
            box = f'x="{write_share(left)}" y="{min(end, zero):g}" width="{write_share(FILLED / size / count)}"'
            parts.append(f'<rect class="{style}" {box} height="{abs(end - zero):g}"{data}>{title}</rect>')
            if with_values:
                y = end + FONT + 2 if value < 0 else end - 4
                parts.append(draw_text(told, write_share((row + 0.5) / count), y, "middle", ' class="value"'))
    return parts
