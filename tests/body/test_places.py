"""Links to places inside other stories: they follow the names that places have, and one that leads nowhere is told."""

import pytest

from builders import article_source, config_source, site_folder
from newsgen.build.options import BuildOptions
from newsgen.build.pipeline import build
from newsgen.commands.check import check
from papers import NOW

A, B = "content/tin/a.md", "content/xa-hoi/b.md"
LINKS = "[một](../xa-hoi/b.md#main), [hai](/xa-hoi/b.md?x=1#gi%C3%A1), [ba](../xa-hoi/b.md#vai), [bốn](../xa-hoi/b.md)"
PLACES = '## Main\n\nChữ.\n\n<p id="giá">x</p>\n\n## Vải\n\nChữ.\n'


def paper(folder, text=PLACES, engine="python-markdown"):
    """A site in which one story leads to places of another, which has this text."""
    files = {A: article_source(title="A", body=LINKS), B: article_source(title="B", body=text)}
    return site_folder(folder, files, config_source(f"markdown: {{engine: {engine}}}"))


def options(site):
    """A build of the site in one process."""
    return BuildOptions(site, site / "build", NOW, jobs=1)


def hrefs(site):
    """The addresses that the story leads to, from its address on."""
    text = next((site / "build/tin").rglob("a.html")).read_text("utf-8")
    return [part.partition('"')[0] for part in text.split("/b.html")[1:] if not part.startswith("#top")][:4]


def dead(site):
    """Where a check tells of places that are not there, and the fix."""
    found = check(options(site)).problems
    return [(f"{p.location}", p.what, p.fix) for p in found if p.rule == "dead-anchor"]


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_links_to_places_of_another_story_follow_their_names(tmp_path, engine):
    """A heading whose anchor is the theme's gets another one, and links of other stories lead there."""
    site = paper(tmp_path, engine=engine)
    build(options(site))
    assert ["#main_1", "?x=1#gi%C3%A1", "#vai", ""] == hrefs(site)
    assert [] == dead(site)


def test_a_place_that_is_not_in_the_other_story_is_told(tmp_path):
    """It is told where it is linked to, with the nearest name that there is."""
    site = paper(tmp_path, PLACES.replace("Vải", "Vãi quá").replace("giá", "gia"))
    what = "the link “{}” leads to no place in that story"
    assert [
        (f"{A}:5:35", what.format("/xa-hoi/b.md?x=1#gi%C3%A1"), "did you mean `/xa-hoi/b.md?x=1#gia`?"),
        (f"{A}:5:68", what.format("../xa-hoi/b.md#vai"), "did you mean `../xa-hoi/b.md#vai-qua`?"),
    ] == dead(site)


def test_a_change_of_the_other_story_makes_the_links_again(tmp_path):
    """A build after one leads links to the names of now, as a clean build does, and a check tells what has gone."""
    site = paper(tmp_path / "site", "## Vải\n\nChữ.\n\n<p id='giá'>x</p>\n")
    build(options(site))
    assert ["#main", "?x=1#gi%C3%A1", "#vai", ""] == hrefs(site)
    for text in (PLACES, PLACES.replace("## Vải", "## Mận"), "## Main {#vai}\n", "[quay lại](../tin/a.md#main)"):
        (site / B).write_text(article_source(title="B", body=text), "utf-8")
        told = dead(site)
        build(options(site))
        clean = paper(tmp_path / "clean", text)
        build(options(clean))
        assert hrefs(clean) == hrefs(site)
        assert dead(clean) == told == dead(site)


def test_links_to_places_by_address_follow_too(tmp_path):
    """Of a root-relative address of a story the place is looked for as of its file, also below a path of the host."""
    links = (
        "[một](/xa-hoi/2022/08/b.html#main), [hai](/xa-hoi/2022/08/b.html?x=1#mia), [ba](/xa-hoi/#mia), [bốn](/tin/#x)"
    )
    files = {A: article_source(title="A", body=links), B: article_source(title="B", body=PLACES)}
    site = site_folder(tmp_path / "site", files, config_source(url="https://lac.example/bao"))
    build(options(site))
    assert ["#main_1", "?x=1#mia"] == hrefs(site)[:2]
    what = "the link “/xa-hoi/2022/08/b.html?x=1#mia” leads to no place in that story"
    assert [(f"{A}:5:43", what)] == [one[:2] for one in dead(site)]
    site_folder(
        site, {B: article_source(title="B", body="## Main {#mia}\n")}, config_source(url="https://lac.example/bao")
    )
    build(options(site))
    assert ["#main", "?x=1#mia"] == hrefs(site)[:2]
    assert [] == dead(site)  # `main` is a place of every page
