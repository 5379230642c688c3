"""JSON-LD, field by field as Google Search Central and schema.org ask."""

import json
from datetime import timedelta

import pytest
from markupsafe import Markup
from msgspec.structs import replace

from builders import NOW, article_source, author, manuscript, moment, page_source, png, site_config, site_folder
from newsgen.model.manuscripts import Correction, ImageField
from newsgen.model.pictures import Picture
from newsgen.model.stories import Body
from newsgen.site.queries import News
from newsgen.site.structured_data import encode_for_script
from papers import ENGLISH, build_site, newspaper, page_at, tree

LATER = NOW + timedelta(minutes=1)
URL = "https://baolacgiang.example"
PHOTO = Picture("/tac-gia/thu-trang.webp", width=200, height=200)

CROPS = (Picture("/kinh-te/nhan-vuong.jpg", width=800, height=800), Picture("/kinh-te/nhan-ngang.jpg"))


def paper(**more):
    """One story that has everything, of a paper with a publisher."""
    story = {
        "title": "Nhãn muộn </script>",
        "date": moment("2022-08-06 07:30"),
        "updated": moment("2022-08-07 06:00"),
        "tags": ("lúa", "nhãn"),
        "authors": ("thu-trang", "Bảo Long"),
        "image": ImageField("nhan.jpg", "", "", "", 1, 1),
    }
    return newspaper(
        manuscript("kinh-te/nhan.md", **{**story, **more}),
        config=site_config(ENGLISH, "publisher: {name: Tòa soạn Lạc Giang, same_as: ['https://x.example/lacgiang']}"),
        people=[author(photo=PHOTO)],
        pictures={
            "content/kinh-te/nhan.md": Picture("/kinh-te/nhan.jpg", "Vườn", "Nhãn chín.", "Ngọc Hà", 1200, 800, CROPS)
        },
    )


def things(site, output, body=None):
    """The things that a page says, by type."""
    text = News(site.main).structured(page_at(site, output), body)
    found = json.loads(text) if text else {"@graph": []}
    return {thing["@type"]: thing for thing in found["@graph"]}


def test_a_story_is_a_news_article():
    """Every field that Google recommends of a NewsArticle is there, with zone, and each author by itself."""
    found = things(paper(), "kinh-te/2022/08/nhan.html", Body("", words=812))["NewsArticle"]
    address = f"{URL}/kinh-te/2022/08/nhan.html"
    assert {"mainEntityOfPage": address, "url": address, "@id": f"{address}#article"}.items() <= found.items()
    expected = {
        "headline": "Nhãn muộn </script>",
        "description": "Nhà vườn vào vụ.",
        "datePublished": "2022-08-06T07:30:00+07:00",
        "dateModified": "2022-08-07T06:00:00+07:00",
        "articleSection": "Kinh te",
        "keywords": ["lúa", "nhãn"],
        "wordCount": 812,
        "inLanguage": "vi",
        "isAccessibleForFree": True,
    }
    assert expected == {name: found[name] for name in expected}
    assert [("Person", "Thu Trang", f"{URL}/author/thu-trang/"), ("Person", "Bảo Long", f"{URL}/author/bao-long/")] == [
        (one["@type"], one["name"], one["url"]) for one in found["author"]
    ]
    assert f"{URL}/tac-gia/thu-trang.webp" == found["author"][0]["image"]
    picture, square, wide = found["image"]
    assert [(f"{URL}/kinh-te/nhan-vuong.jpg", 800), (f"{URL}/kinh-te/nhan-ngang.jpg", None)] == [
        (one["url"], one.get("width")) for one in (square, wide)
    ]
    assert ("ImageObject", f"{URL}/kinh-te/nhan.jpg", 1200, 800, "Ngọc Hà") == (
        picture["@type"],
        picture["url"],
        picture["width"],
        picture["height"],
        picture["creditText"],
    )
    publisher = found["publisher"]
    assert ("NewsMediaOrganization", "Tòa soạn Lạc Giang", f"{URL}/", ["https://x.example/lacgiang"]) == (
        publisher["@type"],
        publisher["name"],
        publisher["url"],
        publisher["sameAs"],
    )


