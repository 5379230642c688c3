"""Files that one tree has from the other."""

import errno
import os

import pytest

from newsgen.core.digests import hash_bytes
from newsgen.core.stamps import make_stamp
from newsgen.publish import sharing
from newsgen.publish.sharing import Sharer
from newsgen.publish.tree import Tree
from papers import tree

FILES = {"a.html": b"mot", "kinh-te/anh/c.webp": b"ba", **{f"kinh-te/{n}.html": b"%d" % n for n in range(9)}}


def planted(folder, files):
    """A tree with these files."""
    folder.mkdir()
    one = Tree(folder)
    for output, data in files.items():
        one.write(output, data, hash_bytes(data))
    return one


@pytest.fixture(params=["folders", "paths"])
def trees(tmp_path, request, monkeypatch):
    """A tree with files, and one with another file in the place of one; links are made in open folders or by paths."""
    if request.param == "paths":
        monkeypatch.setattr(os, "supports_dir_fd", frozenset())
    return planted(tmp_path / "one", FILES), planted(tmp_path / "other", {"kinh-te/1.html": b"old"})


@pytest.mark.parametrize("jobs", [1, 2])
def test_shared_files_are_the_same(trees, monkeypatch, jobs):
    """Each file is there as the same file, whatever was in its place, and its stamp is told."""
    monkeypatch.setattr(sharing, "LARGE", 0 if jobs > 1 else 99)
    monkeypatch.setattr(sharing, "AT_ONCE", 2)
    one, other = trees
    shared = {output: (stamp, copy) for output, stamp, copy in Sharer(one, other).share_all(FILES, jobs)}
    assert FILES == tree(other.folder)
    assert {output: (make_stamp((one.folder / output).stat()), None) for output in FILES} == shared
    assert all((one.folder / output).samefile(other.folder / output) for output in FILES)


def test_where_nothing_can_be_linked_files_are_copied(trees, monkeypatch):
    """Where the system refuses a link the file is copied, and both stamps are told."""
    link, refused = os.link, []

    def refuse(source, path, **options):
        if len(refused) < 3:
            refused.append(path)
            raise OSError(errno.EMLINK, "Too many links")
        link(source, path, **options)

    monkeypatch.setattr(os, "link", refuse)
    if os.supports_dir_fd:
        monkeypatch.setattr(os, "supports_dir_fd", {refuse})
    one, other = trees
    shared = {output: (stamp, copy) for output, stamp, copy in Sharer(one, other).share_all(FILES, 1)}
    assert FILES == tree(other.folder)
    copies = {output: copy for output, (_, copy) in shared.items() if copy}
    assert {output: make_stamp((other.folder / output).stat()) for output in copies} == copies
    assert 3 == len(copies)
    assert {output: make_stamp((one.folder / output).stat()) for output in FILES} == {
        o: s for o, (s, _) in shared.items()
    }


def test_writing_never_changes_a_shared_file(trees):
    """A new file in one tree leaves the other's of the same name as it was, though they were the same file."""
    one, other = trees
    assert [*Sharer(one, other).share_all(["a.html"], 1)]
    other.write("a.html", b"moi", hash_bytes(b"moi"))
    assert FILES == tree(one.folder)
    assert b"moi" == (other.folder / "a.html").read_bytes()


def test_what_cannot_be_shared_at_all_is_an_error(trees, monkeypatch):
    """Where neither a link nor a copy can be made, the system's error is told."""
    one, other = trees
    (one.folder / "a.html").unlink()
    with pytest.raises(FileNotFoundError):
        [*Sharer(one, other).share_all(FILES, 1)]
