"""What newsgen remembers between builds is only a hint: damaged in any way, it costs time and never a wrong page."""

import os
import pickle
import shutil
from pathlib import Path

import pytest

from build_processes import two_states
from builders import NOW
from clean_builds import build_here, chance, copy_sources, differences, tier

STORIES = 4
STRIDE = tier(64, 1)
CUTS = tier(50, 10_000)
"""At most so many cuts of all files together, evenly spread."""

FLIPS = tier(100, 10_000)
PER_BUILD = tier(4, 1)
"""Bits flipped before one build."""


def memory(site):
    """The files in which newsgen remembers, as paths in its folder; the lock is none of them."""
    state = site / ".newsgen"
    return sorted(
        path.relative_to(state).as_posix() for path in state.rglob("*") if path.is_file() and path.name != "lock"
    )


class Damaged:
    """A paper whose memory is damaged again and again, with an edit and a build after each."""

    def __init__(self, folder):
        self.paper = two_states(folder / "site", STORIES)
        self.state, self.builds = 0, 0

    @property
    def folder(self):
        """Where newsgen remembers."""
        return self.paper.site / ".newsgen"

    def is_harmless(self, damage):
        """Build the other state of the sources, and see that it is what a clean build makes of it."""
        self.state = 1 - self.state
        self.paper.turn(self.state)
        outcome = build_here(self.paper.site, NOW)
        self.builds += 1
        assert 0 == outcome.exit, damage
        assert {} == differences(self.paper.trees[self.state], outcome.tree), damage


def test_memory_cut_short(workshop):
    """Each file of .newsgen/ cut at any length: the build succeeds and makes the same tree as a clean one."""
    damaged = Damaged(workshop)
    sizes = {name: (damaged.folder / name).stat().st_size for name in memory(damaged.paper.site)}
    cuts = [(name, length) for name, size in sizes.items() for length in range(0, size, STRIDE)]
    for name, length in cuts[:: 1 + len(cuts) // CUTS]:
        path = damaged.folder / name
        if path.is_file() and path.stat().st_size > length:
            os.truncate(path, length)
        damaged.is_harmless(f"{name} cut at {length}")
    assert damaged.builds >= min(len(cuts), CUTS // 2)


def test_memory_with_wrong_bits(workshop):
    """Bits flipped anywhere in .newsgen/: the build succeeds and makes the same tree as a clean one."""
    damaged, random = Damaged(workshop), chance("flips")
    for _ in range(FLIPS // PER_BUILD):
        names = [name for name in memory(damaged.paper.site) if (damaged.folder / name).stat().st_size]
        done = []
        for name in random.choices(names, k=PER_BUILD) if names else ():
            data = bytearray((damaged.folder / name).read_bytes())
            position = random.randrange(len(data))
            data[position] ^= 1 << random.randrange(8)
            (damaged.folder / name).write_bytes(data)
            done.append((name, position))
        damaged.is_harmless(f"bits flipped: {done}")
        if not names:
            break


class Bomb:
    """Whoever unpickles it leaves a trace."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return Path.touch, (self.trace,)


@pytest.mark.parametrize("damage", ["empty", "folder", "gone", "foreign", "words", "pickle", "unreadable"])
def test_memory_that_is_something_else(workshop, damage):
    """A file of .newsgen/ that is empty, a folder, gone, from another site, not newsgen's, or a trap: the build
    succeeds and makes the same tree as a clean one, and runs no code out of it.
    """
    damaged, trace = Damaged(workshop), workshop / "trace"
    other = two_states(workshop / "other", STORIES + 3)
    written = {"empty": b"", "words": "không phải của newsgen\n".encode() * 99, "pickle": pickle.dumps(Bomb(trace))}
    for name in memory(damaged.paper.site):
        path = damaged.folder / name
        if not path.is_file():
            continue
        if damage in written:
            path.write_bytes(written[damage])
        elif damage == "unreadable":
            path.chmod(0)
        elif damage == "foreign" and (other.site / ".newsgen" / name).is_file():
            shutil.copyfile(other.site / ".newsgen" / name, path)
        else:
            path.unlink()
            if damage == "folder":
                (path / "in").mkdir(parents=True)
        damaged.is_harmless(f"{name}: {damage}")
    damaged.is_harmless("the build after it")
    assert not trace.exists()


@pytest.mark.parametrize("with_output", [False, True], ids=["memory", "memory and output"])
def test_memory_of_another_machine(workshop, with_output):
    """.newsgen/ carried to a copy of the sources elsewhere, or left from another site: never a wrong page."""
    damaged = Damaged(workshop)
    for name, source in (("copy", damaged.paper), ("foreign", two_states(workshop / "other", STORIES + 3))):
        site = copy_sources(damaged.paper.site, workshop / name)
        for folder in (".newsgen", "build") if with_output else (".newsgen",):
            shutil.copytree(source.site / folder, site / folder)
        outcome = build_here(site, NOW)
        assert 0 == outcome.exit
        assert {} == differences(damaged.paper.trees[0], outcome.tree), name


def test_no_memory_but_an_output(workshop):
    """With .newsgen/ lost and the output kept, the build goes on from the sources alone."""
    damaged = Damaged(workshop)
    for _ in range(2):
        shutil.rmtree(damaged.folder)
        damaged.is_harmless("no memory")
