"""How time and memory grow with the archive: `python benchmarks/growth.py [COUNT …]`, 1,000 and 10,000 by default.

Each size is built by the command line in processes of its own: clean, again with nothing changed, after one body was
edited, twice, and after one story was added, twice; the second of each is told. Seconds are wall time, start-up
included, beside the processor seconds of all processes. Memory is the peak of all processes together, a shared page
counted once, looked at a few times a second. `latest.mode` is `fragment`, the packaged theme is used. `--record` puts
the figures into report.json, from which docs/speed.md is made.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import article, make
from figures import STEPS, record
from measure import Run, measure
from report import machine

SETTLE = 2.5
"""Seconds after which a file's stamp is old enough to be trusted."""

EVERY = 0.2
"""Seconds between two looks at the memory: rare enough not to slow the build."""


def build(site: Path) -> Run:
    """One build of a site, measured."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = measure([sys.executable, "-m", "newsgen", "--site", str(site), "build"], site, env, watched=True, every=EVERY)
    print(f"  a build: {run.wall:.2f} s, {run.cpu:.2f} CPU s", file=sys.stderr, flush=True)  # a million take hours
    time.sleep(SETTLE)
    return run


def edit(site: Path, source: str) -> Run:
    """A build after a sentence was added to one story."""
    with (site / source).open("a", encoding="utf-8") as story:
        story.write("\nThêm một câu.\n")
    return build(site)


def add(site: Path, number: int) -> Run:
    """A build after a story was added that is newer than all others."""
    source, text = article(number, number)
    (site / source).write_text(text, "utf-8")
    return build(site)


def measure_size(site: Path, count: int) -> dict[str, Any]:
    """The figures of a site of `count` stories."""
    time.sleep(SETTLE)
    middle = article(count // 2, count)[0]
    runs = {"clean": build(site), "unchanged": build(site)}
    runs["first body"], runs["body"] = edit(site, middle), edit(site, middle)
    runs["first story"], runs["story"] = add(site, count), add(site, count + 1)
    files = sum(len(names) for _, _, names in os.walk(site / "build"))
    figures = {name: {**asdict(run), "together": run.together or run.largest} for name, run in runs.items()}
    return {"stories": count, "files": files, "machine": machine(), **figures}


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--record", action="store_true", help="put the figures into report.json too")
    options = parser.parse_args()
    for count in options.counts:
        folder = Path(tempfile.mkdtemp(prefix="newsgen-growth-"))
        try:
            make(folder / "site", count, "fragment")
            figures = measure_size(folder / "site", count)
        finally:
            shutil.rmtree(folder)
        if options.record:
            record("growth", str(count), figures)
        steps = (f"{step} {figures[step]['wall']:.2f} s, {figures[step]['cpu']:.2f} CPU s" for step in STEPS)
        print(f"{count:,} stories:", "; ".join(steps) + f"; {figures['clean']['together']:,.0f} MB", flush=True)


if __name__ == "__main__":
    main()
