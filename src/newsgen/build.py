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
from newsgen.digests import digest_of
from newsgen.errors import ContentError, Location, Problem, Problems, machine_error
from newsgen.leaks import Scanner, Secrets
from newsgen.memory import Last, epoch, inputs_digest, span
from newsgen.model import BuildReport, Profile
from newsgen.opening import OutsideSite
from newsgen.output.ledger import Ledger, Origin, load, origin, save
from newsgen.output.listing import put_list
from newsgen.output.publish import Publication, check_output, locked, mark_of, state_folder
from newsgen.profiling import Times
from newsgen.reading import Remembered, read_site
from newsgen.rendering import SourceMoved
from newsgen.site.site import join
from newsgen.urls_lock import ledger_digest
from newsgen.work import Progress, Work, quiet

Hint = TypeVar("Hint", Last, Ledger)
TRIES = 3


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """One run's choices.

    `now` is the moment whose paper is made; `output` is absolute; `jobs` is how many processes, 0 for one a core;
    `clean` forgets what earlier runs left; `profile` takes the times of pages. `ledger` says what becomes of urls.lock:
    "read" takes old addresses from it, "check" also refuses to lose one, "keep" also brings it forward.
    """

    site: Path
    output: Path
    now: datetime
    drafts: bool = False
    jobs: int = 0
    clean: bool = False
    profile: bool = False
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
                run = Run(options, config, state, progress)
                try:
                    return run.build()
                except SourceMoved:
                    continue
                except OutsideSite:
                    run.problems.stop_on_errors(ContentError)
    except OSError as error:
        raise machine_error(error, str(options.output)) from error
    what = "the articles keep changing while they are being read"
    raise ContentError(Problem(Location("content"), "moving-sources", what, "build again when the saving is over"))


def published(output: Path) -> bytes:
    """What tells the tree at an output from every other; empty where there is none."""
    return mark_of(output)


class Run:
    """One run over a site: what a build makes and publishes, and `newsgen check` only makes."""

    def __init__(self, options: BuildOptions, config: Config, state: Path, progress: Progress) -> None:
        self.options, self.config, self.state, self.progress = options, config, state, progress
        self.problems, self.report = Problems(config.rules), BuildReport()
        self.epoch = epoch(config)
        self.last = self._recall(Last, "last") or Last()

    def build(self) -> BuildReport:
        """Make the site and publish it. The caller holds the lock."""
        with self._timed("look"):
            sources = find_sources(self.options.site, self.problems)
            looked = "" if self.problems.errors else inputs_digest(self.options.site, sources, self.epoch)
            publication = Publication(self.options.output, self.state, self.config.url)
            if self.last.still_holds(self._inputs(looked), self.options.now) and publication.is_whole(self.last.mark):
                return self._unchanged()
        with self._made(sources, publication) as work:
            self.problems.stop_on_errors(ContentError)
            with self._timed("publish"):
                self.progress("publish", 0, 1)
                self._publish(work, publication)
                if self.options.ledger == "keep":
                    self.problems.extend(self._promises(work).keep())
            # What is published is published; without these hints the next run only makes more again.
            with suppress(OSError, KeyboardInterrupt):
                self._remember(work, self._inputs(looked), publication)
            if work.times is not None:
                self.report.profile = work.times.profile(work.known, work.ledger.origin, self.config)
        return self.report

    @contextmanager
    def examined(self) -> Iterator[Work]:
        """Make what is not in the output yet, and publish nothing; what a build would say is in `problems` then."""
        sources = find_sources(self.options.site, self.problems)
        with self._made(sources, Publication(self.options.output, self.state, self.config.url)) as work:
            yield work

    @contextmanager
    def _made(self, sources: Sources, publication: Publication) -> Iterator[Work]:
        """Read, join, plan and render; the faults are in `problems`."""
        cache = ReadCache(self.state / "reading.sqlite", self.epoch, self.config.zone)
        if self.options.clean:
            cache.forget_all()
        try:
            with self._timed("read"):
                remembered = Remembered(cache, self.options.processes)
                reading = read_site(self.options.site, self.config, sources, remembered, self.problems)
            with self._timed("join"):
                options = self.options
                site = join(self.config, reading.inputs, options.now, self.problems, drafts=options.drafts)
            with self._timed("plan"):
                work = Work(reading, site, publication, cache, self.epoch)
                work.scanner = self._scanner(work)
                known = self._known(work)
                self.problems.extend(work.collisions())
                if options.ledger != "read":
                    self.problems.extend(self._promises(work).problems())
            with self._timed("render"):
                work.progress = self.progress
                work.render(known, self.last, self.options.processes, self.problems)
                work.remember_bodies()
            yield work
        finally:
            cache.close()

    def _scanner(self, work: Work) -> Scanner:
        """What looks for stories that must not be seen yet."""
        reading, options = work.reading, self.options
        url = work.site.permalinks.story
        secrets = Secrets(
            options.site,
            reading.inputs.manuscripts,
            lambda m: url(m).url,
            reading.files,
            options.now,
            drafts=options.drafts,
        )
        return secrets.scanner()

    def _promises(self, work: Work) -> Promises:
        return Promises(work.reading, work.pages, work.site.old)

    def _known(self, work: Work) -> Ledger:
        """The ledger of the build before, empty where it is of no use; the new one gets to know why."""
        old, options = self._recall(Ledger, "ledger"), self.options
        work.ledger.origin = origin(old, self.epoch, clean=options.clean)
        work.ledger.at, work.ledger.drafts = options.now.isoformat(), options.drafts
        if options.profile:
            work.times = Times(options.processes, BuildOptions(options.site, options.output, options.now).processes)
        return old if old is not None and work.ledger.origin is Origin.CONTINUED else Ledger()

    def _publish(self, work: Work, publication: Publication) -> None:
        """Exchange the output, and say what is other for the public."""
        before = publication.before()
        if self.config.machines.manifest:
            put_list(publication, work.target, self.config.url)
        self.report.changed, self.report.removed = publication.commit(work.target)
        changes = Changes(work.site, work.pages, work.known, work.ledger)
        self.report.addresses = changes.between(before, work.target)

    def _inputs(self, looked: str) -> str:
        """The digest of all that this run is made from; "" when a file is too new to be trusted.

        `looked` is of the sources as they were at the start, for they may have been saved since; the ledger of
        addresses is as this run leaves it.
        """
        options = self.options
        choices = (looked, options.drafts, str(options.output), options.ledger, ledger_digest(options.site))
        return digest_of(choices) if looked else ""

    def _unchanged(self) -> BuildReport:
        self.report.pages, self.report.files, self.report.stories = self.last.numbers
        self.report.kept = self.report.pages
        self.report.warnings = list(self.last.warnings)
        self.report.profile = Profile() if self.options.profile else None
        return self.report

    def _remember(self, work: Work, inputs: str, publication: Publication) -> None:
        """Leave hints for the next run, and say what this one did."""
        report, ledger = self.report, work.ledger
        report.pages, report.files = len(work.pages), len(work.copied)
        report.stories = sum(len(site.articles) for site in work.site.trees)
        report.made, report.kept = work.made, report.pages - work.made
        report.warnings = sorted(set(self.problems.warnings))
        read = work.reading.inputs
        since, until = span(read.manuscripts, self.options.now, read.banners)
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
