"""The CommonMark engine, and what stays the same whichever engine made the HTML."""

import builtins
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from builders import site_config, site_folder
from newsgen.body.body import BodyRenderer, LinkTargets
from newsgen.body.engine import Engine, EngineMissing, PythonMarkdown, make_engine
from newsgen.core.text import squeeze
from newsgen.media.assets import Assets
from newsgen.model.stories import Body
from story_rendering import FILES, FIRST_LINE, HERE, PAGES, STORIES, sources_of

ROOT = Path(__file__).parents[2]


def commonmark(language: str = "vi") -> Engine:
    """The second engine; the test is skipped where its package is not installed."""
    pytest.importorskip("comrak")
    return make_engine("commonmark", (), language)


def body_by(engine: Engine, text: str) -> Body:
    """The body that this engine and the pass after it make of a text."""
    config = site_config()
    with TemporaryDirectory() as folder:
        site = site_folder(Path(folder), FILES)
        targets = LinkTargets(STORIES, Assets(site, sources_of(site).files, config.base), PAGES.__contains__)
        return BodyRenderer(config, engine, targets).render(text, HERE, f"content/{HERE}", FIRST_LINE)


def shape(node: LexborNode) -> tuple[str, list[tuple[str, dict[str, str | None]]]]:
    """The words of an element, and every element in it; attributes have no order."""
    return squeeze(node.text()), [(inner.tag or "", dict(inner.attrs)) for inner in node.css("*")]


def words(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """The text and elements of an engine's HTML, without the anchors that come later."""
    text, inside = shape(LexborHTMLParser(f"<main>{html}</main>").css("main")[0])
    return [(text, {}), *((tag, {} if tag[0] == "h" else attributes) for tag, attributes in inside)]


def marks(body: Body) -> dict[str, object]:
    """What readers, links and the build rely on in a body: figures, anchors, addresses, files and faults."""
    tree = LexborHTMLParser(body.html)
    return {
        "figures": [shape(figure) for figure in tree.css("figure, .gallery, .video, .table-scroll")],
        "headings": body.headings,
        "links": [link.attrs.get("href") for link in tree.css("a") if "ootnote" not in (link.html or "")],
        "files": body.files,
        "faults": [(str(p.location), p.rule, p.what, p.fix) for p in body.problems],
    }


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("```python\nx < y\n```", '<pre><code class="language-python">x &lt; y\n</code></pre>'),
        ("a\n\n: b", "<dl>\n<dt>a</dt>\n<dd>\n<p>b</p>\n</dd>\n</dl>"),
        ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("~~a~~", "<p><del>a</del></p>"),
        ("https://a.example", '<p><a href="https://a.example">https://a.example</a></p>'),
        ("<https://a.example>", '<p><a href="https://a.example">https://a.example</a></p>'),
        ("# Đà Nẵng", "<h1>Đà Nẵng</h1>"),
        ("<details>\n\n*a*\n\n</details>", "<details>\n<p><em>a</em></p>\n</details>"),
        ('"a" -- b...', "<p>&quot;a&quot; -- b...</p>"),
        ("- [ ] a", '<ul>\n<li><input type="checkbox" disabled="" /> a</li>\n</ul>'),
        ("# a {.b}\n\nc {#d}", '<h1 class="b">a</h1>\n<p>c {#d}</p>'),
        ("", ""),
    ],
)
def test_the_dialect(text, html):
    """CommonMark with what docs/markdown.md adds; nothing clever with quotes."""
    assert html == commonmark().convert(text).strip()


@pytest.mark.parametrize(
    ("language", "title"),
    [("vi", "Trở lại chỗ chú thích 1 trong bài"), ("vi-VN", "Trở lại chỗ chú thích 1 trong bài"),
     ("en", "Back to note 1 in the text"), ("fr", "Back to note 1 in the text")],
)  # fmt: skip
def test_footnotes_wear_the_class_and_words_of_the_default_engine_s(language, title):
    """A theme's rule for `.footnote` and `.footnote-backref` holds for both, and the way back has a name."""
    for engine in (PythonMarkdown(language=language), commonmark(language)):
        tree = LexborHTMLParser(body_by(engine, "a[^1]\n\n[^1]: b").html)
        assert ["1"] == [node.text() for node in tree.css("sup a.footnote-ref")]
        assert [title] == [node.attrs.get("title") for node in tree.css(".footnote ol li a.footnote-backref")]
        for link in tree.css("a"):
            assert tree.css_first(f'[id="{(link.attrs["href"] or "")[1:]}"]') is not None


