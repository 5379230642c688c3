"""The figures of docs/speed.md and README.md, from one report: `python benchmarks/figures.py`.

Each benchmark that is called with `--record` puts what it measured, and its command, into report.json. This module
writes the tables between `<!-- figures NAME -->` and `<!-- end -->`, and the plots. Nobody types a figure.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from math import log10
from pathlib import Path
from statistics import median
from typing import Any

from report import COLOURS, SCENARIOS, Results, describe_machine, plot, read_results

HERE = Path(__file__).parent
REPORT = HERE / "report.json"
PAGES = (HERE.parent / "docs" / "speed.md", HERE.parent / "README.md")
IMAGES = HERE.parent / "docs" / "images"
BLOCK = re.compile(r"(<!-- figures ([a-z0-9 -]+) -->\n).*?(<!-- end -->)", re.DOTALL)
NAMES = {
    "newsgen": "newsgen",
    "newsgen-commonmark": "newsgen, CommonMark",
    "hugo": "Hugo",
    "pelican": "Pelican",
    "eleventy": "Eleventy",
}
STEPS = {
    "clean": "from nothing",
    "unchanged": "nothing changed",
    "body": "one body",
    "story": "one story",
}
"""What growth.py measures at each size, in this order."""
SAVES = {
    "body": "a changed text is seen after",
    "title": "a changed title",
    "tag": "a changed tag",
    "date": "a changed date",
    "new": "a new story",
}

Report = dict[str, dict[str, Any]]


def read_report(path: Path = REPORT) -> Report:
    """Everything that was recorded: section → name → figures."""
    report: Report = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return report


def record(section: str, name: str, figures: Mapping[str, Any], path: Path = REPORT) -> None:
    """Put figures into the report with the command that repeats them; earlier ones of the same name go."""
    command = " ".join(["python", f"benchmarks/{Path(sys.argv[0]).name}", *_without_record(sys.argv[1:])])
    report = read_report(path)
    report.setdefault(section, {})[name] = {"command": command, **figures}
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _without_record(arguments: list[str]) -> list[str]:
    return [argument for argument in arguments if argument != "--record"]


def make_blocks(report: Report) -> dict[str, str]:
    """The Markdown of each block by its name: "compare 10000-inline", "growth", "pictures", "start"."""
    makers: dict[str, Callable[[Any], str]] = {
        "compare": _compare,
        "pictures": _pictures,
        "preview": _preview,
        "start": _start,
    }
    blocks = {
        f"{section} {name}".strip(): makers[section](figures)
        for section, named in report.items()
        if section in makers
        for name, figures in named.items()
    }
    if sizes := report.get("growth"):
        blocks["growth"] = _growth([sizes[name] for name in sorted(sizes, key=int)])
    return blocks


def fill(text: str, blocks: Mapping[str, str]) -> str:
    """A page with its blocks of figures written anew.

    Raises:
        KeyError: when nothing was recorded for one.
    """
    return BLOCK.sub(lambda found: f"{found[1]}{blocks[found[2]]}{found[3]}", text)


def make_plots(report: Report) -> dict[str, str]:
    """The SVG of each plot by its file's name."""
    plots = {}
    if found := report.get("compare", {}).get("3000-inline"):
        plots["speed.svg"] = plot(read_results(found))
    if sizes := report.get("growth"):
        plots["growth.svg"] = plot_growth([sizes[name] for name in sorted(sizes, key=int)])
    return plots


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    line = ["|" + "---:|" * (len(heads) - 1)]
    return [f"| {' | '.join(heads)} |", f"|---{line[0]}", *(f"| {' | '.join(row)} |" for row in rows)]


def _end(lines: list[str], *commands: str) -> str:
    return "\n".join(["", *lines, "", *(f"    {command}" for command in commands), "", ""])


