"""How soon a saved story is seen: `python benchmarks/preview.py --stories 10000 --peers newsgen,hugo`.

Each preview is started on the same stories, asked for its front page, and then one story is saved again and again: its
body, its title, its last tag, its date; and then a new story beside it, many times. "Visible" is when an ordinary
request for the story's page, repeated each 5 ms, has the new text.
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

import forms
from figures import record
from peers import PEERS, WORK
from report import machine

PORT = int(os.environ.get("NEWSGEN_BENCH_PORT", "8765"))
ADDRESS = f"http://127.0.0.1:{PORT}"
STEP = 0.005
PAUSE = 0.3
SETTLED = 3.0
"""Seconds after which a file that was saved is no longer suspected of having changed since its date says."""
LIMIT = 600.0
SAVES = ("body", "title", "tag", "date", "new")
"""What is saved, in this order."""


@dataclass
class Figures:
    """One preview: seconds, and MB of resident memory in all its processes; `load` is the machine's at the end.

    `built` are the seconds of the build before, where there is one.
    """

    peer: str
    stories: int
    built: float = 0.0
    start: float = 0.0
    first_page: float = 0.0
    body: list[float] = field(default_factory=list)
    title: list[float] = field(default_factory=list)
    tag: list[float] = field(default_factory=list)
    date: list[float] = field(default_factory=list)
    new: list[float] = field(default_factory=list)
    memory: tuple[float, float] = (0.0, 0.0)
    load: float = 0.0

    def summary(self) -> dict[str, object]:
        """The figures that are told."""
        facts = asdict(self)
        for name in SAVES:
            facts[name] = {"median": _at(facts[name], 0.5), "p95": _at(facts[name], 0.95), "saves": len(facts[name])}
        return facts


def _at(values: list[float], share: float) -> float:
    if len(values) < 2:
        return round(values[0], 3) if values else 0.0
    return round(statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1], 3)


def command(peer: str, site: Path) -> list[str]:
    """How a peer's preview is started, at its fastest setting that is true to the built page."""
    if peer == "newsgen":
        return [sys.executable, "-m", "newsgen", "serve", "--site", str(site), "--port", str(PORT)]
    return [*PEERS[peer].command("clean"), "server", "--source", str(site), "--port", str(PORT), "--bind", "127.0.0.1"]


def page(path: str) -> bytes:
    """The body at a path, empty when there is none."""
    with suppress(OSError, HTTPException), urlopen(ADDRESS + path, timeout=LIMIT) as answer:
        return bytes(answer.read())
    return b""


def until(holds: Callable[[], bool]) -> float:
    """Seconds until something holds."""
    start = time.perf_counter()
    while not holds():
        if time.perf_counter() - start > LIMIT:
            sys.exit("gave up waiting")
        time.sleep(STEP)
    return time.perf_counter() - start


def memory(group: int) -> float:
    """MB of resident memory of a process group."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError, ProcessLookupError):
            if os.getpgid(int(status.parent.name)) == group:
                found = re.search(r"VmRSS:\s+(\d+)", status.read_text())
                total += int(found[1]) if found else 0
    return round(total / 1024, 1)


def save(path: Path, text: str) -> None:
    """As editors save: beside, and renamed into its place."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, "utf-8")
    part.replace(path)


def measure(peer: str, count: int, saves: int) -> Figures:
    """One preview from its start to its last save."""
    figures = Figures(peer, count)
    site, known = WORK / f"preview-{peer}", PEERS[peer]
    known.install()
    stories = [forms.story(number, count) for number in range(count)]
    forms.make_site(site, known.kit, stories, known.form)
    known.configure(site, "inline")
    if peer == "newsgen":  # known stories: what an earlier build or preview read, when they were no longer new
        time.sleep(SETTLED)
        before = time.perf_counter()
        subprocess.run([*known.command("clean"), "--site", str(site)], check=True, capture_output=True)
        figures.built = round(time.perf_counter() - before, 1)
    story = stories[count // 2]
    url = f"/{story.output.removesuffix('index.html')}"
    start = time.perf_counter()
    process = subprocess.Popen(
        command(peer, site), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        until(lambda: _listens())
        figures.start = round(time.perf_counter() - start, 3)
        before = time.perf_counter()
        page(url)
        figures.first_page = round(time.perf_counter() - before, 4)
        first = memory(process.pid)
        for kind in SAVES:
            for turn in range(saves):
                seconds = _visible(site, known.form, story, kind, turn)
                getattr(figures, kind).append(seconds)
        figures.memory, figures.load = (first, memory(process.pid)), os.getloadavg()[0]
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
    return figures


def _visible(site: Path, form: forms.Form, story: forms.Story, kind: str, turn: int) -> float:
    """Save one edit, whose turn stands in the text too; the seconds until the story's page shows it."""
    mark = f"Lần lưu {kind} {turn}."
    edited = replace(story, body=f"{story.body}\n{mark}\n")
    if kind == "title":
        edited = replace(edited, title=f"L{turn}x {story.title}")
    elif kind == "tag":
        edited = replace(edited, tags=(*story.tags[:-1], f"chu đề {turn % 20}"))
    elif kind == "date":
        edited = replace(edited, date=f"2019-05-{turn % 28 + 1:02} 06:00")
    elif kind == "new":
        edited = replace(edited, slug=f"{story.slug}-moi-{turn}")
    time.sleep(PAUSE)
    save(site / edited.source, form(edited))
    url = f"/{edited.output.removesuffix('index.html')}"
    return until(lambda: mark.encode() in page(url))


def _listens() -> bool:
    return bool(page("/"))


def main() -> None:
    """Measure each peer in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--saves", type=int, default=50)
    parser.add_argument("--peers", default="newsgen,hugo")
    parser.add_argument("--record", action="store_true", help="put the figures into report.json too")
    options = parser.parse_args()
    found = []
    for peer in options.peers.split(","):
        found.append(measure(peer, options.stories, options.saves).summary())
        print(json.dumps(found[-1], indent=1))
    if options.record:
        record("preview", str(options.stories), {"machine": machine(), "peers": found})


if __name__ == "__main__":
    main()
