"""The body of a story of plain prose, as the sanitiser and the passes over a tree give it, but many times as fast.

Most stories are paragraphs, headings, lists, quotations, emphasis and links, all typed as Markdown. An engine writes
them with a handful of tags, which sanitising leaves as they are. What may be anything else goes the long way.
"""

import re
from html import escape, unescape
from types import MappingProxyType

from newsgen.body.context import BodyContext
from newsgen.body.embeds.links import has_link_alone
from newsgen.body.engine import make_heading_id
from newsgen.body.headings import CONTENTS, Anchors
from newsgen.body.slips import has_slip_signs, has_speech_signs
from newsgen.body.targets import resolve_link
from newsgen.body.word_count import count_minutes, count_ordinary, count_words
from newsgen.core.text import find_invisible, squeeze
from newsgen.model.stories import Body, Heading

_TAG = re.compile(r"(<[^>]*>)")
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
_PUNYCODE = "xn--"
_PLACE = r"(?:[!#-%'-;=?-~]|&amp;)*+"
_LINK = re.compile(rf'<a href="(https?://{_HOST}(?:[/?#]{_PLACE})?|(?:mailto:|tel:)?{_PLACE.replace("-;", "-9;")})">')
"""A link whose address sanitising leaves as it is: of another site with a common name, or of this one."""

_SPANS = ("<br>", "<code></code>", *(f"<{tag}></{tag}>" for tag in ("em", "strong", "del")))
_EMPTY_LISTS = re.compile(r"<(ul|ol)>(?:<li></li>)*+</\1>|<blockquote></blockquote>")
_HEADINGS = MappingProxyType({f"<h{level}>": f"</h{level}>" for level in range(2, 7)})
_EMPTY_HEADINGS = re.compile(r"(?:<h([2-6])></h\1>)*+")
_BLOCKS = frozenset(("p", "ul", "ol", "li", "blockquote", *(tag[1:-1] for tag in _HEADINGS)))
_APART = frozenset(["<br>", "<hr>", *(f"<{tag}>" for tag in _BLOCKS), *(f"</{tag}>" for tag in _BLOCKS)])
"""Tags at which a word ends."""

_DEEPEST = 4
"""How deep lists and quotations stand in one another."""


def render_plain(body: BodyContext, html: str) -> Body | None:
    """The body, of the HTML that an engine made; None where it is more than plain prose, and nothing was done."""
    html = html.replace(" />", ">")
    if "&" in html:
        html = html.replace("&quot;", '"')
    pieces = _TAG.split(html)
    if not _is_plain(html, pieces) or _needs_more(body, html):
        return None
    said = "".join([piece if piece[:1] != "<" else " " if piece in _APART else "" for piece in pieces])
    shown, typed = said.encode("utf-8", "surrogatepass"), body.text.encode("utf-8", "surrogatepass")
    words = count_ordinary(shown)
    if words is None and find_invisible(said, shown):
        return None
    body.words, body.minutes = count_words(said, shown) if words is None else (words, count_minutes(words))
    if not body.words or has_slip_signs(shown) or ("<li>" in html and has_speech_signs(typed)):
        return None
    if "<a " in html:
        for at in [at for at in range(1, len(pieces), 2) if pieces[at][1] == "a"]:
            pieces[at] = _resolve(body, pieces[at])
    if "<h" in html:
        _name_headings(body, pieces)
    body.notes.check_typed(typed)
    return body.finish("".join(pieces))


def _is_plain(html: str, pieces: list[str]) -> bool:
    """Whether HTML, here as texts and tags in turn, is nothing but known tags, each in a place where it may stand."""
    tags = pieces[1::2]
    if not html.startswith("<") or not html.count("<") == html.count(">") == len(tags):
        return False
    if "&" in html and html.count("&") != html.count("&amp;") + html.count("&gt;"):
        return False
    shape = "".join(tags)
    if "<a " in shape:
        shape = _LINK.sub(lambda link: link[0] if _PUNYCODE in link[1] else "<a>", shape)
    return _EMPTY_HEADINGS.fullmatch(_remove_blocks(_remove_spans(shape))) is not None


def _remove_spans(shape: str) -> str:
    """The tags without those of emphasis, code and links: a link holds no other, nothing stands too deep in others."""
    for removed in (*_SPANS, *_SPANS, "<a></a>", *_SPANS, *_SPANS):
        if removed in shape:
            shape = shape.replace(removed, "")
    return shape


def _remove_blocks(shape: str) -> str:
    """The tags without those of paragraphs, rules, lists and quotations that stand as they may."""
    shape = shape.replace("<p></p>", "").replace("<hr>", "")
    for _ in range(_DEEPEST):
        shape = _EMPTY_LISTS.sub("", shape)
    return shape


def _needs_more(body: BodyContext, html: str) -> bool:
    """Whether a pass may find something in this text or its HTML that tags do not show."""
    additions, text = body.site.additions, body.text
    if additions.passes or "<" in text or "\xa0" in html:
        return True
    if '<p><a href="http' in html and has_link_alone(html, body.site.embeds):
        return True
    return ("[" in html and CONTENTS in html) or ("[" in text and ('href="#' in html or text.count("]:") > 1))


def _resolve(body: BodyContext, tag: str) -> str:
    """The tag of a link with the address where it leads."""
    attributes = {"href": unescape(tag[len('<a href="') : -len('">')])}
    resolve_link(attributes, body)
    written = (f' {name}="{escape(value, quote=False)}"' for name, value in attributes.items())
    return f"<a{''.join(written)}>"


def _name_headings(body: BodyContext, pieces: list[str]) -> None:
    """Give each heading its anchor, and check the headings."""
    anchors, found, empty = Anchors(), [], []
    for at in range(1, len(pieces), 2):
        tag = pieces[at]
        if tag not in _HEADINGS:
            continue
        end = pieces.index(_HEADINGS[tag], at)
        text = squeeze(unescape("".join(pieces[at + 1 : end : 2])))
        anchor = anchors.claim(make_heading_id(text))
        found.append(Heading(int(tag[2]), anchor, text))
        following = pieces[end + 2] if end + 2 < len(pieces) else ""
        is_followed = bool(pieces[end + 1].strip()) or (following and not (following in _HEADINGS and following <= tag))
        empty.append(not is_followed)
        pieces[at] = f'{tag[:-1]} id="{anchor}">'
    body.headings = tuple(found)
    if found:
        body.notes.check_headings(found, empty)
