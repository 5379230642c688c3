"""Stories and pages that ask for an address of their own (`url`), in whole builds."""

import pytest

from builders import NOW, article_source, config_source, page_source, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.content.address_file import HEAD
from newsgen.core.errors import ContentError
from papers import build_site, tree

OLD = "content/xa-hoi/ke-song.md"
STORY = article_source("url: /2019/Ke-Song.HTM", title="Kè sông")
FILES = {
    OLD: STORY,
    "content/kinh-te/gia-lua.md": article_source("url: /gia-lua", "related: [ke-song]", title="Giá lúa"),
    "content/pages/lien-he.md": page_source("url: /lien-he.php", title="Liên hệ", body="[Kè](/xa-hoi/ke-song.md)\n"),
    "content/kinh-te/b.md": article_source(title="B", body="[Kè](/2019/Ke-Song.HTM), [Liên hệ](/lien-he.php)\n"),
}


def lines(site):
    return [line.split("\t")[:3] for line in (site / "urls.lock").read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize("base", ["", "/bao"])
def test_a_page_stands_where_it_asks_to(tmp_path, base):
    """Its file, its links, its canonical address, the feeds and the sitemaps agree."""
    site = site_folder(tmp_path, FILES, config_source(url=f"https://baolacgiang.example{base}"))
    build_site(site)
    built = tree(site / "build")
    assert {"2019/Ke-Song.HTM", "gia-lua/index.html", "lien-he.php"} <= built.keys()
    assert (
        f'<link rel="canonical" href="https://baolacgiang.example{base}/2019/Ke-Song.HTM">'
        in built["2019/Ke-Song.HTM"].decode()
    )
    link = f'href="{base}/2019/Ke-Song.HTM"'.encode()
    for name in ("index.html", "xa-hoi/index.html", "gia-lua/index.html", "lien-he.php", "kinh-te/2022/08/b.html"):
        assert link in built[name]
    for name in ("rss.xml", "feed.json", "sitemap-2022.xml", "latest.json"):
        assert f"https://baolacgiang.example{base}/2019/Ke-Song.HTM".encode() in built[name]
    assert f"https://baolacgiang.example{base}/lien-he.php".encode() in built["sitemap-pages.xml"]


def test_a_story_that_moves_keeps_the_address_that_it_asks_for(tmp_path):
    """Another folder, section, slug and title leave it; without `url` the old address leads on."""
    site = site_folder(tmp_path, {OLD: STORY, "urls.lock": HEAD})
    options = BuildOptions(site, site / "build", NOW, addresses="keep")
    build(options)
    assert ["/2019/Ke-Song.HTM", OLD, "live"] in lines(site)
    (site / OLD).unlink()
    site_folder(site, {"content/xa-hoi/ke-moi.md": STORY.replace("Kè sông", "Kè mới\nslug: ke-moi")})
    assert [] == build(options).warnings
    assert ["/2019/Ke-Song.HTM", "content/xa-hoi/ke-moi.md", "live"] in lines(site)
    site_folder(site, {"content/xa-hoi/ke-moi.md": STORY.replace("url: /2019/Ke-Song.HTM", "slug: ke-moi")})
    build(options)
    assert "/2019/Ke-Song.HTM /xa-hoi/2022/08/ke-moi.html 301\n" == (site / "build/_redirects").read_text()


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("/KINH-TE/", "the section “Kinh te”"),
        ("/kinh-te/2022/08/b.html", "the story “B”"),
        ("/rss.xml", "the document “Báo Lạc Giang”"),
        ("/kinh-te/2022/08/b.html/c.html", "the story “B”"),
    ],
)
def test_an_address_that_another_page_has_is_told_at_its_place(tmp_path, url, owner):
    """Capital letters do not make two addresses different, and a file is no folder."""
    files = {"content/kinh-te/b.md": article_source(title="B"), OLD: STORY.replace("/2019/Ke-Song.HTM", url)}
    with pytest.raises(ContentError) as caught:
        build_site(site_folder(tmp_path, files))
    problem = caught.value.problems[0]
    assert "duplicate-address" == problem.rule
    assert OLD in f"{problem.location} {problem.what}"
    assert owner in f"{problem.what}"
