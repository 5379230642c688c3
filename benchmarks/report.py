"""The results as JSON, as a Markdown table and as a plot."""

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

SCENARIOS = {
    "clean": "from nothing",
    "unchanged": "nothing changed",
    "body": "one body edited",
    "tag": "one tag changed",
    "story": "one story added",
    "template": "article template edited",
}
COLOURS = ("#a31621", "#1f6f8b", "#7a8b1f", "#8a5a00", "#5b4b8a")


@dataclass(slots=True)
class Cell:
    """One generator in one scenario: a value a round; `together` is of one more run, whose seconds do not count.

    `wrong` says what was missing in the output afterwards.
    """

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    largest: list[float] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    together: float | None = None
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Results:
    """Everything that one run of the comparison found. `cells` is by scenario, then by generator."""

    stories: int
    latest: str
    rounds: int
    versions: dict[str, str]
    machine: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    cells: dict[str, dict[str, Cell]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What tells this comparison from others: "10000-inline"."""
        return f"{self.stories}-{self.latest}"


def machine() -> dict[str, Any]:
    """What the figures depend on, without the machine's name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "memory_gb": round(memory, 1),
        "load_before": [round(load, 2) for load in os.getloadavg()],
    }


def describe_machine(facts: Mapping[str, Any]) -> str:
    """What the figures depend on, in words."""
    return f"{facts['processors']} shared cores, {facts['memory_gb']:.0f} GB, Python {facts['python']}"


def read_results(figures: Mapping[str, Any]) -> Results:
    """Results from their JSON; other keys are passed over."""
    known = {name: figures[name] for name in Results.__dataclass_fields__}
    cells = {s: {peer: Cell(**cell) for peer, cell in own.items()} for s, own in figures["cells"].items()}
    return Results(**{**known, "cells": cells})


def save(results: Results, folder: Path) -> Path:
    """Write the three files; the path of the table."""
    folder.mkdir(parents=True, exist_ok=True)
    name = results.name
    (folder / f"{name}.json").write_text(json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / f"{name}.svg").write_text(plot(results), "utf-8")
    path = folder / f"{name}.md"
    path.write_text(table(results), "utf-8")
    return path


def table(results: Results) -> str:
    """A Markdown table a scenario; `×` is the ratio to the first generator in the same rounds."""
    facts = results.machine
    lines = [
        f"# {results.stories:,} stories, latest list {results.latest}, {results.rounds} rounds",
        "",
        f"{facts['system']}, {facts['processors']} processors, {facts['memory_gb']} GB, Python {facts['python']}, "
        f"load before {facts['load_before'][0]}. " + ", ".join(f"{k} {v}" for k, v in results.versions.items()) + ".",
        "",
        "| generator | article pages | list pages | files | faults |",
        "|---|---:|---:|---:|---|",
    ]
    for name, found in results.outputs.items():
        faults = "; ".join(found["faults"]) or "none"
        lines.append(f"| {name} | {found['articles']:,} | {found['list_pages']:,} | {found['files']:,} | {faults} |")
    for scenario, cells in results.cells.items():
        lines += ["", f"## {SCENARIOS[scenario].capitalize()}", ""]
        lines += [
            "| generator | seconds | × | processor s | × | MB together | × | files written | |",
            "|---" + "|---:" * 7 + "|---|",
        ]
        first = next(iter(cells.values()))
        lines += [_row(name, cell, first) for name, cell in cells.items()]
    return "\n".join(lines) + "\n"


def _row(name: str, cell: Cell, first: Cell) -> str:
    if not cell.wall:
        return f"| {name} |" + " |" * 7 + f" {'; '.join(cell.wrong)} |"
    wall, cpu, memory, base = median(cell.wall), median(cell.cpu), _memory(cell), _memory(first)
    return (
        f"| {name} | {wall:.2f} | {_ratio(cell.wall, first.wall)} | {cpu:.2f} | {_ratio(cell.cpu, first.cpu)} "
        f"| {memory:.0f} | {memory / base if base else 0:.2f} | {median(cell.written):,.0f} | {'; '.join(cell.wrong)} |"
    )


def _memory(cell: Cell) -> float:
    return cell.together or (median(cell.largest) if cell.largest else 0.0)


def _ratio(values: list[float], first: list[float]) -> str:
    """The median of the rounds' own ratios: what slows the machine in one round slows both."""
    pairs = [value / base for value, base in zip(values, first, strict=False) if base]
    return f"{median(pairs):.2f}" if pairs else ""


LEFT, WIDE, BAR, GAP, TOP = 190, 460, 15, 22, 64


def plot(results: Results) -> str:
    """Bars of the median seconds, the fastest and the slowest round as a line; a scale for each scenario."""
    names = list(results.versions)
    height = TOP + sum(GAP + BAR * len(names) for _ in results.cells) + 12
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 90} {height}" role="img">',
        "<style>text{font:12px system-ui,sans-serif;fill:#222}.head{font-size:16px;font-weight:600}</style>",
        f"<title>Seconds for {results.stories:,} stories: {escape(', '.join(names))}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="12" y="24" class="head">Seconds, {results.stories:,} stories</text>',
    ]
    x = 12
    for place, name in enumerate(names):
        parts.append(f'<rect x="{x}" y="38" width="11" height="11" fill="{COLOURS[place % len(COLOURS)]}"/>')
        parts.append(f'<text x="{x + 16}" y="48">{escape(name)}</text>')
        x += 40 + 8 * len(name)
    y = float(TOP)
    for scenario, cells in results.cells.items():
        y += GAP / 2
        parts.append(f'<text x="12" y="{y + BAR * len(names) / 2 + 4}">{escape(SCENARIOS[scenario])}</text>')
        longest = max((max(cell.wall) for cell in cells.values() if cell.wall), default=1.0)
        for place, name in enumerate(names):
            if name in cells and cells[name].wall:
                parts += _bar(cells[name].wall, y + place * BAR, WIDE / longest, COLOURS[place % len(COLOURS)])
        y += BAR * len(names) + GAP / 2
    return "\n".join([*parts, "</svg>"]) + "\n"


def _bar(values: list[float], y: float, scale: float, colour: str) -> list[str]:
    middle, low, high = median(values) * scale, min(values) * scale, max(values) * scale
    line = y + BAR / 2
    return [
        f'<rect x="{LEFT}" y="{y + 1}" width="{max(middle, 1):.1f}" height="{BAR - 3}" fill="{colour}"/>',
        f'<path d="M{LEFT + low:.1f} {line}H{LEFT + high:.1f}" stroke="#222"/>',
        f'<text x="{LEFT + max(middle, high) + 6:.1f}" y="{line + 4}">{median(values):.2f}</text>',
    ]
