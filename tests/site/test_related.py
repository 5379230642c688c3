from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, manuscript
from newsgen.site.queries import News
from papers import edition, titles

SECTIONS = ["kinh-te", "kinh-te/nong-nghiep", "xa-hoi", ""]
TAGS = ["nhãn", "lúa", "cầu", "đê"]
DAYS = st.integers(0, 400)
STORIES = st.lists(
    st.tuples(
        st.sampled_from(SECTIONS),
        st.lists(st.sampled_from(TAGS), unique=True, max_size=3).map(tuple),
        DAYS,
        st.lists(st.integers(0, 11), max_size=3),
    ),
    min_size=1,
    max_size=12,
)


def story(number, section="kinh-te", tags=(), days=0, related=()):
    path = f"{section}/tin-{number:02}.md".lstrip("/")
    at = NOW - timedelta(days=500 - days)
    return manuscript(path, date=at, title=f"Tin {number}", tags=tags, related=tuple(related))


def others(number, count, related):
    """The stories that story `number` of `count` names: each once, never itself."""
    return [other for other in dict.fromkeys(n % count for n in related) if other != number]


def paper(described, *more):
    """The newspaper of drawn stories, and more."""
    stories = []
    for number, (section, tags, days, related) in enumerate(described):
        named = [f"tin-{other:02}" for other in others(number, len(described), related)]
        stories.append(story(number, section, tags, days, named))
    return edition(*stories, *more)


def without_choice(described):
    return [(section, tags, days, []) for section, tags, days, _ in described]


def answers(site, count=5):
    return {article.source: site.related.find(article, count) for article in site.articles}


@given(STORIES)
def test_a_story_is_never_related_to_itself_nor_twice_to_another(described):
    """A list of related stories holds no story twice and not the page's own."""
    site = paper(described)
    for article in site.articles:
        cards = site.related.find(article, 5)
        assert article.card not in cards
        assert len(cards) == len(set(cards)) <= 5


@given(STORIES)
def test_related_stories_are_the_same_every_time(described):
    """Two newspapers of the same stories, read in another order, give the same lists."""
    stories = [story(n, section, tags, days) for n, (section, tags, days, _) in enumerate(described)]
    assert answers(edition(*stories)) == answers(edition(*reversed(stories)))


@given(STORIES)
def test_automatic_related_stories_are_never_newer(described):
    """What no editor chose stands before the page's own story in the paper's order."""
    site = paper(without_choice(described))
    for rank, article in enumerate(site.articles):
        older = [other.card for other in site.articles[:rank]]
        assert all(card in older for card in site.related.find(article, 5))


@given(STORIES, st.sampled_from(SECTIONS), st.lists(st.sampled_from(TAGS), unique=True).map(tuple))
def test_a_newer_story_changes_no_older_list(described, section, tags):
    """Publishing a newer story that names no other leaves every older story's list as it was."""
    after = answers(paper(described, story(99, section, tags, days=401)))
    assert answers(paper(described)) == {source: cards for source, cards in after.items() if "tin-99" not in source}


@given(STORIES)
def test_the_editors_choice_comes_first_in_its_order(described):
    """A story's own `related` opens its list, in the order in which the editor wrote it."""
    site = paper(described)
    for number, (_, _, _, related) in enumerate(described):
        chosen = [f"Tin {other}" for other in others(number, len(described), related)]
        article = next(article for article in site.articles if article.title == f"Tin {number}")
        assert chosen == titles(site.related.find(article, 20))[: len(chosen)]


@given(STORIES)
def test_the_editors_choice_points_both_ways(described):
    """A story that another names shows that other, after its own choice, whichever is newer."""
    site = paper(described)
    for number, (_, _, _, related) in enumerate(described):
        for named in others(number, len(described), related):
            article = next(article for article in site.articles if article.title == f"Tin {named}")
            assert f"Tin {number}" in titles(site.related.find(article, 20))


def test_followers_stand_newest_first_after_the_own_choice():
    """Of two stories that follow one up, the newer stands first; both after what the story itself names."""
    site = edition(
        story(0, days=1),
        story(1, days=2, related=["tin-00"]),
        story(2, days=3, related=["tin-01"]),
        story(3, days=4, related=["tin-01"]),
    )
    assert ["Tin 0", "Tin 3", "Tin 2"] == titles(site.related.find(site.articles[1], 5))


def test_a_shared_rare_tag_counts_more_than_the_section():
    """Of two equally old stories the one with a common rare tag is nearer than the one of the same section."""
    site = edition(
        *(story(n, "the-thao", days=1) for n in range(8)),
        story(20, "xa-hoi", ("nhãn",), days=10),
        story(21, "kinh-te", (), days=10),
        story(22, "kinh-te", ("nhãn",), days=11),
    )
    assert ["Tin 20", "Tin 21"] == titles(site.related.find(site.articles[-1], 2))


def test_a_nearer_day_decides_between_equals():
    """Of two stories that are alike, the later one comes first."""
    site = edition(story(0, days=1), story(1, days=90), story(2, days=100))
    assert ["Tin 1", "Tin 0"] == titles(site.related.find(site.articles[-1], 5))


def test_a_story_that_shares_nothing_has_no_related_stories():
    """A story with neither tag nor section in common with others shows an empty list."""
    site = edition(story(0, "xa-hoi", days=1), story(1, "kinh-te", days=2))
    assert () == site.related.find(site.articles[1], 5)


def test_an_unpublished_choice_is_passed_over():
    """A draft that an editor chose does not show, and its place is given to the next."""
    site = edition(
        story(0, days=1),
        manuscript("kinh-te/nhap.md", title="Nháp", is_draft=True),
        story(1, days=2, related=["nhap", "tin-00"]),
    )
    assert ["Tin 0"] == titles(site.related.find(site.articles[1], 5))


@given(STORIES, st.integers(1, 8))
def test_a_shorter_list_is_the_start_of_a_longer(described, count):
    """Asking for fewer stories gives the first of those that asking for more gives."""
    site = paper(described)
    news = News(site)
    for article in site.articles:
        assert news.related(article, count) == news.related(article, 20)[:count]


def test_a_story_that_names_itself_is_not_related_to_itself():
    """An editor who lists a story in its own `related` has written nothing."""
    site = edition(story(0, days=1), story(1, days=2, related=["tin-01", "tin-00"]))
    assert ["Tin 0"] == titles(site.related.find(site.articles[1], 5))
