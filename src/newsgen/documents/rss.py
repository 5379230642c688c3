"""RSS 2.0 (rssboard.org, 2.0.11), with Dublin Core for names, content for whole texts and Media RSS for pictures."""

from html import escape
from xml.etree.ElementTree import Element

from newsgen.core.media_types import FEEDS
from newsgen.core.urls import make_absolute
from newsgen.documents.feed_items import Feed, Media, full_text, id_of, items, last_change, media, summary
from newsgen.documents.queries import DocumentQueries
from newsgen.documents.xml import child, document
from newsgen.model.pages import DocumentOutput, FeedItem
from newsgen.site.dates import format_mail_date

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def write(output: DocumentOutput[Feed], ask: DocumentQueries) -> bytes:
    """One RSS feed."""
    feed, config = output.subject, ask.edition.config
    own = make_absolute(output.url, config.url)
    found = items(feed, ask)
    root = Element("rss", {"version": "2.0", **NAMESPACES})
    channel = child(root, "channel")
    child(channel, "title", feed.title)
    child(channel, "link", make_absolute(feed.home, config.url))
    child(channel, "description", feed.description or feed.title)
    child(channel, "language", config.language)
    if (newest := last_change(found, ask)) is not None:
        child(channel, "lastBuildDate", format_mail_date(newest))
    child(channel, "atom:link", "", {"href": own, "rel": "self", "type": FEEDS["rss"]})
    if config.feeds.hub:
        child(channel, "atom:link", "", {"href": config.feeds.hub, "rel": "hub"})
    for item in found:
        _item(child(channel, "item"), item, feed, ask)
    return _with_numbers(document(root))


def _with_numbers(xml: bytes) -> bytes:
    """The feed with numbers for signs: most readers show those in plain texts right (RSS Best Practices Profile, 4)."""
    return xml.replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")


def _item(node: Element, item: FeedItem, feed: Feed, ask: DocumentQueries) -> None:
    card, url = item.card, make_absolute(item.card.url, ask.edition.config.url)
    child(node, "title", card.title)
    child(node, "link", url)
    identity = id_of(item, ask)
    child(node, "guid", identity, {"isPermaLink": "true" if identity == url else "false"})
    child(node, "pubDate", format_mail_date(card.date))
    if described := summary(item, feed):
        child(node, "description", escape(described, quote=False))
    if feed.full:
        child(node, "content:encoded", full_text(item, ask))
    for author in card.authors:
        child(node, "dc:creator", author.name)
    if card.lang != ask.edition.config.language:
        child(node, "dc:language", card.lang)
    for name in [*(section.title for section in card.sections), *(term.name for term in item.terms)]:
        child(node, "category", name)
    if (picture := media(item, ask)) is not None:
        _media(node, picture)


def _media(node: Element, media: Media) -> None:
    """The picture as media:content, and as enclosure where its length is known, which an enclosure must tell."""
    if media.length:
        child(node, "enclosure", "", {"url": media.url, "length": str(media.length), "type": media.type})
    known = {"fileSize": media.length, "width": media.picture.width, "height": media.picture.height}
    sizes = {name: str(value) for name, value in known.items() if value}
    content = child(node, "media:content", "", {"url": media.url, "type": media.type, "medium": "image", **sizes})
    if media.picture.caption or media.picture.alt:
        child(content, "media:description", media.picture.caption or media.picture.alt, {"type": "plain"})
    if media.picture.credit:
        child(content, "media:credit", media.picture.credit, {"role": "photographer"})
