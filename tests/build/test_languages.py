"""A paper in two languages: two trees of pages, each whole, each with its own stories, that know one another."""

import json
import re
from dataclasses import replace

import feedparser
import pytest

from builders import NOW, article_source, config_source, moment, page_source, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.commands.explain import explain
from newsgen.commands.stories import survey
from newsgen.core.errors import ContentError
from papers import build_site, tree

CONFIG = config_source(
    "permalink: /{section}/{slug}.html",
    "lists: {page: 2, home_seconds: 1, home_latest: 3}",
    "sections: {kinh-te: {title: Kinh tế}}",
    "languages:",
    "  en:",
    "    title: Lạc Giang News",
    "    description: From both banks",
    "    sections: {kinh-te: {title: Economy}, town: {title: Town}}",
    "    tags: {song-lac: {title: Lạc River}}",
)
FILES = {
    "content/kinh-te/cau.md": article_source("slug: cau", "tags: [Sông Lạc]", "authors: [minh-an]", title="Cầu xong"),
    "content/kinh-te/cau.en.md": article_source("slug: bridge", "tags: [Lạc River]", title="Bridge done"),
    "content/en/town/market.md": article_source(
        "slug: market", "authors: [minh-an]", title="Market moves", date="2022-07-01"
    ),
    "content/kinh-te/ferry.md": article_source("slug: ferry", "lang: en-GB", title="Ferry stops", date="2022-06-01"),
    "content/pages/gioi-thieu.md": page_source("slug: gioi-thieu"),
    "content/en/pages/about.md": page_source("slug: about", "translation_of: gioi-thieu", title="About us"),
    "data/authors/minh-an.yaml": "name: Minh An\n",
    **{
        f"content/kinh-te/tin-{n}.md": article_source(f"slug: tin-{n}", title=f"Tin số {n}", date=f"2022-05-0{n}")
        for n in range(1, 6)
    },
}


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """Every output of the paper, and the folder it was built in."""
    site = site_folder(tmp_path_factory.mktemp("paper"), FILES, CONFIG)
    build_site(site)
    return tree(site / "build")


def page(paper, output):
    return paper[output].decode()


def switch(text):
    """Where the masthead's link to the other language leads."""
    return re.findall(r'<li><a href="([^"]*)" hreflang="(\w+)" lang="\w+"', text)


def alternates(text):
    """What the head says of versions: language → address."""
    return dict(
        re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="https://baolacgiang.example([^"]*)">', text)
    )


def headlines(text):
    return re.findall(r'class="headline"><a href="([^"]*)"', text)


def test_each_language_has_its_own_tree(paper):
    """Stories lie below their language's folder, by folder, by name and by field; lists are there in both."""
    english = {name for name in paper if name.startswith("en/") and name.endswith(".html")}
    assert {
        "en/404.html",
        "en/about.html",
        "en/archive/2022/06/index.html",
        "en/archive/2022/07/index.html",
        "en/archive/2022/08/index.html",
        "en/archive/2022/index.html",
        "en/archive/index.html",
        "en/author/minh-an/index.html",
        "en/corrections/index.html",
        "en/index.html",
        "en/kinh-te/bridge.html",
        "en/kinh-te/ferry.html",
        "en/kinh-te/index.html",
        "en/latest/index.html",
        "en/topic/song-lac/index.html",
        "en/town/index.html",
        "en/town/market.html",
    } == english


def test_lists_hold_one_language_only(paper):
    """The front page, the latest and the author's page of a language show its own stories, and all of them."""
    english = ["/en/kinh-te/bridge.html", "/en/town/market.html", "/en/kinh-te/ferry.html"]
    assert english == headlines(page(paper, "en/latest/index.html"))
    assert set(english) == set(headlines(page(paper, "en/index.html")))
    assert english[1:2] == headlines(page(paper, "en/author/minh-an/index.html"))
    vietnamese = [name for name in paper if not name.startswith("en/") and name.endswith("index.html")]
    assert [] == [name for name in vietnamese if "/en/" in "".join(headlines(page(paper, name)))]
    assert ["/kinh-te/cau.html"] == headlines(page(paper, "tac-gia/minh-an/index.html"))


