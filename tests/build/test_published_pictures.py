"""Pictures are published without what a camera wrote into them, wherever they lie."""

import io
import os
import re
import shutil
import time
import unicodedata

import pytest
from click.testing import CliRunner
from PIL import Image

from builders import NOW, article_source, config_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.cli import main
from newsgen.commands.check import check
from newsgen.core.errors import ConfigError, ContentError
from newsgen.media.photos import name_published
from newsgen.media.pictures import examine_picture
from newsgen.media.recipes import Cleaning, Conversion
from papers import build_site, tree
from planted_pictures import KINDS, PROFILE, draw, find_marks, make_exif, make_planted, save

pytestmark = pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
STORY = "content/kinh-te/a.md"
PUBLISHED = {name_published(f"anh{ending}") for ending in KINDS.values()}
LEAD = "image: {src: anh.jpg, alt: Cầu mới}"


KEPT = "pictures: {originals: {static/a.tif: keep}}"
HEIC = "content/kinh-te/thu.heic"
SHOWN = {STORY: article_source("image: {src: thu.heic, alt: Mùa thu}", body="![Thu](thu.heic)\n")}
OLD = 10**18


@pytest.fixture
def made(monkeypatch):
    """What recipes are asked to make, by one process."""
    sources = []
    monkeypatch.setattr("newsgen.workers.pool.sys.platform", "none")
    for recipe in (Cleaning, Conversion):
        monkeypatch.setattr(recipe, "make", noting(recipe.make, sources))
    return sources


def noting(make, sources):
    """The same function, which notes the sources that it is asked for."""
    return lambda recipe, source, data: sources.append(source) or make(recipe, source, data)


def planted_site(folder, config=None):
    """A site with a planted picture of each kind beside a story and in static/."""
    files, body = {}, "Cầu đã thông xe.\n"
    for kind, ending in KINDS.items():
        files |= {f"{place}/anh{ending}": make_planted(kind) for place in ("content/kinh-te", "static/kho")}
        body += f"\n![Ảnh {kind}](anh{ending})\n"
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
    assert {f"{folder}/{name}" for folder in ("kho", "kinh-te") for name in PUBLISHED} <= made.keys()


def test_the_switch(tmp_path):
    """Originals stay as they are in the folders that the settings name."""
    site = planted_site(tmp_path, config_source("pictures: {originals: {static/kho: keep}}"))
    build_site(site)
    assert {f"kho/{name}" for name in PUBLISHED - {"anh.heic.webp"}} == find_leaks(site).keys()
    (site / "newsgen.yaml").write_text(config_source("pictures: {originals: keep}"), "utf-8")
    build_site(site)
    assert 2 * (len(KINDS) - 1) == len(find_leaks(site))
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
        ("pictures: {quality: 0}", "newsgen.yaml:3:21"),
        ("pictures: {quality: {webp: 101}}", "newsgen.yaml:3:28"),
        ("pictures: {quality: {gif: 20}}", "newsgen.yaml:3:22"),
        ("pictures: {widths: [400, 640, 400]}", "newsgen.yaml:3:31"),
        ("pictures: {widths: [4]}", "newsgen.yaml:3:21"),
        ("pictures: {widths: 400}", "newsgen.yaml:3:20"),
        ("pictures: {formats: {lead: [avif]}}", "newsgen.yaml:3:28"),
        ("pictures: {formats: {body: [gif, webp]}}", "newsgen.yaml:3:29"),
        ("pictures: {formats: {cards: [webp]}}", "newsgen.yaml:3:22"),
    ],
)
def test_an_unknown_setting(tmp_path, line, place):
    """A setting that makes no sense is an error at its place."""
    site = site_folder(tmp_path, {STORY: article_source()}, config_source(line))
    with pytest.raises(ConfigError) as fault:
        build_site(site)
    assert [place] == [str(problem.location) for problem in fault.value.problems]


def test_a_text_edit_touches_no_picture(tmp_path, monkeypatch, made):
    """Neither an edit nor other settings clean what was cleaned; after a `touch` it gives the same bytes."""
    site = planted_site(tmp_path)
    monkeypatch.setattr("newsgen.build.copying.encode_if_settled", lambda seen, _now: ":".join(map(str, seen)))
    build_site(site)
    before, first = tree(site / "build"), len(made)
    (site / STORY).write_text((site / STORY).read_text("utf-8").replace("Cầu đã", "Chiếc cầu đã"), "utf-8")
    build_site(site)
    (site / "newsgen.yaml").write_text(config_source("lists: {page: 3}"), "utf-8")
    build_site(site)
    assert [] == made[first:]
    os.utime(site / "static/kho/anh.jpg", ns=(OLD, OLD))
    build_site(site)
    assert ["static/kho/anh.jpg"] == made[first:]
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
        pytest.param("anh.jpg", make_planted("JPEG")[:1500], id="cut"),
        pytest.param(unicodedata.normalize("NFD", "ảnh, số #1 {a}.tif"), save(draw(), "TIFF"), id="odd-name"),
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
    (site / "newsgen.yaml").write_text(config_source(re.search("`(.*)`", str(problem.fix))[1]), "utf-8")
    build_site(site)
    assert data == tree(site / "build")[f"kho/{unicodedata.normalize('NFC', name)}"]


