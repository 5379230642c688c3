"""The values in front matter that cannot be parsed."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from newsgen.content.fences import find_ends
from newsgen.content.sources import FRONT_MATTER_BYTES
from newsgen.core.opening import open_inside

LINES = 200
"""How many lines are searched where no line closes the front matter."""

_VALUE = re.compile(r"""\s*(?:-\s+)?(?:["']?[\w-]+["']?\s*[:=])?\s*(.*)""")
_BETWEEN = re.compile(r"[,\[\]{}]|\s#")
_QUOTES = " \t\"'"


def collect_values(site: Path, sources: Iterable[str]) -> frozenset[str]:
    """Every value in the front matter of these sources, and the items of those that are lists."""
    return frozenset(value for source in sources for value in _read_values(site, source))


def _read_values(site: Path, source: str) -> Iterator[str]:
    try:
        with open_inside(site, site / source) as file:
            text = file.read(FRONT_MATTER_BYTES).decode("utf-8", "replace")
    except OSError:
        return
    ends = find_ends(text)
    head = text[ends.at : ends.end].splitlines() if ends else islice(text.splitlines(), LINES)
    for line in head:
        if (found := _VALUE.match(line)) and found[1]:
            for value in {found[1], *_BETWEEN.split(found[1])}:
                yield value.strip(_QUOTES)
