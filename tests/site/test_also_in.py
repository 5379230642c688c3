"""A story may stand in several sections: its address is that of the first, and the lists of all hold it."""

import json

import pytest

from builders import article_source, config_source, manuscript, site_config, site_folder
from newsgen.model.pages import Front
from newsgen.site.front_page import compose
from papers import ENGLISH, build_site, edition, join_paper, listing, newspaper, page_at, titles, tree

TOWN = "content/kinh-te/a.md"


def in_sections(path, *others, **more):
    """A manuscript that stands in other sections too."""
    from msgspec.structs import replace

    return replace(manuscript(path, **more), also_in=others)


def test_a_story_stands_in_every_list_under_the_address_of_the_first():
    """The lists of the further sections and of those above them hold it once; a section may have no other story."""
    site = newspaper(in_sections("kinh-te/a.md", "xa-hoi/y-te", "kinh-te/gia", title="A"))
    assert ["/kinh-te/2022/08/a.html"] == [article.url for article in site.main.articles]
    for section in ("kinh-te", "kinh-te/gia", "xa-hoi", "xa-hoi/y-te"):
        page = page_at(site, f"{section}/index.html")
        assert ["A"] == titles(listing(page).cards)
        assert ["kinh-te", "xa-hoi/y-te", "kinh-te/gia"] == [one.id for one in listing(page).cards[0].sections]


def test_the_home_page_shows_a_story_in_one_block():
    """Its blocks hold what stands above them no more than once."""
    stories = [in_sections(f"kinh-te/{n}.md", "xa-hoi", title=str(n)) for n in range(8)]
    front = compose(edition(*stories, config=site_config(ENGLISH, "lists: {home_seconds: 1, home_section: 3}")))
    assert isinstance(front, Front)
    shown = [title for block in front.blocks for title in titles(block.cards)]
    assert (6, 6) == (len(shown), len(set(shown)))


@pytest.mark.parametrize("given", ["[Xã hội/y-te, kinh-te, xa-hoi/y-te]", "xã hội/y tế"])
def test_feeds_and_programs_are_told_of_all_sections(tmp_path, given):
    """Feeds of each section have it, with a category for each; JSON-LD has a list. The first is named only once."""
    site = site_folder(tmp_path, {TOWN: article_source(f"also_in: {given}", title="Chợ")}, config_source(ENGLISH))
    build_site(site)
    built = tree(site / "build")
    feed = built["xa-hoi/y-te/rss.xml"].decode()
    assert 2 == feed.count("<category>")
    assert "<category>Kinh te</category>" in feed
    page = built["kinh-te/2022/08/cho.html"].decode()
    told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    article = next(thing for thing in told["@graph"] if thing["@type"] == "NewsArticle")
    assert ["Kinh te", "Y te"] == article["articleSection"]
    assert b"/xa-hoi/y-te/" in b"".join(data for name, data in built.items() if "sitemap" in name)


def test_a_section_without_an_address_is_told_at_its_place(tmp_path):
    """Each further section is held to what `section` is held to."""
    from newsgen.core.errors import ContentError

    site = site_folder(tmp_path, {TOWN: article_source("also_in: [xa-hoi, ../y-te]")})
    with pytest.raises(ContentError) as caught:
        build_site(site)
    assert [("content/kinh-te/a.md:4:19", "bad-section")] == [
        (str(problem.location), problem.rule) for problem in caught.value.problems
    ]


def test_an_incremental_build_follows_every_change_of_sections(tmp_path):
    """Sections that come and go leave what a clean build leaves."""
    site = site_folder(tmp_path, {TOWN: article_source(), "content/xa-hoi/b.md": article_source(title="B")})
    for line in ("also_in: [xa-hoi]", "also_in: [moi/sau, xa-hoi]", "section: moi", "tags: [a]"):
        (site / TOWN).write_text(article_source(line), "utf-8")
        build_site(site)
        kept = tree(site / "build")
        build_site(site, clean=True)
        assert tree(site / "build") == kept


def test_partners_get_what_stands_in_their_sections_too():
    """A partner's section is known though every story there has another one first."""
    config = site_config(ENGLISH, "feeds: {partners: {p: {sections: [xa-hoi]}}}")
    site, problems = join_paper(in_sections("kinh-te/a.md", "xa-hoi"), config=config)
    assert ([], [0]) == (problems, list(site.main.groups.by_section["xa-hoi"]))
