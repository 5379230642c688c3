"""Feeds in three formats, read by a parser that others wrote and held to the rules of each format."""

import json
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from msgspec.structs import replace

from builders import NOW, article_source, author, config_source, manuscript, moment, png, site_config, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.content.address_file import HEAD
from newsgen.core.errors import ContentError
from newsgen.core.text import squeeze
from newsgen.core.urls import read_srcset, write_srcset
from newsgen.documents.xml import NO_CHARACTER
from newsgen.model.manuscripts import ImageField, Reference
from newsgen.model.pictures import Picture
from papers import ENGLISH, build_site, documents, newspaper, page_at, tree, weekly
from written_documents import ATOM, every_title, parsed, written

PICTURE = Picture("/kinh-te/nhan.jpg", "Vườn nhãn", "Nhãn chín.", "Ảnh: Ngọc Hà", 1200, 800)
FORMS = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}


def paper(*lines):
    """Two stories in two sections, the newer one with all that a story may have."""
    return newspaper(
        manuscript("xa-hoi/de.md", title="Kè & đê <mới>", date=moment("2022-08-01 06:00")),
        manuscript(
            "kinh-te/nhan.md",
            title="Nhãn muộn",
            date=moment("2022-08-06 07:30"),
            updated=moment("2022-08-07 06:00"),
            tags=("lúa", "nhãn"),
            authors=("thu-trang", "Bảo Long"),
            image=ImageField("nhan.jpg", "", "", "", 1, 1),
        ),
        config=site_config(ENGLISH, *lines),
        people=[author()],
        pictures={"content/kinh-te/nhan.md": PICTURE},
    )


def entries(site, output, **more):
    """A feed as feedparser reads it, which must find nothing to complain of."""
    found = feedparser.parse(written(site, output, **more))
    assert not found.bozo, found.bozo_exception
    return found


@pytest.mark.parametrize(
    ("folder", "forms"),
    [("", "rss atom json"), ("kinh-te/", "rss atom"), ("topic/lua/", "rss"), ("author/thu-trang/", "rss")],
)
def test_every_list_has_its_feeds(folder, forms):
    """The site has all formats, each section RSS and Atom, each tag and author RSS, beside the list's own page."""
    outputs = documents(paper()).keys()
    found = {form for form, name in FORMS.items() if f"{folder}{name}" in outputs}
    assert set(forms.split()) == found


def test_newsgen_yaml_chooses_the_formats():
    """A list of formats replaces newsgen's own; an empty one makes no feed."""
    site = paper("feeds: {site: [atom], sections: [], tags: [json], authors: [], corrections: []}")
    outputs = {output for output, one in documents(site).items() if one.document == "feeds"}
    assert {"atom.xml", "topic/lua/feed.json", "topic/nhan/feed.json"} == outputs


@pytest.mark.parametrize("output", ["rss.xml", "atom.xml"])
def test_a_feed_is_read_as_it_was_meant(output):
    """A parser finds each story with its address, moments, names, topics and summary, newest first."""
    found = entries(paper(), output)
    assert ("Báo Lạc Giang", "https://baolacgiang.example/") == (found.feed.title, found.feed.link)
    newest, older = found.entries
    assert ["Nhãn muộn", "Kè & đê <mới>"] == [newest.title, older.title]
    address = "https://baolacgiang.example/kinh-te/2022/08/nhan.html"
    assert (address, address) == (newest.link, newest.id)
    assert (2022, 8, 6, 0, 30) == newest.published_parsed[:5]
    assert {"thu-trang", "Bảo Long"} >= {one.name for one in newest.authors} - {"Thu Trang"}
    assert {"lúa", "nhãn"} <= {tag.label or tag.term for tag in newest.tags}
    assert "Nhà vườn vào vụ." == newest.summary


def test_a_picture_is_an_enclosure_with_length_and_type():
    """RSS tells the picture as enclosure and as media:content with its size, caption and credit."""
    newest = entries(paper(), "rss.xml", length=4321).entries[0]
    src = "https://baolacgiang.example/kinh-te/nhan.jpg"
    assert [(src, "4321", "image/jpeg")] == [(one.href, one.length, one.type) for one in newest.enclosures]
    media = newest.media_content[0]
    assert (src, "1200", "800", "4321") == (media["url"], media["width"], media["height"], media["filesize"])
    assert "Ảnh: Ngọc Hà" == newest.media_credit[0]["content"]


