"""Words of pictures from sidecars and from the pictures themselves, in the paper and in the next build."""

import pytest

from builders import article_source, config_source, moment, png, site_folder
from clean_builds import settled_clock, sources
from newsgen.core.errors import ContentError
from newsgen.media import examined
from newsgen.media.sidecars import SidecarReader
from papers import build_site, tree
from pictures_with_words import make_xmp, put_xmp, tell

CAPTION = "dc:description"
PHOTO = put_xmp(
    "JPEG",
    make_xmp(
        tell("Iptc4xmpCore:AltTextAccessibility", {"x-default": "Thang dưới tán nhãn"})
        + tell(CAPTION, {"x-default": "Thu hoạch nhãn"}),
        'photoshop:Credit="TTXVN"',
    ),
)
LEAD, BODY, OTHER = "content/kinh-te/a.md", "content/kinh-te/b.md", "content/xa-hoi/c.md"
SIDECAR = "content/kinh-te/cau.png.yaml"
FILES = {
    LEAD: article_source("image: cau.png", title="Bài có ảnh dẫn"),
    BODY: article_source(title="Bài có ảnh giữa bài", body="Chữ.\n\n![](cau.png)\n"),
    OTHER: article_source(title="Bài không có ảnh"),
    "content/kinh-te/cau.png": png(),
    "content/kinh-te/nhan.jpg": PHOTO,
}
WORDS = "{% if page.image %}{{ page.image.alt }}|{{ page.image.caption }}|{{ page.image.credit }}{% endif %}"
THEME = {f"templates/{name}.html": f"{WORDS}|{{{{ body.html }}}}" for name in ("article", "page")}
LISTS = {f"templates/{name}.html": "-" for name in ("home", "listing", "archive", "404")}
OUTPUTS = ["kinh-te/2022/08/bai-co-anh-dan.html", "kinh-te/2022/08/bai-co-anh-giua-bai.html"]


def write(site, name, text):
    """Write a file of the site, or remove it."""
    if text is None:
        (site / name).unlink(missing_ok=True)
    else:
        site_folder(site, {name: text}, (site / "newsgen.yaml").read_text("utf-8"))


def show(site, *lines, body="", lang=""):
    """What the page of one story shows: alternative text, caption and credit of its lead picture, and its text."""
    write(site, LEAD, article_source(*lines, title="Bài có ảnh dẫn", body=body))
    build_site(site)
    return (site / "build" / OUTPUTS[0]).read_text("utf-8")


def list_changed(report):
    """The outputs of stories that a build changed."""
    return sorted(one.url[1:] for one in report.addresses if one.kind == "article" and one.change == "changed")


@pytest.fixture
def site(tmp_path):
    """A site with a photo that has words, and a picture without."""
    return site_folder(tmp_path, {**FILES, **THEME, **LISTS})


@pytest.mark.parametrize(
    ("image", "sidecar", "shown"),
    [
        ("{src: nhan.jpg}", None, "Thang dưới tán nhãn|Thu hoạch nhãn|TTXVN|"),
        ("nhan.jpg", "credit: Minh An\n", "Thang dưới tán nhãn|Thu hoạch nhãn|Minh An|"),
        ("nhan.jpg", 'alt: ""\ncaption: Mùa nhãn\n', "|Mùa nhãn|TTXVN|"),
        ("{src: nhan.jpg, alt: Tán nhãn}", "alt: Vườn\n", "Tán nhãn|Thu hoạch nhãn|TTXVN|"),
        ('{src: nhan.jpg, alt: "", caption: "", credit: ""}', "alt: Vườn\n", "|||"),
        ("{src: nhan.jpg, alt: , credit: }", "alt: Vườn\n", "Vườn|Thu hoạch nhãn|TTXVN|"),
        ("cau.png", None, "|||"),
    ],
)
def test_the_words_of_a_lead_picture(site, image, sidecar, shown):
    """Front matter comes before the sidecar, that before the picture; an empty text is one."""
    write(site, "content/kinh-te/nhan.jpg.yaml", sidecar)
    assert show(site, f"image: {image}").startswith(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![](nhan.jpg)", 'alt="Thang dưới tán nhãn"'),
        ("![](nhan.jpg)", '<figcaption>Thu hoạch nhãn <span class="credit">TTXVN</span></figcaption>'),
        ("![Tán](nhan.jpg)", 'alt="Tán"'),
        ('![Tán](nhan.jpg "Vụ | An")', '<figcaption>Vụ <span class="credit">An</span></figcaption>'),
        ('![Tán](nhan.jpg "Vụ")', '<figcaption>Vụ <span class="credit">TTXVN</span></figcaption>'),
        ('![Tán](nhan.jpg "| An")', '<figcaption><span class="credit">An</span></figcaption>'),
        ('![Tán](nhan.jpg "Vụ |")', "<figcaption>Vụ</figcaption>"),
        ("Chữ ![Tán](nhan.jpg) chữ", 'alt="Tán"'),
    ],
)
@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
def test_the_words_of_a_picture_in_a_story(site, text, shown, engine):
    """What Markdown leaves out is taken from the file; a picture between words gets no caption."""
    write(site, "newsgen.yaml", config_source(f"markdown: {{engine: {engine}}}"))
    html = show(site, body=f"{text}\n")
    assert shown in html
    assert ("figcaption" in html) == ("Chữ" not in text)


