"""A file that newsgen cannot use is told once, where it lies, however many stories refer to it."""

import os

import pytest

from builders import article_source, png, site_folder
from newsgen.core.errors import ContentError
from papers import build_site
from planted_pictures import make_planted

STORY = "content/kinh-te/bai.md"


def refer(name):
    """The files of a paper that shows a picture and links to it in every way."""
    body = f'![Cầu]({name})\n\n[Ảnh]({name})\n\nDòng ![Cầu]({name}) chữ.\n\n<video src="{name}"></video>\n'
    return {
        STORY: article_source(f"image: {{src: '{name}', alt: Cầu, crops: ['{name}']}}", body=body),
        "content/kinh-te/hai.md": article_source(title="Hai", body=body),
        "data/authors/an.yaml": f"name: An\nphoto: '/kinh-te/{name}'\n",
    }


def tell(site):
    """What a build tells of a site: places, rules and fixes."""
    with pytest.raises(ContentError) as fault:
        build_site(site)
    return [(str(one.location), one.rule, str(one.fix)) for one in fault.value.problems]


def rename(name):
    """The fix that names another name."""
    return f"rename it to `{name}`, and write this name where stories refer to it"


@pytest.mark.parametrize(
    ("name", "written", "rule", "better"),
    [
        ("con.jpg", "con.jpg", "reserved-name", "con-1.jpg"),
        ("CON.heic", "CON.heic", "reserved-name", "CON-1.heic"),
        ("a?.jpg", "a%3F.jpg", "reserved-name", "a-.jpg"),
        ("cầu .", "cầu%20.", "reserved-name", "cầu"),
        ("a\u202eb.jpg", "a%E2%80%AEb.jpg", "odd-name", "ab.jpg"),
        ("aux.png", "aux.png", "reserved-name", "aux-1.png"),
    ],
)
def test_names_that_cannot_stand(tmp_path, name, written, rule, better):
    """There is one error, at the file, and its fix works."""
    picture = make_planted("HEIC") if "heic" in name else png()
    path = f"content/kinh-te/{name}"
    site = site_folder(tmp_path, {**refer(written), path: picture})
    told = path.encode("ascii", "backslashreplace").decode() if rule == "odd-name" else path
    assert [(f"{told}:1:1", rule, rename(better))] == tell(site)
    if "." in better:
        (site / path).rename(site / f"content/kinh-te/{better}")
        build_site(site_folder(site, refer(better)))


def test_the_name_of_a_fix_is_free(tmp_path):
    """It is that of no other file."""
    names = ("con.jpg", "con-1.jpg", "con-2.jpg")
    files = {f"content/kinh-te/{name}": png() for name in names}
    site = site_folder(tmp_path, {STORY: article_source(), **files})
    assert [rename("con-3.jpg")] == [fix for _, _, fix in tell(site)]


def test_a_folder_that_cannot_be_used(tmp_path):
    """The pictures in it are not told one by one; a picture that is missing elsewhere is."""
    site = site_folder(tmp_path, {**refer("nul/cau.jpg"), "content/kinh-te/nul/cau.jpg": png()})
    assert [("content/kinh-te/nul:1:1", "reserved-name", rename("nul-1"))] == tell(site)
    site_folder(site, {"content/kinh-te/ba.md": article_source(title="Ba", body="![Cầu](nula.jpg)\n")})
    assert ["content/kinh-te/ba.md:5:8", "content/kinh-te/nul:1:1"] == [place for place, _, _ in tell(site)]


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (os.mkfifo, "not-a-file"),
        (lambda path: path.symlink_to("khong-co.jpg"), "not-a-file"),
        (lambda path: path.symlink_to(path.name), "link-loop"),
        (lambda path: path.symlink_to("/etc/hostname"), "link-outside"),
    ],
    ids=["pipe", "lost-link", "loop", "link-outside"],
)
def test_what_is_no_file(tmp_path, make, rule):
    """It is told once too, and the file in its place is the fix."""
    site = site_folder(tmp_path, refer("cau.jpg"))
    path = site / "content/kinh-te/cau.jpg"
    make(path)
    ((place, told, fix),) = tell(site)
    assert ("content/kinh-te/cau.jpg:1:1", rule) == (place, told)
    assert "file" in fix
    path.unlink()
    path.write_bytes(png())
    build_site(site)


@pytest.mark.parametrize("inside", ["content/kinh-te/cau.jpg/trong.png", "static/kinh-te/cau.jpg/index.html"])
def test_a_folder_with_the_name_of_a_picture(tmp_path, inside):
    """It is told once, at the folder, and the picture in its place is the fix."""
    body = "![Cầu](cau.jpg)\n\nDòng ![Cầu](cau.jpg) chữ.\n"
    stories = {
        STORY: article_source("image: {src: cau.jpg, alt: Cầu, crops: [cau.jpg]}", body=body),
        "content/kinh-te/hai.md": article_source(title="Hai", body=body),
    }
    site = site_folder(tmp_path, {**stories, inside: png()})
    path = inside.rpartition("/")[0]
    assert [(f"{path}:1:1", "not-a-picture", "rename it, and put the picture in its place")] == tell(site)
    (site / path).rename(site / "content/kinh-te/khac")
    (site / path).write_bytes(png())
    build_site(site)
