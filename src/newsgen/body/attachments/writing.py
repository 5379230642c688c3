"""The cells of a sheet as readers see them, in the language of a story."""

from datetime import date
from decimal import Decimal
from html import escape

import msgspec

from newsgen.body.attachments.dates import MONTH_PATTERNS, write_date
from newsgen.body.attachments.numbers import write_number
from newsgen.body.attachments.sheets import Column, is_missing
from newsgen.body.attachments.words import say_in

NOTHING = "–"
"""What stands for a missing value."""

MONTH_PATTERN = "MMM yyyy"


class Writing(msgspec.Struct, frozen=True):
    """How cells are written: the language, and its pattern of short dates."""

    language: str
    days: str

    def write(self, column: Column, row: int) -> str:
        """The text of a cell."""
        if is_missing(column.cells[row]):
            return NOTHING
        value = column.values[row] if column.values else None
        if isinstance(value, Decimal):
            return self.write_value(column, value)
        if isinstance(value, date):
            return self.write_day(column, value)
        return column.cells[row].text.strip()

    def write_value(self, column: Column, value: Decimal) -> str:
        """A number as those of its column are written."""
        text = write_number(value, column.decimals, self.language, is_grouped=not column.is_year)
        return f"{text}%" if column.is_percent else text

    def write_day(self, column: Column, day: date) -> str:
        """A day or month."""
        base = self.language.partition("-")[0]
        pattern = self.days if column.kind == "day" else MONTH_PATTERNS.get(base, MONTH_PATTERN)
        return write_date(day, pattern, self.language)

    def write_size(self, size: int) -> str:
        """A number of bytes, as browsers tell it."""
        if size < 1_000_000:
            return say_in(self.language, "kilobytes", size=max(1, round(size / 1000)))
        number = write_number(Decimal(size) / 1_000_000, 1 if size < 10_000_000 else 0, self.language)
        return say_in(self.language, "megabytes", size=number)

    def phrase(self, name: str, **values: object) -> str:
        """One of newsgen's own texts."""
        return say_in(self.language, name, **values)

    def say(self, name: str, **values: object) -> str:
        """The same, escaped."""
        return escape(self.phrase(name, **values))
