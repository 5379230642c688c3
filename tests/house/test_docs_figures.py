"""The figures of the docs are those that the benchmarks recorded."""

import re
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
sys.path.append(str(HOUSE / "benchmarks"))

import figures  # noqa: E402
from report import Cell, Results  # noqa: E402


def test_the_docs_have_the_figures_of_the_report():
    """Every table and plot is what benchmarks/figures.py makes of benchmarks/report.json."""
    report = figures.read_report()
    blocks = figures.make_blocks(report)
    for path in figures.PAGES:
        text = path.read_text("utf-8")
        assert figures.fill(text, blocks) == text, f"run `python benchmarks/figures.py`: {path.name} differs"
    for name, svg in figures.make_plots(report).items():
        assert (figures.IMAGES / name).read_text("utf-8") == svg, name


def test_no_block_of_figures_is_left_open():
    """Each block has its end, before the next one begins."""
    for path in figures.PAGES:
        text = path.read_text("utf-8")
        assert len(re.findall(r"<!-- figures ", text)) == len(figures.BLOCK.findall(text)), path.name


def test_what_was_recorded_stands_in_the_table(tmp_path):
    """Seconds and CPU seconds of each generator, its multiple of Hugo's, and the command without `--record`."""
    own, hugo = Cell([2.0], [3.0], [80.0], [7], 90.0), Cell([4.0], [6.0], [300.0], [8], 310.0)
    cells = {"clean": {"newsgen": own, "hugo": hugo}}
    facts = {"processors": 2, "memory_gb": 8.0, "python": "3.11.7"}
    versions = {"newsgen": "0.1.0", "hugo": "0.168.0"}
    results = Results(1000, "inline", 1, versions, facts, {}, cells)
    path = tmp_path / "report.json"
    figures.record("compare", results.name, asdict(results), path)
    block = figures.make_blocks(figures.read_report(path))["compare 1000-inline"]
    assert "| from nothing | 2.00 (3.00) | 4.00 (6.00) |" in block
    assert "| CPU from nothing, as a multiple of Hugo's | 0.50 | 1.00 |" in block
    assert "| memory of all processes, from nothing | 90 MB | 310 MB |" in block
    page = "before\n<!-- figures compare 1000-inline -->\nold\n<!-- end -->\nafter"
    filled = figures.fill(page, figures.make_blocks(figures.read_report(path)))
    assert "old" not in filled
    assert filled == figures.fill(filled, figures.make_blocks(figures.read_report(path)))
    with pytest.raises(KeyError):
        figures.fill(page, {})


def test_pictures_stand_beside_those_of_others():
    """Photos a second, and CPU seconds in ratios of the same round."""
    cell = {"wall": [10.0, 20.0], "cpu": [8.0, 16.0], "largest": [90.0, 95.0], "together": 150.0, "size": 4e6}
    figures_ = {
        "command": "python benchmarks/pictures.py",
        "photos": 10,
        "size": 44e6,
        "rounds": 2,
        "versions": {"newsgen": "0.1.0", "hugo": "0.168.0"},
        "machine": {"processors": 2, "memory_gb": 8.0, "python": "3.11.7"},
        "cells": {"newsgen": cell, "hugo": {**cell, "cpu": [24.0, 32.0]}},
        "singles": {"12 megapixels": 0.71},
    }
    block = figures.make_blocks({"pictures": {"": figures_}})["pictures"]
    assert "| photos a second | 0.67 | 0.67 |" in block
    assert "| CPU, as a multiple of newsgen's | 1.00 | 2.50 |" in block
    assert "| memory of the largest process | 95 MB | 95 MB |" in block
    assert "in CPU seconds: of 12 megapixels 0.71." in block


def test_the_plot_of_growth_has_each_step():
    """A line for each step in both panels."""
    sizes = [
        {"stories": count, **{step: {"wall": count / 1e3, "together": count / 50} for step in figures.STEPS}}
        for count in (1_000, 1_000_000)
    ]
    svg = figures.plot_growth(sizes)
    assert svg.count("<polyline") == 2 * len(figures.STEPS)
    assert "1,000,000" in svg
