"""Pictures that only unseen stories show: neither their names nor their pixels are in any output."""

from datetime import UTC, datetime

import pytest

from builders import article_source, site_folder
from papers import build_site, tree
from planted_pictures import draw, save

PUBLIC, UNSEEN = "content/xa-hoi/a.md", "content/kinh-te/kin.md"
STATES = {
    "draft": ["status: draft"],
    "embargoed": ["embargo: 2030-01-01"],
    "gone": ["expires: 2022-08-01", "replace: gone"],
    "notice": ["expires: 2022-08-01", "replace: notice", "notice: Đã hết hạn."],
    "withdrawn": ["status: withdrawn"],
    "withdrawn-gone": ["status: withdrawn", "replace: gone"],
}
WAYS = (
    "![Ảnh]({})",
    "![Một]({}) ![Hai]({})",
    "[Tải về]({})",
    '<img src="{}" alt="Ảnh">',
    '<img srcset="{} 2x" src="{}" alt="Ảnh">',
    "![Ảnh][1]\n\n[1]: {}",
    "![Ảnh](<{}>)",
)
PHOTO = save(draw((80, 60)), "JPEG")
FOOTER = "templates/partials/publisher.html"


def unseen_site(folder, state, prefix):
    """A site with an unseen story that shows a picture in each way that there is, with other bytes in each file."""
    names = [f"{prefix}bi-mat-{number}.jpg" for number in range(2 * len(WAYS) + 2)]
    lead = f"image: {{src: {names.pop()}, alt: Ảnh, crops: [{names.pop()}]}}"
    body = "\n\n".join(way.format(names[2 * number], names[2 * number + 1]) for number, way in enumerate(WAYS))
    story = article_source(*STATES[state], lead, title="Giám đốc bị bắt tại cảng đêm qua", body=f"{body}\n")
    beside = "static" if prefix.startswith("/") else "content/kinh-te/"
    sizes = [number for number in range(2 * len(WAYS) + 2) if f"{prefix}bi-mat-{number}.jpg" in story]
    files = {f"{beside}{prefix}bi-mat-{size}.jpg": save(draw((80 + size, 60)), "JPEG") for size in sizes}
    assert len(files) > len(WAYS)
    return site_folder(folder, {PUBLIC: article_source(title="Kè sông"), UNSEEN: story, **files})


@pytest.mark.parametrize("prefix", ["/anh/", "", "../anh/"])
@pytest.mark.parametrize("state", STATES)
def test_no_output_shows_a_picture_of_an_unseen_story(tmp_path, state, prefix):
    """Whatever names it, and wherever it lies: lead picture, crop, gallery, link, HTML."""
    site = unseen_site(tmp_path, state, prefix)
    build_site(site)
    made = tree(site / "build")
    assert [] == [name for name, data in made.items() if "bi-mat" in name or b"bi-mat" in data]
    assert [] == [name for name, data in made.items() if name.endswith(".jpg")]


def published(site, at=None):
    """The pictures in the output, after builds of both kinds that agree."""
    more = {"at": at} if at else {}
    build_site(site, **more)
    build_site(site, output=site / "clean", clean=True, **more)
    assert tree(site / "build") == tree(site / "clean")
    return sorted(
        name for name in tree(site / "build") if name.startswith(("anh/", "kinh-te/", "kho/")) and "jpg" in name
    )


@pytest.fixture
def site(tmp_path):
    """A site whose embargoed story shows a picture of static/, of which another folder has a copy."""
    story = article_source("embargo: 2030-01-01", "image: /anh/kin.jpg", title="Giám đốc bị bắt tại cảng đêm qua")
    files = {"static/anh/kin.jpg": PHOTO, "static/kho/ban-sao.jpg": PHOTO, "static/kho/khac.jpg": PHOTO + b"\0"}
    return site_folder(tmp_path / "site", {PUBLIC: article_source(title="Kè sông"), UNSEEN: story, **files})


def test_a_copy_in_static_is_withheld_with_the_picture(site):
    """A copy under another name shows the same pixels: it comes with the story, or with a page that names it."""
    assert ["kho/khac.jpg"] == published(site)
    site_folder(site, {PUBLIC: article_source(title="Kè sông", body="![Cảng](/kho/ban-sao.jpg)\n")})
    assert ["kho/ban-sao.jpg", "kho/khac.jpg"] == published(site)
    site_folder(site, {PUBLIC: article_source(title="Kè sông")})
    after = datetime(2031, 1, 1, tzinfo=UTC)
    assert ["anh/kin.jpg", "kho/ban-sao.jpg", "kho/khac.jpg"] == published(site, at=after)


def test_a_copy_of_a_picture_beside_the_story_is_withheld(site):
    """A picture beside an unseen story has its copy in static/ withheld as well, also one that is made later."""
    story = article_source("status: draft", body="![Cảng](kin.jpg)\n")
    site_folder(site, {UNSEEN: story, "content/kinh-te/kin.jpg": PHOTO})
    assert ["kho/khac.jpg"] == published(site)
    site_folder(site, {"static/kho/khac.jpg": PHOTO})
    assert [] == published(site)
    site_folder(site, {"static/kho/khac.jpg": b"GIF89a" + PHOTO})
    site_folder(site, {"content/kinh-te/kin.jpg": save(draw((7, 7)), "JPEG")})
    site_folder(site, {"static/kho/khac.jpg": save(draw((9, 7)), "JPEG")})
    assert ["anh/kin.jpg", "kho/ban-sao.jpg", "kho/khac.jpg"] == published(site)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (PUBLIC, article_source(title="Kè sông", body="![Cảng](/anh/kin.jpg)\n")),
        (PUBLIC, article_source("image: /anh/kin.jpg", title="Kè sông")),
        ("static/kho/a.css", "a{background:url(../anh/kin.jpg)}"),
        (FOOTER, '<img src="{{ asset("anh/kin.jpg") }}" alt="">'),
    ],
)
def test_what_something_published_shows_too_is_published(site, name, text):
    """A picture of an unseen story that a published story, a style sheet or a template shows is public."""
    site_folder(site, {name: text})
    assert ["anh/kin.jpg", "kho/khac.jpg"] == published(site)
    (site / name).unlink()
    site_folder(site, {PUBLIC: article_source(title="Kè sông")})
    assert ["kho/khac.jpg"] == published(site)
