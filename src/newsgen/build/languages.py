"""The paper in each of its languages: its pages, and who answers what they ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from newsgen.site.newspaper import Site
from newsgen.site.queries import News


@dataclass(frozen=True, slots=True)
class Tree:
    """The paper in one language, the main one where `code` is ""."""

    code: str
    site: Site
    news: News
    document_queries: DocumentQueries
    plan: Plan
    extensions: Extensions

    def pages(self) -> list[Page]:
        """Every page in this language."""
        pages = self.plan.pages()
        return [replace(page, tree=self.code) for page in pages] if self.code else pages

    def documents(self, pages: Sequence[Page]) -> Iterator[DocumentOutput[Any]]:
        """Every output of a document in this language, whose pages are these."""
        outputs = self.plan.documents(pages, self.extensions.documents)
        return (replace(output, tree=self.code) for output in outputs) if self.code else outputs


@dataclass(frozen=True, slots=True)
class Additions:
    """What a paper's trees are made with besides what was read: its plugins, and who records questions."""

    plugins: Plugins
    on_question: OnQuestion


def trees_of(reading: Reading, site: Site, additions: Additions, before: Sequence[Tree] = ()) -> tuple[Tree, ...]:
    """The paper in each language, the main one first.

    `before` are those of an earlier paper, whose pages are kept where they would be the same.
    """
    files, plans = Files(reading.by_source, reading.picture_bytes), {tree.code: tree.plan for tree in before}
    extensions, trees = make_extensions(additions.plugins, additions.on_question), []
    for one in site.trees:
        code = "" if one is site else one.config.language
        record = _in_language(code, additions.on_question) if code else additions.on_question
        others = tuple(other for other in site.trees if other is not one)
        news, strings = make_news(additions.plugins, one, record), extensions.theme.translations(one.config.language)
        plan = Plan(Frame(one, strings.gettext, reading.share, others), news, plans.get(code))
        trees.append(Tree(code, one, news, DocumentQueries(one, record, files), plan, extensions))
    return tuple(trees)


def views(trees: Sequence[Tree]) -> tuple[LanguageView, ...]:
    """The paper's languages as templates see them; none where there is only one."""
    codes = [(tree.site.config.language, tree.site.permalinks.home.url) for tree in trees]
    return tuple(LanguageView(code, get_language_name(code), url) for code, url in codes if len(codes) > 1)


def _in_language(code: str, on_question: OnQuestion) -> OnQuestion:
    def record(question: Question) -> None:
        on_question((IN, code, *question))

    return record
