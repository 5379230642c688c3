"""`newsgen list`, `due` and `urls`: the stories of a site, what is due, and the published addresses."""

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
from newsgen.plugins.registry import NO_PLUGINS
from newsgen.publish.publication import find_state_folder
from newsgen.site.lifecycle import Instant, list_instants
from newsgen.site.newspaper import Newspaper

__all__ = ["Due", "Instant", "StoryRow", "Survey", "survey"]


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A row of `newsgen list`; `status` is the word of a `Status`, `url` is absolute only for readers."""

    status: str
    date: datetime
    source: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Due:
    """The coming moments, soonest first, and those since the last build."""

    coming: tuple[Instant, ...]
    overdue: tuple[Instant, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A site that was read and joined at one moment."""

    folder: Path
    config: Config
    reading: Reading
    newspaper: Newspaper
    now: datetime

    def list_stories(self, wanted: frozenset[str] = frozenset()) -> list[StoryRow]:
        """The stories with one of the wanted statuses, or all; newest first."""
        links = self.newspaper.links
        rows = [
            StoryRow(m.status(self.now).word, m.date, m.source, m.title, links.of(m).url)
            for m in self.reading.inputs.manuscripts
            if m.date is not None
        ]
        rows.sort(key=lambda row: (row.date, row.source), reverse=True)
        return [row for row in rows if not wanted or row.status in wanted]

    def find_due(self) -> Due:
        """The coming moments, and those that the last build was too early for."""
        inputs = self.reading.inputs
        every = list_instants(inputs.manuscripts, inputs.banners, inputs.licences)
        instants = sorted(every, key=lambda i: (i.at, i.source, i.what))
        last = load(LastBuild, find_state_folder(self.folder, self.folder / OUTPUT) / "last")
        built = datetime.fromisoformat(last.at) if last is not None and last.at else self.now
        coming = tuple(i for i in instants if i.at > self.now)
        return Due(coming, tuple(i for i in instants if built < i.at <= self.now))

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
