from datetime import timedelta

import pytest

from builders import NOW, author, manuscript, moment, site_config
from newsgen.core.errors import Location
from newsgen.model.pictures import Picture
from papers import ENGLISH, edition, join_paper, newspaper, titles

HOUR = timedelta(hours=1)


def test_stories_stand_oldest_first_and_by_path_at_one_moment():
    """The paper's order is the date, then the source's path, whatever order they were read in."""
    site = edition(
        manuscript("kinh-te/c.md"),
        manuscript("xa-hoi/b.md"),
        manuscript("xa-hoi/a.md"),
        manuscript("a.md", date=NOW - HOUR),
    )
    assert ["a", "c", "a", "b"] == [article.slug for article in site.articles]
    assert list(range(4)) == [site.groups.rank[article.source] for article in site.articles]


@pytest.mark.parametrize(
    ("fields", "shown", "with_drafts"),
    [
        ({}, True, True),
        ({"is_draft": True}, False, True),
        ({"date": NOW + HOUR}, False, True),
        ({"date": NOW}, True, True),
        ({"expires": NOW}, False, False),
        ({"expires": NOW + HOUR}, True, True),
        ({"is_draft": True, "date": NOW + HOUR}, False, True),
    ],
)
def test_what_is_public_at_a_moment(fields, shown, with_drafts):
    """Drafts, scheduled and expired stories are not in the paper; `drafts` lets the first two in."""
    story = manuscript("kinh-te/a.md", **fields)
    assert shown == bool(edition(story).articles)
    assert with_drafts == bool(edition(story, drafts=True).articles)


def test_a_draft_page_is_left_out():
    """A page of content/pages/ may be a draft too."""
    page = manuscript("pages/lien-he.md", is_draft=True)
    assert () == edition(page).pages
    assert ["lien-he.html"] == [page.output for page in edition(page, drafts=True).pages]


def test_every_known_source_has_its_url_or_none():
    """Public sources map to their urls, unpublished ones to None."""
    paper = newspaper(
        manuscript("kinh-te/a.md"), manuscript("kinh-te/b.md", is_draft=True), manuscript("pages/lien-he.md")
    )
    expected = {"kinh-te/a.md": "/kinh-te/2022/08/a.html", "kinh-te/b.md": None, "pages/lien-he.md": "/lien-he.html"}
    assert expected == paper.urls


def test_sections_stand_as_listed_then_by_name_with_their_parents():
    """Sections of newsgen.yaml come first in its order; folders it does not list follow by name."""
    config = site_config("sections: {xa-hoi: {title: Xã hội, description: Đời sống}, kinh-te/gia-ca: {}}")
    site = edition(manuscript("van-hoa/le-hoi/a.md"), manuscript("the-thao/b.md"), config=config)
    expected = ["xa-hoi", "kinh-te", "kinh-te/gia-ca", "the-thao", "van-hoa", "van-hoa/le-hoi"]
    assert expected == list(site.sections)
    assert ("Xã hội", "Đời sống", "/xa-hoi/", None) == tuple(
        getattr(site.sections["xa-hoi"], name) for name in ("title", "description", "url", "parent")
    )
    assert ("Le hoi", "van-hoa") == (site.sections["van-hoa/le-hoi"].title, site.sections["van-hoa/le-hoi"].parent)


def test_a_section_of_unpublished_stories_does_not_exist():
    """A folder that holds only drafts and newsgen.yaml does not list makes no section."""
    assert {} == edition(manuscript("bi-mat/a.md", is_draft=True)).sections


def test_a_story_counts_for_the_sections_above_its_own():
    """A section's stories are those of its folder and of the folders below."""
    site = edition(manuscript("kinh-te/a.md"), manuscript("kinh-te/gia-ca/b.md"), manuscript("c.md"))
    expected = {"kinh-te": ["a", "b"], "kinh-te/gia-ca": ["b"]}
    assert expected == {name: [site.articles[r].slug for r in ranks] for name, ranks in site.groups.by_section.items()}
    assert site.articles[0].section is None


