"""Pictures that pages show are published in several sizes, made once, and only where a page shows them."""

import os
import re
import shutil
from html import unescape
from urllib.parse import unquote

import pytest
from PIL import Image

from builders import article_source, config_source, png, site_folder
from clean_builds import settled_clock
from newsgen.core.errors import ContentError
from newsgen.media.recipes import Resizing
from papers import build_site, tree
from planted_pictures import find_marks, make_planted, save

pytestmark = pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
SMALL = "pictures: {widths: [32, 64, 128]}"
STORY, OTHER = "content/kinh-te/a.md", "content/kinh-te/b.md"
LEAD = "image: {src: cau.jpg, alt: Cầu mới}"
FOLDER = "theme/pictures/"
OLD = 10**18


@pytest.fixture
def made(monkeypatch):
    """The widths, formats and sources that are made, by one process."""
    found = []
    make = Resizing.make_several

    def note(recipes, source, data):
        found.extend((source, recipe.width, recipe.form) for recipe in recipes)
        return make(recipes, source, data)

    monkeypatch.setattr("newsgen.workers.pool.sys.platform", "none")
    monkeypatch.setattr(Resizing, "make_several", staticmethod(note))
    return found


def photo(seed=0, size=(200, 120)):
    """A JPEG that is no other's."""
    return save(Image.radial_gradient("L").resize(size).point(lambda v: (v + seed) % 256), "JPEG")


def paper(folder, *settings, **more):
    """A site with two stories, of which the first shows a picture at its head, and another one in its text."""
    files = {
        STORY: article_source(LEAD, "summary: Cầu xong", title="Cầu mới", body="Cầu đã thông xe.\n\n![Chợ](cho.png)\n"),
        OTHER: article_source(title="Nhãn muộn", body="Không có ảnh.\n"),
        "content/kinh-te/cau.jpg": photo(),
        "content/kinh-te/cho.png": png(100, 60),
        **more,
    }
    return site_folder(folder, files, config_source(*(settings or (SMALL,))))


def pictures(site):
    """The renditions in the output, as `name.width.ending`, and the other pictures."""
    found = [name for name in tree(site / "build") if name.endswith((".webp", ".avif", ".jpg", ".png", ".gif"))]
    plain = [re.sub(r"\.[0-9a-f]{12}\.", ".", name.removeprefix(FOLDER)) for name in found]
    return sorted(name for name in plain if not name.startswith(("theme/", "favicon")))


ALL = sorted(
    [f"kinh-te/cau.{width}.{ending}" for width in (32, 64, 128, 200) for ending in ("avif", "webp")][:6]
    + ["kinh-te/cau.200.jpg"]
    + [f"kinh-te/cho.{width}.webp" for width in (32, 64, 100)]
)


def test_what_is_published(tmp_path, made):
    """A lead picture in both formats and as one JPEG, one in the text as WebP; neither as it is. Every address leads
    somewhere, and what nothing names is not there.
    """
    site = paper(tmp_path)
    report = build_site(site)
    assert ALL == pictures(site)
    assert (len(ALL), len(ALL)) == (len(made), report.pictures)
    output = tree(site / "build")
    named = set()
    for name, data in output.items():
        if name.endswith((".html", ".xml", ".json")):
            text = unescape(data.decode())
            named |= {unquote(found) for found in re.findall(rf"{FOLDER}[^\s\"<>]+", text)}
    assert {name for name in output if name.startswith(FOLDER)} == named


