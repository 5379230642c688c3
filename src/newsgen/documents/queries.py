"""What documents may ask of the newspaper: feeds, sitemaps and other programs' files are made of these answers.

As with `News`, every method states its question as plain data, and `asked` is told of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar, cast

from msgspec import structs

from newsgen.core.digests import digest_of
from newsgen.core.questions import Asked, Question, unheard
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pages import Item, Listed, Redirect
from newsgen.model.stories import Article, Body, CorrectionEntry
from newsgen.site.corrections import newest
from newsgen.site.newspaper import Site
from newsgen.site.sitemap_parts import first_seen, listed, recent

T = TypeVar("T")

QUESTIONS = frozenset(
    {"begun", "stories", "sitemap", "recent", "corrected", "redirects", "gone", "manuscript", "length"}
)
"""The kinds of questions that a `Wire` answers."""

OUTSIDE_KNOWLEDGE = frozenset({"recent", "manuscript", "length"})
"""Those whose answer may be another though the paper's stories are the same: the moment, a text, a file."""


def no_body(source: str) -> Body:
    """Where nothing renders bodies."""
    raise LookupError(source)


@dataclass(frozen=True, slots=True)
class Files:
    """What the acts know of the files: manuscripts, bytes of lead pictures, both by the story's source."""

    manuscripts: Mapping[str, Manuscript] = field(default_factory=dict)
    length: Callable[[str], int] = lambda _source: 0
    body: Callable[[str], Body] = no_body


class Wire:
    """The answers for documents of one site."""

    def __init__(self, site: Site, asked: Asked = unheard, files: Files | None = None) -> None:
        self.site, self.files = site, files or Files()
        self._asked = asked
        self._answers: dict[Question, Any] = {}

    def carrying(self, body: Callable[[str], Body]) -> "Wire":
        """The same answers, with bodies."""
        wire = Wire(self.site, self._asked, replace(self.files, body=body))
        wire._answers = self._answers
        return wire

    def stories(self, kind: str, name: str, count: int) -> tuple[Item, ...]:
        """The newest stories, newest first: of the site, a section or term with those below, an author, a partner."""
        return self._ask(("stories", kind, name, count), lambda: self._newest(self._ranks(kind, name), count))

    def sitemap(self, year: int, part: int) -> tuple[Listed, ...]:
        """The stories of one sitemap of a year, oldest first; not kept, for they are the whole archive."""
        self._asked(("sitemap", year, part))
        ranges = self.site.parts.get(year, [])
        first, last = ranges[part - 1] if part <= len(ranges) else (0, 0)
        return tuple(listed(article) for article in self.site.articles[first:last])

    def recent(self, first: int, count: int) -> tuple[Item, ...]:
        """Of the stories first published in the last two days, newest first, `count` from the one at `first`.

        Their `date` is the moment at which they could first be read.
        """

        def answer() -> tuple[Item, ...]:
            found = recent(self.site.articles, self.site.late, self.site.now)[first : first + count]
            return _items(structs.replace(one, card=structs.replace(one.card, date=first_seen(one))) for one in found)

        return self._ask(("recent", first, count), answer)

    def begun(self) -> datetime | None:
        """The date of the paper's oldest story; None where it has none."""
        return self._ask(("begun",), lambda: self.site.articles[0].date if self.site.articles else None)

    def corrected(self, count: int) -> tuple[CorrectionEntry, ...]:
        """The newest corrections of the paper with their stories, newest first."""
        return self._ask(("corrected", count), lambda: newest(self.site.articles, count))

    def redirects(self) -> tuple[Redirect, ...]:
        """Every old address and where it leads, by path."""
        return self._ask(("redirects",), lambda: self.site.old.redirects)

    def gone(self) -> tuple[str, ...]:
        """The paths of stories that were removed for good, sorted."""
        return self._ask(("gone",), lambda: self.site.old.gone)

    def body(self, source: str) -> Body:
        """A story's body. What it depends on is its manuscript and whatever it looks at, which is asked too."""
        self._asked(("manuscript", source))
        return self.files.body(source)

    def length(self, source: str) -> int:
        """The bytes of a story's lead picture; 0 where it has none here."""
        self._asked(("length", source))
        return self.files.length(source)

    def fingerprint(self, question: Question) -> str:
        """The digest of today's answer to a question."""
        kind, *arguments = question
        if kind == "manuscript":
            manuscript = self.files.manuscripts.get(str(arguments[0]))
            return manuscript.digest if manuscript else ""
        if kind == "length":
            return str(self.files.length(str(arguments[0])))
        return digest_of(self.answer(question))

    def answer(self, question: Question) -> Any:  # noqa: ANN401 - each question has its own kind of answer
        """Today's answer to a question of stories, corrections or addresses that was recorded."""
        kind, *arguments = question
        return getattr(self, str(kind))(*arguments)

    def _ask(self, question: Question, answer: Callable[[], T]) -> T:
        self._asked(question)
        if question not in self._answers:
            self._answers[question] = answer()
        return cast("T", self._answers[question])

    def _ranks(self, kind: str, name: str) -> Sequence[int]:
        site = self.site
        if kind == "site":
            return range(len(site.articles))
        if kind == "partner":
            return self._chosen(name)
        if kind == "term":
            taxonomy, _, term = name.partition("/")
            return site.by_term.get(taxonomy, {}).get(term, ())
        groups = {"section": site.by_section, "author": site.by_author}
        return groups[kind].get(name, ())

    def _chosen(self, name: str) -> Sequence[int]:
        """The ranks of the stories in one of a partner's sections, with a term of each of its taxonomies, ascending."""
        partner = self.site.config.feeds.partners[name]
        of_terms = ((terms, self.site.by_term.get(taxonomy, {})) for taxonomy, terms in partner.terms.items())
        groups = ((partner.sections, self.site.by_section), *of_terms)
        found = [{rank for one in names for rank in by.get(one, ())} for names, by in groups if names]
        return sorted(set.intersection(*found)) if found else range(len(self.site.articles))

    def _newest(self, ranks: Sequence[int], count: int) -> tuple[Item, ...]:
        newest = ranks[max(0, len(ranks) - count) :]
        return _items(self.site.articles[rank] for rank in reversed(newest))


def _items(articles: Iterable[Article]) -> tuple[Item, ...]:
    return tuple(Item(one.card, one.every_term, one.source, first_url=one.first_url, guid=one.guid) for one in articles)
