"""The digests of code, and the releases of libraries."""

from importlib.metadata import version

from newsgen.build.memory import LIBRARIES
from newsgen.core.code_digest import digest_modules, find_versions


def test_releases_are_those_that_the_metadata_name():
    """The names of folders say what Python's own reading of them says."""
    found = find_versions(LIBRARIES)
    assert [version(name) for name in LIBRARIES] == [name.split("-")[1].removesuffix(".dist") for name in found]


def test_a_library_that_is_not_installed_has_no_release(tmp_path, monkeypatch):
    """Of two places the first counts; what is no folder of metadata is passed over."""
    for name in ("first/One_Two-1.0.dist-info", "second/one_two-2.0.dist-info", "second/three.four-3.egg-info"):
        (tmp_path / name).mkdir(parents=True)
    places = [f"{tmp_path}/{name}" for name in ("missing", "first", "second")]
    monkeypatch.setattr("sys.path", places)
    expected = ["three.four-3.egg-info", "", "One_Two-1.0.dist-info"]
    assert expected == find_versions(["three-four", "five", "one-two"])


def test_a_module_s_text_name_and_place_count(tmp_path):
    """Other files do not."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "two.py").write_text("x = 1\n")
    digests = [digest_modules(tmp_path)]
    (tmp_path / "one" / "two.html").write_text("x")
    digests.append(digest_modules(tmp_path))
    (tmp_path / "one" / "two.py").write_text("x = 2\n")
    digests.append(digest_modules(tmp_path))
    (tmp_path / "one" / "two.py").rename(tmp_path / "two.py")
    digests.append(digest_modules(tmp_path))
    assert digests[0] == digests[1]
    assert 3 == len(set(digests))
