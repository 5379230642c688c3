from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import NOW, manuscript
from newsgen.core.digests import digest_of
from newsgen.model.manuscripts import SeriesPart
from newsgen.site.queries import News
from newsgen.site.story_changes import StoryChanges, record_stories
from newsgen.site.story_record import StoryRecord
from papers import edition

SECTIONS = ["kinh-te", "xa-hoi", "xa-hoi/y-te", ""]
TAGS = ["nhãn", "lúa", "cầu", "đê"]
KINDS = {"related": lambda source: ("related", source, 5), "around": lambda source: ("neighbours", source)}
KINDS["in_series"] = lambda source: ("series", source)

FIELDS = {
    "section": st.sampled_from(SECTIONS),
    "tags": st.lists(st.sampled_from(TAGS), unique=True, max_size=2).map(tuple),
    "day": st.integers(0, 200),
    "title": st.sampled_from(["Tin", "Tin khác"]),
    "related": st.lists(st.integers(0, 11), max_size=2).map(tuple),
    "part": st.sampled_from([0, 0, 0, 1, 2]),
}
PAPERS = st.dictionaries(st.integers(0, 11), st.fixed_dictionaries(FIELDS), min_size=1, max_size=12)
EDIT = st.sampled_from(sorted(FIELDS)).flatmap(lambda name: st.fixed_dictionaries({name: FIELDS[name]}))
EDITS = st.dictionaries(st.integers(0, 11), EDIT | st.none(), max_size=2)
"""What an edit changes of a story, or adds one with; None for a story that goes."""


def story(number, numbers, *, section, tags, day, title, related, part):
    """One of a paper that has these `numbers`."""
    named = tuple(f"tin-{other:02}" for other in dict.fromkeys(related) if other in numbers - {number})
    made = manuscript(
        f"{section}/tin-{number:02}.md".lstrip("/"),
        date=NOW - timedelta(days=300 - day),
        title=f"{title} {number}",
        tags=tags,
        related=named,
    )
    return replace(made, series=SeriesPart("Sông Vân", number + 12 * part)) if part else made


def plain(number, **others):
    return {"section": "kinh-te", "tags": (), "day": number, "title": "Tin", "related": (), "part": 0, **others}


def paper(described):
    return edition(*(story(number, described.keys(), **one) for number, one in described.items()))


def answers(one, kind):
    """The digests of the answers about each story."""
    news = News(one)
    return {a.source: digest_of(news.find_answer(KINDS[kind](a.source))) for a in one.articles}


SHARED = {n: ("nhãn",) if n in (0, 2, 4, 9) else ("lúa",) if n in (1, 3, 5, 10) else () for n in range(11)}
RARER = {n: plain(n, tags=tags) for n, tags in {**SHARED, 11: ("nhãn", "lúa")}.items()}
"""The newest story has two tags, and four others have each. Where the oldest loses one, that tag weighs more."""

BALANCED = {
    0: plain(0, section=""),
    **{n: plain(n, tags=("lúa",)) for n in range(1, 9)},
    9: plain(75, section="xa-hoi", tags=("nhãn",)),
    10: plain(99, tags=("lúa",)),
    11: plain(100, tags=("nhãn", "lúa")),
}
"""The newest story is hardly nearer to the one before it than to one of a rare tag, which weighs more in an archive of
one story more, whatever that is.
"""


@given(PAPERS, EDITS)
@example({n: plain(n, tags=("nhãn",)) for n in range(12)}, {2: {"tags": ("lúa",)}})
@example({n: plain(n, tags=("nhãn",)) for n in range(12)}, {2: {"section": "xa-hoi"}})
@example({n: plain(n) for n in range(12)}, {2: {"section": "xa-hoi"}})
@example({n: plain(n) for n in range(12)}, {8: {"day": 1}})
@example({n: plain(n) for n in range(12)}, {4: {"title": "Tin khác"}})
@example({n: plain(n, section=SECTIONS[n % 4]) for n in range(12)}, {4: {"title": "Tin khác"}})
@example({n: plain(n, section=SECTIONS[n % 4], tags=(TAGS[n % 2],)) for n in range(12)}, {4: None})
@example({n: plain(n, tags=(TAGS[n % 2],)) for n in range(12)}, {12: {"day": 3}})
@example({n: plain(n, section=SECTIONS[n % 2]) for n in range(6)}, {5: {"related": (0,)}})
@example({n: plain(n, related=(0,)) for n in range(4)}, {2: {"related": ()}})
@example({n: plain(n, related=(0,)) for n in range(12)}, {0: {"title": "Tin khác"}})
@example({n: plain(n, part=n % 2) for n in range(6)}, {1: {"part": 0}})
@example({n: plain(n, part=n % 2) for n in range(6)}, {2: {"part": 1}})
@example(RARER, {0: {"tags": ()}})
@example({**RARER, 0: plain(0)}, {0: {"tags": ("nhãn",)}})
@example(BALANCED, {12: {"day": 0, "section": "xa-hoi/y-te"}})
def test_an_answer_about_a_story_that_is_not_touched_is_what_it_was(before, edits):
    """Whatever was edited: of a story that both papers have, related stories, neighbours and series."""
    edited = {n: None if edit is None else {**before.get(n, plain(n)), **edit} for n, edit in edits.items()}
    after = {n: one for n, one in {**before, **edited}.items() if one is not None}
    was, now = paper(before), paper(after)
    changes = StoryChanges(record_stories(was), now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsgen.site.related.DEPTH", 2)  # so that small papers have stories that are too far apart
        patch.setattr("newsgen.site.story_changes.DEPTH", 2)
        for kind in KINDS:
            earlier, today = answers(was, kind), answers(now, kind)
            touched = getattr(changes, kind)
            stayed = {source for source in earlier.keys() & today.keys() if earlier[source] == today[source]}
            assert earlier.keys() ^ today.keys() <= touched
            assert earlier.keys() & today.keys() - touched <= stayed, kind


def many(*edited):
    """A paper of three hundred stories, some of them edited."""
    tags = [f"từ khóa {n}" for n in range(30)]
    described = {n: plain(n, tags=(tags[n % 30],), section=SECTIONS[n % 3]) for n in range(300)}
    return paper({**described, **dict(edited)})


@pytest.mark.parametrize(
    ("edited", "most"),
    [
        ((), 0),
        ([(300, plain(300))], 1),
        ([(150, plain(150, tags=("từ khóa 0",), title="Tin khác"))], 60),
        ([(299, plain(299, tags=("từ khóa 4",), section=SECTIONS[2]))], 12),
    ],
    ids=["nothing", "a new story", "a headline", "a tag of the newest"],
)
def test_few_stories_are_touched(edited, most):
    """Those near the edited one, by what they have in common, and no others."""
    changes = StoryChanges(record_stories(many()), many(*edited))
    assert len(changes.related) <= most
    assert len(changes.around) <= 3
    assert len(changes.in_series) <= 1


def test_without_a_record_every_story_is_touched():
    """As in a first build."""
    now = many()
    changes = StoryChanges(StoryRecord(), now)
    assert {article.source for article in now.articles} == changes.related == changes.around == changes.in_series
