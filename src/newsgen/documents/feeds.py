"""Feeds: which there are, where, and what pages say of them. Each format is written by a file of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from newsgen.config.publishing import Form
from newsgen.content.permalinks import Permalink
from newsgen.core.media_types import FEEDS, PICTURES, ending_of
from newsgen.core.urls import ADDRESS_ATTRIBUTES, absolute, read_srcset, read_url, write_srcset
from newsgen.documents.queries import Wire
from newsgen.model.pages import Feed, FeedLink, Item
from newsgen.model.pictures import Picture
from newsgen.model.taxonomy import Term
from newsgen.site import corrections
from newsgen.site.newspaper import Site

FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


@dataclass(frozen=True, slots=True)
class Media:
    """A picture as feeds carry it: whole address, media type, bytes (0 when unknown)."""

    url: str
    type: str
    length: int
    picture: Picture


def plan(site: Site, translate: Callable[[str], str]) -> Iterator[tuple[Permalink, Feed]]:
    """Every feed of the site and its address, in the words of `translate`."""
    sponsored = translate("Sponsored by %(name)s")
    for link, feed in _plan(site, corrections.feed(translate, site.permalinks.corrections.url)):
        yield link, replace(feed, sponsored=sponsored)


def _plan(site: Site, put_right: Feed) -> Iterator[tuple[Permalink, Feed]]:
    config, links = site.config, site.permalinks
    yield from _forms(site, Feed("site", "", "", config.title, config.description, links.home.url, 0))
    for section in site.sections.values():
        feed = Feed("section", section.id, "", section.title, section.description, section.url, 0)
        yield from _forms(site, feed)
    for term in (term for terms in site.terms.values() for term in terms.values()):
        yield from _forms(site, Feed("term", term.key, "", term.name, "", term.url, 0))
    for author in site.authors.values():
        yield from _forms(site, Feed("author", author.id, "", author.name, author.bio, author.url, 0))
    yield from _forms(site, put_right)
    for name, partner in config.feeds.partners.items():
        link = links.at(f"/feeds/{name}/{FILES[partner.format]}")
        title, full = partner.title or config.title, partner.content == "full"
        described = config.description
        yield link, Feed("partner", name, partner.format, title, described, links.home.url, partner.size, full)


def links(site: Site, kind: str, name: str) -> tuple[FeedLink, ...]:
    """What a page says of the feeds of its list; `name` is its id, of the corrections their page's title."""
    sections, authors = site.sections, site.authors
    if kind == "site":
        front, title = site.permalinks.home.url, ""
    elif kind == "corrections":
        front, title = site.permalinks.corrections.url, name
    elif kind == "section":
        front, title = sections[name].url, sections[name].title
    else:
        known = term_of(site, name) if kind == "term" else authors[name]
        front, title = known.url, known.name
    title = f"{title} – {site.config.title}" if title else site.config.title
    return tuple(
        FeedLink(FEEDS[form], f"{title} ({NAMES[form]})", _beside(site, front, form).url)
        for form in _wanted(site, kind, name)
    )


def term_of(site: Site, key: str) -> Term:
    """The term with this key (`Term.key`)."""
    taxonomy, _, term = key.partition("/")
    return site.terms[taxonomy][term]


def _forms(site: Site, feed: Feed) -> Iterator[tuple[Permalink, Feed]]:
    title = feed.title if feed.kind == "site" else f"{feed.title} – {site.config.title}"
    full, size = site.config.feeds.content == "full" and feed.kind != "corrections", site.config.feeds.size
    for form in _wanted(site, feed.kind, feed.id):
        yield _beside(site, feed.home, form), replace(feed, form=form, title=title, size=size, full=full)


def _wanted(site: Site, kind: str, name: str) -> tuple[Form, ...]:
    feeds = site.config.feeds
    if kind == "term" and not site.config.every_taxonomy[name.partition("/")[0]].feeds:
        return ()
    by_kind = {"site": feeds.site, "section": feeds.sections, "term": feeds.tags, "author": feeds.authors} | {
        "corrections": feeds.corrections
    }
    return tuple(dict.fromkeys(by_kind[kind]))


def _beside(site: Site, front: str, form: Form) -> Permalink:
    """A feed's address: in the folder of the page whose url is `front`."""
    return site.permalinks.from_root(f"{front.removeprefix(site.config.base)}{FILES[form]}")


def items(feed: Feed, wire: Wire) -> tuple[Item, ...]:
    """The stories of a feed, newest first."""
    if feed.kind == "corrections":
        return corrections.as_items(wire.corrected(feed.size), feed)
    return wire.stories(feed.kind, feed.id, feed.size)


def id_of(item: Item, wire: Wire) -> str:
    """What a feed knows an item by, which stays the same: its `guid`, or the story's first address.

    A part of a story has that address with its own name behind it.
    """
    if item.guid:
        return item.guid
    url = absolute(item.first_url or item.card.url, wire.site.config.url)
    return f"{url}#{item.part}" if item.part else url


def media(item: Item, wire: Wire) -> Media | None:
    """A story's lead picture, if it has one whose type its address tells."""
    picture = item.card.image
    parts = read_url(picture.src) if picture else None
    kind = PICTURES.get(ending_of(parts.path)) if parts else None
    if picture is None or kind is None:
        return None
    length = wire.length(item.source) if picture.src.startswith("/") else 0
    return Media(absolute(picture.src, wire.site.config.url), kind, length, picture)


def full_text(item: Item, wire: Wire) -> str:
    """A story's body for readers elsewhere: every address with scheme and host, nothing that loads lazily, no ids.

    Readers show many stories in one page, where `fn:1` of two of them would be the same.
    """
    site_url = wire.site.config.url
    own = absolute(item.card.url, site_url)
    tree = LexborHTMLParser(wire.body(item.source).html, is_fragment=True)
    for name in ADDRESS_ATTRIBUTES:
        for node in tree.css(f"[{name}]"):
            target = node.attrs.get(name) or ""
            node.attrs[name] = own + target if target.startswith("#") else absolute(target, site_url)
    for node in tree.css("[srcset]"):
        candidates = read_srcset(node.attrs.get("srcset") or "")
        node.attrs["srcset"] = write_srcset((absolute(url, site_url), size) for url, size in candidates)
    for name in ("id", "loading"):
        for node in tree.css(f"[{name}]"):
            del node.attrs[name]
    return tree.html or ""


def summary(item: Item, feed: Feed) -> str:
    """A story's summary, behind who paid for it."""
    card = item.card
    label = feed.sponsored % {"name": card.sponsor} if card.sponsor else ""
    return ". ".join(filter(None, (label, card.summary)))


def plain_text(item: Item, feed: Feed) -> str:
    """What a feed says of an item that it has no HTML of: its summary, or what its picture shows, or its title."""
    picture = item.card.image
    shown = (picture.caption or picture.alt) if picture else ""
    return summary(item, feed) or shown or item.card.title


def last_change(found: tuple[Item, ...], wire: Wire) -> datetime | None:
    """When a feed last changed: one without stories at the paper's first. None in a paper without stories."""
    return changed(found) or wire.begun()


def changed(found: tuple[Item, ...]) -> datetime | None:
    """When anything in a feed last changed; None for an empty one, never the time of a build."""
    return max((item.card.updated or item.card.date for item in found), default=None)
