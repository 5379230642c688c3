"""The record of both trees: each published file with its digest and stamps, in an SQLite file of the state folder.

It is read for what is asked, and written for what changed. Every row has a checksum, and the facts of all are sealed. A
record that cannot be read, or is damaged, counts as none: then nothing of the trees is known, and all is made again.
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn
from zlib import crc32

import msgspec

from newsgen.core.digests import digest
from newsgen.core.errors import SourceMoved
from newsgen.core.writing import clear_place
from newsgen.publish.file_record import FILE, Sums

MANY = 500
"""Files asked for one by one, after which all are read at once."""

_SCHEMA = (
    "CREATE TABLE files (output TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE facts (data BLOB NOT NULL)",
)
_REFUSED = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_BUSY: errno.EIO,
}
"""What SQLite reports of the machine; anything else is a damaged file."""

_CHECK = 4
_WORD = (1 << 64) - 1


class RecordDamaged(SourceMoved):
    """The record contradicts itself. It is removed, and the run begins anew without it."""


class Facts(msgspec.Struct, frozen=True):
    """What the record says of all files: their number, the digest of the tree (32 bytes), and the sums of weights.

    Each pair is of the first and the second tree; `roots` are the inodes of their folders. `boot` names the start of
    the machine in which it was written: what a crash of the machine loses is not known. `is_changing` says that a run
    has begun to change the staged tree, and has not come to its end.
    """

    files: int
    digest: bytes
    stamps: tuple[int, int]
    places: tuple[int, int]
    roots: tuple[int, int]
    boot: str
    is_changing: bool = False

    @property
    def sums(self) -> Sums:
        """The sums, to add to."""
        return Sums(self.files, int.from_bytes(self.digest, "big"), list(self.stamps), list(self.places))


def make_facts(sums: Sums, roots: tuple[int, int], *, is_changing: bool) -> Facts:
    """The facts of the files with these sums, in trees whose folders have these inodes."""
    return Facts(
        files=sums.files,
        digest=(sums.digest % (1 << 256)).to_bytes(32, "big"),
        stamps=(sums.stamps[0] & _WORD, sums.stamps[1] & _WORD),
        places=(sums.places[0] & _WORD, sums.places[1] & _WORD),
        roots=roots,
        boot=read_boot(),
        is_changing=is_changing,
    )


def is_equal_weight(one: int, other: int) -> bool:
    """Whether two sums of weights are the same, modulo 2^64."""
    return (one - other) & _WORD == 0


def read_boot() -> str:
    """What names this start of the machine; "" where the system does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


