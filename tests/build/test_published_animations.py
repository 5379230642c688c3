"""Large GIFs are published as animations of other formats, with stills for lists and for readers who want no motion."""

import os
import re
import shutil
from html import unescape
from urllib.parse import unquote

import pytest

from builders import article_source, config_source, site_folder
from moving_pictures import Part, list_frames, make_bomb, make_large_animation, make_large_gif, write_gif
from newsgen.core.errors import ContentError
from newsgen.media.gif_frames import read_gif
from newsgen.media.renditions import FOLDER
from papers import build_site, tree
from planted_pictures import find_marks, make_planted, save

STORY, OTHER, GIF = "content/kinh-te/a.md", "content/kinh-te/b.md", "content/kinh-te/dong.gif"
SETTINGS = "pictures: {widths: [100, 200]}"
IN_TEXT = article_source(title="Thủy triều", body="Nước lên.\n\n![Nước lên](dong.gif)\n")
LEAD = article_source("image: {src: dong.gif, alt: Nước lên}", title="Thủy triều", body="Nước lên.\n")
PAGE = "kinh-te/2022/08/thuy-trieu.html"
OLD = 10**18
STILLS = [f"dong.{width}.webp" for width in (100, 200)]


def paper(folder, story=IN_TEXT, gif=None, settings=SETTINGS, **more):
    """A site with a story that shows a GIF, and another story."""
    files = {STORY: story, OTHER: article_source(title="Nhãn muộn"), GIF: gif or make_large_gif(), **more}
    return site_folder(folder, files, config_source(settings))


def names(site):
    """The outputs that are published of the GIF."""
    return sorted(name for name in tree(site / "build") if "/dong." in name)


def pictures(site):
    """The same without digests: `dong.200.webp`, and of animations, whose digests are longer, `dong.320+.webp`."""
    plain = [re.sub(r"\.[0-9a-f]{12}\.", ".", re.sub(r"\.[0-9a-f]{13}\.", "+.", name)) for name in names(site)]
    return sorted(name.rpartition("/")[2] for name in plain)


def read(site, output=PAGE):
    """A page."""
    return (site / "build" / output).read_text("utf-8")


def find_picture(page):
    """The element of the animation on a page: its sources, and the picture itself."""
    found = re.search(r"<picture>((?:<source [^>]*>)*)\s*<img ([^>]*)></picture>", page)
    return re.findall(r"<source ([^>]*)>", found[1]), found[2]


def test_in_a_text(tmp_path):
    """As AVIF and WebP, with a still in several sizes for readers who want no motion; the GIF itself is not there."""
    site = paper(tmp_path)
    assert 4 == build_site(site).pictures
    assert [*STILLS, "dong.320+.avif", "dong.320+.webp"] == pictures(site)
    (still, avif), image = find_picture(read(site))
    assert 'media="(prefers-reduced-motion: reduce)"' in still
    assert ["100w", "200w"] == re.findall(r"\d+w", still)
    assert "sizes=" in still
    assert re.fullmatch(r'type="image/avif" srcset="/theme/pictures/kinh-te/dong\.320\.[0-9a-f]{13}\.avif"', avif)
    assert re.search(r'src="/theme/pictures/kinh-te/dong\.320\.[0-9a-f]{13}\.webp"', image)
    assert all(part in image for part in ('alt="Nước lên"', 'width="320"', 'height="240"', 'fetchpriority="high"'))
    assert "srcset" not in image


def test_every_name_leads_somewhere(tmp_path):
    """What pages and documents name is there, and what nothing names is not."""
    site = paper(tmp_path, LEAD, **{OTHER: IN_TEXT.replace("Thủy", "Hải")})
    build_site(site)
    output, named = tree(site / "build"), set()
    for name, data in output.items():
        if name.endswith((".html", ".xml", ".json")):
            named |= {unquote(found) for found in re.findall(rf"{FOLDER}[^\s\"<>]+", unescape(data.decode()))}
    assert {name for name in output if name.startswith(FOLDER)} == named


