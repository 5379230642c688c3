"""Joining again keeps what did not change: the newspaper is the one that joining everything anew makes."""

from dataclasses import fields, replace
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, author, manuscript, site_config
from newsgen.core.errors import Location, Problems
from newsgen.model.content import Content, PublishedAddress
from newsgen.model.manuscripts import Correction, Manuscript, Reference, SeriesPart
from newsgen.model.pictures import Picture
from newsgen.plan.page_parts import Frame
from newsgen.plan.pages import Plan
from newsgen.site.join import join, join_again
from newsgen.site.newspaper import Edition, Newspaper
from newsgen.site.queries import News
from papers import ENGLISH, planned

HOUR = timedelta(hours=1)
LANGUAGES = "languages: {en: {path: en}}"
CONFIGS = {
    "one language": site_config(ENGLISH),
    "two languages": site_config("language: vi", LANGUAGES),
    "topics": site_config("tags: {lua: {parent: cay}}"),
    "short lists": site_config("lists: {page: 2}"),
}
WORKED_OUT = ("by_term", "late", "pinned", "sitemaps")
GROUPS = ("rank", "by_section", "by_author", "by_month", "series")
NAMES = ["lúa", "Lúa", "lụa", "nhãn", "cây", "…"]
PATHS = ["kinh-te/a.md", "kinh-te/a.en.md", "kinh-te/b.md", "xa-hoi/c.md", "xa-hoi/y-te/d.md", "pages/e.md"]
LEDGER = {
    "/kinh-te/cu.html": PublishedAddress("content/kinh-te/b.md"),
    "/kinh-te/2022/08/a.html": PublishedAddress("content/xa-hoi/c.md"),
    "/kinh-te/2022/08/b.html": PublishedAddress("content/kinh-te/a.md", is_gone=True),
    "/xa-hoi/2022/08/c.html": PublishedAddress("content/xa-hoi/c.md"),
}

small = st.integers(0, 3)


@st.composite
def stories(draw, path: str) -> Manuscript:
    """A manuscript with a little of everything that joining looks at."""
    at = NOW + draw(st.integers(-4, 3)) * HOUR
    story = manuscript(
        path,
        title=f"Tin {draw(small)}",
        slug=draw(st.sampled_from(["", "a", "b"])),
        date=at,
        tags=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
        authors=tuple(draw(st.lists(st.sampled_from(["Thu Trang", "thu-trang", "Bảo Long", "Bao Long"]), max_size=2))),
        related=tuple(draw(st.lists(st.sampled_from(["a", "kinh-te/b.md", "xa-hoi/không.md"]), max_size=1))),
        lang="en" if ".en." in path else "vi",
        pinned=draw(st.booleans()),
    )
    if story.is_page:
        return msgspec.structs.replace(story, is_draft=draw(small) == 0)
    later = st.one_of(st.none(), st.integers(-3, 3).map(lambda hours: NOW + hours * HOUR))
    return msgspec.structs.replace(
        story,
        is_draft=draw(small) == 0,
        updated=draw(later),
        expires=draw(later),
        embargo=draw(later),
        pin_until=draw(later),
        is_withdrawn=draw(small) == 0,
        replacement=draw(st.sampled_from(["gone", "notice", "unlist"])),
        series=draw(st.sampled_from([None, SeriesPart("Mùa"), SeriesPart("Mùa", 1)])),
        corrections=tuple(Correction(at, "update", "Sửa") for at in [draw(later)] if at),
        aliases=tuple(Reference(f"/cu/{draw(small)}/", 3, 3) for _ in range(draw(st.integers(0, 1)))),
        guid=Reference(f"tag:{draw(st.integers(0, 1))}", 3, 3) if draw(small) == 0 else None,
        also_in=draw(st.sampled_from([(), ("the-thao",), ("xa-hoi",)])),
        weight=draw(st.sampled_from([None, 1])),
    )


