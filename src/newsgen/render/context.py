"""What templates see as `site`."""

from dataclasses import dataclass

from newsgen.config.settings import Config, Latest, Online


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses that every page links to."""

    home: str
    latest: str
    archive: str
    latest_fragment: str
    corrections: str


@dataclass(frozen=True, slots=True)
class RelatedView:
    """How many related stories a page shows."""

    size: int


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of the paper: its code, its name in itself, and the url of its front page."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SiteView:
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
