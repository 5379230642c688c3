import os
import shutil

import pytest

from newsgen.core.digests import hash_bytes
from newsgen.core.stamps import make_stamp
from newsgen.core.urls import NotAnOutput
from newsgen.publish.build_info import BUILD_INFO, digest_tree
from newsgen.publish.file_record import digest_of, stamp_of
from newsgen.publish.looking import scan_folder
from newsgen.publish.sharing import Sharer
from newsgen.publish.tree import Tree
from papers import tree

FILES = {"a.html": b"mot", "kinh-te/b.html": b"hai", "kinh-te/anh/c.webp": b"ba"}


def planted(folder, files=FILES):
    """A folder with these files, as newsgen would have put them there."""
    folder.mkdir()
    one = Tree(folder)
    for output, data in files.items():
        one.write(output, data, hash_bytes(data))
    return one


def seen_again(one):
    """The same folder as a later run finds it, which knows of it what this one did."""
    found = Tree(one.folder, record=Known(one.changes))
    found.take_over(scan_folder(one.folder, one.changes, one.permissions))
    return found


class Known(dict):
    """Files by output, in the place of a record."""

    def find(self, output):
        return self.get(output)


def known_files(one):
    """The outputs at which a tree knows a file."""
    return {output for output in {*one.changes, *(one.record or ())} if one.find(output)}


def true_stamps(one):
    """The stamps that the files of a tree have now."""
    return {output: make_stamp((one.folder / output).stat()) for output in known_files(one)}


def known_stamps(one):
    """The stamps that a tree believes its files to have."""
    return {output: stamp_of(one.find(output)) for output in known_files(one)}


def test_what_was_put_is_there(tmp_path):
    """Files come to lie in the folder with their bytes; the tree knows their digests and stamps."""
    one = planted(tmp_path / "tree")
    assert FILES == tree(one.folder)
    digests = {output: digest_of(one.find(output)) for output in one.changes}
    assert {output: hash_bytes(data) for output, data in FILES.items()} == digests
    assert true_stamps(one) == known_stamps(one)


def test_a_later_run_finds_a_whole_tree(tmp_path):
    """With its record an untouched tree is whole and has what was put there, and nothing else."""
    found = seen_again(planted(tmp_path / "tree"))
    assert (True, []) == (found.is_whole, found.foreign)
    assert found.has("a.html", hash_bytes(b"mot"))
    assert not found.has("a.html", hash_bytes(b"hai"))
    assert not found.has("x.html", hash_bytes(b"mot"))


def test_a_folder_that_is_not_there_is_an_empty_tree(tmp_path):
    """Without a folder nothing is there and nothing is foreign, and the tree is not whole."""
    one = planted(tmp_path / "tree")
    shutil.rmtree(one.folder)
    found = seen_again(one)
    assert ([], False, set()) == (found.foreign, found.is_whole, {output for output in FILES if found.find(output)})


def test_without_a_record_all_is_foreign(tmp_path):
    """Files of which nothing is known are not trusted, whoever made them."""
    one = planted(tmp_path / "tree")
    assert sorted(FILES) == sorted(scan_folder(one.folder, {}, one.permissions).foreign)


def test_the_mark_is_neither_known_nor_foreign(tmp_path):
    """newsgen.json stands beside the files that it tells of."""
    one = planted(tmp_path / "tree")
    (one.folder / BUILD_INFO).write_text("{}")
    found = seen_again(one)
    assert (True, []) == (found.is_whole, found.foreign)
    assert BUILD_INFO not in known_files(found)


def test_another_stamp_alone_is_no_change(tmp_path):
    """A file whose times were changed, or which was copied, is known by its bytes, and its new stamp is learned."""
    one = planted(tmp_path / "tree")
    os.utime(one.folder / "a.html", ns=(1, 1))
    path = one.folder / "kinh-te" / "b.html"
    path.rename(one.folder / "moved")
    path.write_bytes(b"hai")
    (one.folder / "moved").unlink()
    found = seen_again(one)
    assert found.is_whole
    assert true_stamps(found) == known_stamps(found)


