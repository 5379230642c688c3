"""The items of feeds: which stories a feed has, and the parts of an item that every format needs."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from newsgen.body.static_form import make_static
from newsgen.config.publishing import FeedFormat
from newsgen.core.media_types import PICTURES, get_ending
from newsgen.core.urls import ADDRESS_ATTRIBUTES, make_absolute, read_srcset, read_url, write_srcset
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import FeedItem
from newsgen.model.pictures import Picture
from newsgen.model.stories import CorrectionEntry
from newsgen.site import corrections


class Feed(msgspec.Struct, frozen=True):
    """One feed: `kind` is "site", "section", "term", "author", "corrections" or "partner", `id` says which of them.

    `form` is "rss", "atom" or "json"; `home` the url of the page it belongs to; `full` that it holds whole bodies.
    `nouns` are what readers call a correction, a clarification and an update; `sponsored` says, with `%(name)s`, who
    paid for a story.
    """

    kind: str
    id: str
    form: FeedFormat
    title: str
    description: str
    home: str
    size: int
    full: bool = False
    nouns: tuple[str, ...] = ()
    sponsored: str = ""


class Media(msgspec.Struct, frozen=True):
    """A picture as feeds carry it: whole address, media type, bytes (0 when unknown)."""

    url: str
    type: str
    length: int
    picture: Picture


def list_items(feed: Feed, ask: DocumentQueries) -> tuple[FeedItem, ...]:
    """The stories of a feed, newest first."""
    if feed.kind == "corrections":
        return _list_corrections(ask.corrected(feed.size), feed)
    return ask.stories(feed.kind, feed.id, feed.size)


def get_id(item: FeedItem, ask: DocumentQueries) -> str:
    """The id of an item, which stays the same: its `guid`, or the story's first address.

    A part of a story has that address with its own name behind it.
    """
    if item.guid:
        return item.guid
    url = make_absolute(item.first_url or item.card.url, ask.edition.config.url)
    return f"{url}#{item.part}" if item.part else url


def find_media(item: FeedItem, ask: DocumentQueries) -> Media | None:
    """A story's lead picture, if it has one whose type its address tells.

    The bytes of one that is made in several sizes are not known when feeds are written.
    """
    picture = ask.share(item.card.image) if item.card.image else None
    parts = read_url(picture.src) if picture else None
    kind = PICTURES.get(get_ending(parts.path)) if parts else None
    if picture is None or kind is None:
        return None
    is_whole = item.card.image is not None and picture.src == item.card.image.src
    length = ask.length(item.source) if is_whole and picture.src.startswith("/") else 0
    return Media(make_absolute(picture.src, ask.edition.config.url), kind, length, picture)


def render_full_text(item: FeedItem, ask: DocumentQueries) -> str:
    """A story's body for readers elsewhere: every address with scheme and host, nothing that loads lazily, no ids.

    What only pages show is left out. Programs show many stories in one page, where `fn:1` of two of them would be
    the same.
    """
    site_url = ask.edition.config.url
    story_url = make_absolute(item.card.url, site_url)
    tree = LexborHTMLParser(make_static(ask.body(item.source).html), is_fragment=True)
    write_whole_addresses(tree, site_url)
    for link in tree.css('[href^="#"]'):
        link.attrs["href"] = f"{story_url}{link.attrs.get('href') or ''}"
    for name in ("id", "loading"):
        for node in tree.css(f"[{name}]"):
            del node.attrs[name]
    return tree.html or ""


def write_whole_addresses(tree: LexborHTMLParser, site_url: str) -> None:
    """Put scheme and host before every address of the site, but for links to places of the same text."""
    for name in ADDRESS_ATTRIBUTES:
        for node in tree.css(f"[{name}]"):
            target = node.attrs.get(name) or ""
            node.attrs[name] = target if target.startswith("#") else make_absolute(target, site_url)
    for node in tree.css("[srcset]"):
        candidates = read_srcset(node.attrs.get("srcset") or "")
        node.attrs["srcset"] = write_srcset((make_absolute(url, site_url), size) for url, size in candidates)


def make_summary(item: FeedItem, feed: Feed) -> str:
    """A story's summary, after the name of its sponsor."""
    card = item.card
    label = feed.sponsored % {"name": card.sponsor} if card.sponsor else ""
    return ". ".join(filter(None, (label, card.summary)))


def make_plain_text(item: FeedItem, feed: Feed) -> str:
    """The plain text of an item without HTML: its summary, or what its picture shows, or its title."""
    picture = item.card.image
    shown = (picture.caption or picture.alt) if picture else ""
    return make_summary(item, feed) or shown or item.card.title


def find_last_change(found: tuple[FeedItem, ...], ask: DocumentQueries) -> datetime | None:
    """When a feed last changed, never the time of a build; None in a paper without stories.

    A feed without stories changed with the first story of the paper.
    """
    return max((item.card.updated or item.card.date for item in found), default=None) or ask.begun()


def _list_corrections(entries: Iterable[CorrectionEntry], feed: Feed) -> tuple[FeedItem, ...]:
    """Corrections as items, each with the title of its story and its own date."""
    nouns = dict(zip(corrections.KINDS, feed.nouns, strict=True))
    return tuple(
        FeedItem(
            replace(
                entry.card,
                title=f"{nouns[entry.kind]}: {entry.card.title}",
                date=entry.date,
                updated=None,
                summary=entry.text,
                image=None,
                authors=(),
            ),
            (),
            "",
            f"correction-{entry.number}",
            entry.first_url,
        )
        for entry in entries
    )
