"""A `#` that hides the rest of a text is told; a comment that is meant as one is not."""

import pytest

from builders import article_source, site_config
from story_rendering import good_article, shown


def warned(*lines: str, config=None, title: str = "Nhãn") -> list[str]:
    """The warnings of an article with these lines of front matter, as `line:column rule`."""
    return shown(good_article(article_source(*lines, title=title), config=config).warnings)


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (("kicker: Nóng #1",), "4:14"),
        (("kicker: Nóng # nay",), "4:14"),
        (("kicker: #nong",), "4:9"),
        (
            (
                "tags:",
                "- a #b",
            ),
            "5:5",
        ),
        (
            (
                "image:",
                "  src: a.png",
                "  alt: Ảnh #3",
            ),
            "6:12",
        ),
        (
            (
                "summary: một",
                "  hai #ba",
            ),
            "5:7",
        ),
    ],
)
def test_a_text_that_is_cut_short_is_told(lines, place):
    """The warning stands at the sign that hides the rest."""
    assert [f"{place} yaml-comment"] == warned(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        ('kicker: "Nóng #1"',),
        ("kicker: Nóng#1",),
        ("kicker: Nóng  # ghi chú",),
        ("status: published # xong",),
        ("# cả dòng",),
        ("kicker: Nóng", "  # cả dòng"),
        ("tags: # chưa có",),
        ("summary: |", "  một #hai"),
    ],
)
def test_a_comment_that_is_meant_is_left_alone(lines):
    """Quotes, whole lines, two spaces before and one behind, and fields that hold no text are no slip."""
    assert [] == warned(*lines)


def test_a_field_of_the_sites_own_is_a_text_when_it_is_declared_so():
    """Declared texts are looked at, declared numbers are not."""
    config = site_config("fields: {giai: text, so: number}")
    assert ["4:11 yaml-comment"] == warned("giai: Nhì #2", "so: 3 # ba", config=config)
