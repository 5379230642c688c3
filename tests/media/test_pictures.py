"""What is named as a picture and is none, wherever a picture is named."""

from struct import pack

import pytest

from builders import CONFIG, article_source, png, site_folder
from newsgen.core.errors import ContentError
from newsgen.media.pictures import LARGEST, PictureInfo, check_size, examine_picture
from papers import build_site

HEIC = pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"/>'
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x0b\x08\0\6\0\x08\1\1\x11\0"


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.jpg", bytes(range(90, 250)) * 9, "no known kind"),
        ("a.jpg", b"", "empty"),
        ("a.jpg", "Văn bản".encode(), "a text"),
        ("a.jpg", b"<!DOCTYPE html><p>", "HTML"),
        ("a.docx", b"PK\3\4", "a document"),
        ("a.HEIC", HEIC, "HEIC"),
        ("a.jpg", HEIC, "HEIC"),
        ("a.tif", b"II*\0", "TIFF"),
        ("a.jp2", b"\0\0\0\x0cjP  \r\n\x87\n", "is a JPEG 2000 picture, which browsers do not show"),
        ("a.jpg", b"\0\0\0\x0cjP  \r\n\x87\n", "is a JPEG 2000 picture, which browsers do not show"),
        ("a.j2k", b"\xff\x4f\xff\x51\0\x29", "is a JPEG 2000 picture, which browsers do not show"),
        ("a.jpg", b"\0\0\0\x18ftypmp42", "a film"),
        ("a.png", png()[:-12], "end is missing"),
        ("a.jpg", JPEG, "end is missing"),
        ("a.webp", b"RIFF\x40\0\0\0WEBPVP8X", "end is missing"),
        ("a.jpg", b"\xff\xd8\xff\xd9", "damaged"),
        ("a.png", SVG, "its name"),
        ("a.txt", png(), "its name"),
        ("a.svg", SVG[:-2], "line 1"),
        ("a.svg", b'<svg width="8" height="6"/>', "namespace"),
    ],
)
def test_what_is_no_picture_says_why(tmp_path, name, data, word):
    """A file that browsers cannot show as a picture has a flaw that says what it is."""
    (tmp_path / name).write_bytes(data)
    flaw = examine_picture(tmp_path, name).flaw
    assert flaw is not None
    assert word in flaw.what


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.png", png(8, 6)), ("a.jpg", png(8, 6)), ("a.png", png(8, 6) + b"more"), ("a.jpg", JPEG + b"\xff\xd9")],
)
def test_what_browsers_show_is_a_picture(tmp_path, name, data):
    """Bytes after the end, and the name of another kind of picture, are no flaw: browsers show it."""
    (tmp_path / name).write_bytes(data)
    looked = examine_picture(tmp_path, name)
    assert (8, 6, None) == (looked.width, looked.height, looked.flaw)


@pytest.mark.parametrize(
    ("place", "files", "settings"),
    [
        ("content/k/a.md:4:8", {"content/k/a.md": article_source("image: hong.jpg")}, ""),
        ("content/k/a.md:6:6", {"content/k/a.md": article_source(body="\n![a](hong.jpg)\n")}, ""),
        ("content/k/a.md:5:16", {"content/k/a.md": article_source(body='<video poster="hong.jpg"></video>\n')}, ""),
        ("data/authors/an.yaml:2:8", {"data/authors/an.yaml": "name: An\nphoto: /hong.jpg\n"}, ""),
        ("newsgen.yaml:3:14", {}, "share_image: /hong.jpg\n"),
        ("newsgen.yaml:3:19", {}, "publisher: {logo: /hong.jpg}\n"),
    ],
)
def test_every_place_that_names_a_picture(tmp_path, place, files, settings):
    """A picture that is none is told where it is named: in a lead, a body, a poster, an author's file, a setting."""
    broken = {f"{folder}/hong.jpg": b"text" for folder in ("content/k", "static")}
    site = site_folder(tmp_path, {"content/k/b.md": article_source(title="B"), **broken, **files}, CONFIG + settings)
    with pytest.raises(ContentError) as fault:
        build_site(site)
    assert [(place, "not-a-picture")] == [(str(p.location), p.rule) for p in fault.value.problems]


def test_a_picture_that_comes_to_be_none_stops_the_next_build(tmp_path):
    """A page that shows a picture is made again, and refused, when the picture is damaged."""
    story = article_source(body="![a](a.png)\n")
    site = site_folder(tmp_path, {"content/k/a.md": story, "content/k/a.png": png()})
    build_site(site)
    (site / "content/k/a.png").write_bytes(png()[:-12])
    with pytest.raises(ContentError):
        build_site(site)


@pytest.mark.parametrize(
    ("size", "count", "fix"),
    [
        ((10_001, 10_000), 101, "save it smaller, or raise `pictures: {max_megapixels: 101}`"),
        ((40_000, 25_000), 1000, "save it smaller, or raise `pictures: {max_megapixels: 1000}`"),
        ((60_000, 60_000), 3600, "save it smaller"),
    ],
)
def test_the_fix_of_too_many_megapixels_is_enough(size, count, fix):
    """The number to type is one that lets the picture through, and one that the setting may have."""
    flaw = check_size(PictureInfo(*size), "anh.jpg", 100).flaw
    assert (f"“anh.jpg” has {count} megapixels, more than 100", fix) == (str(flaw.what), str(flaw.fix))
    assert count > 1000 or check_size(PictureInfo(*size), "anh.jpg", count).flaw is None


@pytest.mark.parametrize(("name", "start"), [("a.png", png()), ("a.heic", HEIC), ("a.gif", b"GIF89a")])
def test_a_picture_of_too_many_bytes_is_not_read(tmp_path, name, start):
    """Its length is known before anything of it is decoded."""
    site = site_folder(tmp_path, {f"content/{name}": start})
    with (site / "content" / name).open("r+b") as file:
        file.truncate(LARGEST + 1)
    flaw = examine_picture(site, f"content/{name}").flaw
    assert flaw is not None
    assert f"“{name}” has 100 MB, too many for a picture" == flaw.what
