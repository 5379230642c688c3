"""Feeds: which there are, where, and what pages say of them. Each format is written by a module of its own."""

from collections.abc import Iterator

from msgspec.structs import replace

from newsgen.config.publishing import Form
from newsgen.content.permalinks import Permalink
from newsgen.core.media_types import FEEDS
from newsgen.documents import atom, json_feed, rss
from newsgen.documents.document import Paper
from newsgen.documents.feed_items import Feed
from newsgen.documents.queries import Wire
from newsgen.model.pages import DocumentOutput, FeedLink
from newsgen.model.taxonomy import Term
from newsgen.site.corrections import about
from newsgen.site.newspaper import Site

FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}
FORMATS = {"rss": rss.write, "atom": atom.write, "json": json_feed.write}
name = "feeds"


def plan(paper: Paper) -> Iterator[DocumentOutput[Feed]]:
    """Every feed: of the site, of each section, term and author, of the corrections, of each partner."""
    sponsored = paper.translate("Sponsored by %(name)s")
    for link, feed in _feeds(paper):
        yield DocumentOutput(name, link.output, link.url, replace(feed, sponsored=sponsored), feed.title)


def write(output: DocumentOutput[Feed], ask: Wire) -> bytes:
    """One feed in its format."""
    return FORMATS[output.subject.form](output, ask)


def _feeds(paper: Paper) -> Iterator[tuple[Permalink, Feed]]:
    site = paper.site
    config, links = site.config, site.permalinks
    yield from _forms(site, Feed("site", "", "", config.title, config.description, links.home.url, 0))
    for section in site.sections.values():
        feed = Feed("section", section.id, "", section.title, section.description, section.url, 0)
        yield from _forms(site, feed)
    for term in (term for terms in site.terms.values() for term in terms.values()):
        yield from _forms(site, Feed("term", term.key, "", term.name, "", term.url, 0))
    for author in site.authors.values():
        yield from _forms(site, Feed("author", author.id, "", author.name, author.bio, author.url, 0))
    yield from _forms(site, _corrections(paper))
    for partner_id, partner in config.feeds.partners.items():
        link = links.at(f"/feeds/{partner_id}/{FILES[partner.format]}")
        title, full = partner.title or config.title, partner.content == "full"
        described = config.description
        yield link, Feed("partner", partner_id, partner.format, title, described, links.home.url, partner.size, full)


def _corrections(paper: Paper) -> Feed:
    """The feed of corrections, in the words of the paper's language."""
    translate, home = paper.translate, paper.site.permalinks.corrections.url
    nouns = tuple(map(translate, ("Correction", "Clarification", "Update")))
    return Feed("corrections", "", "", translate("Corrections"), about(translate), home, 0, nouns=nouns)


def links(site: Site, kind: str, of: str) -> tuple[FeedLink, ...]:
    """What a page says of the feeds of its list; `of` is its id, of the corrections their page's title."""
    sections, authors = site.sections, site.authors
    if kind == "site":
        front, title = site.permalinks.home.url, ""
    elif kind == "corrections":
        front, title = site.permalinks.corrections.url, of
    elif kind == "section":
        front, title = sections[of].url, sections[of].title
    else:
        known = term_of(site, of) if kind == "term" else authors[of]
        front, title = known.url, known.name
    title = f"{title} – {site.config.title}" if title else site.config.title
    return tuple(
        FeedLink(FEEDS[form], f"{title} ({NAMES[form]})", _beside(site, front, form).url)
        for form in _wanted(site, kind, of)
    )


def term_of(site: Site, key: str) -> Term:
    """The term with this key (`Term.key`)."""
    taxonomy, _, term = key.partition("/")
    return site.terms[taxonomy][term]


def _forms(site: Site, feed: Feed) -> Iterator[tuple[Permalink, Feed]]:
    title = feed.title if feed.kind == "site" else f"{feed.title} – {site.config.title}"
    full, size = site.config.feeds.content == "full" and feed.kind != "corrections", site.config.feeds.size
    for form in _wanted(site, feed.kind, feed.id):
        yield _beside(site, feed.home, form), replace(feed, form=form, title=title, size=size, full=full)


def _wanted(site: Site, kind: str, of: str) -> tuple[Form, ...]:
    feeds = site.config.feeds
    if kind == "term" and not site.config.every_taxonomy[of.partition("/")[0]].feeds:
        return ()
    by_kind = {"site": feeds.site, "section": feeds.sections, "term": feeds.tags, "author": feeds.authors} | {
        "corrections": feeds.corrections
    }
    return tuple(dict.fromkeys(by_kind[kind]))


def _beside(site: Site, front: str, form: Form) -> Permalink:
    """A feed's address: in the folder of the page whose url is `front`."""
    return site.permalinks.from_root(f"{front.removeprefix(site.config.base)}{FILES[form]}")
