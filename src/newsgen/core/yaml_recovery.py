"""Read YAML with faults: each is reported and fixed by its edits, or left out, and the rest is read."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from newsgen.core import yaml_tree as yamltree
from newsgen.core.decoding import decode
from newsgen.core.errors import Edit, Location, Problem, Problems, apply_edits
from newsgen.core.opening import read_inside
from newsgen.core.plain_yaml import read_plain
from newsgen.core.yaml_hints import find_spacing_slip
from newsgen.core.yaml_tree import Mapping, Node, Scalar, Sequence, YamlFault

MOST = 20
"""How many faults of one text are reported."""
WORK = 1 << 20
"""How many characters are read again for that, at most."""

_LEFT = re.compile(r"[^\s#]")
_KEY = re.compile(r"""["']?([\w][\w -]*?)["']?\s*:(?:\s|$)""")
N = TypeVar("N", bound=Node)


def read_all(
    text: str, path: str, names: Collection[str], first_line: int = 1
) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of a text as far as it can be read, and every fault in it.

    `names` are the keys of its mapping. Places are those in the file, where the text begins at `first_line`.
    """
    if (plain := read_plain(text, first_line)) is not None:
        return plain, ()
    return read_with_parser(text, path, names, first_line)


class YamlFile(NamedTuple):
    """What a file of YAML holds: its tree as far as it can be read, None for an empty one, and whether that is all."""

    tree: Node | None
    is_whole: bool


def read_file(site: Path, source: str, problems: Problems) -> YamlFile | None:
    """What a file of the site holds; None where nothing of it can be read. Every fault is added to `problems`."""
    text = decode(read_inside(site, site / source), source)
    if isinstance(text, Problem):
        problems.extend([text])
        return None
    tree, slips = read_all(text, source, ())
    problems.extend(slips)
    return YamlFile(tree, not slips) if tree is not None or not slips else None


def read_with_parser(
    text: str, path: str, names: Collection[str], first_line: int = 1
) -> tuple[Node | None, tuple[Problem, ...]]:
    """The same, plain or not, by the parser of YAML."""
    return _read(_Recovery(text, path, names, first_line), yamltree.MAX_NODES, is_mapping=True)


def read_any(text: str, path: str, max_nodes: int) -> tuple[Node | None, tuple[Problem, ...]]:
    """The same for a text that may be anything, with at most `max_nodes` values."""
    return _read(_Recovery(text, path, (), 1), max_nodes, is_mapping=False)


def _read(reading: "_Recovery", max_nodes: int, *, is_mapping: bool) -> tuple[Node | None, tuple[Problem, ...]]:
    path, first_line, names = reading.path, reading.first_line, reading.names
    for _ in range(max(1, min(MOST, WORK // (len(reading.text) + 1)))):
        try:
            tree = yamltree.parse(reading.text, path, first_line=first_line, max_nodes=max_nodes, names=names)
        except YamlFault as fault:
            problem = fault.problem
        else:
            if not is_mapping or isinstance(tree, Mapping) or (slip := reading.spacing()) is None:
                return reading.placed(tree), tuple(reading.found)
            problem = slip
        if not reading.mend(problem):
            break
    return None, tuple(reading.found)


class _Recovery:
    """A text in repair. Its lines stay where they are; `shifts` are the columns and lengths of edits by line."""

    def __init__(self, text: str, path: str, names: Collection[str], first_line: int) -> None:
        self.text, self.path, self.names, self.first_line = text, path, names, first_line
        self.found: list[Problem] = []
        self.unread: set[str] = set()
        self.shifts: dict[int, tuple[int, int]] = {}

    def spacing(self) -> Problem | None:
        """A fault between a name and its value, in a text that is no mapping."""
        lines = self.text.split("\n")
        for number in range(len(lines)):
            place = Location(self.path, number + self.first_line)
            if slip := find_spacing_slip(place, lines, number):
                return slip
        return None

    def mend(self, problem: Problem) -> bool:
        """Add a problem, and fix or remove its cause in the text; False where nothing is left to remove."""
        touched = {line for edit in problem.edits for line in range(edit.line, edit.end_line + 1)}
        place = problem.location
        column = self._column(place.line, place.column)
        if not touched.isdisjoint(self.shifts):
            problem = replace(problem, edits=())
        self.found.append(replace(problem, location=replace(place, column=column)))
        if problem.edits:
            self._edit(problem.edits)
            return True
        return self._leave_out(place.line - self.first_line)

    def _edit(self, edits: Collection[Edit]) -> None:
        before = "\n" * (self.first_line - 1)
        kept = [replace(e, text=e.text + "\n" * (e.end_line - e.line - e.text.count("\n"))) for e in edits]
        self.text = apply_edits(before + self.text, kept)[len(before) :]
        for edit in edits:
            grown = len(edit.text) - (edit.end_column - edit.column) if edit.line == edit.end_line else 0
            self.shifts[edit.line] = edit.column, grown

    def _leave_out(self, line: int) -> bool:
        """Empty the lines of the outermost entry around a line (from 0)."""
        lines = self.text.split("\n")
        line = min(line, len(lines) - 1)
        first = next((at for at in range(line, -1, -1) if _LEFT.match(lines[at])), 0)
        last = next((at for at in range(line + 1, len(lines)) if _LEFT.match(lines[at])), len(lines))
        if not any(lines[first:last]):
            return False
        if key := _KEY.match(lines[first]):
            self.unread.add(key[1])
        lines[first:last] = [""] * (last - first)
        self.text = "\n".join(lines)
        return True

    def placed(self, tree: Node | None) -> Node | None:
        """The tree with places in the text as it was typed."""
        if isinstance(tree, Mapping) and self.unread:
            tree.unread = frozenset(self.unread)
        return self._placed(tree) if tree is not None and self.shifts else tree

    def _placed(self, node: N) -> N:
        if node.line in self.shifts:
            node.column = self._column(node.line, node.column)
            if isinstance(node, Scalar):
                node.end = (0, 0)
        elif isinstance(node, Scalar) and node.end[0] in self.shifts:
            node.end = (0, 0)
        if isinstance(node, Mapping):
            node.entries = {
                name: (self._placed(key), self._placed(value)) for name, (key, value) in node.entries.items()
            }
        elif isinstance(node, Sequence):
            node.items = [self._placed(item) for item in node.items]
        return node

    def _column(self, line: int, column: int) -> int:
        begin, grown = self.shifts.get(line, (0, 0))
        return max(begin, column - grown) if begin and column > begin else column
