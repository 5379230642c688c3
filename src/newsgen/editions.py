"""The preview's editions: what was read and joined, and after a change only what it touches done again.

An `Edition` is the site at one moment, whole and never changed. What cannot be read keeps the last that could: a broken
story its last good text, and a site that cannot be joined its last edition.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import RLock

from newsgen.config import Config, read_config
from newsgen.content.cache import ReadCache
from newsgen.content.sources import Sources, find_sources
from newsgen.errors import NewsgenError, Problem, Problems, machine_error
from newsgen.memory import epoch, span, stamps
from newsgen.model import Manuscript, Page
from newsgen.output.publish import state_folder
from newsgen.planned import Planned
from newsgen.reading import Read, Reading, Remembered, SiteReader
from newsgen.rendering import Answers
from newsgen.site.faces import FACE, is_alike, with_faces
from newsgen.site.site import join

CONFIG = "newsgen.yaml"
DRAWN_ALIKE = (".css", ".js", ".mjs", ".woff2", ".woff", ".txt", ".json", ".xml")
"""Static files of which a page shows no more than a digest."""

Batch = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Edition:
    """The site as it is shown: what was read, every page by its output, and who answers what a render asks.

    `serial` tells it from every other, without holding on to it.
    """

    serial: int
    config: Config
    reading: Reading
    planned: Planned
    answers: Answers
    pages: Mapping[str, Page]
    epoch: str


@dataclass(frozen=True, slots=True)
class EditionOptions:
    """One preview's choices. `moment` gives the time whose paper is shown; `processes` may read at the start."""

    site: Path
    moment: Callable[[Config], datetime]
    drafts: bool = False
    processes: int = 1


