"""A sheet as a chart that is drawn when the paper is built: an SVG in the colours of the theme, and its table."""

from html import escape

from newsgen.body.attachments.axes import UNITS, Axis
from newsgen.body.attachments.bars import LETTERS, draw_bars
from newsgen.body.attachments.chart_data import Chart, Form, make_chart
from newsgen.body.attachments.columns import draw_columns
from newsgen.body.attachments.lines import draw_lines
from newsgen.body.attachments.sheets import Sheet
from newsgen.body.attachments.shown import ShownFile
from newsgen.body.attachments.tables import write_caption, write_source, write_table
from newsgen.body.attachments.writing import Writing
from newsgen.core.errors import Problems

FIGURE = "data-chart"
"""The class of the figure of a chart."""

DRAWN = "chart"
"""The class of what is drawn in it: programs that read feeds get the table alone."""


def draw_chart(shown: ShownFile, sheet: Sheet, writing: Writing, problems: Problems) -> str | None:
    """The figure of a chart; None after adding what keeps it from being drawn."""
    chart = make_chart(shown, sheet, writing, problems)
    if chart is None:
        return None
    form, drawing, axis = _draw(chart, writing)
    style = escape(" ".join(filter(None, (FIGURE, "has-lit" if chart.lit else "", shown.style))))
    unit = f' <span class="unit">({writing.say(UNITS[axis.power])})</span>' if axis is not None and axis.power else ""
    label = escape(_describe(shown, chart, form, writing))
    return (
        f'<figure class="{style}"><p class="data-title">{write_caption(shown)}{unit}</p>{_write_legend(chart)}'
        f'<div class="{DRAWN}" role="img" aria-label="{label}">{drawing}</div>'
        f"<details><summary>{writing.say('data')}</summary>{write_table(shown, sheet, writing)}</details>"
        f"{write_source(shown, sheet, writing)}</figure>"
    )


def _draw(chart: Chart, writing: Writing) -> tuple[Form, str, Axis | None]:
    """The drawing with its form, which is bars where columns have no room."""
    if chart.form == "line":
        return chart.form, *draw_lines(chart, writing)
    if chart.form == "columns" and (drawn := draw_columns(chart, writing)) is not None:
        return chart.form, *drawn
    return "bars", draw_bars(chart, writing), None


def _write_legend(chart: Chart) -> str:
    """The names of several series."""
    if len(chart.series) == 1:
        return ""
    names = (f'<li class="series-{LETTERS[at]}">{escape(series.name)}</li>' for at, series in enumerate(chart.series))
    return f'<ul class="chart-legend">{"".join(names)}</ul>'


def _describe(shown: ShownFile, chart: Chart, form: Form, writing: Writing) -> str:
    """What a chart shows, in words: its form, and the least and the greatest value of each series."""
    said = [f"{shown.alt}." if shown.alt else "", writing.phrase(form)]
    for series in chart.series:
        known = [(value, row) for row, value in enumerate(series.values) if value is not None]
        if not known:
            continue
        (low, low_row), (high, high_row) = min(known), max(known)
        said.append(
            writing.phrase(
                "range",
                series=series.name,
                low=writing.write_value(series.column, low),
                low_label=chart.labels[low_row],
                high=writing.write_value(series.column, high),
                high_label=chart.labels[high_row],
            )
        )
    return " ".join(filter(None, said))