def test_pages_say_so(tmp_path):
    """Browsers learn the widths, how wide the picture is shown, and the shape; others get the JPEG."""
    site = paper(tmp_path)
    build_site(site)
    page = next(text for name, text in tree(site / "build").items() if name.endswith("/cau-moi.html")).decode()
    lead = re.search(r'<picture><source type="image/avif" srcset="([^"]+)" sizes="[^"]+"><img ([^>]+)></picture>', page)
    assert ["32w", "64w", "128w"] == re.findall(r"\d+w", lead[1])
    assert all(part in lead[2] for part in ('width="64"', 'height="38"', 'fetchpriority="high"', "128w", "sizes="))
    inside = re.search(r'<img [^>]*alt="Chợ"[^>]*>', page)[0]
    assert all(part in inside for part in ('width="64"', 'height="38"', 'loading="lazy"', "32w", "100w", "sizes="))
    shared = re.findall(r'og:image(?::width)?" content="([^"]+)"', page)
    assert re.fullmatch(r"https://.*/theme/pictures/kinh-te/cau\.200\.[0-9a-f]{12}\.jpg", shared[0])
    assert "200" == shared[1]
    assert f'"url":"{shared[0]}","width":200,"height":120' in page


def test_the_original(tmp_path):
    """It is published where a story links to it, where it lies in static/, and where it has no other sizes."""
    site = paper(
        tmp_path,
        **{
            OTHER: article_source(
                "image: nho.png",
                title="Nhãn muộn",
                body="[Ảnh lớn](cau.jpg)\n\n![Chung](/chung.jpg)\n\n![Động](dong.gif)\n\n![Vẽ](ve.svg)\n",
            ),
            "content/kinh-te/nho.png": png(31, 20),
            "content/kinh-te/dong.gif": make_planted("GIF"),
            "content/kinh-te/ve.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"/>',
            "static/chung.jpg": photo(9),
        },
    )
    build_site(site)
    whole = {"kinh-te/cau.jpg", "chung.jpg", "kinh-te/nho.png", "kinh-te/dong.gif"}
    shared = {f"chung.{width}.webp" for width in (32, 64, 128)}
    still = {f"kinh-te/dong.{width}.webp" for width in (32, 64, 96)}  # for readers who want no motion
    assert {*ALL, *whole, *shared, *still} == {*pictures(site)}
    assert "kinh-te/ve.svg" in tree(site / "build")


def test_without_widths_everything_is_as_it_is(tmp_path):
    """An empty list of widths publishes every picture as it is."""
    site = paper(tmp_path, "pictures: {widths: []}")
    build_site(site)
    assert ["kinh-te/cau.jpg", "kinh-te/cho.png"] == pictures(site)
    assert b"srcset" not in b"".join(data for name, data in tree(site / "build").items() if name.endswith(".html"))


def test_hidden_stories_show_nothing(tmp_path):
    """Pictures of a draft are not published in any size."""
    hidden = article_source("status: draft", "image: mat.jpg")
    site = paper(tmp_path, **{OTHER: hidden, "content/kinh-te/mat.jpg": photo(5)})
    build_site(site)
    assert ALL == pictures(site)


def test_nothing_private_is_left(tmp_path):
    """No size of a picture has what a camera wrote into it."""
    kinds = {"JPEG": "jpg", "PNG": "png", "WebP": "webp", "AVIF": "avif", "HEIC": "heic"}
    files = {f"content/kinh-te/anh-{ending}.{ending}": make_planted(kind) for kind, ending in kinds.items()}
    body = "".join(f"![Ảnh](anh-{ending}.{ending})\n\n" for ending in kinds.values())
    files |= {STORY: article_source("image: anh-heic.heic", body=body)}
    site = site_folder(tmp_path, files, config_source(SMALL))
    build_site(site)
    assert {f"kinh-te/anh-{ending}.{'64' if ending in ('jpg', 'heic') else '96'}" for ending in kinds.values()} <= {
        name.rpartition(".")[0] for name in pictures(site)
    } | {"kinh-te/anh-jpg.64", "kinh-te/anh-heic.64"}
    assert {} == {name: found for name, data in tree(site / "build").items() if (found := find_marks(data))}


