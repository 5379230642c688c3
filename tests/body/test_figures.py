"""Pictures that stand alone become figures."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.static_form import make_static
from story_rendering import body_of, shown

IMG = '<img alt="Cầu" src="/kinh-te/cau.png" loading="lazy" decoding="async" width="8" height="6">'
CREDIT = '<span class="credit">Minh An</span>'


def html_of(text: str) -> str:
    """The HTML of a body without faults, on one line."""
    body = body_of(text)
    assert () == body.problems
    return body.html.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![Cầu](cau.png)", f'<figure class="picture">{IMG}</figure>'),
        ('![Cầu](cau.png "Hợp long")', f'<figure class="picture">{IMG}<figcaption>Hợp long</figcaption></figure>'),
        (
            '![Cầu](cau.png "Hợp long | Minh An")',
            f'<figure class="picture">{IMG}<figcaption>Hợp long {CREDIT}</figcaption></figure>',
        ),
        (
            '![Cầu](cau.png "| Minh An")',
            f'<figure class="picture">{IMG}<figcaption>{CREDIT}</figcaption></figure>',
        ),
        (
            '![Cầu](cau.png "a < b & c")',
            f'<figure class="picture">{IMG}<figcaption>a &lt; b &amp; c</figcaption></figure>',
        ),
        ("![Cầu](cau.png){ .left }", f'<figure class="picture left">{IMG}</figure>'),
        ("![Cầu](cau.png){ .wide .dark }", f'<figure class="picture wide dark">{IMG}</figure>'),
        ("> ![Cầu](cau.png)", f'<blockquote><figure class="picture">{IMG}</figure></blockquote>'),
        (
            "[![Cầu](cau.png)](nhan-muon.md)",
            f'<figure class="picture"><a href="/kinh-te/nhan-muon.html">{IMG}</a></figure>',
        ),
        ("Đây ![Cầu](cau.png) là cầu.", f"<p>Đây {IMG} là cầu.</p>"),
    ],
)
def test_a_picture_that_stands_alone_is_a_figure(text, html):
    """Title is the caption, what follows "|" the credit, classes go to the figure; one in a sentence stays there."""
    assert html == html_of(text)


@pytest.mark.parametrize("between", [" ", "\n"])
def test_pictures_that_stand_together_are_a_gallery(between):
    """Several pictures in one paragraph are figures in a gallery, each with its own caption."""
    html = html_of(f'![Cầu](cau.png "Một"){between}![Vải](vải%20chín.png "Hai | Ngọc Hà")')
    tree = LexborHTMLParser(html)
    assert 1 == len(tree.css("div.gallery"))
    assert ["Một", "Hai Ngọc Hà"] == [node.text() for node in tree.css("div.gallery > figure > figcaption")]
    assert [("8", "6"), ("5", "7")] == [(img.attrs["width"], img.attrs["height"]) for img in tree.css("img")]


THREE = "![Cầu](cau.png)\n" * 3
LARGE = '<a class="enlarge" href="/kinh-te/cau.png">'


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("![Cầu](cau.png)", []),
        ("![Cầu](cau.png)\n![Cầu](cau.png)", []),
        ("![Cầu](cau.png)\n\n" * 3, []),
        ("Đây ![Cầu](cau.png) ![Cầu](cau.png) ![Cầu](cau.png)", []),
        (THREE, [LARGE] * 3),
        (f"> {THREE}".replace("\n!", "\n> !"), [LARGE] * 3),
        (f"{THREE}[![Cầu](cau.png)](nhan-muon.md)", [*[LARGE] * 3, '<a href="/kinh-te/nhan-muon.html">']),
        (f"{THREE}**![Cầu](cau.png)**", [LARGE] * 4),
        (f"{THREE}![](cau.png)", [*[LARGE] * 3, f'{LARGE[:-1]} aria-label="Ảnh 4">']),
        (
            f"{THREE}![Bến](https://e.example/a.jpg)",
            [*[LARGE] * 3, '<a class="enlarge" href="https://e.example/a.jpg" rel="external noopener">'],
        ),
        (
            f'{THREE}<img alt="x" src="cau.png" srcset="/logo.png 800w, cau.png 100w">',
            [*[LARGE] * 3, '<a class="enlarge" href="/logo.png">'],
        ),
        (f'{THREE}<img alt="x" src="cau.png" srcset="/logo.png 2x">', [LARGE] * 4),
    ],
)
def test_pictures_of_a_gallery_lead_to_their_large_versions(text, links, engine):
    """Three or more in one paragraph; a link of the story stays, and a link has a name where its picture has none."""
    assert links == re.findall("<a [^>]*>", body_of(text, engine=engine).html)


def test_a_missing_picture_is_not_of_a_gallery():
    """Three, of which one is not there, are two, which do not open."""
    assert "<a " not in body_of(THREE.replace("cau.png", "khong.png", 1)).html


def test_the_name_of_a_gallery_stands_before_its_first_picture():
    """Outside of the link to its large version."""
    html = body_of(f'<a id="neo"></a>{THREE}').html
    assert f'<figure class="picture"><a id="neo"></a>{LARGE}<img' in html


def test_bodies_for_other_programs_have_no_links_to_large_pictures():
    """Nothing else changes in them, and no other link goes."""
    html = body_of(f"{THREE}[![Cầu](cau.png)](nhan-muon.md)\n\n[a](nhan-muon.md)").html
    plain = body_of("![Cầu](cau.png)\n![Cầu](cau.png)").html
    assert html.replace(LARGE, "", 3).replace("</a></figure>", "</figure>", 3) == make_static(html)
    assert plain == make_static(plain)


def test_bodies_for_other_programs_have_tables_in_place_of_charts():
    """Without what the theme's style sheet and script use; the caption, the source and the file stay."""
    text = '![Giá](gia.csv#cot "Nghìn đồng | Nguồn: Sở")\n\n![Giá](gia.csv)\n'
    tree = LexborHTMLParser(make_static(body_of(text, files={"gia.csv": "Năm;Giá\n2025;1\n2026;2\n"}).html))
    assert None is tree.css_first("svg, details, summary, ul, [role], [tabindex], [data-value]")
    assert ["p", "table", "figcaption"] == [node.tag for node in tree.css_first(".data-chart").iter()]
    assert ["table", "figcaption"] == [node.tag for node in tree.css_first(".data-table").iter()]