def test_the_fix_is_for_one_file(tmp_path):
    """Photos beside a file that is published as it is are still cleaned."""
    files = {"static/a.tif": save(draw(), "TIFF"), "static/b.jpg": make_planted("JPEG")}
    site = site_folder(tmp_path, {STORY: article_source(), **files}, config_source(KEPT))
    build_site(site)
    assert files["static/a.tif"] == tree(site / "build")["a.tif"]
    assert {} == find_leaks(site)


def test_names_of_folders_in_either_form(tmp_path):
    """A folder is known by its name, however the disk and the settings write its marks."""
    config = unicodedata.normalize("NFC", "pictures: {originals: {static/ảnh: keep}}")
    folder = unicodedata.normalize("NFD", "static/ảnh")
    site = site_folder(
        tmp_path, {STORY: article_source(), f"{folder}/a.jpg": make_planted("JPEG")}, config_source(config)
    )
    build_site(site)
    assert find_leaks(site)


@pytest.mark.parametrize(
    ("data", "why"), [(b"", "is empty"), (make_planted("JPEG"), "it is a JPEG picture, whose name should say so")]
)
def test_what_is_no_photo_in_static(tmp_path, data, why):
    """The error says what the file is."""
    site = site_folder(tmp_path, {STORY: article_source(), "static/thu.heic": data})
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = fault.value.problems
    assert why in str(problem.what)


def test_other_files_stay_as_they_are(tmp_path):
    """Documents, films and texts are no pictures, though one begins like a bitmap."""
    files = {"bao-cao.pdf": b"%PDF-1.7", "phim.mp4": b"\0\0\0\x18ftypmp42", "bmw.txt": b"BMW", "dem.bin": b"\0\0\1\0x"}
    site = site_folder(tmp_path, {STORY: article_source(), **{f"static/{name}": data for name, data in files.items()}})
    build_site(site)
    assert files.items() <= tree(site / "build").items()


def test_an_icon_of_another_ending(tmp_path):
    """An icon that is named as a PNG, as many sites have one, is cleaned and published."""
    icon = save(draw((32, 32)), "ICO")
    site = site_folder(tmp_path, {STORY: article_source(), "static/favicon.png": icon + b"mark-comment-of-Lan"})
    build_site(site)
    assert icon == tree(site / "build")["favicon.png"]


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


def heic_site(folder, config=None, **files):
    """A site with a story that shows a HEIC photo."""
    return site_folder(folder, {**SHOWN, HEIC: make_planted("HEIC", 6), **files}, config or config_source())


def photo_in(site):
    """The photo as it is published."""
    return tree(site / "build")["kinh-te/thu.heic.webp"]


def test_a_photo_becomes_webp(tmp_path):
    """It is upright and keeps its profile, and the story and its lead name what browsers can show."""
    site = heic_site(tmp_path)
    build_site(site)
    photo = Image.open(io.BytesIO(photo_in(site)))
    assert ("WEBP", (64, 96), PROFILE) == (photo.format, photo.size, photo.info["icc_profile"])
    assert [(230, 220, 40), (220, 30, 30)] == [nearest(photo.getpixel(at)) for at in ((4, 4), (60, 4))]
    page = (site / "build/kinh-te/2022/08/nhan-muon-duoc-mua.html").read_text("utf-8")
    assert 'src="/kinh-te/thu.heic.webp"' in page
    assert 'width="64" height="96"' in page
    assert "thu.heic.webp" in (site / "build/rss.xml").read_text("utf-8")
    assert not [name for name in tree(site / "build") if name.endswith(".heic")]


def nearest(color):
    """The colour of the drawing that a pixel has."""
    known = [(40, 90, 60), (220, 30, 30), (30, 30, 220), (230, 220, 40)]
    return min(known, key=lambda one: sum(abs(a - b) for a, b in zip(one, color, strict=True)))


