"""The split of stories into sitemaps: by year, within the limits of sitemaps.org, oldest first.

A sitemap that is full never changes when a story is published.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from itertools import takewhile

import msgspec

from newsgen.core.urls import make_absolute
from newsgen.model.pages import SitemapEntry
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article
from newsgen.site.lifecycle import IN_THE_NEWS

ENTRY_BYTES = 200
"""More bytes than the elements around one address, its date and its picture take."""

Ranges = list[tuple[int, int]]


class Limits(msgspec.Struct, frozen=True):
    """How much one sitemap may hold: addresses, bytes uncompressed (a head's worth left free), news."""

    addresses: int = 50_000
    bytes: int = 52_428_800 - 4096
    news: int = 1_000


LIMITS = Limits()


def make_entry(article: Article, picture: Picture | None) -> SitemapEntry:
    """A story as sitemaps list it, with its picture as other sites get it."""
    return SitemapEntry(article.url, article.updated or article.date, picture.src if picture else "")


def find_recent(articles: Sequence[Article], late: Sequence[Article], now: datetime) -> list[Article]:
    """The stories first published in the two days before `now`, newest first; sponsored stories are no news.

    `articles` is oldest first; `late` are those of them that appeared after their date, when an embargo ended.
    """
    start = now - IN_THE_NEWS
    recent = list(takewhile(lambda article: article.date > start, reversed(articles)))
    recent += [article for article in late if get_first_seen(article) > start >= article.date]
    news = [article for article in recent if not article.sponsor]
    return sorted(news, key=get_first_seen, reverse=True) if late else news


def get_first_seen(article: Article) -> datetime:
    """When readers could first read a story."""
    return article.appeared or article.date


def split(entries: Iterable[SitemapEntry], site_url: str, limits: Limits = LIMITS) -> Ranges:
    """Where to cut a list of addresses: (first, one after the last) of each sitemap, filled from the first on."""
    cuts, count, size, index = [0], 0, 0, 0
    for entry in entries:
        more = ENTRY_BYTES + _count_bytes(entry.url, site_url) + _count_bytes(entry.picture, site_url)
        if count == limits.addresses or (count and size + more > limits.bytes):
            cuts.append(index)
            count = size = 0
        count, size, index = count + 1, size + more, index + 1
    return list(zip(cuts, [*cuts[1:], index], strict=True)) if index else []


def split_years(
    articles: Sequence[Article], site_url: str, counts: Mapping[int, int], limits: Limits = LIMITS
) -> dict[int, Ranges]:
    """The sitemaps of each year, as ranks in `articles` (oldest first): year → (first, one after the last).

    `counts` are how many stories each year has, the oldest first.
    """
    found: dict[int, Ranges] = {}
    start = 0
    for year, count in counts.items():
        share = articles[start : start + count]
        is_small = count <= limits.addresses and _bound_bytes(share, site_url) <= limits.bytes
        cuts = [(0, count)] if is_small else split([make_entry(one, one.image) for one in share], site_url, limits)
        found[year] = [(start + first, start + last) for first, last in cuts]
        start += count
    return found


def _bound_bytes(articles: Sequence[Article], site_url: str) -> int:
    """More bytes than these stories take in a sitemap: no character takes more than six, escaped and encoded."""
    urls = sum([len(article.card.url) for article in articles])
    pictures = sum([len(article.card.image.src) for article in articles if article.card.image])
    return len(articles) * (ENTRY_BYTES + 12 * len(site_url)) + 6 * (urls + pictures)


def _count_bytes(url: str, site_url: str) -> int:
    if url.startswith("/") and url.isascii() and "&" not in url:
        return len(site_url) + len(url)
    return len(escape(make_absolute(url, site_url)).encode())
