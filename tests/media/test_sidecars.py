"""Sidecars of pictures, and what their names are."""

import pytest

from builders import ZONE, moment, site_folder
from newsgen.core.errors import Problems, apply_edits
from newsgen.media.examined import PictureExaminer
from newsgen.media.photos import ENDINGS as PHOTOS
from newsgen.media.pictures import ENDINGS
from newsgen.media.sidecar_names import name_picture
from newsgen.media.sidecars import SidecarReader
from newsgen.model.pictures import Sidecar

SIDECAR, PICTURE = "content/kinh-te/cau.jpg.yaml", "content/kinh-te/cau.jpg"


def read(folder, text, pictures=(PICTURE,)):
    """What is read of a sidecar, and its problems."""
    site, problems = site_folder(folder, {SIDECAR: text}), Problems()
    return SidecarReader(site, ZONE, PictureExaminer(site, 100)).read_all([SIDECAR], pictures, problems), problems.found


@pytest.mark.parametrize("ending", [*ENDINGS, *PHOTOS, ".svg", ".JPG"])
def test_every_kind_of_picture_has_sidecars(ending):
    """Each ending of a picture may stand before that of a sidecar."""
    assert f"static/a{ending}" == name_picture(f"static/a{ending}.yaml") == name_picture(f"static/a{ending}.yml")


@pytest.mark.parametrize(
    "name", ["a.yaml", "a.jpg", "a.jpg.json", "a.txt.yaml", "a/.csv.yaml", "b/.jpg.yaml", "jpg.yaml"]
)
def test_what_is_no_sidecar(name):
    """Other files of YAML are none, nor is one without a picture in its name."""
    assert name_picture(f"content/{name}") == ""


def test_a_sidecar_is_read(tmp_path):
    """Its words stand on one line; a field left blank is none, and an empty text is one."""
    text = 'alt: ""\ncaption: >\n  Cầu Lạc\n  lúc sáng\ncredit:\nfocus: 30% 60.5%\nlicence_until: 2030-01-01\n'
    text += "consent: true\n"
    found, problems = read(tmp_path, text)
    expected = Sidecar(SIDECAR, "", "Cầu Lạc lúc sáng", None, (30, 60.5), moment("2030-01-01"), (7, 16), True, (8, 10))
    assert ({PICTURE: expected}, []) == (found, problems)


@pytest.mark.parametrize("text", ["", "# nothing\n", "alt:\n"])
def test_an_empty_sidecar_says_nothing(tmp_path, text):
    """A sidecar that is still to be written is no fault."""
    assert ({PICTURE: Sidecar(SIDECAR)}, []) == read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "place", "rule", "mended"),
    [
        ("credt: An\n", "1:1", "unknown-key", "credit: An\n"),
        ("alt: Cầu\nconsent: không\n", "2:10", "wrong-type", "alt: Cầu\nconsent: false\n"),
        ("licence_until: 1/13/2030\n", "1:16", "bad-value", "licence_until: 2030-01-13\n"),
        ("focus: 30 60\n", "1:8", "bad-value", "focus: 30% 60%\n"),
        ("focus: 130% 60%\n", "1:8", "bad-value", ""),
        ("focus: top\n", "1:8", "bad-value", "focus: 50% 0%\n"),
        ("focus: face\n", "1:8", "bad-value", ""),
        ("alt: [a]\n", "1:6", "wrong-type", "alt: a\n"),
        ("- a\n", "1:1", "wrong-type", ""),
        ("alt: a: b\n", "1:7", "yaml-colon", 'alt: "a: b"\n'),
    ],
)
def test_what_is_wrong_with_a_sidecar(tmp_path, text, place, rule, mended):
    """Each fault has its place, and where it can be known the edit that mends it."""
    found, (problem, *_) = read(tmp_path, text)
    assert ({}, f"{SIDECAR}:{place}", rule, "error") == (found, str(problem.location), problem.rule, problem.level)
    assert mended == (apply_edits(text, problem.edits) if problem.edits else "")


@pytest.mark.parametrize(("text", "level"), [("credit: An\n", "warning"), ("consent: false\n", "error")])
def test_a_sidecar_without_its_picture(tmp_path, text, level):
    """It is told, with the name of the picture that may be meant; one that forbids a picture is an error."""
    found, (problem,) = read(tmp_path, text, ["content/kinh-te/cua.jpg", "content/xa-hoi/cau.jpg"])
    assert ({}, "lost-sidecar", level) == (found, problem.rule, problem.level)
    assert "rename it to `cua.jpg.yaml`, or delete it" == problem.fix


def test_two_sidecars_of_one_picture(tmp_path):
    """One of two spellings has to go: nobody could say which of them counts."""
    other = SIDECAR.replace(".yaml", ".yml")
    site, problems = site_folder(tmp_path, {SIDECAR: "credit: An\n", other: "consent: false\n"}), Problems()
    SidecarReader(site, ZONE, PictureExaminer(site, 100)).read_all([SIDECAR, other], [PICTURE], problems)
    assert [(other, "duplicate-key")] == [(one.location.path, one.rule) for one in problems.found]
