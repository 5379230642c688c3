"""Files are opened inside a folder, or not at all."""

import os
import pickle
from pathlib import Path

import pytest

from builders import site_folder
from newsgen.core import opening
from newsgen.core.opening import OutsideSite, is_inside, is_private, open_inside, read_inside


@pytest.fixture(params=["proc", "no proc"])
def system(request, monkeypatch):
    """A system that says where an open file lies, and one that does not."""
    if request.param == "no proc":
        monkeypatch.setattr(opening, "_find_path", lambda _descriptor: "")


@pytest.mark.usefixtures("system")
def test_a_file_of_the_site_is_read(tmp_path):
    """Under its own name, by a link of the site, through a linked folder, and where the site itself is a link."""
    site = site_folder(tmp_path / "site", {"content/a.md": "a", "content/b/c.md": "c"})
    (site / "link.md").symlink_to("content/a.md")
    (site / "folder").symlink_to("content/b")
    (tmp_path / "alias").symlink_to(site)
    assert [b"a", b"a", b"c"] == [read_inside(site, site / n) for n in ("content/a.md", "link.md", "folder/c.md")]
    assert b"a" == read_inside(tmp_path / "alias", tmp_path / "alias" / "content/a.md")


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("name", ["out.md", "folder/secret.md", "twice.md", "hidden.md", "content", "pipe"])
def test_what_leads_elsewhere_is_refused(tmp_path, name):
    """Out by a link, a folder on the way, a link to a link; to a hidden file, to a folder, to a pipe."""
    site = site_folder(tmp_path / "site", {"content/a.md": "a", ".env": "key"})
    (tmp_path / "secret.md").write_text("secret")
    for link, target in {"out.md": "../secret.md", "folder": "..", "twice.md": "out.md", "hidden.md": ".env"}.items():
        (site / link).symlink_to(target)
    os.mkfifo(site / "pipe")
    with pytest.raises(OutsideSite) as caught:
        read_inside(site, site / name)
    assert str(site / name) == pickle.loads(pickle.dumps(caught.value)).filename  # noqa: S301


def test_a_file_that_is_replaced_while_it_is_open_was_ours(tmp_path):
    """An editor that saves by renaming changes nothing for who reads the old file."""
    site = site_folder(tmp_path, {"content/a.md": "old", "content/new.md": "new"})
    with open_inside(site, site / "content/a.md") as file:
        (site / "content/new.md").replace(site / "content/a.md")
        assert opening._lies_inside(file.fileno(), site, site / "content/a.md")
        assert b"old" == file.read()


def test_nothing_stays_open(tmp_path):
    """A refused file is closed."""
    site = site_folder(tmp_path / "site", {})
    (site / "out").symlink_to("/etc/passwd")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        with pytest.raises(OutsideSite):
            open_inside(site, site / "out")
    assert before == len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize(
    ("expected", "path"), [(True, "/s/a"), (True, "/s/.well-known/a"), (False, "/s/.git/a"), (False, "/s2/a")]
)
def test_the_inside_of_a_site(expected, path):
    """Below its folder, and not below a hidden one."""
    assert expected == is_inside(path, "/s")


@pytest.mark.parametrize("name", [".env", "a.md~", "#a#", "x.KEY", "id_rsa", "Thumbs.db"])
def test_private_names(name):
    """Hidden files, backups and keys."""
    assert is_private(name)