def test_tags_merge_under_the_first_spelling():
    """Spellings that differ in case or Unicode form are one tag, named as its oldest story names it."""
    site = edition(
        manuscript("kinh-te/a.md", tags=("NHÃN", "nhãn"), date=NOW),
        manuscript("kinh-te/b.md", tags=("Nhãn",), date=NOW - HOUR),
    )
    assert ["Nhãn"] == [tag.name for tag in site.terms["tags"].values()]
    assert [0, 1] == site.by_term["tags"]["nhan"]
    assert "/topic/nhan/" == site.articles[1].tags[0].url


def test_two_tags_of_one_address_are_a_fault():
    """Tags that differ in more than case and form but share a slug are told apart by the editor."""
    _, problems = join_paper(
        manuscript("kinh-te/a.md", tags=("lúa",), date=NOW - HOUR), manuscript("kinh-te/b.md", tags=("lụa",))
    )
    [problem] = problems
    assert (Location("content/kinh-te/b.md", 7, 8), "duplicate-address") == (problem.location, problem.rule)
    assert "the tags “lụa” and “lúa” share the address /topic/lua/" == problem.what


def test_a_tag_without_a_letter_is_a_fault():
    """A tag of which no address can be made is refused where it stands."""
    _, problems = join_paper(manuscript("kinh-te/a.md", tags=("…",)))
    assert [("empty-slug", Location("content/kinh-te/a.md", 7, 8))] == [(p.rule, p.location) for p in problems]


def test_authors_are_known_by_file_or_by_name():
    """An id or a name finds the person of data/authors/; a name alone makes an author of that name."""
    person = author("Thu Trang", id="thu-trang")
    site = edition(
        manuscript("kinh-te/a.md", authors=("thu-trang", "Thu Trang", "Bảo Long")),
        people=[person, author("Ai", id="ai")],
    )
    assert [("Thu Trang", "/author/thu-trang/"), ("Bảo Long", "/author/bao-long/")] == [
        (found.name, found.url) for found in site.articles[0].authors
    ]
    assert ["thu-trang", "bao-long"] == list(site.authors)


@pytest.mark.parametrize(
    "name", ["xa-hoi/b.md", "xa-hoi/b", "/xa-hoi/b.md", "content/xa-hoi/b.md", "b", "ky-uc/cho", "ky-uc/cho/index.md"]
)
def test_related_names_a_path_or_a_slug(name):
    """`related` finds a story by its path, with or without its ending, or by its slug."""
    site = edition(
        manuscript("kinh-te/a.md", related=(name,)),
        manuscript("xa-hoi/b.md", title="Đích", date=NOW - HOUR),
        manuscript("ky-uc/cho/index.md", title="Đích", date=NOW - HOUR),
    )
    assert ["Đích"] == titles(site.related.find(site.articles[-1], 5))


@pytest.mark.parametrize(
    ("name", "rule", "fix"),
    [
        ("xa-hoi/bb.md", "missing-related", "did you mean `xa-hoi/b.md`?"),
        ("pages/lien-he.md", "missing-related", "write the path of a story"),
        ("trung", "ambiguous-related", "write the path of one: `kinh-te/trung.md`"),
    ],
)
def test_related_that_names_no_one_story_is_a_fault(name, rule, fix):
    """A name that fits no story, or more than one, is reported where it stands with what to write."""
    _, problems = join_paper(
        manuscript("kinh-te/a.md", related=(name,)),
        manuscript("xa-hoi/b.md"),
        manuscript("kinh-te/trung.md"),
        manuscript("xa-hoi/trung.md"),
        manuscript("pages/lien-he.md"),
    )
    [problem] = problems
    assert (rule, Location("content/kinh-te/a.md", 8, 8)) == (problem.rule, problem.location)
    assert problem.fix.startswith(fix)


