"""Make one output: draw it, search its bytes for leaks, and write them into the staged tree. Runs in any process."""

import time
from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from newsgen.build.leak_search import LeakSearch
from newsgen.core.digests import digest, hash_bytes
from newsgen.core.errors import Location, Problem
from newsgen.core.messages import say
from newsgen.core.questions import Answer, Question
from newsgen.core.site_files import SETTINGS
from newsgen.core.stamps import Stamp
from newsgen.media.renditions import ShownCrop, ShownPicture
from newsgen.model.pages import DocumentOutput, Front, Page, PlannedOutput
from newsgen.model.stories import Article, Body, StandingPage
from newsgen.publish.publication import Publication
from newsgen.render.crops import list_crops
from newsgen.render.renderer import DrawnBody, DrawnPage, PageDrawer, remove_html
from newsgen.render.scanning import Found
from newsgen.workers.stages import TwoSteps


class RenderedOutput(msgspec.Struct, frozen=True):
    """One output: the digest of its bytes, what it asked and what it shows.

    `files` are the sources that it shows as they are or links to, `pictures` those of which it shows several sizes,
    `crops` what it shows of parts of pictures, `text` the digest of the body of a story that readers search.
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
    pictures: tuple[ShownPicture, ...] = ()
    crops: tuple[ShownCrop, ...] = ()
    text: str = ""
    warnings: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()
    faulty: Body | None = None
    body: tuple[str, str, bytes] | None = None
    seconds: tuple[float, float] = (0.0, 0.0)
    found: Found = Found()


class Start(NamedTuple):
    """When an output was begun, and the seconds that all bodies had taken until then."""

    at: float
    bodies: float


class BegunOutput(NamedTuple):
    """An output whose body is drawn, and the seconds that this took: all, and those of its body."""

    body: DrawnBody | DrawnPage
    seconds: tuple[float, float]


class PageMaker(TwoSteps[PlannedOutput, BegunOutput, RenderedOutput]):
    """Makes the outputs of one site. Without a `publication` it writes nothing: the bytes are in what it gives.

    `searched` are the codes of the editions whose texts readers search.
    """

    def __init__(
        self, drawer: PageDrawer, search: LeakSearch, publication: Publication | None, searched: Collection[str]
    ) -> None:
        self.drawer, self.search, self.publication, self.searched = drawer, search, publication, searched

    def begin(self, item: PlannedOutput) -> BegunOutput:
        """Draw the body of an output.

        Raises:
            SourceMoved: when its source is no longer what was read.
        """
        start = Start(time.perf_counter(), self.drawer.body_seconds)
        return BegunOutput(self.drawer.draw_body(item), self._measure(start))

    def end(self, item: PlannedOutput, begun: BegunOutput) -> RenderedOutput:
        """Make one output whose body is drawn and write it unless a tree has it already, or tell what is wrong with it.

        Raises:
            SourceMoved: when its source is no longer what was read.
        """
        start = Start(time.perf_counter(), self.drawer.body_seconds)
        drawn, source = self.drawer.draw(item, begun.body), find_story_source(item)
        files, pictures = drawn.body.files if drawn.body else (), self._list_pictures(source, drawn.body)
        if drawn.faults:
            faulty = remove_html(drawn.body) if drawn.body else None
            seconds = self._measure(start, begun.seconds)
            told = RenderedOutput(item.output, faults=drawn.faults, faulty=faulty, seconds=seconds)
            return replace(told, files=files, pictures=pictures)
        found = self.search.new(item.output, drawn.data, source)
        made = hash_bytes(drawn.data)
        return RenderedOutput(
            output=item.output,
            digest=made,
            stamp=None if found.leaks else self._write(item, drawn.data, made),
            data=drawn.data if self.publication is None and not found.leaks else None,
            questions=drawn.questions,
            answers=tuple(map(self.drawer.answers.table.answer, drawn.questions)),
            files=files,
            pictures=pictures,
            crops=tuple(dict.fromkeys((*_list_named_crops(item), *list_crops(drawn.questions)))),
            text=self._digest_text(item, drawn.body),
            warnings=drawn.warnings,
            body=drawn.remembered,
            seconds=self._measure(start, begun.seconds),
            found=found,
        )

    def _write(self, page: PlannedOutput, data: bytes, digest: str) -> Stamp | None:
        if self.publication is None or self.publication.has(page.output, digest):
            return None
        return self.publication.staged.write(page.output, data, digest)

    def _digest_text(self, item: PlannedOutput, body: Body | None) -> str:
        """The digest of the body of a story whose text readers search; "" of all else."""
        if body is None or not isinstance(item.subject, Article) or item.tree not in self.searched:
            return ""
        return digest(body.html.encode("utf-8", "surrogatepass"))[:16]

    def _measure(self, start: Start, before: tuple[float, float] = (0.0, 0.0)) -> tuple[float, float]:
        """The seconds since the start, and the bodies' part of them, with those that were taken before."""
        taken, bodies = time.perf_counter() - start.at, self.drawer.body_seconds - start.bodies
        return before[0] + taken, before[1] + bodies

    def _list_pictures(self, source: str, body: Body | None) -> tuple[ShownPicture, ...]:
        leads: Iterable[ShownPicture] = ((one, "lead") for one in self.drawer.reading.files.get(source, ()))
        return (*leads, *((one, "body") for one in (body.pictures if body else ())))


def _list_named_crops(output: PlannedOutput) -> Iterable[ShownCrop]:
    """What a page names of parts of its lead picture."""
    if not isinstance(output, Page):
        return
    lead = output.subject.image if isinstance(output.subject, Article | StandingPage | Front) else output.image
    for crop in lead.crops if lead is not None else ():
        if (file := crop.file) is not None and file.crop is not None and crop.width:
            yield ShownCrop(file.output, file.crop, "jpeg", crop.width)


def find_story_source(output: PlannedOutput) -> str:
    """The source whose body an output shows; "" where it shows none."""
    return output.source if isinstance(output, Page) else ""


def describe_crash(page: PlannedOutput) -> RenderedOutput:
    """The fault of an output whose process it crashed."""
    what = say("rendering {url} crashed its process, or takes more than 512 MB of memory", url=page.url)
    fix = say("find what in this text or its template does it, and report it to newsgen")
    place = Location(SETTINGS if isinstance(page, DocumentOutput) else page.source or f"theme/{page.template}")
    return RenderedOutput(page.output, faults=(Problem(place, "render-crashed", what, fix),))
