"""Atom (RFC 4287)."""

from xml.etree.ElementTree import Element

from newsgen.core.media_types import FEEDS
from newsgen.core.urls import make_absolute
from newsgen.documents.feed_items import Feed, full_text, id_of, items, last_change, media, summary
from newsgen.documents.queries import DocumentQueries
from newsgen.documents.xml import child, document
from newsgen.model.pages import DocumentOutput, FeedItem
from newsgen.site.dates import format_timestamp

NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00+00:00"
"""When the feed of a paper without stories was updated, which Atom wants to be told."""


def write(output: DocumentOutput[Feed], ask: DocumentQueries) -> bytes:
    """One Atom feed."""
    feed, config = output.subject, ask.edition.config
    own = make_absolute(output.url, config.url)
    found = items(feed, ask)
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": config.language})
    child(root, "id", own)
    child(root, "title", feed.title)
    if feed.description:
        child(root, "subtitle", feed.description)
    newest = last_change(found, ask)
    child(root, "updated", format_timestamp(newest) if newest else NEVER)
    child(root, "link", "", {"rel": "self", "type": FEEDS["atom"], "href": own})
    child(root, "link", "", {"rel": "alternate", "type": "text/html", "href": make_absolute(feed.home, config.url)})
    if config.feeds.hub:
        child(root, "link", "", {"rel": "hub", "href": config.feeds.hub})
    child(child(root, "author"), "name", config.publisher.name or config.title)
    for item in found:
        _entry(child(root, "entry"), item, feed, ask)
    return document(root)


def _entry(node: Element, item: FeedItem, feed: Feed, ask: DocumentQueries) -> None:
    card, config = item.card, ask.edition.config
    url = make_absolute(card.url, config.url)
    if card.lang != config.language:
        node.set("xml:lang", card.lang)
    child(node, "id", id_of(item, ask))
    child(node, "title", card.title)
    child(node, "published", format_timestamp(card.date))
    child(node, "updated", format_timestamp(card.updated or card.date))
    child(node, "link", "", {"rel": "alternate", "type": "text/html", "href": url})
    if (picture := media(item, ask)) is not None:
        length = {"length": str(picture.length)} if picture.length else {}
        child(node, "link", "", {"rel": "enclosure", "type": picture.type, "href": picture.url, **length})
    for author in card.authors:
        person = child(node, "author")
        child(person, "name", author.name)
        child(person, "uri", make_absolute(author.url, config.url))
    for section in card.sections:
        child(node, "category", "", {"term": section.id, "label": section.title})
    for term in item.terms:
        child(node, "category", "", {"term": term.id, "label": term.name})
    if described := summary(item, feed):
        child(node, "summary", described)
    if feed.full:
        child(node, "content", full_text(item, ask), {"type": "html"})
