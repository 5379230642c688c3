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


def test_what_two_versions_make_can_be_compared(tmp_path):
    """Of two programs of which one writes other bytes, the outputs that differ are named, and the comparison fails."""
    newsgen = Path(sys.executable).with_name("newsgen")
    other = tmp_path / "other"
    other.write_text(f'#!/bin/sh\n"{newsgen}" "$@" && test "$1" = init || printf x >> build/robots.txt\n')
    other.chmod(0o755)
    command = [sys.executable, HOUSE / "benchmarks/same_outputs.py", newsgen, other, "--stories", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (1, "") == (done.returncode, done.stderr)
    assert done.stdout.count("1 outputs differ\n  robots.txt\n") == 4
