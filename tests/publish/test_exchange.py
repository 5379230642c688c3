import pytest

from newsgen.publish.exchange import exchange, sync, sync_folder
from papers import tree


def folder(path, text):
    path.mkdir()
    (path / "a.txt").write_text(text)
    return path


def test_two_folders_change_places(tmp_path):
    """After an exchange each name holds what the other held."""
    old, new = folder(tmp_path / "build", "old"), folder(tmp_path / "staging", "new")
    assert exchange(new, old)
    assert ({"a.txt": b"new"}, {"a.txt": b"old"}) == (tree(old), tree(new))


@pytest.mark.parametrize("missing", ["build", "staging"])
def test_a_folder_that_is_not_there_is_no_exchange(tmp_path, missing):
    """Without one of the two nothing moves, and the answer is no."""
    present = folder(tmp_path / "there", "here")
    gone = tmp_path / missing
    assert not exchange(present, gone)
    assert not exchange(gone, present)
    assert {"there/a.txt": b"here"} == tree(tmp_path)


def test_names_beyond_ascii_can_change_places(tmp_path):
    """Folders may have any name that the system allows."""
    old, new = folder(tmp_path / "bản cũ", "old"), folder(tmp_path / "bản mới", "new")
    assert exchange(new, old)
    assert {"a.txt": b"new"} == tree(old)


@pytest.mark.parametrize("synced", [sync, sync_folder])
def test_what_is_not_there_cannot_be_brought_to_the_disk(tmp_path, synced):
    """A folder that is there is synced; one that is not is an error of the system."""
    synced(tmp_path)
    with pytest.raises(FileNotFoundError):
        synced(tmp_path / "gone")
