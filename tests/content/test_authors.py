"""data/authors/ becomes the people who write."""

from pathlib import Path

import pytest

from builders import author, png, site_folder
from newsgen.content.authors import read_people
from newsgen.core.errors import Problems
from newsgen.media.assets import Assets
from newsgen.model.pictures import Picture
from newsgen.model.taxonomy import Author
from story_rendering import shown, sources_of


def read(folder: Path, name: str, text: str) -> tuple[dict[str, Author], Problems]:
    """The people of a site with one author's file."""
    site = site_folder(
        folder, {f"data/authors/{name}": text, "static/tac-gia/a.png": png(4, 4), "data/other.yaml": "x: 1"}
    )
    sources, problems = sources_of(site), Problems()
    return read_people(site, sources.data, Assets(site, sources.files, "/bao"), problems), problems


def test_an_authors_file_is_read(tmp_path):
    """The id is the file's name, the portrait a file of the site, the texts are on one line."""
    text = "name: Thu Trang\nrole: Phóng  viên\nbio: |\n  Viết\n  về y tế.\nphoto: /tac-gia/a.png\nsame_as: [https://x.example/tt]\n"
    people, problems = read(tmp_path, "thu-trang.yaml", text)
    assert [] == problems.found
    photo = Picture("/bao/tac-gia/a.png", "Thu Trang", width=4, height=4)
    expected = Author("thu-trang", "Thu Trang", "", "Phóng viên", "Viết về y tế.", photo, ("https://x.example/tt",))
    assert {"thu-trang": expected} == people


def test_a_name_is_enough(tmp_path):
    """Everything but the name may be left out."""
    assert {"thu-trang": author()} == read(tmp_path, "thu-trang.yaml", "name: Thu Trang\n")[0]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.yaml", "", "1:1 missing-key"),
        ("a.yaml", "name: x\nrol: y\n", "2:1 unknown-key"),
        ("a.yaml", "name: [x]\n", "1:7 wrong-type"),
        ("a.yaml", "name: x: y\n", "1:8 yaml-colon"),
        ("a.yaml", "name: x\nphoto: /tac-gia/b.png\n", "2:8 missing-image"),
        ("a.yaml", "- x\n", "1:1 wrong-type"),
        ("Thu Trang.yaml", "name: x\n", "1:1 bad-slug"),
    ],
)
def test_a_fault_has_its_place(tmp_path, name, text, fault):
    """What is wrong with a person's file is told at its line and column."""
    problems = read(tmp_path, name, text)[1]
    assert [fault] == shown(problems)
    assert {f"data/authors/{name}"} == {p.location.path for p in problems.found}