def test_a_lead_picture(tmp_path):
    """The story's page shows it move; lists, feeds, search engines and social networks get the still."""
    site = paper(tmp_path, LEAD)
    build_site(site)
    page = read(site)
    (still, avif), image = find_picture(page)
    assert ("(prefers-reduced-motion: reduce)" in still, "avif" in avif) == (True, True)
    assert 'alt="Nước lên" fetchpriority="high"' in image
    moving = [name for name in names(site) if re.search(r"\.[0-9a-f]{13}\.", name)]
    assert 2 == len(moving)
    for name, data in tree(site / "build").items():
        if name.endswith((".html", ".xml", ".json")):
            shown = [one for one in moving if one.encode() in data]
            assert shown == (moving if name == PAGE else []), name
    shared = re.search(r'og:image" content="([^"]+)"', page)[1]
    assert re.search(r"/kinh-te/dong\.320\.[0-9a-f]{12}\.jpg$", shared)
    documents = [data.decode() for name, data in tree(site / "build").items() if name.endswith((".xml", ".json"))]
    assert any(shared in data for data in documents)
    home = read(site, "index.html")
    assert re.search(r"dong\.100\.[0-9a-f]{12}\.avif 100w", home)


def test_the_frames(tmp_path):
    """All are there with their times, and the still is the first one."""
    site = paper(tmp_path)
    build_site(site)
    for name in names(site):
        frames = list_frames((site / "build" / name).read_bytes())
        if re.search(r"\.[0-9a-f]{13}\.", name):
            assert [120] * 8 == [duration for _, duration in frames]
            image = frames[3][0]
            assert (320, 240) == image.size
            assert min(image.getpixel((44, 44))[:3]) > 220
        else:
            assert 1 == len(frames)


def test_small_gifs(tmp_path):
    """One of 500 KB or less moves as it is, cleaned, and only for readers who want that."""
    site = paper(tmp_path, gif=make_planted("GIF"), **{OTHER: LEAD.replace("Thủy", "Hải")})
    build_site(site)
    assert ["dong.96.avif", "dong.96.jpg", "dong.96.webp", "dong.gif"] == pictures(site)
    for output in (PAGE, PAGE.replace("thuy", "hai")):
        (still,), image = find_picture(read(site, output))
        assert re.search(r'media="\(prefers-reduced-motion: reduce\)" srcset="\S+/dong\.96\.\S+\.webp 96w"', still)
        assert 'src="/kinh-te/dong.gif"' in image
    assert {} == {name: found for name, data in tree(site / "build").items() if (found := find_marks(data))}


@pytest.mark.parametrize("kind", ["png", "webp", "avif"])
def test_animations_of_other_formats(tmp_path, kind):
    """Small ones are published as they are, with a still."""
    images = [image for image, _ in list_frames(write_gif((64, 48), [Part(n, (0, 0, 64, 48)) for n in range(3)]))]
    data = save(images[0], kind, save_all=True, append_images=images[1:], duration=80)
    site = paper(tmp_path, IN_TEXT.replace("gif", kind), **{GIF.replace("gif", kind): data})
    build_site(site)
    assert [f"dong.{kind}", "dong.64.webp"] == sorted(pictures(site), key=len)
    (still,), image = find_picture(read(site))
    assert ("reduce" in still, f'src="/kinh-te/dong.{kind}"' in image) == (True, True)
    (name,) = [name for name in names(site) if ".64." in name]
    ((frame, _),) = list_frames((site / "build" / name).read_bytes())
    assert abs(frame.getpixel((30, 20))[0] - 220) < 16


@pytest.mark.parametrize(("kind", "loop"), [("png", 0), ("webp", 0), ("png", 3), ("webp", 3)])
def test_large_animations_of_other_formats(tmp_path, kind, loop):
    """They are published as those of a GIF are; one that ends has no AVIF."""
    data = make_large_animation(kind, loop)
    site = paper(tmp_path, IN_TEXT.replace("gif", kind), **{GIF.replace("gif", kind): data})
    build_site(site)
    assert [*STILLS, *(() if loop else ("dong.320+.avif",)), "dong.320+.webp"] == pictures(site)
    (name,) = [name for name in names(site) if re.search(r"\.[0-9a-f]{13}\.webp", name)]
    made = (site / "build" / name).read_bytes()
    assert len(made) < len(data)
    assert [120] * 8 == [duration for _, duration in list_frames(made)]


