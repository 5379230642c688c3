"""Feeds: which there are, their addresses, and the links to them. Each format is written by a module of its own."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from newsgen.config.publishing import FeedFormat
from newsgen.core.media_types import FEEDS
from newsgen.documents import atom, json_feed, rss
from newsgen.documents.document import Paper
from newsgen.documents.feed_items import Feed
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput, FeedLink
from newsgen.model.permalinks import Permalink
from newsgen.site.corrections import describe_corrections
from newsgen.site.newspaper import Edition

FILES: Mapping[FeedFormat, str] = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
NAMES: Mapping[FeedFormat, str] = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
FORMATS: Mapping[FeedFormat, Callable[[DocumentOutput[Feed], DocumentQueries], bytes]] = {
    "rss": rss.write,
    "atom": atom.write,
    "json": json_feed.write,
}

name = "feeds"


class _List(NamedTuple):
    """A list of the paper that has feeds, beside the page with the url `home`."""

    kind: str
    id: str
    title: str
    description: str
    home: str


def plan(paper: Paper) -> Iterator[DocumentOutput[Feed]]:
    """Every feed: of the site, of each section, term and author, of the corrections, of each partner."""
    for link, feed in (*_plan_lists(paper), *_plan_partners(paper)):
        yield DocumentOutput(name, link.output, link.url, feed, feed.title)


def write(output: DocumentOutput[Feed], ask: DocumentQueries) -> bytes:
    """One feed in its format."""
    return FORMATS[output.subject.form](output, ask)


def _plan_lists(paper: Paper) -> Iterator[tuple[Permalink, Feed]]:
    edition, config = paper.edition, paper.edition.config
    sponsored = paper.translate("Sponsored by %(name)s")
    nouns = tuple(map(paper.translate, ("Correction", "Clarification", "Update")))
    for one in _find_lists(paper):
        is_corrections = one.kind == "corrections"
        title = one.title if one.kind == "site" else f"{one.title} – {config.title}"
        for form in _list_formats(edition, one.kind, one.id):
            feed = Feed(
                kind=one.kind,
                id=one.id,
                form=form,
                title=title,
                description=one.description,
                home=one.home,
                size=config.feeds.size,
                full=config.feeds.content == "full" and not is_corrections,
                nouns=nouns if is_corrections else (),
                sponsored=sponsored,
            )
            yield _place_beside(edition, one.home, form), feed


def _find_lists(paper: Paper) -> Iterator[_List]:
    edition, translate = paper.edition, paper.translate
    yield _List("site", "", edition.config.title, edition.config.description, edition.permalinks.home.url)
    for section in edition.sections.values():
        yield _List("section", section.id, section.title, section.description, section.url)
    for term in (term for terms in edition.terms.values() for term in terms.values()):
        yield _List("term", term.key, term.name, "", term.url)
    for author in edition.authors.values():
        yield _List("author", author.id, author.name, author.bio, author.url)
    title, home = translate("Corrections"), edition.permalinks.corrections.url
    yield _List("corrections", "", title, describe_corrections(translate), home)


def _plan_partners(paper: Paper) -> Iterator[tuple[Permalink, Feed]]:
    config, links = paper.edition.config, paper.edition.permalinks
    sponsored = paper.translate("Sponsored by %(name)s")
    for partner_id, partner in config.feeds.partners.items():
        feed = Feed(
            kind="partner",
            id=partner_id,
            form=partner.format,
            title=partner.title or config.title,
            description=config.description,
            home=links.home.url,
            size=partner.size,
            full=partner.content == "full",
            sponsored=sponsored,
        )
        yield links.at(f"/feeds/{partner_id}/{FILES[partner.format]}"), feed


def list_links(edition: Edition, kind: str, id_: str, title: str, home: str) -> tuple[FeedLink, ...]:
    """The feeds of a list as its pages name them; `home` is the url of its first page."""
    title = f"{title} – {edition.config.title}" if title else edition.config.title
    return tuple(
        FeedLink(FEEDS[form], f"{title} ({NAMES[form]})", _place_beside(edition, home, form).url)
        for form in _list_formats(edition, kind, id_)
    )


def _list_formats(edition: Edition, kind: str, id_: str) -> tuple[FeedFormat, ...]:
    feeds = edition.config.feeds
    if kind == "term" and not edition.config.every_taxonomy[id_.partition("/")[0]].feeds:
        return ()
    by_kind = {
        "site": feeds.site,
        "section": feeds.sections,
        "term": feeds.tags,
        "author": feeds.authors,
        "corrections": feeds.corrections,
    }
    return tuple(dict.fromkeys(by_kind[kind]))


def _place_beside(edition: Edition, home: str, form: FeedFormat) -> Permalink:
    """A feed's address: in the folder of the page whose url is `home`."""
    return edition.permalinks.from_root(f"{home.removeprefix(edition.config.base)}{FILES[form]}")
