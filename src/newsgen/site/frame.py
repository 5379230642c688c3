"""The frame of a page: its address, what it is called, where it stands, and the feeds that it names."""

from collections.abc import Callable

from newsgen.model import Crumb, FeedLink, Page, Picture, Section
from newsgen.site import feeds
from newsgen.site.permalinks import Permalink
from newsgen.site.site import Site
from newsgen.urls import absolute

Translate = Callable[[str], str]


class Frame:
    """Frames the pages of one site. `translate` gives interface strings in the site's language."""

    def __init__(self, site: Site, translate: Translate, share: Picture | None = None) -> None:
        self.site, self.translate, self.share = site, translate, share
        self.links, self.config = site.permalinks, site.config
        self._feed_links: dict[tuple[str, str], tuple[FeedLink, ...]] = {}
        self._trails: dict[str | None, tuple[Crumb, ...]] = {}

    def page(self, kind: str, title: str, link: Permalink, template: str) -> Page:
        """A page without a subject, one step below the front page."""
        return Page(
            kind=kind,
            title=title,
            description="",
            url=link.url,
            canonical=absolute(link.url, self.config.url),
            output=link.output,
            template=template,
            lang=self.config.language,
            image=self.share,
            breadcrumb=self.crumbs() if kind != "home" else (),
        )

    def feeds(self, kind: str, name: str) -> tuple[FeedLink, ...]:
        """The feeds of a list, as its pages name them."""
        if (kind, name) not in self._feed_links:
            self._feed_links[kind, name] = feeds.links(self.site, kind, name)
        return self._feed_links[kind, name]

    def crumbs(self, section: str | None = None) -> tuple[Crumb, ...]:
        """The way from the front page to a section, both included."""
        if section not in self._trails:
            self._trails[section] = self._trail(section)
        return self._trails[section]

    def _trail(self, section: str | None) -> tuple[Crumb, ...]:
        crumbs: list[Crumb] = []
        while section:
            known: Section = self.site.sections[section]
            crumbs.insert(0, Crumb(known.title, known.url))
            section = known.parent
        return (Crumb(self.translate("Home"), self.links.home.url), *crumbs)
