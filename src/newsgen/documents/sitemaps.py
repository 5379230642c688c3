"""Sitemaps: one or more for each year's stories, one for all else, the news of two days, and an index of them.

Limits and elements are those of sitemaps.org and of Google's image and news extensions. `lastmod` is when a story last
changed, never when it was built, so a sitemap whose stories stay as they are keeps its bytes.
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

import msgspec

from newsgen.core.urls import make_absolute
from newsgen.documents.document import Paper
from newsgen.documents.queries import DocumentQueries
from newsgen.documents.xml import add_child, serialize
from newsgen.model.pages import DocumentOutput, Listing, Page, SitemapEntry
from newsgen.site.dates import format_timestamp
from newsgen.site.sitemap_parts import LIMITS, find_recent, split

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS_SPACE = "http://www.google.com/schemas/sitemap-news/0.9"

name = "sitemaps"


class StoriesSitemap(msgspec.Struct, frozen=True):
    """The part `number`, from 1, of the stories of a year."""

    year: int
    number: int


class PagesSitemap(msgspec.Struct, frozen=True):
    """The part `number`, from 1, of the pages that are no stories: it lists `listed`."""

    number: int
    listed: tuple[SitemapEntry, ...]


class NewsSitemap(msgspec.Struct, frozen=True):
    """The part `number`, from 1, of the news of two days, newest first."""

    number: int


Sitemap = StoriesSitemap | PagesSitemap | NewsSitemap


class SitemapIndex(msgspec.Struct, frozen=True):
    """The sitemaps of an edition: the url of each, and the sitemap itself where it is one of stories."""

    sitemaps: tuple[tuple[str, StoriesSitemap | None], ...]


Subject = Sitemap | SitemapIndex


def get_file_name(sitemap: Sitemap) -> str:
    """A sitemap's file, such as "sitemap-2022.xml", "sitemap-2022-2.xml", "sitemap-pages.xml", "sitemap-news.xml"."""
    match sitemap:
        case StoriesSitemap(year=year):
            stem = f"sitemap-{year}"
        case PagesSitemap():
            stem = "sitemap-pages"
        case NewsSitemap():
            stem = "sitemap-news"
    return f"{stem}.xml" if sitemap.number == 1 else f"{stem}-{sitemap.number}.xml"


def plan(paper: Paper) -> Iterator[DocumentOutput[Subject]]:
    """Every sitemap of the edition, and their index."""
    edition = paper.edition
    if not edition.config.machines.sitemap:
        return
    listed = [SitemapEntry(page.url) for page in paper.others if page.kind != "article" and _is_listed(page)]
    cuts = split(listed, edition.config.url)
    sitemaps: list[Sitemap] = [PagesSitemap(number, tuple(listed[a:b])) for number, (a, b) in enumerate(cuts, 1)]
    sitemaps += [
        StoriesSitemap(year, n) for year, ranges in edition.sitemaps.items() for n in range(1, len(ranges) + 1)
    ]
    count = len(find_recent(edition.articles, edition.late, paper.newspaper.now))
    sitemaps += [NewsSitemap(number) for number in range(1, max(1, -(-count // LIMITS.news)) + 1)]
    placed = [(edition.permalinks.at(f"/{get_file_name(sitemap)}"), sitemap) for sitemap in sitemaps]
    # After two quiet days the news sitemap is empty, which is invalid; it stays for programs that know its address.
    indexed = [(link.url, sitemap) for link, sitemap in placed if count or not isinstance(sitemap, NewsSitemap)]
    index = SitemapIndex(tuple((url, one if isinstance(one, StoriesSitemap) else None) for url, one in indexed))
    link = edition.permalinks.at("/sitemap.xml")
    yield DocumentOutput(name, link.output, link.url, index)
    for link, sitemap in placed:
        yield DocumentOutput(name, link.output, link.url, sitemap)


def write(output: DocumentOutput[Subject], ask: DocumentQueries) -> bytes:
    """One sitemap, or the index."""
    match output.subject:
        case StoriesSitemap(year, number):
            return _write_listed(ask.sitemap(year, number), ask)
        case PagesSitemap(listed=listed):
            return _write_listed(listed, ask)
        case NewsSitemap(number):
            return _write_news(number, ask)
        case SitemapIndex(sitemaps):
            return _write_index(sitemaps, ask)


def _is_listed(page: Page) -> bool:
    """Numbered pages of lists are left out: they change their neighbours, and stories have sitemaps of their own."""
    if page.noindex or page.kind in ("404", "fragment"):
        return False
    return not isinstance(page.subject, Listing) or page.subject.number is None


def _write_listed(listed: Sequence[SitemapEntry], ask: DocumentQueries) -> bytes:
    config = ask.edition.config
    root = Element("urlset", {"xmlns": NAMESPACE, "xmlns:image": IMAGE})
    for entry in listed:
        url = add_child(root, "url")
        add_child(url, "loc", make_absolute(entry.url, config.url))
        if entry.changed:
            add_child(url, "lastmod", format_timestamp(entry.changed))
        if entry.picture:
            add_child(add_child(url, "image:image"), "image:loc", make_absolute(entry.picture, config.url))
    return serialize(root)


def _write_news(number: int, ask: DocumentQueries) -> bytes:
    """The stories first published in the last two days, as Google News reads them."""
    config, first = ask.edition.config, (number - 1) * LIMITS.news
    root = Element("urlset", {"xmlns": NAMESPACE, "xmlns:news": NEWS_SPACE})
    for item in ask.recent(first, LIMITS.news):
        url = add_child(root, "url")
        add_child(url, "loc", make_absolute(item.card.url, config.url))
        news = add_child(url, "news:news")
        publication = add_child(news, "news:publication")
        add_child(publication, "news:name", config.title)
        add_child(publication, "news:language", _get_news_language(item.card.lang))
        add_child(news, "news:publication_date", format_timestamp(item.card.date))
        add_child(news, "news:title", item.card.title)
    return serialize(root)


def _get_news_language(code: str) -> str:
    """ISO 639 in two or three letters, but zh-cn and zh-tw for Chinese."""
    language, _, region = code.casefold().replace("_", "-").partition("-")
    if language != "zh":
        return language
    return "zh-tw" if region in ("tw", "hk", "mo", "hant") else "zh-cn"


def _write_index(sitemaps: Sequence[tuple[str, StoriesSitemap | None]], ask: DocumentQueries) -> bytes:
    """The index: every sitemap, each with the latest change in it where that is known."""
    root = Element("sitemapindex", {"xmlns": NAMESPACE})
    for url, stories in sitemaps:
        entry = add_child(root, "sitemap")
        add_child(entry, "loc", make_absolute(url, ask.edition.config.url))
        listed = ask.sitemap(stories.year, stories.number) if stories else ()
        if changed := [one.changed for one in listed if one.changed]:
            add_child(entry, "lastmod", format_timestamp(max(changed)))
    return serialize(root)
