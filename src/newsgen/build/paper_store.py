"""What a build keeps of its paper in .newsgen/: the pages of stories as planned, answers with their data, the folders.

A build in which only the texts of stories changed renders these pages again from it, without the rest of the paper.
Each row is sealed, and one that is damaged is not there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from newsgen.build.traces import Origin, Reason, Trace, Traces
from newsgen.content.survey import Folder, Survey
from newsgen.core.database import Database
from newsgen.core.messages import decode_message, pack
from newsgen.core.questions import Answer
from newsgen.core.sealed import load
from newsgen.core.stamps import Stamp, encode_if_settled
from newsgen.render.scanning import Canary

PAPER = "paper.sqlite"
UNKNOWN = b"?"
"""Stands for a digest that is no digest of a folder."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS folders (name TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (output TEXT PRIMARY KEY, source TEXT, data BLOB);
CREATE INDEX IF NOT EXISTS pages_by_source ON pages (source);
CREATE TABLE IF NOT EXISTS answers (number INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS build (name TEXT PRIMARY KEY, data BLOB);
"""
PROBES = (
    "SELECT name, data FROM folders LIMIT 1",
    "SELECT output, source, data FROM pages LIMIT 1",
    "SELECT number, data FROM answers LIMIT 1",
    "SELECT name, data FROM build LIMIT 1",
)
Row = TypeVar("Row", bound=msgspec.Struct)


class StoredFolder(msgspec.Struct, frozen=True, array_like=True):
    """A folder as it was read: digests of its articles and of all other files, and the stamp of each article, as text.

    A digest is `UNKNOWN`, and a stamp "", where a file was too new to be trusted.
    """

    stories: bytes
    others: bytes
    stamps: dict[str, str]


class StoredPage(msgspec.Struct, frozen=True, array_like=True):
    """The page of a story: its plan, encoded, and its trace, whose questions are positions of stored answers.

    `digest` is that of the file it was made from, `head` that of its manuscript but for the text; `leads` are the
    sources of its lead picture. `readers` are other outputs that show the text or look into it.
    """

    output: str
    plan: bytes
    trace: Trace
    digest: str
    head: str
    leads: tuple[str, ...] | None
    readers: tuple[str, ...] = ()


class StoredAnswer(msgspec.Struct, frozen=True, array_like=True):
    """A question and its answer; `data` is the answer itself, encoded, b"" where it is not kept."""

    question: tuple[str | int | float | None, ...]
    answer: Answer
    data: bytes = b""


class StoredBuild(msgspec.Struct, frozen=True):
    """The build that the rows are of: the name of its traces, and what has changed since these were written.

    `build_id` is that of its output. `later` says that there were later builds, of texts alone: `edited` are the
    outputs that these made, `made` those of the last one, at the moment `at`.
    """

    name: str = ""
    build_id: str = ""
    numbering: str = ""
    later: bool = False
    edited: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    at: str = ""


class StoredCanaries(msgspec.Struct, frozen=True):
    """The words of hidden stories for which all outputs were searched."""

    canaries: tuple[Canary, ...] = ()


class PaperStore:
    """The store of one output; `state` is its folder of hints, `epoch` the digest of programs and settings."""

    def __init__(self, state: Path, epoch: str) -> None:
        self._rows = Database(state / PAPER, SCHEMA, PROBES, epoch)
        self.close = self._rows.close

    def find_build(self) -> StoredBuild:
        """The build that the rows are of."""
        row = self._rows.fetch_one("SELECT data FROM build WHERE name = ''")
        return (row and self._decode(StoredBuild, "build", row[0])) or StoredBuild()

    def find_canaries(self) -> tuple[Canary, ...]:
        """The words of hidden stories; none where they are not known."""
        row = self._rows.fetch_one("SELECT data FROM build WHERE name = 'canaries'")
        found = self._decode(StoredCanaries, "canaries", row[0]) if row is not None else None
        return found.canaries if found is not None else ()

    def put_canaries(self, canaries: tuple[Canary, ...]) -> None:
        """Put the words of hidden stories in the place of all earlier ones."""
        data = self._encode("canaries", StoredCanaries(canaries))
        self._rows.change("INSERT OR REPLACE INTO build VALUES ('canaries', ?)", [(data,)])

    def find_folders(self) -> dict[str, StoredFolder]:
        """All folders by name, without those that are damaged."""
        rows = self._rows.iter_rows("SELECT name, data FROM folders")
        return {name: found for name, data in rows if (found := self._decode(StoredFolder, name, data)) is not None}

    def find_page(self, source: str) -> StoredPage | None:
        """The page of a source, if it has one and no other."""
        rows = list(self._rows.iter_rows("SELECT output, data FROM pages WHERE source = ? LIMIT 2", source))
        return self._decode(StoredPage, *rows[0]) if len(rows) == 1 else None

    def find_output(self, output: str) -> StoredPage | None:
        """The page at an output, if a source has it."""
        row = self._rows.fetch_one("SELECT data FROM pages WHERE output = ?", output)
        return self._decode(StoredPage, output, row[0]) if row is not None else None

    def find_answer(self, number: int) -> StoredAnswer | None:
        """The answer at a position in the questions of the traces."""
        row = self._rows.fetch_one("SELECT data FROM answers WHERE number = ?", number)
        return self._decode(StoredAnswer, str(number), row[0]) if row is not None else None

    def _decode(self, kind: type[Row], name: str, sealed: object) -> Row | None:
        data = self._rows.unseal(f"{kind.__name__} {name}", sealed)
        try:
            return msgspec.msgpack.decode(data, type=kind, dec_hook=decode_message) if data is not None else None
        except msgspec.MsgspecError:
            return None

    def _encode(self, name: str, value: msgspec.Struct) -> bytes:
        return self._rows.seal(f"{type(value).__name__} {name}", msgspec.msgpack.encode(value, enc_hook=pack))

    def forget(self) -> None:
        """Empty the store."""
        with self._rows.transaction():
            for table in ("build", "folders", "pages", "answers"):
                self._rows.execute_many(f"DELETE FROM {table}", [()])  # noqa: S608

    def put(
        self,
        build: StoredBuild,
        survey: Survey,
        pages: Iterable[tuple[str, StoredPage]],
        answers: Iterable[tuple[int, StoredAnswer]] = (),
        kept: Mapping[str, str] | None = None,
    ) -> None:
        """Put pages with their sources, and answers by position, into the store, and name the build that it is of.

        `kept` are the sources of all outputs that may stay (output → source): None for all that there are.
        """
        folders = self.find_folders()
        with self._rows.transaction():
            if kept is not None:
                known = self._rows.iter_rows("SELECT output, source FROM pages")
                gone = [(output,) for output, source in known if kept.get(output) != source]
                self._rows.execute_many("DELETE FROM pages WHERE output = ?", gone)
            rows = ((page.output, source, self._encode(page.output, page)) for source, page in pages)
            self._rows.execute_many("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", rows)
            rows_of_answers = ((number, self._encode(str(number), answer)) for number, answer in answers)
            self._rows.execute_many("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows_of_answers)
            self._put_folders(survey, folders)
            self._rows.execute_many("INSERT OR REPLACE INTO build VALUES ('', ?)", [(self._encode("build", build),)])

    def _put_folders(self, survey: Survey, known: Mapping[str, StoredFolder]) -> None:
        gone = [(name,) for name in known.keys() - survey.folders.keys()]
        self._rows.execute_many("DELETE FROM folders WHERE name = ?", gone)
        new = [
            (name, self._encode(name, _store_folder(seen, survey.taken)))
            for name, seen in survey.folders.items()
            if name not in known or (known[name].stories, known[name].others) != (seen.stories, seen.others)
        ]
        self._rows.execute_many("INSERT OR REPLACE INTO folders VALUES (?, ?)", new)


def _store_folder(seen: Folder, taken: int) -> StoredFolder:
    stamps = stamp_folder(seen.list_stories(), taken)
    others = seen.others if seen.are_others_settled(taken) else UNKNOWN
    return StoredFolder(seen.stories if all(stamps.values()) else UNKNOWN, others, stamps)


def stamp_folder(stories: Sequence[tuple[str, Stamp | None]], taken: int) -> dict[str, str]:
    """The stamp of each article of a folder as text; "" where it cannot be trusted at the moment `taken`."""
    return {name: encode_if_settled(stamp, taken) for name, stamp in stories}


def load_traces(state: Path) -> Traces | None:
    """The traces of the last build: those that were written whole, with what later builds of texts made since."""
    traces = load(Traces, state / "traces")
    if traces is None or not traces.name:
        return traces
    store = PaperStore(state, traces.epoch)
    try:
        build = store.find_build()
        if build.name == traces.name and build.later:
            _bring_forward(traces, store, build)
    finally:
        store.close()
    return traces


def _bring_forward(traces: Traces, store: PaperStore, build: StoredBuild) -> None:
    """Replace the traces of outputs that were made since; an output of which nothing is known is made again."""
    traces.origin, traces.at, traces.moved = Origin.CONTINUED, build.at, []
    made, entries = set(build.made), traces.entries
    for output in build.edited:
        page = store.find_output(output)
        if page is None:
            entries.pop(output, None)
        else:
            entries[output] = page.trace
    for output, entry in entries.items():
        if output not in made and (entry.reason is not Reason.KEPT or entry.moved):
            entries[output] = msgspec.structs.replace(entry, reason=Reason.KEPT, moved=())


def list_stale(survey: Survey, folders: Mapping[str, StoredFolder]) -> Iterator[str]:
    """The sources whose stamps are not those of the last build, as far as only articles changed.

    Raises:
        LookupError: when a file came or went, or another file has changed.
    """
    if survey.folders.keys() != folders.keys():
        raise LookupError
    for name, seen in survey.folders.items():
        known = folders[name]
        if seen.others != known.others:
            raise LookupError(name)
        if seen.stories != known.stories:
            now = stamp_folder(seen.list_stories(), survey.taken)
            if now.keys() != known.stamps.keys():
                raise LookupError(name)
            yield from (f"{name}/{entry}" for entry, stamp in now.items() if not stamp or stamp != known.stamps[entry])
