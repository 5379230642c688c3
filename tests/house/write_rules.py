"""`make rules`: write the tables of docs/errors.md from newsgen's rules."""

import re
from itertools import starmap
from pathlib import Path

from newsgen.core.rules import GROUPS, WARNING, Rule

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
_TABLE = re.compile(r"(^## (.+)\n\n(?:(?!\|)(?!## ).*\n)*\| rule .*\n\|---.*\n)((?:\|.*\n)*)", re.MULTILINE)


def with_tables(text: str) -> str:
    """The page with the rows of each group under its heading."""
    return _TABLE.sub(lambda m: m[1] + "".join(starmap(_row, GROUPS[m[2]].items())) if m[2] in GROUPS else m[0], text)


def _row(name: str, rule: Rule) -> str:
    meaning = rule.meaning
    if rule.level == WARNING:
        meaning = f"Warning: {meaning[0].lower()}{meaning[1:]}"
    return f"| `{name}` | {_cell(meaning)} | {_cell(rule.fix)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8")