def test_a_figure_keeps_what_its_link_says():
    """A picture that links to another host says so; one that links to an unpublished story is only a picture."""
    out = LexborHTMLParser(body_of("[![a](cau.png)](https://other.example)").html).css_first("figure > a > img")
    assert out is not None
    assert out.parent is not None
    assert {"href": "https://other.example", "rel": "external noopener"} == dict(out.parent.attrs.items())
    assert "href" not in body_of("[![a](cau.png)](nhap.md)").html


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize(
    ("text", "selectors"),
    [
        ("![Cầu](cau.png)\n{: .rong #anh lang=en }", ["figure#anh.picture.rong[lang=en] > img"]),
        ("![Cầu](cau.png){: #anh }", ["figure > img#anh"]),
        ('[![Cầu](cau.png "Chú")](https://e.example/){: .x #y }', ["figure > a#y.x > img", "figure > figcaption"]),
        ('[**![Cầu](cau.png "Chú")**](https://e.example/)', ["figure > a > strong > img", "figure > figcaption"]),
        ('<a id="neo"></a>![Cầu](cau.png)', ["figure > a#neo", "figure > img"]),
        (
            "[![Cầu](cau.png)![Cầu](cau.png)](https://e.example/){: #y }",
            [".gallery > figure > a#y > img", ".gallery > figure:nth-child(2) > a:not([id]) > img"],
        ),
        (
            "![Cầu](cau.png)\n![Cầu](cau.png)\n{: .rong #anh }",
            [".gallery#anh > figure.rong > img", ".gallery > figure.rong:nth-child(2) > img"],
        ),
        (
            '<picture><source srcset="cau.png 2x, /logo.png" media="print"><img src="cau.png" alt="Cầu"></picture>',
            ['figure > picture > source[srcset="/kinh-te/cau.png 2x, /logo.png"][media=print]', "picture > img"],
        ),
        (
            'Xem <img src="cau.png" srcset="https://e.example/a.png 2x, javascript:x 3x" sizes="50vw" alt="Cầu">',
            ['p > img[srcset="https://e.example/a.png 2x"][sizes="50vw"]'],
        ),
    ],
)
def test_a_figure_keeps_what_was_typed_around_its_picture(text, selectors, engine):
    """Links, ids, emphasis, sources and the paragraph's attributes stay."""
    body = body_of(text, engine=engine)
    assert [] == [problem.rule for problem in body.problems if problem.level == "error"]
    tree = LexborHTMLParser(body.html)
    assert [] == [selector for selector in selectors if tree.css_first(selector) is None]


def test_a_picture_in_several_sizes_has_all_of_them():
    """Each file of `srcset` is published, and one that is not there is told."""
    body = body_of('<img src="cau.png" srcset="/logo.png 2x, khong.png 3x" alt="Cầu">')
    assert ("content/kinh-te/cau.png", "static/logo.png") == body.files
    assert ["5:42 missing-image"] == shown(body.problems)


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize(
    ("text", "rel"),
    [
        ("[x](https://e.example/)", "external noopener"),
        ('<a href="https://e.example/" rel="nofollow sponsored">x</a>', "nofollow sponsored external noopener"),
        ("[x](https://e.example/){rel=sponsored}", "sponsored external noopener"),
        ("[x](nhan-muon.md){rel=nofollow}", "nofollow"),
        ('<a href="https://e.example/" rel="opener noopener">x</a>', "noopener external"),
    ],
)
def test_what_a_link_is_said_to_be_is_kept(text, rel, engine):
    """A typed `rel` is joined with newsgen's own; no link may reach back into the page."""
    assert f'rel="{rel}"' in body_of(text, engine=engine).html


def test_a_first_heading_keeps_its_attributes():
    """It becomes a second one, with its class and anchor."""
    assert '<h2 class="lop" id="dau-de">Đầu đề</h2>' == body_of("# Đầu đề {: .lop}").html


def test_the_pictures_of_a_body_are_known():
    """Those that it shows, and not those that it links to."""
    assert ("/kinh-te/cau.png",) == body_of("![Cầu](cau.png)\n\n[ảnh](/logo.png)").images