@st.composite
def papers(draw) -> Content:
    """What was read of a paper of a few stories."""
    chosen = draw(st.lists(st.sampled_from(PATHS), unique=True))
    picture = st.sampled_from([None, Picture("/a.webp", "Vườn"), Picture("/b.webp", "Chợ")])
    given_pictures = {f"content/{path}": draw(picture) for path in PATHS}
    intro = replace_intro(manuscript("xa-hoi/_index.md", title=f"Xã hội {draw(small)}"))
    return Content(
        manuscripts=tuple(draw(stories(path)) for path in sorted(chosen)),
        people={"thu-trang": author("Thu Trang")} if draw(st.booleans()) else {},
        pictures={source: found for source, found in given_pictures.items() if found},
        data={},
        broken=frozenset(draw(st.sampled_from([[], ["kinh-te/hong.md"]]))),
        published={path: LEDGER[path] for path in draw(st.lists(st.sampled_from(sorted(LEDGER)), max_size=2))},
        intros=(intro,) if draw(small) == 0 else (),
    )


def replace_intro(story: Manuscript) -> Manuscript:
    """A manuscript as that of an `_index.md`."""
    return msgspec.structs.replace(story, is_intro=True, date=None)


@st.composite
def edited(draw, inputs: Content) -> Content:
    """What is read after an editor's work: some stories are others, gone or new, now and then something beside them."""
    kept = {m.path: m for m in inputs.manuscripts}
    for path in draw(st.lists(st.sampled_from(PATHS), max_size=2)):
        if path in kept and draw(small) == 0:
            del kept[path]
        elif path in kept and draw(st.booleans()):
            kept[path] = msgspec.structs.replace(kept[path], title=f"Sửa {draw(small)}", digest=f"{draw(small)}")
        else:
            kept[path] = draw(stories(path))
    stories_now = tuple(kept[path] for path in sorted(kept))
    return replace(draw(papers()) if draw(small) == 0 else inputs, manuscripts=stories_now)


def same(whole: Newspaper, again: Newspaper) -> None:
    """Assert that two newspapers are the same in every field, in all that is worked out of them, and in every page."""
    for name in ("config", "now", "urls", "old_addresses", "until"):
        assert (name, getattr(whole, name)) == (name, getattr(again, name))
    assert list(whole.editions) == list(again.editions)
    for code in whole.editions:
        same_editions(whole.editions[code], again.editions[code])
        assert planned(whole, code=code) == planned(again, code=code)


def same_editions(one: Edition, other: Edition) -> None:
    """Assert that two editions are the same in every field and in all that is worked out of them."""
    for field in fields(Edition):
        if field.name not in ("permalinks", "kept"):
            expected, found = getattr(one, field.name), getattr(other, field.name)
            assert (field.name, expected) == (field.name, found)
            if field.name in ("sections", "terms", "authors"):
                assert repr(expected) == repr(found)  # in the same order
    for name in WORKED_OUT:
        assert (name, getattr(one, name)) == (name, getattr(other, name))
    for name in GROUPS:
        assert (name, getattr(one.groups, name)) == (name, getattr(other.groups, name))
    assert list(one.groups.by_month) == list(other.groups.by_month)
    for article in one.articles:
        assert one.related.find(article, 5) == other.related.find(article, 5)
    assert News(one).knowledge == News(other).knowledge
    for name in ("of_cards", "of_articles"):
        assert getattr(one.digests, name) == getattr(other.digests, name)


def planned_again(paper: Newspaper, before: dict[str, Plan]) -> dict[str, Plan]:
    """Plans by edition that keep pages of those before; assert that they have the pages of plans made anew."""
    plans = {}
    for code, edition in paper.editions.items():
        plans[code] = Plan(Frame(paper, code, str), News(edition), before.get(code))
        assert planned(paper, code=code) == list(plans[code].pages())
    return plans


@given(data=st.data(), kind=st.sampled_from(sorted(CONFIGS)), drafts=st.booleans())
def test_a_paper_joined_again_is_the_paper_joined_anew(data, kind, drafts):
    """After every edit, at every moment, joining again gives the same newspaper and the same problems."""
    config, inputs, now = CONFIGS[kind], data.draw(papers()), NOW
    site = join(config, inputs, now, Problems(), drafts=drafts)
    plans = planned_again(site, {})
    for _ in range(data.draw(st.integers(1, 4))):
        inputs = data.draw(edited(inputs))
        now += data.draw(st.sampled_from([0, 0, 1, 1, -1, 60, 200])) * timedelta(minutes=1)
        faults, found = Problems(), Problems()
        whole = join(config, inputs, now, faults, drafts=drafts)
        site = join_again(site, inputs, now, found)
        same(whole, site)
        plans = planned_again(site, plans)
        assert sorted(faults.found) == sorted(found.found)


