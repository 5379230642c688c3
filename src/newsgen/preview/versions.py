"""The preview's versions: the site read, joined and planned; after a change, only what it touches is done again.

A `Version` is the site at one moment, and never changes. A broken story keeps its last good text, and a site that
cannot be joined its last version.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import RLock

from newsgen.build.memory import stamp_files
from newsgen.build.plan import SitePlan
from newsgen.config.reading import read_config
from newsgen.config.settings import Config
from newsgen.content.reader import Reading
from newsgen.core.errors import NewsgenError, Problem, Problems, wrap_os_error
from newsgen.core.opening import is_private
from newsgen.core.site_files import ADDRESSES, PLUGINS, SETTINGS
from newsgen.core.stamps import Stamp
from newsgen.model.manuscripts import Manuscript
from newsgen.model.pages import Page, PlannedOutput
from newsgen.plan.outputs import OutputsByPath
from newsgen.plugins.loading import load_plugins
from newsgen.preview.incremental_reader import IncrementalReader
from newsgen.preview.watcher import Batch
from newsgen.render.renderer import Answers
from newsgen.site.join import join, join_again

DRAWN_ALIKE = (".css", ".js", ".mjs", ".woff2", ".woff", ".txt", ".json", ".xml")
"""Static files of which a page shows no more than a digest."""


@dataclass(frozen=True, slots=True)
class Version:
    """The site as it is shown: what was read, its plan, and what answers the questions of renders.

    `pages` are all outputs to make; `unseen` are the pages, by source, that readers cannot see yet. `serial` identifies
    the version.
    """

    serial: int
    config: Config
    reading: Reading
    planned: SitePlan
    answers: Answers
    pages: Mapping[str, PlannedOutput]
    epoch: str
    unseen: Mapping[str, Page]

    def find_page(self, source: str) -> Page | None:
        """The page that is made from a source."""
        return self.unseen.get(source) or self.planned.find_page(source)


@dataclass(frozen=True, slots=True)
class VersionOptions:
    """The options of versions. `moment` gives the time of the paper; `processes` may read at the start."""

    site: Path
    moment: Callable[[Config], datetime]
    drafts: bool = False
    processes: int = 1


class Versions:
    """Keeps the newest version. Its methods may be called from any thread; one runs at a time.

    `number` grows when the version or the problems change; `problems` are those of reading and joining. `touched` are
    the paths that the last look took in, with those of looks before it that failed.
    """

    def __init__(self, options: VersionOptions) -> None:
        self.options, self.lock = options, RLock()
        self.number = 0
        self.newest: Version | None = None
        self.problems: tuple[Problem, ...] = ()
        self.touched: frozenset[str] = frozenset()
        self._pending: frozenset[str] = frozenset()
        self._moved = False
        self._reader: IncrementalReader | None = None
        self._stamps: dict[str, Stamp | None] = {}
        self._until: datetime | None = None
        self._joined = False
        self._configured = False
        self._standing: tuple[Problem, ...] = ()

    @property
    def manuscripts(self) -> Mapping[str, Manuscript]:
        """Every story that could be read, by its source."""
        return self._reader.manuscripts if self._reader else {}

    def look(self, changed: Batch = None) -> None:
        """Take in changes: of these paths, or of all since the last look. Errors become `problems`."""
        with self.lock:
            before, problems = self.newest, self.problems
            self._moved = False
            try:
                self.problems = self._look(changed)
            except NewsgenError as error:
                self.problems, self._joined = error.problems, False
            except OSError as error:
                self._moved = isinstance(error, FileNotFoundError)
                self.problems, self._joined = wrap_os_error(error, "the site").problems, False
            if self.newest is not before or self.problems != problems or not self.number:
                self.number += 1

    def is_due(self) -> bool:
        """Whether a story has appeared or expired by now, or a file went away during the last look."""
        with self.lock:
            if self._moved or self._reader is None or self._until is None:
                return self._moved
            return self.options.moment(self._reader.config) >= self._until

    def _look(self, changed: Batch) -> tuple[Problem, ...]:
        new = self._find_touched() if changed is None or self._reader is None else _leave_out_private(changed)
        touched = self.touched = self._pending = self._pending | new.union(self._list_inside(new))
        if not touched and self._joined and not self.is_due():
            return self.problems
        reader = self._reader
        if reader is None or not self._configured or any(map(_is_setting, touched)):
            reader = self._configure()
        is_same, problems = reader.look(touched), Problems()
        self._pending = frozenset()
        problems.extend(reader.problems)
        may_stay = self._joined and is_same and not problems.errors and not self.is_due()
        if may_stay and self._keep_plan(reader, touched):
            return _sorted([*problems.found, *self._standing])
        return self._join(reader, problems)

    def _configure(self) -> IncrementalReader:
        """Read the settings; if they changed, begin a reader that reads everything again."""
        self._configured = False
        options, config = self.options, read_config(self.options.site)
        plugins, reader = load_plugins(options.site, config), self._reader
        self._configured = True
        if reader is None or config != reader.config or plugins.digests != reader.plugins.digests:
            self._joined = False
            reader = IncrementalReader(options.site, config, plugins, options.processes, self.manuscripts)
            self._reader = reader
        return reader

    def _find_touched(self) -> frozenset[str]:
        """Every path whose stamp has changed since the last call."""
        before, self._stamps = self._stamps, stamp_files(self.options.site)
        return frozenset(name for name, _ in self._stamps.items() ^ before.items())

    def _list_inside(self, names: frozenset[str]) -> Iterator[str]:
        """The known files in these folders: where a folder is replaced, the system names the folder alone."""
        reader = self._reader.reader if self._reader else None
        if reader is None:
            return
        sources = reader.sources
        files = (*sources.articles, *sources.others)
        folders = {f"{name}/" for name in names.difference(files) if (self.options.site / name).is_dir()}
        for name in files if folders else ():
            if any(name[: end + 1] in folders for end, letter in enumerate(name) if letter == "/"):
                yield name

    def _keep_plan(self, reader: IncrementalReader, touched: frozenset[str]) -> bool:
        """Make a version with the same plan if only texts and templates changed; False if more may have."""
        version, sources = self.newest, reader.reader.sources if reader.reader else None
        if version is None or sources is None or sources != version.reading.sources or ADDRESSES in touched:
            return False
        files = {*sources.others}
        changed = {name for name in touched if name in files or name.startswith("templates/")}
        static = {name for name in changed if not name.startswith("templates/")}
        if not all(name.startswith("static/") and name.endswith(DRAWN_ALIKE) for name in static):
            return False
        before = version.reading.by_source
        read = [m for m in map(reader.manuscripts.get, touched & before.keys()) if m and m != before[m.source]]
        if not changed and not read:
            return True
        serial, reading = version.serial + 1, version.reading.with_manuscripts(read)
        answers = version.planned.make_answers() if changed else version.answers
        self.newest = replace(version, serial=serial, reading=reading, answers=answers)
        return True

    def _join(self, reader: IncrementalReader, problems: Problems) -> tuple[Problem, ...]:
        """Join and plan what changed; where that fails, the version stays."""
        config = reader.config
        now, joining = self.options.moment(config), Problems()
        reading = reader.assemble(now, joining)
        before = self.newest.planned if self.newest else None
        if before is not None and (before.reading.config != config or before.plugins is not reader.plugins):
            before = None
        if before is None:
            paper = join(config, reading.inputs, now, joining, drafts=self.options.drafts)
        else:
            paper = join_again(before.newspaper, reading.inputs, now, joining)
        planned = SitePlan(reading, paper, reader.plugins, before)
        joining.extend(planned.check())
        if not joining.errors or self.newest is None:
            self._add(reader.epoch, planned)
        self._joined, self._standing = not joining.errors and not problems.errors, tuple(joining.found)
        self._until = paper.until
        return _sorted([*problems.found, *joining.found])

    def _add(self, basis: str, planned: SitePlan) -> None:
        serial = self.newest.serial + 1 if self.newest else 1
        config = planned.reading.config
        unseen = {page.source: page for page in planned.plan_unseen() if page.output not in planned.by_output}
        hidden_by_output: dict[str, PlannedOutput] = {page.output: page for page in unseen.values()}
        pages = OutputsByPath(planned.to_make, hidden_by_output)
        self.newest = Version(serial, config, planned.reading, planned, planned.make_answers(), pages, basis, unseen)


def _is_setting(name: str) -> bool:
    """Whether everything is read again when a file changes: newsgen.yaml, and the site's own plugins."""
    return name == SETTINGS or name.startswith(f"{PLUGINS}/")


def _leave_out_private(changed: frozenset[str]) -> frozenset[str]:
    """Without the temporary files of editors' programs: a new path makes newsgen search the site again."""
    return frozenset(name for name in changed if not any(map(is_private, name.split("/"))))


def _sorted(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))