def test_a_picture_of_unknown_length_is_an_enclosure_of_length_zero():
    """RSS wants a length of an enclosure, and 0 says that it is not known."""
    newest = entries(paper(), "rss.xml").entries[0]
    assert ["0"] == [one.length for one in newest.enclosures]
    assert ["filesize" in one for one in newest.media_content] == [False]


def test_rss_keeps_its_rules():
    """RSS 2.0: one channel with title, link and description; dates by RFC 822; guid a permalink; self and hub links."""
    site = paper("feeds: {hub: 'https://hub.example/'}")
    root = parsed(written(site, "kinh-te/rss.xml"))
    assert ("rss", "2.0") == (root.tag, root.get("version"))
    (channel,) = root
    assert ["Kinh te – Báo Lạc Giang", "https://baolacgiang.example/kinh-te/", "en"] == [
        channel.findtext(name) for name in ("title", "link", "language")
    ]
    assert channel.findtext("description")
    links = {one.get("rel"): one.get("href") for one in channel.findall("{http://www.w3.org/2005/Atom}link")}
    assert {"self": "https://baolacgiang.example/kinh-te/rss.xml", "hub": "https://hub.example/"} == links
    (item,) = channel.findall("item")
    assert "true" == item.find("guid").get("isPermaLink")
    assert moment("2022-08-06 07:30") == parsedate_to_datetime(item.findtext("pubDate"))
    assert moment("2022-08-07 06:00") == parsedate_to_datetime(channel.findtext("lastBuildDate"))
    assert item.find("author") is None, "RSS wants an e-mail address there"


@pytest.mark.parametrize("output", ["atom.xml", "kinh-te/atom.xml"])
@pytest.mark.parametrize("content", ["summary", "full"])
def test_atom_keeps_its_schema(output, content):
    """An Atom feed is what RFC 4287 describes, and its newest change is when it was updated."""
    site = paper(f"feeds: {{content: {content}, hub: 'https://hub.example/'}}")
    bodies = {f"content/{name}.md": "<p>Một.</p>" for name in ("kinh-te/nhan", "xa-hoi/de")}
    root = parsed(written(site, output, bodies, 99), ATOM)
    assert moment("2022-08-07 06:00").isoformat() == root.findtext("{*}updated")
    assert (content == "full") == (root.find("{*}entry/{*}content") is not None)


def test_an_empty_feed_is_whole():
    """A section without a story has feeds too, which tell the date of the paper's first story, no time of a build."""
    site = paper("sections: {van-hoa: {title: Văn hóa}}")
    root = parsed(written(site, "van-hoa/atom.xml"), ATOM)
    oldest = min(one.date for one in site.main.articles)
    assert oldest.isoformat() == root.findtext("{*}updated")
    assert [] == entries(site, "van-hoa/rss.xml").entries
    root = parsed(written(newspaper(config=site_config(ENGLISH)), "atom.xml"), ATOM)
    assert "1970-01-01T00:00:00+00:00" == root.findtext("{*}updated")


def test_json_feed_keeps_its_rules():
    """JSON Feed 1.1: version, title, items with id and content, dates with zone, authors as a list."""
    found = json.loads(written(paper("feeds: {hub: 'https://hub.example/'}"), "feed.json", length=5))
    assert ("https://jsonfeed.org/version/1.1", "Báo Lạc Giang", "en") == (
        found["version"],
        found["title"],
        found["language"],
    )
    assert "https://baolacgiang.example/feed.json" == found["feed_url"]
    assert [{"type": "WebSub", "url": "https://hub.example/"}] == found["hubs"]
    newest, older = found["items"]
    assert "https://baolacgiang.example/kinh-te/2022/08/nhan.html" == newest["id"] == newest["url"]
    assert ("2022-08-06T07:30:00+07:00", "2022-08-07T06:00:00+07:00") == (
        newest["date_published"],
        newest["date_modified"],
    )
    assert ["Thu Trang", "Bảo Long"] == [one["name"] for one in newest["authors"]]
    assert ("Nhà vườn vào vụ.", "vi") == (older["content_text"], older["language"])
    assert 5 == newest["attachments"][0]["size_in_bytes"]


