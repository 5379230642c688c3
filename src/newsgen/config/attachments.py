"""Settings of attachments: tables and other files that stories show with the syntax of pictures."""

from typing import Annotated, Literal

import msgspec

Numbers = Literal["", "1.234,5", "1,234.5"]
"""How the numbers of a file are typed; "" where the file itself says so."""

MOST_ROWS, MOST_COLUMNS = 10_000, 200
"""The highest limits that may be set: a page with more cells is no page any more."""


class Attachments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many rows and columns a table may have, and how its numbers are typed where its file does not tell."""

    rows: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)] = 500
    columns: Annotated[int, msgspec.Meta(ge=1, le=MOST_COLUMNS)] = 20
    numbers: Numbers = ""