@given(data=st.data(), kind=st.sampled_from(sorted(CONFIGS)))
def test_a_story_that_comes_or_goes_leaves_the_paper_joined_anew(data, kind):
    """Of a paper of many stories one is edited, removed or added: joining again and anew give the same."""
    config, inputs = CONFIGS[kind], data.draw(papers())
    kept = {m.path: m for m in inputs.manuscripts} | {m.path: m for m in paper().manuscripts}
    inputs = replace(inputs, manuscripts=tuple(kept[path] for path in sorted(kept)))
    site = join(config, inputs, NOW, Problems())
    plans = planned_again(site, {})
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(PATHS + sorted(kept)))
        if path in kept and data.draw(st.booleans()):
            del kept[path]
        else:
            kept[path] = data.draw(stories(path))
        inputs = replace(inputs, manuscripts=tuple(kept[path] for path in sorted(kept)))
        faults, found = Problems(), Problems()
        whole, site = join(config, inputs, NOW, faults), join_again(site, inputs, NOW, found)
        same(whole, site)
        plans = planned_again(site, plans)
        assert sorted(faults.found) == sorted(found.found)


def paper(*changed: Manuscript) -> Content:
    """Twenty stories of two tags, some of them changed, and a person."""
    stories = {f"tin/{n:02}.md": manuscript(f"tin/{n:02}.md", date=NOW - n * HOUR, tags=("lúa",)) for n in range(20)}
    stories.update((m.path, m) for m in changed)
    return Content(tuple(stories[path] for path in sorted(stories)), {}, {}, {})


@pytest.mark.parametrize(
    "edit", [{"title": "Tin sửa"}, {"tags": ("lúa", "lúa")}, {"date": NOW - 90 * HOUR / 60}, {"pinned": True}]
)
def test_the_stories_that_nobody_edited_are_kept(edit):
    """Another title, tag or date makes one story anew, and the others are the very same ones."""
    before = paper()
    site = join(CONFIGS["one language"], before, NOW, Problems())
    story = manuscript("tin/05.md", **{"date": NOW - 5 * HOUR, "tags": ("lúa",), **edit})
    after = replace(before, manuscripts=tuple(story if m.path == story.path else m for m in before.manuscripts))
    again = join_again(site, after, NOW, Problems())
    known = {id(article) for article in site.main.articles}
    assert [story.source] == [article.source for article in again.main.articles if id(article) not in known]


def test_a_fault_of_names_is_told_again():
    """Two tags of one address are told at every join, though the stories that name them did not change."""
    inputs = paper(manuscript("tin/05.md", tags=("lụa",), date=NOW - 5 * HOUR))
    site = join(CONFIGS["one language"], inputs, NOW, Problems())
    found = Problems()
    join_again(site, inputs, NOW, found)
    assert [("duplicate-address", Location("content/tin/05.md", 7, 8))] == [(p.rule, p.location) for p in found.found]


@pytest.mark.parametrize(("path", "is_kept"), [("tin/99.md", True), ("kinh-te/a.md", False), ("xa-hoi/c.md", False)])
def test_old_addresses_stay_where_the_ledger_has_nothing_of_a_new_story(path, is_kept):
    """A new story changes old addresses only if urls.lock has it or its address."""
    before = replace(paper(), published=LEDGER)
    site = join(CONFIGS["one language"], before, NOW, Problems())
    story = manuscript(path, date=NOW - HOUR)
    after = replace(before, manuscripts=tuple(sorted((*before.manuscripts, story), key=lambda m: m.path)))
    again = join_again(site, after, NOW, Problems())
    assert is_kept == (again.old_addresses is site.old_addresses)
    assert join(CONFIGS["one language"], after, NOW, Problems()).old_addresses == again.old_addresses
