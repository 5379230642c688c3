"""Pictures are published without what a camera wrote into them, wherever they lie."""

import io
import os
import unicodedata

import pytest
from PIL import Image

from builders import article_source, config_source, png, site_folder
from newsgen.core.errors import ConfigError, ContentError
from newsgen.media import originals
from papers import build_site, tree
from planted_pictures import KINDS, draw, find_marks, make_planted, save

pytestmark = pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
STORY = "content/kinh-te/a.md"
LEAD = "image: {src: anh.jpg, alt: Cầu mới}"


def planted_site(folder, config=None):
    """A site with a planted picture of each kind beside a story and in static/."""
    files, body = {}, "Cầu đã thông xe.\n"
    for kind, ending in KINDS.items():
        files |= {f"{place}/anh{ending}": make_planted(kind) for place in ("content/kinh-te", "static/kho")}
        body += f"\n[ảnh](anh{ending})\n" if kind == "HEIC" else f"\n![Ảnh {kind}](anh{ending})\n"
    files[STORY] = article_source(LEAD, title="Cầu mới", body=body)
    return site_folder(folder, files, config or config_source())


def find_leaks(site):
    """The outputs that hold a mark, with its names."""
    return {name: marks for name, data in tree(site / "build").items() if (marks := find_marks(data))}


def test_no_output_holds_what_is_private(tmp_path):
    """Not beside a story, as a lead picture, in static/ or in a feed."""
    site = planted_site(tmp_path)
    build_site(site)
    assert {} == find_leaks(site)
    made = tree(site / "build")
    assert {f"kho/anh{ending}" for ending in KINDS.values()} <= made.keys()
    assert {f"kinh-te/anh{ending}" for ending in KINDS.values()} <= made.keys()


def test_the_switch(tmp_path):
    """Originals stay as they are in the folders that the settings name."""
    site = planted_site(tmp_path, config_source("pictures: {originals: {static/kho: keep}}"))
    build_site(site)
    assert {f"kho/anh{ending}" for ending in KINDS.values()} == find_leaks(site).keys()
    (site / "newsgen.yaml").write_text(config_source("pictures: {originals: keep}"), "utf-8")
    build_site(site)
    assert 2 * len(KINDS) == len(find_leaks(site))
    (site / "newsgen.yaml").write_text(config_source(), "utf-8")
    build_site(site)
    assert {} == find_leaks(site)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("pictures: {originals: all}", "newsgen.yaml:3:23"),
        ("pictures: {originals: {static: all}}", "newsgen.yaml:3:32"),
        ("pictures: {originals: {anh: keep}}", "newsgen.yaml:3:29"),
        ("pictures: {original: keep}", "newsgen.yaml:3:12"),
    ],
)
def test_an_unknown_setting(tmp_path, line, place):
    """A setting that makes no sense is an error at its place."""
    site = site_folder(tmp_path, {STORY: article_source()}, config_source(line))
    with pytest.raises(ConfigError) as fault:
        build_site(site)
    assert [place] == [str(problem.location) for problem in fault.value.problems]


def test_a_text_edit_touches_no_picture(tmp_path, monkeypatch):
    """Neither an edit nor another build cleans what was cleaned; after a `touch` it gives the same bytes."""
    site = planted_site(tmp_path)
    for path in site.rglob("anh.*"):
        os.utime(path, ns=(10**18, 10**18))
    monkeypatch.setattr("newsgen.build.copying.encode_if_settled", lambda seen, _now: ":".join(map(str, seen)))
    build_site(site)
    before = tree(site / "build")
    cleaned = []
    monkeypatch.setattr("newsgen.workers.pool.sys.platform", "none")  # all in this process
    monkeypatch.setattr(
        "newsgen.build.copying.make_original",
        lambda source, data: cleaned.append(source) or originals.make_original(source, data),
    )
    (site / STORY).write_text((site / STORY).read_text("utf-8").replace("Cầu đã", "Chiếc cầu đã"), "utf-8")
    build_site(site)
    (site / "newsgen.yaml").write_text(config_source("lists: {page: 3}"), "utf-8")
    build_site(site)
    assert [] == [source for source in cleaned if "anh." in source]
    os.utime(site / "static/kho/anh.jpg")
    build_site(site)
    assert ["static/kho/anh.jpg"] == cleaned
    assert before["kho/anh.jpg"] == tree(site / "build")["kho/anh.jpg"]


