"""The podcast: an RSS feed of recordings by the Podcast Standard (PSP-1, podcaststandard.org)."""

from collections.abc import Iterator
from html import escape
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

import msgspec

from newsgen.config.settings import Config
from newsgen.core.media_types import FEEDS
from newsgen.core.text import nfc, shorten
from newsgen.core.urls import make_absolute, to_url
from newsgen.documents.document import Paper
from newsgen.documents.feed_items import get_id
from newsgen.documents.queries import DocumentQueries
from newsgen.documents.rss import use_numbers
from newsgen.documents.xml import add_child, serialize
from newsgen.model.episodes import Episode
from newsgen.model.pages import DocumentOutput, FeedItem, FeedLink
from newsgen.site.dates import format_mail_date
from newsgen.site.newspaper import Edition

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
}
FILE = "podcast.xml"
MOST_EPISODES = 500
LONGEST = 1000
"""Characters of a description, which may have 4,000 bytes (PSP-1)."""

_FEEDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of the ids of podcasts (Podcasting 2.0, `podcast:guid`)."""

CHAPTERS_TYPE = "application/json+chapters"

name = "podcast"


class Show(msgspec.Struct, frozen=True):
    """A podcast: the url of the page that it belongs to, and whether that is the paper's main one."""

    home: str
    is_main: bool


def plan(paper: Paper) -> Iterator[DocumentOutput[Show]]:
    """One for an edition that has episodes."""
    edition = paper.edition
    if has_podcast(edition):
        link = edition.permalinks.at(f"/{FILE}")
        show = Show(edition.permalinks.home.url, paper.is_main)
        yield DocumentOutput(name, link.output, link.url, show, _get_title(edition.config))


def has_podcast(edition: Edition) -> bool:
    """Whether an edition has a podcast: its settings name a picture, and a story has an episode."""
    return bool(edition.config.podcast.image) and any(one.episode is not None for one in edition.articles)


def list_links(edition: Edition) -> tuple[FeedLink, ...]:
    """The podcast as pages name it in their head."""
    if not has_podcast(edition):
        return ()
    return (FeedLink(FEEDS["rss"], _get_title(edition.config), edition.permalinks.at(f"/{FILE}").url),)


def _get_title(config: Config) -> str:
    return config.podcast.title or config.title


def write(output: DocumentOutput[Show], ask: DocumentQueries) -> bytes:
    """The feed."""
    config = ask.edition.config
    root = Element("rss", {"version": "2.0", **NAMESPACES})
    channel = add_child(root, "channel")
    _describe_show(channel, output, config)
    for item in ask.episodes(MOST_EPISODES):
        if item.episode is not None:
            _add_episode(add_child(channel, "item"), item, item.episode, ask)
    return use_numbers(serialize(root))


def _describe_show(channel: Element, output: DocumentOutput[Show], config: Config) -> None:
    show, feed_url = config.podcast, make_absolute(output.url, config.url)
    author = show.author or config.publisher.name or config.title
    add_child(channel, "atom:link", "", {"href": feed_url, "rel": "self", "type": FEEDS["rss"]})
    add_child(channel, "title", _get_title(config))
    add_child(channel, "link", make_absolute(output.subject.home, config.url))
    about = show.description or config.description or _get_title(config)
    add_child(channel, "description", shorten(about, LONGEST))
    add_child(channel, "language", config.language)
    add_child(channel, "itunes:author", author)
    if show.email:
        owner = add_child(channel, "itunes:owner")
        add_child(owner, "itunes:name", author)
        add_child(owner, "itunes:email", show.email)
    add_child(channel, "itunes:category", "", {"text": show.category})
    add_child(channel, "itunes:explicit", _say(is_true=show.explicit))
    image = make_absolute(to_url(nfc(show.image.lstrip("/")), config.base), config.url)
    add_child(channel, "itunes:image", "", {"href": image})
    add_child(channel, "podcast:guid", (output.subject.is_main and show.guid) or _make_guid(feed_url))
    add_child(channel, "podcast:locked", "yes", {"owner": show.email} if show.email else None)


def _make_guid(feed_url: str) -> str:
    """The id of a podcast: of the address of its feed without the scheme and slashes at its end."""
    return str(uuid5(_FEEDS, feed_url.partition("://")[2].rstrip("/")))


def _add_episode(node: Element, item: FeedItem, episode: Episode, ask: DocumentQueries) -> None:
    card, site_url = item.card, ask.edition.config.url
    url, identity = make_absolute(card.url, site_url), get_id(item, ask)
    add_child(node, "title", card.title)
    add_child(node, "link", url)
    add_child(node, "guid", identity, {"isPermaLink": "true" if identity == url else "false"})
    add_child(node, "pubDate", format_mail_date(card.date))
    add_child(node, "description", escape(shorten(card.summary or card.title, LONGEST), quote=False))
    audio = {"url": make_absolute(episode.url, site_url), "length": str(episode.size), "type": episode.type}
    add_child(node, "enclosure", "", audio)
    if episode.seconds is not None:
        add_child(node, "itunes:duration", str(episode.seconds))
    for tag, number in (("itunes:season", episode.season), ("itunes:episode", episode.number)):
        if number is not None:
            add_child(node, tag, str(number))
    add_child(node, "itunes:episodeType", episode.kind)
    is_explicit = ask.edition.config.podcast.explicit if episode.explicit is None else episode.explicit
    add_child(node, "itunes:explicit", _say(is_true=is_explicit))
    if card.image is not None:
        add_child(node, "itunes:image", "", {"href": make_absolute(ask.share(card.image).src, site_url)})
    if episode.transcript:
        words = {"url": make_absolute(episode.transcript, site_url), "type": episode.transcript_type}
        add_child(node, "podcast:transcript", "", {**words, "language": card.lang})
    if episode.chapters:
        chapters = {"url": make_absolute(episode.chapters, site_url), "type": CHAPTERS_TYPE}
        add_child(node, "podcast:chapters", "", chapters)


def _say(*, is_true: bool) -> str:
    return "true" if is_true else "false"
