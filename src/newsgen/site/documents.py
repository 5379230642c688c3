"""Outputs that are no HTML pages: each is written by a function of this room that asks as templates do.

A paper's own file in static/ takes a document's place.
"""

from collections.abc import Callable, Mapping

from newsgen.model import Page
from newsgen.site import robots, servers
from newsgen.site.queries import News

Writer = Callable[[Page, News], bytes]

WRITERS: Mapping[str, Writer] = {
    "robots": robots.write,
    "redirects": servers.hosts,
    "nginx": servers.nginx,
    "apache": servers.apache,
    "caddy": servers.caddy,
}


def write(page: Page, news: News) -> bytes:
    """The bytes of a document; what its writer asks of `news` is recorded.

    Raises:
        KeyError: when there is no writer of that name.
    """
    return WRITERS[page.writer](page, news)
