"""The W3C's feed validator on every feed of three papers: no error, and nothing but warnings that have a reason.

It comes as a folder of Python (github.com/w3c/feedvalidator), and in no package. NEWSGEN_FEEDVALIDATOR names its folder
`src`, in which html5lib and rdflib are too (`pip install --target …`). Without it these tests skip: what it found is
held by tests/documents/test_feeds.py.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from everything import everything_site
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.commands.init import init_site

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 9, 1, tzinfo=UTC)

VALIDATOR = os.environ.get("NEWSGEN_FEEDVALIDATOR", "")
pytestmark = pytest.mark.skipif(not VALIDATOR, reason="NEWSGEN_FEEDVALIDATOR does not name the W3C's feed validator")

ACCEPTED = {
    "SecurityRisk",  # a frame of a video in a story: readers that show none leave it out
    "DuplicateUpdated",  # two things may change at one moment, and then they say so
}

VALIDATE = """
import json, re, sys
from pathlib import Path
import feedvalidator
from feedvalidator.logging import Error, Warning

for path in map(Path, sys.argv[1:]):
    raw = path.read_bytes()
    own = re.search(rb'<(?:atom:)?link [^>]*href="([^"]*)"[^>]*rel="self"|rel="self"[^>]*href="([^"]*)"', raw)
    address = (own[1] or own[2]).decode()
    for event in feedvalidator.validateString(raw, firstOccurrenceOnly=0, base=address)["loggedEvents"]:
        if isinstance(event, (Error, Warning)):
            print(json.dumps([type(event).__name__, str(path), str(event.params)]))
"""
"""Print what the validator finds in feeds, one a line."""


def found_in(feeds: list[Path]) -> list[list[str]]:
    """What the validator says of feeds: the name of the rule, the file, and where."""
    command = [sys.executable, "-W", "ignore", "-c", VALIDATE, *map(str, feeds)]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": VALIDATOR}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def demonstration(folder: Path) -> Path:
    build(BuildOptions(ROOT, folder, NOW))
    return folder


def started(folder: Path) -> Path:
    init_site(folder)
    build(BuildOptions(folder, folder / "build", NOW))
    return folder / "build"


def everything(folder: Path) -> Path:
    build(BuildOptions(everything_site(folder), folder / "build", NOW))
    return folder / "build"


@pytest.mark.parametrize("paper", [demonstration, started, everything])
def test_every_feed(tmp_path, paper):
    """Every RSS and Atom feed is without an error and has no other warning."""
    output = paper(tmp_path / "paper")
    feeds = [path for path in sorted(output.rglob("*.xml")) if path.name in ("rss.xml", "atom.xml")]
    assert feeds
    assert [] == [one for one in found_in(feeds) if one[0] not in ACCEPTED]


def test_the_validator_sees(tmp_path):
    """A title with a tag in it is noticed."""
    feed = tmp_path / "rss.xml"
    link = '<atom:link href="https://a.example/rss.xml" rel="self" xmlns:atom="http://www.w3.org/2005/Atom"/>'
    title = "<title>&lt;b&gt;a&lt;/b&gt;</title>"
    feed.write_text(
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{title}{link}</channel></rss>', "utf-8"
    )
    assert {"ContainsHTML", "MissingDescription", "MissingLink"} <= {one[0] for one in found_in([feed])}
