"""Lead pictures are cut to the shapes that stories or the settings name, and only these are published."""

import io
import json
import re
from urllib.parse import quote, unquote

import pytest
from click.testing import CliRunner
from PIL import Image

from builders import article_source, config_source, page_source, png, site_folder
from clean_builds import settled_clock
from newsgen.cli import main
from newsgen.core.errors import ContentError, apply_edits
from papers import build_site, tree
from planted_pictures import make_planted, save
from previews import preview

STORY, OTHER, PAGE = "content/kinh-te/a.md", "content/kinh-te/b.md", "kinh-te/2022/08/cau-moi.html"
SMALL = "pictures: {widths: [32, 64, 128], formats: {lead: [webp]}}"
ALL_SHAPES = "pictures: {widths: [32, 64, 128], crops: [1:1, 4:3, 16:9]}"
SIDECAR = "content/kinh-te/cau.jpg.yaml"


def photo(seed=0, size=(200, 120)):
    """A JPEG that is no other's."""
    return save(Image.radial_gradient("L").resize(size).point(lambda v: (v + seed) % 256), "JPEG")


def story(image):
    """A story with this lead picture."""
    return article_source(f"image: {image}", title="Cầu mới")


def paper(folder, image="{src: cau.jpg, focus: 30% 60%, crops: [1:1, 4:3, 16:9]}", config=SMALL, **more):
    """A site with a story about a bridge, and another one without a picture."""
    files = {STORY: story(image), OTHER: article_source(title="Nhãn muộn"), "content/kinh-te/cau.jpg": photo()}
    return site_folder(folder, {**files, **more}, config_source(config))


def crops(site, ending=""):
    """The crops in the output, as `name.shape-and-focus.width.ending`; all, or those with an ending."""
    found = [name for name in tree(site / "build") if re.search(rf"\.\d+x\d+-[\d.]+-[\d.]+\..*{ending}$", name)]
    return sorted(re.sub(r"\.[0-9a-f]{12}\.", ".", name.removeprefix("theme/pictures/kinh-te/")) for name in found)


def told(site, page=PAGE):
    """The pictures that a page tells search engines of: address and size."""
    data = re.search(r'ld\+json">(.*?)</script>', tree(site / "build")[page].decode())[1]
    (article,) = [thing for thing in json.loads(data)["@graph"] if thing["@type"] == "NewsArticle"]
    return [(one["url"], one.get("width"), one.get("height")) for one in article.get("image", [])]


def test_crops_at_the_focus(tmp_path):
    """Each shape that a story names is published once, as JPEG, and told to search engines after the picture."""
    site = paper(tmp_path)
    build_site(site)
    assert ["cau.16x9-30-60.200.jpg", "cau.1x1-30-60.120.jpg", "cau.4x3-30-60.160.jpg"] == crops(site, "jpg")
    whole, *cut = told(site)
    assert (200, 120) == whole[1:]
    assert [(120, 120), (160, 120), (200, 112)] == [one[1:] for one in cut]
    output = tree(site / "build")
    for url, width, height in cut:
        name = url.removeprefix("https://baolacgiang.example/")
        assert (width, height) == Image.open(io.BytesIO(output[name])).size