def _compare(figures: Mapping[str, Any]) -> str:
    """A table with wall seconds and, in brackets, CPU seconds of each generator in each scenario."""
    results = read_results(figures)
    names = list(results.versions)
    heads = ["", *(f"{NAMES[name]} {_version(name, results)}".strip() for name in names)]
    rows = []
    for scenario, cells in results.cells.items():
        row = [SCENARIOS[scenario]]
        for name in names:
            cell = cells.get(name)
            row.append(f"{median(cell.wall):.2f} ({median(cell.cpu):.2f})" if cell and cell.wall else "–")
        rows.append(row)
    clean = results.cells.get("clean", {})
    if "hugo" in clean:
        rows.append(["CPU from nothing, as a multiple of Hugo's", *(_of_hugo(clean, name) for name in names)])
    if clean:
        rows.append(["memory of all processes, from nothing", *(_megabytes(clean, name) for name in names)])
    for scenario in ("body", "story"):
        if scenario in results.cells:
            cells = results.cells[scenario]
            row = [f"{median(cells[n].written):,.0f}" if n in cells and cells[n].written else "–" for n in names]
            rows.append([f"files written, {SCENARIOS[scenario]}", *row])
    rounds = _tell_rounds(results.rounds)
    said = f"{results.stories:,} stories, {rounds}; {describe_machine(results.machine)}."
    units = "Wall seconds, and in brackets CPU seconds of all processes:"
    return _end([f"{said} {units}", "", *_table(heads, rows)], figures["command"])


def _tell_rounds(count: int) -> str:
    return "one round" if count == 1 else f"the medians of {count} rounds"


def _version(name: str, results: Results) -> str:
    return "" if name.startswith("newsgen") else results.versions[name].partition(",")[0]


def _of_hugo(cells: Mapping[str, Any], name: str) -> str:
    pairs = [own / hugo for own, hugo in zip(cells[name].cpu, cells["hugo"].cpu, strict=False)]
    return f"{median(pairs):.2f}" if pairs else "–"


def _megabytes(cells: Mapping[str, Any], name: str) -> str:
    return f"{cells[name].together:,.0f} MB" if name in cells and cells[name].together else "–"


def _growth(sizes: list[Mapping[str, Any]]) -> str:
    heads = [
        "stories",
        *(f"{step}: s (CPU s)" for step in STEPS.values()),
        "memory, from nothing",
        "KB a story",
        "files",
    ]
    rows = []
    for size in sizes:
        steps = [f"{size[step]['wall']:.2f} ({size[step]['cpu']:.2f})" for step in STEPS]
        memory = size["clean"]["together"]
        of_story = (memory - sizes[0]["clean"]["together"]) * 1024 / max(size["stories"] - sizes[0]["stories"], 1)
        kilobytes = f"{of_story:.1f}" if size is not sizes[0] else ""
        rows.append([f"{size['stories']:,}", *steps, f"{memory:,.0f} MB", kilobytes, f"{size['files']:,}"])
    lines = [f"{describe_machine(sizes[-1]['machine'])}:", "", *_table(heads, rows)]
    return _end(lines, *dict.fromkeys(size["command"] for size in sizes))


def _preview(figures: Mapping[str, Any]) -> str:
    peers = figures["peers"]
    heads = ["", *(NAMES[peer["peer"]] for peer in peers)]
    rows = [
        ["start", *(f"{peer['start']:.2f} s" for peer in peers)],
        ["first page", *(f"{peer['first_page']:.2f} s" for peer in peers)],
    ]
    for save, words in SAVES.items():
        rows.append([words, *(f"{peer[save]['median']:.2f} s, {peer[save]['p95']:.2f} s" for peer in peers)])
    memory = [f"{peer['memory'][0]:,.0f} MB, {peer['memory'][1]:,.0f} MB" for peer in peers]
    rows.append(["memory after the first page, after the last save", *memory])
    stories, saves = peers[0]["stories"], peers[0]["body"]["saves"]
    said = f"{stories:,} stories, {saves} saves of each kind; the median, and what 95 of 100 do not exceed;"
    return _end([f"{said} {describe_machine(figures['machine'])}:", "", *_table(heads, rows)], figures["command"])


def _pictures(figures: Mapping[str, Any]) -> str:
    """A table of what each generator takes for the pictures of a paper, and the seconds of single photographs."""
    photos, cells = figures["photos"], figures["cells"]
    own = cells["newsgen"]["cpu"]

    def compare(cpu: list[float]) -> str:
        return f"{median(one / base for one, base in zip(cpu, own, strict=True)):.2f}"

    shown: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "photos a second": lambda cell: f"{photos / median(cell['wall']):.2f}",
        "CPU seconds a photo": lambda cell: f"{median(cell['cpu']) / photos:.2f}",
        "CPU, as a multiple of newsgen's": lambda cell: compare(cell["cpu"]),
        "KB made of a photo": lambda cell: f"{cell['size'] / photos / 1000:,.0f}",
        "memory of the largest process": lambda cell: f"{max(cell['largest']):,.0f} MB",
        "memory of all processes": lambda cell: f"{cell['together']:,.0f} MB",
    }
    versions = figures["versions"]
    heads = ["", *(f"{NAMES[name]} {_say_version(name, versions[name])}".strip() for name in cells)]
    rows = [[words, *(show(cell) for cell in cells.values())] for words, show in shown.items()]
    size = figures["size"] / photos / 1e6
    said = f"{photos} photos of 12 megapixels and {size:.1f} MB, {_tell_rounds(figures['rounds'])};"
    singles = ", ".join(f"of {name} {seconds:.2f}" for name, seconds in figures["singles"].items())
    end = f"The five widths of one photo in one process, in CPU seconds: {singles}."
    lines = [f"{said} {describe_machine(figures['machine'])}:", "", *_table(heads, rows), "", end]
    return _end(lines, figures["command"])


