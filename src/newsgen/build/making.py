"""Render: workers make the stale outputs, the others are kept, and files that pages show are copied."""

from uuid import uuid4

from msgspec.structs import replace

from newsgen.build.copying import CopiedFile, Copier
from newsgen.build.decisions import Decision
from newsgen.build.leak_search import LeakSearch
from newsgen.build.leaks import search_for
from newsgen.build.page_maker import PageMaker, RenderedOutput, describe_crash, find_story_source
from newsgen.build.plan import SitePlan
from newsgen.build.profile import Times
from newsgen.build.render_job import PaperAt, RenderJob
from newsgen.build.traces import Trace, Traces, TraceWriter
from newsgen.build.workspace import Workspace
from newsgen.core.errors import Location, Problem
from newsgen.core.urls import as_output
from newsgen.media.renditions import FOLDER, ShownCrop, ShownPicture
from newsgen.model.pages import PlannedOutput
from newsgen.model.stories import Body
from newsgen.plan.collisions import UNWRITABLE
from newsgen.render.renderer import PageDrawer
from newsgen.render.scanning import Found
from newsgen.search.record import IndexRecord
from newsgen.workers.pool import ordered_map

BODIES_AT_ONCE = 500
NOTHING = Found()


def render(workspace: Workspace, outputs: SitePlan, decision: Decision) -> "Rendered":
    """Make the stale outputs and copy the files that pages show, all into the staged tree."""
    with workspace.timed("render"):
        rendered = Rendered(workspace, decision, search_for(workspace.options, outputs, workspace.last))
        assets, last = outputs.reading.sources.assets, workspace.last.copied
        # Which renditions are wanted is known when the pages are made.
        renditions = [output for output in last if output.startswith(f"{FOLDER}/")]
        workspace.publication.clear(
            {*decision.inputs, *outputs.sources, *assets, *renditions, *workspace.last_index.list_outputs()}
        )
        rendered.keep()
        drawer = PageDrawer(outputs.reading, decision.answers, outputs.recorder, workspace.cache)
        _render_stale(workspace, outputs, rendered, drawer)
        _inspect_broken(workspace, outputs, drawer, rendered)
        copier = Copier(workspace, outputs, rendered.search)
        for copied in copier.copy_all(rendered.files, rendered.pictures, rendered.crops):
            rendered.take_copy(copied)
        rendered.remember_bodies()
        return rendered