def test_a_page_speaks_its_language(paper):
    """Interface, dates, menu, title and data of an English page are English; the Vietnamese ones stay as they are."""
    text = page(paper, "en/kinh-te/bridge.html")
    for part in (
        '<html lang="en" dir="ltr">',
        "Bridge done – Lạc Giang News</title>",
        "Published 7 August 2022",
        '<a href="/en/town/">Town</a>',
        '<a href="/en/kinh-te/" aria-current="true">Economy</a>',
        "Latest news",
        '<meta property="og:locale" content="en_US">',
        '"inLanguage":"en"',
        '<a href="/en/topic/song-lac/" rel="tag">Lạc River</a>',
    ):
        assert part in text
    assert "Tin mới nhất" not in text
    text = page(paper, "kinh-te/cau.html")
    assert '<html lang="vi" dir="ltr">' in text
    assert "Đăng ngày 07 - 08 - 2022" in text
    home = json.loads(re.search(r'ld\+json">(.*?)</script>', page(paper, "en/index.html"))[1])["@graph"][1]
    assert ("en", "Lạc Giang News", "https://baolacgiang.example/en/") == (
        home["inLanguage"],
        home["name"],
        home["url"],
    )


@pytest.mark.parametrize(
    ("vi", "en", "addresses"),
    [
        ("index.html", "en/index.html", ("/", "/en/")),
        ("kinh-te/cau.html", "en/kinh-te/bridge.html", ("/kinh-te/cau.html", "/en/kinh-te/bridge.html")),
        ("kinh-te/index.html", "en/kinh-te/index.html", ("/kinh-te/", "/en/kinh-te/")),
        ("chu-de/song-lac/index.html", "en/topic/song-lac/index.html", ("/chu-de/song-lac/", "/en/topic/song-lac/")),
        ("tac-gia/minh-an/index.html", "en/author/minh-an/index.html", ("/tac-gia/minh-an/", "/en/author/minh-an/")),
        ("gioi-thieu.html", "en/about.html", ("/gioi-thieu.html", "/en/about.html")),
        ("tin-moi-nhat/index.html", "en/latest/index.html", ("/tin-moi-nhat/", "/en/latest/")),
        ("luu-tru/index.html", "en/archive/index.html", ("/luu-tru/", "/en/archive/")),
        ("dinh-chinh/index.html", "en/corrections/index.html", ("/dinh-chinh/", "/en/corrections/")),
    ],
)
def test_pairs_know_one_another(paper, vi, en, addresses):
    """Both pages of a pair name both in their heads, the main language's as the default; the switch leads across."""
    expected = {"vi": addresses[0], "en": addresses[1], "x-default": addresses[0]}
    assert expected == alternates(page(paper, vi))
    assert expected == alternates(page(paper, en))
    assert [(addresses[1], "en")] == switch(page(paper, vi))
    assert [(addresses[0], "vi")] == switch(page(paper, en))


def test_a_version_in_a_regional_form_is_found(tmp_path):
    """A story in en-GB is the English version to which the switch leads, and hreflang tells its region."""
    files = {
        "content/a/cau.md": article_source("slug: cau", "lang: vi-VN", title="Cầu"),
        "content/a/pier.md": article_source("slug: pier", "lang: en-GB", "translation_of: cau", title="Pier"),
    }
    site = site_folder(tmp_path, files, CONFIG)
    build_site(site)
    paper = tree(site / "build")
    expected = {"vi-VN": "/a/cau.html", "en-GB": "/en/a/pier.html", "x-default": "/a/cau.html"}
    assert (expected, [("/en/a/pier.html", "en")]) == (
        alternates(page(paper, "a/cau.html")),
        switch(page(paper, "a/cau.html")),
    )
    assert (expected, [("/a/cau.html", "vi")]) == (
        alternates(page(paper, "en/a/pier.html")),
        switch(page(paper, "en/a/pier.html")),
    )


@pytest.mark.parametrize(
    ("output", "leads"),
    [
        ("en/town/market.html", [("/", "vi")]),
        ("en/town/index.html", [("/", "vi")]),
        ("kinh-te/tin-1.html", [("/en/", "en")]),
        ("tin-moi-nhat/trang/1/index.html", [("/en/", "en")]),
        ("404.html", [("/en/", "en")]),
    ],
)
def test_a_page_without_a_pair_leads_to_the_other_front(paper, output, leads):
    """Where the other language has no such page, the switch leads to its front page and the head says nothing."""
    assert leads == switch(page(paper, output))
    assert {} == alternates(page(paper, output))