def test_full_text_has_whole_addresses():
    """In a body every address gets scheme and host, also one inside the story; nothing loads lazily."""
    html = '<p id="x"><a href="/a.html">a</a><a href="#x">b</a><a href="https://c.example/">c</a></p>'
    html += '<img src="/kinh-te/1.png" alt="href=&quot;/no&quot;" loading="lazy"> href="/text"'
    site = paper("feeds: {content: full}")
    bodies = {"content/kinh-te/nhan.md": html, "content/xa-hoi/de.md": ""}
    found = json.loads(written(site, "feed.json", bodies))["items"][0]["content_html"]
    here, own = "https://baolacgiang.example", "/kinh-te/2022/08/nhan.html#x"
    for part in (f'href="{here}/a.html"', f'href="{here}{own}"', f'src="{here}/kinh-te/1.png"', "https://c.example/"):
        assert part in found
    assert "lazy" not in found
    assert 'alt="href=&quot;/no&quot;"' in found
    assert ' href="/text"' in found


PARTNERS = """feeds:
  partners:
    bao-ban: {title: Cho bạn đọc, sections: [kinh-te], size: 1, format: atom}
    the-gioi: {tags: [lua], content: summary}
    chung: {sections: [xa-hoi], tags: [lua], content: summary, format: json}
"""


def test_a_partner_gets_its_own_selection():
    """A partner's feed has its stories only, as many as it wants, in its format; its own page is not linked."""
    bodies = {"content/kinh-te/nhan.md": "<p>Trọn vẹn.</p>"}
    root = parsed(written(paper(PARTNERS), "feeds/bao-ban/atom.xml", bodies), ATOM)
    assert ("Cho bạn đọc", ["Nhãn muộn"]) == (
        root.findtext("{*}title"),
        [e.text for e in root.findall("{*}entry/{*}title")],
    )
    assert "<p>Trọn vẹn.</p>" == root.findtext("{*}entry/{*}content")
    assert ["Nhãn muộn"] == [one.title for one in entries(paper(PARTNERS), "feeds/the-gioi/rss.xml").entries]
    assert [] == json.loads(written(paper(PARTNERS), "feeds/chung/feed.json"))["items"]


def test_a_partner_gets_stories_by_terms_of_own_taxonomies():
    """A story must have one of the terms of each taxonomy that is named; a term has the stories of those below it."""
    own = [
        "taxonomies:",
        "  noi: {terms: {van-hai: {parent: lac-giang}}}",
        "  de_tai: {}",
        "feeds:",
        "  partners:",
        "    mot: {content: summary, taxonomies: {noi: [lac-giang]}}",
        "    hai: {content: summary, taxonomies: {noi: [van-hai, hue], de_tai: [lua]}}",
        "    ba: {content: summary, sections: [xa-hoi], taxonomies: {noi: [hue]}}",
    ]
    config = site_config("\n".join(own))

    def story(name, **terms):
        named = {taxonomy: tuple(Reference(text, 1, 1) for text in texts) for taxonomy, texts in terms.items()}
        return replace(manuscript(f"kinh-te/{name}.md", title=name), other_terms=named)

    stories = [story("a", noi=["Vân Hải"]), story("b", noi=["Huế"], de_tai=["Lúa"]), story("c", de_tai=["Lúa"])]
    site = newspaper(*stories, config=config)
    told = {
        name: [one.title for one in entries(site, f"feeds/{name}/rss.xml").entries] for name in ("mot", "hai", "ba")
    }
    assert {"mot": ["a"], "hai": ["b"], "ba": []} == told


@pytest.mark.parametrize("output", ["rss.xml", "atom.xml", "feed.json"])
def test_every_character_survives(output):
    """Titles of every character reach strict parsers; what XML cannot hold arrives as U+FFFD."""
    titles = [squeeze(title) for title in every_title()]
    stories = [manuscript(f"a/{n:03}.md", title=title, slug=f"s{n}") for n, title in enumerate(titles)]
    data = written(newspaper(*stories, config=site_config("feeds: {size: 1000}")), output)
    if output == "feed.json":
        found = [item["title"] for item in json.loads(data)["items"]]
        assert titles == found[::-1]
    else:
        found = [
            node.text
            for node in parsed(data).findall(".//{*}item/title" if "rss" in output else ".//{*}entry/{*}title")
        ]
        assert [NO_CHARACTER.sub("\ufffd", title) for title in titles] == found[::-1]


