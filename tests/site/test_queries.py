from datetime import date

import pytest

from builders import author, card, manuscript, moment, site_config
from newsgen.core.messages import localize, translate_to
from newsgen.core.queries import UnknownName
from newsgen.model.pages import Archive, ArchiveMonth, ArchiveYear
from newsgen.model.stories import Neighbours, PageRef
from newsgen.model.taxonomy import Section, Term
from newsgen.site.queries import News
from papers import ENGLISH, edition, titles

MONTHS = tuple(ArchiveMonth(2022, month, date(2022, month, 1), "/x/", 3) for month in (8, 7, 1))


def paper():
    """Four stories in three months, oldest first: A, B, C, D."""
    return edition(
        manuscript("kinh-te/a.md", title="A", date=moment("2021-12-31"), tags=("lúa",), authors=("Thu Trang",)),
        manuscript("kinh-te/gia-ca/b.md", title="B", date=moment("2022-01-02"), tags=("đê", "lúa"), pinned=True),
        manuscript("xa-hoi/c.md", title="C", date=moment("2022-01-03"), tags=("bão",), authors=("Bảo Long",)),
        manuscript("xa-hoi/d.md", title="D", date=moment("2022-02-01"), pinned=True),
        config=site_config(ENGLISH, "sections: {xa-hoi: {title: Xã hội}}"),
        people=[author("Thu Trang")],
    )


@pytest.mark.parametrize(
    ("count", "section", "expected"),
    [
        (2, None, ["D", "C"]),
        (9, None, ["D", "C", "B", "A"]),
        (0, None, []),
        (9, "kinh-te", ["B", "A"]),
        (1, "kinh-te", ["B"]),
        (9, "kinh-te/gia-ca", ["B"]),
    ],
)
def test_the_latest_are_the_newest_first(count, section, expected):
    """`latest` gives the newest stories of the paper, or of a section and those below it."""
    assert expected == titles(News(paper()).latest(count, section))


def test_pinned_stories_come_newest_first():
    """`pinned` gives every pinned story, newest first."""
    assert ["D", "B"] == titles(News(paper()).pinned())


def test_neighbours_are_the_stories_before_and_after():
    """`neighbours` gives the stories published just before and after; the ends have one."""
    site = paper()
    a, b, c, d = site.articles
    news = News(site)
    assert Neighbours(a.card, c.card) == news.neighbours(b)
    assert (None, None) == (news.neighbours(a).older, news.neighbours(d).newer)


def test_sections_and_what_lies_below_them():
    """`sections` are those at the top in their order, `subsections` those just below one."""
    news = News(paper())
    assert ["xa-hoi", "kinh-te"] == [section.id for section in news.sections()]
    assert ["kinh-te/gia-ca"] == [section.id for section in news.subsections("kinh-te")]
    assert () == news.subsections("xa-hoi")
    assert "Xã hội" == news.section("xa-hoi").title


def test_the_menu_has_sections_with_those_below_them():
    """`menu` gives the sections at the top in their order, each with those just below it."""
    menu = News(paper()).menu()
    assert [("xa-hoi", []), ("kinh-te", ["kinh-te/gia-ca"])] == [(top.id, [one.id for one in b]) for top, b in menu]


def test_tags_stand_by_use_then_by_name():
    """`tags` gives the most used first and equals by their address."""
    news = News(paper())
    assert ["lúa", "bão", "đê"] == [tag.name for tag in news.tags()]
    assert "/topic/lua/" == news.tag("lua").url


def test_authors_stand_by_name():
    """`authors` gives everyone with a public story by name."""
    news = News(paper())
    assert ["Bảo Long", "Thu Trang"] == [person.name for person in news.authors()]
    assert "/author/thu-trang/" == news.author("thu-trang").url


