"""Outputs that are no HTML pages: each is written by a function of this room that asks as templates do.

A paper's own file in static/ takes a document's place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from newsgen.content.permalinks import Permalink
from newsgen.core.urls import absolute
from newsgen.documents import article_json as programs
from newsgen.documents import atom, feeds, robots, rss, sitemaps
from newsgen.documents import host_headers as headers
from newsgen.documents import host_redirects as servers
from newsgen.documents import json_feed as jsonfeed
from newsgen.documents.queries import Wire
from newsgen.model.pages import Page
from newsgen.site.newspaper import Site

Writer = Callable[[Page, Wire], bytes]

WRITERS: Mapping[str, Writer] = {
    "article.json": programs.write_article,
    "atom": atom.write,
    "headers": headers.write,
    "json": jsonfeed.write,
    "latest.json": programs.write_latest,
    "news sitemap": sitemaps.write_news,
    "robots": robots.write,
    "rss": rss.write,
    "sitemap": sitemaps.write,
    "sitemap index": sitemaps.write_index,
    "redirects": servers.hosts,
    "nginx": servers.nginx,
    "apache": servers.apache,
    "caddy": servers.caddy,
}


def write(page: Page, wire: Wire) -> bytes:
    """The bytes of a document; what its writer asks of `wire` is recorded.

    Raises:
        KeyError: when there is no writer of that name.
    """
    return WRITERS[page.writer](page, wire)


def plan(site: Site, pages: Iterable[Page], translate: Callable[[str], str]) -> Iterator[Page]:
    """Every document of the site, in the words of `translate`; `pages` are those of HTML."""
    config, links = site.config, site.permalinks
    for link, feed in feeds.plan(site, translate):
        yield replace(_document(site, link, feed.form), title=feed.title, subject=feed)
    if config.machines.sitemap:
        for link, writer, subject in sitemaps.plan(site, pages):
            yield replace(_document(site, link, writer), subject=subject)
    yield from _for_programs(site)
    if config.prefix:  # what is there once for all languages
        return
    yield from _for_servers(site)
    if not config.base:  # crawlers look for it at the root of a host only
        yield _document(site, links.at("/robots.txt"), "robots")


def _for_programs(site: Site) -> Iterator[Page]:
    machines, links = site.config.machines, site.permalinks
    if machines.latest_json:
        yield _document(site, links.at("/latest.json"), "latest.json")
    if machines.article_json:
        for article in site.articles:
            page = _document(site, links.from_root(programs.beside(article.output)), "article.json")
            yield replace(page, subject=article)


def _for_servers(site: Site) -> Iterator[Page]:
    links = site.permalinks
    for host in site.config.machines.headers:
        yield replace(_document(site, links.at(f"/{headers.FILES[host]}"), "headers"), description=host)
    if site.old.redirects or site.old.gone:
        for output, writer in servers.RULE_FILES.items():
            yield _document(site, links.at(f"/{output}"), writer)


def _document(site: Site, link: Permalink, writer: str) -> Page:
    return Page(
        kind="document",
        title=link.output,
        description="",
        url=link.url,
        canonical=absolute(link.url, site.config.url),
        output=link.output,
        template="",
        lang=site.config.language,
        writer=writer,
    )
