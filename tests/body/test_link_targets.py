import pytest

from newsgen.body.link_targets import LinkTargets, Target
from newsgen.model.pictures import Asset


@pytest.mark.parametrize(
    ("query", "answer", "words"),
    [
        ("story", Target("/a.html"), "/a.html"),
        ("story", Target(None), "it is not public"),
        ("story", None, "there is none"),
        ("file", Asset("content/a.jpg", "/a.jpg", "a.jpg", 40, 30), "content/a.jpg, 40 × 30 pixels"),
        ("file", Asset("content/a.pdf", "/a.pdf", "a.pdf"), "content/a.pdf"),
        ("file", None, "none"),
        ("address", True, "the paper has it"),
        ("address", False, "the paper has no such address"),
        ("places", "abc", "it is there"),
        ("places", "", "there is none"),
    ],
)
def test_an_answer_in_words(query, answer, words):
    """Where a link leads is told by its url, its file and its size, and what is not there as such."""
    assert words == LinkTargets.queries[query].show(answer)