def test_made_once(tmp_path, made):
    """Not again after a `touch`, a lost output, under another name, or in another checkout; but with other settings."""
    site = paper(tmp_path / "site")
    build_site(site)
    first, count = tree(site / "build"), len(made)
    build_site(site)
    os.utime(site / "content/kinh-te/cau.jpg", ns=(OLD, OLD))
    assert 0 == build_site(site).pictures
    shutil.rmtree(site / "build")
    build_site(site, clean=True)
    assert first == tree(site / "build")
    moved = tmp_path / "moved"
    shutil.copytree(site, moved, ignore=lambda _folder, names: {*names} & {"build"})
    build_site(moved)
    assert first == tree(moved / "build")
    (moved / "content/kinh-te/cau.jpg").rename(moved / "content/kinh-te/moi.jpg")
    (moved / STORY).write_text((moved / STORY).read_text("utf-8").replace("cau.jpg", "moi.jpg"), "utf-8")
    build_site(moved)
    assert count == len(made)
    (moved / "newsgen.yaml").write_text(config_source("pictures: {widths: [32, 64, 128], quality: 50}"), "utf-8")
    assert 3 + 1 + 3 == build_site(moved).pictures  # what is AVIF keeps its quality


def test_a_second_build_reads_no_picture(tmp_path, monkeypatch):
    """Sizes and digests are remembered, by the stamps of the files."""
    site = paper(tmp_path)
    monkeypatch.setattr("newsgen.media.examined.encode_if_settled", lambda seen, _now: ":".join(map(str, seen)))
    build_site(site)
    looked = []
    monkeypatch.setattr("newsgen.media.examined.examine_picture", lambda _site, source, _most: looked.append(source))
    (site / OTHER).write_text(article_source(title="Nhãn chín", body="Không có ảnh.\n"), "utf-8")
    build_site(site)
    assert [] == looked


def test_a_text_edit_touches_no_picture(tmp_path, monkeypatch):
    """A build in which only a text changed asks for no picture."""
    site = paper(tmp_path)
    with settled_clock():
        build_site(site)
        monkeypatch.setattr("newsgen.media.examined.examine_picture", None)
        monkeypatch.setattr("newsgen.build.copying.Copier.copy_all", None)
        (site / STORY).write_text((site / STORY).read_text("utf-8").replace("Cầu đã", "Chiếc cầu đã"), "utf-8")
        assert 1 == build_site(site).made


def test_other_bytes(tmp_path):
    """A picture with other bytes makes exactly the pages again that show it, whose names are new."""
    site = paper(tmp_path)
    build_site(site)
    before = tree(site / "build")
    (site / "content/kinh-te/cho.png").write_bytes(save(Image.new("L", (100, 60), 200), "PNG"))
    assert 1 == build_site(site).made
    after = tree(site / "build")
    assert before.keys() - after.keys() == {name for name in before if "/cho." in name}
    changed = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    assert {"newsgen.json", "kinh-te/2022/08/cau-moi.html"} == changed
    build_site(site, clean=True)
    assert after == tree(site / "build")


def test_roles_are_joined(tmp_path):
    """A picture that one story has at its head and another in its text is published for both, and no longer than so."""
    both = article_source(title="Nhãn muộn", body="![Cầu](cau.jpg)\n")
    site = paper(tmp_path, **{STORY: article_source(title="Cầu mới"), OTHER: both})
    build_site(site)
    of_text = [f"kinh-te/cau.{width}.webp" for width in (128, 32, 64)]
    assert of_text == pictures(site)
    (site / STORY).write_text(article_source(LEAD, title="Cầu mới"), "utf-8")
    build_site(site)
    assert [name for name in ALL if "/cau." in name] == pictures(site)
    (site / STORY).write_text(article_source(title="Cầu mới"), "utf-8")
    build_site(site)
    assert of_text == pictures(site)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_damaged_picture(tmp_path, jobs):
    """One that cannot be decoded is an error at its file, told once, and nothing is published."""
    whole = png(300, 200)
    at = whole.index(b"IDAT") + 10
    damaged = whole[:at] + b"xyzxyz" + whole[at + 6 :]
    site = paper(tmp_path, **{"content/kinh-te/cau.png": damaged, STORY: article_source("image: cau.png")})
    with pytest.raises(ContentError) as fault:
        build_site(site, jobs=jobs)
    (problem,) = fault.value.problems
    assert ("content/kinh-te/cau.png:1:1", "not-a-picture") == (str(problem.location), problem.rule)
    assert not (site / "build").exists()


