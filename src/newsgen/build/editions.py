"""The plans of a newspaper's editions, with what answers their questions."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from newsgen.content.reader import Reading
from newsgen.core.questions import OnQuestion, ask_in
from newsgen.documents.queries import DocumentQueries, Files
from newsgen.plan.page_parts import Frame
from newsgen.plan.pages import Plan
from newsgen.plan.social_cards import SocialCards
from newsgen.plugins.additions import make_news
from newsgen.plugins.registry import Plugins
from newsgen.site.newspaper import Newspaper
from newsgen.site.queries import News


class EditionPlan(msgspec.Struct, frozen=True):
    """The plan of one edition, and what answers its questions."""

    news: News
    document_queries: DocumentQueries
    plan: Plan


Editions = Mapping[str, EditionPlan]
"""The plans of a newspaper's editions, by their code."""

NO_EDITIONS: Editions = MappingProxyType({})


def plan_editions(
    reading: Reading, paper: Newspaper, plugins: Plugins, on_question: OnQuestion, before: Editions = NO_EDITIONS
) -> dict[str, EditionPlan]:
    """Plan the editions of a newspaper. Pages of `before`, earlier plans, that would be the same are kept."""
    files, editions = Files(reading.by_source, reading.picture_bytes), dict[str, EditionPlan]()
    for code, edition in paper.editions.items():
        record = ask_in(code, on_question)
        news = make_news(plugins, edition, record)
        translate = plugins.theme.translations(edition.config.language).gettext
        known = before[code].plan if code in before else None
        cards = SocialCards(reading.cards, edition, reading.find_behind) if reading.cards else None
        plan = Plan(Frame(paper, code, translate, reading.share, cards), news, known)
        editions[code] = EditionPlan(news, DocumentQueries(paper, code, record, files), plan)
    return editions
