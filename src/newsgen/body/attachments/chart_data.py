"""What a chart shows: a label for each row of a sheet, and one or more series of numbers."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal
from urllib.parse import unquote

import msgspec

from newsgen.body.attachments.numbers import read_typed
from newsgen.body.attachments.sheets import Column, Sheet, is_missing
from newsgen.body.attachments.shown import ShownFile
from newsgen.body.attachments.writing import Writing
from newsgen.core.errors import Location, Problems, find_nearest
from newsgen.core.messages import say
from newsgen.core.text import slugify
from newsgen.core.yaml_hints import write_list

Form = Literal["columns", "bars", "line"]

FORMS: dict[str, Form] = {
    "cot": "columns",
    "thanh": "bars",
    "duong": "line",
    "column": "columns",
    "columns": "columns",
    "bar": "bars",
    "bars": "bars",
    "line": "line",
    "lines": "line",
}
"""The names of forms, as slugs: `#cột` is `#cot`."""

NAMED = "#cot, #thanh, #duong, #column, #bar, #line"
MOST_SERIES = 6
MOST_ROWS: dict[Form, int] = {"columns": 60, "bars": 60, "line": 200}
"""How many rows a chart of each form can show on a phone."""


class Series(msgspec.Struct, frozen=True):
    """One series: its column, and its values by row, None for what is missing."""

    column: Column
    values: tuple[Decimal | None, ...]

    @property
    def name(self) -> str:
        """The name of its column."""
        return self.column.name.text


class Chart(msgspec.Struct, frozen=True):
    """A chart to be drawn. `is_ordered` says that its rows are moments or numbers, whose labels may be left out.

    `lit` are the rows that stand out.
    """

    form: Form
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    steps: tuple[float, ...]
    is_ordered: bool
    lit: frozenset[int]

    @property
    def values(self) -> list[Decimal]:
        """All values of all series."""
        return [value for one in self.series for value in one.values if value is not None]


def find_form(shown: ShownFile, problems: Problems) -> Form | None:
    """The form that an address names; None after adding the problem of one that is unknown."""
    name = slugify(unquote(shown.form))
    if name in FORMS:
        return FORMS[name]
    what = say("“{form}” is no form in which “{file}” can be shown", form=shown.form, file=shown.attachment.source)
    close = find_nearest(name, FORMS)
    fix = say("write one of {names}", names=NAMED) if close is None else say("did you mean `#{name}`?", name=close)
    problems.add(shown.place, "unknown-form", what, fix)
    return None


def make_chart(shown: ShownFile, sheet: Sheet, writing: Writing, problems: Problems) -> Chart | None:
    """The chart of a sheet; None after adding what keeps it from being drawn."""
    form, before = find_form(shown, problems), len(problems.found)
    if form is None:
        return None
    head, *columns = sheet.columns
    _check_columns(shown, columns, problems)
    if sheet.height > MOST_ROWS[form]:
        values = {"most": MOST_ROWS[form], "sidecar": shown.attachment.sidecar or f"{shown.attachment.source}.yaml"}
        what = say("this form of a chart shows at most {most} rows", **values)
        problems.add(shown.place, "table-size", what, say("show fewer: write `rows: {most}` in {sidecar}", **values))
    if len(problems.found) > before:
        return None
    steps = _find_steps(head)
    rows, lit = range(sheet.height), shown.attachment.options.highlight or ()
    return Chart(
        form,
        tuple(writing.write(head, row) for row in rows),
        tuple(Series(column, column.numbers) for column in columns),
        steps,
        head.kind != "text",
        frozenset(row for row in rows if head.cells[row].text.strip() in lit),
    )


def _check_columns(shown: ShownFile, columns: list[Column], problems: Problems) -> None:
    """Report columns that are no numbers, or too many."""
    source = shown.attachment.source
    sidecar = shown.attachment.sidecar or f"{source}.yaml"
    if not columns:
        what = say("a chart needs a column of labels and one of numbers")
        problems.add(Location(source), "csv-row", what, say("add a column of numbers"))
    if len(columns) > MOST_SERIES:
        place = Location(source, columns[MOST_SERIES].name.line, columns[MOST_SERIES].name.column)
        what = say("the chart has {count} columns of numbers, more than {most}", count=len(columns), most=MOST_SERIES)
        names = write_list(column.name.text for column in columns[:2])
        fix = say("name those to show: write `columns: {names}` in {sidecar}", names=names, sidecar=sidecar)
        problems.add(place, "table-size", what, fix)
    for column in columns:
        if column.kind == "number":
            continue
        cell = next((c for c in column.cells if not is_missing(c) and not _is_number(c.text)), column.name)
        what = say("“{text}” is no number, and the chart draws this column", text=cell.text.strip())
        fix = say("correct it, or name the columns to draw with `columns` in {sidecar}", sidecar=sidecar)
        problems.add(Location(source, cell.line, cell.column), "bad-cell", what, fix)


def _is_number(text: str) -> bool:
    return read_typed(text.strip()) is not None


def _find_steps(head: Column) -> tuple[float, ...]:
    """Where the rows lie from left to right, from 0 to 1: by their moments or numbers where these go up."""
    count = len(head.cells)
    even = tuple(row / max(1, count - 1) for row in range(count))
    numbers = [
        float(value.toordinal()) if isinstance(value, date) else float(value) if value is not None else None
        for value in head.values
    ]
    known = [number for number in numbers if number is not None]
    if len(known) < count or count < 2 or any(a >= b for a, b in pairwise(known)):
        return even
    return tuple((number - known[0]) / (known[-1] - known[0]) for number in known)
