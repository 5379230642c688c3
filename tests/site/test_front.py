from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, manuscript, site_config
from newsgen.site.front_page import compose
from papers import edition, titles

SIZES = "lists: {home_seconds: 2, home_section: 2, home_latest: 3}"


def story(number, section="kinh-te", *, pinned=False):
    """Story 1 is older than story 2."""
    at = NOW - timedelta(days=100 - number)
    return manuscript(f"{section}/tin-{number}.md", title=f"Tin {number}", date=at, pinned=pinned)


def front(*stories, lines=(SIZES,)):
    return compose(edition(*stories, config=site_config(*lines)))


def test_an_empty_paper_has_an_empty_front():
    """Without a story there is no lead and nothing else."""
    found = front()
    assert (None, (), (), ()) == (found.lead, found.seconds, found.blocks, found.latest)


def test_the_newest_lead_and_the_sections_have_the_rest():
    """The newest story leads, the next stand beside it, and blocks show what is not shown above."""
    found = front(*(story(n) for n in range(1, 8)))
    assert "Tin 7" == found.lead.title
    assert ["Tin 6", "Tin 5"] == titles(found.seconds)
    assert [["Tin 4", "Tin 3"]] == [titles(block.cards) for block in found.blocks]
    assert ["Tin 7", "Tin 6", "Tin 5"] == titles(found.latest)


def test_pinned_stories_lead_newest_first():
    """Pinned stories stand before newer ones that are not."""
    found = front(*(story(n, pinned=n in (1, 3)) for n in range(1, 8)))
    assert ["Tin 3", "Tin 1", "Tin 7"] == titles([found.lead, *found.seconds])


def test_blocks_follow_the_sections_and_hold_what_lies_below():
    """Each section at the top has a block in newsgen.yaml's order, with its subsections' stories."""
    lines = (SIZES, "sections: {xa-hoi: {title: Xã hội}, kinh-te: {title: Kinh tế}, rong: {title: Rỗng}}")
    stories = [story(1, "kinh-te/gia-ca"), story(2, "xa-hoi"), *(story(n, "the-thao") for n in range(3, 6))]
    found = front(*stories, lines=lines)
    assert [("Xã hội", ["Tin 2"]), ("Kinh tế", ["Tin 1"])] == [(b.section.title, titles(b.cards)) for b in found.blocks]


@given(
    st.lists(st.tuples(st.sampled_from(["kinh-te", "xa-hoi", "xa-hoi/y-te", "van-hoa"]), st.booleans()), max_size=20),
    st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 6)),
)
def test_no_story_stands_twice_above_the_latest(described, sizes):
    """Lead, seconds and blocks share no story, and none is larger than newsgen.yaml says."""
    seconds, section, latest = sizes
    lines = (f"lists: {{home_seconds: {seconds}, home_section: {section}, home_latest: {latest}}}",)
    stories = [story(number, name, pinned=pinned) for number, (name, pinned) in enumerate(described)]
    found = front(*stories, lines=lines)
    shown = titles([*([found.lead] if found.lead else []), *found.seconds, *(c for b in found.blocks for c in b.cards)])
    assert len(shown) == len(set(shown))
    assert len(found.seconds) <= seconds
    assert all(0 < len(block.cards) <= section for block in found.blocks)
    assert [f"Tin {n}" for n in reversed(range(len(described)))][:latest] == titles(found.latest)