def test_footnotes_lead_back_in_their_language(tmp_path):
    """The way back from a footnote is named in the story's language."""
    note = "Cầu[^1] xong.\n\n[^1]: Ở Vân Hải.\n"
    files = {
        "content/en/a.md": article_source("slug: pier", title="Pier", body=note),
        "content/b.md": article_source("slug: ben", body=note),
    }
    site = site_folder(tmp_path, files, CONFIG)
    build_site(site)
    paper = tree(site / "build")
    assert "Back to note 1 in the text" in page(paper, "en/pier.html")
    assert "Trở lại chỗ chú thích 1 trong bài" in page(paper, "ben.html")


def test_an_embargoed_version_is_a_secret_in_both_languages(tmp_path):
    """Until its embargo ends nothing of an English version is told, not even by the story that it is a version of."""
    text = article_source("slug: bridge-opens-early", "embargo: 2022-08-08 10:00", title="Bridge will open early")
    site = site_folder(tmp_path, {**FILES, "content/kinh-te/cau.en.md": text}, CONFIG)
    build_site(site)
    assert [] == [
        name for name, data in tree(site / "build").items() if b"open early" in data or b"opens-early" in data
    ]
    build_site(site, at=moment("2022-08-08 10:00"))
    assert "/en/kinh-te/bridge-opens-early.html" in page(tree(site / "build"), "kinh-te/cau.html")


def test_each_language_has_its_own_feeds_and_files(paper):
    """Feeds, sitemaps, the news sitemap and latest.json of a language hold its stories and name its front page."""
    feed = feedparser.parse(paper["en/rss.xml"])
    assert ("Lạc Giang News", "en", "https://baolacgiang.example/en/") == (
        feed.feed.title,
        feed.feed.language,
        feed.feed.link,
    )
    assert ["Bridge done", "Market moves", "Ferry stops"] == [entry.title for entry in feed.entries]
    assert "Bridge" not in feedparser.parse(paper["rss.xml"]).entries[0].title
    assert {"en/kinh-te/rss.xml", "en/town/atom.xml", "en/topic/song-lac/rss.xml"} <= paper.keys()
    latest = json.loads(paper["en/latest.json"])
    assert ("en", "https://baolacgiang.example/en/", 3) == (latest["language"], latest["url"], len(latest["stories"]))
    assert b"https://baolacgiang.example/en/sitemap-2022.xml" in paper["en/sitemap.xml"]
    assert b"/kinh-te/cau.html" not in paper["en/sitemap-2022.xml"]
    assert b"<news:name>L\xe1\xba\xa1c Giang News</news:name>" in paper["en/sitemap-news.xml"]
    assert b"Sitemap: https://baolacgiang.example/en/sitemap.xml" in paper["robots.txt"]
    assert set() == {"en/robots.txt", "en/_headers", "en/_redirects"} & paper.keys()


def test_partners_feeds_belong_to_the_language_that_names_them(tmp_path):
    """Partners of the main language get its stories; a language's own feeds have its own partners."""
    config = CONFIG + "    feeds: {partners: {abroad: {sections: [town]}}, sections: []}\n"
    config += "feeds: {partners: {ban: {sections: [kinh-te]}}}\n"
    site = site_folder(tmp_path, FILES, config)
    build_site(site)
    paper = tree(site / "build")
    assert ["Market moves"] == [e.title for e in feedparser.parse(paper["en/feeds/abroad/rss.xml"]).entries]
    assert "Cầu xong" == feedparser.parse(paper["feeds/ban/rss.xml"]).entries[0].title
    assert {"en/feeds/ban/rss.xml", "feeds/abroad/rss.xml", "en/town/rss.xml"}.isdisjoint(paper)


