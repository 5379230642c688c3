"""What the preview says of a story is what a check says of it."""

from contextlib import closing

import pytest

from builders import article_source, config_source, page_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.commands.check import check
from newsgen.model.pages import Page
from newsgen.preview.messages import describe_page
from newsgen.preview.page_cache import PageCache
from newsgen.preview.versions import VersionOptions, Versions
from papers import NOW

FILES = {
    "content/xa-hoi/anh.md": article_source("image: anh.png", title="Ảnh", body="![](anh.png)\n\n# Một\n\n### Ba\n"),
    "content/xa-hoi/anh.png": png(4000, 3000),
    "content/xa-hoi/dai.md": article_source(title="Dài " * 40, body="[x](http://a.example)\n"),
    "content/xa-hoi/sang.md": article_source(title="Trùng tên", date="2022-08-05 06:00", body="Đoạn một.\n"),
    "content/xa-hoi/toi.md": article_source("slug: toi", title="Trùng tên", date="2022-08-05 20:00", body=""),
    "content/xa-hoi/che.md": article_source("kicker: Nóng # nay", body="<script>x</script> Chữ.\n"),
    "content/xa-hoi/sach.md": article_source(title="Sạch", date="2022-08-01"),
    "content/pages/gioi-thieu.md": page_source(body="![](/xa-hoi/anh.png)\n"),
}


@pytest.mark.parametrize("levels", ["", "rules: {missing-alt: 'off', same-title: error, dropped-html: error}"])
def test_the_bar_says_what_a_check_says(tmp_path, levels):
    """For every page of a story its warnings are those of `newsgen check`, at the levels of newsgen.yaml."""
    site = site_folder(tmp_path, FILES, config_source(levels))
    found = check(BuildOptions(site, site / "build", NOW, jobs=1)).problems
    versions = Versions(VersionOptions(site, lambda _config: NOW))
    versions.look()
    told = {}
    with closing(PageCache(versions)) as cache:
        for page in versions.newest.pages.values():
            if isinstance(page, Page) and page.source:
                told[page.source] = describe_page(versions, cache, page.url, str).warnings
    assert {source: [str(p) for p in found if p.location.path == source] for source in told} == told
    assert 7 == len(told)
    assert [] == told["content/xa-hoi/sach.md"]
    assert any("same-title" in said for said in told["content/xa-hoi/toi.md"])


def test_the_bar_tells_the_slips_of_a_story_with_an_error(tmp_path):
    """A dead link keeps a page from being drawn anew, and hides no warning of its text: not of the text before."""
    site = site_folder(tmp_path, FILES)
    versions = Versions(VersionOptions(site, lambda _config: NOW))
    versions.look()
    with closing(PageCache(versions)) as cache:
        page = versions.newest.find_page("content/xa-hoi/sach.md")
        assert [] == describe_page(versions, cache, page.url, str).warnings
        text = article_source(title="Sạch", date="2022-08-01", body="**Đậm **chữ. [x](khong-co.md)\n")
        (site / page.source).write_text(text, "utf-8")
        versions.look(frozenset({page.source}))
        told = describe_page(versions, cache, page.url, str)
    found = check(BuildOptions(site, site / "build", NOW, jobs=1)).problems
    assert [str(p) for p in found if p.location.path == page.source and p.level == "warning"] == told.warnings
    assert ["unread-markdown"] == [said.partition("[")[2].partition("]")[0] for said in told.warnings]
