"""The paper in each of its languages: its pages, and who answers what they ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from newsgen.content.reader import Reading
from newsgen.core.locales import language_name
from newsgen.core.questions import IN, Asked, Question
from newsgen.documents.queries import Files, Wire
from newsgen.model.pages import DocumentOutput, Page
from newsgen.plan.page_parts import Frame
from newsgen.plan.pages import Plan
from newsgen.render.context import LanguageView
from newsgen.render.theme import translations
from newsgen.site.newspaper import Site
from newsgen.site.queries import News


@dataclass(frozen=True, slots=True)
class Tree:
    """The paper in one language, the main one where `code` is ""."""

    code: str
    site: Site
    news: News
    wire: Wire
    plan: Plan

    def pages(self) -> Iterator[Page]:
        """Every page in this language."""
        pages = self.plan.pages()
        return (replace(page, tree=self.code) for page in pages) if self.code else pages

    def documents(self, pages: Sequence[Page]) -> Iterator[DocumentOutput[Any]]:
        """Every output of a document in this language, whose pages are these."""
        outputs = self.plan.documents(pages)
        return (replace(output, tree=self.code) for output in outputs) if self.code else outputs


def trees_of(reading: Reading, site: Site, asked: Asked) -> tuple[Tree, ...]:
    """The paper in each language, the main one first; `asked` is told of what is asked of any of them."""
    files = Files(reading.by_source, reading.picture_bytes)
    return tuple(_tree(reading, one, files, asked, site) for one in site.trees)


def views(trees: Sequence[Tree]) -> tuple[LanguageView, ...]:
    """The paper's languages as templates see them; none where there is only one."""
    codes = [(tree.site.config.language, tree.site.permalinks.home.url) for tree in trees]
    return tuple(LanguageView(code, language_name(code), url) for code, url in codes if len(codes) > 1)


def _tree(reading: Reading, site: Site, files: Files, asked: Asked, main: Site) -> Tree:
    code = "" if site is main else site.config.language
    told = _telling(asked, code) if code else asked
    others = tuple(other for other in main.trees if other is not site)
    news = News(site, told)
    strings = translations(site.config.language)
    plan = Plan(Frame(site, strings.gettext, reading.share, others), news)
    return Tree(code, site, news, Wire(site, told, files), plan)


def _telling(asked: Asked, code: str) -> Asked:
    def tell(question: Question) -> None:
        asked((IN, code, *question))

    return tell
