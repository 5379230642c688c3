"""Series: stories told in parts."""

from datetime import timedelta

from msgspec.structs import replace

from builders import NOW, manuscript
from newsgen.model.manuscripts import SeriesPart
from newsgen.site.queries import News
from papers import edition, titles


def told(*parts):
    """What each story's page says of its series: (part, total, titles), stories being a day apart."""
    days = [NOW - timedelta(days=len(parts) - n) for n in range(len(parts))]
    stories = [manuscript(f"a/{n}.md", title=f"Tin {n}", date=day) for n, day in enumerate(days, 1)]
    site = edition(*(replace(story, series=part) for story, part in zip(stories, parts, strict=True)))
    found = [News(site).series(article) for article in site.articles]
    return [(one.part, one.total, titles(one.cards)) if one else None for one in found]


def test_numbers_give_the_order():
    """Parts stand by their numbers whatever their dates, and each page says which it is of how many."""
    second, first = SeriesPart("Sông Lạc", 2, 3), SeriesPart("Sông Lạc", 1, 3)
    assert [(2, 3, ["Tin 2", "Tin 1"]), (1, 3, ["Tin 2", "Tin 1"])] == told(second, first)


def test_without_numbers_dates_count():
    """Parts without numbers are counted by date, under one name however its letters are cased."""
    parts = told(SeriesPart("Sông Lạc"), None, SeriesPart("sông lạc"))
    assert [(1, 2, ["Tin 1", "Tin 3"]), None, (2, 2, ["Tin 1", "Tin 3"])] == parts


def test_weights_give_the_order_of_parts_without_numbers():
    """The lightest stands first, then by date what has no weight; a number counts before any weight."""
    name = SeriesPart("Sông Lạc")
    stories = [
        replace(manuscript(f"a/{n}.md", title=f"Tin {n}", date=NOW - timedelta(days=9 - n)), series=part, weight=weight)
        for n, part, weight in ((1, name, None), (2, name, 20), (3, name, -1), (4, SeriesPart("Sông Lạc", 7), 99))
    ]
    site = edition(*stories)
    assert ["Tin 4", "Tin 3", "Tin 2", "Tin 1"] == titles(News(site).series(site.articles[0]).cards)


def test_a_series_is_as_long_as_its_highest_number():
    """Where part 3 is there and part 2 is not yet, the series has three parts."""
    assert [(1, 3, ["Tin 1", "Tin 2"]), (3, 3, ["Tin 1", "Tin 2"])] == told(SeriesPart("S", 1), SeriesPart("S", 3))
