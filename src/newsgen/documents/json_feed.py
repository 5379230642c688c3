"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import Any

from newsgen.core.urls import make_absolute
from newsgen.documents.feed_items import Feed, full_text, id_of, items, media, plain_text, summary
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput, FeedItem
from newsgen.model.taxonomy import Author
from newsgen.site.dates import format_timestamp

VERSION = "https://jsonfeed.org/version/1.1"


def write(output: DocumentOutput[Feed], ask: DocumentQueries) -> bytes:
    """One JSON feed."""
    feed, config = output.subject, ask.edition.config
    own = make_absolute(output.url, config.url)
    return encode(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": make_absolute(feed.home, config.url),
            "feed_url": own,
            **({"description": feed.description} if feed.description else {}),
            "language": config.language,
            "authors": [{"name": config.publisher.name or config.title, "url": f"{config.url}/"}],
            **({"hubs": [{"type": "WebSub", "url": config.feeds.hub}]} if config.feeds.hub else {}),
            "items": [_item(item, feed, ask) for item in items(feed, ask)],
        }
    )


def encode(value: dict[str, Any]) -> bytes:
    """The value as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _item(item: FeedItem, feed: Feed, ask: DocumentQueries) -> dict[str, Any]:
    card, config = item.card, ask.edition.config
    url = make_absolute(card.url, config.url)
    told: dict[str, Any] = {"id": id_of(item, ask), "url": url, "title": card.title}
    if feed.full:
        told["content_html"] = full_text(item, ask)
    else:
        told["content_text"] = plain_text(item, feed)
    if described := summary(item, feed):
        told["summary"] = described
    told["date_published"] = format_timestamp(card.date)
    if card.updated:
        told["date_modified"] = format_timestamp(card.updated)
    if card.lang != config.language:
        told["language"] = card.lang
    if card.authors:
        told["authors"] = [_author(author, config.url) for author in card.authors]
    tags = [*(section.title for section in card.sections), *(term.name for term in item.terms)]
    if tags:
        told["tags"] = list(dict.fromkeys(tags))
    if (picture := media(item, ask)) is not None:
        told["image"] = picture.url
        size = {"size_in_bytes": picture.length} if picture.length else {}
        told["attachments"] = [{"url": picture.url, "mime_type": picture.type, **size}]
    return told


def _author(author: Author, site_url: str) -> dict[str, Any]:
    avatar = {"avatar": make_absolute(author.photo.src, site_url)} if author.photo else {}
    return {"name": author.name, "url": make_absolute(author.url, site_url), **avatar}
