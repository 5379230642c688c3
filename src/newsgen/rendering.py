"""Render pages: body, template, bytes into the coming tree, and what was asked on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from newsgen.content.articles import read_source
from newsgen.content.bodies import BodyRenderer
from newsgen.content.cache import ReadCache, encode_body
from newsgen.content.surroundings import Surroundings
from newsgen.digests import digest
from newsgen.errors import Location, Problem
from newsgen.model import Body, Manuscript, Page
from newsgen.output.templates import Renderer, TemplateFault
from newsgen.output.trees import Stamp, Tree
from newsgen.questions import Question, Recorder
from newsgen.reading import Reading
from newsgen.site import documents
from newsgen.site.queries import News
from newsgen.workers import TooSlow, time_limit

PAGE_SECONDS = 10.0
BODY_QUESTIONS = frozenset({"story", "file", "address"})
TEMPLATE_QUESTIONS = frozenset({"template", "static", "data", "data names"})


class SourceMoved(Exception):
    """A source changed between its first and its second reading."""


@dataclass(frozen=True, slots=True)
class Made:
    """One rendered page: the digest of its bytes, its stamp in the tree, what it asked and what it shows.

    `body` is the encoded body when it was rendered anew. `faults` are the problems that keep it from being published.
    """

    output: str
    made: str = ""
    stamp: Stamp = (0, 0, 0, 0)
    asked: tuple[Question, ...] = ()
    answers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()
    body: tuple[str, str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """The bytes of one page before they are put anywhere, and what was asked on the way.

    `remembered` is the encoded body when it was rendered anew; `faults` keep the page from being shown.
    """

    data: bytes = b""
    asked: tuple[Question, ...] = ()
    body: Body | None = None
    remembered: tuple[str, str, bytes] | None = None
    warnings: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Today's answers, as digests, to every question that a render asks. Each is taken once."""

    news: News
    around: Surroundings
    templates: Renderer
    taken: dict[Question, str]
    knowledge: str = ""
    """The knowledge with which the known answers were given; "" when there are none."""

    def fingerprint(self, question: Question, known: str = "") -> str:
        """The digest of today's answer; `known` is an earlier one's."""
        answer = self.taken.get(question)
        if answer is None:
            answer = self.taken[question] = self._take(question, known)
        return answer

    def _take(self, question: Question, known: str) -> str:
        kind = question[0]
        if kind in BODY_QUESTIONS:
            return self.around.fingerprint(question)
        if kind in TEMPLATE_QUESTIONS:
            return self.templates.fingerprint(question)
        if known and self.knowledge == self.news.knowledge:
            return known
        return self.news.fingerprint(question, known)


class PageDrawer:
    """Draws the pages of one site: page → bytes, which it puts nowhere."""

    def __init__(self, reading: Reading, answers: Answers, recorder: Recorder, cache: ReadCache) -> None:
        self.reading, self.answers, self.recorder, self.cache = reading, answers, recorder, cache
        self.manuscripts = {m.source: m for m in reading.inputs.manuscripts}
        self.bodies = BodyRenderer(reading.config, reading.engine, answers.around)

    def draw(self, page: Page) -> Drawn:
        """Render one page, or say what is wrong with it.

        Raises:
            SourceMoved: when its source is no longer what was read.
        """
        try:
            with time_limit(PAGE_SECONDS):
                return self._draw(page)
        except TooSlow:
            what = f"rendering {page.url} takes longer than {PAGE_SECONDS:.0f} seconds"
            fix = "simplify its text or its template: many nested or unclosed brackets are slow"
            problem = Problem(Location(page.source or self._maker(page)), "render-slow", what, fix)
            return Drawn(faults=(problem,))

    def _maker(self, page: Page) -> str:
        return "newsgen.yaml" if page.writer else self.answers.templates.loader.shown(page.template)

    def _draw(self, page: Page) -> Drawn:
        with self.recorder.recording() as asked:
            body, remembered = self._body(page)
            problems = body.problems if body else ()
            try:
                data = self._written(page, body)
            except TemplateFault as fault:
                return Drawn(body=body, faults=(fault.problem, *problems))
        if any(problem.level == "error" for problem in problems):
            return Drawn(body=body, faults=problems)
        return Drawn(data, tuple(asked), body, remembered, problems)

    def _written(self, page: Page, body: Body | None) -> bytes:
        return documents.write(page, self.answers.news) if page.writer else self.answers.templates.render(page, body)

    def _body(self, page: Page) -> tuple[Body | None, tuple[str, str, bytes] | None]:
        """The body, and what to remember of it when it was rendered anew."""
        if not page.source:
            return None, None
        manuscript = self.manuscripts[page.source]
        known = self.cache.body(page.source, manuscript.digest)
        if known is not None and self._holds(known[0]):
            return known[1], None
        with self.recorder.recording() as asked:
            body = self._render_body(page, manuscript)
        if any(problem.level == "error" for problem in body.problems):
            return body, None
        pairs = [(question, self.answers.fingerprint(question)) for question in asked]
        return body, (page.source, manuscript.digest, encode_body(pairs, body))

    def _holds(self, asked: Sequence[tuple[list[Any], str]]) -> bool:
        """Whether a remembered body's questions still have their answers; they are asked again by this."""
        questions = [(tuple(question), answer) for question, answer in asked]
        if any(self.answers.fingerprint(question) != answer for question, answer in questions):
            return False
        for question, _ in questions:
            self.recorder.ask(question)
        return True

    def _render_body(self, page: Page, manuscript: Manuscript) -> Body:
        found = read_source(self.reading.site, page.source)
        if isinstance(found, Problem) or found.digest != manuscript.digest:
            raise SourceMoved(page.source)
        return self.bodies.render(found.body, manuscript.path, page.source, manuscript.body_line)


class PageMaker(PageDrawer):
    """Makes the pages of one site. Called in worker processes, each of which has its own by inheritance."""

    def __init__(self, reading: Reading, answers: Answers, recorder: Recorder, tree: Tree, cache: ReadCache) -> None:
        super().__init__(reading, answers, recorder, cache)
        self.tree = tree

    def make(self, page: Page) -> Made:
        """Render one page into the tree, or say what is wrong with it.

        Raises:
            SourceMoved: when its source is no longer what was read.
        """
        drawn = self.draw(page)
        if drawn.faults:
            return Made(page.output, faults=drawn.faults)
        made = digest(drawn.data)
        self.tree.put(page.output, drawn.data, made)
        return Made(
            output=page.output,
            made=made,
            stamp=self.tree.files[page.output][1],
            asked=drawn.asked,
            answers=tuple(map(self.answers.fingerprint, drawn.asked)),
            files=self._files(page, drawn.body),
            warnings=drawn.warnings,
            body=drawn.remembered,
        )

    def _files(self, page: Page, body: Body | None) -> tuple[str, ...]:
        lead = self.reading.files.get(page.source)
        return tuple(dict.fromkeys((*(body.files if body else ()), *((lead,) if lead else ()))))
