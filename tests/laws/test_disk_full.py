"""A disk that is too small: the build ends with 3 and the old tree, or with 0 and the new one."""

import os
import subprocess
from contextlib import contextmanager

import pytest

from build_processes import AT, told_of, two_states
from builders import NOW
from clean_builds import build_here, census, tier
from papers import run_newsgen

SHARES = tier((20, 130), tuple(range(0, 151, 5)))
"""Free room in percent of what one tree needs."""

BLOCK = 4096


@contextmanager
def small_disk(folder, *options):
    """A file system of its own in memory, where this machine lets us have one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("this needs the right to mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def needed(tree_folder):
    """The bytes and the names that a tree takes on such a disk."""
    paths = list(tree_folder.rglob("*"))
    return sum(-(-path.stat().st_size // BLOCK) * BLOCK for path in paths if path.is_file()), len(paths) + 1


def leave(disk, room, names):
    """Fill a disk until only this many bytes and names are free."""
    state = os.statvfs(disk)
    with (disk / "ballast").open("wb") as file:
        file.truncate(0)
        spare = state.f_bavail * state.f_frsize - room
        if spare > 0:
            os.posix_fallocate(file.fileno(), 0, spare)
    for number in range(max(0, os.statvfs(disk).f_ffree - names)):
        (disk / f"ballast-{number}").touch()


@pytest.mark.parametrize("scarce", ["bytes", "names"])
@pytest.mark.parametrize("first", [True, False], ids=["first build", "rebuild"])
def test_a_full_disk(workshop, scarce, first):
    """On a disk with too little room or too few names left, a build ends with 3 and the tree of before, without a
    traceback; where there is enough, with 0 and the new tree. Afterwards, with room again, it succeeds.
    """
    paper = two_states(workshop / "site", tier(10, 100))
    room, names = needed(paper.site / "build")
    old = {} if first else paper.trees[0]
    ends = set()
    for share in SHARES:
        mounted = workshop / f"disk {share}"
        with small_disk(mounted, f"size={8 * room + (1 << 22)}", f"nr_inodes={10 * names}") as disk:
            command = ["build", "--output", str(disk / "build"), *AT]
            paper.turn(0)
            if not first:
                assert 0 == run_newsgen(*command, site=paper.site).returncode
            paper.turn(1)
            enough = {"room": 4 * room, "names": 4 * names}
            leave(
                disk,
                **{**enough, "room" if scarce == "bytes" else "names": share * (room, names)[scarce == "names"] // 100},
            )
            done = run_newsgen(*command, site=paper.site)
            end = told_of(census(disk / "build"), (old, paper.trees[1]))
            assert (done.returncode, end) in ((3, "old"), (0, "new")), f"{share} %: {done.stderr}"
            assert "Traceback" not in done.stderr
            ends.add(end)
            for ballast in disk.glob("ballast*"):
                ballast.unlink()
            assert 0 == run_newsgen(*command, site=paper.site).returncode
            assert paper.trees[1] == census(disk / "build")
    # A rebuild puts new files in the place of old ones in the other tree, and needs hardly a name more.
    assert ends == {"old", "new"} if first or scarce == "bytes" else "new" in ends
    paper.turn(0)
    assert paper.trees[0] == build_here(paper.site, NOW).tree
