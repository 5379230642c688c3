"""Every link of the paper leads somewhere."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

ATTRIBUTES = {"a": "href", "link": "href", "img": "src", "script": "src", "section[data-fragment]": "data-fragment"}


def addresses(page: LexborHTMLParser) -> list[str]:
    """What the page links to or loads."""
    nodes = [(node, name) for selector, name in ATTRIBUTES.items() for node in page.css(selector)]
    return [node.attributes[name] or "" for node, name in nodes if name in node.attributes]


def broken(folder: Path, output: Path, address: str, ids: dict[Path, set[str]]) -> bool:
    """Whether the address, met on this output, leads to nothing in the folder. Other hosts are not asked."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return False
    path = unquote(parts.path)
    target = output if not path else folder / path.lstrip("/")
    if path and not path.startswith("/"):
        return True
    if target.is_dir() or path.endswith("/"):
        target = target / "index.html"
    return not target.is_file() or bool(parts.fragment and unquote(parts.fragment) not in ids.get(target, set()))


@pytest.mark.parametrize("name", ["paper", "fragment"])
def test_no_broken_link(request, name):
    """Links, pictures, scripts and styles of every page exist, and so do the places in pages that links name."""
    folder = request.getfixturevalue(name).folder
    pages = {output: LexborHTMLParser(output.read_bytes()) for output in folder.rglob("*.html")}
    ids = {output: {node.attributes["id"] or "" for node in page.css("[id]")} for output, page in pages.items()}
    found = [
        f"{output.relative_to(folder)}: {address}"
        for output, page in pages.items()
        for address in addresses(page)
        if broken(folder, output, address, ids)
    ]
    assert [] == found


def test_every_page_is_reached(paper):
    """A reader who follows links comes to every page but those for old addresses and for what is lost."""
    folder = paper.folder
    seen, ahead = set[Path](), {folder / "index.html"}
    while ahead:
        output = ahead.pop()
        seen.add(output)
        for address in addresses(LexborHTMLParser(output.read_bytes())):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path.endswith(("/", ".html")):
                continue
            target = folder / parts.path.lstrip("/")
            target = target / "index.html" if parts.path.endswith("/") else target
            if target not in seen:
                ahead.add(target)
    alone = {o for o in folder.rglob("*.html") if o not in seen}
    moved = {o for o in alone if LexborHTMLParser(o.read_bytes()).css_first("meta[http-equiv=refresh]")}
    assert {"404.html", "en/404.html"} == {str(o.relative_to(folder)) for o in alone - moved}
    assert len(moved) > 0
