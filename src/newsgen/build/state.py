"""The look before the leap: whether anything is other than at the last run. What makes pages is not needed for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from newsgen.build.memory import Last, Snapshot, epoch, inputs_digest
from newsgen.build.options import BuildOptions
from newsgen.build.traces import Ledger
from newsgen.config.reading import read_config
from newsgen.config.settings import Config
from newsgen.content.address_file import ledger_digest
from newsgen.content.read_cache import ReadCache
from newsgen.content.reader import Reading, Remembered, read_site
from newsgen.content.sources import Sources, find_sources
from newsgen.core.digests import digest, digest_of
from newsgen.core.errors import (
    MOVING,
    ConfigError,
    ContentError,
    Location,
    MachineError,
    NewsgenError,
    Problem,
    Problems,
    SourceMoved,
)
from newsgen.core.messages import say
from newsgen.core.opening import OutsideSite
from newsgen.core.sealed import load
from newsgen.core.site_files import CONTENT, SETTINGS
from newsgen.model.reports import BuildReport, Profile
from newsgen.plugins.loading import load_plugins
from newsgen.publish.publication import Publication

Hint = TypeVar("Hint", Last, Ledger)
Made = TypeVar("Made")

PAUSES = (0.0, 0.1, 0.2, 0.4, 0.8)
"""Seconds before each try at a site that changes while it is read, such as during a `git checkout`."""


def until_steady(attempt: Callable[[], Made | None]) -> Made:
    """What an attempt makes of the site; one that gives None met a change, and is made again after a pause.

    Raises:
        MachineError: when even the last one met a change.
    """
    for pause in PAUSES:
        time.sleep(pause)
        made = attempt()
        if made is not None:
            return made
    what, fix = say("the site keeps changing while it is being read"), say("run again when the saving is over")
    raise MachineError(Problem(Location(CONTENT), MOVING, what, fix))


def attempted(look: "Look", make: Callable[[], Made]) -> Made | None:
    """What `make` gives; None where the site was changed since the look.

    Whatever is found wrong meanwhile may be of two states of the site, such as before and after a `git checkout`.

    Raises:
        NewsgenError, OSError: as `make` does, where the site stands still.
        ContentError: with every problem of the run, where a link leads out of templates/ too.
    """
    try:
        return make()
    except SourceMoved:
        return None
    except (NewsgenError, OSError) as error:
        if look.has_moved():
            return None
        if isinstance(error, OutsideSite):
            look.problems.stop_on_errors(ContentError)
        raise


class Look:
    """One look at a site and its output, as they are when a run begins.

    `looked` is the digest of the sources; "" before they were looked at, when one is too new to be trusted, or is none.
    `problems` takes what is wrong with the site; without it, warnings have the levels of newsgen.yaml.
    `close` ends what works on it aside.
    """

    def __init__(self, options: BuildOptions, config: Config, state: Path, problems: Problems | None = None) -> None:
        self._begun, self._moment = time.perf_counter(), time.time_ns()
        self.options, self.config, self.state = options, config, state
        self.problems = Problems(config.rules) if problems is None else problems
        self.report = BuildReport()
        self.publication = Publication(options.output, state, config.url, options.processes)
        self.close = self.publication.close
        self.plugins = load_plugins(options.site, config)
        self.epoch = epoch(config, self.plugins)
        self._settings = _settings_digest(options.site)  # what is said of it is said of its lines
        self.last = self.recall(Last, "last") or Last()
        self.sources: Sources = find_sources(options.site, self.problems)
        self.looked = ""

    def still_holds(self) -> bool:
        """Whether a run would make what is there. What it looks at is noted for the run after this one."""
        if not self.problems.errors:
            self.looked = inputs_digest(self.snapshot, self.epoch, self.plugins.theme)
        holds = self.last.still_holds(self.inputs(), self.options.now) and self.publication.is_whole(self.last.mark)
        self.report.seconds["look"] = time.perf_counter() - self._begun
        return holds

    @cached_property
    def snapshot(self) -> Snapshot:
        """The site as it stands when a run begins."""
        return Snapshot(self.options.site, self.sources, self._moment)

    def has_moved(self) -> bool:
        """Whether the site was changed since this look, so that what was read may be of two states of it."""
        try:
            return self.snapshot.has_changed() or read_config(self.options.site) != self.config
        except (ConfigError, OSError):
            return True

    def inputs(self) -> str:
        """The digest of all that this run is made from; "" when a file is too new to be trusted.

        The sources are taken as they were at the look, for they may have been saved since; the ledger of addresses is
        as this run leaves it.
        """
        options = self.options
        choices = (
            self.looked,
            self._settings,
            dict(self.plugins.digests),
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


def read_unmoved(look: Look, cache: ReadCache) -> Reading:
    """Read a site as it was looked at; faults go to the problems of the look.

    Raises:
        SourceMoved: when the site was changed since.
    """
    remembered = Remembered(cache, look.options.processes, look.snapshot.stories())
    reading = read_site(look.options.site, look.config, look.sources, remembered, look.problems)
    if look.has_moved():
        raise SourceMoved("")
    return reading


def _settings_digest(site: Path) -> str:
    """The digest of newsgen.yaml; "" where it has gone since it was read."""
    try:
        return digest((site / SETTINGS).read_bytes())
    except FileNotFoundError:
        return ""