@pytest.mark.parametrize(
    ("image", "sidecar", "found"),
    [
        ("cau.jpg", "focus: 10% 20%\n", ["cau.16x9-10-20", "cau.1x1-10-20", "cau.4x3-10-20"]),
        (
            "{src: cau.jpg, focus: 30.5% 60%}",
            "focus: 1% 2%\n",
            ["cau.16x9-30.5-60", "cau.1x1-30.5-60", "cau.4x3-30.5-60"],
        ),
        ("cau.jpg", "", ["cau.16x9-50-50", "cau.1x1-50-50", "cau.4x3-50-50"]),
        ("{src: cau.jpg, crops: [5:3]}", "", []),
        ("{src: cau.jpg, crops: [2:3, 4:6, 1.91:1]}", "", ["cau.191x100-50-50", "cau.2x3-50-50"]),
        ("{src: cau.jpg, crops: [vuong.png, 1:1]}", "", ["cau.1x1-50-50"]),
        ("{src: cau.jpg, crops: vuong.png}", "", []),
        ("{src: cau.jpg, crops: []}", "", []),
        ("do-thi.svg", "", []),
        ("https://anh.example/a.jpg", "", []),
    ],
)
def test_what_counts(tmp_path, image, sidecar, found):
    """The focus of the story before that of the sidecar; the crops of the story before those of the settings. A shape
    that the picture has already, and one named twice, is no crop of its own.
    """
    more = {"content/kinh-te/vuong.png": png(9, 9), "content/kinh-te/do-thi.svg": SVG, SIDECAR: sidecar or None}
    site = paper(tmp_path, image, ALL_SHAPES, **{name: data for name, data in more.items() if data})
    assert [] == build_site(site).warnings
    assert found == [one.rsplit(".", 2)[0] for one in crops(site, "jpg")]
    assert len(told(site)) == 1 + len(found) + ("vuong" in image)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"/>'


def test_only_stories_have_those_of_the_settings(tmp_path):
    """A standing page is not told to search engines as an article: it has the crops that it names itself."""
    page = page_source("image: /kinh-te/cau.jpg", title="Giới thiệu")
    site = paper(tmp_path, "cau.jpg", SMALL, **{"content/pages/gioi-thieu.md": page, STORY: article_source()})
    build_site(site)
    assert [] == crops(site)


def test_a_small_picture_and_one_size(tmp_path):
    """A picture that is published as it is is cut nevertheless, and never made larger."""
    for at, config in enumerate((SMALL, "pictures: {widths: []}")):
        files = {"content/kinh-te/cau.jpg": photo(1, (30, 20))}
        site = paper(tmp_path / str(at), "{src: cau.jpg, crops: [1:1]}", config, **files)
        build_site(site)
        assert ["cau.1x1-50-50.20.jpg"] == crops(site)


@pytest.mark.parametrize(
    ("image", "column", "rule", "mended"),
    [
        ("{src: cau.jpg, focus: 130% 5%}", 30, "bad-value", ""),
        ("{src: cau.jpg, focus: top}", 30, "bad-value", "{src: cau.jpg, focus: 50% 0%}"),
        ("{src: cau.jpg, focus: 30 60}", 30, "bad-value", "{src: cau.jpg, focus: 30% 60%}"),
        ("{src: cau.jpg, focus: [3, 6]}", 30, "bad-value", "{src: cau.jpg, focus: 3% 6%}"),
        ("{src: cau.jpg, crops: [0:1, 1:1]}", 31, "bad-value", ""),
        ("{src: cau.jpg, crops: [1:1, 1:100]}", 36, "bad-value", ""),
        ("{src: cau.jpg, crops: 1:100}", 30, "bad-value", ""),
        ("{src: cau.jpg, crops: [16x9]}", 31, "bad-value", "{src: cau.jpg, crops: [16:9]}"),
        ("{src: cau.jpg, crops: [1:1, 16: 9]}", 36, "bad-value", "{src: cau.jpg, crops: [1:1, 16:9]}"),
        ("{src: cau.jpg, crops: 4/3}", 30, "bad-value", "{src: cau.jpg, crops: 4:3}"),
    ],
)
def test_mistakes(tmp_path, image, column, rule, mended):
    """What is no focus and no shape is an error at its place, with an edit that mends it where it can be known."""
    site = paper(tmp_path, image)
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = fault.value.problems
    assert (f"{STORY}:4:{column}", rule) == (str(problem.location), problem.rule)
    assert mended in ("", apply_edits(story(image), problem.edits).split("image: ")[1].split("\n")[0])
    assert bool(mended) == bool(problem.edits)
    if mended:
        (site / STORY).write_text(apply_edits((site / STORY).read_text("utf-8"), problem.edits), "utf-8")
        build_site(site)


