"""A build that is killed while it makes pictures loses those that it had in work, and no other."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from PIL import Image

from build_processes import Run
from builders import article_source, config_source, site_folder
from clean_builds import tier
from papers import tree
from planted_pictures import save

COUNT, WIDTHS = 12, 4
TOTAL = COUNT * WIDTHS
WAIT = 0.002


def photo(seed: int) -> bytes:
    return save(Image.radial_gradient("L").resize((600, 400)).point(lambda value: (value + seed) % 256), "JPEG")


def entries(site: Path) -> dict[str, int]:
    """The finished pictures in the store by name, each with the number of its file."""
    found: dict[str, int] = {}
    for folder in (site / ".newsgen/pictures").glob("??"):
        with os.scandir(folder) as files:
            found.update((one.name, one.inode()) for one in files if not one.name.startswith("."))
    return found


def kill_after(run: Run, site: Path, count: int) -> None:
    """Let a build go, and kill it and its workers when so many pictures are in the store."""
    run.go()
    while run.process.poll() is None and len(entries(site)) < count:
        time.sleep(WAIT)
    os.killpg(run.process.pid, signal.SIGKILL)
    run.end()


@pytest.fixture
def site(workshop: Path) -> Path:
    body = "".join(f"![Ảnh {number}](anh-{number}.jpg)\n\n" for number in range(COUNT))
    files = {f"content/kinh-te/anh-{number}.jpg": photo(number) for number in range(COUNT)}
    settings = config_source("pictures: {widths: [100, 200, 300, 400], formats: {lead: [webp]}}")
    return site_folder(workshop / "site", {"content/kinh-te/a.md": article_source(body=body), **files}, settings)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill")
def test_no_finished_picture_is_made_again(site):
    """Killed after any number of pictures; the next build takes all that are finished, and makes the same paper."""
    made = Run(site, "--jobs", "2")
    made.go()
    assert (0, TOTAL) == (made.end()[0], len(entries(site)))
    whole = tree(site / "build")
    kills = tier(3, 30)
    for number in range(kills):
        shutil.rmtree(site / ".newsgen")
        shutil.rmtree(site / "build")
        kill_after(Run(site, "--jobs", "2"), site, 1 + number * (TOTAL - 1) // kills)
        kept = entries(site)
        assert len(kept) >= 1 + number * (TOTAL - 1) // kills
        run = Run(site, "--jobs", "2")
        run.go()
        assert 0 == run.end()[0]
        after = entries(site)
        assert (kept, TOTAL, whole) == ({name: after[name] for name in kept}, len(after), tree(site / "build"))
