"""Make one output: draw it, search its bytes for leaks, and write them into the staged tree. Runs in any process."""

import time

import msgspec

from newsgen.build.leak_search import LeakSearch
from newsgen.core.digests import hash_bytes
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.questions import Answer, Question
from newsgen.core.site_files import SETTINGS
from newsgen.core.stamps import Stamp
from newsgen.model.pages import DocumentOutput, Page, PlannedOutput
from newsgen.model.stories import Body
from newsgen.publish.publication import Publication
from newsgen.render.renderer import PageDrawer, remove_html
from newsgen.render.scanning import Found


class RenderedOutput(msgspec.Struct, frozen=True):
    """One output: the digest of its bytes, what it asked and what it shows.

    `stamp` is that of its file in the staged tree, None where a tree has these bytes already and nothing was written;
    `data` are the bytes where the maker does not write. `body` is the encoded body if it was rendered anew. `faults`
    and the leaks in `found` keep it from being published; `faulty` is the body of a page with faults, without HTML.
    `seconds` are those it took, and its body's part of them.
    """

    output: str
    digest: str = ""
    stamp: Stamp | None = None
    data: bytes | None = None
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    files: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()
    faulty: Body | None = None
    body: tuple[str, str, bytes] | None = None
    seconds: tuple[float, float] = (0.0, 0.0)
    found: Found = Found()


class PageMaker:
    """Makes the outputs of one site. Without a `publication` it writes nothing: the bytes are in what it gives."""

    def __init__(self, drawer: PageDrawer, search: LeakSearch, publication: Publication | None) -> None:
        self.drawer, self.search, self.publication = drawer, search, publication

    def make(self, page: PlannedOutput) -> RenderedOutput:
        """Make one output and write it unless a tree has it already, or tell what is wrong with it.

        Raises:
            SourceMoved: when its source is no longer what was read.
        """
        start, before = time.perf_counter(), self.drawer.body_seconds
        drawn = self.drawer.draw(page)
        if drawn.faults:
            faulty = remove_html(drawn.body) if drawn.body else None
            return RenderedOutput(page.output, faults=drawn.faults, faulty=faulty, seconds=self._measure(start, before))
        source = find_story_source(page)
        found = self.search.new(page.output, drawn.data, source)
        digest = hash_bytes(drawn.data)
        return RenderedOutput(
            output=page.output,
            digest=digest,
            stamp=None if found.leaks else self._write(page, drawn.data, digest),
            data=drawn.data if self.publication is None and not found.leaks else None,
            questions=drawn.questions,
            answers=tuple(map(self.drawer.answers.table.answer, drawn.questions)),
            files=self._files(source, drawn.body),
            warnings=drawn.warnings,
            body=drawn.remembered,
            seconds=self._measure(start, before),
            found=found,
        )

    def _write(self, page: PlannedOutput, data: bytes, digest: str) -> Stamp | None:
        if self.publication is None or self.publication.has(page.output, digest):
            return None
        return self.publication.staged.write(page.output, data, digest)

    def _measure(self, start: float, before: float) -> tuple[float, float]:
        return time.perf_counter() - start, self.drawer.body_seconds - before

    def _files(self, source: str, body: Body | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*(body.files if body else ()), *self.drawer.reading.files.get(source, ()))))


def find_story_source(output: PlannedOutput) -> str:
    """The source whose body an output shows; "" where it shows none."""
    return output.source if isinstance(output, Page) else ""


def describe_crash(page: PlannedOutput) -> RenderedOutput:
    """The fault of an output whose process it crashed."""
    what = say("rendering {url} crashed its process, or takes more than 512 MB of memory", url=page.url)
    fix = say("find what in this text or its template does it, and report it to newsgen")
    place = Location(SETTINGS if isinstance(page, DocumentOutput) else page.source or f"theme/{page.template}")
    return RenderedOutput(page.output, faults=(Problem(place, "render-crashed", what, fix),))
