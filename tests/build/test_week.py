"""A week in a newsroom, driven through the moment of the build: what the public sees on each day, and no sooner."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from builders import article_source, config_source, moment, png, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.commands.stories import survey
from newsgen.content.address_file import HEAD
from newsgen.core.errors import ContentError
from papers import tree

CONFIG = config_source("permalink: /{section}/{slug}.html", "lists: {home_seconds: 1}")
TO_COME = "Tỉnh bàn giao khu đất cảng cũ cho thành phố"
FILES = {
    "content/xa-hoi/ke-song.md": article_source("slug: ke-song", title="Kè sông giữ đất", date="2022-07-01"),
    "content/xa-hoi/hoi-lang.md": article_source(
        "slug: hoi-lang", "pin: 2022-08-03 12:00", title="Hội làng mở cửa", date="2022-07-02"
    ),
    "content/xa-hoi/thong-bao.md": article_source(
        "slug: thong-bao",
        "expires: 2022-08-05 18:00",
        "replace: notice",
        "notice: Đợt đăng ký đã kết thúc.",
        title="Đăng ký thi vẽ",
        date="2022-07-03",
    ),
    "content/kinh-te/dat-cang.md": article_source(
        "slug: khu-dat-cang-cu-cho-thanh-pho",
        "embargo: 2022-08-04 10:00",
        "image: anh-mat-cua-cang-cu.png",
        title=TO_COME,
        date="2022-08-04 10:00",
        body="Quyết định được ký lúc chín giờ sáng trước sự chứng kiến của đại biểu.\n",
    ),
    "content/kinh-te/anh-mat-cua-cang-cu.png": png(),
    "content/kinh-te/quang-cao.md": article_source(
        "slug: noi-com",
        "sponsor: Nồi Đất Việt",
        title="Nồi cơm đất",
        date="2022-08-02 08:00",
        body="[Mua](https://noi.example/) hay [đọc](../xa-hoi/ke-song.md).\n",
    ),
    "data/breaking.yaml": "text: Bão vào bờ\nstart: 2022-08-06 05:00\nend: 2022-08-06 20:00\n",
    "urls.lock": HEAD,
}


class Newsroom:
    """A site whose incremental builds are each compared with a clean one of the same moment."""

    def __init__(self, folder):
        self.folder = folder
        self.site = site_folder(folder / "site", FILES, CONFIG)
        self.report = None

    def edit(self, name, old, new):
        path = self.site / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def at(self, text):
        """The paper of a moment of August 2022, such as "04 09:59"; incremental and clean are the same."""
        now = moment(f"2022-08-{text}")
        options = BuildOptions(self.site, self.site / "build", now, addresses="check")
        self.report = build(options)
        kept = tree(self.site / "build")
        build(replace(options, output=self.folder / "clean", clean=True))
        assert tree(self.folder / "clean") == kept
        build(replace(options, addresses="keep"))
        return kept


def shows(paper, text):
    """The outputs that hold a text."""
    return sorted(name for name, data in paper.items() if text.encode() in data or text in name)


def lead(paper):
    """The headline at the top of the home page."""
    return re.findall(r'class="headline"><a [^>]*>([^<]*)<', paper["index.html"].decode())[0]


def leading(paper):
    """The headlines at the top of the home page: the lead and the one beside it."""
    top = paper["index.html"].decode().partition('<section class="latest"')[0]
    return re.findall(r'class="headline"><a [^>]*>([^<]*)<', top)[:2]


@pytest.fixture
def newsroom(tmp_path):
    return Newsroom(tmp_path)


def test_a_pin_ends_by_itself(newsroom):
    """A pinned story leads until the moment that `pin` names, then the newest does; a sponsor is named everywhere."""
    assert "Hội làng mở cửa" == lead(newsroom.at("02 09:00"))
    assert "Hội làng mở cửa" == lead(newsroom.at("03 11:59"))
    after = newsroom.at("03 12:00")
    assert "Nồi cơm đất" == lead(after)
    assert {"index.html", "kinh-te/noi-com.html", "tin-moi-nhat/index.html"} <= set(shows(after, "Nồi Đất Việt"))
    story = after["kinh-te/noi-com.html"].decode()
    assert ['rel="sponsored external noopener"'] == re.findall(
        r'<a href="https://noi.example/"[^>]* (rel="[^"]*")', story
    )
    assert '<a href="/xa-hoi/ke-song.html">' in story


def test_an_embargo_holds_to_the_minute(newsroom):
    """Not a byte of title, slug, text or picture's name is out before the embargo ends; then all of it is."""
    traces = [TO_COME, "khu-dat-cang-cu", "được ký lúc chín giờ", "anh-mat-cua-cang-cu"]
    before = newsroom.at("04 09:59")
    assert [[], [], [], []] == [shows(before, trace) for trace in traces]
    after = newsroom.at("04 10:00")
    assert all("kinh-te/khu-dat-cang-cu-cho-thanh-pho.html" in shows(after, trace) for trace in traces)
    assert "kinh-te/anh-mat-cua-cang-cu.png" in after


