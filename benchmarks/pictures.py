"""Pictures in several sizes, beside other generators: `python benchmarks/pictures.py --photos 40`.

Each story of a paper shows a photograph of 12 megapixels, of which each generator makes five widths as WebP. They take
turns. The photographs are those of photos.py.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

import forms
from aside import removed_in_the_end, set_aside
from figures import record
from measure import Run, measure
from peers import HERE, PEERS, WORK, Peer, environment, install_eleventy_image
from photos import make_photo
from report import machine

from newsgen.config.pictures import Format, Pictures

PHOTOS = WORK / "photos"
WIDTHS = (400, 640, 960, 1280, 1920)
FOLDERS = {"newsgen": "content", "hugo": "assets", "eleventy": "content"}
"""Where each generator looks for photographs."""
SINGLES: dict[str, tuple[tuple[int, int], Format]] = {
    "12 megapixels": ((4032, 3024), "webp"),
    "24 megapixels": ((6000, 4000), "webp"),
    "12 megapixels as AVIF": ((4032, 3024), "avif"),
}
"""Photographs of which the five widths are made in this process: their sizes, and the format."""
_SET = re.compile(r'srcset="([^"]*)"')


@dataclass(slots=True)
class Cell:
    """What one generator took, a value a round; `together` is MB of all processes in one more run.

    `size` are the bytes of all pictures that it made.
    """

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    largest: list[float] = field(default_factory=list)
    together: float | None = None
    size: int = 0


class Contestant:
    """One generator with its site."""

    def __init__(self, name: str, count: int) -> None:
        self.name, self.peer, self.count = name, PEERS[name], count
        self.site = WORK / "sites" / f"pictures-{count}" / name
        self.output = self.site / self.peer.output
        self.cell = Cell()
        set_aside(self.site)
        self.stories = [_show(forms.story(number, count), number) for number in range(count)]
        forms.make_site(self.site, self.peer.kit, self.stories, self.peer.form)
        folder = self.site / FOLDERS[self.peer.name] / "anh"
        folder.mkdir(parents=True)
        for number in range(count):
            os.link(PHOTOS / _name(number), folder / _name(number))
        _finish(self.site, self.peer)

    def forget(self) -> None:
        """Back to a site that was never built."""
        for folder in (self.output, *(self.site / name for name in (*self.peer.state, ".cache"))):
            set_aside(folder)

    def build(self, *, watched: bool = False) -> Run:
        """One run, measured."""
        return measure(self.peer.command("clean"), self.site, environment(self.count), watched=watched)

    def round(self, *, watched: bool) -> None:
        """One run from nothing, noted."""
        self.forget()
        run = self.build(watched=watched)
        if watched:
            self.cell.together = run.together
            return
        self.cell.wall.append(round(run.wall, 3))
        self.cell.cpu.append(round(run.cpu, 3))
        self.cell.largest.append(round(run.largest, 1))

    def check(self) -> None:
        """Every story shows its photograph in every width.

        Raises:
            SystemExit: when one does not.
        """
        for each in self.stories:
            page = (self.output / each.output).read_text("utf-8")
            sets = _SET.findall(page)
            files = {self.output / one.split()[0].lstrip("/") for names in sets for one in names.split(", ")}
            if (
                not sets
                or any(len(names.split(", ")) != len(WIDTHS) for names in sets)
                or not all(map(Path.is_file, files))
            ):
                sys.exit(f"{self.name}: {each.output} does not show its photograph in {len(WIDTHS)} widths")
        made = [path for path in self.output.rglob("*") if path.suffix == ".webp"]
        self.cell.size = sum(path.stat().st_size for path in made)


def _name(number: int) -> str:
    return f"{number + 1:04}.jpg"


def _show(story: forms.Story, number: int) -> forms.Story:
    return replace(story, body=f"{story.body}\n![Ảnh thử {number}](/anh/{_name(number)})\n")


def _finish(site: Path, peer: Peer) -> None:
    """Add to a site of text what its generator needs for pictures."""
    more = HERE / "sites" / "pictures" / peer.name
    if more.exists():
        shutil.copytree(more, site, dirs_exist_ok=True)
    if peer.name == "eleventy":
        path = site / "eleventy.config.js"
        text = path.read_text("utf-8").replace("import {", 'import pictures from "./pictures.js";\nimport {', 1)
        path.write_text(text.replace("(eleventy) {\n", "(eleventy) {\n  eleventy.addPlugin(pictures);\n", 1), "utf-8")
        (site / "node_modules").symlink_to(WORK / "npm" / "node_modules")


def compare(names: list[str], count: int, rounds: int) -> dict[str, Any]:
    """Everything, in turn."""
    versions = {name: _install(name) for name in names}
    # In another process: the system counts the memory of this one to those that it starts.
    subprocess.run([sys.executable, HERE / "photos.py", PHOTOS, str(count)], check=True)
    facts = machine()
    contestants = [Contestant(name, count) for name in names]
    for turn in range(rounds + 1):
        for each in contestants:
            each.round(watched=turn == rounds)
            print(f"round {turn + 1}: {each.name}: {each.cell}", file=sys.stderr, flush=True)
    for each in contestants:
        each.check()
    size = sum((PHOTOS / _name(number)).stat().st_size for number in range(count))
    cells = {each.name: asdict(each.cell) for each in contestants}
    singles = {name: measure_single(size, form) for name, (size, form) in SINGLES.items()}
    return {
        "photos": count,
        "size": size,
        "rounds": rounds,
        "versions": versions,
        "machine": facts,
        "cells": cells,
        "singles": singles,
    }


def _install(name: str) -> str:
    return install_eleventy_image() if name == "eleventy" else PEERS[name].install()


def measure_single(size: tuple[int, int], form: Format, times: int = 5) -> float:
    """The median CPU seconds in which one photograph becomes five widths."""
    from newsgen.media.recipes import Resizing

    data = make_photo(1, size)
    recipes = [Resizing(form, Pictures().get_quality(form), WIDTHS[-1], 100, width) for width in WIDTHS]
    found = []
    for _ in range(times):
        began = time.process_time()
        for _made in Resizing.make_several(recipes, "", data):
            pass
        found.append(time.process_time() - began)
    return round(median(found), 3)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default="newsgen,hugo,eleventy")
    parser.add_argument("--record", action="store_true", help="put the figures into report.json too")
    options = parser.parse_args()
    with removed_in_the_end():
        found = compare(options.peers.split(","), options.photos, options.rounds)
    if options.record:
        record("pictures", "", found)
    print(found)


if __name__ == "__main__":
    main()
