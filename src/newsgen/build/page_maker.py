"""Make one output, in whatever process: draw it, search its bytes, and put them into the staged tree."""

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
from newsgen.render.renderer import PageDrawer, without_html
from newsgen.render.scanning import Found


class Made(msgspec.Struct, frozen=True):
    """One rendered page: the digest of its bytes, what it asked and what it shows.

    `stamp` is that of its file in the staged tree, None where a tree held these very bytes and nothing was written;
    `data` are the bytes where the maker does not write.
    `body` is the encoded body when it was rendered anew. `faults` and the leaks in `found` keep it from being
    published; `faulty` is the body of a page with faults, without its HTML. `spent` is the seconds it took, and its
    body's part of them.
    """

    output: str
    made: str = ""
    stamp: Stamp | None = None
    data: bytes | None = None
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    files: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()
    faulty: Body | None = None
    body: tuple[str, str, bytes] | None = None
    spent: tuple[float, float] = (0.0, 0.0)
    found: Found = Found()


class PageMaker:
    """Makes the outputs of one site. Without a `publication` it puts the bytes nowhere, and gives them."""

    def __init__(self, drawer: PageDrawer, search: LeakSearch, publication: Publication | None) -> None:
        self.drawer, self.search, self.publication = drawer, search, publication

    def make(self, page: PlannedOutput) -> Made:
        """Make one output into the staged tree unless a tree has it already, or say what is wrong with it.

        Raises:
            SourceMoved: when its source is no longer what was read.
        """
        start, before = time.perf_counter(), self.drawer.body_seconds
        drawn = self.drawer.draw(page)
        if drawn.faults:
            faulty = without_html(drawn.body) if drawn.body else None
            return Made(page.output, faults=drawn.faults, faulty=faulty, spent=self._spent(start, before))
        source = source_of(page)
        found = self.search.new(page.output, drawn.data, source)
        made = hash_bytes(drawn.data)
        return Made(
            output=page.output,
            made=made,
            stamp=None if found.leaks else self._put(page, drawn.data, made),
            data=drawn.data if self.publication is None and not found.leaks else None,
            questions=drawn.questions,
            answers=tuple(map(self.drawer.answers.table.answer, drawn.questions)),
            files=self._files(source, drawn.body),
            warnings=drawn.warnings,
            body=drawn.remembered,
            spent=self._spent(start, before),
            found=found,
        )

    def _put(self, page: PlannedOutput, data: bytes, made: str) -> Stamp | None:
        if self.publication is None or self.publication.has(page.output, made):
            return None
        return self.publication.staged.write(page.output, data, made)

    def _spent(self, start: float, before: float) -> tuple[float, float]:
        return time.perf_counter() - start, self.drawer.body_seconds - before

    def _files(self, source: str, body: Body | None) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*(body.files if body else ()), *self.drawer.reading.files.get(source, ()))))


def source_of(output: PlannedOutput) -> str:
    """The file whose body an output shows, "" where it shows none."""
    return output.source if isinstance(output, Page) else ""


def lost(page: PlannedOutput) -> Made:
    """What is known of an output whose process died of it."""
    what = say("rendering {url} crashed its process, or takes more than 512 MB of memory", url=page.url)
    fix = say("find what in this text or its template does it, and report it to newsgen")
    place = Location(SETTINGS if isinstance(page, DocumentOutput) else page.source or f"theme/{page.template}")
    return Made(page.output, faults=(Problem(place, "render-crashed", what, fix),))
