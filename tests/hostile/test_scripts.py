"""Five hundred scripts typed into everything that an editor can type: none runs, and what is text comes out as text."""

import json
import re
from collections.abc import Iterator

import pytest
from payloads import CALL, scripts
from selectolax.lexbor import LexborHTMLParser, LexborNode

from builders import config_source, png, site_folder
from newsgen.errors import ContentError
from papers import build_site, tree

PAYLOADS = scripts()
FIELDS = ("title", "summary", "kicker", "tags", "authors", "alt", "caption", "credit", "extra", "body")
FORBIDDEN = "script, style, object, embed, form, input, button, base, link, meta, svg, math, template, frame, iframe"
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
HARMLESS = ("http:", "https:", "mailto:", "tel:")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def story(number: int, payload: str) -> str:
    """An article with the payload in every field and in its text; those that a file cannot hold are left out."""
    text = json.dumps(CONTROL.sub("", " ".join(payload.split())), ensure_ascii=False)
    return "\n".join(
        [
            "---",
            f"title: {text}",
            "date: 2022-08-07",
            f"slug: tin-{number}",
            f"summary: {text}",
            f"kicker: {text}",
            f'tags: [{text[:-1]} {number}"]',
            f'authors: [{text[:-1]} {number}"]',
            f"image: {{src: a.png, alt: {text}, caption: {text}, credit: {text}}}",
            f"extra: {{a: {text}}}",
            "---",
            CONTROL.sub("", payload.replace("\n", "\0")).replace("\0", "\n"),
            "",
        ]
    )


def sound(folder, stories: dict[str, str]) -> dict[str, bytes]:
    """The site of those stories that a build accepts; the others were refused, which is safe as well."""
    lines = [f"title: {json.dumps(PAYLOADS[0])}", "rules: {dropped-html: off}"]
    config = config_source(*lines[1:], title=json.dumps(f"{PAYLOADS[0]} {PAYLOADS[3]}"))
    for _ in range(4):
        site = site_folder(folder, {**stories, "content/kinh-te/a.png": png()}, config)
        try:
            build_site(site, jobs=2)
        except ContentError as error:
            for source in {problem.location.path for problem in error.problems}:
                stories.pop(source, None)
                (site / source).unlink()
            continue
        return tree(site / "build")
    raise AssertionError("the site never became sound")


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, bytes]:
    """The pages of a site whose every story is an attack."""
    stories = {f"content/kinh-te/t{n:03}.md": story(n, payload) for n, payload in enumerate(PAYLOADS)}
    return sound(tmp_path_factory.mktemp("hostile"), stories)


def dangers(node: LexborNode, own: frozenset[str]) -> Iterator[str]:
    """What a browser could run in an element; `own` are the scripts, styles and links of the theme."""
    tag = node.tag or ""
    if tag in FORBIDDEN.split(", ") and (node.html or "") not in own:
        yield (node.html or "")[:200]
    for name, value in node.attrs.items():
        address = "".join(c for c in (value or "") if c > " ").casefold()
        if name.startswith("on") or name in ("srcdoc", "style"):
            yield f"{tag} {name}={value}"
        if name in ("href", "src", "poster", "action", "formaction", "data", "cite", "xlink:href", "srcset", "ping"):
            if SCHEME.match(address) and not address.startswith(HARMLESS):
                yield f"{tag} {name}={value}"


def test_there_are_five_hundred_and_most_are_published(pages):
    """The table is as large as it says, and few of its texts are refused before they reach a page."""
    assert 500 == len(PAYLOADS)
    assert 400 < sum(name.startswith("kinh-te/2022/08/tin-") for name in pages)


def test_nothing_of_it_is_more_than_text(pages, tmp_path):
    """Read by an HTML5 parser, no page has an element, handler or address that is not the theme's own."""
    plain = site_folder(tmp_path, {"content/kinh-te/t.md": story(1, "chữ"), "content/kinh-te/a.png": png()})
    build_site(plain)
    own = set()
    for name, data in tree(plain / "build").items():
        if name.endswith(".html"):
            own |= {
                node.html
                for node in LexborHTMLParser(data.decode()).css("script, style, link, meta, form, button, svg")
            }
    found = {}
    for name, data in pages.items():
        if not name.endswith(".html"):
            continue
        harmless = {
            node.html
            for node in LexborHTMLParser(data.decode()).css("head meta, head link[rel=canonical], head link[rel=icon]")
        }
        faults = [f for n in LexborHTMLParser(data.decode()).css("*") for f in dangers(n, frozenset(own | harmless))]
        if faults:
            found[name] = faults[:3]
    assert {} == found


def test_a_title_comes_out_letter_by_letter(pages):
    """The headline that a reader sees is the one that was typed, signs and all."""
    for number in range(0, 500, 7):
        name = f"kinh-te/2022/08/tin-{number}.html"
        if name in pages:
            typed = " ".join(CONTROL.sub("", " ".join(PAYLOADS[number].split())).split())
            heading = LexborHTMLParser(pages[name].decode()).css_first("article.story h1")
            assert typed == heading.text()


def test_data_is_still_data(pages):
    """Feeds and other XML parse strictly, and JSON in pages and files is JSON, whatever stands in it."""
    from xml.etree import ElementTree  # only the test's own output is parsed

    for name, data in pages.items():
        if name.endswith((".xml", ".rss", ".atom")):
            ElementTree.fromstring(data)  # noqa: S314
        elif name.endswith((".json", ".webmanifest")):
            json.loads(data)
        elif name.endswith(".html"):
            for node in LexborHTMLParser(data.decode()).css('script[type="application/ld+json"]'):
                json.loads(node.text())


def test_the_trap_word_reaches_the_pages(pages):
    """The attack is really there, as text: a test that lost it on the way would say nothing."""
    assert any(CALL.encode() in data for data in pages.values())
