"""The frame of a page: its address, what it is called, where it stands, and the feeds that it names."""

from collections.abc import Callable

from msgspec.structs import replace

from newsgen.content.permalinks import Permalink
from newsgen.core.locales import get_language_name
from newsgen.core.urls import make_absolute
from newsgen.documents import feeds
from newsgen.model.pages import Crumb, FeedLink, Page
from newsgen.model.pictures import Picture
from newsgen.model.stories import Intro, Translation
from newsgen.model.taxonomy import Section, Term
from newsgen.site.groups import list_lineage
from newsgen.site.newspaper import Edition, Newspaper

Translate = Callable[[str], str]


class Frame:
    """What the pages of one edition have in common; `code` is the edition's.

    `translate` gives interface strings in its language.
    """

    def __init__(self, paper: Newspaper, code: str, translate: Translate, share: Picture | None = None) -> None:
        self.newspaper, self.edition, self.translate, self.share = paper, paper.editions[code], translate, share
        self.code = code
        self.links, self.config = self.edition.permalinks, self.edition.config
        self._feed_links: dict[tuple[str, str], tuple[FeedLink, ...]] = {}
        self._trails: dict[str | None, tuple[Crumb, ...]] = {}

    def is_like(self, other: "Frame") -> bool:
        """Whether pages have the same in common in another frame, apart from the stories."""
        same = self.config == other.config and self.share == other.share
        return same and self.edition.sections == other.edition.sections

    def page(self, kind: str, title: str, link: Permalink, template: str) -> Page:
        """A page without a subject, one step below the front page."""
        return Page(
            kind=kind,
            title=title,
            description="",
            url=link.url,
            canonical=make_absolute(link.url, self.config.url),
            output=link.output,
            template=template,
            lang=self.config.language,
            tree=self.code,
            image=self.share,
            breadcrumb=self.crumbs() if kind != "home" else (),
        )

    def shared(self, own: Picture | None) -> Picture | None:
        """What other sites show of a page: its own picture, or the paper's where it has none that they can show."""
        return own if own and not own.src.partition("?")[0].casefold().endswith(".svg") else self.share

    def with_intro(self, page: Page, intro: Intro | None, described: str = "") -> Page:
        """The page with the text and the picture of an `_index.md` at its head; `described` is from newsgen.yaml."""
        if intro is None:
            return page
        description = intro.lead or described or intro.summary or page.description
        return replace(page, description=description, source=intro.source, image=self.shared(intro.image))

    def feeds(self, kind: str, name: str) -> tuple[FeedLink, ...]:
        """The feeds of a list, as its pages name them."""
        if (kind, name) not in self._feed_links:
            self._feed_links[kind, name] = feeds.links(self.edition, kind, name)
        return self._feed_links[kind, name]

    def crumbs(self, section: str | None = None) -> tuple[Crumb, ...]:
        """The way from the front page to a section, both included."""
        if section not in self._trails:
            self._trails[section] = self._trail(section)
        return self._trails[section]

    def topics(self, term: Term) -> tuple[Crumb, ...]:
        """The way from the front page to a term, both included."""
        above = self.edition.taxonomies[term.taxonomy]
        front = (Crumb(above.title or self.translate("Topics"), above.url),) if above.url else ()
        return (
            *self.crumbs(),
            *front,
            *(Crumb(one.name, one.url) for one in list_lineage(term, self.edition.terms[term.taxonomy])),
        )

    def versions(self, url_of: Callable[[Edition], str | None]) -> tuple[Translation, ...]:
        """The same page in the other editions; `url_of` gives its address in each, if there is one."""
        others = (one for one in self.newspaper.editions.values() if one is not self.edition)
        found = ((one.config, url_of(one)) for one in others)
        told = ((c.language, c.title, url) for c, url in found if url)
        return tuple(Translation(code, get_language_name(code), title, url, code) for code, title, url in told)

    def _trail(self, section: str | None) -> tuple[Crumb, ...]:
        crumbs: list[Crumb] = []
        while section:
            known: Section = self.edition.sections[section]
            crumbs.insert(0, Crumb(known.title, known.url))
            section = known.parent
        return (Crumb(self.translate("Home"), self.links.home.url), *crumbs)
