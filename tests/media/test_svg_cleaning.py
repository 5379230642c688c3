"""SVG drawings are drawn again: what draws stays, everything else goes."""

import random
from base64 import b64decode, b64encode

import pytest

from drawings import DRAWINGS, HEAD, SECRETS
from newsgen.media.cleaning.fault import PictureFault
from newsgen.media.cleaning.svg import clean_svg
from newsgen.media.cleaning.svg_styles import clean_style, find_loaded
from newsgen.media.scripts import find_parts_of_drawing
from payloads import scripts
from planted_pictures import find_marks, make_planted

STYLES = (
    *("url(", 'url( "x"', "ur", "l(", "u\\72l(", "src(", "image-set(", "expression(", "\\expression("),
    *("'", '"', "\\", "\n", "\f", "\r", " ", ")", "(", "/*", "*/", "}", ";", "a{b:", "\\22 ", "\\27", "\\28 "),
    *("@import", "@imp\\6frt", "//x.example/a", "#a", "data:font/woff2;base64,AA", "data:image/png,x"),
)
"""Parts of styles that mean something else where they stand beside each other."""


def clean(inside, attributes=""):
    """What is left inside the root element of a drawing."""
    made = clean_svg(HEAD.format(attributes, inside).encode())
    assert made == clean_svg(made)
    _, start, rest = made.decode().partition('xmlns="http://www.w3.org/2000/svg"')
    return (rest if start else made.decode()).partition(">")[2].removesuffix("\n").removesuffix("</svg>")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<script>x()</script><g/>", "<g/>"),
        ('<g onclick="x()" id="a"/>', '<g id="a"/>'),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", ""),
        ("<!-- ai vẽ --><?php x ?><g/>", "<g/>"),
        ("<metadata>ai vẽ</metadata>", ""),
        ('<a xlink:href="java&#10;script:x()"><g/></a>', "<a><g/></a>"),
        ('<a href=" https://x.example/?a&amp;b "><g/></a>', '<a href="https://x.example/?a&amp;b"><g/></a>'),
        ('<use href="khac.svg#a"/><use xlink:href="#a"/>', '<use/><use xlink:href="#a"/>'),
        ('<image href="https://x.example/a.png"/><image href="data:image/svg+xml,x"/>', "<image/><image/>"),
        ('<g fill="url(https://x.example/#a) red"/>', '<g fill="url(#) red"/>'),
        ('<g style="fill:u\\72l(//x.example);stroke:url( \'#a\' )"/>', "<g style=\"fill:url(#);stroke:url('#a')\"/>"),
        ('<style>@import "x.css"; a{b:url(x)}</style>', "<style> a{b:url(#)}</style>"),
        ('<style>a{b:"/*";c:url(x);d:"*/"}</style>', '<style>a{b:"/*";c:url(#);d:"*/"}</style>'),
        ("<style>a{b:c/* ai vẽ */d}</style>", "<style>a{b:c d}</style>"),
        ("<style>a{b:image-set('x' 1x)} c{d:expression(x)}</style>", "<style>a{b:none('x' 1x)} c{d:none(x)}</style>"),
        ("<style><![CDATA[a > b {}]]><g/></style>", "<style>a &gt; b {}</style>"),
        ('<style type="text/x"/>', ""),
        ('<set attributeName="href" to="javascript:x()"/>', ""),
        ('<animate attributeName="xlink:href" values="x"/><animate attributeName="x" to="9"/>',
         '<animate attributeName="x" to="9"/>'),
        ('<b:p xmlns:b="urn:x">x</b:p><g b:c="d" xmlns:b="urn:x"/>', "<g/>"),
        ('<g xml:base="https://x.example/" xml:lang="vi"/>', '<g xml:lang="vi"/>'),
        ("<g>lời<g/>\n\n  </g>", "<g><g/>\n  </g>"),
        ("<text> Cầu &lt;b&gt; <tspan>Ngọc</tspan>\n</text>", "<text> Cầu &lt;b&gt; <tspan>Ngọc</tspan>\n</text>"),
        ('<text aria-label="x &quot;y&#10;" data-name="ai vẽ"/>', '<text aria-label="x &quot;y&#10;"/>'),
        ("<SCRIPT>x</SCRIPT><blink/>", ""),
    ],
)  # fmt: skip
def test_what_stays_of_a_drawing(inside, expected):
    """Elements and attributes that draw stay, with words, styles and addresses inside the file."""
    assert expected == clean(inside)


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_of_programs_say_nothing_of_who_drew_them(name):
    """Paths, names of layers and authors, notes of programs and of cameras go; nothing is refused for them."""
    drawing = DRAWINGS[name].encode()
    assert [] == list(find_parts_of_drawing("static/a.svg", drawing, is_redrawn=True))
    made = clean_svg(drawing)
    assert [] == [secret for secret in SECRETS if secret in made]
    assert made == clean_svg(made)
    assert [] == list(find_parts_of_drawing("static/a.svg", made, is_redrawn=False))


def test_a_photo_in_a_drawing_is_cleaned():
    """A photo that is a part of a drawing loses what its camera wrote, in an element and in a style."""
    photo = b64encode(make_planted("JPEG")).decode()
    made = clean(f'<image href="data:image/png;base64,{photo}"/><g fill="url(data:image/jpeg;base64,{photo})"/>')
    held = [part.split('"')[0].split(")")[0] for part in made.split("data:image/jpeg;base64,")[1:]]
    assert [[], []] == [find_marks(b64decode(part)) for part in held]
    with pytest.raises(PictureFault):
        clean(f'<image href="data:image/jpeg;base64,{photo[: len(photo) // 2]}"/>')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_any_encoding_becomes_utf_8(encoding):
    """Whatever the encoding is, the words are the same."""
    declared = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>"
    made = clean_svg((declared + HEAD.format("", "<text>café</text>")).encode(encoding))
    assert b"<text>caf\xc3\xa9</text>" in made


@pytest.mark.parametrize(
    "drawing",
    [
        "",
        "lời",
        "<html/>",
        "<svg/>",
        "<svg xmlns='http://www.w3.org/2000/svg'><g>",
        f"<!DOCTYPE svg [<!ENTITY a '{'x' * 9999}'>]>" + HEAD.format("", f"<text>{'&a;' * 999}</text>"),
    ],
)
def test_what_is_no_drawing_is_refused(drawing):
    """What cannot be read, is no SVG, or grows by its entities to many times its size is not published."""
    with pytest.raises(PictureFault):
        clean_svg(drawing.encode())


def test_no_script_gets_through():
    """Of five hundred ways to run a script, as parts of a drawing, nothing is left that a build would refuse."""
    for payload in scripts():
        for drawing in (HEAD.format("", payload), HEAD.format(f"x={payload!r}", payload), payload):
            try:
                made = clean_svg(drawing.encode())
            except PictureFault:
                continue
            assert made == clean_svg(made)
            assert [] == list(find_parts_of_drawing("static/a.svg", made, is_redrawn=False))


def test_a_style_is_clean_at_once():
    """Whatever parts of CSS stand beside each other, cleaning what is clean changes nothing, and nothing is loaded."""
    chance = random.Random(3)  # noqa: S311 - the same styles each time
    for _ in range(5_000):
        style = "".join(chance.choice(STYLES) for _ in range(chance.randrange(1, 9)))
        made = clean_style(style, lambda address: "data:font/woff2;base64,AA" if "font" in address else "")
        assert made == clean_style(made, lambda address: address)
        assert find_loaded(made) is None
