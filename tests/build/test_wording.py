import inspect
from datetime import date

import pytest

from builders import author, card
from newsgen.build.traces import Origin, Reason
from newsgen.build.wording import QUESTIONS, asked, reason, told
from newsgen.core.messages import localize, translate_to
from newsgen.documents.queries import QUESTIONS as WIRE_QUESTIONS
from newsgen.model.pages import Archive, ArchiveMonth, ArchiveYear
from newsgen.model.pictures import Asset
from newsgen.model.stories import Neighbours, PageRef
from newsgen.model.taxonomy import Section, Term
from newsgen.render.renderer import BODY_QUESTIONS, TEMPLATE_QUESTIONS
from newsgen.site.queries import News

OF_THE_BUILD = {"answer", "fingerprint", "knowledge"}
MADE_OF_OTHERS = {"structured", "tag", "tags"}
"""Queries that ask nothing but what other queries ask."""

MONTHS = tuple(ArchiveMonth(2022, month, date(2022, month, 1), "/x/", 3) for month in (8, 7, 1))


def test_every_question_has_words():
    """Each query of templates, and each kind of question of bodies and templates, is told in words; no other is."""
    queries = {name for name in vars(News) if not name.startswith("_")} - OF_THE_BUILD - MADE_OF_OTHERS
    assert queries == {name for name in queries if inspect.isfunction(getattr(News, name))}
    assert queries | BODY_QUESTIONS | TEMPLATE_QUESTIONS | WIRE_QUESTIONS == QUESTIONS.keys()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (("latest", 8, None), "the 8 latest stories"),
        (("latest", 8, "kinh-te"), "the 8 latest stories of kinh-te"),
        (("related", "content/kinh-te/nhan.md", 5), "the 5 stories related to it"),
        (("sections",), "the sections"),
        (("data", "gia"), "data/gia"),
        (("stories", "term", "tags/nong-san", 20), "the 20 latest stories of the tag nong-san"),
        (("stories", "term", "place/van-hai", 20), "the 20 latest stories of the place van-hai"),
        (("term", "tags", "nong-san"), "the tag nong-san"),
        (("term", "place", "van-hai"), "the place van-hai"),
        (("terms", "tags"), "all tags"),
        (("terms", "place"), "all terms of place"),
        (("stories", "site", "", 20), "the 20 latest stories of the site"),
        (("stories", "section", "kinh-te", 20), "the 20 latest stories of the section kinh-te"),
        (("taxonomy", "tags"), "the taxonomy of the tags"),
        (("in", "en", "sitemap", 2022, 1), "the stories of the year 2022 in its sitemap 1, in “en”"),
        (("someday", 3, None), "someday 3"),
    ],
)
def test_a_question_in_words(question, words):
    """A question is told as an editor would ask it; one of another version as it stands."""
    assert words == asked(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (("stories", "term", "tags/nong-san", 20), "20 bài mới nhất của từ khóa nong-san"),
        (("stories", "section", "kinh-te", 20), "20 bài mới nhất của chuyên mục kinh-te"),
        (("stories", "author", "minh-an", 5), "5 bài mới nhất của tác giả minh-an"),
        (("stories", "partner", "doi-tac", 5), "5 bài mới nhất của đối tác doi-tac"),
        (("stories", "site", "", 20), "20 bài mới nhất của toàn trang"),
        (("term", "tags", "nong-san"), "từ khóa nong-san"),
        (("taxonomy", "tags"), "cách phân loại theo từ khóa"),
    ],
)
def test_a_question_in_vietnamese(question, words):
    """What has stories is named in the editor's language too."""
    assert words == localize(asked(question), translate_to("vi"))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((), "none"),
        (None, "none"),
        (tuple(card(f"Tin {n}") for n in range(7)), "“Tin 0”, “Tin 1”, “Tin 2”, “Tin 3”, “Tin 4” and 2 more"),
        (Neighbours(card("Cũ"), None), "“Cũ” before, none after"),
        (
            (Section("kinh-te", "Kinh tế", "/kinh-te/"), Term("nhan", "Nhãn", "/x/"), author()),
            "“Kinh tế”, “Nhãn”, “Thu Trang”",
        ),
        (Asset("content/a.jpg", "/a.jpg", "a.jpg", 40, 30), "content/a.jpg, 40 × 30 pixels"),
        (Asset("content/a.pdf", "/a.pdf", "a.pdf"), "content/a.pdf"),
        (Archive((ArchiveYear(2022, "/2022/", 9, MONTHS),)), "3 months from 2022-01 to 2022-08"),
        (Archive(()), "none"),
        (
            ((Section("a", "A", "/a/"), (Section("a/b", "B", "/a/b/"),)), (Section("c", "C", "/c/"), ())),
            "“A”, “B”, “C”",
        ),
        ((PageRef("Giới thiệu", "/gioi-thieu.html"),), "“Giới thiệu”"),
    ],
)
def test_an_answer_in_words(answer, words):
    """Stories, sections and people are told by name, the first few of many."""
    assert words == told(answer)


def test_every_reason_has_words():
    """Whatever a build did with a page can be told, and reasons are told apart."""
    source = "content/kinh-te/nhan.md"
    known = [reason(why, Origin.CONTINUED, source) for why in Reason]
    fresh = [reason(Reason.NEW, origin, source) for origin in Origin]
    assert len({*known, *fresh}) == len(Reason) + len(Origin) - 1
    assert reason(Reason.OWN_INPUT, Origin.CONTINUED, source).startswith(source)
    assert "what it lists had changed" == reason(Reason.OWN_INPUT, Origin.CONTINUED, "")
