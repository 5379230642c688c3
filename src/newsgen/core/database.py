"""A SQLite file of hints: what is damaged in it counts as missing. It holds no pickles."""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsgen.core.digests import digest

ENDINGS = ("", "-journal", "-wal", "-shm")
"""How the names of the files of a SQLite database end."""

MEMORY = ":memory:"
"""SQLite's name for a database that is never written to a disk."""

SEAL = 32
"""Bytes of a seal before the data of a row."""


class Database:
    """One file. `schema` makes its tables, and the queries `probes` fail on a file with others, which is replaced.

    `key` is a part of the seals of rows: those of another key count as missing. `damaged` says that SQLite failed; such
    a file is deleted when it is closed. Where none can be made, as on a full disk, the database is in memory.
    """

    def __init__(self, path: Path, schema: str, probes: Sequence[str], key: str) -> None:
        self.path, self.damaged = path, False
        self._schema, self._probes, self._key = schema, probes, key.encode()
        self._process = 0
        for ending in ENDINGS:  # what a link leads to is somebody else's
            if (place := path.with_name(path.name + ending)).is_symlink():
                place.unlink()
        self._open()

    def fetch_one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of a query; None where there is none, or the file is damaged."""
        try:
            row: tuple[Any, ...] | None = self._get_connection().execute(query, values).fetchone()
        except sqlite3.Error:
            self.damaged = True
            return None
        return row

    def iter_rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, as far as the file is sound."""
        try:
            yield from self._get_connection().execute(query, values)
        except sqlite3.Error:
            self.damaged = True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that the block executes, or nothing where SQLite or the block fails; other errors are passed on."""
        try:
            self._connection.execute("BEGIN")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            self.damaged = True

    def execute_many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Execute a statement for each of these rows, within a transaction.

        Raises:
            sqlite3.Error: which the transaction catches.
        """
        self._connection.executemany(statement, rows)

    def change(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Execute a statement for each of these rows, in a transaction of its own."""
        with self.transaction():
            self.execute_many(statement, rows)

    def seal(self, name: str, data: bytes) -> bytes:
        """The data of a row after a digest of its name, the key and itself."""
        return digest(name.encode("utf-8", "surrogatepass"), self._key, data).encode() + data

    def unseal(self, name: str, sealed: object) -> bytes | None:
        """The data that was sealed under this name; None where it is damaged."""
        if not isinstance(sealed, bytes):
            return None
        data = sealed[SEAL:]
        return data if self.seal(name, data) == sealed else None

    def close(self) -> None:
        """Close the file; a damaged one is deleted."""
        self._connection.close()
        if self.damaged:
            self._remove()

    def _open(self) -> None:
        try:
            self._connection = self._connect(self.path)
        except (sqlite3.Error, OSError):
            self._remove()
            try:
                self._connection = self._connect(self.path)
            except sqlite3.Error:  # such as on a full disk: nothing is kept for the next run
                self._connection, self.damaged = self._connect(MEMORY), True
        self._process = os.getpid()

    def _get_connection(self) -> sqlite3.Connection:
        """The connection of this process: SQLite forbids the use of an inherited one."""
        if self._process != os.getpid():
            self._open()
        return self._connection

    def _connect(self, path: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(self._schema)
            for probe in self._probes:
                connection.execute(probe).fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _remove(self) -> None:
        if self.path.is_dir():
            shutil.rmtree(self.path)
        for ending in ENDINGS:
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
