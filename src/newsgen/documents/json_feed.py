"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import Any

from newsgen.core.urls import make_absolute
from newsgen.documents import feed_items
from newsgen.documents.feed_items import Feed
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput, FeedItem
from newsgen.model.taxonomy import Author
from newsgen.site.dates import format_timestamp

VERSION = "https://jsonfeed.org/version/1.1"


def write(output: DocumentOutput[Feed], ask: DocumentQueries) -> bytes:
    """One JSON feed."""
    feed, config = output.subject, ask.edition.config
    return encode_json(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": make_absolute(feed.home, config.url),
            "feed_url": make_absolute(output.url, config.url),
            **({"description": feed.description} if feed.description else {}),
            "language": config.language,
            "authors": [{"name": config.publisher.name or config.title, "url": f"{config.url}/"}],
            **({"hubs": [{"type": "WebSub", "url": config.feeds.hub}]} if config.feeds.hub else {}),
            "items": [_make_item(item, feed, ask) for item in feed_items.list_items(feed, ask)],
        }
    )


def encode_json(value: dict[str, Any]) -> bytes:
    """The value as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _make_item(item: FeedItem, feed: Feed, ask: DocumentQueries) -> dict[str, Any]:
    card, config = item.card, ask.edition.config
    url = make_absolute(card.url, config.url)
    entry: dict[str, Any] = {"id": feed_items.get_id(item, ask), "url": url, "title": card.title}
    if feed.full:
        entry["content_html"] = feed_items.render_full_text(item, ask)
    else:
        entry["content_text"] = feed_items.make_plain_text(item, feed)
    if described := feed_items.make_summary(item, feed):
        entry["summary"] = described
    entry["date_published"] = format_timestamp(card.date)
    if card.updated:
        entry["date_modified"] = format_timestamp(card.updated)
    if card.lang != config.language:
        entry["language"] = card.lang
    if card.authors:
        entry["authors"] = [_describe_author(author, config.url) for author in card.authors]
    tags = [*(section.title for section in card.sections), *(term.name for term in item.terms)]
    if tags:
        entry["tags"] = list(dict.fromkeys(tags))
    if (picture := feed_items.find_media(item, ask)) is not None:
        entry["image"] = picture.url
        size = {"size_in_bytes": picture.length} if picture.length else {}
        entry["attachments"] = [{"url": picture.url, "mime_type": picture.type, **size}]
    return entry


def _describe_author(author: Author, site_url: str) -> dict[str, Any]:
    avatar = {"avatar": make_absolute(author.photo.src, site_url)} if author.photo else {}
    return {"name": author.name, "url": make_absolute(author.url, site_url), **avatar}