def test_a_change_under_the_same_size_and_time_is_found(tmp_path):
    """Somebody who sets the time back after changing a file is found out by the change time."""
    one = planted(tmp_path / "tree")
    path = one.folder / "a.html"
    before = path.stat()
    path.write_bytes(b"MOT")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    found = seen_again(one)
    assert (["a.html"], False) == (found.foreign, found.is_whole)
    assert not found.has("a.html", hash_bytes(b"mot"))


def test_a_removed_file_is_missed(tmp_path):
    """A file that somebody removed is not there; what is left in its place, an empty folder, is foreign."""
    one = planted(tmp_path / "tree")
    (one.folder / "kinh-te" / "anh" / "c.webp").unlink()
    found = seen_again(one)
    assert not found.is_whole
    assert ["kinh-te/anh/"] == found.foreign
    assert not found.has("kinh-te/anh/c.webp", hash_bytes(b"ba"))


@pytest.mark.parametrize(
    ("foreign", "make"),
    [
        ("ghi-chu.txt", lambda path: path.write_text("x")),
        (".htaccess", lambda path: path.write_text("x")),
        ("rong/", lambda path: path.mkdir()),
        ("link", lambda path: path.symlink_to("a.html")),
        ("lost", lambda path: path.symlink_to("nowhere")),
        ("folder", lambda path: path.symlink_to("kinh-te")),
        ("pipe", os.mkfifo),
    ],
)
def test_what_newsgen_did_not_put_there_is_foreign(tmp_path, foreign, make):
    """Files, links, pipes and empty folders of somebody else are told, and keep a tree from being whole."""
    one = planted(tmp_path / "tree")
    make(one.folder / foreign)
    found = seen_again(one)
    assert ([foreign], False) == (found.foreign, found.is_whole)
    assert FILES.keys() == known_files(found)
    found.remove(foreign)
    assert FILES == tree(one.folder)


def test_a_link_to_the_right_bytes_is_no_file(tmp_path):
    """A symbolic link in a file's place is foreign, even to a file with the very bytes."""
    one = planted(tmp_path / "tree")
    (tmp_path / "elsewhere").write_bytes(b"mot")
    (one.folder / "a.html").unlink()
    (one.folder / "a.html").symlink_to(tmp_path / "elsewhere")
    found = seen_again(one)
    assert ["a.html"] == found.foreign
    found.write("a.html", b"mot", hash_bytes(b"mot"))
    assert not (one.folder / "a.html").is_symlink()
    assert b"mot" == (tmp_path / "elsewhere").read_bytes()


def test_a_folder_in_a_files_place_is_foreign(tmp_path):
    """Where somebody put a folder in the place of a file, what is in it is foreign and the file is missed."""
    one = planted(tmp_path / "tree")
    (one.folder / "a.html").unlink()
    (one.folder / "a.html").mkdir()
    (one.folder / "a.html" / "x").write_text("x")
    found = seen_again(one)
    assert (["a.html/x"], False) == (found.foreign, "a.html" in known_files(found))


def test_a_file_takes_the_place_of_an_empty_folder(tmp_path):
    """What an earlier run left as a folder can become a file."""
    other = planted(tmp_path / "other", {})
    (other.folder / "a.html").mkdir()
    (other.folder / "kinh-te" / "b.html").mkdir(parents=True)
    other.write("a.html", b"mot", hash_bytes(b"mot"))
    other.write("kinh-te/b.html", b"hai", hash_bytes(b"hai"))
    assert {"a.html": b"mot", "kinh-te/b.html": b"hai"} == tree(other.folder)


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_files_of_any_size_are_written_whole(tmp_path, size):
    """An empty and a large file have all their bytes."""
    one = planted(tmp_path / "tree", {"x": b"." * size})
    assert size == (one.folder / "x").stat().st_size == stamp_of(one.find("x"))[0]


