"""RSS 2.0 (rssboard.org, 2.0.11), with Dublin Core for names, content for whole texts and Media RSS for pictures."""

from html import escape
from xml.etree.ElementTree import Element

from newsgen.core.media_types import FEEDS
from newsgen.core.urls import make_absolute
from newsgen.documents import feed_items
from newsgen.documents.feed_items import Feed, Media
from newsgen.documents.queries import DocumentQueries
from newsgen.documents.xml import add_child, serialize
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
    feed_url = make_absolute(output.url, config.url)
    found = feed_items.list_items(feed, ask)
    root = Element("rss", {"version": "2.0", **NAMESPACES})
    channel = add_child(root, "channel")
    add_child(channel, "title", feed.title)
    add_child(channel, "link", make_absolute(feed.home, config.url))
    add_child(channel, "description", feed.description or feed.title)
    add_child(channel, "language", config.language)
    if (newest := feed_items.find_last_change(found, ask)) is not None:
        add_child(channel, "lastBuildDate", format_mail_date(newest))
    add_child(channel, "atom:link", "", {"href": feed_url, "rel": "self", "type": FEEDS["rss"]})
    if config.feeds.hub:
        add_child(channel, "atom:link", "", {"href": config.feeds.hub, "rel": "hub"})
    for item in found:
        _add_item(add_child(channel, "item"), item, feed, ask)
    return use_numbers(serialize(root))


def use_numbers(xml: bytes) -> bytes:
    """The feed with numeric references, which most readers show right (RSS Best Practices Profile, 4)."""
    return xml.replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")


def _add_item(node: Element, item: FeedItem, feed: Feed, ask: DocumentQueries) -> None:
    card, url = item.card, make_absolute(item.card.url, ask.edition.config.url)
    add_child(node, "title", card.title)
    add_child(node, "link", url)
    identity = feed_items.get_id(item, ask)
    add_child(node, "guid", identity, {"isPermaLink": "true" if identity == url else "false"})
    add_child(node, "pubDate", format_mail_date(card.date))
    if described := feed_items.make_summary(item, feed):
        add_child(node, "description", escape(described, quote=False))
    if feed.full:
        add_child(node, "content:encoded", feed_items.render_full_text(item, ask))
    for author in card.authors:
        add_child(node, "dc:creator", author.name)
    if card.lang != ask.edition.config.language:
        add_child(node, "dc:language", card.lang)
    for name in [*(section.title for section in card.sections), *(term.name for term in item.terms)]:
        add_child(node, "category", name)
    if (picture := feed_items.find_media(item, ask)) is not None:
        _add_media(node, picture)


def _add_media(node: Element, media: Media) -> None:
    """The picture as enclosure, whose length is 0 where it is not known, and as media:content."""
    add_child(node, "enclosure", "", {"url": media.url, "length": str(media.length), "type": media.type})
    known = {"fileSize": media.length, "width": media.picture.width, "height": media.picture.height}
    sizes = {name: str(value) for name, value in known.items() if value}
    content = add_child(node, "media:content", "", {"url": media.url, "type": media.type, "medium": "image", **sizes})
    if media.picture.caption or media.picture.alt:
        add_child(content, "media:description", media.picture.caption or media.picture.alt, {"type": "plain"})
    if media.picture.credit:
        add_child(content, "media:credit", media.picture.credit, {"role": "photographer"})