def test_several_processes_clean_as_one(tmp_path):
    """Many pictures are cleaned by several workers, with the same bytes."""
    pictures = {f"static/anh/{number}.jpg": make_planted("JPEG", number % 8 + 1) for number in range(40)}
    site = site_folder(tmp_path, {STORY: article_source(), **pictures})
    build_site(site, jobs=2)
    many = tree(site / "build")
    build_site(site, jobs=1, clean=True)
    assert many == tree(site / "build")
    assert {} == find_leaks(site)


@pytest.mark.parametrize(
    "name",
    [
        "anh dep.JPG",
        unicodedata.normalize("NFC", "cầu Rồng.JPEG"),
        unicodedata.normalize("NFD", "cầu Rồng.jpg"),
        "khong-duoi",
        "that-ra-la-jpeg.png",
    ],
)
def test_names_do_not_matter(tmp_path, name):
    """A picture is known by its bytes."""
    files = {STORY: article_source(), f"static/{name}": make_planted("JPEG")}
    if "." in name:
        files |= {f"content/kinh-te/{name}": make_planted("JPEG")}
        files[STORY] = article_source(body=f"![Ảnh](<{unicodedata.normalize('NFC', name)}>)\n")
    site = site_folder(tmp_path, files)
    build_site(site)
    assert {} == find_leaks(site)
    assert sum(data.startswith(b"\xff\xd8") for data in tree(site / "build").values()) == 1 + ("." in name)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("anh.jpg", b"", id="empty"),
        pytest.param("anh.jpg", make_planted("JPEG")[:1500], id="cut"),
        pytest.param("anh.png", make_planted("PNG")[:300], id="cut-png"),
        pytest.param("anh.jpg", b"<p>404</p>", id="html"),
        pytest.param("ban-do.tif", save(draw(), "TIFF"), id="tiff"),
        pytest.param("goc.dng", save(draw(), "TIFF"), id="raw"),
        pytest.param("goc.psd", b"8BPS\0\1", id="photoshop"),
    ],
)
def test_what_nobody_can_be_certain_of(tmp_path, name, data):
    """It is an error at the file, and never published; the fix that is named lets it through."""
    site = site_folder(tmp_path, {STORY: article_source(), f"static/kho/{name}": data})
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = fault.value.problems
    assert (f"static/kho/{name}:1:1", "private-data") == (str(problem.location), problem.rule)
    assert not (site / "build").exists()
    (site / "newsgen.yaml").write_text(config_source("pictures: {originals: {static/kho: keep}}"), "utf-8")
    build_site(site)
    assert data == tree(site / "build")[f"kho/{name}"]


def test_other_files_stay_as_they_are(tmp_path):
    """Documents, films and texts are no pictures, though one begins like a bitmap."""
    files = {"bao-cao.pdf": b"%PDF-1.7", "phim.mp4": b"\0\0\0\x18ftypmp42", "bmw.txt": b"BMW", "dem.bin": b"\0\0\1\0x"}
    site = site_folder(tmp_path, {STORY: article_source(), **{f"static/{name}": data for name, data in files.items()}})
    build_site(site)
    assert files.items() <= tree(site / "build").items()


def test_a_picture_shows_the_same(tmp_path):
    """A published picture has the pixels of its file."""
    site = site_folder(tmp_path, {STORY: article_source(LEAD), "content/kinh-te/anh.jpg": make_planted("JPEG", 6)})
    build_site(site)
    published = Image.open(io.BytesIO(tree(site / "build")["kinh-te/anh.jpg"]))
    assert Image.open(site / "content/kinh-te/anh.jpg").tobytes() == published.tobytes()
    assert {0x0112: 6} == dict(published.getexif())


def test_plain_pictures_are_not_changed(tmp_path):
    """What holds nothing private is published byte for byte."""
    site = site_folder(tmp_path, {STORY: article_source(), "static/cau.png": png()})
    build_site(site)
    assert png() == tree(site / "build")["cau.png"]
