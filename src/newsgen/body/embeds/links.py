"""Links that stand alone in their paragraph and lead to a video, post, sound or map: each becomes a facade."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsgen.body.context import BodyContext
from newsgen.body.embeds.facade import Shown, write_facade
from newsgen.body.embeds.provider import Embeds, Found, read_host
from newsgen.body.figures import write_caption
from newsgen.body.nodes import get_classes, replace_html, walk_up, write_attributes_but
from newsgen.body.picture_sizes import set_sizes
from newsgen.core.errors import PluginFailed
from newsgen.core.messages import get_message, say
from newsgen.core.text import squeeze

_ALONE = re.compile(r'<p[^<>]*>\s*<a\b[^<>]*\shref="(https?://[^"]*)"', re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+\Z", re.IGNORECASE)
"""An address without its scheme, as a text."""

_AROUND = frozenset(["article", "aside", "details", "div", "section"])
"""Elements in which a paragraph is still one of the story itself."""

_PLAIN = "link"
"""The class of a link, or of its paragraph, that stays a link."""


def has_link_alone(html: str, embeds: Embeds) -> bool:
    """Whether a paragraph of this HTML begins with a link to a provider."""
    return any(embeds.knows(link[1].replace("&amp;", "&")) for link in _ALONE.finditer(html))


def embed_links(tree: LexborHTMLParser, body: BodyContext) -> None:
    """Turn links alone in their paragraphs into facades, where their addresses have players."""
    embeds = body.site.embeds
    if "a" not in body.tags or not has_link_alone(body.html, embeds):
        return
    for paragraph in tree.css("p"):
        link = _find_link_alone(paragraph)
        address = link.attrs.get("href") or "" if link is not None else ""
        if link is not None and (found := find_player(address, body)) is not None:
            replace_html(paragraph, write_facade(found, _look(paragraph, link, body), body.site.language))


def find_player(address: str, body: BodyContext) -> Found | None:
    """The player of an address; None for a plain link, and after adding the problem where a plugin fails."""
    try:
        return body.site.embeds.find(address)
    except PluginFailed as error:
        fix = say("correct the plugin, or remove it from `plugins`")
        body.problems.add(body.mentions.locate(address), "plugin-failed", get_message(error), fix)
        return None


def _find_link_alone(paragraph: LexborNode) -> LexborNode | None:
    """The link that is all of a paragraph; None where there is more, or where it shall stay a link."""
    inner = [node for node in paragraph.iter(include_text=True) if node.tag != "-text" or node.text().strip()]
    link = inner[0] if len(inner) == 1 and inner[0].tag == "a" else None
    if link is None or any(around.tag not in _AROUND for around in walk_up(paragraph)):
        return None
    if _PLAIN in get_classes(link) or _PLAIN in get_classes(paragraph):
        return None
    images = link.css("img")
    is_known = len(images) < 2 and link.css_first("video, audio, iframe, object, input, svg") is None
    return link if is_known and (images or link.text().strip()) else None


def _look(paragraph: LexborNode, link: LexborNode, body: BodyContext) -> Shown:
    """What the facade of a link shows: its text or the picture in it, and the title of either as the caption."""
    image = link.css_first("img")
    told, title, still = (link.attrs.get("title") or ""), _read_title(link), ""
    if image is not None:
        told = image.attrs.get("title") or told
        title = title or squeeze(image.attrs.get("alt") or "")
        still = _take_still(image, body)
    style = " ".join([*get_classes(paragraph), *get_classes(link)])
    href = link.attrs.get("href") or ""
    return Shown(title, href, still, write_caption(told), style, write_attributes_but(paragraph, "class"))


def _read_title(link: LexborNode) -> str:
    """The words of a link; "" for one that is nothing but its address."""
    words = squeeze(link.text())
    return "" if read_host(words) or _DOMAIN.match(words) else words


def _take_still(image: LexborNode, body: BodyContext) -> str:
    """The picture of a link as HTML, without its words: the title beside it says the same."""
    set_sizes(image, body.site.config.pictures.sizes.figure)
    for name in ("title", "class"):
        if name in image.attrs:
            del image.attrs[name]
    image.attrs["alt"] = ""
    around = image.parent
    return (around.html if around is not None and around.tag == "picture" else image.html) or ""
