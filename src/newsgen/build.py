"""The build: read → join → plan → render → publish. Nothing is published until everything is known to be right."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

from newsgen.addresses import Promises
from newsgen.changes import Changes
from newsgen.config import Config, read_config
from newsgen.content.cache import ReadCache
from newsgen.content.sources import Sources, find_sources
from newsgen.errors import ContentError, Location, Problem, Problems, machine_error
from newsgen.leaks import Secrets
from newsgen.memory import Last, epoch, inputs_digest, span
from newsgen.model import BuildReport
from newsgen.output.ledger import Ledger, load, save
from newsgen.output.publish import Publication, check_output, locked, state_folder
from newsgen.reading import Reading, Remembered, read_site
from newsgen.rendering import SourceMoved
from newsgen.site.site import Site, join
from newsgen.urls_lock import ledger_digest
from newsgen.work import Progress, Work, quiet

Hint = TypeVar("Hint", Last, Ledger)
TRIES = 3


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """One run's choices.

    `now` is the moment whose paper is made; `output` is absolute; `jobs` is how many processes, 0 for one a core;
    `clean` forgets what earlier runs left. `ledger` says what becomes of urls.lock: "read" takes old addresses from it,
    "check" also refuses to lose one, "keep" also brings it forward.
    """

    site: Path
    output: Path
    now: datetime
    drafts: bool = False
    jobs: int = 0
    clean: bool = False
    ledger: Literal["read", "check", "keep"] = "read"

    @property
    def processes(self) -> int:
        """How many processes may work."""
        return self.jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else self.jobs or 1


def build(options: BuildOptions, progress: Progress = quiet) -> BuildReport:
    """Build the site into its output, which afterwards is the tree from before or the whole new one.

    Raises:
        ConfigError, ContentError, MachineError: with every problem of the run; the output is unchanged.
    """
    config = read_config(options.site)
    state = state_folder(options.site, options.output)
    try:
        check_output(options.site, options.output)
        with locked(state):
            for _ in range(TRIES):
                try:
                    return _Run(options, config, state, progress).build()
                except SourceMoved:
                    continue
    except OSError as error:
        raise machine_error(error, str(options.output)) from error
    what = "the articles keep changing while they are being read"
    raise ContentError(Problem(Location("content"), "moving-sources", what, "build again when the saving is over"))


class _Run:
    """One build, holding the lock."""

    def __init__(self, options: BuildOptions, config: Config, state: Path, progress: Progress) -> None:
        self.options, self.config, self.state, self.progress = options, config, state, progress
        self.problems, self.report = Problems(), BuildReport()
        self.epoch = epoch(config)
        self.last = self._recall(Last, "last") or Last()

    def build(self) -> BuildReport:
        with self._timed("look"):
            sources = find_sources(self.options.site, self.problems)
            inputs = "" if self.problems.found else self._inputs(sources)
            publication = Publication(self.options.output, self.state, self.config.url)
            if self.last.still_holds(inputs, self.options.now) and publication.is_whole(self.last.mark):
                return self._unchanged()
        cache = ReadCache(self.state / "reading.sqlite", self.epoch, self.config.zone)
        try:
            with self._timed("read"):
                remembered = Remembered(cache, self.options.processes)
                reading = read_site(self.options.site, self.config, sources, remembered, self.problems)
            with self._timed("join"):
                site = join(self.config, reading.inputs, self.options.now, self.problems, drafts=self.options.drafts)
            with self._timed("plan"):
                old = self._recall(Ledger, "ledger")
                known = old if old is not None and old.epoch == self.epoch else Ledger()
                work = Work(reading, site, publication, cache, self.epoch)
                work.scanner = self._secrets(reading, site).scanner()
                promises = Promises(reading, work.pages, site.old)
                self.problems.extend(work.collisions())
                self.problems.extend(promises.problems() if self.options.ledger != "read" else ())
            with self._timed("render"):
                work.progress = self.progress
                work.render(known, self.last, self.options.processes, self.problems)
                work.remember_bodies()
            self.problems.stop_on_errors(ContentError)
            with self._timed("publish"):
                self.progress("publish", 0, 1)
                self._publish(work, publication, known)
                self.problems.extend(promises.keep() if self.options.ledger == "keep" else ())
                inputs = inputs and self._inputs(sources)  # urls.lock is one of them
            # What is published is published; without these hints the next run only makes more again.
            with suppress(OSError, KeyboardInterrupt):
                self._remember(work, inputs, publication)
        finally:
            cache.close()
        return self.report

    def _publish(self, work: Work, publication: Publication, known: Ledger) -> None:
        """Exchange the output, and say what is other for the public."""
        before = publication.before()
        self.report.changed, self.report.removed = publication.commit(work.target)
        self.report.addresses = Changes(work.site, work.pages, known, work.ledger).between(before, work.target)

    def _secrets(self, reading: Reading, site: Site) -> Secrets:
        """What must not be seen in this paper yet."""
        links, options = site.permalinks, self.options
        read = reading.inputs.manuscripts
        return Secrets(
            options.site, read, lambda m: links.story(m).url, reading.files, options.now, drafts=options.drafts
        )

    def _inputs(self, sources: Sources) -> str:
        """The digest of all that this run is made from; "" when a file is too new to be trusted."""
        options = self.options
        basis = f"{self.epoch} {options.drafts} {options.output} {options.ledger} {ledger_digest(options.site)}"
        return inputs_digest(options.site, sources, basis)

    def _unchanged(self) -> BuildReport:
        self.report.pages, self.report.files, self.report.stories = self.last.numbers
        self.report.kept = self.report.pages
        self.report.warnings = list(self.last.warnings)
        return self.report

    def _remember(self, work: Work, inputs: str, publication: Publication) -> None:
        """Leave hints for the next run, and say what this one did."""
        report, ledger = self.report, work.ledger
        report.pages, report.files, report.stories = len(work.pages), len(work.copied), len(work.site.articles)
        report.kept = report.pages - work.made
        report.warnings = sorted(set(self.problems.warnings))
        read = work.reading.inputs
        since, until = span(read.manuscripts, self.options.now, read.banner)
        save(ledger, self.state / "ledger")
        last = Last(
            inputs=inputs,
            since=since,
            until=until,
            mark=publication.mark_digest(work.target),
            numbers=(report.pages, report.files, report.stories),
            warnings=tuple(report.warnings),
            copied=work.copied,
            canaries=tuple(canary.key for canary in work.scanner.canaries),
            at=self.options.now.isoformat(),
        )
        save(last, self.state / "last")

    def _recall(self, kind: type[Hint], name: str) -> Hint | None:
        return None if self.options.clean else load(kind, self.state / name)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.report.seconds[stage] = time.perf_counter() - start
