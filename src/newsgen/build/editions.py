"""The editions of a newspaper: their pages, and who answers what these ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from newsgen.content.reader import Reading
from newsgen.core.locales import get_language_name
from newsgen.core.questions import OnQuestion, ask_in
from newsgen.documents.queries import DocumentQueries, Files
from newsgen.plan.page_parts import Frame
from newsgen.plan.pages import Plan
from newsgen.plugins.additions import make_news
from newsgen.plugins.registry import Plugins
from newsgen.render.context import LanguageView
from newsgen.site.newspaper import Newspaper
from newsgen.site.queries import News


@dataclass(frozen=True, slots=True)
class PlannedEdition:
    """What is made of one edition, and who answers what is asked on the way."""

    news: News
    document_queries: DocumentQueries
    plan: Plan


Editions = Mapping[str, PlannedEdition]
"""Those of a newspaper by their code."""

NO_EDITIONS: Editions = MappingProxyType({})


def plan_editions(
    reading: Reading, paper: Newspaper, plugins: Plugins, on_question: OnQuestion, before: Editions = NO_EDITIONS
) -> dict[str, PlannedEdition]:
    """The editions of a newspaper by their code. Of `before`, those of an earlier one, pages that are the same stay."""
    files, editions = Files(reading.by_source, reading.picture_bytes), dict[str, PlannedEdition]()
    for code, edition in paper.editions.items():
        record = ask_in(code, on_question)
        news = make_news(plugins, edition, record)
        translate = plugins.theme.translations(edition.config.language).gettext
        known = before[code].plan if code in before else None
        plan = Plan(Frame(paper, code, translate, reading.share), news, known)
        editions[code] = PlannedEdition(news, DocumentQueries(paper, code, record, files), plan)
    return editions


def views(paper: Newspaper) -> tuple[LanguageView, ...]:
    """The paper's languages as templates see them; none where there is only one."""
    editions = paper.editions.values() if len(paper.editions) > 1 else ()
    codes = [(one.config.language, one.permalinks.home.url) for one in editions]
    return tuple(LanguageView(code, get_language_name(code), url) for code, url in codes)