def test_dropping_a_file_leaves_no_empty_folder(tmp_path):
    """With its last file a folder goes too, up to the tree's own, which stays; what is not there may be dropped."""
    one = planted(tmp_path / "tree")
    one.remove("kinh-te/anh/c.webp")
    assert {"a.html": b"mot", "kinh-te/b.html": b"hai"} == tree(one.folder)
    assert not (one.folder / "kinh-te" / "anh").exists()
    for output in ("kinh-te/b.html", "a.html", "a.html"):
        one.remove(output)
    assert ([], set()) == (list(one.folder.iterdir()), known_files(one))


def test_every_entry_is_looked_at(tmp_path):
    """What newsgen put there is known, at any depth; an empty folder and what somebody else left are foreign."""
    one = planted(tmp_path / "tree")
    (one.folder / "rong").mkdir()
    (one.folder / "kinh-te/anh/la.txt").write_text("x", "utf-8")
    found = seen_again(one)
    assert (sorted(FILES), ["kinh-te/anh/la.txt", "rong/"]) == (sorted(known_files(found)), sorted(found.foreign))


def test_a_file_with_other_permissions_is_foreign(tmp_path):
    """A file that readers may not read as a new one is made again, though its bytes are the same."""
    one = planted(tmp_path / "tree")
    (one.folder / "a.html").chmod(0o501)
    found = seen_again(one)
    assert (["a.html"], False) == (found.foreign, found.is_whole)


def test_a_folder_with_other_permissions_is_put_right(tmp_path):
    """A folder that readers may not enter as a new one is foreign, and gets its permissions; an empty one goes."""
    one = planted(tmp_path / "tree")
    before = (one.folder / "kinh-te").stat().st_mode
    (one.folder / "kinh-te").chmod(0o701)
    (one.folder / "rong").mkdir(0o701)
    found = seen_again(one)
    assert (["kinh-te/", "rong/"], False) == (sorted(found.foreign), found.is_whole)
    for folder in found.foreign:
        found.remove(folder)
    assert before == (one.folder / "kinh-te").stat().st_mode
    assert seen_again(one).is_whole


def test_the_digest_of_a_tree_is_of_names_and_bytes():
    """Order does not show in it; another name, other bytes or a file more do."""
    one, two = hash_bytes(b"1"), hash_bytes(b"2")
    files = [("a", one), ("b", two)]
    same = digest_tree(files)
    assert same == digest_tree(files[::-1])
    others = [[("a", one)], [("a", two), ("b", one)], [("a", one), ("c", two)], [("b", two)], []]
    assert 6 == len({same, *map(digest_tree, others)})


@pytest.mark.parametrize("output", ["../x", "a/../../x", "/x", "", "a//b", "..", "kinh-te/..", "a\0"])
def test_a_tree_refuses_what_leads_out_of_it(tmp_path, output):
    """A tree neither writes, shares nor removes a file outside its folder, whoever asks."""
    one, other = planted(tmp_path / "tree"), planted(tmp_path / "other")
    (tmp_path / "x").write_bytes(b"cua nguoi khac")
    for act in (
        lambda: one.write(output, b"x", hash_bytes(b"x")),
        lambda: [*Sharer(other, one).share_all([output], 1)],
        lambda: one.remove(output),
    ):
        with pytest.raises(NotAnOutput):
            act()
    assert b"cua nguoi khac" == (tmp_path / "x").read_bytes()
    assert FILES == tree(one.folder)


def test_a_tree_writes_no_name_with_a_control_character(tmp_path):
    """What stands in the folder under such a name can be removed, but newsgen does not write one."""
    one = planted(tmp_path / "tree")
    (one.folder / "a\nb").write_bytes(b"la")
    with pytest.raises(NotAnOutput):
        one.write("a\nb", b"x", hash_bytes(b"x"))
    one.remove("a\nb")
    assert FILES == tree(one.folder)
