"""A paper sorts its stories by taxonomies of its own, as by tags."""

import json

import feedparser
import pytest

from builders import article_source, config_source, page_source, site_config, site_folder
from newsgen.core.errors import ConfigError, ContentError
from newsgen.core.messages import localize, translate_to
from papers import build_site, tree

A, B, C = "content/kinh-te/a.md", "content/xa-hoi/b.md", "content/en/town/c.md"
LINES = (
    "taxonomies:",
    "  place:",
    "    title: Địa phương",
    "    terms:",
    "      phu-van: {title: Phù Vân, parent: van-hai, description: Làng bên sông.}",
    "  vu: {title: Vụ việc, feeds: false}",
)
STORIES = {
    A: article_source("place: [Phù Vân, Kim Sa]", "tags: [nhãn]", title="Tin A"),
    B: article_source("place: Kim Sa", "vu: Lũ 2022", date="2022-08-06", title="Tin B"),
}


def built(folder, *lines, files=STORIES):
    """The outputs of a site with these lines of newsgen.yaml, as texts, and what its build warned of."""
    site = site_folder(folder, files, config_source(*(lines or LINES)))
    report = build_site(site)
    texts = {
        name: data.decode() for name, data in tree(site / "build").items() if not name.endswith((".woff2", ".ico"))
    }
    return texts, report.warnings


def told(folder, *lines, files=STORIES):
    """Each problem that keeps such a site from being built."""
    site = site_folder(folder, files, config_source(*lines))
    with pytest.raises((ConfigError, ContentError)) as caught:
        build_site(site)
    return list(caught.value.problems)


def test_a_term_has_what_a_tag_has(tmp_path):
    """A term's page lists its stories and those of the terms below, with title, breadcrumb, description and feed."""
    found, warnings = built(tmp_path)
    assert [] == warnings
    above, below = found["dia-phuong/van-hai/index.html"], found["dia-phuong/van-hai/phu-van/index.html"]
    assert "Tin A" in above
    assert "Tin B" not in above
    assert '<a href="/dia-phuong/van-hai/phu-van/">Phù Vân</a>' in above
    assert '<p class="label">Địa phương</p>' in below
    assert "Làng bên sông." in below
    assert below.index('<a href="/dia-phuong/">Địa phương</a>') < below.index(
        '<a href="/dia-phuong/van-hai/">Van hai</a>'
    )
    feed = feedparser.parse(found["dia-phuong/kim-sa/rss.xml"])
    assert ["Tin A", "Tin B"] == [entry.title for entry in feed.entries]
    assert "vu-viec/lu-2022/index.html" in found
    assert "vu-viec/lu-2022/rss.xml" not in found


def test_a_taxonomy_has_a_list_of_its_terms(tmp_path):
    """It names each term with the number of its stories, by name, and is in the sitemap."""
    found, _ = built(tmp_path)
    index = found["dia-phuong/index.html"]
    places = [index.index(f">{name}<") for name in ("Kim Sa", "Phù Vân", "Van hai")]
    assert sorted(places) == places
    assert "2 bài" in index[places[0] : places[1]]
    sitemap = found["sitemap-pages.xml"]
    for path in ("dia-phuong/", "dia-phuong/kim-sa/", "dia-phuong/van-hai/phu-van/"):
        assert f"<loc>https://baolacgiang.example/{path}</loc>" in sitemap


def test_a_story_tells_of_its_terms(tmp_path):
    """Its page links to them; search engines, social networks, feeds and other programs are told of them."""
    found, _ = built(tmp_path, *LINES, "machines: {article_json: true}")
    page = found["kinh-te/2022/08/tin-a.html"]
    assert '<ul class="tags" aria-label="Địa phương">' in page
    assert '<a href="/dia-phuong/kim-sa/" rel="tag">Kim Sa</a>' in page
    assert '<meta property="article:tag" content="Phù Vân">' in page
    assert '"keywords":["nhãn","Phù Vân","Kim Sa"]' in page
    assert (
        '"about":[{"@type":"Thing","name":"Phù Vân","url":"https://baolacgiang.example/dia-phuong/van-hai/phu-van/"}'
        in page
    )
    assert "<category>Kim Sa</category>" in found["rss.xml"]
    assert ["phu-van", "kim-sa"] == [term["id"] for term in json.loads(found["kinh-te/2022/08/tin-a.json"])["place"]]


