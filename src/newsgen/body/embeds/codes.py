"""Codes for embedding that were copied from a provider: frames, quotations with a script, elements that a script fills.

Each becomes a plain frame of what it shows, which gives the facade that a link gives, and a note with that link.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.context import BodyContext
from newsgen.body.embeds.facade import NO_TITLES
from newsgen.body.embeds.links import find_player
from newsgen.body.embeds.provider import Found
from newsgen.core.errors import Edit, Problem
from newsgen.core.messages import say
from newsgen.core.text import squeeze

_SIGN = re.compile(
    r"<(?:iframe\b|blockquote\b[^<>]*\b(?:twitter-tweet|twitter-video|tiktok-embed|instagram-media)\b"
    r"|div\b[^<>]*\bfb-(?:video|post)\b)",
    re.IGNORECASE,
)
_PLAYER_SCRIPT = (
    r"<script\b[^<>]*\bsrc=[\"'](?:https?:)?//(?:platform\.twitter\.com|www\.tiktok\.com|www\.instagram\.com"
    r"|platform\.instagram\.com|connect\.facebook\.net|player\.vimeo\.com)/[^<>]*>\s*</script>"
)
_BEFORE = re.compile(
    rf"(?:<div id=\"fb-root\">\s*</div>\s*(?:{_PLAYER_SCRIPT})?|<div style=\"(?:padding|position)[^\"<>]*\">)\s*\Z",
    re.I,
)
_LINKS = r"(?:[^<>]|</?(?:a|p|strong|em)\b[^<>]*>)*"
_BEHIND = re.compile(
    rf"(?P<box>\s*</div>)?(?P<tail>\s*(?:<br ?/?>\s*)?<(?P<tag>div|small|p)\b[^<>]*>{_LINKS}</(?P=tag)>)?"
    rf"(?P<script>\s*{_PLAYER_SCRIPT})?",
    re.IGNORECASE,
)
_NOT_PLAIN = re.compile(r"([\\`*_\[\]<>&~|{}])")
_BARE = re.compile(r"https?://[\w/:?=&.%#+!~@,-]*[\w/]", re.ASCII)


class _Code(NamedTuple):
    """A code in the HTML that an engine made, from `start` to `end`: what it shows, and under which title."""

    start: int
    end: int
    found: Found
    address: str
    title: str


def replace_codes(html: str, body: BodyContext) -> str:
    """The HTML with a plain frame in the place of each code for embedding."""
    if "<" not in body.text or not _SIGN.search(html):
        return html
    pieces, at, places = [], 0, dict[str, int]()
    for code in _find_codes(html, body):
        title = f' title="{escape(code.title)}"' if code.title else ""
        pieces += [html[at : code.start], f'<iframe src="{escape(code.address)}"{title}></iframe>']
        at = code.end
        body.notes.found.append(_describe(code, html[code.start : code.end], body, places))
    return "".join([*pieces, html[at:]])


def _find_codes(html: str, body: BodyContext) -> Iterator[_Code]:
    at = 0
    while sign := _SIGN.search(html, at):
        tag = sign[0][1:].split(None, 1)[0].lower()
        close = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(html, sign.end())
        if close is None:
            return
        node = LexborHTMLParser(html[sign.start() : close.end()], is_fragment=True).css_first(tag)
        address, title = ("", "") if node is None else _read_frame(node) if tag == "iframe" else _read_element(node)
        found = find_player(address, body) if address else None
        if found is None or not found.player.address:
            at = close.end() if tag == "iframe" else sign.end()
            continue
        code = _widen(html, _Code(sign.start(), close.end(), found, address, title), body)
        yield code
        at = code.end


def _read_frame(frame: LexborNode) -> tuple[str, str]:
    src, title = frame.attrs.get("src") or "", squeeze(frame.attrs.get("title") or "")
    return f"https:{src}" if src.startswith("//") else src, "" if title.casefold() in NO_TITLES else title


def _read_element(node: LexborNode) -> tuple[str, str]:
    """The address of the page that an element stands for, and the words of a post in it."""
    links = [link.attrs.get("href") or "" for link in node.css("a[href]")]
    words = node.css_first("p")
    text = squeeze(words.text()) if words is not None else ""
    if "twitter" in (node.attrs.get("class") or ""):
        dated = squeeze(node.css("a[href]")[-1].text()) if links else ""
        said = squeeze(" ".join(child.text() for child in node.iter(include_text=True)))
        return links[-1] if links else "", said.removesuffix(dated).strip()
    if permalink := node.attrs.get("data-instgrm-permalink"):
        return permalink, ""
    return node.attrs.get("data-href") or node.attrs.get("cite") or "", text


def _widen(html: str, code: _Code, body: BodyContext) -> _Code:
    """The code with what belongs to it: a box around it, links below a player, the script that fills it."""
    start, end, address = code.start, code.end, code.address
    before = _BEFORE.search(html, max(0, start - 600), start)
    behind = _BEHIND.match(html, end)
    if behind is None:
        return code
    is_boxed = before is not None and "fb-root" not in before[0]
    if before is not None and (not is_boxed or behind["box"]):
        start = before.start()
    end = behind.end("box") if is_boxed and behind["box"] else end
    if behind["box"] and not is_boxed:
        return code._replace(start=start)
    tail = LexborHTMLParser(behind["tail"] or "", is_fragment=True)
    pages = [link.attrs.get("href") or "" for link in tail.css("a[href]")]
    owned = [page for page in pages if body.site.embeds.knows(page)]
    if pages and len(owned) == len(pages):
        end = behind.end("tail")
        page = find_player(owned[-1], body) if "api.soundcloud.com" in address else None
        address = owned[-1] if page is not None and page.player.address else address
    if behind["script"] and (end in (behind.start("script"), behind.start("tail")) or behind["tail"] is None):
        end = behind.end("script") if behind["tail"] is None or end == behind.end("tail") else end
    return code._replace(start=start, end=end, address=address)


def _describe(code: _Code, written: str, body: BodyContext, places: dict[str, int]) -> Problem:
    """The note of a code, with the line that does the same; an edit where the code stands alone in its lines."""
    embeds, page = body.site.embeds, code.found.player.page
    same = embeds.find(page) if page else None
    address = page if same is not None and same.player.address == code.found.player.address else code.address
    pointed = address if _BARE.fullmatch(address) else f"<{address}>"
    title = _NOT_PLAIN.sub(r"\\\1", code.title)
    line = f"[{title}]({pointed})" if title else pointed
    index = body.text.find(written, places.get(written, 0))
    places[written] = index + 1
    what = say("this code of {name} for embedding is longer than it needs to be", name=code.found.provider.name)
    fix = say("write `{line}` alone in its paragraph", line=line)
    if index < 0:
        number = body.mentions.count(f"embed-code {code.found.provider.name}")
        place = body.mentions.locate_match(_SIGN, number)
        return Problem(place, "embed-code", what, fix, "warning")
    edits = _make_edits(index, index + len(written), line, body)
    return Problem(body.mentions.locate_index(index), "embed-code", what, fix, "warning", edits)


def _make_edits(start: int, end: int, line: str, body: BodyContext) -> tuple[Edit, ...]:
    """The edit that puts a line in the place of a range of whole lines; none where something stands around it."""
    above, below = body.text[:start].rpartition("\n"), body.text[end:].partition("\n")
    is_first = not above[2] and not above[0].rpartition("\n")[2].strip()
    if not is_first or below[0].strip():
        return ()
    is_last = not below[2].partition("\n")[0].strip()
    return (body.mentions.make_edit(start, end, line if is_last else f"{line}\n"),)
