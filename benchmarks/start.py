"""What starting costs, in processor seconds: `python benchmarks/start.py`.

`newsgen --version`, and a site of five stories: built from nothing, and again with nothing changed. Each is run a few
times, and the median told. `--record` puts the figures into report.json, from which docs/speed.md is made.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from corpus import make
from figures import record
from measure import measure
from report import machine

SETTLE = 2.5
"""Seconds after which a file's stamp is old enough to be trusted."""


def median_of(command: list[str], site: Path, rounds: int, forget: tuple[str, ...] = ()) -> float:
    """The median of the processor seconds of a command; folders that it is to `forget` are removed before each run."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found = []
    for _ in range(rounds):
        for name in forget:
            shutil.rmtree(site / name, ignore_errors=True)
        found.append(measure(command, site, env).cpu)
    return round(statistics.median(found), 3)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--record", action="store_true", help="put the figures into report.json too")
    options = parser.parse_args()
    newsgen, rounds = [sys.executable, "-m", "newsgen"], options.rounds
    with tempfile.TemporaryDirectory(prefix="newsgen-start-") as folder:
        site = Path(folder, "site")
        make(site, 5, "fragment")
        time.sleep(SETTLE)
        seconds = {
            "`newsgen --version`": median_of([*newsgen, "--version"], site, rounds),
            "five stories, from nothing": median_of([*newsgen, "build"], site, rounds, ("build", ".newsgen")),
            "five stories, nothing changed": median_of([*newsgen, "build"], site, rounds),
        }
    if options.record:
        record("start", "", {"machine": machine(), "seconds": seconds})
    for name, value in seconds.items():
        print(f"{name}: {value:.3f} CPU s")


if __name__ == "__main__":
    main()
