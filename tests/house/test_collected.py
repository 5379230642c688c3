"""Every test is run: pytest passes by no folder of tests, and no two files of tests have one name."""

from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

TESTS = Path(__file__).parents[1]
FILES = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py") if "node_modules" not in path.parts]


def test_pytest_looks_into_every_folder(request):
    """Its own list of folders to pass by has `build`, where tests of builds are."""
    passed_by = request.config.getini("norecursedirs")
    folders = {part for path in FILES for part in path.parent.parts}
    assert "build" in folders
    assert [] == [folder for folder in folders if any(fnmatch(folder, pattern) for pattern in passed_by)]


def test_files_of_tests_have_names_of_their_own():
    """Without packages pytest takes two files of one name for one module."""
    assert [] == [name for name, count in Counter(path.name for path in FILES).items() if count > 1]
