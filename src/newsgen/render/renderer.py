"""Makes the bytes of outputs: pages from their body and template, documents by their module. Questions are recorded."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from newsgen.body.body import Bodies
from newsgen.body.link_targets import LinkTargets
from newsgen.content.read_cache import ReadCache, encode_body
from newsgen.content.reader import Reading
from newsgen.content.source_text import read_body, read_source
from newsgen.core.errors import Location, PluginFailed, Problem, SourceMoved
from newsgen.core.messages import get_message, say
from newsgen.core.queries import QueryTable
from newsgen.core.questions import Answer, Question, Recorder
from newsgen.core.site_files import SETTINGS
from newsgen.core.text import nfc
from newsgen.documents.queries import DocumentQueries
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pages import DocumentOutput, Page, PlannedOutput
from newsgen.model.stories import Body
from newsgen.render.components import TemplateComponents
from newsgen.render.errors import locate_error
from newsgen.render.extensions import Extensions
from newsgen.render.templates import Renderer, TemplateFault
from newsgen.workers.limits import TooSlow, time_limit

Drawn = TypeVar("Drawn")
PAGE_SECONDS = 10.0
"""Processor time that a body may take to be rendered, and a page or document after it."""

CARRIED = 64
"""How many bodies are kept for the next document: feeds of one list in several formats carry the same."""


class DrawnPage(msgspec.Struct, frozen=True):
    """The bytes of one output, and the questions that it asked.

    `remembered` is the encoded body if it was rendered anew; `faults` keep the page from being shown.
    """

    data: bytes = b""
    questions: tuple[Question, ...] = ()
    body: Body | None = None
    remembered: tuple[str, str, bytes] | None = None
    warnings: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()


class DrawnBody(msgspec.Struct, frozen=True):
    """The body of a page, the questions that it asked, and its encoded form if it was rendered anew."""

    body: Body | None = None
    questions: tuple[Question, ...] = ()
    remembered: tuple[str, str, bytes] | None = None


NO_BODY = DrawnBody()

UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)
"""When a live story began whose front matter cannot be read."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What answers the questions of renders. `documents` and `templates` are by the code of the edition."""

    table: QueryTable
    targets: LinkTargets
    extensions: Extensions
    documents: Mapping[str, DocumentQueries]
    templates: Mapping[str, Renderer]


