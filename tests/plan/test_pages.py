from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOW, author, manuscript, moment, site_config
from newsgen.core.errors import Location
from newsgen.model.pictures import Picture
from newsgen.plan.collisions import find_collisions, list_claims
from newsgen.plan.page_parts import Frame
from papers import ENGLISH, listing, newspaper, page_at, planned, titles

KINDS = st.sampled_from(["latest", "section", "tag", "author"])


def stories(count, section="kinh-te"):
    """Story 0 is the oldest."""
    return [
        manuscript(
            f"{section}/tin-{n:03}.md",
            title=f"Tin {n}",
            date=NOW - timedelta(hours=1000 - n),
            tags=("lúa",),
            authors=("Thu Trang",),
        )
        for n in range(count)
    ]


def lists(count, size, kind):
    """The pages of one list of a paper of `count` stories: numbered ones in order, then its front."""
    site = newspaper(*stories(count), config=site_config(ENGLISH, f"lists: {{page: {size}}}"))
    return [page for page in planned(site) if page.kind == kind]


@settings(max_examples=40)
@given(count=st.integers(1, 30), size=st.integers(1, 6), kind=KINDS)
def test_every_story_is_on_exactly_one_page_of_a_list(count, size, kind):
    """A list's pages hold every story once, newest first; numbered pages are full, the front has N to 2N-1."""
    *numbered, front = map(listing, lists(count, size, kind))
    shown = [card for page in [front, *reversed(numbered)] for card in page.cards]
    assert [f"Tin {n}" for n in reversed(range(count))] == titles(shown)
    assert {size} >= {len(page.cards) for page in numbered}
    assert min(count, size) <= len(front.cards) < 2 * size
    assert [*range(1, len(numbered) + 1), None] == [page.number for page in [*numbered, front]]


@settings(max_examples=40)
@given(count=st.integers(1, 30), size=st.integers(1, 6), kind=KINDS)
def test_a_newer_story_changes_only_the_front_and_the_newest_numbered_page(count, size, kind):
    """One story more leaves numbered pages as they are, but for the newest one's link to a page now complete."""
    before = {page.output: page for page in lists(count, size, kind)}
    after = {page.output: page for page in lists(count + 1, size, kind)}
    numbered = (count + 1) // size - 1
    front = next(output for output, page in after.items() if listing(page).number is None)
    fresh = {output for output in after if output not in before}
    completed = numbered >= 1 and (count + 1) % size == 0
    assert int(completed) == len(fresh)
    allowed = {front, *fresh}
    if completed and numbered > 1:
        allowed.add(next(output for output, page in after.items() if listing(page).number == numbered - 1))
    assert before.keys() <= after.keys()
    assert {output: page for output, page in before.items() if output not in allowed} == {
        output: page for output, page in after.items() if output not in allowed
    }


@settings(max_examples=40)
@given(count=st.integers(0, 25), size=st.integers(1, 5))
def test_links_to_older_and_newer_pages_lead_through_the_whole_list(count, size):
    """From the front, `older` reaches page 1 and `newer` comes all the way back."""
    pages = {page.url: listing(page) for page in lists(count, size, "latest")}
    walk, url = [], "/latest/"
    while url:
        walk.append(url)
        url = pages[url].older
    back, url = [], walk[-1]
    while url:
        back.append(url)
        url = pages[url].newer
    assert sorted(pages) == sorted(walk)
    assert walk == back[::-1]


def paper(*lines):
    """A paper with a page, a story of two sections' depth, a tag and an author."""
    config = site_config(ENGLISH, "description: Tin từ sông Lạc", *lines)
    return newspaper(
        manuscript("kinh-te/gia-ca/a.md", title="A", date=moment("2022-07-01"), tags=("lúa",), authors=("thu-trang",)),
        manuscript("pages/lien-he.md", title="Liên hệ"),
        config=config,
        people=[author("Thu Trang")],
    )


def test_the_plan_of_a_small_paper():
    """The plan has a front, each list, the archive's three levels, stories, pages and a 404."""
    expected = [
        ("home", "index.html", "home.html"),
        ("latest", "latest/index.html", "listing.html"),
        ("section", "kinh-te/index.html", "listing.html"),
        ("section", "kinh-te/gia-ca/index.html", "listing.html"),
        ("tag", "topic/lua/index.html", "listing.html"),
        ("author", "author/thu-trang/index.html", "listing.html"),
        ("archive", "archive/index.html", "archive.html"),
        ("archive", "archive/2022/index.html", "archive.html"),
        ("month", "archive/2022/07/index.html", "listing.html"),
        ("article", "kinh-te/gia-ca/2022/07/a.html", "article.html"),
        ("page", "lien-he.html", "page.html"),
        ("corrections", "corrections/index.html", "corrections.html"),
        ("404", "404.html", "404.html"),
    ]
    pages = planned(paper())
    assert expected == [(page.kind, page.output, page.template) for page in pages]


