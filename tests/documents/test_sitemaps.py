"""Sitemaps within the limits of sitemaps.org and Google."""

import dataclasses
from datetime import timedelta

import pytest
from msgspec.structs import replace

from builders import NOW, article, article_source, manuscript, moment, site_config, site_folder
from newsgen.core.text import squeeze
from newsgen.documents.queries import DocumentQueries
from newsgen.documents.sitemaps import write
from newsgen.documents.xml import NO_CHARACTER
from newsgen.model.pages import SitemapEntry
from newsgen.model.pictures import Picture
from newsgen.site.sitemap_parts import LIMITS, Limits, split, split_years
from papers import build_site, documents, newspaper, tree, weekly
from written_documents import SITEMAP, every_title, parsed, written

URL = "https://baolacgiang.example"


def archive(**years):
    """A newspaper of as many stories a year, with short addresses: y2021=3."""
    one, articles = article(), []
    for name, count in years.items():
        first = moment(f"{name[1:]}-01-01")
        for n in range(count):
            card = replace(one.card, url=f"/{name}/{n}.html", date=first + timedelta(minutes=n))
            articles.append(replace(one, card=card))
    paper = newspaper(manuscript())
    return dataclasses.replace(paper, editions={"": dataclasses.replace(paper.main, articles=tuple(articles))})


def locations(data):
    """The addresses of a sitemap or index."""
    return [
        node.text
        for node in parsed(data, SITEMAP).findall("{*}url/{*}loc") or parsed(data).findall("{*}sitemap/{*}loc")
    ]


def test_a_large_archive_is_split():
    """A year of 70,000 addresses is in two sitemaps of at most 50,000 and 50 MB."""
    listed = [SitemapEntry(f"/y2021/{n}.html", NOW) for n in range(70_000)]
    assert LIMITS.addresses <= 50_000
    assert LIMITS.bytes <= 52_428_800
    assert [(0, 50_000), (50_000, 70_000)] == split(listed, URL)


def test_the_parts_of_an_archive_are_in_the_index(monkeypatch):
    """Twelve addresses are in three sitemaps of at most five, each address once, and the index names the sitemaps."""
    monkeypatch.setattr(split_years, "__defaults__", (Limits(addresses=5),))
    site = archive(y2021=7, y2022=5)
    names = ["sitemap-2021.xml", "sitemap-2021-2.xml", "sitemap-2022.xml"]
    found = [locations(written(site, name)) for name in names]
    assert [5, 2, 5] == [len(one) for one in found]
    assert 12 == len({address for one in found for address in one})
    assert f"{URL}/y2021/5.html" == found[1][0]
    assert [f"{URL}/{name}" for name in names] == [
        one for one in locations(written(site, "sitemap.xml")) if "-20" in one
    ]


@pytest.mark.parametrize(
    ("count", "limits", "expected"),
    [
        (0, Limits(), []),
        (3, Limits(), [(0, 3)]),
        (5, Limits(addresses=2), [(0, 2), (2, 4), (4, 5)]),
        (3, Limits(bytes=1), [(0, 1), (1, 2), (2, 3)]),
    ],
)
def test_lists_are_cut_at_the_limits(count, limits, expected):
    """A sitemap takes as many addresses as fit by count and by bytes, one at least."""
    assert expected == split([SitemapEntry(f"/{n}.html") for n in range(count)], URL, limits)


def test_bytes_are_never_more_than_counted():
    """What is reckoned for an address is at least what it takes, whatever has to be escaped."""
    entries = [SitemapEntry("/a.html", NOW, f"https://ảnh.example/{'&<' * 200}.jpg")] * 50
    limit = 40_000
    site = archive(y2022=1)
    for first, last in split(entries, URL, Limits(bytes=limit)):
        output = documents(site)["sitemap-pages.xml"]
        part = replace(output.subject, listed=tuple(entries[first:last]))
        assert len(write(replace(output, subject=part), DocumentQueries(site))) < limit + 4096


def test_a_sitemap_tells_changes_and_pictures():
    """A story has the moment of its last change and its picture, and the index the latest of them."""
    site = newspaper(
        manuscript("a/a.md", date=moment("2022-01-02 03:04"), updated=moment("2022-02-03 04:05")),
        manuscript("a/b.md", date=moment("2022-01-05")),
        pictures={"content/a/a.md": Picture("/a/a.jpg")},
    )
    root = parsed(written(site, "sitemap-2022.xml"), SITEMAP)
    assert ["2022-02-03T04:05:00+07:00", "2022-01-05T00:00:00+07:00"] == [
        n.text for n in root.findall("{*}url/{*}lastmod")
    ]
    assert [f"{URL}/a/a.jpg"] == [n.text for n in root.iter("{http://www.google.com/schemas/sitemap-image/1.1}loc")]
    index = parsed(written(site, "sitemap.xml"), SITEMAP)
    assert ["2022-02-03T04:05:00+07:00"] == [n.text for n in index.findall("{*}sitemap/{*}lastmod")]


