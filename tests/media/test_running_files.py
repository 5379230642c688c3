"""Files beside stories that would run code where they are published."""

import pytest

from builders import article_source, site_folder
from newsgen.core.errors import ContentError
from newsgen.media.scripts import find_parts_of_drawing, find_running_parts
from papers import build_site

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n{}\n</svg>'


def places(name, text, *, is_redrawn=False):
    data, source = text.encode() if isinstance(text, str) else text, f"content/k/{name}"
    if name.endswith(".svg"):
        found = find_parts_of_drawing(source, data, is_redrawn=is_redrawn)
    else:
        found = find_running_parts(source, data)
    return [(problem.location.line, problem.location.column) for problem in found]


@pytest.mark.parametrize(
    ("inside", "column"),
    [
        ("<g/><script>x()</script>", 5),
        ('<g onclick="x()"/>', 4),
        ("<foreignObject/>", 1),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml" onclick="x()"/></foreignObject>', 1),
        ('<a xlink:href="java&#10;script:x()"/>', 4),
        ('<a href=" JavaScript:x()"/>', 4),
        ('<a href="data:text/html,x"/>', 4),
        ('<g id="đ"/><image width="1" href="https://x.example/a.png"/>', 29),
        ('<use xlink:href="khac.svg#a"/>', 6),
        ('<image href="data:image/svg+xml,x"/>', 8),
        ('<g fill="url(https://x.example/#a)"/>', 4),
        ('<g style="fill:u\\72l(//x.example)"/>', 4),
        ('<style>@import "x.css";</style>', 1),
        ("<style>a{b:url(x)}</style>", 1),
        ('<style>a{b:"/*"} c{d:url(x)} e{f:"*/"}</style>', 1),
        ("<style>a{b:image-set('#a' 1x, 'x' 2x)}</style>", 1),
        ('<a href="#a"><set attributeName="href" to="x"/></a>', 19),
        ('<animate attributeName="xlink:href" values="x"/>', 10),
        ('<b:p xmlns:b="http://www.w3.org/1999/xhtml"/>', 1),
        ('<?xml-stylesheet href="x.xsl"?>', 1),
        ('<g xml:base="https://x.example/"/>', 4),
        ("<g>", 3),
    ],
)
def test_what_runs_in_a_drawing_is_told_at_its_place(inside, column):
    """A script, a handler, a page inside or an address outside is refused at its element or attribute."""
    expected = [(2 if inside != "<g>" else 3, column)]
    assert [expected, expected] == [places("a.svg", SVG.format(inside), is_redrawn=again) for again in (False, True)]


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="https://x.example/"><path d="M0 0"/></a>',
        '<use xlink:href="#a"/><g fill="url(#a)" style="mask:url(\'#b\')"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>a{fill:red} @font-face{src:url(data:font/woff2;base64,AA)}</style>",
        '<animate attributeName="x" values="1;2"/><title>on sale: javascript</title>',
        '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" r:resource="http://x.example"/></metadata>',
    ],
)
def test_a_harmless_drawing_is_published(inside):
    """Links, references to, pictures and fonts inside the drawing, and what programs note are harmless."""
    assert [] == places("a.svg", SVG.format(inside))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        '<!DOCTYPE svg SYSTEM "x.dtd">',
        "<!DOCTYPE svg [ ]>",
        '<?xml version="1.0" encoding="utf-7"?>',
    ],
)
def test_what_would_be_read_in_other_ways_is_refused(head):
    """Entities, a DOCTYPE of one's own and an encoding other than UTF-8 are refused where a file stays as it is."""
    assert 1 == min(places("a.svg", head + SVG.format("")))[0]
    assert "utf-7" in head or [] == places("a.svg", head + SVG.format(""), is_redrawn=True)


def test_the_doctype_of_drawing_programs_is_harmless():
    """The DOCTYPE that older programs write names only W3C's own, which no browser loads."""
    dtd = "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"
    assert [] == places("a.svg", f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "{dtd}">' + SVG.format(""))


def test_a_thousand_million_laughs_take_no_time():
    """Entities that hold entities are refused: the first of them, or that which they make of the drawing."""
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(30))
    bomb = f"<!DOCTYPE svg [<!ENTITY a0 'ha'>{laughs}]>" + SVG.format("&a30;")
    assert [(1, 28)] == places("a.svg", bomb)[-1:]
    assert [2] == [line for line, _ in places("a.svg", bomb, is_redrawn=True)]


