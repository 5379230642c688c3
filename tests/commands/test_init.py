import pytest

from newsgen.commands.init import STARTER, init_site
from newsgen.content.address_file import HEAD
from newsgen.core.errors import ConfigError
from papers import build_site, tree


@pytest.mark.parametrize("name", ["bao-moi", "a/b/bao-moi", "Báo mới"])
def test_a_new_site_builds_at_once(tmp_path, name):
    """The starter site is copied whole into a new folder, with a begun urls.lock, and builds without a problem."""
    init_site(tmp_path / name)
    assert {**tree(STARTER), "urls.lock": HEAD.encode()} == tree(tmp_path / name)
    assert [] == build_site(tmp_path / name).warnings
    assert 'rel="icon"' in (tmp_path / name / "build" / "index.html").read_text("utf-8")


def test_an_empty_folder_may_be_filled(tmp_path):
    """A folder that exists and is empty is as good as a new one."""
    init_site(tmp_path)
    assert (tmp_path / "newsgen.yaml").is_file()


def test_a_folder_that_holds_something_is_refused(tmp_path):
    """A folder with any file in it is refused and left as it is."""
    (tmp_path / ".thesis").write_text("years of work")
    with pytest.raises(ConfigError) as caught:
        init_site(tmp_path)
    assert "not-empty" == caught.value.problems[0].rule
    assert {".thesis": b"years of work"} == tree(tmp_path)
