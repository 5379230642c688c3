"""Outputs that are no HTML pages."""

import json
from datetime import timedelta

import pytest

from builders import NOW, article_source, manuscript, site_config, site_folder
from papers import build_site, newspaper, planned, tree, weekly
from wirebook import written


def documents(site):
    """The documents of a newspaper by their outputs."""
    return {page.output: page for page in planned(site) if page.writer}


HIDDEN = "Disallow: /nhap/\n"
SITEMAP = "\nSitemap: https://baolacgiang.example/sitemap.xml\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], f"User-agent: *\nAllow: /\n{SITEMAP}"),
        (["machines: {sitemap: false}"], "User-agent: *\nAllow: /\n"),
        (
            ["robots: {disallow: [/nhap/], crawlers: {GPTBot: deny, Googlebot: allow}}"],
            f"User-agent: *\n{HIDDEN}\nUser-agent: GPTBot\nDisallow: /\n\nUser-agent: Googlebot\n{HIDDEN}{SITEMAP}",
        ),
    ],
)
def test_robots_are_let_in_as_the_paper_wants(lines, expected):
    """A paper at the root of its host has a robots.txt: the policy for each crawler, and where the sitemaps are."""
    site = newspaper(manuscript(), config=site_config(*lines))
    assert expected == written(site, "robots.txt").decode()


def test_latest_json_has_the_newest_stories():
    """latest.json tells other programs what lists show, newest first, with whole addresses."""
    stories = [
        manuscript(f"a/{n:02}.md", slug=f"s{n}", date=NOW - timedelta(hours=n), tags=("lúa",)) for n in range(60)
    ]
    found = json.loads(written(newspaper(*stories), "latest.json"))
    assert ("Báo Lạc Giang", 50) == (found["title"], len(found["stories"]))
    newest = found["stories"][0]
    assert "https://baolacgiang.example/a/2022/08/s0.html" == newest["url"]
    assert ("2022-08-07T07:51:00+07:00", "a", "lúa") == (
        newest["published"],
        newest["section"]["id"],
        newest["tags"][0]["name"],
    )


def test_a_story_has_its_own_json_where_it_is_wanted():
    """`machines.article_json` puts a file with the body beside each story's page."""
    config = site_config("machines: {article_json: true}", "permalink: /{section}/{slug}/")
    site = newspaper(manuscript(), config=config)
    found = json.loads(written(site, "kinh-te/nhan-muon/index.json", {"content/kinh-te/nhan-muon.md": "<p>Một.</p>"}))
    assert ("Nhãn muộn được mùa", "<p>Một.</p>", 7) == (found["title"], found["html"], found["words"])
    assert not [page for page in planned(newspaper(manuscript())) if page.writer == "article.json"]


def test_a_paper_below_a_path_has_no_robots_file():
    """Where crawlers would not look there is no robots.txt."""
    below = site_config(url="https://x.example/bao")
    assert "robots.txt" in documents(newspaper(manuscript()))
    assert "robots.txt" not in documents(newspaper(manuscript(), config=below))


def test_a_file_in_static_takes_a_documents_place(tmp_path):
    """The paper's own robots.txt is published as it is, and nothing collides."""
    site = site_folder(tmp_path, {**weekly(), "static/robots.txt": "User-agent: *\nDisallow: /nhap/\n"})
    build_site(site)
    assert b"User-agent: *\nDisallow: /nhap/\n" == tree(site / "build")["robots.txt"]


def test_publishing_a_story_rewrites_fewer_than_thirty_files(tmp_path):
    """With the shared box a new story changes its own page and fewer than 29 others, feeds and sitemaps included."""
    config = "title: Báo\nurl: https://baolacgiang.example\nlatest: {mode: fragment}\n"
    names = ("kinh-te", "kinh-te/gia-ca", "xa-hoi")
    stories = {
        f"content/{names[n % 3]}/tin-{n:03}.md": article_source(
            f"tags: ['loại {n % 7}', 'nơi {n % 5}', chung]",
            f"authors: [Người {n % 4}]",
            title=f"Tin {n}",
            date=f"20{19 + n % 4}-0{1 + n % 8}-01 07:{n % 60:02}",
        )
        for n in range(150)
    }
    site = site_folder(tmp_path, stories, config)
    build_site(site)
    before = tree(site / "build")
    new = article_source("tags: ['loại 1', 'nơi 2', chung]", "authors: [Người 3]", title="Tin mới nhất hôm nay")
    site_folder(site, {"content/kinh-te/gia-ca/moi.md": new}, config)
    build_site(site)
    after = tree(site / "build")
    changed = {name for name, data in after.items() if before.get(name) != data} - {"newsgen.json"}
    assert {"rss.xml", "kinh-te/gia-ca/atom.xml", "chu-de/chung/rss.xml", "sitemap-2022.xml", "latest.json"} <= changed
    assert len(changed) < 30, sorted(changed)
