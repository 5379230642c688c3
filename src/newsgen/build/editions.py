"""The editions of a newspaper: their pages, and who answers what these ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from newsgen.content.reader import Reading
from newsgen.core.locales import get_language_name
from newsgen.core.questions import IN, OnQuestion, Question
from newsgen.documents.queries import DocumentQueries, Files
from newsgen.model.pages import DocumentOutput, Page
from newsgen.plan.page_parts import Frame
from newsgen.plan.pages import Plan
from newsgen.plugins.additions import make_extensions, make_news
from newsgen.plugins.registry import Plugins
from newsgen.render.context import LanguageView
from newsgen.render.extensions import Extensions
from newsgen.site.newspaper import Edition, Newspaper
from newsgen.site.queries import News


@dataclass(frozen=True, slots=True)
class PlannedEdition:
    """All that is made of the edition with this code, and who answers what is asked on the way."""

    code: str
    edition: Edition
    news: News
    document_queries: DocumentQueries
    plan: Plan
    extensions: Extensions

    def documents(self, pages: Sequence[Page]) -> Iterator[DocumentOutput[Any]]:
        """Every output of a document of the edition, whose pages are these."""
        outputs = self.plan.documents(pages, self.extensions.documents)
        return (replace(output, tree=self.code) for output in outputs) if self.code else outputs


Editions = Mapping[str, PlannedEdition]
"""Those of a newspaper by their code."""

NO_EDITIONS: Editions = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Additions:
    """What editions are planned with besides what was read: the plugins, and who records questions."""

    plugins: Plugins
    on_question: OnQuestion


def plan_editions(
    reading: Reading, paper: Newspaper, additions: Additions, before: Editions = NO_EDITIONS
) -> dict[str, PlannedEdition]:
    """The editions of a newspaper by their code. Of `before`, those of an earlier one, pages that are the same stay."""
    files, editions = Files(reading.by_source, reading.picture_bytes), dict[str, PlannedEdition]()
    extensions = make_extensions(additions.plugins, additions.on_question)
    for code, edition in paper.editions.items():
        record = _in_language(code, additions.on_question) if code else additions.on_question
        news = make_news(additions.plugins, edition, record)
        translate = extensions.theme.translations(edition.config.language).gettext
        known = before[code].plan if code in before else None
        plan = Plan(Frame(paper, code, translate, reading.share), news, known)
        queries = DocumentQueries(paper, code, record, files)
        editions[code] = PlannedEdition(code, edition, news, queries, plan, extensions)
    return editions


def views(paper: Newspaper) -> tuple[LanguageView, ...]:
    """The paper's languages as templates see them; none where there is only one."""
    editions = paper.editions.values() if len(paper.editions) > 1 else ()
    codes = [(one.config.language, one.permalinks.home.url) for one in editions]
    return tuple(LanguageView(code, get_language_name(code), url) for code, url in codes)


def _in_language(code: str, on_question: OnQuestion) -> OnQuestion:
    def record(question: Question) -> None:
        on_question((IN, code, *question))

    return record
