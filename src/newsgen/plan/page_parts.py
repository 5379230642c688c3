"""What pages have in common: their head, their breadcrumbs, and links to feeds and other languages."""

from collections.abc import Callable

from msgspec.structs import replace

from newsgen.core.locales import get_language_name
from newsgen.core.urls import make_absolute
from newsgen.documents import feeds, podcast
from newsgen.model.pages import Crumb, FeedLink, Page
from newsgen.model.permalinks import Permalink
from newsgen.model.pictures import Picture
from newsgen.model.stories import Intro, Translation
from newsgen.model.taxonomy import Section, Term
from newsgen.plan.social_cards import SocialCards, can_be_shared
from newsgen.site.groups import list_lineage
from newsgen.site.newspaper import Edition, Newspaper

Translate = Callable[[str], str]


class Frame:
    """What the pages of one edition have in common; `code` is the edition's.

    `translate` gives interface strings in its language; `cards` are the social cards of its stories, if there are any.
    """

    def __init__(
        self,
        paper: Newspaper,
        code: str,
        translate: Translate,
        share: Picture | None = None,
        cards: SocialCards | None = None,
    ) -> None:
        self.newspaper, self.edition, self.translate, self.share = paper, paper.editions[code], translate, share
        self.code, self.cards = code, cards
        self.links, self.config = self.edition.permalinks, self.edition.config
        self._feed_links: dict[tuple[str, str], tuple[FeedLink, ...]] = {}
        self._trails: dict[str | None, tuple[Crumb, ...]] = {}

    def is_like(self, other: "Frame") -> bool:
        """Whether pages made with another frame have the same in common, apart from the stories."""
        same = self.config == other.config and self.share == other.share
        return same and self.edition.sections == other.edition.sections

    def make_page(self, kind: str, title: str, link: Permalink, template: str) -> Page:
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
            breadcrumb=self.list_crumbs() if kind != "home" else (),
        )

    def choose_image(self, image: Picture | None) -> Picture | None:
        """The picture that other sites show of a page: its own, or that of the paper where they cannot show its own."""
        return image if can_be_shared(image) else self.share

    def add_intro(self, page: Page, intro: Intro | None, described: str = "") -> Page:
        """The page with the text and the picture of an `_index.md` at its head; `described` is from newsgen.yaml."""
        if intro is None:
            return page
        description = intro.lead or described or intro.summary or page.description
        return replace(page, description=description, source=intro.source, image=self.choose_image(intro.image))

    def list_feeds(self, kind: str = "site", id_: str = "", title: str = "", home: str = "") -> tuple[FeedLink, ...]:
        """The feeds of a list, as its pages name them; `home` is the url of its first page."""
        if (kind, id_) not in self._feed_links:
            home = home or self.links.home.url
            links = feeds.list_links(self.edition, kind, id_, title, home)
            self._feed_links[kind, id_] = (*links, *podcast.list_links(self.edition)) if kind == "site" else links
        return self._feed_links[kind, id_]

    def list_crumbs(self, section: str | None = None) -> tuple[Crumb, ...]:
        """The way from the front page to a section, both included."""
        if section not in self._trails:
            self._trails[section] = self._list_trail(section)
        return self._trails[section]

    def list_topic_crumbs(self, term: Term) -> tuple[Crumb, ...]:
        """The way from the front page to a term, both included."""
        taxonomy = self.edition.taxonomies[term.taxonomy]
        index = (Crumb(taxonomy.title or self.translate("Topics"), taxonomy.url),) if taxonomy.url else ()
        lineage = list_lineage(term, self.edition.terms[term.taxonomy])
        return (*self.list_crumbs(), *index, *(Crumb(step.name, step.url) for step in lineage))

    def list_versions(self, url_of: Callable[[Edition], str | None]) -> tuple[Translation, ...]:
        """The same page in the other editions; `url_of` gives its address in each, if there is one."""
        others = [edition for edition in self.newspaper.editions.values() if edition is not self.edition]
        urls = [(edition.config.language, edition.config.title, url_of(edition)) for edition in others]
        return tuple(Translation(code, get_language_name(code), title, url, code) for code, title, url in urls if url)

    def _list_trail(self, section: str | None) -> tuple[Crumb, ...]:
        crumbs: list[Crumb] = []
        while section:
            known: Section = self.edition.sections[section]
            crumbs.insert(0, Crumb(known.title, known.url))
            section = known.parent
        return (Crumb(self.translate("Home"), self.links.home.url), *crumbs)
