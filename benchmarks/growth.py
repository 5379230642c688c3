"""How time and memory grow with the archive: `python benchmarks/growth.py [COUNT …]`, 1,000 and 10,000 by default.

Each size is built by the command line in processes of its own: clean, again with nothing changed, and after one body
was edited, twice: the first edit after a clean build also makes the second tree. Seconds are wall time, start-up
included; memory is the largest process's peak in the clean build, as the operating system counts it. `latest.mode` is
`fragment`, the packaged theme is used. The table is Markdown.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from corpus import make

SETTLE = 2.5
"""Seconds after which a file's stamp is old enough to be trusted."""


def build(site: Path) -> tuple[float, float]:
    """Wall seconds and peak MB of a build of `site`."""
    start = time.perf_counter()
    arguments = [sys.executable, "-m", "newsgen", "--site", str(site), "build"]
    with Path(os.devnull).open("w") as silence:
        actions = [(os.POSIX_SPAWN_DUP2, silence.fileno(), 1)]
        pid = os.posix_spawn(sys.executable, arguments, os.environ, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"the build failed with status {status}")
    peak = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    return time.perf_counter() - start, peak


def edited(site: Path) -> float:
    """Seconds of a build after a sentence was added to one story in the middle of the archive."""
    stories = sorted((site / "content").rglob("*.md"))
    with stories[len(stories) // 2].open("a", encoding="utf-8") as story:
        story.write("\nThêm một câu.\n")
    return build(site)[0]


def measure(site: Path) -> tuple[float, float, float, float, float]:
    """Seconds of a clean build, its peak MB, and the seconds of the three that follow it."""
    time.sleep(SETTLE)
    clean, peak = build(site)
    time.sleep(SETTLE)
    build(site)
    nothing, _ = build(site)
    first = edited(site)
    time.sleep(SETTLE)
    return clean, peak, nothing, first, edited(site)


def main(counts: list[int]) -> None:
    """Print the table."""
    heads = ("stories", "clean s", "ms a story", "peak MB", "KB a story")
    edits = ("nothing changed s", "one body edited s", "and the next s")
    print("|", " | ".join((*heads, *edits)), "|")
    print("|---:" * len((*heads, *edits)) + "|")
    base = 0.0
    for count in counts:
        folder = Path(tempfile.mkdtemp(prefix="newsgen-growth-"))
        try:
            make(folder, count, "fragment")
            clean, peak, *after = measure(folder)
        finally:
            shutil.rmtree(folder)
        growth = f"{(peak - base) * 1024 / (count - counts[0]):.1f}" if base else ""
        base = base or peak
        row = (f"{count:,}", f"{clean:.1f}", f"{clean * 1000 / count:.2f}", f"{peak:.0f}", growth)
        print("|", " | ".join((*row, *(f"{seconds:.2f}" for seconds in after))), "|", flush=True)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 10_000])
