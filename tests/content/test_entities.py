"""Entities in front matter are shown as typed, so they are told."""

import pytest

from builders import article_source
from newsgen.core.errors import apply_edits
from story_rendering import good_article, shown


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("R&amp;D", "R&D"),
        ("'CDC&#8217;s API &amp; more'", "CDC’s API & more"),
        ('"Chợ &quot;mới&quot;"', 'Chợ "mới"'),
        ("Giá&nbsp;vải", "Giá vải"),
        ("Lời &#58; thật", "Lời : thật"),
    ],
)
def test_an_entity_is_told_with_the_character_to_write(title, meant):
    """The warning stands at the value; its edit gives the title that was meant."""
    text = article_source(title=title)
    (warning,) = good_article(text).warnings
    assert ("2:8 html-entity", "warning") == (shown([warning])[0], warning.level)
    assert meant == good_article(apply_edits(text, warning.edits)).title


@pytest.mark.parametrize("title", ["R&D; Co", "A & B;", "A &xyzzy;", "AT&T"])
def test_an_ampersand_that_is_none_is_left_alone(title):
    """Only what HTML would read as a character is told."""
    assert () == good_article(article_source(title=title)).warnings


def test_fields_that_readers_do_not_see_are_left_alone():
    """`extra` may hold HTML; lists and captions are looked at."""
    article = good_article(
        article_source("extra: {html: a &amp; b}", "tags: [a &amp; b]", "image: {src: x, alt: '&lt;'}")
    )
    assert ["5:8 html-entity", "6:22 html-entity"] == shown(article.warnings)
