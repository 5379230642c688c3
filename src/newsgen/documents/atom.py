"""Atom (RFC 4287)."""

from xml.etree.ElementTree import Element

from newsgen.core.media_types import FEEDS
from newsgen.core.urls import make_absolute
from newsgen.documents import feed_items
from newsgen.documents.feed_items import Feed
from newsgen.documents.queries import DocumentQueries
from newsgen.documents.xml import add_child, serialize
from newsgen.model.pages import DocumentOutput, FeedItem
from newsgen.site.dates import format_timestamp

NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00+00:00"
"""When the feed of a paper without stories was updated, which Atom requires."""


def write(output: DocumentOutput[Feed], ask: DocumentQueries) -> bytes:
    """One Atom feed."""
    feed, config = output.subject, ask.edition.config
    feed_url = make_absolute(output.url, config.url)
    found = feed_items.list_items(feed, ask)
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": config.language})
    add_child(root, "id", feed_url)
    add_child(root, "title", feed.title)
    if feed.description:
        add_child(root, "subtitle", feed.description)
    newest = feed_items.find_last_change(found, ask)
    add_child(root, "updated", format_timestamp(newest) if newest else NEVER)
    add_child(root, "link", "", {"rel": "self", "type": FEEDS["atom"], "href": feed_url})
    add_child(root, "link", "", {"rel": "alternate", "type": "text/html", "href": make_absolute(feed.home, config.url)})
    if config.feeds.hub:
        add_child(root, "link", "", {"rel": "hub", "href": config.feeds.hub})
    add_child(add_child(root, "author"), "name", config.publisher.name or config.title)
    for item in found:
        _add_entry(add_child(root, "entry"), item, feed, ask)
    return serialize(root)


def _add_entry(node: Element, item: FeedItem, feed: Feed, ask: DocumentQueries) -> None:
    card, config = item.card, ask.edition.config
    url = make_absolute(card.url, config.url)
    if card.lang != config.language:
        node.set("xml:lang", card.lang)
    add_child(node, "id", feed_items.get_id(item, ask))
    add_child(node, "title", card.title)
    add_child(node, "published", format_timestamp(card.date))
    add_child(node, "updated", format_timestamp(card.updated or card.date))
    add_child(node, "link", "", {"rel": "alternate", "type": "text/html", "href": url})
    if (picture := feed_items.find_media(item, ask)) is not None:
        length = {"length": str(picture.length)} if picture.length else {}
        add_child(node, "link", "", {"rel": "enclosure", "type": picture.type, "href": picture.url, **length})
    for author in card.authors:
        person = add_child(node, "author")
        add_child(person, "name", author.name)
        add_child(person, "uri", make_absolute(author.url, config.url))
    for section in card.sections:
        add_child(node, "category", "", {"term": section.id, "label": section.title})
    for term in item.terms:
        add_child(node, "category", "", {"term": term.id, "label": term.name})
    if described := feed_items.make_summary(item, feed):
        add_child(node, "summary", described)
    if feed.full:
        add_child(node, "content", feed_items.render_full_text(item, ask), {"type": "html"})
