"""The stories of an edition as the index for readers has them: in parts of months, with texts, filters and results."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from newsgen.core.text import shorten
from newsgen.core.urls import to_url
from newsgen.media.renditions import Renditions
from newsgen.model.pictures import Picture
from newsgen.model.stories import Article, Card
from newsgen.search.segments import SegmentStory
from newsgen.search.terms import StoryTexts
from newsgen.search.tier_files import Doc
from newsgen.site.newspaper import Edition

PART = 1000
"""The most stories of a segment, which one worker makes in its memory, and makes anew where one of them changes."""

SUMMARY = 200
"""Characters of a summary that results show."""


class StoryPart(NamedTuple):
    """Stories of a month of the newest year, or of a closed year, whose `month` is 0; by ranks, the newest first.

    The first part of a month or year, 0, has its oldest stories.
    """

    year: int
    month: int
    number: int
    ranks: Sequence[int]


class SearchedStories:
    """The stories of an edition. `has_texts` says whether their texts are searched too."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.has_texts = edition.config.search.has_texts(len(edition.articles))
        self._renditions = Renditions(edition.config.pictures)
        self._find_lineage = lru_cache(None)(self._list_lineage)

    @cached_property
    def parts(self) -> list[StoryPart]:
        """All parts, newest first."""
        parts, months = list[StoryPart](), sorted(self.edition.groups.by_month.items())
        newest = months[-1][0][0] if months else 0
        spans: dict[tuple[int, int], list[int]] = {}
        for (year, month), ranks in months:
            spans.setdefault((year, month if year == newest else 0), []).extend(ranks)
        for (year, month), ranks in reversed(spans.items()):
            cut = [ranks[first : first + PART] for first in range(0, len(ranks), PART)]
            numbered = reversed(list(enumerate(cut)))
            parts += [StoryPart(year, month, number, some[::-1]) for number, some in numbered]
        return parts

    def list_part(self, part: StoryPart, texts: Mapping[str, str]) -> list[SegmentStory]:
        """What tells all that the index has of the stories of a part; `texts` are the digests of bodies by output."""
        known, articles = self.edition.digests.of_articles, self.edition.articles
        outputs = [articles[rank].output for rank in part.ranks]
        bodies = [texts.get(output, "") for output in outputs] if self.has_texts else [""] * len(outputs)
        heads = [known[rank].hex() for rank in part.ranks]
        return list(map(SegmentStory, outputs, heads, bodies))

    def make_texts(self, article: Article, text: str) -> StoryTexts:
        """What is indexed of a story; `text` is that of its body, "" where it is not searched."""
        card = article.card
        sections = dict.fromkeys(name for one in card.sections for name in self._find_lineage(one.id))
        filters = [*(f"section:{name}" for name in sections), *(f"author:{author.id}" for author in card.authors)]
        return StoryTexts(card.title, join_lead(article), text, filters)

    def make_docs(self, parts: Sequence[StoryPart]) -> Iterator[Doc]:
        """The results of some parts' stories, in their order."""
        for part in parts:
            for rank in part.ranks:
                card = self.edition.articles[rank].card
                picture = self._find_thumbnail(card.image) if card.image else ""
                section = card.section.id if card.section else ""
                yield Doc(card.title, card.url, f"{card.date:%Y-%m-%d}", _get_summary(card), picture, section)

    def list_sections(self) -> dict[str, str]:
        """The titles of all sections by id, in the order of the paper."""
        return {section.id: section.title for section in self.edition.sections.values()}

    def list_authors(self) -> dict[str, str]:
        """The names of all authors by id, in alphabetical order."""
        return {
            author.id: author.name for author in sorted(self.edition.authors.values(), key=lambda a: (a.name, a.id))
        }

    def _list_lineage(self, section: str) -> tuple[str, ...]:
        """A section and those above it."""
        found: list[str] = []
        step: str | None = section
        while step and step not in found:
            found.append(step)
            known = self.edition.sections.get(step)
            step = known.parent if known else None
        return tuple(found)

    def _find_thumbnail(self, picture: Picture) -> str:
        """The address of the narrowest size of a picture that pages show."""
        planned = self._renditions.plan(picture.file, "webp") if picture.file is not None else ()
        return to_url(planned[0].output, self.edition.config.base) if planned else picture.src


def join_lead(article: Article) -> str:
    """What is searched of a story beside its headline and its text."""
    names = (author.name for author in article.authors)
    terms = (term.name for term in article.every_term)
    return " \n ".join((article.kicker, article.summary, *names, *terms))


def _get_summary(card: Card) -> str:
    return shorten(card.summary, SUMMARY)
