"""Settings of feeds, crawlers, other programs and the host's headers, with their checks."""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from newsgen.config.taxonomies import TAGS, Fault
from newsgen.core.messages import IT, say
from newsgen.core.text import is_slug

FeedFormat = Literal["rss", "atom", "json"]
Host = Literal["netlify", "nginx", "apache", "caddy"]
Size = Annotated[int, msgspec.Meta(ge=1, le=1000)]

WEB = ("https://", "http://")
TOKEN = re.compile(r"[A-Za-z_-]+")
"""A crawler's name (RFC 9309, section 2.2.1)."""

POLICY = re.compile(r"[A-Za-z0-9 '!#%&()*+,./:;=?@_~-]*")
"""A Content-Security-Policy without characters that have a meaning in a server's configuration."""

EVERY_FORMAT: tuple[FeedFormat, ...] = ("rss", "atom", "json")


class Partner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A feed of stories for one partner, by default of the whole paper.

    A story has to match each list that is set; `taxonomies` are terms of taxonomies other than the tags, by taxonomy.
    """

    title: str = ""
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    taxonomies: dict[str, tuple[str, ...]] = {}
    format: FeedFormat = "rss"
    size: Size = 50
    content: Literal["summary", "full"] = "full"

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        """The selected terms by taxonomy, the tags among them."""
        return {name: terms for name, terms in {TAGS: self.tags, **self.taxonomies}.items() if terms}


class Feeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which feeds there are, in which formats, and what they hold."""

    site: tuple[FeedFormat, ...] = EVERY_FORMAT
    sections: tuple[FeedFormat, ...] = ("rss", "atom")
    tags: tuple[FeedFormat, ...] = ("rss",)
    authors: tuple[FeedFormat, ...] = ("rss",)
    corrections: tuple[FeedFormat, ...] = ("rss",)
    size: Size = 20
    content: Literal["summary", "full"] = "summary"
    hub: str = ""
    partners: dict[str, Partner] = {}


class Robots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What crawlers must not read; `crawlers` are by name, such as "GPTBot"."""

    disallow: tuple[str, ...] = ()
    crawlers: dict[str, Literal["allow", "deny"]] = {}


class Publisher(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who publishes the paper, for search engines; the default name is the paper's title."""

    name: str = ""
    logo: str = ""
    same_as: tuple[str, ...] = ()


class Machines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Files for other programs beside the pages."""

    sitemap: bool = True
    latest_json: bool = True
    article_json: bool = False
    manifest: bool = False
    headers: tuple[Host, ...] = ("netlify",)
    content_security_policy: str = ""


def find_faults(feeds: Feeds, robots: Robots, publisher: Publisher, machines: Machines) -> Iterator[Fault]:
    """Every fault of these settings."""
    yield from _feeds(feeds)
    yield from _robots(robots)
    for number, address in enumerate(publisher.same_as):
        if not address.startswith(WEB):
            what = say("`{name}` is not a web address: “{address}”", name=IT, address=address)
            yield ("publisher", "same_as", number), what, say("write it with `https://`")
    policy = machines.content_security_policy
    if not POLICY.fullmatch(policy):
        fix = say("write directives with `;` between them, such as `default-src 'self'; img-src *`")
        yield ("machines", "content_security_policy"), say("`{name}` cannot stand in a header", name=IT), fix


def _feeds(feeds: Feeds) -> Iterator[Fault]:
    if feeds.hub and not feeds.hub.startswith(WEB):
        what = say("`{name}` is not a web address: “{address}”", name=IT, address=feeds.hub)
        yield ("feeds", "hub"), what, say("write `hub: https://your-hub.example/`")
    for name in feeds.partners:
        if not is_slug(name):
            what = say("`{name}` is not a [a-z0-9-] word", name=IT)
            yield ("feeds", "partners", name), what, say("name it as it shall stand in the address")


def _robots(robots: Robots) -> Iterator[Fault]:
    for number, path in enumerate(robots.disallow):
        if not path.startswith("/") or not path.isprintable() or " " in path:
            what = say("`{name}` has “{path}”, which is no path", name=IT, path=path)
            yield ("robots", "disallow", number), what, say("write `disallow: [/thu-muc/]`")
    for name in robots.crawlers:
        if not TOKEN.fullmatch(name):
            fix = say("write the product token that the crawler's owner documents, such as `GPTBot`")
            yield ("robots", "crawlers", name), say("`{name}` is not a crawler's name (RFC 9309)", name=IT), fix