def test_pages_that_are_no_stories_have_a_sitemap():
    """Fronts of lists and standing pages are listed; numbered pages, 404 and documents are not."""
    config = site_config("language: en", "lists: {page: 1}")
    site = newspaper(
        *(manuscript(f"a/{n}.md", slug=f"s{n}") for n in range(3)), manuscript("pages/lien-he.md"), config=config
    )
    found = [one.removeprefix(URL) for one in locations(written(site, "sitemap-pages.xml"))]
    assert [
        "/",
        "/latest/",
        "/a/",
        "/archive/",
        "/archive/2022/",
        "/archive/2022/08/",
        "/lien-he.html",
        "/corrections/",
    ] == found


@pytest.mark.parametrize(("hours", "shown"), [(0, True), (47.9, True), (48, False), (49, False)])
def test_news_are_of_two_days(hours, shown):
    """A story is in the news sitemap until 48 hours after its first publication, whenever it was updated."""
    first = NOW - timedelta(hours=hours)
    site = newspaper(manuscript("a/a.md", title="Tin", date=first, updated=NOW))
    root = parsed(written(site, "sitemap-news.xml"), SITEMAP)
    space = "{http://www.google.com/schemas/sitemap-news/0.9}"
    expected = [["Báo Lạc Giang", "vi", first.isoformat(), "Tin"]] if shown else []
    names = ("name", "language", "publication_date", "title")
    assert expected == [[next(url.iter(space + name)).text for name in names] for url in root]


@pytest.mark.parametrize(("hours", "shown"), [(1, True), (47, True), (48, False)])
def test_an_embargoed_story_is_news_from_the_end_of_its_embargo(hours, shown):
    """However long ago its date was, it is told with the moment at which it could first be read, in order of that."""
    ended = NOW - timedelta(hours=hours)
    held = replace(manuscript("a/a.md", title="Giữ lại", date=NOW - timedelta(days=9)), embargo=ended)
    soon = replace(manuscript("a/b.md", title="Mở ngay", date=NOW), embargo=NOW - timedelta(days=1))
    site = newspaper(held, soon, manuscript("a/c.md", title="Hôm qua", date=NOW - timedelta(hours=30)))
    root = parsed(written(site, "sitemap-news.xml"), SITEMAP)
    space = "{http://www.google.com/schemas/sitemap-news/0.9}"
    told = dict(
        zip(
            (one.text for one in root.iter(f"{space}title")),
            (one.text for one in root.iter(f"{space}publication_date")),
            strict=True,
        )
    )
    expected = sorted(
        [("Mở ngay", NOW), ("Hôm qua", NOW - timedelta(hours=30)), *([("Giữ lại", ended)] if shown else [])],
        key=lambda one: one[1],
        reverse=True,
    )
    assert [(title, at.isoformat()) for title, at in expected] == list(told.items())


def test_more_than_a_thousand_news_are_in_several_files():
    """A news sitemap holds 1,000 stories at most, the newest in the first, and the index names all."""
    site = newspaper(*(manuscript(f"a/{n}.md", slug=f"s{n}", date=NOW - timedelta(minutes=n)) for n in range(1001)))
    assert [1000, 1] == [len(locations(written(site, name))) for name in ("sitemap-news.xml", "sitemap-news-2.xml")]
    assert f"{URL}/sitemap-news-2.xml" in locations(written(site, "sitemap.xml"))


def test_every_character_survives_in_the_news():
    """Titles of every character that XML can hold reach a strict parser."""
    titles = [squeeze(title) for title in every_title()]
    stories = [manuscript(f"a/{n:03}.md", title=title, slug=f"s{n}") for n, title in enumerate(titles)]
    root = parsed(written(newspaper(*stories), "sitemap-news.xml"))
    found = [node.text for node in root.iter("{http://www.google.com/schemas/sitemap-news/0.9}title")]
    assert [NO_CHARACTER.sub("\ufffd", title) for title in titles] == found[::-1]


def test_an_old_sitemap_stays_as_it_is_and_news_leave_in_time(tmp_path):
    """A new story changes no older year's sitemap; a day passing changes the news sitemap as in a clean build."""
    site = site_folder(tmp_path, {**weekly(), "content/xa-hoi/cu.md": article_source(date="2019-01-02")})
    build_site(site)
    before = tree(site / "build")
    site_folder(site, {"content/xa-hoi/moi.md": article_source(title="Mới", date="2022-08-06")})
    build_site(site)
    published = tree(site / "build")
    assert before["sitemap-2019.xml"] == published["sitemap-2019.xml"]
    assert before["sitemap-2022.xml"] != published["sitemap-2022.xml"]
    assert b"moi.html" in published["sitemap-news.xml"]
    build_site(site, at=NOW + timedelta(days=1))
    later = tree(site / "build")
    assert b"moi.html" not in later["sitemap-news.xml"]
    build_site(site, at=NOW + timedelta(days=1), clean=True)
    assert later == tree(site / "build")


def test_the_news_sitemap_is_listed_while_there_is_news():
    """After two quiet days the empty news sitemap, which is invalid, is in no index."""
    found = [
        f"{URL}/sitemap-news.xml"
        in locations(written(newspaper(manuscript(date=NOW), now=NOW + timedelta(hours=hours)), "sitemap.xml"))
        for hours in (1, 47, 49)
    ]
    assert [True, True, False] == found
