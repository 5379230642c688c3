"""Build every text found below some folders as a story: `python benchmarks/found.py FOLDER …`.

Markdown and reStructuredText that other people wrote for other purposes: nothing may crash or hang, and every fault
that is reported must point at its address in its file. Prints the number of stories, the faults by rule, those that
point elsewhere, and the time.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

SUFFIXES = {".md", ".markdown", ".rst"}
LARGEST = 1_000_000
CONFIG = "title: Found\nurl: https://found.example\n"


def gather(folders: list[Path], site: Path) -> int:
    """Make a story of each text that is not there already; how many there are."""
    (site / "content" / "found").mkdir(parents=True)
    (site / "newsgen.yaml").write_text(CONFIG, "utf-8")
    seen: set[bytes] = set()
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        if path.suffix not in SUFFIXES or not path.is_file() or path.stat().st_size > LARGEST:
            continue
        raw = path.read_bytes()
        digest = sha256(raw).digest()
        if digest not in seen:
            seen.add(digest)
            head = f'---\ntitle: "Text {len(seen)}"\ndate: 2024-01-01\nslug: t-{len(seen)}\n---\n'
            (site / f"content/found/t-{len(seen)}.md").write_bytes(head.encode() + raw)
    return len(seen)


def misplaced(problem: dict[str, object], site: Path) -> bool:
    """Whether a fault does not point at the address that it quotes."""
    place, what = problem["location"], str(problem["what"])
    assert isinstance(place, dict)
    text = (site / place["path"]).read_bytes().decode("utf-8", "replace")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = lines[place["line"] - 1] if place["line"] <= len(lines) else ""
    quoted = what.partition("“")[2].partition("”")[0]
    return not line[place["column"] - 1 :].startswith(quoted[:5])


def main(folders: list[Path]) -> None:
    """Gather, build, and tell."""
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch, "site")
        count = gather(folders, site)
        report = site / "report.json"
        start = time.perf_counter()
        command = [sys.executable, "-m", "newsgen", "--site", str(site), "build", "--report", str(report)]
        done = subprocess.run(command, capture_output=True, check=False)
        took = time.perf_counter() - start
        problems = json.loads(report.read_text("utf-8"))["problems"]
        wrong = [p for p in problems if misplaced(p, site)]
        print(f"{count:,} texts in {took:.1f} s, exit {done.returncode}")
        print(f"faults: {dict(Counter(p['rule'] for p in problems))}; misplaced: {len(wrong)}")
        for problem in wrong[:20]:
            print(problem)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
