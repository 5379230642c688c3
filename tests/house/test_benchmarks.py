"""The benchmarks run: what they take apart is still there."""

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def test_the_cost_of_the_guards_can_be_measured():
    """Each guard that the benchmark lays idle is found under its name."""
    command = [sys.executable, HOUSE / "benchmarks/guards.py", "--rounds", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["reading", "rendering"]
