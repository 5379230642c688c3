"""Five hundred scripts typed into everything that an editor can type: none runs, and what is text comes out as text.

tests/browser/test_hostile_pages.py opens the same pages in a browser.
"""

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser, LexborNode

from builders import png, site_folder
from built_once import built_once
from hostile_site import CONTROL, PAYLOADS, build_hostile, story
from papers import build_site, tree
from payloads import CALL

FORBIDDEN = frozenset(
    ["script", "style", "object", "embed", "form", "input", "base", "link", "meta", "svg", "math", "template", "iframe"]
)
ADDRESSES = frozenset(["href", "src", "poster", "action", "formaction", "data", "cite", "xlink:href", "srcset", "ping"])
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
HARMLESS = ("http:", "https:", "mailto:", "tel:")


def dangers(node: LexborNode, own: set[str | None]) -> Iterator[str]:
    """What a browser could run in an element; `own` is the HTML of the theme's own scripts, styles and icons."""
    tag = node.tag or ""
    if tag in FORBIDDEN and node.html not in own:
        yield (node.html or "")[:200]
    for name, value in node.attrs.items():
        address = "".join(c for c in (value or "") if c > " ").casefold()
        if name.startswith("on") or name in ("srcdoc", "style"):
            yield f"{tag} {name}={value}"
        if name in ADDRESSES and SCHEME.match(address) and not address.startswith(HARMLESS):
            yield f"{tag} {name}={value}"


def themes_own(folder) -> set[str | None]:
    """The HTML of all that a harmless site's pages hold of the kind."""
    slanted = story(2, "nghiêng").replace("nghiêng", "*nghiêng*")  # its page preloads the italic face
    stories = {"content/kinh-te/t.md": story(1, "chữ"), "content/kinh-te/n.md": slanted}
    plain = site_folder(folder, {**stories, "content/kinh-te/a.png": png()})
    build_site(plain)
    pages = (data.decode() for name, data in tree(plain / "build").items() if name.endswith(".html"))
    return {node.html for page in pages for node in LexborHTMLParser(page).css(", ".join(FORBIDDEN))}


def test_nothing_that_is_typed_is_more_than_text(tmp_path_factory):
    """Read by strict parsers no page has an element, handler or address that is not the theme's own, titles come out
    letter by letter, and data is still data.
    """
    assert 500 == len(PAYLOADS)
    pages = tree(built_once(tmp_path_factory, "hostile", build_hostile) / "build")
    own = themes_own(tmp_path_factory.mktemp("plain"))
    published = [n for n in range(500) if f"kinh-te/2022/08/tin-{n}.html" in pages]
    assert len(published) > 450
    assert any(CALL.encode() in data for data in pages.values())
    found = {}
    for name, data in pages.items():
        if name.endswith((".xml", ".rss", ".atom")):
            ElementTree.fromstring(data)  # noqa: S314 - the test's own output
        elif name.endswith((".json", ".webmanifest")):
            json.loads(data)
        elif name.endswith(".html"):
            page = LexborHTMLParser(data.decode())
            meta = {node.html for node in page.css("head meta, head link[rel=canonical], head link[rel=alternate]")}
            ours = own | meta | {node.html for node in page.css('script[type="application/ld+json"]')}
            if faults := [fault for node in page.css("*") for fault in dangers(node, ours)]:
                found[name] = faults[:3]
            for node in page.css('script[type="application/ld+json"]'):
                json.loads(node.text())
    assert {} == found
    for number in published:
        typed = " ".join(CONTROL.sub("", " ".join(PAYLOADS[number].split())).split())
        page = LexborHTMLParser(pages[f"kinh-te/2022/08/tin-{number}.html"].decode())
        assert typed == page.css_first("article.story h1").text()