def test_tags_have_a_list_where_newsgen_yaml_names_them(tmp_path):
    """Without `taxonomies` a paper has the outputs that it always had; with `tags` there it lists them."""
    plain, _ = built(tmp_path / "a", "description: Tin nhanh", files={A: article_source("tags: [nhãn]")})
    named, _ = built(
        tmp_path / "b",
        "description: Tin nhanh",
        "taxonomies: {tags: {title: Chủ đề}}",
        files={A: article_source("tags: [nhãn]")},
    )
    assert {"chu-de/index.html"} == named.keys() - plain.keys()
    assert '<a href="/chu-de/nhan/">' in named["chu-de/index.html"]
    assert "/chu-de/" in named["chu-de/nhan/index.html"]


def test_templates_ask_for_terms(tmp_path):
    """`article.terms`, `news.terms`, `news.term` and `news.taxonomies` answer as those of tags do."""
    template = (
        "{{ article.terms.place|map(attribute='name')|join(', ') }};"
        "{{ news.terms('place')|map(attribute='id')|join(' ') }};"
        "{{ news.term('place', 'phu-van').url }};{{ news.taxonomy('place').title }};"
        "{{ news.taxonomies()|map(attribute='id')|join(' ') }};{{ article.terms.tags == article.tags }}"
    )
    found, _ = built(tmp_path, files={**STORIES, "templates/article.html": template})
    assert (
        "Phù Vân, Kim Sa;kim-sa phu-van van-hai;/dia-phuong/van-hai/phu-van/;Địa phương;tags place vu;True"
        == (found["kinh-te/2022/08/tin-a.html"])
    )


def test_each_language_has_its_own_words(tmp_path):
    """Titles, addresses and terms may be others in another language; the same term is its version."""
    files = {**STORIES, C: article_source("place: [Kim Sa]", title="Story C")}
    lines = (*LINES, "languages: {en: {taxonomies: {place: {title: Places, terms: {kim-sa: {title: Golden Sands}}}}}}")
    found, _ = built(tmp_path, *lines, files=files)
    page = found["en/places/kim-sa/index.html"]
    assert "<h1>Golden Sands</h1>" in page
    assert 'hreflang="vi" href="https://baolacgiang.example/dia-phuong/kim-sa/"' in page
    assert "en/places/index.html" in found


@pytest.mark.parametrize(
    ("edit", "made"),
    [
        (("place: Kim Sa", "place: Kim Sa"), 0),
        (("vu: Lũ 2022", "vu: Lũ lớn"), None),
        (("place: Kim Sa", "place: [Vân Hải, Kim Sa]"), None),
        (("place: Kim Sa\n", ""), None),
    ],
)
def test_an_edit_makes_the_pages_concerned_again(tmp_path, edit, made):
    """After an edit of terms an incremental build leaves what a clean one makes."""
    site = site_folder(tmp_path, STORIES, config_source(*LINES))
    build_site(site)
    (site / B).write_text(STORIES[B].replace(*edit), "utf-8")
    report = build_site(site)
    assert made is None or made == report.made
    incremental = tree(site / "build")
    build_site(site, clean=True)
    assert tree(site / "build") == incremental


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("taxonomies: {dia phuong: {}}",), ("newsgen.yaml:3:14", "bad-setting")),
        (("taxonomies: {section: {}}",), ("newsgen.yaml:3:14", "bad-setting")),
        (("taxonomies: {place: {address: Địa phương}}",), ("newsgen.yaml:3:31", "bad-setting")),
        (("taxonomies: {place: {address: chu-de}}",), ("newsgen.yaml:3:31", "bad-setting")),
        (("taxonomies: {place: {terms: {Vân Hải: {}}}}",), ("newsgen.yaml:3:30", "bad-setting")),
        (("taxonomies: {place: {terms: {a: {parent: b}, b: {parent: a}}}}",), ("newsgen.yaml:3:42", "bad-setting")),
        (("taxonomies: {tags: {address: the}}",), ("newsgen.yaml:3:14", "bad-setting")),
        (("languages: {en: {taxonomies: {place: {}}}}",), ("newsgen.yaml:3:31", "bad-setting")),
    ],
)
def test_faults_of_taxonomies_have_their_place(tmp_path, lines, expected):
    """A name that is no field, an address that is taken and a term above itself are told in newsgen.yaml."""
    assert expected in [(str(problem.location), problem.rule) for problem in told(tmp_path, *lines)]