@pytest.mark.parametrize("image", ["do-thi.svg", "https://anh.example/a.jpg"])
def test_what_cannot_be_cut(tmp_path, image):
    """A drawing and a picture of another site are shown whole, with a warning at each shape."""
    files = {"content/kinh-te/do-thi.svg": SVG}
    site = paper(tmp_path, f"{{src: {image}, crops: [1:1, vuong.png, 4:3]}}", **files, **{VUONG: png(9, 9)})
    report = build_site(site)
    assert [(f"{STORY}:4:{len(image) + 24 + at}", "no-crop", "warning") for at in (0, 16)] == [
        (str(problem.location), problem.rule, problem.level) for problem in report.warnings
    ]
    assert image.rpartition("/")[2] in report.warnings[0].what
    assert 2 == len(told(site))


def test_an_animation(tmp_path):
    """Its first frame is cut, and the story shows it whole."""
    site = paper(tmp_path, "{src: dong.gif, crops: [1:1]}", **{"content/kinh-te/dong.gif": make_planted("GIF")})
    assert not build_site(site).warnings
    assert any("dong.1x1-50-50.64." in name for name in tree(site / "build"))


VUONG = "content/kinh-te/vuong.png"


@pytest.mark.parametrize("shapes", ["[1:1, 1:9]", "[vuong.png]", "[16x9]", "[0:0]"])
def test_wrong_settings(tmp_path, shapes):
    """A crop of the settings that is no shape is told at its place."""
    site = paper(tmp_path, config=f"pictures: {{crops: {shapes}}}")
    done = CliRunner().invoke(main, ["--site", str(site), "build"], catch_exceptions=False)
    assert 2 == done.exit_code
    assert re.search(r"newsgen.yaml:\d+:(?:20|25): error\[bad-setting\]", done.output + done.stderr)


def test_a_change_of_the_focus(tmp_path):
    """It makes again what shows the picture and nothing else; what is not wanted any more goes."""
    site = paper(tmp_path, **{"content/kinh-te/nhan.jpg": photo(3), OTHER: article_source("image: nhan.jpg")})
    build_site(site)
    before = tree(site / "build")
    (site / STORY).write_text(story("{src: cau.jpg, focus: 100% 0%, crops: [1:1, 16:9]}"), "utf-8")
    assert 2 + 3 == build_site(site).pictures
    after = tree(site / "build")
    assert ["cau.16x9-100-0.200.jpg", "cau.1x1-100-0.120.jpg"] == crops(site, "jpg")
    assert not any("-30-60" in name for name in after)
    changed = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    assert {"newsgen.json", *(name for name, data in before.items() if b"-30-60." in data)} == changed
    assert PAGE in changed
    build_site(site, clean=True)
    assert after == tree(site / "build")
    assert 0 == build_site(site).pictures


def test_two_stories_two_foci(tmp_path):
    """Two stories may cut one picture differently."""
    other = article_source("image: {src: cau.jpg, focus: 90% 50%, crops: 1:1}", title="Nhãn muộn")
    site = paper(tmp_path, "{src: cau.jpg, focus: 10% 50%, crops: 1:1}", **{OTHER: other})
    build_site(site)
    assert ["cau.1x1-10-50.120.jpg", "cau.1x1-90-50.120.jpg"] == crops(site, "jpg")


def test_a_picture_that_nobody_may_see(tmp_path):
    """It has no crops either."""
    site = paper(tmp_path, **{SIDECAR: "consent: false\n"})
    build_site(site)
    assert ([], []) == (crops(site), told(site))


def test_a_hidden_story_has_no_crops(tmp_path):
    """Nothing is made for a draft."""
    site = paper(tmp_path, **{STORY: story("{src: cau.jpg, crops: [1:1]}").replace("title:", "status: draft\ntitle:")})
    build_site(site)
    assert [] == crops(site)


