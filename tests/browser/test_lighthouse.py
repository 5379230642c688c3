"""Lighthouse on a slow phone, as it imitates one."""

import json
import os
import subprocess

import pytest
from newsstand import FLAGS

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3


def measure(command: str, chromium: str, address: str, folder) -> dict[str, int]:
    """The points of one run, of 100 in each category."""
    report = folder / "report.json"
    flags = " ".join(["--headless", "--no-sandbox", *(flag for flag in FLAGS if " " not in flag)])
    arguments = [command, address, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
    environment = os.environ | {"CHROME_PATH": chromium, "TMPDIR": str(folder)}
    subprocess.run([*arguments, "--no-enable-error-reporting"], env=environment, check=True, capture_output=True)
    found = json.loads(report.read_text("utf-8"))
    for audit in found["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9:
            print(audit["id"], audit["score"], audit.get("displayValue", ""))  # noqa: T201 - pytest shows it on failure
    return {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}


@pytest.mark.alone
@pytest.mark.parametrize("kind", ["home", "article"])
def test_points(chromium, tool, paper, tmp_path, kind):
    """Front page and story reach 95 of 100 in each category; speed, which a machine disturbs, in one run of three."""
    command = tool("lighthouse/cli/index.js")
    best = dict.fromkeys(CATEGORIES, 0)
    for _ in range(TRIES):
        points = measure(command, chromium, paper.kind(kind), tmp_path)
        print(kind, points)  # noqa: T201 - pytest shows it on failure
        best["performance"] = max(best["performance"], points["performance"])
        best |= {name: points[name] for name in CATEGORIES if name != "performance"}
        if best["performance"] >= 95:
            break
    assert {} == {name: points for name, points in best.items() if points < 95}
