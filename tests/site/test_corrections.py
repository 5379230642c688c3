"""What was put right: the newest first, and as a feed."""

import json
from html import unescape

import feedparser
import pytest
from msgspec.structs import replace

from builders import manuscript, moment, site_config
from newsgen.model.manuscripts import Correction
from newsgen.site.corrections import list_newest
from papers import ENGLISH, documents, newspaper, page_at
from written_documents import ATOM, parsed, written

WRONG = Correction(moment("2022-08-06 09:00"), "correction", "Kè dài 300 m, không phải 3.000 m.")
UNCLEAR = Correction(moment("2022-08-07 06:00"), "clarification", "Ba hộ & bốn vườn.")
LATER = Correction(moment("2022-08-08 06:00"), "update", "Chưa ai được đọc.")
FORMS = "feeds: {corrections: [rss, atom, json]}"


def paper(*lines):
    """Two stories of which one has two corrections and one to come, the other one."""
    ke = replace(manuscript("xa-hoi/ke.md", title="Kè sông"), corrections=(WRONG, UNCLEAR, LATER))
    nhan = replace(manuscript("kinh-te/nhan.md", title="Nhãn muộn"), corrections=(replace(WRONG, kind="update"),))
    return newspaper(ke, nhan, config=site_config(ENGLISH, *lines))


def test_the_newest_come_first():
    """Of all stories, as many as are asked for; what is to come is not among them."""
    site = paper()
    found = [(entry.text[:6], entry.card.title, entry.number) for entry in list_newest(site.main.articles, 9)]
    assert [("Ba hộ ", "Kè sông", 2), ("Kè dài", "Kè sông", 1), ("Kè dài", "Nhãn muộn", 1)] == found
    assert found[:2] == [
        (entry.text[:6], entry.card.title, entry.number) for entry in list_newest(site.main.articles, 2)
    ]


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_a_feed_tells_what_was_put_right(name):
    """Each entry is named by its kind and its story, leads to it, and has an id and a moment of its own."""
    data = written(paper(FORMS), f"corrections/{name}")
    if name == "atom.xml":
        parsed(data, ATOM)
    found = feedparser.parse(data)
    assert not found.bozo, found.bozo_exception
    assert "Corrections – Báo Lạc Giang" == found.feed.title
    first, second, third = found.entries
    assert ("Clarification: Kè sông", "Ba hộ & bốn vườn.") == (first.title, unescape(first.summary))
    assert first.link == second.link == "https://baolacgiang.example/xa-hoi/2022/08/ke.html"
    assert f"{first.link}#correction-2" == first.id
    assert 3 == len({first.id, second.id, third.id})
    assert (2022, 8, 6, 23, 0) == first.published_parsed[:5]


def test_as_json():
    """The same in JSON Feed."""
    told = json.loads(written(paper(FORMS), "corrections/feed.json"))["items"]
    assert ["Clarification: Kè sông", "Correction: Kè sông", "Update: Nhãn muộn"] == [one["title"] for one in told]
    assert "2022-08-06T09:00:00+07:00" == told[1]["date_published"]


def test_the_page_names_the_feeds():
    """The page of corrections names those that newsgen.yaml wants: RSS unless it says other."""
    assert ["/corrections/rss.xml"] == [feed.url for feed in page_at(paper(), "corrections/index.html").feeds]
    none = paper("feeds: {corrections: []}")
    assert () == page_at(none, "corrections/index.html").feeds
    assert [] == [output for output in documents(none) if output.startswith("corrections/")]
