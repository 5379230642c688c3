"""What templates see as `site`."""

from collections.abc import Mapping

import msgspec

from newsgen.config.settings import Config, Latest, Online
from newsgen.core.locales import get_language_name
from newsgen.model.permalinks import Permalinks


class Urls(msgspec.Struct, frozen=True):
    """Addresses that every page links to. Those of the search are "" where readers cannot search."""

    home: str
    latest: str
    archive: str
    latest_fragment: str
    corrections: str
    search: str = ""
    opensearch: str = ""


class RelatedView(msgspec.Struct, frozen=True):
    """How many related stories a page shows."""

    size: int


class LanguageView(msgspec.Struct, frozen=True):
    """A language of the paper: its code, its name in itself, and the url of its front page."""

    code: str
    name: str
    url: str


class SiteView(msgspec.Struct, frozen=True):
    """What templates see as `site`. `languages` are all of the paper's, the main one first; of one there are none."""

    title: str
    description: str
    url: str
    language: str
    urls: Urls
    latest: Latest
    online: Online
    related: RelatedView
    languages: tuple[LanguageView, ...] = ()


def make_site_view(config: Config, urls: Urls, languages: tuple[LanguageView, ...]) -> SiteView:
    """The settings of a site as its templates see them."""
    return SiteView(
        title=config.title,
        description=config.description,
        url=config.url,
        language=config.language,
        urls=urls,
        latest=config.latest,
        online=config.online,
        related=RelatedView(config.lists.related),
        languages=languages,
    )


def list_languages(links: Mapping[str, Permalinks]) -> tuple[LanguageView, ...]:
    """The paper's languages as templates see them, of the addresses by edition; none where there is only one."""
    languages = [(one.config.language, one.home.url) for one in links.values()] if len(links) > 1 else []
    return tuple(LanguageView(code, get_language_name(code), url) for code, url in languages)


def list_urls(links: Permalinks) -> Urls:
    """The addresses that every page of an edition links to."""
    has_search = links.config.search.text != "none"
    search = (links.search.url, links.opensearch.url) if has_search else ()
    fragment, corrections = links.latest_fragment.url, links.corrections.url
    return Urls(links.home.url, links.latest.url, links.archive().url, fragment, corrections, *search)
