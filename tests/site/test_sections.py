"""Sections in whole builds: where their stories lie, and where they stand."""

import re

import pytest

from builders import article_source, config_source, moment, page_source, png, site_folder
from newsgen.core.errors import ContentError
from papers import build_site, tree

MOVED = config_source(
    "sections: {kinh-te: {title: Kinh tế, folder: business, path: tin/kinh-te, permalink: '/{section}/{slug}/'}}",
    "machines: {sitemap: false}",
)


def test_a_section_lies_in_one_folder_and_stands_at_another_address(tmp_path):
    """Lists, feeds and stories of a section stand below its `path`; stories lie in its folder or name it."""
    files = {
        "content/business/a.md": article_source(title="A"),
        "content/business/rice/b.md": article_source(title="B"),
        "content/xa-hoi/c.md": article_source("section: kinh-te", title="C"),
        "content/xa-hoi/d.md": article_source("also_in: kinh-te", title="D", body="[A](/business/a.md)\n"),
    }
    site = site_folder(tmp_path, files, MOVED)
    build_site(site)
    built = tree(site / "build")
    stories = {"tin/kinh-te/a/", "tin/kinh-te/rice/b/", "tin/kinh-te/c/", "xa-hoi/2022/08/d.html"}
    assert stories | {"tin/kinh-te/", "tin/kinh-te/rice/"} <= {name.removesuffix("index.html") for name in built}
    front = built["tin/kinh-te/index.html"].decode()
    assert [True] * 4 == [f'href="/{url}"' in front for url in sorted(stories)]
    assert b"/tin/kinh-te/a/" in built["tin/kinh-te/rss.xml"]
    assert b'href="/tin/kinh-te/a/"' in built["xa-hoi/2022/08/d.html"]
    assert not [name for name in built if name.startswith(("business", "kinh-te"))]


INTRO = "\n".join(
    [
        "---",
        "title: Kinh tế & đời sống",
        "summary: Chợ, ruộng và xưởng.",
        "image: {src: cho.png, alt: Chợ sớm, caption: Chợ., credit: Ảnh}",
        "aliases: [/chuyen-muc/kinh-te/]",
        "extra: {mau: xanh}",
        "---",
        "Chuyên mục kể chuyện *làm ăn* của tỉnh. [Tin đầu](tin-0.md).",
        "",
    ]
)


def paper(folder, *more, **files):
    """A site whose section kinh-te has an `_index.md` and seven stories, on two numbered pages and its front."""
    stories = {
        f"content/kinh-te/tin-{n}.md": article_source(title=f"Tin {n}", date=f"2022-08-0{n + 1}") for n in range(7)
    }
    beside = {"content/kinh-te/_index.md": INTRO, "content/kinh-te/cho.png": png()}
    return site_folder(folder, {**stories, **beside, **files}, config_source("lists: {page: 3}", *more))


def test_an_index_is_the_text_at_the_head_of_its_section(tmp_path):
    """Its title, summary, picture and text stand on the section's first page, and its title wherever it is shown."""
    site = paper(tmp_path)
    build_site(site, at=moment("2022-08-09"))
    built = {name: data.decode() for name, data in tree(site / "build").items() if name.endswith((".html", ".xml"))}
    front, numbered = built["kinh-te/index.html"], built["kinh-te/trang/1/index.html"]
    for told in (
        "<h1>Kinh tế &amp; đời sống</h1>",
        '<p class="summary">Chợ, ruộng và xưởng.</p>',
        '<meta name="description" content="Chợ, ruộng và xưởng.">',
        'src="/kinh-te/cho.png"',
        "kể chuyện <em>làm ăn</em> của tỉnh",
        '<a href="/kinh-te/2022/08/tin-0.html">Tin đầu</a>',
    ):
        assert told in front
    assert ("<h1>Kinh tế &amp; đời sống</h1>" in numbered, "làm ăn" in numbered, "cho.png" in numbered) == (
        True,
        False,
        False,
    )
    assert "Kinh tế &amp; đời sống" in built["kinh-te/2022/08/tin-0.html"]
    assert (site / "build/kinh-te/cho.png").is_file()
    assert "_index" not in "".join(built)
    assert "/chuyen-muc/kinh-te/" in (site / "build/_redirects").read_text()
    assert "làm ăn" not in built["kinh-te/rss.xml"]