def test_a_story_ends_with_a_notice(newsroom):
    """An expired story leaves the lists and a notice that no machine lists stays at its address."""
    assert b"Nh\xc3\xa0 v\xc6\xb0\xe1\xbb\x9dn" in newsroom.at("05 17:59")["xa-hoi/thong-bao.html"]
    after = newsroom.at("05 18:00")
    page = after["xa-hoi/thong-bao.html"].decode()
    assert "Đợt đăng ký đã kết thúc." in page
    assert "Nhà vườn vào vụ" not in page
    assert '<meta name="robots" content="noindex">' in page
    assert ["xa-hoi/thong-bao.html"] == shows(after, "Đăng ký thi vẽ")


def test_an_unlisted_story_stays_at_its_address_only(newsroom):
    """An expired story that is unlisted keeps its page, which no machine lists; links to it stay, lists let it go."""
    newsroom.edit("content/xa-hoi/thong-bao.md", "replace: notice", "replace: unlist")
    newsroom.edit("content/xa-hoi/ke-song.md", "Nhà vườn vào vụ.", "Xem [đợt này](thong-bao.md).")
    before, after = newsroom.at("05 17:59"), newsroom.at("05 18:00")
    story, linking = "xa-hoi/thong-bao.html", "xa-hoi/ke-song.html"
    assert {"index.html", "xa-hoi/index.html", "rss.xml", "sitemap-2022.xml", story} <= set(shows(before, "thong-bao"))
    assert [linking, story] == shows(after, "thong-bao")
    assert [story] == shows(after, "Đăng ký thi vẽ")
    assert '<a href="/xa-hoi/thong-bao.html">đợt này</a>' in after[linking].decode()
    page = after[story].decode()
    assert "Nhà vườn vào vụ." in page
    assert '<meta name="robots" content="noindex">' in page
    assert [] == [
        change for change in newsroom.report.addresses if change.change == "removed" and ".html" in change.url
    ]


def picks(*names):
    return f"picks: [{', '.join(names)}]\n"


def test_editors_picks_lead_the_front_page(newsroom):
    """The first pick leads and the next stand beside it, before pinned stories; the newest fill what is free."""
    (newsroom.site / "data/front.yaml").write_text(picks("xa-hoi/ke-song.md"), "utf-8")
    paper = newsroom.at("02 09:00")
    assert ["Kè sông giữ đất", "Hội làng mở cửa"] == leading(paper)
    newsroom.edit("data/front.yaml", "ke-song.md", "thong-bao.md, ke-song")
    assert ["Đăng ký thi vẽ", "Kè sông giữ đất"] == leading(newsroom.at("02 09:00"))
    (newsroom.site / "data/front.yaml").unlink()
    assert ["Hội làng mở cửa", "Nồi cơm đất"] == leading(newsroom.at("02 09:00"))


def test_a_pick_that_is_not_public_gives_its_place_to_the_next(newsroom):
    """An embargoed pick leads from the minute it may, and an expired one no more; nothing of it shows before."""
    (newsroom.site / "data/front.yaml").write_text(picks("kinh-te/dat-cang.md", "xa-hoi/thong-bao.md"), "utf-8")
    before = newsroom.at("04 09:59")
    assert ["Đăng ký thi vẽ", "Nồi cơm đất"] == leading(before)
    assert [] == shows(before, TO_COME)
    assert [TO_COME, "Đăng ký thi vẽ"] == leading(newsroom.at("04 10:00"))
    assert [TO_COME, "Nồi cơm đất"] == leading(newsroom.at("05 18:00"))


