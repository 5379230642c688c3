"""The queries of documents: feeds, sitemaps and files for other programs are made of the answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from msgspec import structs

from newsgen.config.taxonomies import TAGS
from newsgen.core.messages import Message, say
from newsgen.core.queries import Query, QueryMethods, list_of, show_presence
from newsgen.core.questions import OnQuestion, ignore_question
from newsgen.media.renditions import share
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pages import FeedItem, Redirect, SitemapEntry
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Body, CorrectionEntry
from newsgen.site.corrections import list_newest
from newsgen.site.newspaper import Newspaper
from newsgen.site.queries import quote_title, show_corrections
from newsgen.site.sitemap_parts import find_recent, get_first_seen, make_entry


def refuse_body(source: str) -> Body:
    """Stands for `Files.body` where nothing renders bodies."""
    raise LookupError(source)


@dataclass(frozen=True, slots=True)
class Files:
    """Manuscripts, the bytes of lead pictures, and rendered bodies, each by the source of its story."""

    manuscripts: Mapping[str, Manuscript] = field(default_factory=dict)
    length: Callable[[str], int] = lambda _source: 0
    body: Callable[[str], Body] = refuse_body


def _ask_stories(kind: str, name: str, count: int) -> Message:
    if kind == "term":
        kind, _, name = name.partition("/")
    owners = {
        TAGS: say("tag"),
        "author": say("author"),
        "partner": say("partner"),
        "section": say("section"),
        "site": say("site"),
    }
    if not name:
        return say("the {count} latest stories of the {kind}", count=count, kind=owners.get(kind, kind))
    return say("the {count} latest stories of the {kind} {name}", count=count, kind=owners.get(kind, kind), name=name)


def _show_redirect(redirect: Redirect) -> Message:
    return say("{path} to {target}", path=redirect.path, target=redirect.target)


show_items, show_addresses = list_of(lambda item: quote_title(item.card)), list_of(lambda listed: listed.url)


class DocumentQueries(QueryMethods):
    """The queries that documents of one edition may ask; `code` is the edition's."""

    def __init__(
        self, paper: Newspaper, code: str = "", on_question: OnQuestion = ignore_question, files: Files | None = None
    ) -> None:
        super().__init__(on_question)
        self.newspaper, self.edition, self.files = paper, paper.editions[code], files or Files()

    def with_bodies(self, body: Callable[[str], Body]) -> "DocumentQueries":
        """The same answers, and bodies."""
        queries = copy(self)
        queries.files = replace(self.files, body=body)
        return queries

    @Query(_ask_stories, show=show_items)
    def stories(self, kind: str, name: str, count: int) -> tuple[FeedItem, ...]:
        """The newest stories, newest first: of all, a section or term with those below, an author, a partner."""
        ranks = self._find_ranks(kind, name)
        newest = ranks[max(0, len(ranks) - count) :]
        return _make_items(self.edition.articles[rank] for rank in reversed(newest))

    @Query(say("the {count} latest episodes of the podcast"), show=show_items)
    def episodes(self, count: int) -> tuple[FeedItem, ...]:
        """The newest stories with an episode, newest first, each with it."""
        found = list(islice((one for one in reversed(self.edition.articles) if one.episode is not None), count))
        return tuple(
            structs.replace(item, episode=one.episode) for one, item in zip(found, _make_items(found), strict=True)
        )

    @Query(say("the stories of the year {year} in its sitemap {part}"), show=show_addresses, keep=0)
    def sitemap(self, year: int, part: int) -> tuple[SitemapEntry, ...]:
        """The stories of one sitemap of a year, oldest first; not kept, for they are the whole archive."""
        ranges = self.edition.sitemaps.get(year, [])
        first, last = ranges[part - 1] if part <= len(ranges) else (0, 0)
        listed = self.edition.articles[first:last]
        return tuple([make_entry(one, self.share(one.image) if one.image else None) for one in listed])

    @Query(say("the stories of the last two days"), show=show_items, outside=True)
    def recent(self, first: int, count: int) -> tuple[FeedItem, ...]:
        """Of the stories first published in the last two days, newest first, `count` from the one at `first`.

        Their `date` is the moment at which they could first be read.
        """
        news = find_recent(self.edition.articles, self.edition.late, self.newspaper.now)[first : first + count]
        cards = [structs.replace(article.card, date=get_first_seen(article)) for article in news]
        return _make_items(structs.replace(article, card=card) for article, card in zip(news, cards, strict=True))

    @Query(say("the date of the oldest story"))
    def begun(self) -> datetime | None:
        """The date of the paper's oldest story; None where it has none."""
        return self.edition.articles[0].date if self.edition.articles else None

    @Query(say("the {count} latest corrections with their stories"), show=show_corrections)
    def corrected(self, count: int) -> tuple[CorrectionEntry, ...]:
        """The newest corrections of the paper with their stories, newest first."""
        return list_newest(self.edition.articles, count)

    @Query(say("all old addresses and where they lead"), show=list_of(_show_redirect))
    def redirects(self) -> tuple[Redirect, ...]:
        """Every old address and where it leads, by path."""
        return self.newspaper.old_addresses.redirects

    @Query(say("the addresses of stories that were removed for good"), show=list_of(str))
    def gone(self) -> tuple[str, ...]:
        """The paths of stories that were removed for good, sorted."""
        return self.newspaper.old_addresses.gone

    @Query(say("the text of {source}"), show=show_presence, outside=True, keep=0)
    def manuscript(self, source: str) -> str:
        """The digest of a story's text; "" where there is none."""
        manuscript = self.files.manuscripts.get(source)
        return manuscript.digest if manuscript else ""

    def share(self, picture: Picture) -> Picture:
        """A picture as feeds and other sites get it."""
        return share(picture, self.edition.config)

    def body(self, source: str) -> Body:
        """A story's body. It depends on its manuscript and on all that it looks at, which are recorded too."""
        self.manuscript(source)
        return self.files.body(source)

    @Query(
        say("the size of the lead picture of {source}"),
        show=lambda count: say("{count} bytes", count=count),
        outside=True,
        keep=0,
    )
    def length(self, source: str) -> int:
        """The bytes of a story's lead picture; 0 where it has none here."""
        return self.files.length(source)

    def _find_ranks(self, kind: str, name: str) -> Sequence[int]:
        edition = self.edition
        if kind == "site":
            return range(len(edition.articles))
        if kind == "partner":
            return self._find_partner_ranks(name)
        if kind == "term":
            taxonomy, _, term = name.partition("/")
            return edition.by_term.get(taxonomy, {}).get(term, ())
        groups = {"section": edition.groups.by_section, "author": edition.groups.by_author}
        return groups[kind].get(name, ())

    def _find_partner_ranks(self, name: str) -> Sequence[int]:
        """The ranks of the stories in one of a partner's sections, with a term of each of its taxonomies, ascending."""
        partner = self.edition.config.feeds.partners[name]
        of_terms = ((terms, self.edition.by_term.get(taxonomy, {})) for taxonomy, terms in partner.terms.items())
        groups = ((partner.sections, self.edition.groups.by_section), *of_terms)
        found = [{rank for one in names for rank in by.get(one, ())} for names, by in groups if names]
        return sorted(set.intersection(*found)) if found else range(len(self.edition.articles))


def _make_items(articles: Iterable[Article]) -> tuple[FeedItem, ...]:
    return tuple(
        FeedItem(one.card, one.every_term, one.source, first_url=one.first_url, guid=one.guid) for one in articles
    )