class TreeRecord:
    """The record at a path; `facts` is None where there is none. A process that was forked may read it too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._rows: dict[str, bytes] | None = None
        self._asked = 0
        self._is_damaged = False
        self.facts = self._read_facts()

    def find(self, output: str) -> bytes | None:
        """The row of an output; None where none was published.

        Raises:
            RecordDamaged: when it cannot be read.
        """
        if self._rows is not None:
            return self._rows.get(output)
        if self.facts is None:
            return None
        self._asked += 1
        if self._asked > MANY and not self._connect().in_transaction:
            return self.read_all().get(output)
        with self._reading() as connection:
            row = connection.execute("SELECT data FROM files WHERE output = ?", (output,)).fetchone()
        return None if row is None else self._check(output, row[0])

    def read_all(self) -> dict[str, bytes]:
        """All rows by output, about 250 bytes of memory each; they are kept.

        Raises:
            RecordDamaged: when one cannot be read, or is missing.
        """
        if self._rows is None and self.facts is None:
            return {}
        if self._rows is None:
            with self._reading() as connection:
                rows = connection.execute("SELECT output, data FROM files")
                self._rows = {output: self._check(output, data) for output, data in rows}
            if self.facts is None or len(self._rows) != self.facts.files:
                self.fail()
        return self._rows

    def mark(self) -> None:
        """Write that the staged tree is being changed, until the next `save`.

        Raises:
            RecordDamaged, OSError: when it cannot be written.
        """
        if self._is_damaged:
            self._remove()
        if self.facts is None or self.facts.is_changing:
            return
        self.facts = msgspec.structs.replace(self.facts, is_changing=True)
        with self._writing() as connection:
            connection.execute("UPDATE facts SET data = ?", (_seal(self.facts),))

    def save(self, rows: Iterable[tuple[str, bytes | None]], conclude: Callable[[], Facts]) -> None:
        """Write what changed, in one step: the rows of outputs, None for one that is gone, then the facts of all.

        Raises:
            RecordDamaged, OSError: when it cannot be written; what was there before is still there.
        """
        is_new = self.facts is None
        if is_new:
            self._remove()
        gone: list[tuple[str]] = []
        with self._writing() as connection:
            for statement in _SCHEMA if is_new else ():
                connection.execute(statement)
            connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?)", _check_all(rows, gone))
            connection.executemany("DELETE FROM files WHERE output = ?", gone)
            facts = conclude()
            connection.execute("DELETE FROM facts")
            connection.execute("INSERT INTO facts VALUES (?)", (_seal(facts),))
        self.facts, self._rows = facts, None

    def fail(self) -> NoReturn:
        """Remove a record that contradicts itself.

        Raises:
            RecordDamaged: always.
        """
        self._remove()
        raise RecordDamaged(str(self.path))

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _read_facts(self) -> Facts | None:
        """The facts; None where there is no record that can be read."""
        if self.path.is_symlink() or self.path.is_dir():
            clear_place(self.path)
        try:
            if not self.path.exists() or not self.path.stat().st_size:
                return None
            rows = self._connect().execute("SELECT data FROM facts").fetchall()
            facts = _unseal(rows[0][0]) if len(rows) == 1 else None
        except (sqlite3.Error, OSError):
            facts = None
        self._is_damaged = facts is None
        return facts

    def _connect(self) -> sqlite3.Connection:
        """The connection of this process: SQLite forbids the use of an inherited one."""
        if self._connection is None or self._process != os.getpid():
            self._connection = sqlite3.connect(self.path, isolation_level=None)
            self._process = os.getpid()
            self._connection.execute("PRAGMA synchronous = OFF")
        return self._connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connect()
        except sqlite3.Error as error:
            if _code(error) == sqlite3.SQLITE_BUSY:
                raise OSError(errno.EIO, str(error), str(self.path)) from error
            self.fail()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        try:
            connection = self._connect()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            if _code(error) not in _REFUSED:
                self.fail()
            number = _REFUSED[_code(error)]
            raise OSError(number, os.strerror(number), str(self.path)) from error

    def _check(self, output: str, data: object) -> bytes:
        """A row without its checksum, which is right."""
        if (
            not isinstance(data, bytes)
            or len(data) < _CHECK + FILE
            or data[:_CHECK] != _checksum(output, data[_CHECK:])
        ):
            self.fail()
        return data[_CHECK:]

    def _remove(self) -> None:
        self.close()
        self.facts, self._rows, self._is_damaged = None, None, False
        clear_place(self.path)
        for ending in ("", "-journal", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)


def _code(error: sqlite3.Error) -> int:
    """The primary result code of SQLite."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _checksum(output: str, row: bytes) -> bytes:
    return crc32(row, crc32(output.encode())).to_bytes(_CHECK, "big")


def _check_all(rows: Iterable[tuple[str, bytes | None]], gone: list[tuple[str]]) -> Iterator[tuple[str, bytes]]:
    """The rows with their checksums; what is gone is added to the other list."""
    for output, row in rows:
        if row is None:
            gone.append((output,))
        else:
            yield output, _checksum(output, row) + row


def _seal(facts: Facts) -> bytes:
    data = msgspec.msgpack.encode(facts)
    return digest(data).encode() + data


def _unseal(data: object) -> Facts | None:
    if not isinstance(data, bytes) or digest(data[32:]).encode() != data[:32]:
        return None
    try:
        return msgspec.msgpack.decode(data[32:], type=Facts)
    except msgspec.MsgspecError:
        return None
