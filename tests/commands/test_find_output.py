from pathlib import Path

import pytest

from newsgen.commands.find_output import Name, find_output
from newsgen.core.errors import ConfigError

SITE = Path("/bao")
URL = "https://baolacgiang.example"
NAMES = [
    Name("index.html", "/", ""),
    Name("kinh-te/index.html", "/kinh-te/", ""),
    Name("kinh-te/nhan-muon.html", "/kinh-te/nhan-muon.html", "content/kinh-te/nhan-muon.md"),
    Name("kinh-te/ảnh.jpg", "/kinh-te/%E1%BA%A3nh.jpg", "content/kinh-te/ảnh.jpg"),
]


def found(wanted, site=SITE):
    return find_output(wanted, NAMES, (site, site / "build"), URL)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("/", "index.html"),
        (URL, "index.html"),
        (f"{URL}/kinh-te/", "kinh-te/index.html"),
        (f"{URL}/kinh-te?trang=2#dau", "kinh-te/index.html"),
        ("/kinh-te", "kinh-te/index.html"),
        ("kinh-te/", "kinh-te/index.html"),
        ("kinh-te", "kinh-te/index.html"),
        ("/kinh-te/index.html", "kinh-te/index.html"),
        ("build/kinh-te/index.html", "kinh-te/index.html"),
        ("kinh-te/nhan-muon.html", "kinh-te/nhan-muon.html"),
        ("/bao/build/kinh-te/nhan-muon.html", "kinh-te/nhan-muon.html"),
        ("content/kinh-te/nhan-muon.md", "kinh-te/nhan-muon.html"),
        ("./content/kinh-te/nhan-muon.md", "kinh-te/nhan-muon.html"),
        ("/bao/content/kinh-te/nhan-muon.md", "kinh-te/nhan-muon.html"),
        ("/kinh-te/%E1%BA%A3nh.jpg", "kinh-te/ảnh.jpg"),
        ("content/kinh-te/a\u0309nh.jpg", "kinh-te/ảnh.jpg"),
    ],
)
def test_a_page_is_known_by_each_of_its_names(wanted, expected):
    """An address, whole or not, a file of the output, a source: all mean one output."""
    assert expected == found(wanted)


@pytest.mark.parametrize(
    ("wanted", "fix"),
    [
        ("/kinh-tee/", "did you mean `/kinh-te/`?"),
        ("content/kinh-te/nhan-muom.md", "did you mean `content/kinh-te/nhan-muon.md`?"),
        ("build/kinh-te/nhan-muon.htm", "did you mean `kinh-te/nhan-muon.html`?"),
        ("https://khac.example/kinh-te/", "give an address that begins with https://baolacgiang.example"),
        ("https://[x/", "give an address that begins with https://baolacgiang.example"),
        ("/xyzzy!", "give an address such as `/kinh-te/`, or a file such as `content/….md`"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(wanted, fix):
    """What the last build does not have is a fault of the command line, with what to type instead."""
    with pytest.raises(ConfigError) as caught:
        found(wanted)
    (problem,) = caught.value.problems
    assert ("unknown-page", fix) == (problem.rule, problem.fix)


def test_a_story_without_a_page_is_told_as_one(tmp_path):
    """A source that is there and has no page is not taken for a slip of the hand."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "nhap.md").touch()
    with pytest.raises(ConfigError, match="drafts, scheduled and expired stories have none"):
        found("content/nhap.md", tmp_path)
