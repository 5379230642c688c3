"""Topics below topics."""

import json
import re

import feedparser
import pytest

from builders import article_source, config_source, manuscript, moment, site_config, site_folder
from newsgen.site.queries import News
from papers import build_site, edition, join_paper, listing, newspaper, page_at, titles, tree

CONFIG = site_config(
    "language: en",
    "tags:",
    "  cau-lac: {title: Cầu Lạc, parent: cau, description: 'Bắc qua sông.'}",
    "  cau: {parent: giao-thong}",
    "  pha: {parent: giao-thong}",
)
PAPER = (
    manuscript("kinh-te/a.md", date=moment("2022-08-01"), title="A", tags=("cầu lạc",)),
    manuscript("kinh-te/b.md", date=moment("2022-08-02"), title="B", tags=("Giao thông", "Cầu Lạc")),
    manuscript("kinh-te/c.md", date=moment("2022-08-03"), title="C", tags=("Phà",)),
    manuscript("kinh-te/d.md", date=moment("2022-08-04"), title="D", tags=("Lúa",)),
)


def test_a_topic_lies_below_its_parent():
    """A topic's address is below those above it, which have pages though no story names them."""
    tags = edition(*PAPER, config=CONFIG).terms["tags"]
    assert {
        "giao-thong": "/topic/giao-thong/",
        "cau": "/topic/giao-thong/cau/",
        "cau-lac": "/topic/giao-thong/cau/cau-lac/",
        "pha": "/topic/giao-thong/pha/",
        "lua": "/topic/lua/",
    } == {tag.id: tag.url for tag in tags.values()}
    assert ("Giao thông", "Cau", "Cầu Lạc") == (tags["giao-thong"].name, tags["cau"].name, tags["cau-lac"].name)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("topic/giao-thong/index.html", ["C", "B", "A"]),
        ("topic/giao-thong/cau/index.html", ["B", "A"]),
        ("topic/giao-thong/cau/cau-lac/index.html", ["B", "A"]),
        ("topic/giao-thong/pha/index.html", ["C"]),
        ("topic/lua/index.html", ["D"]),
    ],
)
def test_an_upper_topic_lists_the_stories_of_those_below(output, expected):
    """Each story stands once in every topic above its own, newest first."""
    assert expected == titles(listing(page_at(newspaper(*PAPER, config=CONFIG), output)).cards)


def test_a_topics_page_shows_its_place():
    """The breadcrumb names all topics above, the page those just below and what newsgen.yaml says of it."""
    site = newspaper(*PAPER, config=CONFIG)
    page = page_at(site, "topic/giao-thong/cau/cau-lac/index.html")
    assert [
        ("Home", "/"),
        ("Giao thông", "/topic/giao-thong/"),
        ("Cau", "/topic/giao-thong/cau/"),
        ("Cầu Lạc", "/topic/giao-thong/cau/cau-lac/"),
    ] == [(crumb.title, crumb.url) for crumb in page.breadcrumb]
    assert "Bắc qua sông." == page.description == listing(page).description
    upper = listing(page_at(site, "topic/giao-thong/index.html"))
    told = News(site.main).subtopics("giao-thong")
    assert ["cau", "pha"] == [tag.id for tag in upper.subtopics] == [tag.id for tag in told]


def test_a_story_keeps_the_topics_that_it_names():
    """A story's own list of topics is what its editor wrote."""
    site = edition(*PAPER, config=CONFIG)
    assert ["Cầu Lạc"] == [tag.name for tag in site.articles[0].tags]


def test_a_topic_may_be_named_by_its_title():
    """With a title in newsgen.yaml a story may name the topic by it, or by what its slug is made of; all are one."""
    config = site_config("tags: {song-lac: {title: Lạc River}}")
    stories = [manuscript(f"a/{n}.md", tags=(name,)) for n, name in enumerate(("Lạc River", "sông Lạc", "lạc river"))]
    site = edition(*stories, config=config)
    assert (["song-lac"], "Lạc River", [0, 1, 2]) == (
        list(site.terms["tags"]),
        site.terms["tags"]["song-lac"].name,
        site.by_term["tags"]["song-lac"],
    )