def test_a_wrong_value_is_told_at_its_place(tmp_path):
    """A term must be a text, an unknown field may be a slip of a taxonomy's name, and pages have no terms."""
    files = {
        A: article_source("place: {a: b}"),
        B: article_source("plase: Kim Sa"),
        "content/pages/c.md": page_source("place: Kim Sa"),
    }
    problems = told(tmp_path, *LINES, files=files)
    assert [
        ("content/kinh-te/a.md:4:8", "`place` must be a list of texts"),
        ("content/pages/c.md:3:1", "the front matter of a page has no `place`"),
        ("content/xa-hoi/b.md:4:1", "the front matter has no `plase`"),
    ] == [(str(problem.location), problem.what) for problem in problems]
    assert "did you mean `place`?" == problems[2].fix


def test_two_names_with_one_address_are_told(tmp_path):
    """What to write if they are two terms works, in any taxonomy and for any signs."""
    files = {A: article_source("place: [C++]", "tags: [C++]"), B: article_source("place: ['C#']", "tags: ['C#']")}
    problems = told(tmp_path, *LINES[:3], files=files)
    assert [
        "the tags “C#” and “C++” share the address /chu-de/c/",
        "the terms “C#” and “C++” of `place` share the address /dia-phuong/c/",
    ] == sorted(problem.what for problem in problems)
    one = "if they are one, write one spelling"
    assert {
        f"if they are two topics, write `c-2: {{title: C#}}` under `tags:` in newsgen.yaml; {one}",
        f"if they are two, write `c-2: {{title: C#}}` under `terms:` of `place` in newsgen.yaml; {one}",
    } == {problem.fix for problem in problems}
    assert "nếu là hai chủ đề" in localize(min((p.fix for p in problems), key=len), translate_to("vi"))
    mended = (*LINES[:3], "    terms: {c-2: {title: C#}}", "tags: {c-2: {title: C#}}")
    found, warnings = built(tmp_path, *mended, files=files)
    assert [] == warnings
    assert {"chu-de/c/index.html", "chu-de/c-2/index.html", "dia-phuong/c-2/index.html"} <= found.keys()


def test_spellings_that_differ_by_dots_are_one(tmp_path):
    """Abbreviations with and without dots are the same topic, under the first spelling."""
    files = {A: article_source("tags: [TP.HCM]"), B: article_source("tags: [TP HCM, TP. HCM]", title="Tin B")}
    found, warnings = built(tmp_path, "description: Tin", files=files)
    assert [] == warnings
    assert "<h1>TP.HCM</h1>" in found["chu-de/tp-hcm/index.html"]


def test_defaults_give_terms(tmp_path):
    """A taxonomy's field may be a default, of which a fault is told in newsgen.yaml."""
    files = {A: article_source()}
    found, _ = built(tmp_path, *LINES, "defaults: {kinh-te: {place: Kim Sa}}", files=files)
    assert "dia-phuong/kim-sa/index.html" in found
    (problem,) = told(tmp_path, *LINES, "defaults: {kinh-te: {place: {a: b}}}", files=files)
    assert "newsgen.yaml:9:29" == str(problem.location)


def test_taxonomies_of_newsgen_yaml_are_complete():
    """Titles and addresses that are not given are made of the name."""
    places = site_config("taxonomies: {place_of_event: {}}").taxonomies["place_of_event"]
    assert ("Place of event", "place-of-event") == (places.title, places.address)
