"""The look before the leap: whether anything is other than at the last run. What makes pages is not needed for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from newsgen.config import Config
from newsgen.content.sources import Sources, find_sources
from newsgen.digests import digest, digest_of
from newsgen.errors import Problems
from newsgen.memory import Last, epoch, inputs_digest
from newsgen.model import BuildReport, Profile
from newsgen.options import BuildOptions
from newsgen.output.ledger import Ledger, load
from newsgen.output.publish import Publication
from newsgen.urls_lock import ledger_digest

Hint = TypeVar("Hint", Last, Ledger)


class Look:
    """One look at a site and its output, as they are when a run begins.

    `looked` is the digest of the sources; "" before they were looked at, when one is too new to be trusted, or is none.
    `close` ends what works on it aside.
    """

    def __init__(self, options: BuildOptions, config: Config, state: Path) -> None:
        self._begun = time.perf_counter()
        self.options, self.config, self.state = options, config, state
        self.problems, self.report = Problems(config.rules), BuildReport()
        self.publication = Publication(options.output, state, config.url, options.processes)
        self.close = self.publication.close
        self.epoch = epoch(config)
        self._settings = digest((options.site / "newsgen.yaml").read_bytes())  # what is said of it is said of its lines
        self.last = self.recall(Last, "last") or Last()
        self.sources: Sources = find_sources(options.site, self.problems)
        self.looked = ""

    def still_holds(self) -> bool:
        """Whether a run would make what is there. What it looks at is noted for the run after this one."""
        if not self.problems.errors:
            self.looked = inputs_digest(self.options.site, self.sources, self.epoch)
        holds = self.last.still_holds(self.inputs(), self.options.now) and self.publication.is_whole(self.last.mark)
        self.report.seconds["look"] = time.perf_counter() - self._begun
        return holds

    def inputs(self) -> str:
        """The digest of all that this run is made from; "" when a file is too new to be trusted.

        The sources are taken as they were at the look, for they may have been saved since; the ledger of addresses is
        as this run leaves it.
        """
        options = self.options
        choices = (
            self.looked,
            self._settings,
            options.drafts,
            str(options.output),
            options.ledger,
            ledger_digest(options.site),
        )
        return digest_of(choices) if self.looked else ""

    def unchanged(self) -> BuildReport:
        """What a run says that makes nothing."""
        self.report.pages, self.report.files, self.report.stories = self.last.numbers
        self.report.kept = self.report.pages
        self.report.warnings = list(self.last.warnings)
        self.report.profile = Profile() if self.options.profile else None
        return self.report

    def recall(self, kind: type[Hint], name: str) -> Hint | None:
        """A hint of the run before, where there is one."""
        return None if self.options.clean else load(kind, self.state / name)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Take the seconds of a stage of the run."""
        start = time.perf_counter()
        yield
        self.report.seconds[stage] = time.perf_counter() - start
