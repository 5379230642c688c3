"""`make rules`: write the tables of docs/errors.md from newsgen's rules."""

import re
from pathlib import Path

from newsgen.core.rules import GROUPS, table

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
_TABLE = re.compile(r"(^## (.+)\n\n(?:(?!\|)(?!## ).*\n)*\| rule .*\n\|---.*\n)((?:\|.*\n)*)", re.MULTILINE)


def with_tables(text: str) -> str:
    """The page with the rows of each group under its heading."""
    return _TABLE.sub(lambda m: m[1] + "".join(f"{row}\n" for row in table(m[2])) if m[2] in GROUPS else m[0], text)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8")
