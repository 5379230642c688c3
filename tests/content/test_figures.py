"""Pictures that stand alone become figures."""

import pytest
from bench import body_of
from selectolax.lexbor import LexborHTMLParser

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


def test_a_figure_keeps_what_its_link_says():
    """A picture that links to another host says so; one that links to an unpublished story is only a picture."""
    out = LexborHTMLParser(body_of("[![a](cau.png)](https://other.example)").html).css_first("figure > a > img")
    assert out is not None
    assert out.parent is not None
    assert {"href": "https://other.example", "rel": "external noopener"} == dict(out.parent.attrs.items())
    assert "href" not in body_of("[![a](cau.png)](nhap.md)").html