class PageDrawer:
    """Makes the bytes of outputs of one site. `body_seconds` are those that bodies have taken so far."""

    def __init__(self, reading: Reading, answers: Answers, recorder: Recorder, cache: ReadCache) -> None:
        self.reading, self.answers, self.recorder, self.cache = reading, answers, recorder, cache
        own = {code: TemplateComponents(renderer) for code, renderer in answers.templates.items()}
        self.bodies = Bodies(reading.config, reading.engine, answers.targets, answers.extensions.bodies, own)
        self.body_seconds = 0.0
        self._documents = {document.name: document for document in answers.extensions.documents}
        self._queries = {code: one.with_bodies(self._carried) for code, one in answers.documents.items()}
        self._carried_lately: dict[str, tuple[tuple[Question, ...], Body]] = {}

    def draw_body(self, page: PlannedOutput) -> DrawnBody | DrawnPage:
        """The body of a page, which is the first half of drawing it; a page with faults where it takes too long.

        Raises:
            SourceMoved: when its source is no longer what was read.
        """
        if isinstance(page, DocumentOutput) or not page.source:
            return NO_BODY
        return self._limit(page, lambda: self._draw_body(page.source))

    def draw(self, page: PlannedOutput, begun: DrawnBody | DrawnPage | None = None) -> DrawnPage:
        """Make the bytes of one output, or tell what is wrong with it. `begun` is what `draw_body` gave.

        Raises:
            SourceMoved: when its source is no longer what was read.
        """
        drawn = self.draw_body(page) if begun is None else begun
        if isinstance(drawn, DrawnPage):
            return drawn
        if isinstance(page, DocumentOutput):
            return self._limit(page, lambda: self._write_document(page))
        return self._limit(page, lambda: self._draw_page(page, drawn))

    def _limit(self, page: PlannedOutput, draw: Callable[[], Drawn]) -> Drawn | DrawnPage:
        """What `draw` gives; a page with faults where it takes too long."""
        try:
            with time_limit(PAGE_SECONDS):
                return draw()
        except TooSlow as error:
            what = say("rendering {url} takes longer than {most:.0f} seconds", url=page.url, most=PAGE_SECONDS)
            fix = say("simplify its text or its template: many nested or unclosed brackets are slow")
            if error.plugin:
                values = {"url": page.url, "most": PAGE_SECONDS, "plugin": error.plugin}
                what = say("rendering {url} takes longer than {most:.0f} seconds, in the plugin “{plugin}”", **values)
                fix = say("correct the plugin, or remove it from `plugins`")
            place = locate_error(error, self._find_main_source(page))
            return DrawnPage(faults=(Problem(place, "render-slow", what, fix),))

    def _find_main_source(self, page: PlannedOutput) -> str:
        """The file that a problem of an output without another place names."""
        if isinstance(page, DocumentOutput):
            return SETTINGS
        return page.source or self.answers.templates[page.tree].loader.shown(page.template)

    def _draw_body(self, source: str) -> DrawnBody:
        with self.recorder.recording() as questions:
            body, remembered = self._body(source)
        return DrawnBody(body, tuple(questions), remembered)

    def _draw_page(self, page: Page, drawn: DrawnBody) -> DrawnPage:
        body = drawn.body
        with self.recorder.recording() as questions:
            for question in drawn.questions:
                self.recorder.ask(question)
            problems = body.problems if body else ()
            try:
                data = self.answers.templates[page.tree].render(page, body)
            except TemplateFault as fault:
                return DrawnPage(body=body, faults=(fault.problem, *problems))
        if any(problem.level == "error" for problem in problems):
            return DrawnPage(body=body, faults=problems)
        return DrawnPage(data, tuple(questions), body, drawn.remembered, problems)

    def _write_document(self, output: DocumentOutput[Any]) -> DrawnPage:
        with self.recorder.recording() as questions:
            try:
                data = self._documents[output.document].write(output, self._queries[output.tree])
            except PluginFailed as error:
                fix = say("correct the plugin, or remove it from `plugins`")
                return DrawnPage(faults=(Problem(Location(SETTINGS), "plugin-failed", get_message(error), fix),))
        return DrawnPage(data, tuple(questions))

    def draw_text(self, source: str) -> str:
        """The HTML of the body of a story whose page was made.

        Raises:
            SourceMoved: when its source is no longer what was read.
        """
        return self._body(source)[0].html

    def _carried(self, source: str) -> Body:
        """The body of a story in a document; its questions are recorded. The last few are kept."""
        if source not in self._carried_lately:
            if len(self._carried_lately) >= CARRIED:
                self._carried_lately.clear()
            with self.recorder.recording() as recorded:
                body, _ = self._body(source)
            self._carried_lately[source] = tuple(recorded), body
        questions, body = self._carried_lately[source]
        for question in questions:
            self.recorder.ask(question)
        return body

    def _body(self, source: str) -> tuple[Body, tuple[str, str, bytes] | None]:
        """The body of a source, and its encoded form if it was rendered anew."""
        manuscript = self.reading.by_source[source]
        cached = self.cache.find_body(source, manuscript.text_basis)
        if cached is not None and self._holds(cached[0]):
            return cached[1], None
        with self.recorder.recording() as questions:
            body = self._render_body(manuscript)
        if any(problem.level == "error" for problem in body.problems):
            return body, None
        pairs = [(question, self.answers.table.answer(question)) for question in questions]
        return body, (source, manuscript.text_basis, encode_body(pairs, body))

    def _holds(self, recorded: Sequence[tuple[list[Any], Answer]]) -> bool:
        """Whether the questions of a cached body still have the same answers; if so, they are recorded."""
        questions = [(tuple(question), answer) for question, answer in recorded]
        if any(not self.answers.table.answer(question).is_same(answer) for question, answer in questions):
            return False
        for question, _ in questions:
            self.recorder.ask(question)
        return True

    def inspect(self, source: str) -> Body:
        """The body, without HTML, of a source whose front matter is wrong.

        Its files are those of its lead picture too. It has neither files nor notes if readers are not to see it, and is
        empty if it cannot be read.
        """
        config = self.reading.config
        found = read_source(self.reading.site, source, {*config.fields, *config.term_fields})
        if isinstance(found, Problem):
            return Body("")
        path = nfc(source.removeprefix("content/"))
        try:
            with time_limit(PAGE_SECONDS):
                bodies = self.bodies.get_renderer(config.language)
                began = UNKNOWN if "live" in found.head.tree.entries else None
                body = remove_html(bodies.render(found.body, path, source, found.head.body_line, began))
        except TooSlow:
            return Body("")
        if found.head.is_unseen:
            return msgspec.structs.replace(body, notes=(), files=())
        return msgspec.structs.replace(body, files=(*body.files, *self.reading.files.get(source, ())))

    def _render_body(self, manuscript: Manuscript) -> Body:
        body = read_body(self.reading.site, manuscript.source, manuscript.digest)
        if body is None:
            raise SourceMoved(manuscript.source)
        bodies, start = self.bodies.get_renderer(manuscript.lang), time.perf_counter()
        try:
            return bodies.render(body, manuscript.path, manuscript.source, manuscript.body_line, manuscript.began)
        finally:
            self.body_seconds += time.perf_counter() - start


def remove_html(body: Body) -> Body:
    """The body without its HTML."""
    return msgspec.structs.replace(body, html="")
