"""Sitemaps: one or more for each year's stories, one for all else, the news of two days, and an index of them.

Limits and elements are those of sitemaps.org and of Google's image and news extensions. `lastmod` is when a story last
changed, never when it was built, so a sitemap whose stories stay as they are keeps its bytes.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from newsgen.content.permalinks import Permalink
from newsgen.core.urls import absolute
from newsgen.documents.queries import Wire
from newsgen.documents.xml import child, document
from newsgen.model.pages import Listed, Page, SitemapIndex, SitemapPart
from newsgen.site.dates import timestamp
from newsgen.site.newspaper import Site
from newsgen.site.sitemap_parts import LIMITS, recent, split

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS_SPACE = "http://www.google.com/schemas/sitemap-news/0.9"
PAGES, NEWS = 0, -1
"""The "years" of the sitemaps of pages that are no stories, and of the news of two days."""


def name(year: int, number: int) -> str:
    """A sitemap's file, such as "sitemap-2022.xml", "sitemap-2022-2.xml", "sitemap-pages.xml", "sitemap-news.xml"."""
    stem = f"sitemap-{ {PAGES: 'pages', NEWS: 'news'}.get(year, year) }"
    return f"{stem}.xml" if number == 1 else f"{stem}-{number}.xml"


def plan(site: Site, pages: Iterable[Page]) -> Iterator[tuple[Permalink, str, SitemapPart | SitemapIndex]]:
    """Every sitemap of the site with its writer and subject; `pages` are those that are no stories."""
    entries = [Listed(page.url) for page in pages if _is_listed(page)]
    cuts = split(entries, site.config.url)
    found = [SitemapPart(PAGES, number, tuple(entries[a:b])) for number, (a, b) in enumerate(cuts, 1)]
    found += [SitemapPart(year, n) for year, ranges in site.parts.items() for n in range(1, len(ranges) + 1)]
    count = len(recent(site.articles, site.late, site.now))
    found += [SitemapPart(NEWS, number) for number in range(1, max(1, -(-count // LIMITS.news)) + 1)]
    # After two quiet days the news sitemap is empty, which is invalid; it stays for programs that know its address.
    index = SitemapIndex(tuple((part.year, part.number) for part in found if part.year != NEWS or count))
    yield site.permalinks.at("/sitemap.xml"), "sitemap index", index
    for part in found:
        writer = "news sitemap" if part.year == NEWS else "sitemap"
        yield site.permalinks.at(f"/{name(part.year, part.number)}"), writer, part


def _is_listed(page: Page) -> bool:
    """Numbered pages of lists are left out: they change their neighbours, and stories are listed themselves."""
    numbered = getattr(page.subject, "number", None) is not None
    return page.kind not in ("article", "404", "fragment", "document") and not (numbered or page.noindex)


def write(page: Page, wire: Wire) -> bytes:
    """One sitemap."""
    assert isinstance(page.subject, SitemapPart)  # noqa: S101 - planned so
    config, part = wire.site.config, page.subject
    root = Element("urlset", {"xmlns": NAMESPACE, "xmlns:image": IMAGE})
    for entry in part.listed or wire.sitemap(part.year, part.number):
        url = child(root, "url")
        child(url, "loc", absolute(entry.url, config.url))
        if entry.changed:
            child(url, "lastmod", timestamp(entry.changed))
        if entry.picture:
            child(child(url, "image:image"), "image:loc", absolute(entry.picture, config.url))
    return document(root)


def write_news(page: Page, wire: Wire) -> bytes:
    """The stories first published in the last two days, as Google News reads them."""
    assert isinstance(page.subject, SitemapPart)  # noqa: S101 - planned so
    config, first = wire.site.config, (page.subject.number - 1) * LIMITS.news
    root = Element("urlset", {"xmlns": NAMESPACE, "xmlns:news": NEWS_SPACE})
    for item in wire.recent(first, LIMITS.news):
        url = child(root, "url")
        child(url, "loc", absolute(item.card.url, config.url))
        news = child(url, "news:news")
        publication = child(news, "news:publication")
        child(publication, "news:name", config.title)
        child(publication, "news:language", _news_language(item.card.lang))
        child(news, "news:publication_date", timestamp(item.card.date))
        child(news, "news:title", item.card.title)
    return document(root)


def _news_language(code: str) -> str:
    """ISO 639 in two or three letters, but zh-cn and zh-tw for Chinese."""
    language, _, region = code.casefold().replace("_", "-").partition("-")
    if language != "zh":
        return language
    return "zh-tw" if region in ("tw", "hk", "mo", "hant") else "zh-cn"


def write_index(page: Page, wire: Wire) -> bytes:
    """The index: every sitemap, each with the latest change in it where that is known."""
    assert isinstance(page.subject, SitemapIndex)  # noqa: S101 - planned so
    links, config = wire.site.permalinks, wire.site.config
    root = Element("sitemapindex", {"xmlns": NAMESPACE})
    for year, number in page.subject.parts:
        entry = child(root, "sitemap")
        child(entry, "loc", absolute(links.at(f"/{name(year, number)}").url, config.url))
        changed = [one.changed for one in wire.sitemap(year, number) if one.changed] if year > 0 else []
        if changed:
            child(entry, "lastmod", timestamp(max(changed)))
    return document(root)
