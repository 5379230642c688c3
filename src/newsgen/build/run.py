"""One run: read → join → plan → render → publish. Nothing is published until everything is known to be right."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from newsgen.build.address_book import Promises
from newsgen.build.changes import Changes
from newsgen.build.leaks import Secrets
from newsgen.build.making import Work
from newsgen.build.memory import Last
from newsgen.build.options import BuildOptions, Progress, quiet
from newsgen.build.profile import Times
from newsgen.build.state import Look, attempted, read_unmoved
from newsgen.build.traces import Ledger, Origin, origin
from newsgen.content.read_cache import ReadCache
from newsgen.core.errors import ContentError, SourceMoved
from newsgen.core.sealed import save
from newsgen.model.reports import BuildReport
from newsgen.plan.collisions import UNWRITABLE
from newsgen.publish.listing import put_list
from newsgen.render.scanning import Scanner
from newsgen.site.join import join
from newsgen.site.lifecycle import span


def attempt(look: Look, progress: Progress) -> BuildReport | None:
    """Make the site as it was looked at, and publish it; None where it was changed since.

    Raises:
        ContentError: with every problem of the run; the output is unchanged.
    """
    return attempted(look, Run(look, progress).build)


class Run:
    """One run over a site: what a build makes and publishes, and `newsgen check` only makes."""

    def __init__(self, look: Look, progress: Progress = quiet) -> None:
        self.look, self.progress = look, progress
        self.options, self.config, self.state, self.epoch = look.options, look.config, look.state, look.epoch
        self.problems, self.report, self.last = look.problems, look.report, look.last
        self.publication = look.publication
        look.snapshot  # noqa: B018 - it is taken before anything is read

    def build(self) -> BuildReport:
        """Make the site and publish it. The caller holds the lock."""
        with self._made() as work:
            self.problems.stop_on_errors(ContentError)
            if self.look.snapshot.is_other():
                raise SourceMoved("")
            with self.look.timed("publish"):
                self.progress("publish", 0, 1)
                self._publish(work)
                if self.options.ledger == "keep":
                    self.problems.extend(self._promises(work).keep())
            # What is published is published; without these hints the next run only makes more again.
            with suppress(OSError, KeyboardInterrupt, TypeError, ValueError, OverflowError):
                self._remember(work)
            if work.times is not None:
                self.report.profile = work.times.profile(
                    work.known, work.ledger.origin, self.config, work.answers().table
                )
        return self.report

    @contextmanager
    def examined(self) -> Iterator[Work]:
        """Make what is not in the output yet, and publish nothing; what a build would say is in `problems` then."""
        with self._made() as work:
            yield work

    @contextmanager
    def _made(self) -> Iterator[Work]:
        """Read, join, plan and render; the faults are in `problems`."""
        cache = ReadCache(self.state / "reading.sqlite", self.epoch, self.config.zone)
        if self.options.clean:
            cache.forget_all()
        try:
            with self.look.timed("read"):
                reading = read_unmoved(self.look, cache)
            with self.look.timed("join"):
                options = self.options
                site = join(self.config, reading.inputs, options.now, self.problems, drafts=options.drafts)
            with self.look.timed("plan"):
                work = Work(reading, site, self.look, cache)
                work.scanner = self._scanner(work)
                known = self._known(work)
                collisions = work.collisions()
                work.may_write = not any(problem.rule in UNWRITABLE for problem in collisions)
                self.problems.extend(collisions)
                if options.ledger != "read":
                    self.problems.extend(self._promises(work).problems())
            with self.look.timed("render"):
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
            reading.assets.files,
            reading.inputs.ledger,
            options.now,
            work.site.config.base,
            drafts=options.drafts,
        )
        return secrets.scanner()

    def _promises(self, work: Work) -> Promises:
        return Promises(work.reading, work.pages, work.site.old)

    def _known(self, work: Work) -> Ledger:
        """The ledger of the build before, empty where it is of no use; the new one gets to know why."""
        old, options = self.look.recall(Ledger, "ledger"), self.options
        work.ledger.origin = origin(old, self.epoch, clean=options.clean)
        work.ledger.at, work.ledger.drafts = options.now.isoformat(), options.drafts
        if options.profile:
            work.times = Times(options.processes, BuildOptions(options.site, options.output, options.now).processes)
        return old if old is not None and work.ledger.origin is Origin.CONTINUED else Ledger()

    def _publish(self, work: Work) -> None:
        """Exchange the output, and say what is other for the public."""
        before = self.publication.before()
        if self.config.machines.manifest:
            put_list(self.publication, work.target, self.config.url)
        self.report.changed, self.report.removed = self.publication.commit(work.target)
        changes = Changes(work.site, work.to_make, work.known, work.ledger)
        self.report.addresses = changes.between(before, work.target)

    def _remember(self, work: Work) -> None:
        """Leave hints for the next run, and say what this one did."""
        report, ledger = self.report, work.ledger
        report.pages, report.files = len(work.to_make), len(work.copied)
        report.stories = sum(len(site.articles) for site in work.site.trees)
        report.made, report.kept = work.made, report.pages - work.made
        report.warnings = sorted(set(self.problems.warnings))
        read = work.reading.inputs
        since, until = span(read.manuscripts, self.options.now, read.banners)
        (self.state / "last").unlink(missing_ok=True)  # the two are of one run, or there is only the ledger
        save(ledger, self.state / "ledger")
        last = Last(
            inputs=self.look.inputs(),
            since=since,
            until=until,
            mark=self.publication.mark_digest(work.target),
            numbers=(report.pages, report.files, report.stories),
            warnings=tuple(report.warnings),
            copied=work.copied,
            canaries=tuple(canary.key for canary in work.scanner.canaries),
            excused=frozenset(work.findings.excused),
            named=work.findings.files,
            at=self.options.now.isoformat(),
        )
        save(last, self.state / "last")