def test_a_pick_that_names_nothing_is_told_at_its_place(newsroom):
    """A slip in data/front.yaml fails the build with the nearest name."""
    (newsroom.site / "data/front.yaml").write_text(picks("xa-hoi/ke-song.md", "xa-hoi/hoi-lnag.md"), "utf-8")
    with pytest.raises(ContentError) as caught:
        newsroom.at("02 09:00")
    (problem,) = caught.value.problems
    assert ("data/front.yaml:1:28", "missing-related") == (str(problem.location), problem.rule)
    assert "did you mean `xa-hoi/hoi-lang.md`?" == problem.fix


def test_a_banner_stands_between_its_moments(newsroom):
    """The banner is over every page from its start to its end."""
    days = [newsroom.at(text) for text in ("06 04:59", "06 05:00", "06 19:59", "06 20:00")]
    stories = [("xa-hoi/ke-song.html" in shows(paper, "Bão vào bờ")) for paper in days]
    assert [False, True, True, False] == stories
    assert [] == shows(days[0], "Bão vào bờ")
    assert [] == shows(days[3], "Bão vào bờ")


def test_a_corrected_and_a_renamed_story(newsroom):
    """A correction stands in the story and on the page of corrections; a new slug leaves the old address leading on."""
    newsroom.at("06 08:00")
    newsroom.edit(
        "content/xa-hoi/ke-song.md",
        "slug: ke-song",
        "slug: ke-song-an-phuc\ncorrections:\n- {date: 2022-08-06 09:00, kind: correction, text: Kè dài 300 m.}",
    )
    paper = newsroom.at("06 09:30")
    expected = ["dinh-chinh/index.html", "dinh-chinh/rss.xml", "xa-hoi/ke-song-an-phuc.html"]
    assert expected == shows(paper, "Kè dài 300 m.")
    assert b'content="0; url=/xa-hoi/ke-song-an-phuc.html"' in paper["xa-hoi/ke-song.html"]
    assert b"/xa-hoi/ke-song.html /xa-hoi/ke-song-an-phuc.html 301\n" == paper["_redirects"]
    reasons = {change.url: change.reason for change in newsroom.report.addresses}
    assert ("published", "moved") == (reasons["/xa-hoi/ke-song-an-phuc.html"], reasons["/xa-hoi/ke-song.html"])
    newsroom.at("06 09:30")
    assert [] == newsroom.report.addresses


def test_a_story_may_not_vanish_but_may_be_withdrawn(newsroom):
    """A published story that is deleted fails the build with a way out; one that is withdrawn leaves a notice."""
    before = newsroom.at("06 08:00")
    path = newsroom.site / "content/xa-hoi/ke-song.md"
    text = path.read_text("utf-8")
    newsroom.edit("content/kinh-te/quang-cao.md", " hay [đọc](../xa-hoi/ke-song.md)", "")
    path.unlink()
    with pytest.raises(ContentError) as caught:
        newsroom.at("06 08:10")
    (problem,) = caught.value.problems
    assert ("urls.lock", "lost-address") == (problem.location.path, problem.rule)
    assert "aliases: [/xa-hoi/ke-song.html]" in problem.fix
    assert before == tree(newsroom.site / "build")
    path.write_text(text.replace("slug:", "status: withdrawn\nnotice: Theo yêu cầu của tòa.\nslug:"), "utf-8")
    paper = newsroom.at("06 08:20")
    assert [] == shows(paper, "Kè sông giữ đất")
    assert "Theo yêu cầu của tòa." in paper["xa-hoi/ke-song.html"].decode()


def test_between_two_due_instants_nothing_changes(newsroom):
    """Two builds between the same two instants of `newsgen due` are the same, byte for byte."""
    instants = sorted(i.at for i in survey(newsroom.site, moment("2022-08-01")).find_due().coming)
    assert 7 == len(instants)
    papers = []
    for first, following in pairwise(instants):
        options = BuildOptions(newsroom.site, newsroom.folder / "one", first, clean=True)
        build(options)
        papers.append(tree(newsroom.folder / "one"))
        late = first + (following - first) * 0.99
        build(replace(options, output=newsroom.folder / "other", now=late))
        assert papers[-1] == tree(newsroom.folder / "other")
    assert len(papers) == len({json.dumps({k: v.hex() for k, v in paper.items()}) for paper in papers})