class Editions:
    """Keeps the newest edition. Its methods may be called from any thread; one works at a time.

    `number` grows whenever the edition or the problems are others; `problems` are those of reading and joining.
    """

    def __init__(self, options: EditionOptions) -> None:
        self.options, self.lock = options, RLock()
        self.number = 0
        self.edition: Edition | None = None
        self.problems: tuple[Problem, ...] = ()
        self.manuscripts: dict[str, Manuscript] = {}
        self._config: Config | None = None
        self._reader: SiteReader | None = None
        self._read: dict[str, Read] = {}
        self._stamps: dict[str, tuple[int, ...]] = {}
        self._until: datetime | None = None
        self._joined = False
        self._configured = False
        self._walked: tuple[Problem, ...] = ()
        self._standing: tuple[Problem, ...] = ()
        self.epoch = ""

    @contextmanager
    def cache(self, config: Config) -> Iterator[ReadCache]:
        """What builds and previews remember of their reading, for one thread; in memory where the disk refuses."""
        folder = state_folder(self.options.site, self.options.site / "build")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "reading.sqlite"
        except OSError:
            path = Path(":memory:")
        cache = ReadCache(path, self.epoch, config.zone)
        try:
            yield cache
        finally:
            cache.close()

    def look(self, changed: Batch = None) -> None:
        """Take in what changed: these paths, or whatever changed since the last look. Faults become `problems`."""
        with self.lock:
            before, problems = self.edition, self.problems
            try:
                self.problems = self._look(changed)
            except NewsgenError as error:
                self.problems, self._joined = error.problems, False
            except OSError as error:
                self.problems, self._joined = machine_error(error, "the site").problems, False
            if self.edition is not before or self.problems != problems or not self.number:
                self.number += 1

    def is_due(self) -> bool:
        """Whether a story appears or expires by now."""
        with self.lock:
            due = self._until is not None and self._config is not None
            return due and self.options.moment(self._config) >= self._until  # type: ignore[arg-type, operator]

    def _look(self, changed: Batch) -> tuple[Problem, ...]:
        touched = self._touched() if changed is None or self._config is None else changed
        if not touched and self._joined and not self.is_due():
            return self.problems
        if self._config is None or CONFIG in touched or not self._configured:
            self._configure()
        faces = self._read_again(self._sources(touched), touched)
        problems = Problems()
        problems.extend(self._walked)
        for _, faults in self._read.values():
            problems.extend(faults)
        may_stay = self._joined and faces is not None and not problems.errors and not self.is_due()
        if may_stay and self._retouch(touched, faces or frozenset()):
            return _sorted([*problems.found, *self._standing])
        return self._join(problems)

    def _configure(self) -> None:
        """Read the settings; others than before start everything anew."""
        self._configured = False
        config = read_config(self.options.site)
        self._configured = True
        if config != self._config:
            self._config, self._reader, self._joined = config, None, False
            self.epoch = epoch(config)

    def _sources(self, touched: frozenset[str]) -> Sources:
        """Which files there are; looked for again unless only stories that are still there changed."""
        site = self.options.site
        if self._reader is not None and all(name in self._read and (site / name).is_file() for name in touched):
            return self._reader.sources
        problems = Problems()
        sources = find_sources(site, problems)
        self._walked = tuple(problems.found)
        return sources

    def _touched(self) -> frozenset[str]:
        """Every path whose file is another one than at the last such look."""
        before, self._stamps = self._stamps, stamps(self.options.site)
        return frozenset(name for name, _ in self._stamps.items() ^ before.items())

    def _read_again(self, sources: Sources, touched: frozenset[str]) -> frozenset[str] | None:
        """Read what changed: the stories that say other words of themselves, None where more than that is other."""
        assert self._config is not None  # noqa: S101 - read before
        known = self._reader
        if known is None:
            self._reader = SiteReader(self.options.site, self._config, sources)
            self._read_all(self._reader)
            return None
        if sources is not known.sources:
            self._reader = SiteReader(self.options.site, self._config, sources)
            self._reader.assets.learn(known.assets, touched)
        assert self._reader is not None  # noqa: S101 - made above
        here = set(sources.articles)
        stay, faces = here == self._read.keys(), set()
        for gone in self._read.keys() - here:
            del self._read[gone]
            self.manuscripts.pop(gone, None)
        for source in sorted(here & (touched | (here - self._read.keys()))):
            before = self.manuscripts.get(source)
            manuscript, _ = self._read[source] = self._reader.read(source)
            if manuscript is not None:
                self.manuscripts[source] = manuscript
            stay = stay and manuscript is not None and is_alike(manuscript, before, FACE)
            if manuscript is not None and not is_alike(manuscript, before):
                faces.add(source)
        return frozenset(faces) if stay else None

    def _read_all(self, reader: SiteReader) -> None:
        """Read every source, with what earlier builds and previews remember."""
        assert self._config is not None  # noqa: S101 - read before
        with self.cache(self._config) as cache:
            self._read = reader.manuscripts(Remembered(cache, self.options.processes))
        read = {source: m for source, (m, _) in self._read.items() if m is not None}
        kept = {source: m for source, m in self.manuscripts.items() if source in self._read}
        self.manuscripts = kept | read

    def _ordered(self) -> list[Manuscript]:
        return [self.manuscripts[source] for source in self._read if source in self.manuscripts]

    def _retouch(self, touched: frozenset[str], faces: frozenset[str]) -> bool:
        """Bring the edition forward where at most these stories' words are other; False where something else may be."""
        edition = self.edition
        sources = self._reader.sources if self._reader else None
        if edition is None or sources is None or sources != edition.reading.sources:
            return False
        files = {*sources.assets.values(), *sources.static.values(), *sources.data}
        others = {name for name in touched if name in files or name.startswith("templates/")}
        plain = all(n.startswith("templates/") or (n.startswith("static/") and n.endswith(DRAWN_ALIKE)) for n in others)
        if not plain:
            return False
        inputs = replace(edition.reading.inputs, manuscripts=tuple(self._ordered()))
        if not others and inputs.manuscripts == edition.reading.inputs.manuscripts:
            return True
        serial, reading = edition.serial + 1, replace(edition.reading, inputs=inputs)
        if not faces:
            answers = edition.planned.answers() if others else edition.answers
            self.edition = replace(edition, serial=serial, reading=reading, answers=answers)
            return True
        if any(problem.location.path in faces for problem in self._standing):  # it may stand in another line now
            return False
        site = with_faces(edition.planned.site, {source: self.manuscripts[source] for source in faces})
        if site is not None:
            self._print(serial, edition.planned.with_faces(reading, site, faces))
        return site is not None

    def _join(self, problems: Problems) -> tuple[Problem, ...]:
        """Join everything anew; the edition stays as it was where that fails."""
        assert self._config is not None  # noqa: S101 - read before
        assert self._reader is not None  # noqa: S101 - made before
        now = self.options.moment(self._config)
        joining = Problems()
        reading = self._reader.assemble(self._ordered(), joining)
        site = join(self._config, reading.inputs, now, joining, drafts=self.options.drafts)
        planned = Planned(reading, site)
        joining.extend(planned.collisions())
        if not joining.errors or self.edition is None:
            self._print(self.edition.serial + 1 if self.edition else 1, planned)
        self._joined, self._standing = not joining.errors and not problems.errors, tuple(joining.found)
        until = span(reading.inputs.manuscripts, now, reading.inputs.banners)[1]
        self._until = datetime.fromisoformat(until) if until else None
        return _sorted([*problems.found, *joining.found])

    def _print(self, serial: int, planned: Planned) -> None:
        config, pages = planned.reading.config, {page.output: page for page in planned.pages}
        self.edition = Edition(serial, config, planned.reading, planned, planned.answers(), pages, self.epoch)


def _sorted(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))