def test_pages_name_their_feeds(tmp_path):
    """The home page links to the site's feeds, a section, a tag and a story to those of their list."""
    site = paper()
    expected = {
        "index.html": ["/rss.xml", "/atom.xml", "/feed.json"],
        "kinh-te/index.html": ["/kinh-te/rss.xml", "/kinh-te/atom.xml"],
        "topic/lua/index.html": ["/topic/lua/rss.xml"],
        "kinh-te/2022/08/nhan.html": ["/kinh-te/rss.xml", "/kinh-te/atom.xml"],
    }
    assert expected == {output: [feed.url for feed in page_at(site, output).feeds] for output in expected}


FULL = "title: Báo\nurl: https://baolacgiang.example/bao\nfeeds: {content: full}\nmachines: {article_json: true}\n"


def test_one_edited_body_rewrites_its_page_and_the_feeds_that_carry_it(tmp_path):
    """With whole texts in feeds an edited body changes its page, its JSON and the feeds it is in, as a clean build."""
    site = site_folder(tmp_path, {**weekly(), "content/kinh-te/anh.png": png()}, FULL)
    build_site(site)
    before = tree(site / "build")
    source = "content/kinh-te/gia-ca/tin-10.md"
    text = (site / source).read_text().replace("chữ đậm", "chữ nghiêng")
    site_folder(site, {source: text}, FULL)
    build_site(site)
    after = tree(site / "build")
    changed = {name for name in after if before.get(name) != after[name]} - {"newsgen.json"}
    stories = {name for name in changed if "/2022/" in name}
    assert {"kinh-te/gia-ca/2022/03/tin-so-10.html", "kinh-te/gia-ca/2022/03/tin-so-10.json"} == stories
    assert {"rss.xml", "atom.xml", "feed.json", "kinh-te/rss.xml", "kinh-te/gia-ca/atom.xml"} <= changed
    assert not any(name.startswith("xa-hoi/") and name.endswith(".xml") for name in changed)
    build_site(site, clean=True)
    assert after == tree(site / "build")


def test_a_renamed_target_reaches_the_feed(tmp_path):
    """A body in a feed that links to another story follows that story's address."""
    files = {
        "content/kinh-te/a.md": article_source(title="A", date="2022-08-01"),
        "content/kinh-te/b.md": article_source(title="B", body="[A](a.md)\n"),
    }
    config = "title: Báo\nurl: https://baolacgiang.example\nfeeds: {content: full, sections: [], size: 1}\n"
    site = site_folder(tmp_path, files, config)
    build_site(site)
    site_folder(site, {"content/kinh-te/a.md": article_source("slug: moi", title="A", date="2022-08-01")}, config)
    build_site(site, at=NOW)
    assert b"https://baolacgiang.example/kinh-te/2022/08/moi.html" in tree(site / "build")["rss.xml"]


def test_a_sponsored_story_says_so_everywhere(tmp_path):
    """Feeds, files for programs and search engines are told who paid; it is no news for Google News."""
    story = article_source("slug: uu-dai", "sponsor: Ngân hàng Sông Lạc", "summary: Vay mua giống.")
    site = site_folder(tmp_path, {"content/a/uu-dai.md": story})
    build_site(site)
    outputs = tree(site / "build")
    label = "Nội dung do Ngân hàng Sông Lạc tài trợ. Vay mua giống."
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert label in outputs[name].decode(), name
    (told,) = json.loads(outputs["latest.json"])["stories"]
    assert "Ngân hàng Sông Lạc" == told["sponsor"]
    page = outputs["a/2022/08/uu-dai.html"].decode()
    assert '"sponsor":{"@type":"Organization","name":"Ngân hàng Sông Lạc"}' in page
    assert b"uu-dai" not in outputs["sitemap-news.xml"]