def test_the_preview(tmp_path):
    """The preview gives every crop as a build publishes it, whatever the name of the picture."""
    names = ["cau.jpg", "cau.16x9-30-60.jpg", "ca.u.jpg", "a" * 200 + ".jpg", "cầu.heic"]
    files = {f"content/kinh-te/{name}": photo(at) for at, name in enumerate(names)}
    for at, name in enumerate(names):
        files[f"content/kinh-te/{at}.md"] = article_source(
            f"image: {{src: {name}, focus: 33.3% 60%}}", title=f"Bài {at}"
        )
    files["content/kinh-te/cầu.heic"] = make_planted("HEIC")
    site = paper(tmp_path, "cau.jpg", "pictures: {widths: [32], crops: [1:1], formats: {lead: [webp]}}", **files)
    build_site(site)
    made = {name: data for name, data in tree(site / "build").items() if name.startswith("theme/pictures/")}
    assert 5 == sum("1x1-33.3-60" in name for name in made)
    with preview(site) as running:
        assert made == {name: running.get(quote(f"/{name}"))[1] for name in made}


def test_social_cards(tmp_path):
    """The focus of a story counts for its card."""
    config = "cards: {when: all, background: picture}"
    cards = set()
    for at, image in enumerate(("cau.jpg", "{src: cau.jpg, focus: 0% 0%}", "{src: cau.jpg, focus: 100% 100%}")):
        site = paper(tmp_path / str(at), image, config, **{"content/kinh-te/cau.jpg": photo(0, (900, 2000))})
        build_site(site)
        (card,) = re.findall(rb'og:image" content="[^"]+(/cards/[^"]+)"', tree(site / "build")[PAGE])
        cards.add(card)
    assert 3 == len(cards)


LINE = """{% set cut = card.image|crop("1:1") %}
<img src="{{ cut.src }}" srcset="{{ cut|srcset("webp", 64) }}" width="{{ cut.width }}" height="{{ cut.height }}" alt="">
"""
TEMPLATES = {
    "templates/home.html": f"{{% for card in news.latest(2) if card.image %}}{LINE}{{% endfor %}}",
    "templates/listing.html": f"{{% for card in listing.cards if card.image %}}{LINE}{{% endfor %}}",
    **{f"templates/{name}.html": "{{ page.title }}" for name in ("article", "page", "archive", "404")},
}


def test_cards(tmp_path):
    """A template shows the part of a card's picture around its focus; only the sizes that pages name are published, and
    every address leads somewhere.
    """
    site = paper(tmp_path, "{src: cau.jpg, focus: 10% 10%}", **TEMPLATES)
    build_site(site)
    output = tree(site / "build")
    assert ["cau.1x1-10-10.32.webp", "cau.1x1-10-10.64.webp"] == crops(site)
    shown = re.findall(r'src="/([^"]+)" srcset="([^"]+)" width="(\d+)" height="(\d+)"', output["index.html"].decode())
    (src, sizes, *size) = shown[0]
    assert (["64", "64"], 1, ["32w", "64w"]) == (size, len(shown), re.findall(r"\d+w", sizes))
    assert {src, *re.findall(r"theme/\S+", sizes)} <= output.keys()
    assert (64, 64) == Image.open(io.BytesIO(output[src])).size


@pytest.mark.parametrize(
    "image", ["do-thi.svg", "https://anh.example/a.jpg", "{src: vuong.png, focus: 0% 0%}", "nho.png"]
)
def test_a_card_that_cannot_be_cut(tmp_path, image):
    """A drawing, a picture of another site, one of the same shape, and one in one size alone are shown as they are."""
    files = {"content/kinh-te/do-thi.svg": SVG, VUONG: png(90, 90), "content/kinh-te/nho.png": png(30, 20)}
    site = paper(tmp_path, image, **TEMPLATES, **files)
    build_site(site)
    assert [] == crops(site)
    assert image.removeprefix("{src: ").partition(",")[0][:5] in tree(site / "build")["index.html"].decode()


