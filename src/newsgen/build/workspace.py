"""An open site: its settings, plugins and sources, its output, and the hints of the last build."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from msgspec import Struct

from newsgen.build.memory import LastBuild, compute_epoch
from newsgen.build.options import BuildOptions, Progress, quiet
from newsgen.config.reading import read_config
from newsgen.config.settings import Config
from newsgen.content.address_file import digest_address_file
from newsgen.content.read_cache import ReadCache
from newsgen.content.sources import Sources, find_sources
from newsgen.content.survey import Survey, survey_site
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
    wrap_os_error,
)
from newsgen.core.messages import say
from newsgen.core.opening import OutsideSite
from newsgen.core.sealed import load
from newsgen.core.site_files import ADDRESSES, CONTENT, SETTINGS
from newsgen.core.stamps import Stamp, read_stamp
from newsgen.model.reports import BuildReport, Profile
from newsgen.plugins.registry import NO_PLUGINS, Plugins
from newsgen.publish.publication import Publication, find_state_folder, locked
from newsgen.search.record import IndexRecord
from newsgen.workers.pool import LocalProcesses, Pool

Hint = TypeVar("Hint", bound=Struct)
Made = TypeVar("Made")

PAUSES = (0.0, 0.1, 0.2, 0.4, 0.8)
"""Seconds before each try at a site that changes while it is read, such as during a `git checkout`."""


class Workspace:
    """One site and its output, open for one try of a build or of another command.

    `state` is the folder of hints. `problems` collects what is wrong with the site; by default warnings have the levels
    of newsgen.yaml.
    """

    def __init__(
        self, options: BuildOptions, state: Path, progress: Progress = quiet, problems: Problems | None = None
    ) -> None:
        self._begun = time.perf_counter()
        self.options, self.state, self.progress = options, state, progress
        self.config = config = read_config(options.site)
        self.problems = Problems(config.rules) if problems is None else problems
        self.report = BuildReport()
        with ExitStack() as ending:
            self.publication = Publication(options.output, state, config.url, options.processes, looks=options.looks)
            ending.callback(self.publication.close)
            self.plugins = _load_plugins(options.site, config)
            self.epoch = compute_epoch(config, self.plugins)
            self._settings = _settings_digest(options.site)  # problems name its lines
            self.last = self.recall(LastBuild, "last") or LastBuild()
            self.survey, self._addresses = self._look()
            self._ending = ending.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.close()

    def nothing_changed(self) -> bool:
        """Whether a build would make what is there already."""
        holds = self.last.still_holds(self.inputs(), self.options.now) and self.publication.is_whole(self.last.build_id)
        self.report.seconds["look"] = time.perf_counter() - self._begun
        return holds

    @cached_property
    def sources(self) -> Sources:
        """The site's files by what each is for; faults of their names go to the problems."""
        return find_sources(self.options.site, self.problems)

    def _look(self, *, stamps_stories: bool = True) -> tuple[Survey, Stamp | None]:
        """A survey of the site's folders and of the themes, and the stamp of urls.lock."""
        themes = {name.rstrip("/"): folder for name, folder in self.plugins.theme.folders.items()}
        site = self.options.site
        survey = survey_site(site, time.time_ns(), themes, stamps_stories=stamps_stories)
        return survey, read_stamp(f"{site}/{ADDRESSES}")

    @cached_property
    def last_index(self) -> IndexRecord:
        """What is remembered of the files in which readers search."""
        return self.recall(IndexRecord, "index") or IndexRecord()

    @cached_property
    def cache(self) -> ReadCache:
        """What was read and rendered before."""
        cache = ReadCache(self.state / "reading.sqlite", self.epoch, self.config.zone)
        self._ending.enter_context(closing(cache))
        if self.options.clean:
            cache.forget_all()
        return cache

    def workers(self) -> AbstractContextManager[Pool]:
        """The pool that renders: the workers of a cluster, if there is one, or processes of this computer."""
        if not self.options.cluster:
            return nullcontext(LocalProcesses(self.options.processes))
        from newsgen.workers.cluster import Cluster  # start-up: only with --cluster

        return Cluster(self.options.cluster)

    def has_moved(self) -> bool:
        """Whether the site has changed since it was opened, so that what was read may be a mixture."""
        survey, addresses = self._look()
        try:
            is_same = self.survey.is_same(survey) and read_config(self.options.site) == self.config
        except (ConfigError, OSError):
            return True
        return not is_same or addresses != self._addresses

    def has_moved_beside_stories(self) -> bool:
        """Whether a file other than a story has changed: a story that is saved after it was read does no harm."""
        survey, addresses = self._look(stamps_stories=False)
        return not self.survey.is_same_beside_stories(survey) or addresses != self._addresses

    def is_last_at_hand(self) -> bool:
        """Whether the output is that of the last build, and only files of the site can be other than they were."""
        last = self.last
        is_same = bool(last.choices) and last.choices == self.choices() and last.is_in_span(self.options.now)
        return is_same and self.publication.is_whole(last.build_id)

    def inputs(self) -> str:
        """The digest of everything that this build is made from; "" when a file is too new to be trusted."""
        seen = self.survey.digest()
        return digest_of((seen, self.choices())) if seen else ""

    def choices(self) -> str:
        """The digest of all that this build is made from but the files in folders; urls.lock is as it is now."""
        options = self.options
        choices = (
            self.epoch,
            self._settings,
            dict(self.plugins.digests),
            options.drafts,
            str(options.output),
            options.addresses,
            digest_address_file(options.site),
        )
        return digest_of(choices)

    def last_report(self) -> BuildReport:
        """The report of a build that has nothing to make."""
        self.report.pages, self.report.files, self.report.stories = self.last.numbers
        self.report.kept = self.report.pages
        self.report.warnings = list(self.last.warnings)
        self.report.profile = Profile() if self.options.profile else None
        return self.report

    def recall(self, kind: type[Hint], name: str) -> Hint | None:
        """A hint of the last build, if there is one."""
        return None if self.options.clean else load(kind, self.state / name)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the seconds that the block takes to a stage."""
        start = time.perf_counter()
        yield
        self.report.seconds[stage] = self.report.seconds.get(stage, 0.0) + time.perf_counter() - start


def run_locked(
    options: BuildOptions,
    act: Callable[[Workspace], Made],
    progress: Progress = quiet,
    problems: Callable[[], Problems] | None = None,
) -> Made:
    """Run an act on an open site while holding its lock.

    Raises:
        NewsgenError: as the act does, and MachineError where the machine refuses a file or the site keeps changing.
    """
    state = find_state_folder(options.site, options.output)

    def open_site() -> Workspace:
        return Workspace(options, state, progress, problems() if problems else None)

    try:
        with locked(state):
            return retry_until_steady(open_site, act)
    except OSError as error:
        raise wrap_os_error(error, str(options.output)) from error


def retry_until_steady(
    open_site: Callable[[], AbstractContextManager[Workspace]], act: Callable[[Workspace], Made]
) -> Made:
    """Run an act on an open site. Where the site changes meanwhile, open it again after a pause.

    Errors of a site that changed may come from two states of it, such as before and after a `git checkout`.

    Raises:
        NewsgenError, OSError: as the act does, where the site has not changed.
        ContentError: with every problem, where a link leads out of templates/ too.
        MachineError: when the site still changes at the last try.
    """
    for pause in PAUSES:
        time.sleep(pause)
        with open_site() as workspace:
            try:
                return act(workspace)
            except SourceMoved:
                continue
            except (NewsgenError, OSError) as error:
                if workspace.has_moved():
                    continue
                if isinstance(error, OutsideSite):
                    workspace.problems.stop_on_errors(ContentError)
                raise
    what, fix = say("the site keeps changing while it is being read"), say("run again when the saving is over")
    raise MachineError(Problem(Location(CONTENT), MOVING, what, fix))


def _load_plugins(site: Path, config: Config) -> Plugins:
    """The plugins that the settings switch on."""
    if not config.plugins:
        return NO_PLUGINS
    from newsgen.plugins.loading import load_plugins  # start-up: only where there are any

    return load_plugins(site, config)


def _settings_digest(site: Path) -> str:
    """The digest of newsgen.yaml; "" where it has gone since it was read."""
    try:
        return digest((site / SETTINGS).read_bytes())
    except FileNotFoundError:
        return ""