def test_bodies_in_feeds_have_whole_addresses_and_no_ids(tmp_path):
    """Every address of a body has scheme and host once, under a base path too, and two stories share no id."""
    body = "Xem[^1].\n\n<video src=cau.mp4 poster=cau.png></video>\n\n## Mục\n\n[^1]: Ghi chú.\n"
    body += "\n![Hoa](//cdn.example/x.jpg) [y](//cdn.example/y)\n"
    beside = {"content/a/cau.png": png(), "content/a/cau.mp4": b"0"}
    story = article_source("slug: b", body=body)
    site = site_folder(
        tmp_path,
        {"content/a/b.md": story, **beside},
        config_source("feeds: {content: full}", url="https://x.example/tin"),
    )
    build_site(site)
    (item,) = json.loads(tree(site / "build")["feed.json"])["items"]
    html = item["content_html"]
    assert " id=" not in html
    assert 'src="https://x.example/tin/a/cau.mp4"' in html
    assert 'poster="https://x.example/tin/a/cau.png"' in html
    assert 'href="https://x.example/tin/a/2022/08/b.html#fn:1"' in html
    assert 'src="https://cdn.example/x.jpg"' in html
    assert 'href="https://cdn.example/y"' in html


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("/a.jpg 1x, /b.jpg 2x", "[/a.jpg] 1x, [/b.jpg] 2x"),
        ("/a.jpg", "[/a.jpg]"),
        ("/a,b.jpg 100w,/c.jpg 1.5x", "[/a,b.jpg] 100w, [/c.jpg] 1.5x"),
        ("data:image/png;base64,AA== 1x", "[data:image/png;base64,AA==] 1x"),
        ("", ""),
    ],
)
def test_each_address_of_a_srcset_is_changed(srcset, expected):
    """Addresses stand before their width or density, apart by commas, which an address may hold too."""
    assert expected == write_srcset((f"[{url}]", size) for url, size in read_srcset(srcset))


def test_an_id_that_is_typed_later_is_in_the_feeds(tmp_path):
    """A `guid`, or two stories that change file names, make the feeds again, as a clean build does."""
    one, other = "content/a/mot.md", "content/a/hai.md"
    stories = {one: article_source("slug: mot", title="Một"), other: article_source("slug: hai", title="Hai")}
    site = site_folder(tmp_path, {**stories, "urls.lock": HEAD})
    build_site(site)
    for edit in (
        {one: article_source("slug: mot", 'guid: "urn:mot"', title="Một")},
        {one: stories[other], other: stories[one]},
    ):
        lock = (site_folder(site, edit) / "urls.lock").read_bytes()
        build_site(site)
        made = tree(site / "build")
        (site / "urls.lock").write_bytes(lock)
        build_site(site, output=site / "clean", clean=True)
        assert tree(site / "clean") == made


@pytest.mark.parametrize(
    "guid", ["tag:old.example,2011:4711", "https://old.example/?p=1&amp=2", "urn:uuid:0-1", "urn:tòa-soạn:1"]
)
def test_a_story_keeps_the_id_that_it_brought_along(tmp_path, guid):
    """All three formats know a story by its `guid`, whatever its address; RSS says that it is none."""
    site = site_folder(tmp_path, {"content/a/mot.md": article_source(f'guid: "{guid}"'), "urls.lock": HEAD})
    for slug in ("", "slug: khac"):
        (site / "content/a/mot.md").write_text(article_source(f'guid: "{guid}"', *filter(None, [slug])), "utf-8")
        build_promised(site)
        assert {guid} == ids(tree(site / "build"))
        assert b'isPermaLink="false"' in (site / "build/rss.xml").read_bytes()


def test_corrections_keep_ids_of_their_own(tmp_path):
    """What was put right in a story with a `guid` is known by the story's address and its number."""
    put_right = "corrections: [{date: 2022-08-07, kind: correction, text: Hai.}]"
    site = site_folder(tmp_path, {"content/a/mot.md": article_source("slug: mot", "guid: urn:old:1", put_right)})
    build_site(site)
    (found,) = feedparser.parse((site / "build/dinh-chinh/rss.xml").read_bytes()).entries
    assert "https://baolacgiang.example/a/2022/08/mot.html#correction-1" == found.id


@pytest.mark.parametrize("guid", ["4711", "bài 1", "https:old", "tag: old", "urn:<a>", "/a/mot.html", "http://"])
def test_an_id_that_no_feed_may_have_is_told(tmp_path, guid):
    """What is no IRI with a scheme is an error at its line."""
    site = site_folder(tmp_path, {"content/a/mot.md": article_source(f'guid: "{guid}"')})
    with pytest.raises(ContentError) as caught:
        build_site(site)
    assert ["content/a/mot.md:4:7 bad-guid"] == [f"{one.location} {one.rule}" for one in caught.value.problems]