SAME = [
    '![Cầu](cau.png "Hợp long | Minh An")',
    '![Cầu](cau.png "Hợp long")\n![Vải](<vải chín.png> "Vải")',
    "Trong dòng ![Cầu](cau.png) chữ",
    "[![Cầu](cau.png)](nhan-muon.md)",
    "[a](nhan-muon.md#neo) [b](../xa-hoi/ke-song.md) [c](/xa-hoi/ke-song.md) [d](https://a.example/x?y=1&z=2)",
    "[a](../xa-hoi/bang.pdf) [b](/tin-moi-nhat/) [c](nhap.md)",
    "[a](khong-co.md) và ![b](khong-co.png)",
    "# Mùa nhãn\n\n## Giá *cả*\n\n## Giá cả\n\n### Đà Nẵng & Huế\n\n## 🤷",
    "## Vì *sao*? {#vi-sao}\n\n## Vì sao?\n\n### Giá {: #gia }\n\n## Mã `{#ma}`",
    "Đầu\n===\n\nDưới\n---",
    "| Mốc | Thực tế |\n|---|:-:|\n| Hợp long | 12-2025 |",
    '<iframe src="https://www.youtube.com/embed/abc" title="Lễ" allowfullscreen></iframe>',
    '<iframe src="https://evil.example/"></iframe>',
    '<video src="/phim.mp4" poster="cau.png" controls></video>',
]


@pytest.mark.parametrize("text", SAME)
def test_the_same_story_through_both_engines(text):
    """Figures, anchors, links, tables, frames, published files and faults do not depend on the engine."""
    assert marks(body_by(PythonMarkdown(), text)) == marks(body_by(commonmark(), text))


def documented_differences() -> list[str]:
    """What stands in the first column of the table in docs/markdown.md, Engines."""
    section = (ROOT / "docs/markdown.md").read_text("utf-8").partition("\n## Engines\n")[2].partition("\n## ")[0]
    return [code.replace("⏎", "\n") for code in re.findall(r"^\| `([^`]+)` \| (?!`)", section, re.MULTILINE)]


@pytest.mark.parametrize("text", documented_differences())
def test_each_documented_difference_is_one(text):
    """Every row of the table tells two readings of the same text apart."""
    assert words(PythonMarkdown().convert(text)) != words(commonmark().convert(text))


def test_the_documented_differences_are_read():
    """The table has rows."""
    assert "- [ ]\n\n  hai" in documented_differences()


def test_the_demonstration_stories_through_both_engines():
    """Every story of the demonstration paper has the same figures, anchors, links and faults."""
    second = commonmark()
    config, sources = site_config(), sources_of(ROOT)
    stories = {source.removeprefix("content/"): f"/{source}" for source in sources.articles}
    targets = LinkTargets(stories, Assets(ROOT, sources.files, config.base), lambda _: True)
    first_site, second_site = (BodyRenderer(config, engine, targets) for engine in (PythonMarkdown(), second))
    for source in sources.articles:
        text = (ROOT / source).read_text("utf-8").split("\n---\n", 1)[1]
        path = source.removeprefix("content/")
        expected, got = (marks(site.render(text, path, source, 1)) for site in (first_site, second_site))
        assert expected == got, source


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "<img src=x onerror=y>",
        "[a](javascript:x)",
        "![a](javascript:x)",
        "<a href='java&#10;script:x'>a</a>",
        '```"><script>x</script>\nx\n```',
        "[^1]\n\n[^1]: <script>x</script>",
        "|a|\n|-|\n|<script>x</script>|",
        "a\n\n: <svg onload=x>",
        "<style>*{}</style>",
    ],
)
def test_raw_html_is_sanitised_behind_either_engine(text):
    """What could run is gone, though the engine itself lets HTML through."""
    tree = LexborHTMLParser(body_by(commonmark(), text).html)
    assert [] == tree.css("script, style, svg")
    for node in tree.css("*"):
        assert not [name for name in node.attrs if name.startswith("on")]
        assert not [value for value in node.attrs.values() if "script:" in (value or "")]


def test_hostile_nesting_is_a_fault_or_a_page_and_never_a_crash():
    """Thousands of quotes, lists or brackets end in good time."""
    for text in ("> " * 3000 + "a", "- " * 3000 + "a", "[" * 20_000, "*a **b " * 3000, "<b>" * 3000):
        assert () == body_by(commonmark(), text).problems


def test_an_engine_is_made_by_its_name():
    """The default one takes extensions; a name that is none is a programmer's mistake."""
    assert "<p>a<br>\nb</p>" == make_engine("python-markdown", ("nl2br",), "vi").convert("a\nb")
    with pytest.raises(ValueError, match="goldmark"):
        make_engine("goldmark", (), "vi")


def test_an_engine_that_is_not_installed_says_how_to_get_it(monkeypatch):
    """Without the package the site hears which package to install."""
    real = builtins.__import__

    def without(name, *rest):
        if name in ("comrak", "newsgen.body.comrak_engine"):
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineMissing, match="commonmark") as missing:
        make_engine("commonmark", (), "vi")
    assert "pip install comrak" == missing.value.fix