def test_the_archive_counts_each_month():
    """The archive holds every month with a story, newest first, with its address and count."""
    archive = News(paper()).archive()
    assert [(2022, 3, "/archive/2022/"), (2021, 1, "/archive/2021/")] == [
        (y.year, y.count, y.url) for y in archive.years
    ]
    months = archive.years[0].months
    assert [(date(2022, 2, 1), 1), (date(2022, 1, 1), 2)] == [(m.date, m.count) for m in months]
    assert "/archive/2022/01/" == months[1].url
    assert archive.year is None


@pytest.mark.parametrize("question", ["section", "tag", "author"])
def test_an_unknown_name_is_refused(question):
    """Asking for what the paper does not have names it in the error."""
    with pytest.raises(UnknownName, match="“khong-co”"):
        getattr(News(paper()), question)("khong-co")


def test_latest_of_an_unknown_section_is_refused():
    """A slip in a section's name is an error and not an empty list."""
    with pytest.raises(UnknownName, match="there is no section “kinhte”"):
        News(paper()).latest(3, "kinhte")


def test_every_question_is_told_each_time_and_answered_once():
    """`asked` hears every question, also one whose answer is known; the answer is the same value."""
    heard = []
    site = paper()
    news = News(site, heard.append)
    assert news.latest(2) is news.latest(2)
    news.related(site.articles[0], 3)
    assert [("latest", 2, None), ("latest", 2, None), ("related", "content/kinh-te/a.md", 3)] == heard


def test_an_empty_paper_answers_every_question():
    """Without a story every list is empty."""
    news = News(edition())
    lists = [news.latest(5), news.pinned(), news.sections(), news.tags(), news.authors(), news.archive().years]
    assert [()] * 6 == lists


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (("latest", 8, None), "the 8 latest stories"),
        (("latest", 8, "kinh-te"), "the 8 latest stories of kinh-te"),
        (("related", "content/kinh-te/nhan.md", 5), "the 5 stories related to it"),
        (("sections",), "the sections"),
        (("term", "tags", "nong-san"), "the tag nong-san"),
        (("term", "place", "van-hai"), "the place van-hai"),
        (("terms", "tags"), "all tags"),
        (("terms", "place"), "all terms of place"),
        (("taxonomy", "tags"), "the taxonomy of the tags"),
    ],
)
def test_a_question_in_words(question, words):
    """A question is told as an editor would ask it."""
    assert words == News.queries[question[0]].describe(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [(("term", "tags", "nong-san"), "từ khóa nong-san"), (("taxonomy", "tags"), "cách phân loại theo từ khóa")],
)
def test_a_question_in_vietnamese(question, words):
    """The tags are named in the editor's language too."""
    assert words == localize(News.queries[question[0]].describe(question), translate_to("vi"))


@pytest.mark.parametrize(
    ("query", "answer", "words"),
    [
        ("latest", (), "none"),
        ("banner", None, "none"),
        (
            "latest",
            tuple(card(f"Tin {n}") for n in range(7)),
            "“Tin 0”, “Tin 1”, “Tin 2”, “Tin 3”, “Tin 4” and 2 more",
        ),
        ("neighbours", Neighbours(card("Cũ"), None), "“Cũ” before, none after"),
        ("section", Section("kinh-te", "Kinh tế", "/kinh-te/"), "“Kinh tế”"),
        ("terms", (Term("nhan", "Nhãn", "/x/"),), "“Nhãn”"),
        ("author", author(), "“Thu Trang”"),
        ("archive", Archive((ArchiveYear(2022, "/2022/", 9, MONTHS),)), "3 months from 2022-01 to 2022-08"),
        ("archive", Archive(()), "none"),
        (
            "menu",
            ((Section("a", "A", "/a/"), (Section("a/b", "B", "/a/b/"),)), (Section("c", "C", "/c/"), ())),
            "“A”, “B”, “C”",
        ),
        ("pages", (PageRef("Giới thiệu", "/gioi-thieu.html"),), "“Giới thiệu”"),
    ],
)
def test_an_answer_in_words(query, answer, words):
    """Stories, sections and people are told by name, the first few of many."""
    assert words == News.queries[query].show(answer)
