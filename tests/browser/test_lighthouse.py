"""Lighthouse's slow phone: what a page costs is measured on this machine, and how long it takes there is calculated.

The speed is that of Lighthouse's own calculation for a phone on slow 4G (1.6 Mbit/s, 150 ms, a processor four times as
slow). The largest text or picture counts most: it waits for the document, the styles, the fonts and every picture that
came before it on this machine. On a busy machine that is one picture more or less, so what is fast enough only by luck
fails here, and small pictures give it room.
"""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from served_papers import FLAGS, KINDS, serve

STEADY = ("accessibility", "best-practices", "seo")
"""Categories whose points are the page's alone, and not the machine's."""

TYPES = [kind for kind in KINDS if kind not in ("English home", "English article", "topic above others", "404")]
"""Types of pages, one of each; search engines are not to list the page of lost addresses."""

BRIEF = {
    "disableFullPageScreenshot": True,
    **dict.fromkeys(["pauseAfterFcpMs", "pauseAfterLoadMs", "networkQuietThresholdMs", "cpuQuietThresholdMs"], 300),
}
"""Nothing of the demonstration comes late, so nothing is waited for."""

REQUESTS, BYTES = 30, 800_000
"""The most that any page of the demonstration may ask for on a phone, pictures and fonts with it, uncompressed."""

TRIES, FAST = 6, 98
POWER = 1000
"""Lighthouse's measure of a machine below which, it says itself, its points of speed are too low."""

pytestmark = pytest.mark.alone


@dataclass(frozen=True, slots=True)
class Measured:
    """What Lighthouse says of a page: points of 100 by category, and how fast the machine was meanwhile."""

    address: str
    points: dict[str, int]
    faults: list[str]
    requests: int
    bytes: int
    power: float
    error: str


@pytest.fixture(scope="module")
def measure(node, tool, chromium, tmp_path_factory) -> Callable[[list[str]], list[Measured]]:
    """Gives what Lighthouse says of pages."""
    tool("lighthouse/core/index.js")
    script = Path(__file__).with_name("lighthouse.mjs")
    options = {
        "chromeFlags": ["--headless", "--no-sandbox", *FLAGS],
    }
    environment = os.environ | {"TMPDIR": str(tmp_path_factory.mktemp("lighthouse"))}

    def run(addresses: list[str], **settings: object) -> list[Measured]:
        given = json.dumps({**options, "settings": {**BRIEF, **settings}})
        command = [node, str(script), chromium, given, *addresses]
        for _ in range(2):  # a busy machine may lose the line to the browser once
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                break
        assert done.returncode == 0, done.stderr
        return [Measured(**json.loads(line)) for line in done.stdout.splitlines()]

    return run


@pytest.fixture(scope="module")
def hosted(paper) -> Iterator[list[str]]:
    """The addresses of a page of each type, on a host that compresses as nearly all do."""
    with serve(paper.folder, is_compressed=True) as host:
        yield [*(host.kind(kind) for kind in TYPES), host.find("dinh-chinh/index.html")]


@pytest.fixture(scope="module")
def measured(measure, hosted) -> list[Measured]:
    """What Lighthouse says of each type of page in one run."""
    return measure(hosted, onlyCategories=[*STEADY, "performance"])


def test_every_type_of_page(measured, hosted):
    """Each type of page has 100 of 100 in all that is no matter of the machine, and asks for little."""
    assert len(hosted) >= 10
    assert hosted == [one.address for one in measured]
    assert [] == [one for one in measured if {one.points[name] for name in STEADY} != {100} or one.error]
    assert [] == [
        (one.address, one.requests, one.bytes) for one in measured if one.requests > REQUESTS or one.bytes > BYTES
    ]


def test_speed(measure, measured):
    """Each type of page reaches 98 of 100 in speed, in one run of six, if the machine can tell.

    A quiet machine gives 99 or 100 in every run; the further runs are for what else the machine does meanwhile.
    """
    found = measured
    for _ in range(TRIES - 1):
        wanted = [one.address for one in found if one.points["performance"] < FAST]
        if not wanted:
            return
        found = measure(wanted, onlyCategories=["performance"])
        print(found)  # noqa: T201 - pytest shows it on failure
    if min(one.power for one in found) < POWER:
        pytest.skip("the machine is too busy for Lighthouse to tell")
    assert [] == [one for one in found if one.points["performance"] < FAST]
