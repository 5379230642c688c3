"""What templates may ask of the newspaper: `news.latest(10)`.

Every method states its question as plain data and gives one frozen answer. Questions are answered once a build,
however many pages ask, and `asked` is told of each, so that what a page depends on is known.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar, cast

from newsgen.config.taxonomies import TAGS
from newsgen.core.digests import digest, digest_of, encode
from newsgen.core.messages import Message, say
from newsgen.core.questions import Asked, Question, unheard
from newsgen.core.text import fold
from newsgen.model.pages import Archive, Page
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Banner, Body, Card, CorrectionEntry, Neighbours, PageRef, Series
from newsgen.model.taxonomy import Author, Section, SectionName, Taxonomy, Term
from newsgen.site import corrections
from newsgen.site.archive import archive_of
from newsgen.site.groups import subtopics
from newsgen.site.newspaper import Site
from newsgen.site.series import series_of
from newsgen.site.structured_data import describe

T = TypeVar("T")


RECENT = 64


QUERIES = frozenset(
    [
        "archive",
        "author",
        "authors",
        "banner",
        "corrections",
        "favicon",
        "latest",
        "logo",
        "menu",
        "neighbours",
        "pages",
        "pinned",
        "related",
        "section",
        "sections",
        "series",
        "structured",
        "subsections",
        "subtopics",
        "tag",
        "tags",
        "taxonomies",
        "taxonomy",
        "term",
        "terms",
    ]
)
"""What templates may ask of `News`; the rest of it is for the build."""


class UnknownName(LookupError):
    """A template asked for a section, tag or author that the paper does not have."""


class News:
    """The queries of one site."""

    def __init__(self, site: Site, asked: Asked = unheard) -> None:
        self._site, self._asked = site, asked
        self._answers: dict[Question, Any] = {}
        self._recent: dict[Question, Any] = {}

    def latest(self, count: int, section: str | None = None) -> tuple[Card, ...]:
        """The newest stories of the paper, or of a section and those below it; newest first."""

        def answer() -> tuple[Card, ...]:
            if section is None:
                ranks: Any = range(len(self._site.articles))
            else:
                self._known(say("there is no section “{name}”", name=section), section, self._site.sections)
                ranks = self._site.by_section.get(section, ())
            return self._site.cards(reversed(ranks[max(0, len(ranks) - count) :]))

        return self._ask(("latest", count, section), answer)

    def pinned(self) -> tuple[Card, ...]:
        """The stories that editors pinned to the front, newest first."""
        return self._ask(("pinned",), lambda: tuple(a.card for a in reversed(self._site.articles) if a.card.pinned))

    def related(self, article: Article, count: int) -> tuple[Card, ...]:
        """The stories that belong to this one."""

        def answer() -> tuple[Card, ...]:
            return self._site.related.of(article, count) if article.source in self._site.rank else ()

        return self._ask(("related", article.source, count), answer, once=True)

    def neighbours(self, article: Article) -> Neighbours:
        """The stories published just before and after this one."""

        def answer() -> Neighbours:
            articles, rank = self._site.articles, self._site.rank.get(article.source)
            if rank is None:
                return Neighbours(None, None)
            older = articles[rank - 1].card if rank else None
            newer = articles[rank + 1].card if rank + 1 < len(articles) else None
            return Neighbours(older, newer)

        return self._ask(("neighbours", article.source), answer, once=True)

    def series(self, article: Article) -> Series | None:
        """The series that this story is a part of, if it is one."""

        def answer() -> Series | None:
            name = fold(article.series.name) if article.series else ""
            return series_of(article, self._site.series.get(name, ()), self._site.articles)

        return self._ask(("series", article.source), answer, once=True)

    def banner(self) -> Banner | None:
        """The line that stands over every page now, if there is one."""
        return self._ask(("banner",), lambda: self._site.banner)

    def corrections(self, count: int) -> tuple[CorrectionEntry, ...]:
        """The newest corrections of the paper with their stories, newest first."""
        return self._ask(("corrections", count), lambda: corrections.newest(self._site.articles, count))

    def section(self, section: str) -> Section:
        """A section by its id, such as "kinh-te"."""
        return self._ask(
            ("section", section),
            lambda: self._known(say("there is no section “{name}”", name=section), section, self._site.sections),
        )

    def sections(self) -> tuple[SectionName, ...]:
        """The sections at the top, in the order of newsgen.yaml."""
        return self._ask(("sections",), lambda: self._below(None))

    def menu(self) -> tuple[tuple[SectionName, tuple[SectionName, ...]], ...]:
        """The sections at the top in their order, each with those just below it."""

        def answer() -> tuple[tuple[SectionName, tuple[SectionName, ...]], ...]:
            below: dict[str | None, list[SectionName]] = {}
            for section in self._site.sections.values():
                below.setdefault(section.parent, []).append(section.named())
            return tuple((section, tuple(below.get(section.id, ()))) for section in below.get(None, ()))

        return self._ask(("menu",), answer)

    def subsections(self, section: str) -> tuple[SectionName, ...]:
        """The sections just below this one."""
        return self._ask(("subsections", section), lambda: self._below(section))

    def _below(self, section: str | None) -> tuple[SectionName, ...]:
        return tuple(one.named() for one in self._site.sections.values() if one.parent == section)

    def tag(self, tag: str) -> Term:
        """A tag by its slug."""
        return self.term(TAGS, tag)

    def tags(self) -> tuple[Term, ...]:
        """Every tag, most used first."""
        return self.terms(TAGS)

    def subtopics(self, tag: str, taxonomy: str = TAGS) -> tuple[Term, ...]:
        """The tags, or the terms of another taxonomy, just below this one, by name."""
        return self._ask(("subtopics", tag, taxonomy), lambda: subtopics(self._terms(taxonomy)).get(tag, ()))

    def term(self, taxonomy: str, term: str) -> Term:
        """A term of a taxonomy by its slug."""
        return self._ask(
            ("term", taxonomy, term),
            lambda: self._known(say("there is no term “{name}”", name=term), term, self._terms(taxonomy)),
        )

    def terms(self, taxonomy: str) -> tuple[Term, ...]:
        """Every term of a taxonomy, most used first."""

        def answer() -> tuple[Term, ...]:
            terms, ranks = self._terms(taxonomy), self._site.by_term[taxonomy]
            order = sorted(terms, key=lambda term: (-len(ranks.get(term, ())), term))
            return tuple(terms[term] for term in order)

        return self._ask(("terms", taxonomy), answer)

    def taxonomy(self, taxonomy: str) -> Taxonomy:
        """A taxonomy by the field of front matter that names its terms."""
        known = self._site.taxonomies
        return self._ask(
            ("taxonomy", taxonomy),
            lambda: self._known(say("there is no taxonomy “{name}”", name=taxonomy), taxonomy, known),
        )

    def taxonomies(self) -> tuple[Taxonomy, ...]:
        """The taxonomies of the paper, the tags first."""
        return self._ask(("taxonomies",), lambda: tuple(self._site.taxonomies.values()))

    def author(self, author: str) -> Author:
        """An author by id."""
        return self._ask(
            ("author", author),
            lambda: self._known(say("there is no author “{name}”", name=author), author, self._site.authors),
        )

    def authors(self) -> tuple[Author, ...]:
        """Every author with a public story, by name."""
        return self._ask(("authors",), lambda: tuple(sorted(self._site.authors.values(), key=lambda a: (a.name, a.id))))

    def pages(self) -> tuple[PageRef, ...]:
        """The standing pages, in the order of their weights, then of their titles."""
        return self._ask(("pages",), lambda: tuple(PageRef(p.title, p.url, p.weight) for p in self._site.pages))

    def archive(self) -> Archive:
        """The years and months in which stories appeared, newest first."""
        return self._ask(("archive",), lambda: archive_of(self._site))

    def logo(self) -> Picture | None:
        """The publisher's logo, if newsgen.yaml names one."""
        return self._ask(("logo",), lambda: self._site.logo)

    def favicon(self) -> str:
        """The url of static/favicon.ico where the site lies below a path; "" where browsers find it by themselves."""
        return self._ask(("favicon",), lambda: self._site.favicon)

    def structured(self, page: Page, body: Body | None = None) -> str:
        """What a page says of itself to search engines: JSON-LD, safe inside <script>; "" where there is none."""
        self.logo()
        return describe(page, body, self._site)

    def fingerprint(self, question: Question, known: str = "") -> str:
        """The digest of today's answer to a question; `known` is an earlier one's, given back when nothing moved.

        The answer to `related` is looked for only when something it could depend on is different: the older stories,
        or those that editors joined to this one.
        """
        try:
            if question[0] == "related":
                return self._related_fingerprint(self._story(question), cast("int", question[2]), known)
            return digest_of(self.answer(question))
        except UnknownName:
            return ""

    def answer(self, question: Question) -> Any:  # noqa: ANN401 - each question has its own kind of answer
        """Today's answer to a question that was recorded.

        Raises:
            UnknownName: when the paper no longer has what it is about.
        """
        kind, *arguments = question
        if kind in ("related", "neighbours", "series"):
            arguments[0] = self._story(question)
        return getattr(self, str(kind))(*arguments)

    def _story(self, question: Question) -> Article:
        rank = self._site.rank.get(str(question[1]))
        if rank is None:
            raise UnknownName(say("there is no story {name}", name=question[1]))
        return self._site.articles[rank]

    def _related_fingerprint(self, article: Article, count: int, known: str) -> str:
        older = self._history[self._site.rank[article.source]]
        basis = digest(older, encode(self._site.related.explicit(article)))
        if known.startswith(f"{basis}:"):
            return known
        return f"{basis}:{digest_of(self.related(article, count))}"

    @cached_property
    def knowledge(self) -> str:
        """The digest of all that answers are made of: as long as it is the same, so is every answer."""
        site = self._site
        newest = self._history[-1] if self._history else b""
        named = (dict(site.sections), site.taxonomies, site.terms, dict(site.authors), dict(site.chosen))
        pages = [(page.title, page.url, page.weight) for page in site.pages]
        return digest(newest, encode((named, site.banner, site.old, site.logo, site.favicon, pages)))

    @cached_property
    def _history(self) -> list[bytes]:
        """For each story a digest of itself and of all that are older."""
        chain: list[bytes] = []
        so_far = b""
        for article in self._site.articles:
            so_far = digest(so_far, encode(_known_of(article))).encode()
            chain.append(so_far)
        return chain

    def _terms(self, taxonomy: str) -> Mapping[str, Term]:
        return self._known(say("there is no taxonomy “{name}”", name=taxonomy), taxonomy, self._site.terms)

    def _known(self, unknown: Message, name: str, among: Mapping[str, T]) -> T:
        if name not in among:
            raise UnknownName(unknown)
        return among[name]

    def _ask(self, question: Question, answer: Callable[[], T], *, once: bool = False) -> T:
        self._asked(question)
        if once:
            return self._recently(question, answer)
        if question not in self._answers:
            self._answers[question] = answer()
        return cast("T", self._answers[question])

    def _recently(self, question: Question, answer: Callable[[], T]) -> T:
        """Answers that only one page asks for are kept just long enough to be fingerprinted."""
        if question not in self._recent:
            if len(self._recent) >= RECENT:
                self._recent.clear()
            self._recent[question] = answer()
        return cast("T", self._recent[question])


def _known_of(article: Article) -> tuple[Any, ...]:
    """All of a story that answers are made of."""
    terms = [term.key for term in article.every_term]
    return article.card, terms, article.corrections, article.series, article.weight
