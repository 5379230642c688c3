"""Stories found by the names of their files."""

import pytest

from newsgen.core.filenames import FilesByName

FILES = ["kinh-te/gia-vai.md", "kinh-te/suoi/index.md", "xa-hoi/ke-song.md", "xa-hoi/ao/index.md", "the-thao/tin.md"]
FILES += ["xa-hoi/tin.md", "index.md"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("kinh-te/gia-va.md", "kinh-te/gia-vai.md"),
        ("kinh-te/gia-vai", "kinh-te/gia-vai.md"),
        ("xa-hoi/gia-vai.md", "kinh-te/gia-vai.md"),
        ("kinh-te/suoi.md", "kinh-te/suoi/index.md"),
        ("kinh-te/suôi/index.md", "kinh-te/suoi/index.md"),
        ("kinh-te/gamma/index.md", None),
        ("@/xa-hoi/rung/index.md", None),
        ("kinh-te/tin.md", None),
        ("kinh-te/index.md", None),
        ("kinh-te/hoan-toan-khac.md", None),
    ],
)
def test_a_story_is_found_by_the_name_that_is_its_own(asked, found):
    """The same name in one other place, or a near one in the same folder; an index.md has its folder's name."""
    assert found == FilesByName(FILES).nearest(asked)