def test_a_focus_makes_again_what_shows_the_picture(tmp_path):
    """Cards of the picture change with its focus, and nothing else; what is no longer shown goes."""
    site = paper(tmp_path, "{src: cau.jpg, focus: 10% 10%}", **TEMPLATES)
    build_site(site)
    before = tree(site / "build")
    (site / STORY).write_text(story("{src: cau.jpg, focus: 90% 10%}"), "utf-8")
    assert 2 == build_site(site).pictures
    after = tree(site / "build")
    assert ["cau.1x1-90-10.32.webp", "cau.1x1-90-10.64.webp"] == crops(site)
    showing = {name for name, data in before.items() if name.endswith(".html") and b"1x1-10-10" in data}
    changed = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    assert {*showing, "newsgen.json"} == changed
    assert {"index.html", "kinh-te/index.html"} <= showing
    build_site(site, clean=True)
    assert after == tree(site / "build")
    (site / STORY).write_text(story("cau.jpg").replace("image:", "kicker: Cầu\nimage:"), "utf-8")
    build_site(site)
    assert ["cau.1x1-50-50.32.webp", "cau.1x1-50-50.64.webp"] == crops(site)


def test_a_crop_on_the_page_of_a_story(tmp_path):
    """A change of the text alone keeps the crops that its page shows."""
    article = (
        "{% set cut = article.image|crop('4:3') %}{{ cut.src }} {{ cut|srcset }} {{ (cut|shared).src }}{{ body.html }}"
    )
    site = paper(tmp_path, "{src: cau.jpg, focus: 10% 10%}", **{**TEMPLATES, "templates/article.html": article})
    (site / OTHER).write_text(article_source("image: cau.jpg", title="Nhãn muộn"), "utf-8")
    with settled_clock():
        build_site(site)
        before = crops(site)
        (site / STORY).write_text((site / STORY).read_text("utf-8") + "\nThêm một câu.\n", "utf-8")
        assert 1 == build_site(site).made
    assert before == crops(site)
    assert {f"cau.4x3-10-10.{size}" for size in ("32.webp", "64.webp", "128.webp", "160.jpg")} < {*before}


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        *((call, "3:2") for call in ('crop("0:1")', 'crop("cau.jpg")', "crop(3)", 'crop("16x9")')),
        *((call, "`webp` or `avif`") for call in ('srcset("jpg")', "srcset(640)", 'moving("gif")')),
        *((call, "a number of pixels") for call in ('srcset("webp", "640")', 'srcset("webp", none)')),
    ],
)
def test_a_wrong_argument_in_a_template(tmp_path, call, wanted):
    """It is an error at the line of the template, with the right form."""
    site = paper(tmp_path, "cau.jpg", **{**TEMPLATES, "templates/article.html": f"{{{{ article.image|{call} }}}}"})
    with pytest.raises(ContentError) as fault:
        build_site(site)
    (problem,) = [one for one in fault.value.problems if one.rule == "template-error"][:1]
    assert ("templates/article.html", 1) == (problem.location.path, problem.location.line)
    assert wanted in problem.what


def test_cards_of_the_theme(tmp_path):
    """The packaged theme cuts pictures with a focus to the shape of its cards, and no others."""
    other = article_source("image: nhan.jpg", title="Nhãn muộn")
    files = {OTHER: other, "content/kinh-te/nhan.jpg": photo(7)}
    site = paper(tmp_path, "{src: cau.jpg, focus: 0% 0%}", **files)
    build_site(site)
    assert {"cau.3x2-0-0.32.webp", "cau.3x2-0-0.64.webp", "cau.3x2-0-0.128.webp"} == {*crops(site)}
    front = tree(site / "build")["index.html"].decode()
    assert re.search(r'<div class="thumb"><img src="/theme/pictures/kinh-te/cau\.3x2-0-0\.64[^"]+" srcset=', front)
    named = {unquote(found) for found in re.findall(r"theme/pictures/[^\s\"<>]+", front)}
    assert named <= tree(site / "build").keys()
