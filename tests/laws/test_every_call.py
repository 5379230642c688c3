"""A build that dies or is refused at any one of its system calls."""

import signal

from build_processes import staging_folders, told_of, tree_of, two_states
from clean_builds import chance, tier
from system_calls import CALLS, RENAMES, build_with, need_strace, points, until_published

FORWARD = (
    *RENAMES,
    "link",
    "linkat",
    "openat",
    "write",
    "pwrite64",
    "mkdir",
    "mkdirat",
    "syncfs",
    "fsync",
    "ftruncate",
)
"""The calls by which a tree is made."""

STORIES = tier(4, 12)


def chosen(found, calls, count, part):
    """In the quick tier the last steps of publishing and some other points of these calls; in the deep one all."""
    wanted = [point for point in found if point.call in calls]
    last = [point for point in wanted if point.call in (*RENAMES, "syncfs")][-5:]
    others = [point for point in wanted if point not in last]
    return wanted if tier(quick=False, deep=True) else [*last, *chance(part).sample(others, min(len(others), count))]


def test_a_build_killed_at_any_system_call(workshop):
    """Killed at any call that touches the output or what lies beside it, a build leaves the old tree or the new one,
    and the next build makes the new one.
    """
    need_strace()
    paper = two_states(workshop / "site", STORIES)
    paper.turn(1)
    found = chosen(points(paper.site), CALLS, 6, "deadly calls")
    assert found
    ends = set()
    for number, point in enumerate(found):
        state = number % 2
        paper.turn(state)
        done = build_with(paper.site, point, "signal=SIGKILL")
        end = told_of(tree_of(paper), (paper.trees[1 - state], paper.trees[state]))
        assert end in (("new",) if done.returncode == 0 else ("old", "new")), f"{point}: {end}"
        assert len(staging_folders(paper.site)) <= 1, point
        ends.add(done.returncode)
        paper.publish(state)
    assert ends & {-signal.SIGKILL, 128 + signal.SIGKILL}


def test_a_build_refused_at_any_system_call(workshop):
    """Where the machine refuses any call by which the tree is made, the run ends with 3 and the old tree; where it can
    do without that call, with 0 and the new one. It never ends with a traceback.
    """
    need_strace()
    paper = two_states(workshop / "site", STORIES)
    paper.turn(1)
    found = chosen(until_published(points(paper.site)), FORWARD, 8, "refused calls")
    assert found
    ends = set()
    for number, point in enumerate(found):
        for error in tier((("ENOSPC", "EIO", "EACCES")[number % 3],), ("ENOSPC", "EIO", "EACCES")):
            state = int(tree_of(paper) == paper.trees[0])
            paper.turn(state)
            done = build_with(paper.site, point, f"error={error}")
            end = told_of(tree_of(paper), (paper.trees[1 - state], paper.trees[state]))
            assert (done.returncode, end) in ((3, "old"), (0, "new")), f"{point}, {error}: {end}\n{done.stderr}"
            assert "Traceback" not in done.stderr, f"{point}, {error}"
            ends.add(done.returncode)
            paper.publish(state)
    assert 3 in ends