def test_a_photo_is_converted_once(tmp_path, made):
    """Not again after a `touch`, under another name, in another checkout, or when the output was lost; but with another
    quality.
    """
    site = heic_site(tmp_path / "site")
    build_site(site)
    first = photo_in(site)
    assert [HEIC] == made
    os.utime(site / HEIC, ns=(OLD, OLD))
    build_site(site)
    shutil.rmtree(site / "build")
    build_site(site, clean=True)
    (site / HEIC).rename(site / "content/kinh-te/dong.heic")
    (site / STORY).write_text(SHOWN[STORY].replace("thu.heic", "dong.heic"), "utf-8")
    build_site(site)
    assert first == tree(site / "build")["kinh-te/dong.heic.webp"]
    moved = heic_site(tmp_path / "moved")
    shutil.copytree(site / ".newsgen/pictures", moved / ".newsgen/pictures")
    build_site(moved)
    assert first == photo_in(moved)
    assert [HEIC] == made
    (moved / "newsgen.yaml").write_text(config_source("pictures: {quality: 40}"), "utf-8")
    build_site(moved)
    assert [HEIC, HEIC] == made
    assert len(photo_in(moved)) < len(first)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:100],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"x" * 32 + data[32:],
        lambda data: forge(data, make_planted("WebP")),
        lambda data: forge(data, b"<script>"),
    ],
)
def test_a_wrong_entry_costs_only_time(tmp_path, made, damage):
    """Whatever is in the store, the output is that of a clean build."""
    site = heic_site(tmp_path)
    build_site(site)
    first = photo_in(site)
    (entry,) = (site / ".newsgen/pictures").glob("*/*")
    entry.write_bytes(damage(entry.read_bytes()))
    shutil.rmtree(site / "build")
    build_site(site, clean=True)
    assert first == photo_in(site)
    assert [HEIC, HEIC] == made


def forge(data, made):
    """An entry with other bytes, sealed as those are that newsgen wrote, under a name that is not known here."""
    return b"0" * 32 + made


def test_a_store_that_cannot_be_written(tmp_path):
    """A build needs no store."""
    site = heic_site(tmp_path)
    (site / ".newsgen").mkdir()
    (site / ".newsgen/pictures").write_bytes(b"a file")
    build_site(site)
    assert photo_in(site)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("thu.heic", make_planted("HEIC")[:900], "damaged"),
        ("thu.jpg", make_planted("HEIC"), "its name does not say so"),
        ("thu.heic", make_planted("JPEG"), "its name does not say so"),
        ("thu.heic", b"", "is empty"),
    ],
)
def test_photos_that_cannot_be_shown(tmp_path, name, data, what):
    """It is one error at the story that names it."""
    story = article_source(f"image: {{src: {name}, alt: Mùa thu}}")
    site = site_folder(tmp_path, {STORY: story, f"content/kinh-te/{name}": data})
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = fault.value.problems
    assert (f"{STORY}:4:14", "not-a-picture") == (str(problem.location), problem.rule)
    assert what in str(problem.what)


@pytest.mark.parametrize("kind", ["JPEG", "HEIC"])
def test_too_many_megapixels(tmp_path, kind):
    """The size is read from the header, before anything is decoded."""
    name, data = f"anh{KINDS[kind]}", make_planted(kind)
    small, large = {
        "JPEG": (b"\0\x40\0\x60\3", b"\x40\x40\x40\x60\3"),
        "HEIC": (b"\0\0\0\x60\0\0\0\x40", b"\0\0\x40\x60\0\0\x40\x40"),
    }[kind]
    assert small in data
    story = article_source(f"image: {{src: {name}, alt: Cầu}}")
    files = {STORY: story, f"content/kinh-te/{name}": data.replace(small, large)}
    site = site_folder(tmp_path, files)
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = fault.value.problems
    assert "megapixels, more than 100" in str(problem.what)


def test_a_photo_in_static_that_is_damaged(tmp_path):
    """It is an error at the file."""
    damaged = make_planted("HEIC").replace(b"hvcC", b"hvcX")
    site = site_folder(tmp_path, {STORY: article_source(), "static/thu.heic": damaged})
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = fault.value.problems
    assert ("static/thu.heic:1:1", "not-a-picture") == (str(problem.location), problem.rule)


def test_two_files_for_one_output(tmp_path):
    """A photo does not take the place of another file."""
    site = heic_site(tmp_path, **{f"{HEIC}.webp": make_planted("WebP")})
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = fault.value.problems
    assert (f"{HEIC}:1:1", "duplicate-address") == (str(problem.location), problem.rule)


def test_gc(tmp_path):
    """`newsgen pictures gc` removes what the last build did not use, and what killed runs left."""
    site = heic_site(tmp_path)
    build_site(site)
    (site / "newsgen.yaml").write_text(config_source("pictures: {quality: 40}"), "utf-8")
    build_site(site)
    folder = site / ".newsgen/pictures"
    (next(folder.glob("??")) / ".left.1").write_bytes(b"half")
    assert 3 == len(list(folder.glob("*/*")))
    done = CliRunner().invoke(main, ["--site", str(site), "pictures", "gc"])
    assert (0, 1) == (done.exit_code, len(list(folder.glob("*/*")))), done.output
    first = photo_in(site)
    build_site(site, clean=True)
    assert first == photo_in(site)