def test_the_fragment_is_made_where_newsgen_yaml_asks_for_it():
    """`latest.mode: fragment` adds the one shared box of latest stories."""
    plain, shared = planned(paper()), planned(paper("latest: {mode: fragment}"))
    assert [("fragment", "latest.fragment.html", "latest.fragment.html")] == [
        (page.kind, page.output, page.template) for page in shared if page not in plain
    ]


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("index.html", []),
        ("kinh-te/gia-ca/2022/07/a.html", ["Home", "Kinh te", "Gia ca"]),
        ("kinh-te/gia-ca/index.html", ["Home", "Kinh te", "Gia ca"]),
        ("topic/lua/index.html", ["Home", "lúa"]),
        ("archive/2022/07/index.html", ["Home", "Archive", "2022", "July 2022"]),
        ("lien-he.html", ["Home", "Liên hệ"]),
        ("404.html", ["Home"]),
    ],
)
def test_the_breadcrumb_leads_from_home_to_the_page(output, expected):
    """Each page's breadcrumb names the pages above it; a list ends in itself, a story in its section."""
    assert expected == titles(page_at(paper(), output).breadcrumb)


def test_canonical_addresses_are_whole():
    """A page's canonical address is its url with the site's scheme and host, the base path once."""
    site = newspaper(manuscript("kinh-te/a.md"), config=site_config(url="https://x.example/bao"))
    page = page_at(site, "kinh-te/2022/08/a.html")
    assert ("/bao/kinh-te/2022/08/a.html", "https://x.example/bao/kinh-te/2022/08/a.html") == (page.url, page.canonical)


def test_descriptions_come_from_the_subject():
    """The front describes the paper, a story its summary."""
    assert "Tin từ sông Lạc" == page_at(paper(), "index.html").description
    assert "Nhà vườn vào vụ." == page_at(paper(), "kinh-te/gia-ca/2022/07/a.html").description


def test_a_page_without_a_picture_shares_the_sites():
    """The picture for sharing is the story's own, or else the site's."""
    own, share = Picture("/kinh-te/a.webp"), Picture("/anh/chia-se.jpg")
    site = newspaper(manuscript("kinh-te/a.md"), manuscript("kinh-te/b.md"), pictures={"content/kinh-te/a.md": own})
    images = {page.output: page.image for page in planned(site, share) if page.kind in ("article", "home")}
    expected = {"index.html": share, "kinh-te/2022/08/a.html": own, "kinh-te/2022/08/b.html": share}
    assert expected == images


def test_claims_stand_where_the_slug_is_written():
    """A story's claim on its output names its source and the place of its slug; a list's names newsgen.yaml."""
    site = paper()
    found = {c.output: c for c in list_claims(planned(site), {"content/kinh-te/gia-ca/a.md": (4, 7)})}
    assert Location("content/kinh-te/gia-ca/a.md", 4, 7) == found["kinh-te/gia-ca/2022/07/a.html"].location
    assert "the story “A”" == found["kinh-te/gia-ca/2022/07/a.html"].noun
    assert (Location("newsgen.yaml"), "the tag “lúa”") == (
        found["topic/lua/index.html"].location,
        found["topic/lua/index.html"].noun,
    )


def test_a_section_named_as_a_list_collides_with_it():
    """A folder of content/ that is named as the list of latest news is found as a collision."""
    site = newspaper(manuscript("latest/a.md"))
    assert ["latest/index.html"] == [
        problem.what.partition("/")[2].partition(",")[0] for problem in find_collisions(list_claims(planned(site), {}))
    ]


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("kinh-te/gia-ca/index.html", "Gia ca news from Báo Lạc Giang: "),
        ("latest/index.html", "The latest news from Báo Lạc Giang: "),
        ("archive/index.html", "All stories of Báo Lạc Giang by month, since 2022."),
        ("archive/2022/index.html", "All stories of Báo Lạc Giang from 2022, by month."),
        ("archive/2022/07/index.html", "Stories of July 2022 from Báo Lạc Giang: "),
        ("corrections/index.html", "What we have put right in stories after they were published."),
    ],
)
def test_a_list_without_a_description_tells_what_it_holds(output, expected):
    """Search engines get a sentence that names the list, the paper and its newest headlines."""
    page = page_at(paper(), output)
    newest = page.subject.cards[0].title if expected.endswith(": ") else ""
    assert expected + newest == page.description[: len(expected + newest)]
    assert len(page.description) <= 160


def test_a_list_that_is_described_says_so():
    """The description of newsgen.yaml is used as it is."""
    described = paper("sections: {kinh-te/gia-ca: {description: Giá ở chợ}}")
    assert "Giá ở chợ" == page_at(described, "kinh-te/gia-ca/index.html").description


def test_other_sites_are_shown_no_svg():
    """A drawing leads its story, and other sites, which do not show it, get the paper's picture."""
    share = Picture("/chia-se.png")
    for src, expected in (("/a.svg", share), ("/a.SVG?v=1", share), ("/a.jpg", Picture("/a.jpg")), ("", share)):
        own = Picture(src) if src else None
        assert expected == Frame(paper(), "", str, share).choose_image(own)
