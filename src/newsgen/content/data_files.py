"""data/*.yaml, *.json, *.csv → plain values for templates."""

from pathlib import Path
from typing import Any

from newsgen.core import yaml_tree as yamltree
from newsgen.core.csv_text import BadCsv, read_rows
from newsgen.core.decoding import decode
from newsgen.core.errors import Location, Problem, Problems
from newsgen.core.json_text import read_json
from newsgen.core.messages import say
from newsgen.core.opening import read_inside
from newsgen.core.yaml_recovery import read_any

MAX_NODES = 1_000_000


def read_data(site: Path, sources: tuple[str, ...], problems: Problems) -> dict[str, Any]:
    """Templates' `data`, in which data/a/b.yaml is `data.a.b`. Files of other kinds are passed over."""
    tree: dict[str, Any] = {}
    taken: dict[str, str] = {}
    for source in sources:
        stem, _, ending = source.removeprefix("data/").rpartition(".")
        reader = READERS.get(ending)
        if reader is None:
            continue
        name = stem.replace("/", ".")
        if stem in taken:
            what = say("{source} already gives templates `data.{name}`", source=taken[stem], name=name)
            problems.add(Location(source), "duplicate-data", what, say("rename one of the two"))
            continue
        taken[stem] = source
        text = decode(read_inside(site, site / source), source)
        value = (text,) if isinstance(text, Problem) else reader(text, source)
        if isinstance(value, tuple):
            problems.extend(value)
        elif not _put(tree, stem.split("/"), value):
            what = say("another file already gives templates a part of `data.{name}`", name=name)
            problems.add(Location(source), "duplicate-data", what, say("rename the file or the folder"))
    return tree


class _Folder(dict[str, Any]):
    """A folder of data files; a file that holds a mapping is a plain dict."""


def _put(tree: dict[str, Any], steps: list[str], value: object) -> bool:
    """Add a file's value to the tree; False where a file and a folder have the same name."""
    for step in steps[:-1]:
        below = tree.setdefault(step, _Folder())
        if not isinstance(below, _Folder):
            return False
        tree = below
    if steps[-1] in tree:
        return False
    tree[steps[-1]] = value
    return True


Faults = tuple[Problem, ...]
"""The problems of a file, returned instead of its value: no value of YAML, JSON or CSV is a tuple."""


def _read_yaml(text: str, source: str) -> Any | Faults:  # noqa: ANN401 - YAML's own types
    tree, slips = read_any(text, source, MAX_NODES)
    return slips or yamltree.resolve(tree)


def _read_json(text: str, source: str) -> Any | Faults:  # noqa: ANN401 - JSON's own types
    value, fault = read_json(text, source)
    return value if fault is None else (fault,)


def _read_csv(text: str, source: str) -> list[dict[str, str]] | Faults:
    try:
        head, *rows = list(read_rows(text, source)) or [()]
    except BadCsv as error:
        return (error.problem,)
    names = [cell.text for cell in head]
    if len(set(names)) < len(names):
        what = say("two columns have the same name")
        return (Problem(Location(source), "csv-row", what, say("rename one in the first line")),)
    what = say("this row has not the {count} values of the first line", count=len(names))
    fix = say("add or remove a comma")
    odd = (row[0].line for row in rows if len(row) != len(names))
    faults = tuple(Problem(Location(source, line), "csv-row", what, fix) for line in odd)
    return faults or [dict(zip(names, (cell.text for cell in row), strict=True)) for row in rows]


READERS = {"yaml": _read_yaml, "yml": _read_yaml, "json": _read_json, "csv": _read_csv}