def test_authors_and_breaking_news_speak_the_language(tmp_path):
    """An author's English file counts on English pages, with the photograph of the other; so does the banner."""
    files = {
        **FILES,
        "data/authors/minh-an.yaml": "name: Minh An\nrole: Phóng viên\nphoto: /anh.png\n",
        "data/en/authors/minh-an.yaml": "name: Minh An\nrole: Reporter\n",
        "data/en/breaking.yaml": "text: Storm ashore\nend: 2022-08-08 10:00\n",
        "static/anh.png": png(),
    }
    site = site_folder(tmp_path, files, CONFIG)
    build_site(site)
    paper = tree(site / "build")
    english, vietnamese = page(paper, "en/author/minh-an/index.html"), page(paper, "tac-gia/minh-an/index.html")
    assert (True, True, True) == ("Reporter" in english, "/anh.png" in english, "Storm ashore" in english)
    assert (True, False) == ("Phóng viên" in vietnamese, "Storm ashore" in vietnamese)
    due = survey(site, NOW).find_due().coming
    assert [("banner ends", "data/en/breaking.yaml")] == [(i.what, i.source) for i in due if "banner" in i.what]
    kept = build_site(site, at=moment("2022-08-08 09:59"))
    assert 0 == kept.made
    build_site(site, at=moment("2022-08-08 10:00"))
    assert not any(b"Storm ashore" in data for data in tree(site / "build").values())


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("data/en/breaking.yaml", "text: A\nurl: x\n", "data/en/breaking.yaml:2:6"),
        ("data/en/authors/a.yaml", "nmae: A\n", "data/en/authors/a.yaml:1:1"),
    ],
)
def test_a_fault_in_a_languages_data_is_told_there(tmp_path, path, text, place):
    """What is wrong in data/en/ is told with its own file and line."""
    with pytest.raises(ContentError) as caught:
        build_site(site_folder(tmp_path, {**FILES, path: text}, CONFIG))
    assert place in [str(problem.location) for problem in caught.value.problems]


EDITS = {
    "an English story": ("content/en/town/new.md", article_source("slug: new", title="New pier", date="2022-08-06")),
    "a Vietnamese story": ("content/kinh-te/moi.md", article_source("slug: moi", title="Tin mới", date="2022-08-06")),
    "a version's title": ("content/kinh-te/cau.en.md", article_source("slug: bridge", title="Bridge open")),
    "no version any more": ("content/kinh-te/cau.en.md", article_source("slug: bridge", "status: draft", title="B")),
    "a section with a pair": (
        "content/town/cho.md",
        article_source("slug: cho", title="Chợ dời", date="2022-05-09"),
    ),
    "another language": ("content/en/town/market.md", None),
    "a banner": ("data/breaking.yaml", "text: Bão vào bờ\n"),
    "an English banner": ("data/en/breaking.yaml", "text: Storm ashore\n"),
    "an English role": ("data/en/authors/minh-an.yaml", "name: Minh An\nrole: Reporter\n"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_incremental_build_is_a_clean_one(tmp_path, name):
    """After an edit in either language the paper is what a clean build gives, and a build after it keeps all."""
    site = site_folder(tmp_path / "site", FILES, CONFIG)
    options = BuildOptions(site, site / "build", NOW, jobs=1)
    build(options)
    path, text = EDITS[name]
    if text is None:
        (site / path).unlink()
    else:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
    report = build(options)
    assert 0 < report.made < report.pages
    build(replace(options, output=tmp_path / "clean", clean=True))
    assert tree(tmp_path / "clean") == tree(site / "build")


def test_a_story_of_one_language_leaves_the_others_pages_alone(tmp_path):
    """Publishing an English story that is no version makes no Vietnamese page again."""
    site = site_folder(tmp_path, {**FILES, "static/logo.png": png()}, CONFIG + "latest: {mode: fragment}\n")
    build_site(site)
    path, text = EDITS["an English story"]
    (site / path).write_text(text, "utf-8")
    report = build_site(site)
    changed = {change.url for change in report.addresses}
    assert "/en/town/new.html" in changed
    assert [] == [url for url in changed if not url.startswith("/en/")]


def test_what_a_page_asked_is_told_with_its_language(tmp_path):
    """`explain` tells the questions of an English page, with answers of the English paper."""
    site = site_folder(tmp_path, FILES, CONFIG)
    build_site(site)
    told = explain(site, site / "build", "/en/kinh-te/bridge.html", NOW)
    answers = {one.asked: one.answer for one in told.questions}
    assert "Economy" in answers["the sections, in “en”"]
    assert () == told.coming
