"""Run newsgen over many broken articles at once, and find the one to blame."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from builders import article_source, png, site_folder
from papers import clean_environment

MEMORY = 512 * 1024 * 1024
"""Bytes that one process may have."""

MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
with open("largest", "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""
"""Runs a command and leaves how many KiB the largest of its processes had, whatever the test run did before."""

SECONDS_AN_ARTICLE = 10
AT = "2022-08-09"


def judge(articles: Sequence[bytes], command: str = "build") -> str:
    """What is wrong with a run over these articles, "" for nothing.

    A crash, a traceback, a place that is not there, a process that took more than MEMORY.
    """
    with tempfile.TemporaryDirectory(prefix="newsgen-fuzz-") as folder:
        site = _site(Path(folder), articles)
        arguments = [
            sys.executable,
            "-c",
            MEASURED,
            sys.executable,
            "-m",
            "newsgen",
            command,
            "--at",
            AT,
            "--report",
            "report.json",
        ]
        limit = 60 + 2 * SECONDS_AN_ARTICLE * len(articles)
        try:
            done = subprocess.run(
                arguments, cwd=site, env=clean_environment(), capture_output=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            return f"not done in {limit} seconds"
        told = done.stderr.decode("utf-8", "replace")
        if done.returncode not in (0, 1) or "Traceback" in told:
            return f"exit {done.returncode}: {told[-2000:]}"
        if (largest := int((site / "largest").read_text()) * 1024) >= MEMORY:
            return f"a process took {largest} bytes"
        report = json.loads((site / "report.json").read_text())
        if (done.returncode == 1) != any(problem["level"] == "error" for problem in report["problems"]):
            return f"exit {done.returncode} with {len(report['problems'])} problems"
        return next(_misplaced(site, report["problems"]), "")


def culprits(articles: Sequence[bytes], command: str = "build") -> list[tuple[bytes, str]]:
    """Each of the articles that fails on its own, with what is wrong."""
    found = [(article, judge([article], command)) for article in articles]
    return [(article, what) for article, what in found if what]


def _site(folder: Path, articles: Sequence[bytes]) -> Path:
    files: dict[str, str | bytes] = {f"content/kinh-te/a{n:03}.md": article for n, article in enumerate(articles)}
    files["content/kinh-te/mau.md"] = article_source(title="Bài mẫu")
    files["content/kinh-te/cau.png"] = files["content/kinh-te/cho.png"] = png()
    return site_folder(folder, files)


def _misplaced(site: Path, problems: Sequence[dict[str, object]]) -> Iterator[str]:
    for problem in problems:
        place = problem["location"]
        assert isinstance(place, dict)
        path = site / place["path"]
        if not path.exists():
            yield f"no such place: {problem}"
        elif path.is_file():
            lines = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
            if not 1 <= place["line"] <= len(lines) or place["column"] < 1:
                yield f"not a line of the file: {problem}"
