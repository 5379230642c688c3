"""The same sources give the same bytes: whatever the machine, the processes, the folder, the order of its entries."""

import os
from itertools import islice, product
from unittest import mock

import pytest

from build_processes import AT
from builders import NOW
from clean_builds import build_here, census, chance, contents, copy_sources, differences, tier
from papers import run_newsgen
from small_paper import small_paper

EPOCH = str(int(NOW.timestamp()))
ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/St_Johns", "Pacific/Kiritimati")
FOLDERS = ("b", "Báo Lạc Giang (2)", "sâu/" * 20 + "site")
ASCII = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "utf-8"}
"""A machine that knows no other letters."""

VARIANTS = (
    ("1", {"PYTHONHASHSEED": "1", "TZ": ZONES[0]}, 0o022, FOLDERS[0]),
    ("2", {"PYTHONHASHSEED": "2", "TZ": ZONES[1], "LC_ALL": "C", "LANG": "C"}, 0o077, FOLDERS[1]),
    ("8", {"PYTHONHASHSEED": "3", "TZ": ZONES[2], "PYTHONOPTIMIZE": "2"}, 0o022, FOLDERS[2]),
    ("2", {"PYTHONHASHSEED": "random", "TZ": ZONES[3], "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"}, 0o022, FOLDERS[1]),
    ("1", {"SOURCE_DATE_EPOCH": "1", **ASCII}, 0o077, FOLDERS[0]),
)
ALL = tuple(
    (jobs, {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}, umask, folder)
    for jobs, seed, zone, locale, umask, folder in product(
        ("1", "2", "8"), ("0", "77"), ZONES, ("C", "C.UTF-8", "vi_VN"), (0o022, 0o077), FOLDERS
    )
)


@pytest.mark.parametrize(
    ("jobs", "env", "umask", "folder"), [*VARIANTS, *tier((), tuple(islice(ALL, 0, None, 11)))], ids=str
)
def test_the_machine_does_not_show(workshop, jobs, env, umask, folder):
    """Another number of processes, hash seed, zone, locale, umask or folder: the same bytes."""
    site = small_paper(workshop / "first")
    expected = build_here(site, NOW).tree
    elsewhere = copy_sources(site, workshop / "elsewhere" / folder)
    done = run_newsgen("build", *AT, "--jobs", jobs, site=elsewhere, env=env, umask=umask)
    assert (0, "") == (done.returncode, done.stderr)
    found = census(elsewhere / "build")
    assert {} == differences(contents(expected), contents(found))
    assert umask != 0o022 or {} == differences(expected, found)


@pytest.mark.parametrize("seed", range(tier(3, 30)))
def test_the_order_of_entries_does_not_show(workshop, seed):
    """A file system that lists the entries of a folder in another order: the same bytes."""
    site = small_paper(workshop / "site")
    expected = build_here(site, NOW)
    elsewhere = copy_sources(site, workshop / "elsewhere")
    random, scandir, listdir = chance(f"order {seed}"), os.scandir, os.listdir

    class Shuffled:
        """Folder entries as os.scandir gives them, in another order."""

        def __init__(self, path="."):
            with scandir(path) as entries:
                self.entries = list(entries)
            random.shuffle(self.entries)

        def __iter__(self):
            return self

        def __next__(self):
            if not self.entries:
                raise StopIteration
            return self.entries.pop()

        def __enter__(self):
            return self

        def __exit__(self, *_fault):
            self.close()

        def close(self):
            self.entries.clear()

    def shuffled(path="."):
        names = listdir(path)
        random.shuffle(names)
        return names

    with mock.patch.object(os, "scandir", Shuffled), mock.patch.object(os, "listdir", shuffled):
        found = build_here(elsewhere, NOW)
    assert {} == differences(expected.tree, found.tree)
    assert (0, expected.problems) == (found.exit, found.problems)


def test_the_moment_may_come_from_the_environment(workshop):
    """SOURCE_DATE_EPOCH and --at that name the same moment: the same bytes."""
    site = small_paper(workshop / "site")
    expected = build_here(site, NOW).tree
    elsewhere = copy_sources(site, workshop / "elsewhere")
    assert 0 == run_newsgen("build", site=elsewhere, env={"SOURCE_DATE_EPOCH": EPOCH}).returncode
    assert {} == differences(contents(expected), contents(census(elsewhere / "build")))
