"""Stories found by the names of their files."""

import pytest

from newsgen.core.filenames import FilesByName, find_nearest_file

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


PICTURES = ["cau.png", "anh-1.webp", "anh-2.webp", "cho-noi-luc-binh-minh.jpg", "ke-song-an-phuc.jpg", "Logo.svg"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("cua.png", "cau.png"),
        ("cau.jpeg", "cau.png"),
        ("logo.svg", "Logo.svg"),
        ("anh1.webp", "anh-1.webp"),
        ("Chợ nổi lúc bình minh.jpg", "cho-noi-luc-binh-minh.jpg"),
        ("cho_noi_luc_binh_minh.jpg", "cho-noi-luc-binh-minh.jpg"),
        ("cho-noi-binh-mnih.jpg", "cho-noi-luc-binh-minh.jpg"),
        ("ke-song-an-phu.jpg", "ke-song-an-phuc.jpg"),
        ("anh-5.webp", None),
        ("anh-12.webp", None),
        ("xe.png", None),
        ("song-lac-can.jpg", None),
        ("cho-hoa.jpg", None),
    ],
)
def test_only_a_file_that_may_have_been_meant_is_proposed(asked, found):
    """Slips, other endings, marks and separators lead to the file; another number, and a far-off name, to none."""
    assert found == find_nearest_file(asked, PICTURES)
