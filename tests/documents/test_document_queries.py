import pytest

from newsgen.core.messages import localize, translate_to
from newsgen.documents.queries import DocumentQueries


@pytest.mark.parametrize(
    ("question", "english", "vietnamese"),
    [
        (
            ("stories", "term", "tags/nong-san", 20),
            "the 20 latest stories of the tag nong-san",
            "20 bài mới nhất của từ khóa nong-san",
        ),
        (
            ("stories", "term", "place/van-hai", 20),
            "the 20 latest stories of the place van-hai",
            "20 bài mới nhất của place van-hai",
        ),
        (
            ("stories", "section", "kinh-te", 20),
            "the 20 latest stories of the section kinh-te",
            "20 bài mới nhất của chuyên mục kinh-te",
        ),
        (
            ("stories", "author", "minh-an", 5),
            "the 5 latest stories of the author minh-an",
            "5 bài mới nhất của tác giả minh-an",
        ),
        (
            ("stories", "partner", "doi-tac", 5),
            "the 5 latest stories of the partner doi-tac",
            "5 bài mới nhất của đối tác doi-tac",
        ),
        (("stories", "site", "", 20), "the 20 latest stories of the site", "20 bài mới nhất của toàn trang"),
        (
            ("sitemap", 2022, 1),
            "the stories of the year 2022 in its sitemap 1",
            "các bài năm 2022 trong sitemap 1",
        ),
    ],
)
def test_a_question_in_words(question, english, vietnamese):
    """What has stories is named in the editor's language."""
    words = DocumentQueries.queries[question[0]].describe(question)
    assert (english, vietnamese) == (words, localize(words, translate_to("vi")))
