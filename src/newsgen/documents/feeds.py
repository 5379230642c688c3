"""Feeds: which there are, where, and what pages say of them. Each format is written by a module of its own."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from newsgen.config.publishing import FeedFormat
from newsgen.content.permalinks import Permalink
from newsgen.core.media_types import FEEDS
from newsgen.documents import atom, json_feed, rss
from newsgen.documents.document import Paper
from newsgen.documents.feed_items import Feed
from newsgen.documents.queries import DocumentQueries
from newsgen.model.pages import DocumentOutput, FeedLink
from newsgen.model.taxonomy import Term
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
    for link, feed in (*_of_lists(paper), *_of_partners(paper)):
        yield DocumentOutput(name, link.output, link.url, feed, feed.title)


def write(output: DocumentOutput[Feed], ask: DocumentQueries) -> bytes:
    """One feed in its format."""
    return FORMATS[output.subject.form](output, ask)


def _of_lists(paper: Paper) -> Iterator[tuple[Permalink, Feed]]:
    edition, config = paper.edition, paper.edition.config
    sponsored = paper.translate("Sponsored by %(name)s")
    for one in _lists(paper):
        is_corrections = one.kind == "corrections"
        title = one.title if one.kind == "site" else f"{one.title} – {config.title}"
        for form in _wanted(edition, one.kind, one.id):
            feed = Feed(
                kind=one.kind,
                id=one.id,
                form=form,
                title=title,
                description=one.description,
                home=one.home,
                size=config.feeds.size,
                full=config.feeds.content == "full" and not is_corrections,
                nouns=_nouns(paper.translate) if is_corrections else (),
                sponsored=sponsored,
            )
            yield _beside(edition, one.home, form), feed


def _lists(paper: Paper) -> Iterator[_List]:
    edition, translate = paper.edition, paper.translate
    yield _List("site", "", edition.config.title, edition.config.description, edition.permalinks.home.url)
    for section in edition.sections.values():
        yield _List("section", section.id, section.title, section.description, section.url)
    for term in (term for terms in edition.terms.values() for term in terms.values()):
        yield _List("term", term.key, term.name, "", term.url)
    for author in edition.authors.values():
        yield _List("author", author.id, author.name, author.bio, author.url)
    yield _List(
        "corrections", "", translate("Corrections"), describe_corrections(translate), edition.permalinks.corrections.url
    )


def _of_partners(paper: Paper) -> Iterator[tuple[Permalink, Feed]]:
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


def _nouns(translate: Callable[[str], str]) -> tuple[str, ...]:
    """What readers call each kind of correction."""
    return tuple(map(translate, ("Correction", "Clarification", "Update")))


def links(edition: Edition, kind: str, of: str) -> tuple[FeedLink, ...]:
    """What a page says of the feeds of its list; `of` is its id, of the corrections their page's title."""
    sections, authors = edition.sections, edition.authors
    if kind == "site":
        front, title = edition.permalinks.home.url, ""
    elif kind == "corrections":
        front, title = edition.permalinks.corrections.url, of
    elif kind == "section":
        front, title = sections[of].url, sections[of].title
    else:
        known = term_of(edition, of) if kind == "term" else authors[of]
        front, title = known.url, known.name
    title = f"{title} – {edition.config.title}" if title else edition.config.title
    return tuple(
        FeedLink(FEEDS[form], f"{title} ({NAMES[form]})", _beside(edition, front, form).url)
        for form in _wanted(edition, kind, of)
    )


def term_of(edition: Edition, key: str) -> Term:
    """The term with this key (`Term.key`)."""
    taxonomy, _, term = key.partition("/")
    return edition.terms[taxonomy][term]


def _wanted(edition: Edition, kind: str, of: str) -> tuple[FeedFormat, ...]:
    feeds = edition.config.feeds
    if kind == "term" and not edition.config.every_taxonomy[of.partition("/")[0]].feeds:
        return ()
    by_kind = {"site": feeds.site, "section": feeds.sections, "term": feeds.tags, "author": feeds.authors} | {
        "corrections": feeds.corrections
    }
    return tuple(dict.fromkeys(by_kind[kind]))


def _beside(edition: Edition, front: str, form: FeedFormat) -> Permalink:
    """A feed's address: in the folder of the page whose url is `front`."""
    return edition.permalinks.from_root(f"{front.removeprefix(edition.config.base)}{FILES[form]}")