def test_two_spellings_that_share_an_address_are_still_told():
    """A title excuses itself only: two other names for one slug are an error that names both."""
    config = site_config("tags: {song-lac: {title: Lạc River}}")
    stories = [manuscript(f"a/{n}.md", tags=(name,)) for n, name in enumerate(("Lạc River", "sông Lạc", "sông Lác"))]
    (problem,) = join_paper(*stories, config=config)[1]
    assert ("duplicate-address", "content/a/2.md") == (problem.rule, problem.location.path)
    assert "“sông Lác” and “sông Lạc”" in problem.what


def test_readers_and_machines_are_told(tmp_path):
    """The page links topics below, JSON-LD has the whole way, and the feeds of both topics carry the story."""
    config = config_source("tags: {cau-lac: {parent: giao-thong}}")
    site = site_folder(tmp_path, {"content/kinh-te/a.md": article_source("tags: [Cầu Lạc]", title="Cầu xong")}, config)
    build_site(site)
    paper = tree(site / "build")
    upper, lower = "chu-de/giao-thong", "chu-de/giao-thong/cau-lac"
    assert f'<a href="/{lower}/">Cầu Lạc</a>' in paper[f"{upper}/index.html"].decode()
    graph = json.loads(re.search(r'ld\+json">(.*?)</script>', paper[f"{lower}/index.html"].decode())[1])["@graph"]
    steps = [
        (step["name"], step["item"].removeprefix("https://baolacgiang.example")) for step in graph[0]["itemListElement"]
    ]
    assert [("Trang chủ", "/"), ("Giao thong", f"/{upper}/"), ("Cầu Lạc", f"/{lower}/")] == steps
    for folder in (upper, lower):
        assert ["Cầu xong"] == [entry.title for entry in feedparser.parse(paper[f"{folder}/rss.xml"]).entries]


def test_a_topic_that_moves_below_another_is_followed(tmp_path):
    """After a topic got a parent, or a story another topic, the paper is what a clean build gives."""
    files = {
        "content/kinh-te/a.md": article_source("tags: [Cầu Lạc]", title="A"),
        "content/kinh-te/b.md": article_source("tags: [Phà]", title="B"),
    }
    site = site_folder(tmp_path / "site", files, config_source("tags: {cau-lac: {parent: giao-thong}}"))
    build_site(site)
    (site / "content/kinh-te/b.md").write_text(article_source("tags: [Phà, Cầu Lạc]", title="B"), "utf-8")
    build_site(site)
    build_site(site, output=tmp_path / "clean", clean=True)
    assert tree(tmp_path / "clean") == tree(site / "build")
    (site / "newsgen.yaml").write_text(config_source("tags: {pha: {parent: cau-lac}}"), "utf-8")
    build_site(site)
    build_site(site, output=tmp_path / "clean", clean=True)
    assert tree(tmp_path / "clean") == tree(site / "build")
    assert "chu-de/cau-lac/pha/index.html" in tree(site / "build")


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (1, 2, 0), (2, 1, 0)])
def test_a_topic_in_curly_quotes_is_told_where_it_was_typed(order):
    """Whichever story comes first, those that typed the quotation marks are told, and no other."""
    typed = ["giá vải", "“giá vải”", "«giá vải»"]
    stories = [
        manuscript(f"a/{n}.md", date=moment(f"2022-08-0{n + 1}"), title=typed[i], tags=(typed[i],))
        for n, i in enumerate(order)
    ]
    _, problems = join_paper(*stories)
    told = {(p.rule, p.location.path, p.fix) for p in problems}
    fix = "write `giá vải`, as other stories do"
    assert {("duplicate-address", f"content/a/{order.index(i)}.md", fix) for i in (1, 2)} == told