def test_a_bar_in_a_caption_begins_no_credit(site):
    """A caption from the file stays one."""
    write(site, SIDECAR, "caption: Cầu A | Cầu B\ncredit: An\n")
    assert '<figcaption>Cầu A ¦ Cầu B <span class="credit">An</span>' in show(site, body="![Cầu](cau.png)\n")


def test_words_of_a_file_are_no_markup(site):
    """A caption from a picture cannot bring HTML into a page."""
    write(site, SIDECAR, 'alt: "<b>\\"x"\ncaption: "<script>x</script>"\n')
    html = show(site, body="![](cau.png)\n")
    assert "<script>" not in html and "<b>" not in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html


STEPS = [
    "alt: Cầu\n",
    "alt: Cầu mới\ncredit: An\n",
    "# alt: Cầu\ncaption: Cầu mới\n",
    None,
]


def test_exactly_the_pages_that_show_a_picture_are_made_again(site, tmp_path_factory):
    """A sidecar that is written, changed or removed changes two pages, and the paper is that of a clean build."""
    build_site(site)
    for step in STEPS:
        write(site, SIDECAR, step)
        assert OUTPUTS == list_changed(build_site(site)), step
        clean = site_folder(tmp_path_factory.mktemp("clean"), sources(site))
        build_site(clean)
        assert tree(clean / "build") == tree(site / "build")
    write(site, SIDECAR, "focus: 30% 60%\n")
    assert 0 == build_site(site).changed
    write(site, LEAD, article_source(title="Bài có ảnh dẫn"))
    build_site(site)
    write(site, SIDECAR, "alt: Cầu\n")
    assert 1 == build_site(site).made


def test_words_within_a_picture_that_change(site):
    """Other words in a picture make its pages again, and those alone."""
    write(site, LEAD, article_source("image: nhan.jpg", title="Bài có ảnh dẫn"))
    build_site(site)
    write(site, "content/kinh-te/nhan.jpg", PHOTO.replace(b"TTXVN", b"TTXVM"))
    assert OUTPUTS[:1] == list_changed(build_site(site))


def test_a_page_that_says_everything_does_not_depend_on_the_words(site):
    """Where alternative text, caption and credit are written, a sidecar changes nothing."""
    write(site, LEAD, article_source("image: {src: cau.png, alt: A, caption: B, credit: C}", title="Bài có ảnh dẫn"))
    write(site, BODY, article_source(title="Bài có ảnh giữa bài", body='![A](cau.png "B | C")\n'))
    build_site(site)
    write(site, SIDECAR, "alt: Cầu\n")
    assert 0 == build_site(site).made


def test_files_that_are_known_are_not_read_again(site, monkeypatch):
    """What a build found in pictures and sidecars is a hint for the next one, which reads those that changed."""
    read = []
    words, sidecar = examined.read_embedded_words, SidecarReader.read
    monkeypatch.setattr(examined, "read_embedded_words", lambda *one: read.append(one[1]) or words(*one))
    monkeypatch.setattr(SidecarReader, "read", lambda *one: read.append(one[1]) or sidecar(*one))
    picture = "content/kinh-te/cau.png"
    write(site, SIDECAR, "licence_until: 2022-09-01\ncredit: An\n")
    with settled_clock():
        build_site(site)
        build_site(site, at=moment("2022-08-08"))
        read.clear()
        write(site, OTHER, article_source(title="Bài đổi đầu đề"))
        build_site(site)
        assert [] == read
        write(site, picture, png(7, 7))
        write(site, OTHER, article_source(title="Bài đổi nữa"))
        build_site(site)
        assert {picture} == set(read)
        write(site, SIDECAR, "consnt: false\n")
        for _ in range(2):
            with pytest.raises(ContentError, match="unknown-key"):
                build_site(site)
        write(site, SIDECAR, "consent: false\n")
        assert {OUTPUTS[1][:-5]} < {one.url[1:-5] for one in build_site(site).addresses}


@pytest.mark.parametrize("body", ["", "![](cau.png)\n"])
def test_words_of_a_hidden_story(site, body):
    """A sidecar that tells of a draft is a leak, and the place is in it."""
    write(site, "content/kinh-te/nhap.md", article_source("status: draft", title="Khởi tố giám đốc bến Vân Hải"))
    write(site, SIDECAR, "credit: An\ncaption: Ông Lạc, người bị khởi tố giám đốc bến Vân Hải\n")
    with pytest.raises(ContentError, match=f"{SIDECAR}:2:.*error.leak"):
        show(site, "" if body else "image: cau.png", body=body)


def test_sidecars_are_never_published(site):
    """Neither those in static/ nor those that a story links to."""
    for folder in ("static/anh", "content/kinh-te"):
        write(site, f"{folder}/cau.png", png())
        write(site, f"{folder}/cau.png.yaml", "credit: An\n")
    write(site, "static/anh/lac.png.yaml", "credit: An\n")
    build_site(site)
    assert "anh/cau.png" in tree(site / "build")
    assert not [name for name in tree(site / "build") if name.endswith(".yaml")]
    write(site, BODY, article_source(title="Bài có ảnh giữa bài", body="[x](cau.png.yaml)\n"))
    with pytest.raises(ContentError, match="dead-link"):
        build_site(site)


def test_a_faulty_sidecar_publishes_nothing(site):
    """What it meant to forbid could be published."""
    write(site, SIDECAR, "consnt: false\n")
    with pytest.raises(ContentError, match=f"{SIDECAR}:1:1: error.unknown-key.*did you mean `consent`"):
        build_site(site)
