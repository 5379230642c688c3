"""Sections in whole builds: where their stories lie, and where they stand."""

from builders import article_source, config_source, site_folder
from papers import build_site, tree

MOVED = config_source(
    "sections: {kinh-te: {title: Kinh tế, folder: business, path: tin/kinh-te, permalink: '/{section}/{slug}/'}}",
    "machines: {sitemap: false}",
)


def test_a_section_lies_in_one_folder_and_stands_at_another_address(tmp_path):
    """Lists, feeds and stories of a section stand below its `path`; stories lie in its folder or name it."""
    files = {
        "content/business/a.md": article_source(title="A"),
        "content/business/rice/b.md": article_source(title="B"),
        "content/xa-hoi/c.md": article_source("section: kinh-te", title="C"),
        "content/xa-hoi/d.md": article_source("also_in: kinh-te", title="D", body="[A](/business/a.md)\n"),
    }
    site = site_folder(tmp_path, files, MOVED)
    build_site(site)
    built = tree(site / "build")
    stories = {"tin/kinh-te/a/", "tin/kinh-te/rice/b/", "tin/kinh-te/c/", "xa-hoi/2022/08/d.html"}
    assert stories | {"tin/kinh-te/", "tin/kinh-te/rice/"} <= {name.removesuffix("index.html") for name in built}
    front = built["tin/kinh-te/index.html"].decode()
    assert [True] * 4 == [f'href="/{url}"' in front for url in sorted(stories)]
    assert b"/tin/kinh-te/a/" in built["tin/kinh-te/rss.xml"]
    assert b'href="/tin/kinh-te/a/"' in built["xa-hoi/2022/08/d.html"]
    assert not [name for name in built if name.startswith(("business", "kinh-te"))]
