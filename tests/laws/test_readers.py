"""Readers and other builds at the same time: nobody sees half a paper."""

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from build_processes import Run, two_states
from builders import NOW
from clean_builds import build_here, census, differences, tier

READER = Path(__file__).parents[1] / "support" / "reading_process.py"
READERS = 2
BUILDS = 8


def allowed(trees):
    """For every file that is in both trees, the digests that it may have."""
    common = [path for path in trees[0].keys() & trees[1].keys() if trees[0][path].startswith("file")]
    return {path: sorted({tree[path].split()[2] for tree in trees}) for path in sorted(common)}


def test_readers_see_whole_files(workshop):
    """Two readers that look up every file again and again while the paper is published many times find each file that
    is in both papers always there, and always whole.
    """
    paper = two_states(workshop / "site", 20)
    expected = workshop / "expected.json"
    expected.write_text(json.dumps(allowed(paper.trees)), "utf-8")
    command = [sys.executable, str(READER), str(paper.site / "build"), str(expected)]
    with ExitStack() as open_ones:
        readers = [
            open_ones.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
            for _ in range(READERS)
        ]
        for number in range(tier(8, 200)):
            paper.publish(1 - number % 2)
        told = [json.loads(reader.communicate(b"\n")[0]) for reader in readers]
    assert all(readings for readings, _, _ in told)
    assert [[], []] * READERS == [faults for _, *both in told for faults in both]


def test_builds_at_once_end_in_the_right_tree(workshop):
    """Eight builds started together all succeed, one after the other, and leave the tree of a clean build."""
    paper = two_states(workshop / "site", 20)
    for number in range(tier(1, 100)):
        state = 1 - number % 2
        paper.turn(state)
        runs = [Run(paper.site, "--jobs", str(1 + n % 2)) for n in range(BUILDS)]
        for run in runs:
            run.go()
        assert [(0, "")] * BUILDS == [run.end() for run in runs]
        assert {} == differences(paper.trees[state], census(paper.site / "build"))
        assert [[]] * BUILDS == [run.survivors() for run in runs]


def test_the_next_build_gets_in_when_the_first_is_killed(workshop):
    """A build that waits for another goes on as soon as that one is killed."""
    paper = two_states(workshop / "site", 60)
    for number in range(tier(2, 40)):
        state = 1 - number % 2
        paper.turn(state)
        first, second = Run(paper.site, "--jobs", "2"), Run(paper.site)
        first.go()
        second.go()
        first.process.kill()
        assert (0, "") == second.end()
        first.end()
        assert {} == differences(paper.trees[state], census(paper.site / "build"))
        assert [] == first.survivors()
        assert paper.trees[state] == build_here(paper.site, NOW).tree