def test_the_folder_is_newsgens_own(tmp_path):
    """A file of the site in the folder of renditions is an error."""
    site = paper(tmp_path, **{"static/theme/pictures/a.png": png(4, 4)})
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = fault.value.problems
    assert ("static/theme/pictures/a.png:1:1", "duplicate-address") == (str(problem.location), problem.rule)


def test_two_pictures_of_one_name(tmp_path):
    """Pictures whose names differ in their endings have renditions of their own."""
    site = paper(tmp_path, **{OTHER: article_source("image: cau.png"), "content/kinh-te/cau.png": png(130, 60)})
    build_site(site)
    assert 2 == pictures(site).count("kinh-te/cau.128.webp")


def test_a_wrong_memory(tmp_path, monkeypatch):
    """What was remembered of a file and is not so costs a second look."""
    site = paper(tmp_path)
    monkeypatch.setattr("newsgen.media.examined.encode_if_settled", lambda seen, _now: "always the same")
    build_site(site)
    (site / "content/kinh-te/cho.png").write_bytes(save(Image.new("L", (100, 60), 200), "PNG"))
    build_site(site, clean=True)
    after = tree(site / "build")
    monkeypatch.undo()
    build_site(site, clean=True)
    assert after == tree(site / "build")


def test_a_wrong_entry_in_the_store(tmp_path, made):
    """An entry that is no clean picture of its format is made again."""
    site = paper(tmp_path)
    build_site(site)
    first, count = tree(site / "build"), len(made)
    for entry in (site / ".newsgen/pictures").glob("??/*"):
        entry.write_bytes(entry.read_bytes()[:-3] + b"xyz")
    shutil.rmtree(site / "build")
    build_site(site, clean=True)
    assert (first, 2 * count) == (tree(site / "build"), len(made))


def test_several_processes(tmp_path):
    """Several workers make the same as one."""
    files = {f"content/kinh-te/anh-{number}.jpg": photo(number) for number in range(12)}
    body = "".join(f"![Ảnh](anh-{number}.jpg)\n\n" for number in range(12))
    site = paper(tmp_path, **files, **{OTHER: article_source(title="Nhiều ảnh", body=body)})
    build_site(site, jobs=2)
    many = tree(site / "build")
    shutil.rmtree(site / ".newsgen")
    build_site(site, jobs=1, clean=True)
    assert many == tree(site / "build")


def test_progress_is_told(tmp_path):
    """A build tells how many pictures of all are made."""
    steps = []
    build_site(paper(tmp_path), progress=lambda stage, done, total: steps.append((stage, done, total)))
    assert (len(ALL), len(ALL)) == [step[1:] for step in steps if step[0] == "pictures"][-1]


def test_sizes_are_written_as_text(tmp_path):
    """What the setting says of the layout ends no attribute."""
    setting = """pictures: {widths: [640], formats: {body: [avif, webp]}, sizes: {figure: '50vw"><b>'}}"""
    story = article_source(title="Nhãn muộn", body="Ở đây ![Chợ](to.png) họp sớm.\n")
    site = paper(tmp_path, setting, **{OTHER: story, "content/kinh-te/to.png": png(700, 6)})
    build_site(site)
    (page,) = (data.decode() for name, data in tree(site / "build").items() if name.endswith("/nhan-muon.html"))
    assert 2 == page.count("50vw&quot;")
    assert '50vw"' not in page