def test_corrections_are_told():
    """What the paper owned up to by now is a CorrectionComment each; what it will own up to later is not there."""
    told, later = Correction(NOW, "correction", "Hai cây, không phải ba."), Correction(LATER, "update", "Sau.")
    article = replace(manuscript("kinh-te/nhan.md"), corrections=(told, later))
    found = things(newspaper(article, config=site_config(ENGLISH)), "kinh-te/2022/08/nhan.html")["NewsArticle"]
    expected = {"@type": "CorrectionComment", "text": told.text, "datePublished": "2022-08-07T07:51:00+07:00"}
    assert [expected] == found["correction"]


def test_a_story_without_name_picture_or_change_says_no_blank():
    """What a story has not is not said; the publisher stands for an author that is not named."""
    site = newspaper(manuscript(date=moment("2022-08-06")))
    found = things(site, "kinh-te/2022/08/nhan-muon.html")["NewsArticle"]
    assert {"image", "wordCount", "keywords", "alternativeHeadline"}.isdisjoint(found)
    assert found["datePublished"] == found["dateModified"]
    assert ["Báo Lạc Giang"] == [one["name"] for one in found["author"]]


def test_the_breadcrumb_counts_its_steps():
    """Each step of the breadcrumb has its place from 1, its name and its whole address."""
    found = things(paper(), "kinh-te/2022/08/nhan.html")["BreadcrumbList"]["itemListElement"]
    assert [(1, "Home", f"{URL}/"), (2, "Kinh te", f"{URL}/kinh-te/")] == [
        (one["position"], one["name"], one["item"]) for one in found
    ]


def test_the_home_page_says_whose_it_is():
    """The home page is a WebSite of a NewsMediaOrganization; a list only has its breadcrumb; 404 has nothing."""
    assert {"NewsMediaOrganization", "WebSite"} == things(paper(), "index.html").keys()
    assert {"BreadcrumbList"} == things(paper(), "kinh-te/index.html").keys()
    assert {} == things(paper(), "404.html")


@pytest.mark.parametrize("character", ["<", ">", "&", "\u2028", "\u2029"])
def test_nothing_can_end_the_script(character):
    """A character that a script could end with is written as an escape."""
    site = paper(title=f"a {character} b")
    text = News(site.main).structured(page_at(site, "kinh-te/2022/08/nhan.html"))
    assert character not in text
    assert f"a {character} b" == json.loads(text)["@graph"][0]["headline"]


def test_the_logo_is_found_and_followed(tmp_path):
    """The publisher's logo is told with its size, and a logo of another size reaches every page."""
    config = f"title: Báo\nurl: {URL}\npublisher: {{logo: /logo.png}}\n"
    site = site_folder(tmp_path, {"content/a/a.md": article_source(), "static/logo.png": png(60, 20)}, config)
    build_site(site)
    page = "a/2022/08/nhan-muon-duoc-mua.html"
    assert (
        b'"logo":{"@type":"ImageObject","url":"https://baolacgiang.example/logo.png","width":60'
        in tree(site / "build")[page]
    )
    site_folder(site, {"static/logo.png": png(90, 30), "content/pages/a.md": page_source()}, config)
    build_site(site)
    assert b'"width":90,"height":30' in tree(site / "build")[page]


@pytest.mark.parametrize(
    "text", ["a", "</script><!--&", "\u2028\u2029", '\0\x1f\x7f"\\\n\t/', "đ😀", "\ud800", Markup("<b>")]
)
def test_data_in_a_script_is_json(text):
    """As the standard library writes it, but for what could end the script or a line of it."""
    written = encode_for_script({"name": [text], "wordCount": 12, "isAccessibleForFree": True})
    expected = json.dumps({"name": [text], "wordCount": 12, "isAccessibleForFree": True}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        expected = expected.replace(character, f"\\u{ord(character):04x}")
    assert expected == written.replace(",", ", ").replace(":", ": ")