def test_old_entries_go(tmp_path):
    """An entry that no build has used for a long time is removed by a later one."""
    site = heic_site(tmp_path)
    folder = site / ".newsgen/pictures/ab"
    folder.mkdir(parents=True)
    for name, age in (("ab" * 16, 100), ("abcd" * 8, 10)):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, ns=(time.time_ns() - age * 86_400 * 10**9,) * 2)
    build_site(site)
    assert [False, True] == [(folder / name).exists() for name in ("ab" * 16, "abcd" * 8)]
    assert photo_in(site)


@pytest.mark.parametrize("kind", ["PNG", "AVIF", "JPEG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_of_a_turned_picture(tmp_path, kind, orientation):
    """Pages reserve the space that a browser fills."""
    exif = make_exif(orientation) if kind != "JPEG" else b"Exif\0\0" + make_exif(orientation)
    (tmp_path / f"a{KINDS[kind]}").write_bytes(save(draw(), kind, exif=exif))
    looked = examine_picture(tmp_path, f"a{KINDS[kind]}")
    assert ((64, 96) if orientation > 4 else (96, 64)) == (looked.width, looked.height)


def test_a_build_that_failed_keeps_its_photos(tmp_path, made):
    """What was converted before a build ended with an error is not converted again."""
    site = heic_site(tmp_path, **{"static/hong.heic": make_planted("HEIC").replace(b"hvcC", b"hvcX")})
    with pytest.raises(ContentError):
        build_site(site)
    (site / "static/hong.heic").unlink()
    build_site(site)
    assert 1 == made.count(HEIC) == len(list((site / ".newsgen/pictures").glob("*/*")))


@pytest.mark.parametrize("name", ["anh.jpg", "anh.png", "thu.heic", "ban-do.svg"])
def test_an_empty_picture_is_told_as_empty(tmp_path, name):
    """An empty file holds nothing private; it is an error that says what it is, once."""
    files = {
        STORY: article_source(body=f"![Ảnh]({name})\n"),
        f"content/kinh-te/{name}": b"",
        f"static/kho/khac-{name}": b"",
    }
    with pytest.raises(ContentError) as fault:
        build_site(site_folder(tmp_path, files))
    told = [(problem.location.path, problem.rule, problem.what) for problem in fault.value.problems]
    expected = [(STORY, f"“{name}” is empty"), (f"static/kho/khac-{name}", f"“khac-{name}” is empty")]
    assert [(path, "not-a-picture", what) for path, what in expected] == told


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(
            article_source("image: {src: anh.png, alt: Cầu}", body="[Bài khác](khong-co.md)\n"), id="dead-link"
        ),
        pytest.param(article_source("image: anh.png", "dat: 1", body="Cầu.\n"), id="broken-head"),
        pytest.param(article_source("dat: 1", body="![Cầu](anh.png)\n"), id="broken-head-of-a-body-picture"),
        pytest.param(article_source(body="![Cầu](anh.png)\n\n![Chợ](khong-co.jpg)\n"), id="missing-picture"),
    ],
)
def test_pictures_are_told_with_the_errors_of_their_stories(tmp_path, story):
    """In one run a newsroom learns of what is wrong with a story and with its pictures; so does `newsgen check`."""
    cut = {"content/kinh-te/anh.png": make_planted("PNG")[:300] + b"IEND"}
    site = site_folder(tmp_path, {STORY: story, "static/kho/goc.psd": b"8BPS", **cut})
    with pytest.raises(ContentError) as fault:
        build_site(site)
    found = [(problem.location.path, problem.rule) for problem in fault.value.problems if problem.level == "error"]
    private = {("content/kinh-te/anh.png", "private-data"), ("static/kho/goc.psd", "private-data")}
    assert private < set(found)
    assert STORY in {path for path, _ in found}
    checked = check(BuildOptions(site, site / "build", NOW, addresses="check")).problems
    assert private < {(problem.location.path, problem.rule) for problem in checked}


def test_pictures_of_a_draft_are_not_told(tmp_path):
    """What readers will not see may be damaged, also where the draft's front matter is."""
    files = {
        STORY: article_source("status: draft", "dat: 1", body="![Cầu](a.tif)\n"),
        "content/kinh-te/a.tif": b"II*\0",
    }
    with pytest.raises(ContentError) as fault:
        build_site(site_folder(tmp_path, files))
    assert {STORY} == {problem.location.path for problem in fault.value.problems}
