"""A sheet as a table of HTML: with a caption, heads of rows and columns, and numbers that stand below one another."""

from datetime import date
from decimal import Decimal
from html import escape

from newsgen.body.attachments.sheets import Column, Sheet
from newsgen.body.attachments.shown import ShownFile
from newsgen.body.attachments.writing import Writing

SORTABLE = "sortable"
"""The class of tables that the theme's script sorts."""

FEWEST = 3
"""With fewer rows there is nothing to sort."""


def draw_table(shown: ShownFile, sheet: Sheet, writing: Writing) -> str:
    """The figure of a table."""
    style = escape(" ".join(filter(None, ("data-table", shown.style))))
    table = write_table(shown, sheet, writing, caption=write_caption(shown))
    return f'<figure class="{style}">{table}{write_source(shown, sheet, writing)}</figure>'


def write_caption(shown: ShownFile) -> str:
    """What a table or chart shows, and its unit."""
    unit = shown.caption or shown.attachment.options.unit or ""
    parts = [f"<b>{escape(shown.alt)}</b>"] if shown.alt else []
    parts += [f'<span class="unit">{escape(unit)}</span>'] if unit else []
    return " ".join(parts)


def write_source(shown: ShownFile, sheet: Sheet, writing: Writing) -> str:
    """The line below a table or chart: where its data come from, and the file itself."""
    more = f"{writing.say('more', count=sheet.left_out)} " if sheet.left_out else ""
    return f"<figcaption>{write_link(shown, writing, more)}</figcaption>"


def write_link(shown: ShownFile, writing: Writing, more: str = "") -> str:
    """Where data come from, and the link to their file; `more` stands in between."""
    ending = shown.attachment.source.rpartition(".")[2].upper()
    told = f"{writing.say('download')} ({ending}, {escape(writing.write_size(shown.attachment.facts.size))})"
    credit = f'<span class="credit">{escape(shown.credit)}</span> ' if shown.credit else ""
    return f'{credit}{more}<a href="{escape(shown.url)}" download>{told}</a>'


def write_table(shown: ShownFile, sheet: Sheet, writing: Writing, caption: str = "") -> str:
    """The table itself, which scrolls alone where it is wider than the page."""
    style = f' class="{SORTABLE}"' if sheet.height >= FEWEST else ""
    head = "".join(map(_write_head, sheet.columns))
    lit = set(shown.attachment.options.highlight or ())
    has_heads = _names_rows(sheet.columns[0]) and len(sheet.columns) > 1
    rows = []
    for row in range(sheet.height):
        cells = [
            _write_cell(column, row, writing, is_head=has_heads and not at) for at, column in enumerate(sheet.columns)
        ]
        mark = ' class="lit"' if sheet.columns[0].cells[row].text.strip() in lit else ""
        rows.append(f"<tr{mark}>{''.join(cells)}</tr>")
    told = f"<caption><span>{caption}</span></caption>" if caption else ""
    label = f' role="group" aria-label="{escape(shown.alt)}"' if shown.alt else ""
    return (
        f'<div class="table-scroll" tabindex="0"{label}><table{style}>{told}'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _write_head(column: Column) -> str:
    style = _write_side(column)
    if not column.name.text:
        return f"<td{style}></td>"
    return f'<th scope="col"{style}>{escape(column.name.text)}</th>'


def _write_cell(column: Column, row: int, writing: Writing, *, is_head: bool) -> str:
    value = column.values[row] if column.values else None
    style = _write_side(column)
    data = ""
    if isinstance(value, Decimal):
        data = f' data-value="{value:f}"'
    elif isinstance(value, date):
        data = f' data-value="{value:%Y%m%d}"'
    tag, scope = ("th", ' scope="row"') if is_head else ("td", "")
    return f"<{tag}{scope}{style}{data}>{escape(writing.write(column, row))}</{tag}>"


def _write_side(column: Column) -> str:
    """The attribute by which numbers stand below one another."""
    return ' class="align-right"' if column.kind == "number" and not column.is_year else ""


def _names_rows(column: Column) -> bool:
    """Whether the cells of a first column say what their rows are about."""
    return column.kind != "number" or column.is_year
