"""What `newsgen check` tells of pictures: words from their files, and licences that end soon."""

import json

import pytest
from click.testing import CliRunner

from builders import article_source, moment, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.cli import main
from newsgen.commands.check import check
from papers import build_site
from pictures_with_words import make_iim, put_into_jpeg

A, B = "content/kinh-te/a.md", "content/kinh-te/b.md"
PHOTO = put_into_jpeg(make_iim({120: "Thu hoạch nhãn", 80: "An"}))
PICTURES = {"content/kinh-te/nhan.jpg": PHOTO, "content/kinh-te/cau.png": png()}
WHOLE = "alt: Cầu, caption: Cầu mới, credit: An"


def told(folder, files, rule, at="2022-08-07 07:51"):
    """The places and sentences of a rule in a check of a site."""
    site = site_folder(folder, {**PICTURES, **files})
    problems = check(BuildOptions(site, site / "build", moment(at))).problems
    return [(str(one.location), one.what) for one in problems if one.rule == rule]


@pytest.mark.parametrize(
    ("image", "names"),
    [
        ("nhan.jpg", "caption, credit"),
        ("{src: nhan.jpg, caption: Mùa nhãn}", "credit"),
        (f"{{src: nhan.jpg, {WHOLE}}}", ""),
        ('{src: nhan.jpg, caption: "", credit: ""}', ""),
        ("cau.png", ""),
    ],
)
def test_words_of_a_lead_picture(tmp_path, image, names):
    """They are named where they are not the newsroom's own."""
    found = told(tmp_path, {A: article_source(f"image: {image}")}, "words-from-file")
    place = f"{A}:4:{8 + image.find('nhan.jpg')}"
    assert ([(place, f"words of this picture ({names}) are taken from its file")] if names else []) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("![](nhan.jpg)", "caption, credit"),
        ('![](nhan.jpg "Vụ")', "credit"),
        ('![](nhan.jpg "Vụ |")', ""),
        ("Chữ ![](nhan.jpg)", ""),
        ("[nhãn](nhan.jpg)", ""),
    ],
)
def test_words_of_a_picture_in_a_story(tmp_path, text, names):
    """The same of pictures in the text, of which those between words have no caption."""
    found = [what for _, what in told(tmp_path, {A: article_source(body=f"{text}\n")}, "words-from-file")]
    assert ([f"words of this picture ({names}) are taken from its file"] if names else []) == found


def test_words_of_a_sidecar_are_the_newsrooms_own(tmp_path):
    """Somebody there wrote them."""
    files = {A: article_source("image: nhan.jpg"), "content/kinh-te/nhan.jpg.yaml": "caption: Nhãn\ncredit: Hà\n"}
    assert [] == told(tmp_path, files, "words-from-file")


def test_explain_tells_where_each_word_comes_from(tmp_path):
    """Of the lead picture and of those in the text, from sidecars and from the pictures."""
    story = article_source("image: {src: nhan.jpg, alt: Nhãn}", body="![](cau.png)\n")
    beside = {"content/kinh-te/cau.png.yaml": "alt: Cầu\n", "content/kinh-te/nhan.jpg.yaml": "caption: Nhãn\n"}
    site = site_folder(tmp_path, {**PICTURES, A: story, **beside})
    build_site(site)
    lines = CliRunner().invoke(main, ["--site", str(site), "explain", str(site / A)]).stdout.split("\n")
    start = lines.index("words of the lead picture")
    assert ["  `caption` from content/kinh-te/nhan.jpg.yaml", "  `credit` from content/kinh-te/nhan.jpg"] == lines[
        start + 1 : start + 3
    ]
    cau = "the words of the picture content/kinh-te/cau.png in “vi”: alt “Cầu” (content/kinh-te/cau.png.yaml)"
    assert f"  {cau}" in lines
    told = json.loads(CliRunner().invoke(main, ["--site", str(site), "explain", str(site / A), "--json"]).stdout)
    assert {"caption": "content/kinh-te/nhan.jpg.yaml", "credit": "content/kinh-te/nhan.jpg"} == told["words"]


def test_a_crop_that_nobody_may_see(tmp_path):
    """It is left out as a picture is, and told at its place."""
    files = {A: article_source(f"image: {{src: nhan.jpg, {WHOLE}, crops: [cau.png, dai.png]}}")}
    files |= {"content/kinh-te/dai.png": png(60, 10), "content/kinh-te/cau.png.yaml": "consent: false\n"}
    place = 4, files[A].split("\n")[3].index("cau.png") + 1
    assert [f"{A}:{place[0]}:{place[1]}"] == [found for found, _ in told(tmp_path, files, "no-consent")]


@pytest.mark.parametrize("rule", ["missing-alt", "missing-caption", "missing-credit"])
def test_a_picture_without_words_is_told_as_ever(tmp_path, rule):
    """What neither the story nor its files say is missing, and what a sidecar says is not."""
    files = {A: article_source("image: cau.png", body="Chữ.\n\n![](cau.png)\n")}
    assert [f"{A}:4:8", f"{A}:8:5"] == [place for place, _ in told(tmp_path, files, rule)]
    files["content/kinh-te/cau.png.yaml"] = "alt: Cầu\ncaption: Cầu mới\ncredit: An\n"
    assert [] == told(tmp_path, files, rule)


@pytest.mark.parametrize(
    ("at", "is_told"),
    [("2022-08-17 23:59", False), ("2022-08-18", True), ("2022-08-31 23:59", True), ("2022-09-01", False)],
)
def test_a_licence_that_ends_within_two_weeks(tmp_path, at, is_told):
    """It is told with the stories that show the picture, until it has ended."""
    files = {
        A: article_source(f"image: {{src: cau.png, {WHOLE}}}"),
        B: article_source(title="Bài hai", body='![Cầu](cau.png "Cầu | An")\n'),
        "content/kinh-te/cau.png.yaml": "credit: An\nlicence_until: 2022-09-01\n",
        "content/kinh-te/nhan.jpg.yaml": "licence_until: 2022-09-01\n",
    }
    what = f"the licence of the picture “cau.png” ends at 2022-09-01 00:00; then 2 stories lack it: {A}, {B}"
    expected = [("content/kinh-te/cau.png.yaml:2:16", what)] if is_told else []
    assert expected == told(tmp_path, files, "licence-ends", at)