@pytest.mark.parametrize(
    "name", ["a.html", "a.HTM", "a.xhtml", "a.js", "a.mjs", "a.swf", "a.svgz", "a.xsl", "a.html.vi", "a.php", "a.mht"]
)
def test_programs_are_refused_by_their_names(name):
    """A file that a browser or a server runs is refused whatever it holds."""
    assert [(1, 1)] == places(name, b"x")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.xml", "<tin><script/></tin>", [(1, 6)]),
        ("a.xml", '<?xml-stylesheet href="a.xsl"?><tin/>', [(1, 1)]),
        ("a.xml", '<rss version="2.0"><link>https://x.example</link></rss>', []),
        ("khong-duoi", "\n<!DOCTYPE html>", [(2, 1)]),
        ("a.la", "<script>", [(1, 1)]),
        ("a.la", "a, b", []),
        ("a.csv", "<script>", []),
        ("a.jpg", "<script>", []),
    ],
)
def test_other_files_are_told_by_what_they_hold(name, text, expected):
    """XML is read; a file without a known ending is refused when a browser would take it for a page."""
    assert expected == places(name, text)


def story(*lines):
    return article_source(*lines, body="[trang](a.html) ![ảnh](a.svg)\n")


FILES = {
    "content/xa-hoi/a.md": story(),
    "content/xa-hoi/a.html": "<p>",
    "content/xa-hoi/a.svg": SVG.format("<script/>"),
}


def refused(site):
    with pytest.raises(ContentError) as fault:
        build_site(site)
    return [str(problem.location) for problem in fault.value.problems if problem.rule == "script-in-file"]


def test_a_build_refuses_what_would_run(tmp_path):
    """Files that a public story links or shows are refused; others are not published, and not looked at."""
    site = site_folder(tmp_path, {**FILES, "content/xa-hoi/khac.html": "<p>"})
    assert ["content/xa-hoi/a.html:1:1", "content/xa-hoi/a.svg:2:1"] == refused(site)
    (site / "content/xa-hoi/a.md").write_text(story("status: draft"), "utf-8")
    build_site(site_folder(site, {"content/xa-hoi/b.md": article_source()}))


def test_a_trusted_folder_may_publish_programs(tmp_path):
    """Programs are published where raw HTML is allowed; the trust that goes is gone in the next build, with no edit."""
    site = site_folder(tmp_path, FILES)
    settings = (site / "newsgen.yaml").read_text("utf-8")
    trust = "markdown: {raw_html: {xa-hoi: allow}}\npictures: {svg: {content/xa-hoi: allow}}\n"
    (site / "newsgen.yaml").write_text(settings + trust, "utf-8")
    build_site(site)
    assert (site / "build/xa-hoi/a.html").is_file()
    (site / "newsgen.yaml").write_text(settings, "utf-8")
    assert 2 == len(refused(site))


def test_a_file_that_comes_to_run_is_refused_though_its_page_is_kept(tmp_path):
    """A drawing that gets a script after a build stops the next one."""
    site = site_folder(tmp_path, {**FILES, "content/xa-hoi/a.html": "", "content/xa-hoi/a.svg": SVG.format("")})
    (site / "content/xa-hoi/a.md").write_text(article_source(body="![ảnh](a.svg)\n"), "utf-8")
    build_site(site)
    (site / "content/xa-hoi/a.svg").write_text(SVG.format("<script/>"), "utf-8")
    assert ["content/xa-hoi/a.svg:2:1"] == refused(site)


def test_static_files_are_the_developers(tmp_path):
    """What is in static/ is published as it is, but for pictures."""
    site = site_folder(tmp_path, {"content/xa-hoi/a.md": article_source(), "static/a.html": "<script/>"})
    build_site(site)
    assert b"<script/>" == (site / "build/a.html").read_bytes()
