"""The walk through a folder."""

import os

import pytest

from builders import site_folder
from newsgen.core.walk import Obstacle, walk, walk_files, walk_names


def test_files_are_found_below_a_folder_in_order(tmp_path):
    """Files come in the order of their names, folder by folder, without hidden ones; a missing folder has none."""
    for name in ("b.txt", "a/z.txt", "a/.hidden/x", ".x", "a/b.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert ["a/b.txt", "a/z.txt", "b.txt"] == [name for name, _ in walk_files(tmp_path)]
    assert [] == list(walk_files(tmp_path / "gone"))


def test_links_to_folders_are_followed_inside_the_site(tmp_path):
    """A link to another folder of the site is followed; one that leads out, to a hidden folder or back up is not."""
    site = site_folder(
        tmp_path / "site", {"templates/a.html": "", "shared/b/c.html": "", ".kho/d.html": "", "../e.html": ""}
    )
    for name, target in (("up", "../templates"), ("out", "../.."), ("hidden", "../.kho"), ("in", "../shared")):
        (site / "templates" / name).symlink_to(target)
    (site / "shared/b/round").symlink_to("../../shared")
    assert ["a.html", "in/b/c.html"] == [name for name, _ in walk_files(site / "templates")]


def test_whoever_walks_is_told_of_obstacles(tmp_path):
    """Links out, up and in a circle and pipes are told by their paths; what is not taken is not gone into."""
    site = site_folder(tmp_path / "site", {"content/a.md": "", "content/no/b.md": "", "content/c/d.md": ""})
    for name, target in (("out", "../.."), ("c/up", "../../content"), ("round", "round")):
        (site / "content" / name).symlink_to(target)
    os.mkfifo(site / "content/pipe")
    told = {}
    found = walk(
        str(site / "content"), "content", str(site), accept=lambda path: path != "content/no", refuse=told.__setitem__
    )
    assert ["content/a.md", "content/c/d.md"] == list(found)
    expected = {
        "content/c/up": Obstacle.LINK_ABOVE,
        "content/out": Obstacle.LINK_OUTSIDE,
        "content/pipe": Obstacle.NOT_A_FILE,
        "content/round": Obstacle.LINK_LOOP,
    }
    assert expected == told


def test_a_folder_that_cannot_be_listed(tmp_path, monkeypatch):
    """It has no files for whoever asks for names alone; a walk that tells obstacles fails."""

    def refuse(folder):
        raise PermissionError(folder)

    monkeypatch.setattr("os.scandir", refuse)
    assert [] == list(walk_names(tmp_path))
    with pytest.raises(PermissionError):
        list(walk(str(tmp_path), "", str(tmp_path), refuse=lambda path, obstacle: None))
