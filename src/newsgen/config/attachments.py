"""Settings of attachments: tables and other files that stories show with the syntax of pictures."""

from collections.abc import Collection, Iterable, Iterator
from typing import Annotated, Literal

import msgspec

from newsgen.config.taxonomies import Fault
from newsgen.core.messages import IT, say
from newsgen.core.path_patterns import make_pattern, rate_pattern, split_path
from newsgen.core.site_files import CONTENT, STATIC
from newsgen.core.text import nfc

Typed = Literal["1.234,5", "1,234.5"]
"""How the numbers of a file are typed."""

Numbers = Literal["", "1.234,5", "1,234.5"]
"""The same; "" where the file itself says so."""

MOST_ROWS, MOST_COLUMNS = 10_000, 200
"""The highest limits that may be set: a page with more cells is no page any more."""

MOST_DECIMALS = 10
"""How many decimals the numbers of a table may have at most."""


class TableOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a table is shown: which columns and how many rows, in which order; None leaves a decision to the file.

    `highlight` names rows by their first cell.
    """

    columns: tuple[str, ...] | None = None
    order: str | None = None
    descending: bool | None = None
    rows: Annotated[int, msgspec.Meta(ge=1)] | None = None
    highlight: tuple[str, ...] | None = None
    unit: str | None = None
    decimals: Annotated[int, msgspec.Meta(ge=0, le=MOST_DECIMALS)] | None = None
    numbers: Typed | None = None

    def complete(self, other: "TableOptions") -> "TableOptions":
        """These options, and those of another that they leave open; whoever names the order says which way it goes."""
        values = {}
        for name in TableOptions.__struct_fields__:
            own = getattr(self, name)
            is_open = own is None and not (name == "descending" and self.order is not None)
            values[name] = getattr(other, name) if is_open else own
        return TableOptions(**values)


PLAIN = TableOptions()


class Attachments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many rows and columns a table may have, and how its numbers are typed where its file does not tell.

    `files` are by patterns of names or paths: how the tables are shown whose sidecars do not say it.
    """

    rows: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)] = 500
    columns: Annotated[int, msgspec.Meta(ge=1, le=MOST_COLUMNS)] = 20
    numbers: Numbers = ""
    files: dict[str, TableOptions] = {}

    def choose(self, source: str) -> TableOptions:
        """What `files` say of a table. Of several patterns the most specific one counts, of two alike the later one."""
        ordered = sorted(map(_complete_path, reversed(self.files)), key=rate_pattern)
        named = {_complete_path(path): options for path, options in self.files.items()}
        chosen = PLAIN
        for path in ordered:
            if make_pattern(path).match(f"{nfc(source)}/"):
                chosen = chosen.complete(named[path])
        return chosen


def find_unused(files: Iterable[str], sources: Collection[str]) -> Iterator[str]:
    """The patterns that match none of these sources."""
    for path in files:
        pattern = make_pattern(_complete_path(path))
        if not any(pattern.match(f"{nfc(source)}/") for source in sources):
            yield path


def find_faults(attachments: Attachments) -> Iterator[Fault]:
    """Every fault of these settings."""
    for path in attachments.files:
        steps = split_path(path)
        is_known = bool(steps) and (len(steps) == 1 or steps[0] in (CONTENT, STATIC) or "*" in steps[0])
        if not is_known or path.startswith("/") or path.endswith("/"):
            what = say("`{name}` names no files", name=IT)
            fix = say("write the name of a table or its path from the site, such as `gia-*.csv` or `content/kinh-te`")
            yield ("attachments", "files", path), what, fix


def _complete_path(path: str) -> str:
    """The pattern of paths that a pattern stands for: a name alone counts in all folders."""
    return path if "/" in path else f"**/{path}"
