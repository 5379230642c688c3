"""What a newsroom sets on its output stays: permissions, the setgid bit and the group, however often it is built."""

import os
import shutil
from stat import S_IMODE

import pytest

from builders import article_source, site_folder
from papers import build_site, tree, weekly

GROUP = 12_345
"""A group that this machine need not know."""


@pytest.fixture
def umask():
    """Sets the umask, which is what it was after the test."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def may_change_groups(folder):
    try:
        os.chown(folder, -1, GROUP)
    except PermissionError:
        return False
    return True


def rights(output):
    """The permissions and groups of an output, of the folders and of the files in it."""
    seen = {"root": set(), "folder": set(), "file": set()}
    for path in (output, *output.rglob("*")):
        kind = "root" if path == output else "folder" if path.is_dir() else "file"
        seen[kind].add((oct(S_IMODE(path.stat().st_mode)), path.stat().st_gid))
    return seen


def days(site):
    """A few days of editing: a story comes, changes, goes, and nothing happens."""
    for files in (
        {"content/doi-song/moi.md": article_source()},
        {"content/doi-song/moi.md": article_source(body="B.")},
    ):
        site_folder(site, files)
        build_site(site)
    (site / "content/doi-song/moi.md").unlink()
    for _ in range(2):
        build_site(site)


@pytest.mark.parametrize("mask", [0o002, 0o022, 0o077])
def test_a_shared_output_stays_shared(tmp_path, umask, mask):
    """With the setgid bit all in the output has its group and the folder's rights, whatever the umask."""
    site = site_folder(tmp_path, weekly())
    build_site(site)
    if not may_change_groups(site / "build"):
        pytest.skip("only root may give a folder to any group")
    (site / "build").chmod(0o2775)
    expected = {
        "root": {("0o2775", GROUP)},
        "folder": {("0o2775", GROUP)},
        "file": {("0o664", GROUP)},
    }
    umask(mask)
    build_site(site)
    assert expected == rights(site / "build")
    days(site)
    assert expected == rights(site / "build")
    built, mark = tree(site / "build"), (site / "build").stat().st_ino
    build_site(site)
    assert mark == (site / "build").stat().st_ino, "nothing is to be done"
    build_site(site, clean=True)
    assert (expected, built) == (rights(site / "build"), tree(site / "build"))


def test_a_new_output_in_a_shared_site_is_shared(tmp_path, umask):
    """The first output in a folder with the setgid bit has the bit and the group, as any new folder there."""
    site = site_folder(tmp_path / "site", weekly())
    if not may_change_groups(site):
        pytest.skip("only root may give a folder to any group")
    site.chmod(0o2775)
    umask(0o002)
    for _ in range(2):
        build_site(site)
        days(site)
        expected = {"root": {("0o2775", GROUP)}, "folder": {("0o2775", GROUP)}, "file": {("0o664", GROUP)}}
        assert expected == rights(site / "build")
        shutil.rmtree(site / "build")


def test_the_umask_decides_of_an_output_that_is_not_shared(tmp_path, umask):
    """Without the setgid bit new files are as the umask has them, and the root keeps its own permissions."""
    site = site_folder(tmp_path, weekly())
    build_site(site)
    (site / "build").chmod(0o750)
    for mask, folder, file in ((0o022, "0o755", "0o644"), (0o002, "0o775", "0o664"), (0o027, "0o750", "0o640")):
        umask(mask)
        days(site)
        modes = {kind: {mode for mode, _ in found} for kind, found in rights(site / "build").items()}
        assert {"root": {"0o750"}, "folder": {folder}, "file": {file}} == modes


def test_a_bit_that_is_taken_away_stays_away(tmp_path, umask):
    """An output that is not shared any more gets no setgid folders, though the site's folder has the bit."""
    site = site_folder(tmp_path / "site", weekly())
    site.chmod(0o2755)
    build_site(site)
    shutil.copytree(site / "build", site / "plain")
    shutil.rmtree(site / "build")
    (site / "plain").chmod(0o755)
    (site / "plain").rename(site / "build")
    days(site)
    modes = {kind: {mode for mode, _ in found} for kind, found in rights(site / "build").items()}
    assert {"root": {"0o755"}, "folder": {"0o755"}, "file": {"0o644"}} == modes