def _say_version(name: str, version: str) -> str:
    if name.startswith("newsgen"):
        return ""
    return f"Image {version.partition(',')[0]}" if name == "eleventy" else version


def _start(figures: Mapping[str, Any]) -> str:
    rows = [[name, f"{value:.2f}"] for name, value in figures["seconds"].items()]
    lines = [f"{describe_machine(figures['machine'])}:", "", *_table(["", "CPU s"], rows)]
    return _end(lines, figures["command"])


LEFT, WIDE, TALL, GAP = 64, 560, 210, 62
STYLE = """<style>text{font:12px system-ui,sans-serif;fill:#222}.head{font-size:15px;font-weight:600}
.grid{stroke:#ddd}.line{fill:none;stroke-width:2}</style>"""


def plot_growth(sizes: list[Mapping[str, Any]]) -> str:
    """Two panels with logarithmic axes against the number of stories: seconds of each step, MB of each step."""
    height = 2 * (TALL + GAP) + 24
    said = f"Seconds and memory against the number of stories, {sizes[0]['stories']:,} to {sizes[-1]['stories']:,}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 110} {height}" role="img">',
        STYLE,
        f"<title>{said}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for place, (head, key) in enumerate((("Wall seconds", "wall"), ("Memory of all processes, MB", "together"))):
        parts += _panel(head, key, sizes, 40 + place * (TALL + GAP))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(head: str, key: str, sizes: list[Mapping[str, Any]], top: int) -> list[str]:
    values = [size[step][key] for size in sizes for step in STEPS]
    low, high = _decades(values)
    first, last = _decades([size["stories"] for size in sizes])

    def x_of(stories: float) -> float:
        return LEFT + WIDE * (log10(stories) - first) / (last - first)

    def y_of(value: float) -> float:
        return top + TALL * (high - log10(max(value, 1e-3))) / (high - low)

    parts = [f'<text x="{LEFT}" y="{top - 12}" class="head">{head}</text>']
    for power in range(low, high + 1):
        y = y_of(10.0**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{LEFT + WIDE}" class="grid"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>')
    for power in range(first, last + 1):
        x = x_of(10.0**power)
        parts.append(f'<path d="M{x:.1f} {top}V{top + TALL}" class="grid"/>')
        parts.append(f'<text x="{x:.1f}" y="{top + TALL + 18}" text-anchor="middle">{10**power:,}</text>')
    ends: list[float] = []
    for place, (step, words) in enumerate(STEPS.items()):
        points = " ".join(f"{x_of(size['stories']):.1f},{y_of(size[step][key]):.1f}" for size in sizes)
        end = y_of(sizes[-1][step][key]) + 4
        while any(abs(end - other) < 14 for other in ends):
            end += 2
        ends.append(end)
        parts.append(f'<polyline points="{points}" class="line" stroke="{COLOURS[place]}"/>')
        x = x_of(sizes[-1]["stories"]) + 6
        parts.append(f'<text x="{x:.1f}" y="{end:.1f}" style="fill:{COLOURS[place]}">{words}</text>')
    return parts


def _decades(values: list[float]) -> tuple[int, int]:
    """The powers of ten just below and above all values."""
    low, high = log10(max(min(values), 1e-3)), log10(max(values))
    below = int(low // 1)
    return below, max(int(-(-high // 1)), below + 1)


def main() -> None:
    """Write the pages and the plots."""
    report = read_report()
    blocks = make_blocks(report)
    for path in PAGES:
        path.write_text(fill(path.read_text("utf-8"), blocks), "utf-8")
    for name, svg in make_plots(report).items():
        (IMAGES / name).write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
