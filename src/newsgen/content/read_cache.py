"""The cache of manuscripts, by the digest of their source, and of rendered bodies. A build works without it.

One SQLite file without pickles. A row is trusted by the file's stamp (size, times, inode), which is only a shortcut: it
is not stored for a file changed within the last two seconds, and a file with another stamp is read and its digest
compared. A copy on another machine still saves that work.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.msgpack import Decoder, encode
from msgspec.structs import force_setattr, replace

from newsgen.core.database import Database
from newsgen.core.messages import decode_message, pack
from newsgen.core.questions import Answer, Question
from newsgen.model.manuscripts import Manuscript
from newsgen.model.stories import Body

MOMENTS = ("date", "updated", "expires", "embargo", "pin_until")

PROBES = (
    "SELECT source, stamp, epoch, digest, data FROM manuscripts LIMIT 1",
    "SELECT source, epoch, digest, data FROM bodies LIMIT 1",
)
SCHEMA = """
CREATE TABLE IF NOT EXISTS manuscripts (source TEXT PRIMARY KEY, stamp TEXT, epoch TEXT, digest TEXT, data BLOB);
CREATE TABLE IF NOT EXISTS bodies (source TEXT PRIMARY KEY, epoch TEXT, digest TEXT, data BLOB);
"""


class ReadCache:
    """The cache of one site. `epoch` is the digest of everything besides the sources that reading depends on.

    Each row carries a digest of itself: a damaged one is a row that is not there.
    """

    def __init__(self, path: Path, epoch: str, zone: ZoneInfo) -> None:
        self.path, self.epoch, self.zone = path, epoch, zone
        self._rows = Database(path, SCHEMA, PROBES, epoch)
        self._filled = {table: self._has_rows(table) for table in ("manuscripts", "bodies")}
        self._manuscript = Decoder(Manuscript, dec_hook=decode_message)
        self._body = Decoder(tuple[list[tuple[list[Any], Answer]], Body], dec_hook=decode_message)

    def find_by_stamps(self, stamps: Mapping[str, str]) -> dict[str, Manuscript]:
        """The manuscripts of the sources whose files have these stamps, with one query for the whole table."""
        found = {}
        query = "SELECT source, stamp, data FROM manuscripts WHERE epoch = ?"
        for source, stamp, data in self._rows.iter_rows(query, self.epoch):
            if stamp and stamps.get(source) == stamp and (sound := self._rows.unseal(source, data)) is not None:
                found[source] = self.decode(sound)
        return found

    def decode(self, data: bytes) -> Manuscript:
        """The manuscript that `encode_manuscript` encoded."""
        return self._restore_zone(self._manuscript.decode(data))

    def find_by_digest(self, source: str, digest: str) -> Manuscript | None:
        """The manuscript of a source that was read from content of this digest (`Manuscript.basis`)."""
        query = "SELECT data FROM manuscripts WHERE source = ? AND digest = ? AND epoch = ?"
        data = self._select(query, source, digest, source) if self._filled["manuscripts"] else None
        return self.decode(data) if data is not None else None

    def knows_manuscripts(self) -> bool:
        """Whether there are manuscripts that were read in this epoch."""
        return self._rows.fetch_one("SELECT 1 FROM manuscripts WHERE epoch = ? LIMIT 1", self.epoch) is not None

    def _has_rows(self, table: str) -> bool:
        """Whether there is anything to look for; a first build has thousands of sources and nothing to find."""
        return self._rows.fetch_one(f"SELECT 1 FROM {table} LIMIT 1") is not None  # noqa: S608

    def _restore_zone(self, m: Manuscript) -> Manuscript:
        """The manuscript with its dates in the site's zone again, which the bytes do not hold.

        It was decoded just now and nothing else refers to it, so it is changed in place.
        """
        for name in MOMENTS:
            if (at := getattr(m, name)) is not None:
                force_setattr(m, name, at.astimezone(self.zone))
        if m.extra:
            extra = {k: v.astimezone(self.zone) if isinstance(v, datetime) else v for k, v in m.extra.items()}
            force_setattr(m, "extra", extra)
        if m.corrections:
            corrections = tuple(replace(c, date=c.date.astimezone(self.zone)) for c in m.corrections)
            force_setattr(m, "corrections", corrections)
        if m.live:
            start, end = (at.astimezone(self.zone) if at else None for at in (m.live.start, m.live.end))
            force_setattr(m, "live", replace(m.live, start=start, end=end))
        return m

    def put(self, rows: Iterable[tuple[Manuscript, bytes, str]]) -> None:
        """Remember manuscripts, each with its bytes (`encode_manuscript`) and the stamp of its file."""
        seal = self._rows.seal
        sealed = [(m.source, stamp, self.epoch, m.basis, seal(m.source, data)) for m, data, stamp in rows]
        self._rows.change("INSERT OR REPLACE INTO manuscripts VALUES (?, ?, ?, ?, ?)", sealed)
        self._filled["manuscripts"] = True

    def find_body(self, source: str, key: str) -> tuple[list[tuple[list[Any], Answer]], Body] | None:
        """The questions that a body asked, with their answers then, and the body."""
        query = "SELECT data FROM bodies WHERE source = ? AND digest = ? AND epoch = ?"
        data = self._select(query, source, key, source + key) if self._filled["bodies"] else None
        return self._body.decode(data) if data is not None else None

    def put_bodies(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Remember rendered bodies: source, key, and what `body` gives as `encode_body` made it."""
        sealed = [(source, self.epoch, key, self._rows.seal(source + key, data)) for source, key, data in rows]
        self._rows.change("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?)", sealed)
        self._filled["bodies"] = True

    def forget_except(self, sources: Collection[str]) -> None:
        """Forget all sources but these."""
        known = self._rows.iter_rows("SELECT source FROM manuscripts")
        gone = [(source,) for (source,) in known if source not in sources]
        self._rows.change("DELETE FROM manuscripts WHERE source = ?", gone)
        self._rows.change("DELETE FROM bodies WHERE source = ?", gone)

    def forget_all(self) -> None:
        """Empty the cache."""
        self._rows.change("DELETE FROM manuscripts", [()])
        self._rows.change("DELETE FROM bodies", [()])
        self._filled = dict.fromkeys(self._filled, False)

    def close(self) -> None:
        """Close the file; a damaged one is deleted."""
        self._rows.close()

    def _select(self, query: str, source: str, value: str, name: str) -> bytes | None:
        row = self._rows.fetch_one(query, source, value, self.epoch)
        return self._rows.unseal(name, row[0]) if row is not None else None


def encode_manuscript(m: Manuscript) -> bytes:
    """A manuscript as bytes. Its texts then have a second copy of themselves, for as long as they are."""
    return encode(m, enc_hook=pack)


def encode_body(questions: Sequence[tuple[Question, Answer]], body: Body) -> bytes:
    """A body and what it asked, as `ReadCache.put_bodies` takes it."""
    return encode((questions, body), enc_hook=pack)
