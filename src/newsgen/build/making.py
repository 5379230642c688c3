"""Make what must be made: stale outputs by workers, copies of the files that pages show; keep the rest."""

from uuid import uuid4

from msgspec.structs import replace

from newsgen.build.copying import CopiedFile, Copier
from newsgen.build.decisions import Decision
from newsgen.build.leak_search import LeakSearch, search_for
from newsgen.build.page_maker import Made, PageMaker, lost, source_of
from newsgen.build.plan import Planned
from newsgen.build.profile import Times
from newsgen.build.render_job import PaperAt, RenderJob
from newsgen.build.traces import Entry, Ledger, LedgerWriter
from newsgen.build.workspace import Workspace
from newsgen.core.errors import Location, Problem
from newsgen.core.urls import as_output
from newsgen.model.pages import PlannedOutput
from newsgen.model.stories import Body
from newsgen.plan.collisions import UNWRITABLE
from newsgen.render.renderer import PageDrawer
from newsgen.render.scanning import Found
from newsgen.workers.pool import ordered_map

BODIES_AT_ONCE = 500


def render(workspace: Workspace, outputs: Planned, decision: Decision) -> "Rendered":
    """Make the outputs that are stale, and bring the files that pages show; all of it into the staged tree."""
    with workspace.timed("render"):
        rendered = Rendered(workspace, decision, search_for(workspace.options, outputs, workspace.last))
        assets = outputs.reading.sources.assets
        workspace.publication.clear({*decision.own, *outputs.sources, *assets})
        rendered.keep()
        drawer = PageDrawer(outputs.reading, decision.answers, outputs.recorder, workspace.cache)
        _render_stale(workspace, outputs, rendered, drawer)
        _inspect_broken(workspace, outputs, drawer, rendered)
        copier = Copier(workspace, outputs, rendered.search)
        for copied in copier.copy_all(rendered.shown):
            rendered.take_copy(copied)
        rendered.remember_bodies()
        return rendered


class Rendered:
    """All outputs of a run, kept, made or copied: `target` has the digest of each.

    `ledger` is what this run leaves for the next; `shown` are the sources of files that pages show; `found` is what the
    search found in what was made, with its source; `faulty` are the bodies, without their HTML, of stories that cannot
    be shown, by source.
    """

    def __init__(self, workspace: Workspace, decision: Decision, search: LeakSearch) -> None:
        self.decision, self.search = decision, search
        self._workspace, options = workspace, workspace.options
        begun = Ledger(workspace.epoch, decision.knowledge, origin=decision.origin)
        begun = replace(begun, at=options.now.isoformat(), drafts=options.drafts)
        self._writer = LedgerWriter(begun)
        self.target: dict[str, str] = {}
        self.shown: set[str] = set()
        self.kept: list[str] = []
        self.found: dict[str, tuple[Found, str]] = {}
        self.copied: dict[str, CopiedFile] = {}
        self.faulty: dict[str, Body] = {}
        self.made = 0
        self.times = Times.begin(options) if options.profile else None
        self.is_writable = not any(problem.rule in UNWRITABLE for problem in workspace.problems.found)
        self._bodies: list[tuple[str, str, bytes]] = []
        self._failed: set[tuple[Location, str]] = set()

    @property
    def ledger(self) -> Ledger:
        """What this run leaves for the next."""
        return self._writer.ledger

    @property
    def has_failed(self) -> bool:
        """Whether an output could not be made."""
        return bool(self._failed)

    def keep(self) -> None:
        """Take over the outputs that need not be made."""
        old, stale, answer = self.decision.known, self.decision.stale, self.decision.answers.table.answer
        for output, entry in old.entries.items():
            if output in self.decision.own and output not in stale:
                self._writer.keep(output, entry, old, answer)
                self.target[output] = entry.made
                self.kept.append(output)
                self.shown.update(entry.files)
                self._workspace.problems.extend(entry.warnings)

    def take(self, page: PlannedOutput, made: Made) -> None:
        """Take what a worker made."""
        self.made += 1
        source, problems = source_of(page), self._workspace.problems
        if self.times is not None:
            self.times.note(page, self.decision.stale[page.output], made)
        if made.faults:
            problems.extend(problem for problem in made.faults if self._is_news(problem))
            if made.faulty is not None:
                self.faulty[source] = made.faulty
            return
        self.shown.update(made.files)
        self.found[made.output] = made.found, source
        problems.extend(made.warnings)
        if not made.found.leaks:
            self._write(page, made)

    def _write(self, page: PlannedOutput, made: Made) -> None:
        """Note a page that can be published, and what was made on the way."""
        publication = self._workspace.publication
        if made.stamp is not None:
            publication.staged.files[made.output] = (made.made, made.stamp)
        elif made.data is not None and self.is_writable and not publication.has(made.output, made.made):
            publication.staged.write(as_output(made.output), made.data, made.made)
        self.target[made.output] = made.made
        why = self.decision.stale[page.output]
        moved, own = self._writer.moved(why, self.decision.known), self.decision.own[page.output]
        entry = Entry(own, (), made.made, made.files, made.warnings, source_of(page), why.reason, moved)
        self._writer.add(made.output, entry, dict(zip(made.questions, made.answers, strict=True)))
        if made.body is not None:
            self._bodies.append(made.body)
            if len(self._bodies) >= BODIES_AT_ONCE:
                self.remember_bodies()

    def take_copy(self, copied: CopiedFile) -> None:
        """Take a file that was brought."""
        self.target[copied.output] = copied.made
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


def _render_stale(workspace: Workspace, outputs: Planned, rendered: Rendered, drawer: PageDrawer) -> None:
    """Have workers make what is stale. Two outputs that want one path cannot both be written: then none is."""
    decision, planned = rendered.decision, outputs.to_make
    maker = PageMaker(drawer, rendered.search, workspace.publication if rendered.is_writable else None)
    paper = PaperAt(workspace.options, workspace.cache.path, decision.digest, uuid4().hex)
    job = RenderJob(paper, maker, planned)
    stale = [number for number, one in enumerate(planned) if one.output in decision.stale]
    workspace.progress("render", 0, len(stale))
    with workspace.workers() as pool:
        # To its very end: a generator that is left before is ended where nobody hears an interrupt.
        results = pool.map(job, stale, lambda number: lost(planned[number]))
        for number, made in zip(stale, results, strict=True):
            workspace.progress("render", rendered.made + 1, len(stale))
            rendered.take(planned[number], made)


def _inspect_broken(workspace: Workspace, outputs: Planned, drawer: PageDrawer, rendered: Rendered) -> None:
    """Find what is wrong with the bodies of stories whose front matter could not be read."""
    reading = outputs.reading
    broken = [source for source in reading.sources.articles if source not in reading.by_source]
    bodies = ordered_map(drawer.inspect, broken, workspace.options.processes, lost=_unknown)
    for source, body in zip(broken, bodies, strict=True):
        workspace.problems.extend(body.problems)
        rendered.faulty[source] = body


def _unknown(_source: str) -> Body:
    """Nothing more is known of a broken story whose text crashes its process."""
    return Body("")
