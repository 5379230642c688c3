"""What editors ask of their paper: which stories there are, what is due, which addresses were published."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsgen.build.address_book import AddressBook
from newsgen.build.editions import plan_editions
from newsgen.build.memory import LastBuild
from newsgen.build.options import BuildOptions
from newsgen.build.stages import join, read
from newsgen.build.workspace import Workspace, run_locked
from newsgen.config.reading import read_config
from newsgen.config.settings import Config
from newsgen.content.reader import Reading
from newsgen.core.errors import ContentError, Problems
from newsgen.core.questions import ignore_question
from newsgen.core.sealed import load
from newsgen.core.site_files import OUTPUT
from newsgen.model.manuscripts import Manuscript
from newsgen.plugins.registry import NO_PLUGINS
from newsgen.publish.publication import find_state_folder
from newsgen.site.lifecycle import Instant, list_instants
from newsgen.site.newspaper import Newspaper

__all__ = ["Due", "Instant", "Listed", "Survey", "survey"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A story as `newsgen list` tells of it; `status` is the word of a `Status`, `url` is absolute only for readers."""

    status: str
    date: datetime
    source: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Due:
    """What is to come, soonest first, and what should have come since the last build."""

    coming: tuple[Instant, ...]
    overdue: tuple[Instant, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A site as read and joined at one moment, without rendering anything."""

    folder: Path
    config: Config
    reading: Reading
    newspaper: Newspaper
    now: datetime

    def stories(self, wanted: frozenset[str] = frozenset()) -> list[Listed]:
        """The stories with one of the wanted statuses, or all; newest first."""
        dated = [m for m in self.reading.inputs.manuscripts if m.date is not None]
        dated.sort(key=lambda m: (m.date, m.source), reverse=True)
        found = (self._listed(m, m.date) for m in dated if m.date is not None)
        return [listed for listed in found if not wanted or listed.status in wanted]

    def _listed(self, m: Manuscript, date: datetime) -> Listed:
        return Listed(m.status(self.now).word, date, m.source, m.title, self.newspaper.links.of(m).url)

    def due(self) -> Due:
        """What is to come, and what the output should show already: the last build was before it."""
        inputs = self.reading.inputs
        found = sorted(list_instants(inputs.manuscripts, inputs.banners), key=lambda i: (i.at, i.source, i.what))
        last = load(LastBuild, find_state_folder(self.folder, self.folder / OUTPUT) / "last")
        built = datetime.fromisoformat(last.at) if last is not None and last.at else self.now
        coming = tuple(i for i in found if i.at > self.now)
        return Due(coming, tuple(i for i in found if built < i.at <= self.now))

    def accept(self) -> list[str]:
        """Begin urls.lock, or accept that published addresses are gone; gives these, sorted."""
        editions = plan_editions(self.reading, self.newspaper, NO_PLUGINS, ignore_question)
        pages = [page for edition in editions.values() for page in edition.plan.pages()]
        return AddressBook(self.reading, pages, self.newspaper.old_addresses).accept()


def survey(folder: Path, now: datetime) -> Survey:
    """Read and join a site.

    Raises:
        ConfigError, ContentError, MachineError: with everything that keeps it from being read.
        MachineError: when the site keeps changing (`moving-sources`).
    """
    read_config(folder)
    options = BuildOptions(folder, folder / OUTPUT, now, jobs=1)
    return run_locked(options, _survey, problems=Problems)


def _survey(workspace: Workspace) -> Survey:
    content = read(workspace)
    paper = join(workspace, content)
    workspace.problems.stop_on_errors(ContentError)
    return Survey(workspace.options.site, workspace.config, content, paper, workspace.options.now)