def test_an_index_alone_makes_a_section_with_those_above_it(tmp_path):
    """A section has its page before it has a story; without a title it is named as newsgen.yaml or its folder is."""
    site = paper(
        tmp_path,
        "sections: {kinh-te: {title: Kinh tế}, xa-hoi: {title: Xã hội, description: Việc làng.}}",
        **{
            "content/xa-hoi/_index.md": "---\n---\nTrang của làng.\n",
            "content/xa-hoi/y-te/_index.md": "---\ntitle: Y\n---\n",
        },
    )
    build_site(site)
    fronts = {name: (site / f"build/{name}/index.html").read_text() for name in ("kinh-te", "xa-hoi", "xa-hoi/y-te")}
    assert "<h1>Kinh tế &amp; đời sống</h1>" in fronts["kinh-te"]
    assert ("<h1>Xã hội</h1>" in fronts["xa-hoi"], "Trang của làng." in fronts["xa-hoi"]) == (True, True)
    assert '<meta name="description" content="Việc làng.">' in fronts["xa-hoi"]
    assert ("<h1>Y</h1>" in fronts["xa-hoi/y-te"], 'class="prose"' in fronts["xa-hoi/y-te"]) == (True, False)


def test_the_index_of_content_stands_on_the_home_page(tmp_path):
    """Its text, title and picture stand over the stories, in each language of the paper on its own home page."""
    site = paper(
        tmp_path,
        "languages: {en: {}}",
        **{
            "content/_index.md": "---\ntitle: Chào bạn đọc\nimage: anh.png\n---\nBáo của **hai bờ**.\n",
            "content/anh.png": png(),
            "content/_index.en.md": "---\nsummary: Of both banks.\n---\nWelcome.\n",
            "content/en/town/_index.md": "---\ntitle: The Town\n---\nStreets.\n",
            "content/kinh-te/_index.en.md": "---\ntitle: Business\n---\nMarkets.\n",
        },
    )
    build_site(site)
    home, english = (site / "build/index.html").read_text(), (site / "build/en/index.html").read_text()
    assert ('<h2 id="intro-title">Chào bạn đọc</h2>' in home, "<strong>hai bờ</strong>" in home) == (True, True)
    assert ('src="/anh.png"' in home, 'content="Báo của hai bờ."' in home) == (True, True)
    assert ("Welcome." in english, 'content="Of both banks."' in english, "hai bờ" in english) == (True, True, False)
    assert "Streets." in (site / "build/en/town/index.html").read_text()
    assert "Markets." in (site / "build/en/kinh-te/index.html").read_text()


def test_a_draft_of_an_index_is_shown_nowhere(tmp_path):
    """Neither its text nor its title nor its picture; a build with drafts shows it."""
    site = paper(tmp_path)
    source = site / "content/kinh-te/_index.md"
    source.write_text(INTRO.replace("---\ntitle", "---\nstatus: draft\ntitle", 1))
    build_site(site)
    everything = b"".join(tree(site / "build").values())
    assert [False, False, False] == [text.encode() in everything for text in ("làm ăn", "đời sống", "cho.png")]
    build_site(site, drafts=True)
    assert "làm ăn" in (site / "build/kinh-te/index.html").read_text()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("kinh-te/_index.md", "---\ntitle: K\n---\n[x](khong-co.md)\n", "kinh-te/_index.md:4:5 dead-link"),
        ("kinh-te/_index.md", "---\nimage: khong-co.jpg\n---\n", "kinh-te/_index.md:2:8 missing-image"),
        ("kinh-te/_index.md", "---\nslug: kinh-te\n---\n", "kinh-te/_index.md:2:1 unknown-key"),
        ("kinh-te/2014/_index.md", "---\n---\n", "kinh-te/_index.md:1:1 duplicate-address"),
        ("pages/_index.md", "---\n---\n", "pages/_index.md:1:1 bad-section"),
    ],
)
def test_faults_of_an_index_have_their_place(tmp_path, name, text, told):
    """Links and pictures in it are checked as in stories; there is one for each section, and none for pages/."""
    site = paper(tmp_path, **{f"content/{name}": text})
    with pytest.raises(ContentError) as caught:
        build_site(site)
    assert [f"content/{told}"] == [f"{problem.location} {problem.rule}" for problem in caught.value.problems]