def test_plain_texts_in_rss_are_plain(tmp_path):
    """Only a story's summary and text are HTML; signs of all others are numbers, which most readers show right."""
    config = config_source('description: "R&D <và> 1 < 2"', title='"Báo & <bạn>"')
    files = {"content/a/mot.md": article_source('summary: "Kè & đê <mới>"', title='"<b>Một</b> & hai"')}
    site = site_folder(tmp_path, files, config)
    build_site(site)
    rss = (site / "build/rss.xml").read_text("utf-8")
    assert "<title>Báo &#x26; &#x3C;bạn&#x3E;</title>" in rss
    assert "<title>&#x3C;b&#x3E;Một&#x3C;/b&#x3E; &#x26; hai</title>" in rss
    channel = parsed(rss.encode()).find("channel")
    assert "R&D <và> 1 < 2" == channel.findtext("description")
    assert "Kè &amp; đê &lt;mới&gt;" == channel.findtext("item/description")


def test_two_stories_with_one_id_are_told(tmp_path):
    """An error names both, whether the id is the other one's `guid` or the first address of a story without one."""
    address = "https://baolacgiang.example/a/2022/08/mot.html"
    files = {
        "content/a/mot.md": article_source("slug: mot"),
        "content/a/hai.md": article_source(f"guid: {address}", title="Hai"),
        "content/en/a/ba.md": article_source("guid: urn:old:3", title="Ba"),
        "content/a/bon.md": article_source("guid: urn:old:3", title="Bốn"),
    }
    site = site_folder(tmp_path, files, config_source("languages: {en: {title: News}}"))
    with pytest.raises(ContentError) as caught:
        build_site(site)
    told = {str(one.location): str(one.what) for one in caught.value.problems if one.rule == "duplicate-guid"}
    assert {"content/a/hai.md:4:7", "content/en/a/ba.md:4:7"} == told.keys()
    assert "content/a/mot.md:1:1" in told["content/a/hai.md:4:7"]
    assert "content/a/bon.md:4:7" in told["content/en/a/ba.md:4:7"]


def test_a_story_may_keep_its_own_address_as_its_id(tmp_path):
    """Its first address, typed as `guid`, is no other story's."""
    address = "https://baolacgiang.example/a/2022/08/mot.html"
    site = site_folder(tmp_path, {"content/a/mot.md": article_source("slug: mot", f"guid: {address}")})
    build_site(site)
    assert {address} == ids(tree(site / "build"))


def build_promised(site):
    """Build the paper of the real moment, which keeps its addresses."""
    build(BuildOptions(site, site / "build", NOW, addresses="keep"))


def ids(outputs):
    """What the three feeds know the story by."""
    rss, atom = (feedparser.parse(outputs[name]).entries[0].id for name in ("rss.xml", "atom.xml"))
    return {rss, atom, json.loads(outputs["feed.json"])["items"][0]["id"]}


def test_a_story_keeps_its_id_when_it_moves(tmp_path):
    """Readers' programs show no story twice: its id is the first address, through moves, renames and later builds."""
    site = site_folder(tmp_path, {"content/a/mot.md": article_source("slug: mot"), "urls.lock": HEAD})
    first = {"https://baolacgiang.example/a/2022/08/mot.html"}
    build_promised(site)
    assert first == ids(tree(site / "build"))
    (site / "content/a/mot.md").write_text(article_source("slug: hai"), "utf-8")
    for _ in range(2):
        build_promised(site)
        assert first == ids(tree(site / "build"))
    (site / "content/a/mot.md").unlink()
    moved = article_source("slug: ba", "aliases: [/a/2022/08/mot.html, /a/2022/08/hai.html]")
    (site / "content/a/ba.md").write_text(moved, "utf-8")
    for _ in range(2):
        build_promised(site)
        outputs = tree(site / "build")
        assert first == ids(outputs)
        assert 'isPermaLink="false"' in outputs["rss.xml"].decode()
    assert "https://baolacgiang.example/a/2022/08/ba.html" == feedparser.parse(outputs["rss.xml"]).entries[0].link