class Rendered:
    """All outputs of a build, kept, made or copied: `target` has the digest of each.

    `files` are the sources of files that pages show as they are, would show, or link to, `pictures` those of pictures
    that they show in several sizes, each with its role, `crops` what they show of parts of pictures; `found` is what
    the leak search found in an output that was made, where it found anything, with the source of its story; `faulty`
    are the bodies, without HTML, of stories that cannot be shown, by source. `texts` are the digests of stories' bodies
    by output, where readers search them, `index` is what is remembered of the files in which they do.
    """

    def __init__(self, workspace: Workspace, decision: Decision, search: LeakSearch) -> None:
        self.decision, self.search = decision, search
        self._workspace, options = workspace, workspace.options
        stories = {code: changes.record for code, changes in decision.changes.items()}
        traces = Traces(workspace.epoch, decision.knowledge, origin=decision.origin, stories=stories)
        traces = replace(traces, at=options.now.isoformat(), drafts=options.drafts, name=uuid4().hex)
        self._writer = TraceWriter(traces, decision.earlier)
        self.target: dict[str, str] = {}
        self.files: set[str] = set()
        self.pictures: set[ShownPicture] = set()
        self.crops: set[ShownCrop] = set()
        self.kept: list[str] = []
        self.found: dict[str, tuple[Found, str]] = {}
        self.copied: dict[str, CopiedFile] = {}
        self.texts: dict[str, str] = {}
        self.index = IndexRecord()
        self.faulty: dict[str, Body] = {}
        self.made = 0
        self.times = Times.begin(options) if options.profile else None
        self.is_writable = not any(problem.rule in UNWRITABLE for problem in workspace.problems.found)
        self._bodies: list[tuple[str, str, bytes]] = []
        self._failed: set[tuple[Location, str]] = set()

    @property
    def traces(self) -> Traces:
        """The traces of this build."""
        return self._writer.finish()

    @property
    def shown(self) -> set[str]:
        """The sources of all files that pages show or link to."""
        return self.files.union(source for source, _ in self.pictures)

    @property
    def has_failed(self) -> bool:
        """Whether an output could not be made."""
        return bool(self._failed)

    def keep(self) -> None:
        """Add the outputs that need not be made."""
        decision = self.decision
        earlier, inputs, stale, problems = decision.earlier, decision.inputs, decision.stale, self._workspace.problems
        for output, trace in earlier.entries.items():
            if output in inputs and output not in stale:
                self._writer.keep(output, trace, earlier)
                self.target[output] = trace.digest
                self.kept.append(output)
                if trace.files:
                    self.files.update(trace.files)
                if trace.pictures:
                    self.pictures.update(trace.pictures)
                if trace.crops:
                    self.crops.update(trace.crops)
                if trace.text:
                    self.texts[output] = trace.text
                if trace.warnings:
                    problems.extend(trace.warnings)

    def take(self, page: PlannedOutput, made: RenderedOutput) -> None:
        """Add what a worker made."""
        self.made += 1
        source, problems = find_story_source(page), self._workspace.problems
        self.pictures.update(made.pictures)
        self.crops.update(made.crops)
        self.files.update(made.files)  # also of a story with faults, so that those of its pictures are told with them
        if self.times is not None:
            self.times.add(page, self.decision.stale[page.output], made)
        if made.faults:
            problems.extend(problem for problem in made.faults if self._is_news(problem))
            if made.faulty is not None:
                self.faulty[source] = made.faulty
            return
        if made.found != NOTHING:
            self.found[page.output] = made.found, source
        problems.extend(made.warnings)
        if not made.found.leaks:
            self._write(page, made)

    def _write(self, page: PlannedOutput, made: RenderedOutput) -> None:
        """Write an output that can be published, and add its trace and its body."""
        publication = self._workspace.publication
        if made.stamp is not None:
            publication.staged.take(page.output, made.digest, made.stamp)
        elif made.data is not None and self.is_writable and not publication.has(page.output, made.digest):
            publication.staged.write(as_output(page.output), made.data, made.digest)
        self.target[page.output] = made.digest  # the path is that of the plan: one text for all who have it
        why = self.decision.stale[page.output]
        moved, input_ = self._writer.add_moved(why, self.decision.earlier), self.decision.inputs[page.output]
        trace = Trace(input_, (), made.digest, made.files, made.warnings, find_story_source(page), why.reason, moved)
        trace = replace(trace, pictures=made.pictures, crops=made.crops, text=made.text)
        if made.text:
            self.texts[page.output] = made.text
        self._writer.add(page.output, trace, dict(zip(made.questions, made.answers, strict=True)))
        if made.body is not None:
            self._bodies.append(made.body)
            if len(self._bodies) >= BODIES_AT_ONCE:
                self.remember_bodies()

    def take_copy(self, copied: CopiedFile) -> None:
        """Add a file that was copied."""
        self.target[copied.output] = copied.digest
        self.copied[copied.output] = copied

    def remember_bodies(self) -> None:
        """Put the bodies rendered so far into the cache."""
        self._workspace.cache.put_bodies(self._bodies)
        self._bodies.clear()

    def _is_news(self, problem: Problem) -> bool:
        """Whether no other page failed at the same place by the same rule: one slip in a template fails many."""
        key = (problem.location, problem.rule)
        if key in self._failed:
            return False
        self._failed.add(key)
        return True


def _render_stale(workspace: Workspace, outputs: SitePlan, rendered: Rendered, drawer: PageDrawer) -> None:
    """Have workers make what is stale. Where two outputs want one path, nothing is written."""
    decision, planned = rendered.decision, outputs.to_make
    maker = PageMaker(
        drawer, rendered.search, workspace.publication if rendered.is_writable else None, outputs.searched
    )
    paper = PaperAt(workspace.options, workspace.cache.path, decision.digest, uuid4().hex)
    job = RenderJob(paper, maker, planned)
    stale = [number for number, output in enumerate(planned.names) if output in decision.stale]
    workspace.progress("render", 0, len(stale))
    with workspace.workers() as pool:
        # Read to its end: a generator that is left early is closed by the garbage collector, where interrupts get lost.
        results = pool.map(job, stale, lambda number: describe_crash(planned[number]))
        for number, made in zip(stale, results, strict=True):
            workspace.progress("render", rendered.made + 1, len(stale))
            rendered.take(planned[number], made)


def _inspect_broken(workspace: Workspace, outputs: SitePlan, drawer: PageDrawer, rendered: Rendered) -> None:
    """Find what is wrong with the bodies of stories whose front matter could not be read."""
    reading = outputs.reading
    broken = [source for source in reading.sources.articles if source not in reading.by_source]
    # Nothing more is known of a broken story whose text crashes its process.
    bodies = ordered_map(drawer.inspect, broken, workspace.options.processes, lost=lambda _source: Body(""))
    for source, body in zip(broken, bodies, strict=True):
        workspace.problems.extend(body.problems)
        rendered.faulty[source] = body
        rendered.files.update(body.files)
        rendered.pictures.update((one, "body") for one in body.pictures)
