"""A build that is killed or told to stop leaves the old tree or the new one, and nothing running."""

import signal
import time

import pytest

from build_processes import Run, staging_folders, told_of, tree_of, two_states
from clean_builds import chance, tier

STORIES = tier(50, 300)
ENDS = ("old", "new")


def usual_time(paper, state):
    """The seconds that a rebuild takes from its go to its end; it publishes the state."""
    paper.turn(state)
    run = Run(paper.site)
    start = run.go()
    assert 0 == run.process.wait()
    took = time.monotonic() - start
    run.end()
    return took


def moments(count, took, random):
    """Moments of a run: half of them over the whole, half in its last part, where it writes."""
    return [took * (random.uniform(0, 1.1) if n % 2 else random.uniform(0.5, 1.05)) for n in range(count)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_killed_at_any_moment(workshop, jobs):
    """Killed at a random moment, alone or with its whole group, a build leaves the old tree or the new one, no process
    and at most one staging folder; the next build makes the new tree.
    """
    paper = two_states(workshop / "site", STORIES)
    took = usual_time(paper, 1)
    for number, moment in enumerate(moments(tier(5, 500), took, chance(f"kills {jobs}"))):
        state = number % 2
        paper.turn(state)
        run = Run(paper.site, "--jobs", jobs)
        run.signal_after(moment, signal.SIGKILL, group=number % 3 > 0)
        code, said = run.end()
        assert told_of(tree_of(paper), (paper.trees[1 - state], paper.trees[state])) in (ENDS if code else ("new",))
        assert ([], "") == (run.survivors(), said)
        assert len(staging_folders(paper.site)) <= 1
        paper.publish(state)
        assert len(staging_folders(paper.site)) <= 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_build_that_is_told_to_stop(workshop, number):
    """Told to stop at a random moment, a build dies of that signal and leaves one whole tree and no process."""
    paper = two_states(workshop / "site", STORIES)
    took = usual_time(paper, 1)
    for count, moment in enumerate(moments(tier(3, 100), took, chance(f"stops {number}"))):
        state = count % 2
        paper.turn(state)
        run = Run(paper.site, "--jobs", "2")
        run.signal_after(moment, number, group=count % 3 > 0)
        code, said = run.end()
        found = told_of(tree_of(paper), (paper.trees[1 - state], paper.trees[state]))
        assert (code, found) in ((0, "new"), (-number, "old"), (-number, "new")), said
        assert "Traceback" not in said
        assert [] == run.survivors()
        paper.publish(state)
        assert len(staging_folders(paper.site)) <= 1


def test_what_an_interrupted_build_says_is_true(workshop):
    """A build interrupted after the new tree was published does not say that the output is unchanged."""
    paper = two_states(workshop / "site", STORIES)
    took = usual_time(paper, 1)
    for count, moment in enumerate(moments(tier(4, 100), took, chance("said"))):
        state = count % 2
        paper.turn(state)
        run = Run(paper.site)
        run.signal_after(took * 0.85 + moment * 0.1, signal.SIGINT, group=False)
        _, said = run.end()
        found = told_of(tree_of(paper), (paper.trees[1 - state], paper.trees[state]))
        assert found == "old" or "unchanged" not in said
        paper.publish(state)