def test_made_once(tmp_path):
    """Not again after a touch, under another name, or without the output."""
    site = paper(tmp_path, LEAD)
    assert build_site(site).pictures
    first = tree(site / "build")
    assert 0 == build_site(site).pictures
    os.utime(site / GIF, ns=(OLD, OLD))
    assert 0 == build_site(site).pictures
    shutil.rmtree(site / "build")
    assert 0 == build_site(site, clean=True).pictures
    assert first == tree(site / "build")
    (site / GIF).rename(site / GIF.replace("dong", "triều"))
    (site / STORY).write_text(LEAD.replace("dong.gif", "triều.gif"), "utf-8")
    assert 0 == build_site(site).pictures


def test_another_gif(tmp_path):
    """It makes the page again that shows it; small and large, still and moving take turns."""
    site = paper(tmp_path)
    build_site(site)
    forms = (make_large_gif(1), make_planted("GIF"), make_large_gif(2, again=3), make_large_gif(3, (900, 700), 1))
    for number, data in enumerate(forms):
        (site / GIF).write_bytes(data)
        assert 1 == build_site(site).made
        after = tree(site / "build")
        assert build_site(site, clean=True)
        assert after == tree(site / "build"), number


def test_one_that_ends(tmp_path):
    """It gets no AVIF, which would not end."""
    site = paper(tmp_path, gif=make_large_gif(again=2))
    build_site(site)
    assert [*STILLS, "dong.320+.webp"] == pictures(site)


def test_one_frame(tmp_path):
    """A GIF of one frame is a picture as any other."""
    site = paper(tmp_path, gif=make_large_gif(size=(900, 700), frames=1))
    build_site(site)
    assert STILLS == pictures(site)
    assert "<picture>" not in read(site)


def test_one_that_says_to_be_a_photo(tmp_path):
    """What counts are the bytes."""
    site = paper(tmp_path, IN_TEXT.replace("gif", "jpg"), **{GIF.replace("gif", "jpg"): make_large_gif()})
    build_site(site)
    assert "dong.320+.webp" in pictures(site)


def test_links_and_the_setting(tmp_path):
    """A story that links to the GIF gets it whole; so do all where a site makes no sizes, or AVIF."""
    site = paper(tmp_path / "a", **{OTHER: article_source(title="Nhãn", body="[Nước lên](dong.gif)\n")})
    build_site(site)
    assert "dong.gif" in pictures(site)
    site = paper(tmp_path / "b", settings="pictures: {widths: []}")
    build_site(site)
    assert ["dong.gif"] == pictures(site)
    site = paper(tmp_path / "c", settings="pictures: {widths: [100, 200], formats: {lead: [webp]}}")
    build_site(site)
    assert [*STILLS, "dong.320+.webp"] == pictures(site)


@pytest.mark.parametrize(
    ("make", "what", "fix"),
    [
        (lambda: make_large_gif()[:300_000], "whose end is missing", "copy the file again"),
        (lambda: make_bomb(4000, 300), "has 300 frames of 4000 × 4000 pixels, too many", "film"),
        (lambda: make_large_gif() + bytes(100_000_000), "has 100 MB, too many", "film"),
    ],
    ids=["cut", "bomb", "large"],
)
def test_faults(tmp_path, make, what, fix):
    """One that is cut off or far too long is told where the story names it, and nothing is decoded or published."""
    site = paper(tmp_path, gif=make())
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = fault.value.problems
    assert (f"{STORY}:7:13", "not-a-picture") == (str(problem.location), problem.rule)
    assert what in str(problem.what)
    assert fix in str(problem.fix)
    assert not (site / "build").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_damaged_frame(tmp_path, jobs):
    """One whose frames cannot be decoded is an error at its file."""
    damaged = bytearray(make_large_gif())
    at = read_gif(bytes(damaged)).frames[3].codes[0] + 2
    damaged[at + 10 : at + 40] = b"\xff" * 30
    site = paper(tmp_path, gif=bytes(damaged))
    with pytest.raises(ContentError) as fault:
        build_site(site, jobs=jobs)
    assert {(f"{GIF}:1:1", "not-a-picture")} == {(str(one.location), one.rule) for one in fault.value.problems}
    assert not (site / "build").exists()