def test_related_to_a_broken_story_is_not_judged():
    """A story that could not be read draws no second fault from those that name it."""
    _, problems = join_paper(manuscript("kinh-te/a.md", related=("xa-hoi/b.md", "b")), broken=["xa-hoi/b.md"])
    assert [] == problems


def test_a_card_shows_the_lead_picture():
    """The picture that the reading found for a source is on its card."""
    picture = Picture("/kinh-te/a.webp", "Vườn nhãn", width=4, height=3)
    site = edition(manuscript("kinh-te/a.md"), config=site_config(ENGLISH), pictures={"content/kinh-te/a.md": picture})
    assert picture == site.articles[0].card.image


def test_the_day_in_an_address_is_the_sites():
    """A story of 00:10 has its own day in the address, wherever the machine is."""
    config = site_config("permalink: /{year}/{month}/{day}/{slug}.html")
    site = edition(manuscript("kinh-te/a.md", date=moment("2022-01-01 00:10")), config=config)
    assert "/2022/01/01/a.html" == site.articles[0].url


def test_two_authors_of_one_address_are_a_fault():
    """Two names whose letters give one slug are two people: they are told apart, as tags are."""
    _, problems = join_paper(
        manuscript("kinh-te/a.md", authors=("Minh An",)), manuscript("kinh-te/b.md", authors=("Minh Ân",))
    )
    assert ["duplicate-address"] == [problem.rule for problem in problems]


def test_an_author_known_by_file_is_not_another_of_the_same_letters():
    """“Minh Ẩn” is not signed with the name of data/authors/minh-an.yaml, whose name is Minh An."""
    paper, problems = join_paper(
        manuscript("kinh-te/a.md", authors=("Minh Ẩn",)), people=[author("Minh An", id="minh-an")]
    )
    assert problems or ["Minh Ẩn"] == [person.name for person in paper.main.articles[0].authors]


def test_two_people_whose_names_differ_by_marks_have_a_file_each():
    """An exact name is found first, whatever the files are called; both have a page of their own."""
    people = [author("Minh An", id="minh-an"), author("Minh Ân", id="minh-an-2")]
    stories = (
        manuscript("kinh-te/a.md", authors=("Minh Ân",)),
        manuscript("kinh-te/b.md", authors=("Minh An", "minh-an-2")),
    )
    for order in (people, people[::-1]):
        paper, problems = join_paper(*stories, people=order)
        assert [] == problems
        assert [["Minh Ân"], ["Minh An", "Minh Ân"]] == [[a.name for a in one.authors] for one in paper.main.articles]
        assert {"minh-an": "/author/minh-an/", "minh-an-2": "/author/minh-an-2/"} == {
            key: found.url for key, found in paper.main.authors.items()
        }


def test_nobody_is_told_to_sign_with_another_name():
    """The fix for two names of one address is a file for one of them, which then is found."""
    stories = manuscript("kinh-te/a.md", authors=("Minh Ẩn",)), manuscript("kinh-te/b.md", authors=("Minh An",))
    person = author("Minh An", id="minh-an")
    (problem,) = join_paper(*stories, people=[person])[1]
    assert (
        "if they are two people, make a file such as data/authors/minh-an-2.yaml with `name: Minh Ẩn`;"
        " if they are one, write one name"
    ) == problem.fix
    assert [] == join_paper(*stories, people=[person, author("Minh Ẩn", id="minh-an-2")])[1]


def test_a_change_to_come_is_not_told_yet():
    """`updated` in the future is held back on the card until its moment."""
    story = manuscript("kinh-te/a.md", updated=NOW + HOUR)
    assert [None, NOW + HOUR] == [join_paper(story, now=at)[0].main.articles[0].updated for at in (NOW, NOW + HOUR)]


def test_an_author_without_a_letter_is_a_fault():
    """A name of which no address can be made is refused, as a tag is."""
    _, problems = join_paper(manuscript("kinh-te/a.md", authors=("***",)))
    assert ["empty-slug"] == [problem.rule for problem in problems]