def test_stories_link_to_a_section_by_its_index(tmp_path):
    """A link to the file leads to the section's first page."""
    site = paper(tmp_path, **{"content/xa-hoi/a.md": article_source(title="A", body="[K](/kinh-te/_index.md)\n")})
    build_site(site)
    assert '<a href="/kinh-te/">K</a>' in (site / "build/xa-hoi/2022/08/a.html").read_text()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("làm ăn", "đồng áng"),
        lambda text: text.replace("đời sống", "thị trường"),
        lambda text: text.replace("Chợ, ruộng", "Ruộng, chợ"),
        lambda text: text.replace("cho.png", "/kinh-te/cho.png"),
        lambda text: text.replace("mau: xanh", "mau: đỏ"),
        lambda text: text.replace("---\ntitle", "---\nstatus: draft\ntitle", 1),
        lambda text: "---\n---\n",
    ],
)
def test_an_edited_index_leaves_what_a_clean_build_leaves(tmp_path, change):
    """And so does one that is removed."""
    site = paper(tmp_path / "a")
    build_site(site)
    source = site / "content/kinh-te/_index.md"
    source.write_text(change(INTRO))
    build_site(site)
    build_site(site, output=tmp_path / "clean", clean=True)
    assert tree(tmp_path / "clean") == tree(site / "build")
    source.unlink()
    build_site(site)
    build_site(site, output=tmp_path / "clean", clean=True)
    assert tree(tmp_path / "clean") == tree(site / "build")


def test_an_edited_text_makes_one_page_again(tmp_path):
    """The text of an `_index.md` stands on one page only."""
    site = paper(tmp_path)
    build_site(site)
    source = site / "content/kinh-te/_index.md"
    source.write_text(INTRO.replace("làm ăn", "đồng áng"))
    assert 1 == build_site(site).made


def test_weights_order_sections_that_newsgen_yaml_does_not_list(tmp_path):
    """Those of newsgen.yaml stand first, then the lightest, then the others by name; in each section as well."""
    weights = {"a": "", "b": "weight: 2", "c": "weight: 1", "d/x": "", "d/y": "weight: -1", "e": "weight: 9"}
    files = {f"content/{name}/_index.md": f"---\ntitle: {name}\n{line}\n---\n" for name, line in weights.items()}
    site = paper(tmp_path, "sections: {e: {}}", **files)
    build_site(site)
    home, above = (site / "build/index.html").read_text(), (site / "build/d/index.html").read_text()
    menu = home[home.index('<nav class="sections"') :]
    assert ["e", "c", "b", "a", "d", "kinh-te"] == re.findall(r'href="/([^"/]+)/"', menu)[:6]
    assert ["d/y", "d/x"] == re.findall(r'href="/(d/.)/"', above[above.index('<nav class="subsections"') :])


def test_standing_pages_with_a_weight_stand_in_the_footer(tmp_path):
    """In the order of their weights, then of their titles; those without one stand in no menu of the theme."""
    weights = {"lien-he": "weight: 2", "dieu-khoan": "", "ban-doc": "weight: 2", "gioi-thieu": "weight: 1"}
    files = {f"content/pages/{name}.md": page_source(line, title=name) for name, line in weights.items()}
    site = paper(tmp_path, **files)
    template = "{% for one in news.pages() %}{{ one.title }}={{ one.weight }} {% endfor %}"
    site_folder(site, {"templates/404.html": template})
    build_site(site)
    assert "gioi-thieu=1 ban-doc=2 lien-he=2 dieu-khoan=None" == (site / "build/404.html").read_text().strip()
    footer = (site / "build/index.html").read_text().rpartition("<footer")[2]
    assert ["gioi-thieu", "ban-doc", "lien-he"] == re.findall(r'href="/([^"/]+).html"', footer)
    site_folder(site, {"content/pages/lien-he.md": page_source("weight: 0", title="lien-he")})
    build_site(site)
    build_site(site, output=tmp_path / "clean", clean=True)
    assert tree(tmp_path / "clean") == tree(site / "build")


def test_a_weight_is_a_whole_number(tmp_path):
    """Anything else is told at its place."""
    site = paper(tmp_path, **{"content/kinh-te/a.md": article_source("weight: nặng", title="A")})
    with pytest.raises(ContentError) as caught:
        build_site(site)
    assert ["content/kinh-te/a.md:4:9"] == [str(problem.location) for problem in caught.value.problems]
