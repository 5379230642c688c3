"""CSV → a sheet: the columns that are shown, each of texts, numbers or dates, with every fault at its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Literal

import msgspec
from msgspec.structs import replace

from newsgen.body.attachments.dates import read_days, read_months
from newsgen.body.attachments.numbers import AMBIGUOUS, Typed, convert, count_decimals, read_typed
from newsgen.config.attachments import Attachments
from newsgen.core.csv_text import BadCsv, Cell, Row, find_delimiter, read_rows
from newsgen.core.errors import Location, Problems, find_nearest
from newsgen.core.messages import Message, say
from newsgen.core.site_files import SETTINGS
from newsgen.core.text import fold, slugify, squeeze
from newsgen.core.yaml_hints import write_item, write_list
from newsgen.model.attachments import Attachment

MOST_TOLD = 10
"""How many faults of one kind are told of a file."""

MISSING = frozenset(["", "-", "–", "—", "…", "...", "n/a", "na", "null", "#n/a"])
"""Cells without a value."""

YEARS = range(1800, 2200)
"""Whole numbers that are years where a column has no others: they are written without a sign for thousands."""

Value = Decimal | date | None


class Column(msgspec.Struct, frozen=True):
    """One column: its name and its cells, and of numbers and dates their values, None for what is missing.

    Numbers are written with so many `decimals`; those of `years` are not grouped.
    """

    name: Cell
    cells: tuple[Cell, ...]
    kind: Literal["text", "number", "day", "month"] = "text"
    values: tuple[Value, ...] = ()
    decimals: int = 0
    is_percent: bool = False
    is_year: bool = False

    @property
    def numbers(self) -> tuple[Decimal | None, ...]:
        """The values of a column of numbers."""
        return tuple(value if isinstance(value, Decimal) else None for value in self.values)


class Sheet(msgspec.Struct, frozen=True):
    """The columns of a table, as they are shown. `left_out` counts the rows of the file that are not shown."""

    columns: tuple[Column, ...]
    left_out: int = 0

    @property
    def height(self) -> int:
        """How many rows are shown."""
        return len(self.columns[0].cells)


class SheetReader:
    """Reads one CSV as its sidecar and the settings want it shown; faults go to `problems`."""

    def __init__(self, attachment: Attachment, settings: Attachments, problems: Problems) -> None:
        self.attachment, self.settings, self.problems = attachment, settings, problems
        self.source, self.options = attachment.source, attachment.options
        self.delimiter = ","

    def read(self, text: str) -> Sheet | None:
        """The sheet of a text; None after adding its faults."""
        before = len(self.problems.found)
        rows = self._read_rows(text)
        columns = self._choose_columns(self._make_columns(rows)) if rows else []
        if len(self.problems.found) > before:
            return None
        if not columns:
            what, fix = say("there is no table in this file"), say("write the names of its columns in the first line")
            self._add(Location(self.source), "csv-row", what, fix)
            return None
        columns = self._type_columns(columns)
        columns, left_out = self._arrange(columns)
        return Sheet(tuple(columns), left_out) if len(self.problems.found) == before else None

    def _read_rows(self, text: str) -> list[Row]:
        """The head and the rows of a text; none after a fault."""
        self.delimiter, start = find_delimiter(text)
        if self.source.casefold().endswith(".tsv"):
            self.delimiter, start = "\t", 0
        most = self.settings.rows
        found = read_rows(text, self.source, self.delimiter, start)
        try:
            rows = list(islice(found, most + 2)) if self.options.rows is None else list(found)
        except BadCsv as error:
            self.problems.extend([error.problem])
            return []
        while rows and not any(cell.text.strip() for cell in rows[-1]):
            rows.pop()
        if self.options.rows is None and len(rows) > most + 1:
            what = say("the table has more than {most} rows", most=most)
            fix = say("show fewer: write `rows: {most}` in {sidecar}", most=min(most, 20), sidecar=self._sidecar)
            self._add(self._locate(rows[most + 1][0]), "table-size", what, fix)
        return rows

    def _make_columns(self, rows: Sequence[Row]) -> list[Column]:
        """The columns that have a name or a cell."""
        head = rows[0]
        width = max(at for at, cell in enumerate(head, 1) if cell.text.strip() or at == 1)
        odd = [row for row in rows[1:] if len(row) < width or any(cell.text.strip() for cell in row[width:])]
        for row in odd[:MOST_TOLD]:
            self._report_row(row, width)
        fitting = rows[1:] if not odd else ()
        columns = [
            Column(replace(name, text=squeeze(name.text)), tuple(row[at] for row in fitting))
            for at, name in enumerate(head[:width])
        ]
        seen: set[str] = set()
        for column in columns[1:]:
            if not column.name.text:
                self._add(self._locate(column.name), "csv-row", say("this column has no name"), say("name it"))
        for column in columns:
            if column.name.text in seen:
                what = say("two columns have the name “{name}”", name=column.name.text)
                self._add(self._locate(column.name), "csv-row", what, say("rename one of the two"))
            seen.add(column.name.text)
        return columns

    def _report_row(self, row: Row, width: int) -> None:
        what = say("this row has not the {count} values of the first line", count=width)
        sign = "tab" if self.delimiter == "\t" else f"`{self.delimiter}`"
        self._add(Location(self.source, row[0].line), "csv-row", what, say("add or remove a {sign}", sign=sign))

    def _choose_columns(self, columns: list[Column]) -> list[Column]:
        """The columns that the sidecar names, in its order, or all."""
        by_name = {column.name.text: column for column in columns}
        chosen = columns
        if self.options.columns:
            for at, name in enumerate(self.options.columns):
                self._check_name(name, by_name, f"columns.{at}")
            chosen = [by_name[name] for name in dict.fromkeys(self.options.columns) if name in by_name]
        if self.options.order:
            self._check_name(self.options.order, by_name, "order")
        if len(chosen) > self.settings.columns:
            most = self.settings.columns
            what = say("the table has {count} columns, more than {most}", count=len(chosen), most=most)
            names = write_list(column.name.text for column in chosen[:2])
            fix = say("name those to show: write `columns: {names}` in {sidecar}", names=names, sidecar=self._sidecar)
            self._add(self._locate(chosen[most].name), "table-size", what, fix)
        ordering = by_name.get(self.options.order) if self.options.order else None
        if ordering is not None and ordering not in chosen:
            return [*chosen, ordering]  # it is left out when the rows are in order
        return chosen

    def _check_name(self, name: str, known: Mapping[str, Column], field: str) -> None:
        """Report a column that the sidecar or the settings name and the file does not have."""
        names = list(filter(None, known))
        if name in names:
            return
        if field not in self.attachment.places:
            self._report_unfit(name, known, field)
            return
        what = say("{file} has no column “{name}”", file=self.source, name=name)
        fix = say("use one of {names}", names=", ".join(map(write_item, names)))
        if (close := find_nearest(name, names)) is not None:
            fix = say("did you mean `{name}`?", name=write_item(close))
        self._add(Location(self.attachment.sidecar, *self.attachment.places[field]), "unknown-column", what, fix)

    def _report_unfit(self, name: str, known: Mapping[str, Column], field: str) -> None:
        """Report a column that newsgen.yaml wants of this file, among others that have it."""
        what = say("this file has no column “{name}”, which {settings} wants of it", name=name, settings=SETTINGS)
        if (close := find_nearest(name, filter(None, known))) is not None:
            self._add(self._locate(known[close].name), "unknown-column", what, say("write `{name}`", name=name))
            return
        written = "order: ''" if field == "order" else f"columns: {write_list(filter(None, known))}"
        fix = say("add the column, or write `{field}` in {sidecar}", field=written, sidecar=self._sidecar)
        self._add(Location(self.source), "unknown-column", what, fix)

    def _type_columns(self, columns: Sequence[Column]) -> list[Column]:
        """The columns with the values of their cells."""
        typed = [_read_numbers(column) for column in columns]
        decimal = self._find_decimal(list(zip(columns, typed, strict=True)))
        if decimal is None:
            return list(columns)
        return [
            self._make_numbers(column, numbers, decimal) if numbers else _make_dates(column)
            for column, numbers in zip(columns, typed, strict=True)
        ]

    def _find_decimal(self, columns: Iterable[tuple[Column, list[Typed | None]]]) -> str | None:
        """The sign before decimals in all numbers of the file; None after a fault."""
        said = self.options.numbers or self.settings.numbers
        told = "," if said == "1.234,5" else "." if said else ""
        doubtful: Cell | None = None
        first: Cell | None = None
        for column, numbers in columns:
            for cell, number in zip(column.cells, numbers, strict=False):
                if number is None or not number.decimal:
                    continue
                if number.decimal == AMBIGUOUS:
                    doubtful = doubtful or cell
                elif not told:
                    told, first = number.decimal, cell
                elif number.decimal != told:
                    self._report_mixture(cell, first, told)
                    return None
        if told or doubtful is None:
            return told or "."
        if self.delimiter == ";":  # programs write semicolons where numbers have commas
            return ","
        self._report_doubt(doubtful)
        return None

    def _report_mixture(self, cell: Cell, first: Cell | None, told: str) -> None:
        values = {"typed": cell.text.strip(), "sign": told}
        what = say("“{typed}” is no number here, where `{sign}` stands before decimals", **values)
        if first is not None:
            values["line"] = str(first.line)
            what = say("“{typed}” is no number here, as `{sign}` stands before decimals in line {line}", **values)
        fix = say("type all numbers of the file in one way")
        self._add(self._locate(cell), "bad-cell", what, fix)

    def _report_doubt(self, cell: Cell) -> None:
        text = cell.text.strip()
        plain = text.replace(".", "").replace(",", "")
        what = say("“{typed}” may be {plain}, or a number with three decimals", typed=text, plain=plain)
        way = "1.234,5" if "." in text else "1,234.5"
        fix = say(
            "write `{plain}`, or say how numbers are typed: `numbers: {way}` in {sidecar}",
            plain=plain,
            way=way,
            sidecar=self._sidecar,
        )
        self._add(self._locate(cell), "bad-cell", what, fix)

    def _make_numbers(self, column: Column, numbers: Sequence[Typed | None], decimal: str) -> Column:
        values = tuple(convert(number, decimal) if number is not None else None for number in numbers)
        present = [value for value in values if value is not None]
        decimals = max(map(count_decimals, present), default=0)
        if self.options.decimals is not None:
            decimals = self.options.decimals
        is_percent = all(number.is_percent for number in numbers if number is not None)
        is_plain = all(number.digits.isdigit() for number in numbers if number is not None)
        is_year = is_plain and all(value == int(value) and int(value) in YEARS for value in present)
        is_year = is_year and not is_percent
        return replace(
            column,
            kind="number",
            values=values,
            decimals=0 if is_year else decimals,
            is_percent=is_percent,
            is_year=is_year,
        )

    def _arrange(self, columns: list[Column]) -> tuple[list[Column], int]:
        """The columns with their rows in order, and how many rows are left out."""
        options, height = self.options, len(columns[0].cells)
        at = list(range(height))
        by_name = {column.name.text: column for column in columns}
        if (column := by_name.get(options.order or "")) is not None and options.order:
            at = sorted_rows(column, descending=bool(options.descending))
        shown = at if options.rows is None else at[: min(options.rows, self.settings.rows)]
        kept = [c for c in columns if not options.columns or c.name.text in options.columns]
        if shown != list(range(height)):
            kept = [_take_rows(column, shown) for column in kept]
        self._check_highlights(kept)
        return kept, height - len(shown)

    def _check_highlights(self, columns: Sequence[Column]) -> None:
        """Report rows that the sidecar names and the file does not have; those of the settings are for many files."""
        known = [cell.text.strip() for cell in columns[0].cells]
        for at, name in enumerate(self.options.highlight or ()):
            place = self.attachment.places.get(f"highlight.{at}")
            if name not in known and place is not None:
                what = say("{file} shows no row “{name}”", file=self.source, name=name)
                close = find_nearest(name, known)
                fix = (
                    say("write the first cell of a row")
                    if close is None
                    else say("did you mean `{name}`?", name=write_item(close))
                )
                self._add(Location(self.attachment.sidecar, *place), "unknown-column", what, fix)

    @property
    def _sidecar(self) -> str:
        return self.attachment.sidecar or f"{self.source}.yaml"

    def _locate(self, cell: Cell) -> Location:
        return Location(self.source, cell.line, cell.column)

    def _add(self, place: Location, rule: str, what: Message, fix: Message) -> None:
        self.problems.add(place, rule, what, fix)


def is_missing(cell: Cell) -> bool:
    """Whether a cell has no value."""
    return cell.text.strip().casefold() in MISSING


def sorted_rows(column: Column, *, descending: bool = False) -> list[int]:
    """The numbers of the rows in the order of a column; those without a value stand last."""
    present = [at for at, cell in enumerate(column.cells) if not is_missing(cell)]
    absent = [at for at, cell in enumerate(column.cells) if is_missing(cell)]
    if column.kind == "text":
        present.sort(key=lambda at: (slugify(column.cells[at].text), fold(column.cells[at].text)), reverse=descending)
    else:
        present.sort(key=lambda at: column.values[at], reverse=descending)  # type: ignore[arg-type, return-value]
    return present + absent


def _read_numbers(column: Column) -> list[Typed | None]:
    """The numbers in the cells of a column; an empty list where one of them is none."""
    numbers: list[Typed | None] = []
    for cell in column.cells:
        number = None if is_missing(cell) else read_typed(cell.text.strip())
        if number is None and not is_missing(cell):
            return []
        numbers.append(number)
    return numbers if any(numbers) else []


def _make_dates(column: Column) -> Column:
    """The column with the days or months that all its cells are, or as it is."""
    present = [cell.text.strip() for cell in column.cells if not is_missing(cell)]
    if not present:
        return column
    if (days := read_days(present)) is not None:
        return replace(column, kind="day", values=tuple(_spread(column, days)))
    if (months := read_months(present)) is not None:
        return replace(column, kind="month", values=tuple(_spread(column, months)))
    return column


def _spread(column: Column, values: Iterable[date]) -> Iterator[date | None]:
    """Values for the cells that have one, None for the others."""
    left = iter(values)
    for cell in column.cells:
        yield None if is_missing(cell) else next(left)


def _take_rows(column: Column, rows: Sequence[int]) -> Column:
    values = tuple(column.values[at] for at in rows) if column.values else ()
    return replace(column, cells=tuple(column.cells[at] for at in rows), values=values)
