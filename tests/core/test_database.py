"""The database of hints: a disk that refuses it costs what would have been remembered, and nothing else."""

import sqlite3
from contextlib import closing

from newsgen.core import database
from newsgen.core.database import Database

SCHEMA = "CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY);"
PROBES = ("SELECT word FROM words LIMIT 1",)


def open_words(path):
    """A database of one table."""
    return Database(path, SCHEMA, PROBES, "key")


def test_what_is_kept_is_there_for_the_next_run(tmp_path):
    """A row that was written is found by another opening."""
    with closing(open_words(tmp_path / "words.sqlite")) as words:
        words.change("INSERT INTO words VALUES (?)", [("nhãn",)])
    with closing(open_words(tmp_path / "words.sqlite")) as words:
        assert words.fetch_one("SELECT word FROM words") == ("nhãn",)
        assert not words.damaged


def test_a_full_disk_keeps_nothing_and_fails_nothing(tmp_path, monkeypatch):
    """Where the file cannot be made, rows are in memory, and nothing is left behind."""
    path, connect = tmp_path / "words.sqlite", sqlite3.connect

    def refuse(where, **options):
        if where == path:
            path.touch()
            raise sqlite3.OperationalError("database or disk is full")
        return connect(where, **options)

    monkeypatch.setattr(database.sqlite3, "connect", refuse)
    with closing(open_words(path)) as words:
        words.change("INSERT INTO words VALUES (?)", [("nhãn",)])
        assert words.fetch_one("SELECT word FROM words") == ("nhãn",)
        assert words.damaged
    assert not path.exists()
